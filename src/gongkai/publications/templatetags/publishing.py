"""Words of a publication for pages: rows keep keys, pages show the statute's terms."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from gongkai.core.catalogue.vocabulary import ASPECTS, channel_name
from gongkai.core.law.answers import GROUNDS
from gongkai.core.law.articles import cite
from gongkai.publications.kinds import (
    ATTRIBUTE_NAMES,
    CHANNEL_NAMES,
    INTERPRETATION_FORMS,
    KIND_NAMES,
    ORIGIN_NAMES,
    VALIDITY_NAMES,
    WITHDRAWAL_NAMES,
)
from gongkai.publications.states import STATE_NAMES

register = template.Library()
FINDING_NAMES = {
    "id_number": "身份证号码", "phone": "电话号码", "bank_card": "银行账号", "address": "住址", "email": "电子邮箱",
    "plate": "车牌号", "passport": "证件号码", "name_list": "名单", "secrecy_mark": "密级或者内部标志",
    "disclosure_mark": "不公开标志", "hidden_content": "隐藏内容", "metadata": "文件属性", "unscreened": "未能筛查",
    "person": "申请人信息", "wording": "错误写法", "unreadable": "不能读取", "cannot_clean": "不能清理",
}
_VERDICTS = {"pass": "通过", "warn": "有提示", "block": "不能公开", "unreadable": "不能读取"}
_TAGS = {"pass": "good", "warn": "warning", "block": "error", "unreadable": "error"}


def _named(names: dict[Any, str], key: str) -> str:
    return _(names[key]) if names.get(key) else ""


@register.filter
def index_number(number: str | None) -> SafeString:
    """An index number that breaks behind its slash and nowhere else; nothing where there is none yet."""
    head, slash, tail = str(number or "").rpartition("/")
    return _two_parts(head + slash, tail)


@register.filter
def document_number(number: str | None) -> SafeString:
    """A document's number that breaks before its year in brackets and nowhere else."""
    organ, bracket, rest = str(number or "").partition("〔")
    return _two_parts(organ, bracket + rest)


def _two_parts(first: str, second: str) -> SafeString:
    if not (first and second):
        return escape(first + second)
    return mark_safe(f'{escape(first)}<wbr><span class="nowrap">{escape(second)}</span>')  # noqa: S308 - escaped


@register.filter
def edition_state(state: str) -> str:
    """起草中, 审查中 …"""
    return _named(STATE_NAMES, state)


@register.filter
def publication_kind(kind: str) -> str:
    """行政规范性文件, 政策解读 …"""
    return _named(KIND_NAMES, kind)


@register.filter
def attribute_name(attribute: str) -> str:
    """主动公开 …"""
    return _named(ATTRIBUTE_NAMES, attribute)


@register.filter
def validity_name(validity: str) -> str:
    """有效, 废止 …"""
    return _named(VALIDITY_NAMES, validity)


@register.filter
def origin_name(origin: str) -> str:
    """Where the information comes from."""
    return _named(ORIGIN_NAMES, origin)


@register.filter
def withdrawal_name(kind: str) -> str:
    """Why it was taken down."""
    return _named(WITHDRAWAL_NAMES, kind)


@register.filter
def interpretation_form(form: str) -> str:
    """文字解读, 图解 …"""
    return _named(INTERPRETATION_FORMS, form)


@register.filter
def channel_words(channels: list[str]) -> str:
    """Channels in words: ours by their names, the office's own as they are."""
    return "、".join(_(CHANNEL_NAMES[c]) if c in CHANNEL_NAMES else channel_name(c) for c in channels)


@register.filter
def aspect_name(aspect: str) -> str:
    """决策, 执行 …"""
    return _named(ASPECTS, aspect)


@register.filter
def ground_name(ground: str) -> str:
    """The ground of not publishing; statutory words are not translated."""
    return f"{GROUNDS[ground].name}（{cite(GROUNDS[ground].article)}）" if ground in GROUNDS else ""


@register.filter
def finding_name(kind: str) -> str:
    """What the screening found."""
    return _named(FINDING_NAMES, kind) or kind


@register.filter
def verdict_name(verdict: str) -> str:
    """通过, 不能公开 …"""
    return _named(_VERDICTS, verdict) or _("未筛查")


@register.filter
def verdict_tag(verdict: str) -> str:
    """The tag's class for a verdict."""
    return f"tag-{_TAGS[verdict]}" if verdict in _TAGS else ""


@register.filter
def publication_column(row: Any, name: str) -> Any:
    """A column of a row in the list, by the column's key."""
    return getattr(row, {"formed": "formed_on", "published": "published_on"}.get(name, name), "")
