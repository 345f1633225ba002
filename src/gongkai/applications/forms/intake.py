"""What people state when an application comes in, is completed, split, corrected in the register, or withdrawn."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gongkai.accounts.actor import Actor
from gongkai.applications import actions, queries
from gongkai.applications.actions import additions
from gongkai.applications.forms.base import REPLY_DATE, ActForm, Effect, act_form
from gongkai.applications.forms.fields import DayField, FilesField, long_text
from gongkai.applications.models import Delivery, Purpose, Use, Wanted
from gongkai.applications.rules.intake import WAYS
from gongkai.applications.states import ACT_NAMES, Act, State
from gongkai.applications.submission import Piece
from gongkai.calendars.queries import calendar_of
from gongkai.core.deadlines import CHANNEL_NAMES
from gongkai.core.errors import Refused
from gongkai.core.law.answers import ANSWERS
from gongkai.core.law.applicants import APPLICANT_NAMES

PIECES = 3


@act_form
class ConfirmForm(ActForm):
    """That the office and the applicant agree on the day of receipt."""

    act = Act.CONFIRM
    title, button = ACT_NAMES[Act.CONFIRM], _("确认收到")
    lead = _(
        "平信、网络、传真和电子邮件，以与申请人确认之日为收到之日（第三十一条）。确认之日不计，次日起算二十个工作日。"
    )
    done = _("已确认收到")
    watched = ("on",)
    on = DayField(label=_("确认日期"))
    how = forms.ChoiceField(label=_("怎样确认的"), choices=[(key, _(name)) for key, name in WAYS.items()])

    def perform(self, *, by: Actor, at: datetime) -> Any:
        """Confirm."""
        given = self.cleaned_data
        return actions.confirm(
            by=by, application=self.application, on=given["on"], how=given["how"], at=at, seen=given["seen"],
        )

    def effect(self) -> Effect | None:
        """The clock begins."""
        on = self.value("on")
        return Effect(REPLY_DATE, self.application.due_on, self.what_if(confirmed=on).due_on) if on else None


@act_form
class SplitForm(ActForm):
    """Several matters in one application become one each."""

    act = Act.SPLIT
    title, button = ACT_NAMES[Act.SPLIT], _("拆分")
    lead = _(
        "一件申请里有几个不相干的事项时，按一事一申请拆开，各自登记、各自答复。拆分后这一件不再办理，收到日期不变。"
    )
    done = _("已拆分")
    wide = True
    template = "applications/split.html"
    on = DayField(label=_("拆分日期"))
    reason = forms.CharField(label=_("理由"), max_length=300)
    notice = forms.BooleanField(label=_("发给申请人拆分告知书"), required=False)

    def prepare(self) -> None:
        """As many matters as were sent, at least three."""
        count = PIECES
        if self.is_bound:
            count = max(count, sum(name.startswith("subject_") for name in self.data) + bool(self.data.get("more")))
        for n in range(1, count + 1):
            self.fields[f"subject_{n}"] = forms.CharField(label=_("事项"), max_length=300, required=False)
            self.fields[f"content_{n}"] = long_text(_("内容"), rows=3, required=False)
        self.count = count

    @property
    def pieces(self) -> list[tuple[int, forms.BoundField, forms.BoundField]]:
        """Each matter's number and fields."""
        return [(n, self[f"subject_{n}"], self[f"content_{n}"]) for n in range(1, self.count + 1)]

    def clean(self) -> dict[str, Any]:
        """At least two matters, each with its subject."""
        given = super().clean() or self.cleaned_data
        found = []
        for n in range(1, self.count + 1):
            subject, content = given.get(f"subject_{n}", "").strip(), given.get(f"content_{n}", "").strip()
            if content and not subject:
                self.add_error(f"subject_{n}", _("这一项有内容，没有写事项"))
            if subject:
                found.append(Piece(subject, content or subject))
        if len(found) < 2:
            self.add_error(None, _("至少写两个事项才能拆分"))
        given["pieces"] = found
        return given

    def perform(self, *, by: Actor, at: datetime) -> Any:
        """Split."""
        given = self.cleaned_data
        return actions.split(
            by=by, application=self.application, pieces=given["pieces"], reason=given["reason"], on=given["on"],
            at=at, seen=given["seen"], notice=given["notice"],
        )


