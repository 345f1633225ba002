"""A campaign, its members, reminders, files handed in, differences and their explanations."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import within
from gongkai.annual_reports.models import Scope
from gongkai.campaigns.permissions import CampaignPermission


class CampaignQuerySet(models.QuerySet["Campaign"]):
    """Campaigns."""

    def visible_to(self, actor: Actor) -> CampaignQuerySet:
        """Those that one's office runs or is a member of."""
        mine = Member.objects.filter(within(actor, CampaignPermission.SEE, "agency__path"), left_at__isnull=True)
        return self.filter(within(actor, CampaignPermission.SEE, "root__path") | Q(pk__in=mine.values("campaign")))

    def managed_by(self, actor: Actor) -> CampaignQuerySet:
        """Those that one runs."""
        return self.filter(within(actor, CampaignPermission.MANAGE, "root__path"))


class Campaign(models.Model):
    """A year's reports of everybody below `root`: the notice, and until when (Art. 49: 31 January, 31 March).

    `due_on` is the day by which members submit, at the latest the statutory one; `publish_by` the day by which the
    government's own report must be out.
    """

    root = models.ForeignKey(
        "agencies.Agency", on_delete=models.PROTECT, related_name="campaigns", verbose_name=_("主管的政府"),
    )
    year = models.PositiveSmallIntegerField(_("年度"))
    title = models.CharField(_("标题"), max_length=200)
    notice_number = models.CharField(_("文号"), max_length=100, blank=True)
    notice = models.TextField(_("通知内容"))
    due_on = models.DateField(_("提交期限"))
    publish_by = models.DateField(_("公布期限"))
    opened_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField(_("布置时间"))
    closed_at = models.DateTimeField(_("结束时间"), null=True, blank=True)
    compared_at = models.DateTimeField(_("核对差异的时间"), null=True, blank=True)

    objects = CampaignQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "root__path"]
        verbose_name = verbose_name_plural = _("年报工作")
        constraints = [
            models.UniqueConstraint(fields=["root", "year"], name="one_campaign_a_year"),
            models.CheckConstraint(condition=Q(publish_by__gte=F("due_on")), name="campaign_published_after_due"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def access_path(self) -> str:
        """Where it belongs in the tree."""
        return self.root.path

    def due_of(self, member: Member) -> date:
        """The day that holds for a member: its own, where it was given more time."""
        return member.due_on or self.due_on


class MemberQuerySet(models.QuerySet["Member"]):
    """Members."""

    def visible_to(self, actor: Actor) -> MemberQuerySet:
        """Those of one's own agency, or of the agencies that one supervises."""
        return self.filter(within(actor, CampaignPermission.SEE, "agency__path"))

    def owing(self) -> MemberQuerySet:
        """Those from whom a report is awaited: neither struck off nor exempt."""
        return self.filter(left_at__isnull=True, exempt_reason="")


class Member(models.Model):
    """An agency that owes a report in a campaign, of itself or, a government with parts, of its whole level. Where it
    stands is its compilation's business, never kept here. One that was struck off stays, with the reason."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="members")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+", verbose_name=_("机关"))
    scope = models.CharField(_("范围"), max_length=12, choices=Scope.choices, default=Scope.OWN)
    added_reason = models.CharField(_("增加的理由"), max_length=300, blank=True)
    left_at = models.DateTimeField(_("移出时间"), null=True, blank=True)
    left_reason = models.CharField(_("移出的理由"), max_length=300, blank=True)
    due_on = models.DateField(_("另定期限"), null=True, blank=True)
    due_reason = models.CharField(_("另定期限的理由"), max_length=300, blank=True)
    exempt_reason = models.CharField(_("不报的理由"), max_length=300, blank=True)
    read_at = models.DateTimeField(_("已阅时间"), null=True, blank=True)
    read_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")

    objects = MemberQuerySet.as_manager()

    class Meta:
        ordering = ["campaign", "agency__path"]
        verbose_name = verbose_name_plural = _("报送机关")
        constraints = [
            models.UniqueConstraint(fields=["campaign", "agency", "scope"], name="member_once"),
            models.CheckConstraint(
                condition=Q(left_at__isnull=True) | ~Q(left_reason=""), name="member_leaves_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(due_on__isnull=True) | ~Q(due_reason=""), name="member_own_date_says_why",
            ),
        ]

    def __str__(self) -> str:
        return str(self.agency)

    @property
    def access_path(self) -> str:
        """Where it belongs in the tree."""
        return self.agency.path


class Reminder(models.Model):
    """That a member was urged, by whom and with which words."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="reminders")
    text = models.CharField(_("催报内容"), max_length=500)
    sent_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField(_("时间"))

    class Meta:
        ordering = ["-sent_at", "-pk"]
        verbose_name = verbose_name_plural = _("催报")

    def __str__(self) -> str:
        return self.text[:40]


class Handed(models.Model):
    """A batch of files that came in through a campaign: from the supervisor for several, or from one member."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="handed")
    batch = models.OneToOneField("annual_reports.UploadBatch", on_delete=models.PROTECT, related_name="handed")

    class Meta:
        ordering = ["-pk"]
        verbose_name = verbose_name_plural = _("报送的文件")

    def __str__(self) -> str:
        return str(self.batch)


class Difference(models.Model):
    """A reported number that is not what the records, or the members together, say: as of `campaign.compared_at`.

    A cache: comparing makes it anew (actions/comparing.py). `scope` is that of the report.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="differences")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+", verbose_name=_("机关"))
    scope = models.CharField(_("范围"), max_length=12, choices=Scope.choices, default=Scope.OWN)
    cell = models.CharField(_("单元格"), max_length=60)
    reported = models.CharField(_("报送数"), max_length=40)
    computed = models.CharField(_("计算数"), max_length=40)

    class Meta:
        ordering = ["campaign", "agency", "pk"]
        verbose_name = verbose_name_plural = _("差异")
        constraints = [
            models.UniqueConstraint(fields=["campaign", "agency", "scope", "cell"], name="difference_once"),
        ]

    def __str__(self) -> str:
        return f"{self.cell}: {self.reported} / {self.computed}"


class Explanation(models.Model):
    """Why a member's reported number differs from what its records or the sum say. One counts for a cell at a time.

    Accepted by the supervisor (`accepted_by`), the difference stands on the board as explained.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="explanations")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+", verbose_name=_("机关"))
    scope = models.CharField(_("范围"), max_length=12, choices=Scope.choices, default=Scope.OWN)
    cell = models.CharField(_("单元格"), max_length=60)
    reported = models.CharField(_("报送数"), max_length=40)
    computed = models.CharField(_("计算数"), max_length=40)
    text = models.CharField(_("说明"), max_length=500)
    made_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(_("时间"))
    accepted_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["campaign", "agency", "cell", "pk"]
        verbose_name = verbose_name_plural = _("差异说明")
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "agency", "scope", "cell"], condition=Q(withdrawn_at__isnull=True),
                name="one_explanation_counts",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="explanation_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.agency} {self.cell}"

    @property
    def access_path(self) -> str:
        """Where it belongs in the tree."""
        return self.agency.path
