"""A report, its versions, its cells and their corrections."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import within
from gongkai.annual_reports.permissions import AnnualReportPermission
from gongkai.annual_reports.states import REPORT_NAMES, ReportState
from gongkai.core.report.model import Status


class Scope(models.TextChoices):
    """Whom a report speaks for."""

    OWN = "own", _("本机关")
    CONSOLIDATED = "consolidated", _("本级汇总")


class AnnualReportQuerySet(models.QuerySet["AnnualReport"]):
    """Reports."""

    def visible_to(self, actor: Actor) -> AnnualReportQuerySet:
        """What is published, for everyone; within one's posts, everything."""
        return self.filter(
            Q(state=ReportState.PUBLISHED) | within(actor, AnnualReportPermission.SEE, "agency__path")
        )

    def published(self) -> AnnualReportQuerySet:
        """What the portal shows, to whomever."""
        return self.filter(state=ReportState.PUBLISHED)


class AnnualReport(models.Model):
    """One agency's report for one year in one scope.

    `current` is the version the office works on; `published` is the one that the public sees. They differ between a
    replacement and the next publishing.
    """

    agency = models.ForeignKey(
        "agencies.Agency", on_delete=models.PROTECT, related_name="annual_reports", verbose_name=_("机关"),
    )
    year = models.PositiveSmallIntegerField(_("年度"))
    scope = models.CharField(_("范围"), max_length=12, choices=Scope.choices, default=Scope.OWN)
    state = models.CharField(
        _("状态"), max_length=10, choices=[(s.value, n) for s, n in REPORT_NAMES.items()], default=ReportState.FILED,
    )
    current = models.ForeignKey(
        "ReportVersion", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("现行版本"),
    )
    published = models.ForeignKey(
        "ReportVersion", on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("公开版本"),
    )
    published_at = models.DateTimeField(_("公开时间"), null=True)
    filed_at = models.DateTimeField(_("收到时间"))

    objects = AnnualReportQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "agency__path", "scope"]
        verbose_name = _("年报")
        verbose_name_plural = _("年报")
        constraints = [
            models.UniqueConstraint(fields=["agency", "year", "scope"], name="one_report_a_year"),
            models.CheckConstraint(condition=Q(year__gte=2008, year__lte=2100), name="report_year_plausible"),
            models.CheckConstraint(
                condition=~Q(state=ReportState.PUBLISHED)
                | Q(published__isnull=False, published_at__isnull=False),
                name="published_report_has_version",
            ),
        ]
        indexes = [models.Index(fields=["year", "state"], name="report_year_state")]

    def __str__(self) -> str:
        return f"{self.agency} {self.year}年度政府信息公开工作年度报告"

    @property
    def access_path(self) -> str:
        """Where it stands in the tree."""
        return self.agency.path

    @property
    def state_name(self) -> str:
        """The state in words."""
        return REPORT_NAMES[ReportState(self.state)]


class ReportVersion(models.Model):
    """One file that was filed as the report. `reading` is what the engine read and is never altered.

    A version that the public sees is not corrected: its first correction makes a new one on the same file, with
    `based_on` naming it, so that published numbers change only by publishing.
    `findings` are those of the effective cells (reading + corrections) against the year before; they are a cache
    that `recheck` makes anew, with the engine's version beside it. The counts serve lists.
    """

    report = models.ForeignKey(AnnualReport, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("版本"))
    based_on = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("沿用"))
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+", verbose_name=_("文件"))
    file_name = models.CharField(_("文件名"), max_length=255)
    file_kind = models.CharField(_("格式"), max_length=12, blank=True)
    form = models.CharField(_("表式"), max_length=8, blank=True)
    forms = models.JSONField(_("各表的表式"), default=dict)
    title = models.CharField(_("标题"), max_length=300, blank=True)
    reading = models.JSONField(_("读取结果"))
    findings = models.JSONField(_("检查结果"), default=list)
    errors = models.PositiveIntegerField(_("错误"), default=0)
    inconsistencies = models.PositiveIntegerField(_("矛盾"), default=0)
    warnings = models.PositiveIntegerField(_("提醒"), default=0)
    engine = models.CharField(_("程序版本"), max_length=20)
    checked_at = models.DateTimeField(_("检查时间"))
    filed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    filed_at = models.DateTimeField(_("报送时间"))

    class Meta:
        ordering = ["report", "number"]
        verbose_name = _("年报版本")
        verbose_name_plural = _("年报版本")
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="version_number_once")]

    def __str__(self) -> str:
        return f"{self.report} v{self.number}"

    @property
    def access_path(self) -> str:
        """Where it stands in the tree."""
        return self.report.agency.path


class FiledCell(models.Model):
    """The effective cell of a version, as a row for roll-ups. Made anew from reading + corrections, never edited."""

    version = models.ForeignKey(ReportVersion, on_delete=models.CASCADE, related_name="cells")
    cell = models.CharField(_("单元"), max_length=60)
    status = models.CharField(_("状况"), max_length=10, choices=[(s.value, s.value) for s in Status])
    value = models.DecimalField(_("值"), max_digits=24, decimal_places=6, null=True)
    unit = models.CharField(_("单位"), max_length=4, blank=True)
    raw = models.CharField(_("原文"), max_length=200, null=True)
    corrected = models.BooleanField(_("更正过"), default=False)

    class Meta:
        verbose_name = _("单元")
        verbose_name_plural = _("单元")
        constraints = [
            models.UniqueConstraint(fields=["version", "cell"], name="cell_once_a_version"),
            # Missing is never zero: a number stands exactly where the status says value.
            models.CheckConstraint(
                condition=Q(status=Status.VALUE, value__isnull=False)
                | (~Q(status=Status.VALUE) & Q(value__isnull=True)),
                name="cell_value_iff_value",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cell}={self.value if self.value is not None else self.status}"


class Correction(models.Model):
    """A person says that a cell holds another number, and why. Withdrawn ones stay as they were."""

    version = models.ForeignKey(ReportVersion, on_delete=models.PROTECT, related_name="corrections")
    cell = models.CharField(_("单元"), max_length=60)
    value = models.DecimalField(_("更正为"), max_digits=24, decimal_places=6, null=True)
    unit = models.CharField(_("单位"), max_length=4, blank=True)
    reason = models.CharField(_("理由"), max_length=500)
    made_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(_("更正时间"))
    withdrawn_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(_("撤回时间"), null=True)

    class Meta:
        ordering = ["made_at", "pk"]
        verbose_name = _("更正")
        verbose_name_plural = _("更正")
        constraints = [
            models.UniqueConstraint(
                fields=["version", "cell"], condition=Q(withdrawn_at__isnull=True), name="one_correction_in_force",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="correction_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.cell} → {self.value}"

    @property
    def access_path(self) -> str:
        """Where it stands in the tree."""
        return self.version.report.agency.path