@act_form
class AskCorrectionForm(ActForm):
    """What is unclear, told once."""

    act = Act.ASK_CORRECTION
    title, button = ACT_NAMES[Act.ASK_CORRECTION], _("告知补正")
    lead = _(
        "内容不明确的，收到之日起七个工作日内一次性告知补正，说明补正事项和合理的补正期限；只能告知一次（第三十条）"
        "。"
    )
    done = _("已发出补正告知书")
    what = long_text(_("需要补正什么"), rows=5, help_text=_("写进告知书，一次说全"))
    on = DayField(label=_("告知日期"))
    due_on = DayField(label=_("补正期限"), required=False, help_text=_("不填按本机关的设置，一般为 15 个工作日"))

    def suggested(self) -> dict[str, Any]:
        """Today, and the usual period."""
        calendar = calendar_of(self.application.agency)
        return {"on": self.today, "due_on": calendar.add(self.today, settings.GONGKAI_CORRECTION_DAYS)}

    def perform(self, *, by: Actor, at: datetime) -> Any:
        """Tell."""
        given = self.cleaned_data
        return actions.ask_correction(
            by=by, application=self.application, what=given["what"], on=given["on"], due_on=given["due_on"], at=at,
            seen=given["seen"],
        )

    def effect(self) -> Effect | None:
        """The clock stands still until the correction comes."""
        return Effect(REPLY_DATE, self.application.due_on, None, _("收到补正之日起重新计算"), still=True)


@act_form
class CorrectForm(ActForm):
    """The application as it was completed."""

    act = Act.CORRECT
    title, button = ACT_NAMES[Act.CORRECT], _("登记补正")
    lead = _("答复期限自收到补正的申请之日起计算（第三十条）。")
    done = _("已登记补正")
    watched = ("on",)
    with_files = True
    on = DayField(label=_("收到补正的日期"))
    content = long_text(_("补正的内容"), rows=6, required=False, help_text=_("原来的内容保留，补正写在后面"))
    files = FilesField(label=_("补正材料"), required=False)

    def perform(self, *, by: Actor, at: datetime) -> Any:
        """Take the correction."""
        given = self.cleaned_data
        return actions.correct(
            by=by, application=self.application, on=given["on"], content=given["content"], files=given["files"],
            at=at, seen=given["seen"],
        )

    def effect(self) -> Effect | None:
        """The clock starts anew."""
        on = self.value("on")
        return Effect(REPLY_DATE, self.application.due_on, self.what_if(corrected=on).due_on) if on else None


@act_form
class LapseCorrectionForm(ActForm):
    """The applicant let the period pass."""

    act = Act.LAPSE_CORRECTION
    title, button = ACT_NAMES[Act.LAPSE_CORRECTION], _("不再处理")
    lead = _("申请人无正当理由逾期不补正的，视为放弃申请，不再处理，并发给告知书（第三十条）。")
    done = _("已按逾期不补正办结")
    grave = True
    on = DayField(label=_("办结日期"))

    def perform(self, *, by: Actor, at: datetime) -> Any:
        """Close."""
        given = self.cleaned_data
        return actions.lapse_correction(
            by=by, application=self.application, on=given["on"], at=at, seen=given["seen"],
        )


@act_form
class WithdrawForm(ActForm):
    """The applicant takes it back."""

    act = Act.WITHDRAW
    title, button = ACT_NAMES[Act.WITHDRAW], _("登记撤回")
    lead = _("申请人自己撤回的才登记在这里。撤回后不再办理，计入其他处理。")
    done = _("已登记撤回")
    grave = True
    on = DayField(label=_("撤回日期"))
    reason = forms.CharField(label=_("怎样撤回的"), max_length=300, help_text=_("例如：书面撤回申请，或电话说明后补交"))

    def perform(self, *, by: Actor, at: datetime) -> Any:
        """Withdraw."""
        given = self.cleaned_data
        return actions.withdraw(
            by=by, application=self.application, on=given["on"], reason=given["reason"], at=at, seen=given["seen"],
        )


@act_form
class ContactForm(ActForm):
    """A talk with the applicant."""

    act = Act.CONTACT
    title, button = ACT_NAMES[Act.CONTACT], _("记录")
    lead = _("与申请人的每次沟通都记一笔。摘要里不写姓名、电话和证件号码。")
    done = _("已记录")
    way = forms.ChoiceField(label=_("方式"), choices=[(key, _(name)) for key, name in WAYS.items()])
    happened_at = forms.DateTimeField(
        label=_("时间"), widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%d"],
    )
    summary = long_text(_("摘要"), rows=4, most=2000)

    def suggested(self) -> dict[str, Any]:
        """Just now."""
        return {"happened_at": timezone.localtime()}

    def perform(self, *, by: Actor, at: datetime) -> Any:
        """Note it."""
        given = self.cleaned_data
        return actions.contact(
            by=by, application=self.application, way=given["way"], summary=given["summary"],
            happened_at=given["happened_at"], at=at,
        )


