"""Forms of a consultation: open it on a draft, give more time, cancel it, say what was adopted."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gongkai.accounts.actor import Actor
from gongkai.infra.fields import DayField, NamedChoice, long_text
from gongkai.participation.actions import consulting
from gongkai.participation.models import Consultation
from gongkai.participation.rules import CONTENT_MOST
from gongkai.publications.models import Publication

Words = str | Promise


class DraftChoice(NamedChoice):
    """Publications by title and organ."""

    def label_from_instance(self, obj: Any) -> str:
        """Title, with the organ where a title may be of several."""
        return f"{obj.title}（{obj.agency.name}）"


class OpenForm(forms.Form):
    """发起征求意见."""

    use_required_attribute = False
    publication = DraftChoice(
        Publication.objects.none(), label=_("征求意见稿"), empty_label=_("请选择"),
        help_text=_("体裁为“征求意见”的信息；稿子公开后才开始收意见。"),
    )
    question = long_text(
        label=_("征求意见的事项"), most=CONTENT_MOST, help_text=_("希望大家对什么提意见，例如补偿标准、施行日期。"),
    )
    opens_on = DayField(label=_("开始日期"))
    closes_on = DayField(label=_("截止日期"), help_text=_("含当天；不少于 7 天，地方另有规定的从其规定。"))

    def __init__(self, data: Any = None, *, drafts: Any, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        self.fields["publication"].queryset = drafts  # type: ignore[attr-defined]

    def perform(self, *, by: Actor, at: datetime) -> Consultation:
        """Open."""
        said = {name: self.cleaned_data[name] for name in ("publication", "question", "opens_on", "closes_on")}
        return consulting.open_consultation(by=by, at=at, **said)


class ChangeForm(forms.Form):
    """Base of what is done to a consultation."""

    title: ClassVar[Words] = ""
    lead: ClassVar[Words] = ""
    button: ClassVar[Words] = ""
    grave: ClassVar[bool] = False
    use_required_attribute = False

    def __init__(self, data: Any = None, *, consultation: Consultation, today: date) -> None:
        self.consultation, self.today = consultation, today
        super().__init__(data)
        self.prepare()

    def prepare(self) -> None:
        """Fill in choices."""


class ProlongForm(ChangeForm):
    """延长."""

    title, button = _("延长期限"), _("延长")
    lead = _("期限只能延长，不能缩短；公开网页上马上改过来。")
    closes_on = DayField(label=_("新的截止日期"))

    def perform(self, *, by: Actor, at: datetime) -> Consultation:
        """Prolong."""
        return consulting.prolong(
            by=by, consultation=self.consultation, closes_on=self.cleaned_data["closes_on"], at=at,
        )


class CancelForm(ChangeForm):
    """取消."""

    title, button, grave = _("取消征求意见"), _("取消征求意见"), True
    lead = _("取消后不再收意见，公开网页上不再列出；已经收到的仍要答复。")

    def perform(self, *, by: Actor, at: datetime) -> Consultation:
        """Cancel."""
        return consulting.cancel(by=by, consultation=self.consultation, at=at)


class SummariseForm(ChangeForm):
    """公布采纳情况."""

    title, button = _("公布采纳情况"), _("公布")
    lead = _("先把采纳情况起草、审查、发布，再在这里指明是哪一份；征求意见的页面会链接到它（第十九条）。")
    summary = DraftChoice(Publication.objects.none(), label=_("采纳情况"), empty_label=_("请选择"))

    def prepare(self) -> None:
        rows = Publication.objects.filter(
            agency_id=self.consultation.agency_id, published_on__gte=self.consultation.opens_on,
            withdrawn_at__isnull=True,
        ).exclude(pk=self.consultation.publication_id).select_related("agency").order_by("-published_on", "-pk")
        self.fields["summary"].queryset = rows  # type: ignore[attr-defined]

    def perform(self, *, by: Actor, at: datetime) -> Consultation:
        """Name the summary."""
        return consulting.summarise(
            by=by, consultation=self.consultation, summary=self.cleaned_data["summary"], at=at,
        )


CHANGES: dict[str, type[ChangeForm]] = {"prolong": ProlongForm, "cancel": CancelForm, "summarise": SummariseForm}
