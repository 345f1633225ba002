"""The fields of an item in words, for pages and exports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongkai.accounts.models import User
from gongkai.agencies.models import Section
from gongkai.catalogue.models import Audience, Item, Method, Mode, Period, Source, Tier, Timing
from gongkai.catalogue.queries import Told
from gongkai.core.catalogue.vocabulary import ASPECTS, channel_name

NAMES = {
    "code": _("编码"), "name": _("事项"), "parent": _("上级事项"), "source": _("来源"), "domain": _("领域"),
    "subject": _("公开主体"), "contents": _("公开内容（要素）"), "basis": _("公开依据"), "section": _("责任科室"),
    "owner": _("责任人"), "mode": _("公开类型"), "timing": _("公开环节"), "limit_text": _("公开时限"),
    "limit_days": _("时限（工作日）"), "at_once": _("实时公开"), "period": _("周期"),
    "fresh_days": _("多少天不更新即为过期"), "method": _("公开方式"), "audience": _("公开对象"), "group": _("特定群体"),
    "tier": _("公开层级"), "channels": _("公开渠道和载体"), "aspects": _("五公开"), "topic": _("主题分类"),
    "required": _("必须公开"), "active": _("在用"), "assigned_from": _("下达自"),
}
_CHOICES: dict[str, Any] = {
    "source": Source, "mode": Mode, "timing": Timing, "period": Period, "audience": Audience, "method": Method,
    "tier": Tier,
}
ASPECT_NAMES = {
    "decision": _("决策公开"), "execution": _("执行公开"), "management": _("管理公开"), "service": _("服务公开"),
    "result": _("结果公开"),
}


class Line(NamedTuple):
    """A field of an edition that changed, in words."""

    name: str
    before: str
    after: str


class Shown(NamedTuple):
    """An edition for a page."""

    edition: Any
    lines: list[Line]


def aspect_names(keys: Iterable[str]) -> list[str]:
    """The five aspects in their order, those of `keys`."""
    chosen = set(keys)
    return [str(ASPECT_NAMES[key]) for key in ASPECTS if key in chosen]


def said(field: str, value: Any, known: Mapping[str, Mapping[int, str]] | None = None) -> str:
    """A value in words. `known`: names by key for section, owner, parent and assigned_from."""
    if value is None or value == "" or value == []:
        return ""
    if isinstance(value, bool):
        return _now("是") if value else _now("否")
    if field == "aspects":
        return "、".join(aspect_names(value))
    if field == "channels":
        return "、".join(channel_name(key) for key in value)
    if field in _CHOICES:
        return str(dict(_CHOICES[field].choices).get(value, value))
    if field in {"section", "owner", "parent", "assigned_from"}:
        return (known or {}).get(field, {}).get(value, str(value))
    return str(value)


def shown(history: list[Told]) -> list[Shown]:
    """Editions with their changes in words: three questions to the database, however many there are."""
    wanted: dict[str, set[int]] = {"section": set(), "owner": set(), "items": set()}
    for told in history:
        for field, before, after in told.changed:
            where = "items" if field in {"parent", "assigned_from"} else field
            if where in wanted:
                wanted[where] |= {key for key in (before, after) if key}
    items = dict(Item.objects.filter(pk__in=wanted["items"]).values_list("pk", "name"))
    known = {
        "section": dict(Section.objects.filter(pk__in=wanted["section"]).values_list("pk", "name")),
        "owner": dict(User.objects.filter(pk__in=wanted["owner"]).values_list("pk", "name")),
        "parent": items, "assigned_from": items,
    }
    return [
        Shown(told.edition, [
            Line(str(NAMES[field]), said(field, before, known), said(field, after, known))
            for field, before, after in told.changed
        ]) for told in history
    ]