@act_form
class AttachForm(ActForm):
    """Files of the case."""

    act = Act.ATTACH
    title, button = ACT_NAMES[Act.ATTACH], _("附上")
    lead = _("文件先加密再保存。用途是“提供给申请人的信息”的，随答复给申请人；其他的只在机关里看。")
    done = _("已附上")
    with_files = True
    use = forms.ChoiceField(label=_("用途"), choices=Use.choices, initial=Use.WORKING)
    files = FilesField(label=_("文件"))

    def perform(self, *, by: Actor, at: datetime) -> Any:
        """Attach."""
        given = self.cleaned_data
        return actions.attach(by=by, application=self.application, use=given["use"], files=given["files"], at=at)


MEND = "mend"


@act_form
class MendForm(ActForm):
    """The register put right, with a reason; dates are moved by their own acts."""

    act = MEND
    title, button = _("更正登记"), _("更正")
    lead = _(
        "登记时写错的在这里改，改前改后都记在经过里。"
        "日期由各自的办理动作决定；随台账导入、没有在这里办理过的，日期也在这里改。"
    )
    done = _("已更正登记")
    applicant_kind = forms.ChoiceField(
        label=_("申请人类型"), choices=[(k.value, _(n)) for k, n in APPLICANT_NAMES.items()],
    )
    answer_kind = forms.ChoiceField(
        label=_("办理结果"), choices=[(key, _(kind.name)) for key, kind in ANSWERS.items()],
    )
    received_on = DayField(label=_("收到日期"), required=False)
    closed_on = DayField(label=_("办结日期"), required=False)
    subject = forms.CharField(label=_("申请事项"), max_length=300)
    features = forms.CharField(label=_("文号或其他特征"), max_length=300, required=False)
    purpose = forms.ChoiceField(label=_("用途分类"), choices=Purpose.choices, required=False)
    wanted = forms.ChoiceField(label=_("获取方式"), choices=Wanted.choices)
    delivery = forms.ChoiceField(label=_("送达途径"), choices=Delivery.choices)
    channel = forms.ChoiceField(label=_("渠道"), choices=[(c.value, _(n)) for c, n in CHANNEL_NAMES.items()])
    reason = forms.CharField(label=_("理由"), max_length=300)

    COLUMNS = (
        "applicant_kind", "answer_kind", "received_on", "closed_on", "subject", "features", "purpose", "wanted",
        "delivery", "channel",
    )

    def prepare(self) -> None:
        """What cannot be put right on this case is not asked; what a register left blank is not chosen silently."""
        shown, archived = self.application, self.application.state == State.ARCHIVED
        for name in self.COLUMNS:
            if archived and name not in additions.COUNTED:
                del self.fields[name]
        if not queries.answer_came_with_register(shown):
            del self.fields["answer_kind"]
        imported = queries.came_with_register(shown)
        for name, known in (("received_on", shown.received_on), ("closed_on", shown.closed_on)):
            if not imported or known is None:
                del self.fields[name]
        for name, words in (("applicant_kind", _("请选择")), ("answer_kind", _("请选择")), ("channel", _("没有登记"))):
            field = self.fields.get(name)
            if field is not None and getattr(shown, name) not in dict(field.choices):  # type: ignore[attr-defined]
                field.choices = [("", words), *field.choices]  # type: ignore[attr-defined]
                field.required = False

    def suggested(self) -> dict[str, Any]:
        """As it is."""
        return {name: getattr(self.application, name) for name in self.COLUMNS}

    def perform(self, *, by: Actor, at: datetime) -> Any:
        """Put right what differs."""
        given = self.cleaned_data
        values = {
            name: given[name] for name in self.COLUMNS
            if name in given and given[name] != getattr(self.application, name)
            and (given[name] or name in {"features", "purpose"})
        }
        if not values:
            raise Refused("nothing-changed", "没有改动任何一项，没有保存")
        return actions.mend(
            by=by, application=self.application, values=values, reason=given["reason"], at=at, seen=given["seen"],
        )
