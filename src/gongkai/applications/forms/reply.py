"""What people state at the end: the verdicts on a draft, the signature, the service, the archive, publication."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.accounts.actor import Actor
from gongkai.applications import actions
from gongkai.applications.forms.base import REPLY_DATE, ActForm, Effect, act_form
from gongkai.applications.forms.fields import DayField, FilesField, long_text
from gongkai.applications.models import Delivery, ReviewKind, ServiceWay, Verdict
from gongkai.applications.queries import current_draft
from gongkai.applications.states import ACT_NAMES, Act
from gongkai.core.errors import Refused
from gongkai.infra.refusals import translated

_WAY_OF = {
    Delivery.POST: ServiceWay.POST, Delivery.ONLINE: ServiceWay.ONLINE, Delivery.IN_PERSON: ServiceWay.IN_PERSON,
    Delivery.FAX: ServiceWay.FAX, Delivery.EMAIL: ServiceWay.EMAIL,
}


@act_form
class SubmitForm(ActForm):
    """The draft goes to those who did not write it."""

    act = Act.SUBMIT
    title, button = ACT_NAMES[Act.SUBMIT], _("送审")
    lead = _("送保密审查和合法性审查，由拟稿人以外的人做（第十七条）。送审后稿子不能改，退回后才能再改。")
    done = _("已送审")

    def perform(self, *, by: Actor, at: datetime) -> Any:
        """Submit."""
        return actions.submit_for_review(
            by=by, application=self.application, at=at, seen=self.cleaned_data["seen"],
        )


@act_form
class ReviewForm(ActForm):
    """A verdict on this version."""

    act = Act.REVIEW
    title, button = ACT_NAMES[Act.REVIEW], _("提交审查意见")
    lead = _("两项审查都通过才能签发；审查针对这一稿，改动后重新审查（第十七条）。")
    done = _("已提交审查意见")
    kind = forms.ChoiceField(label=_("审查"), choices=ReviewKind.choices, widget=forms.RadioSelect)
    verdict = forms.ChoiceField(label=_("意见"), choices=Verdict.choices, widget=forms.RadioSelect)
    remark = long_text(_("说明"), rows=3, required=False, most=2000, help_text=_("退回时写明要改什么"))

    def suggested(self) -> dict[str, Any]:
        """The review that is still missing."""
        draft = current_draft(self.application)
        passed = {r.kind for r in draft.reviews.all() if r.verdict == Verdict.PASS} if draft else set()
        return {"kind": next((k for k in ReviewKind.values if k not in passed), None)}

    def perform(self, *, by: Actor, at: datetime) -> Any:
        """Give it."""
        given = self.cleaned_data
        return actions.review(
            by=by, application=self.application, kind=given["kind"], verdict=given["verdict"],
            remark=given["remark"], at=at, seen=given["seen"],
        )


@act_form
class ReturnForm(ActForm):
    """Back to the drafter."""

    act = Act.RETURN
    title, button = ACT_NAMES[Act.RETURN], _("退回修改")
    lead = _("退回后由拟稿人修改，重新送审。")
    done = _("已退回")
    remark = long_text(_("要改什么"), rows=4, most=2000)

    def perform(self, *, by: Actor, at: datetime) -> Any:
        """Return."""
        given = self.cleaned_data
        return actions.return_draft(
            by=by, application=self.application, remark=given["remark"], at=at, seen=given["seen"],
        )


@act_form
class SignForm(ActForm):
    """The reply gets its number."""

    act = Act.SIGN
    title, button = ACT_NAMES[Act.SIGN], _("签发")
    lead = _("签发后编文号、生成答复书，内容不能再改。答复以送达为准：邮寄以交邮之日为准。")
    done = _("已签发，请送达")
    on = DayField(label=_("签发日期"))

    def perform(self, *, by: Actor, at: datetime) -> Any:
        """Sign."""
        given = self.cleaned_data
        return actions.sign(by=by, application=self.application, on=given["on"], at=at, seen=given["seen"])


@act_form
class ServeForm(ActForm):
    """It went out."""

    act = Act.SERVE
    title, button = ACT_NAMES[Act.SERVE], _("登记送达")
    lead = _("邮寄只能交邮政企业，以交邮之日为答复之日；当面送达以签收之日为准。")
    done = _("已登记送达")
    watched = ("on",)
    way = forms.ChoiceField(label=_("方式"), choices=ServiceWay.choices)
    on = DayField(label=_("送达日期"))
    proof_number = forms.CharField(label=_("邮件号或回证号"), max_length=60, required=False)

    def suggested(self) -> dict[str, Any]:
        """The route that the applicant asked for."""
        return {"on": self.today, "way": _WAY_OF.get(Delivery(self.application.delivery), ServiceWay.POST)}

    def perform(self, *, by: Actor, at: datetime) -> Any:
        """Serve."""
        given = self.cleaned_data
        return actions.serve(
            by=by, application=self.application, way=given["way"], on=given["on"],
            proof_number=given["proof_number"], at=at, seen=given["seen"],
        )

    def effect(self) -> Effect | None:
        """In time or not."""
        on, due = self.value("on"), self.application.due_on
        if not on or due is None:
            return None
        return Effect(REPLY_DATE, None, due, _("在期限内") if on <= due else _("晚于期限，按逾期答复记录"))


@act_form
class ProveForm(ActForm):
    """That it arrived."""

    act = Act.PROVE
    title, button = ACT_NAMES[Act.PROVE], _("登记证明")
    lead = _("签收日期、邮件查询结果和送达回证登记在这里，与申请一起归档。")
    done = _("已登记送达证明")
    with_files = True
    received_on = DayField(label=_("签收日期"), required=False)
    proof_number = forms.CharField(label=_("邮件号或回证号"), max_length=60, required=False)
    files = FilesField(label=_("证明文件"), required=False)

    def suggested(self) -> dict[str, Any]:
        """Nothing: a day of receipt is not guessed."""
        return {}

    def perform(self, *, by: Actor, at: datetime) -> Any:
        """Prove."""
        given = self.cleaned_data
        return actions.prove_service(
            by=by, application=self.application, received_on=given["received_on"],
            proof_number=given["proof_number"], files=given["files"], at=at,
        )


@act_form
class ArchiveForm(ActForm):
    """The file is complete."""

    act = Act.ARCHIVE
    title, button = ACT_NAMES[Act.ARCHIVE], _("归档")
    lead = _("归档后不再改动，按保管期限保存（第四十五条）。")
    done = _("已归档")
    on = DayField(label=_("归档日期"))

    def perform(self, *, by: Actor, at: datetime) -> Any:
        """Archive."""
        given = self.cleaned_data
        return actions.archive(by=by, application=self.application, on=given["on"], at=at, seen=given["seen"])


@act_form
class PublishForm(ActForm):
    """A reply as a text for everybody, the applicant taken out."""

    act = Act.PUBLISH_DRAFT
    title, button = ACT_NAMES[Act.PUBLISH_DRAFT], _("存为主动公开的稿子")
    lead = _(
        "多人申请相同信息、可以向社会公开的，纳入主动公开（第四十四条）。申请人的信息已自动去除，请逐字再看一遍；"
        "还查得到申请人信息的稿子不能保存。"
    )
    done = _("已存为主动公开的稿子")
    wide = True
    template = "applications/publish.html"
    title_ = forms.CharField(label=_("标题"), max_length=300)
    body = long_text(_("正文"), rows=16, most=100_000)

    def suggested(self) -> dict[str, Any]:
        """The reply with every token of the applicant removed; nothing, with why, where they cannot be known."""
        self.unknown = ""
        try:
            self.title_proposed, self.body_proposed, self.removed, self.leaks = actions.publication_proposal(
                self.application,
            )
        except Refused as refusal:  # the key is not at hand: what cannot be searched for is not proposed
            self.title_proposed, self.body_proposed, self.removed, self.leaks = "", "", {}, []
            self.unknown = translated(refusal)
        return {"title_": self.title_proposed, "body": self.body_proposed}

    def perform(self, *, by: Actor, at: datetime) -> Any:
        """Keep the draft."""
        given = self.cleaned_data
        return actions.draft_publication(
            by=by, application=self.application, title=given["title_"], body=given["body"], at=at,
        )
