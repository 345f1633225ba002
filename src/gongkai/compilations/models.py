"""A report being compiled, what was entered by hand, its prose, and what was frozen when it was signed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import within
from gongkai.annual_reports.models import Scope
from gongkai.compilations.permissions import CompilationPermission
from gongkai.compilations.states import STATE_NAMES, Origin, State


class CompilationQuerySet(models.QuerySet["Compilation"]):
    """Compilations."""

    def visible_to(self, actor: Actor) -> CompilationQuerySet:
        """Those of the agencies where one's duty is to see them. Never the public: it sees reports."""
        return self.filter(within(actor, CompilationPermission.SEE, "agency__path"))


class Compilation(models.Model):
    """The work on one agency's report for one year in one scope.

    With origin FILE the numbers are those of a file that was handed in (`report.current`); the course from signing on
    is the same. `report` is what the public and the roll-ups know, made when the first version is signed or filed.
    """

    agency = models.ForeignKey(
        "agencies.Agency", on_delete=models.PROTECT, related_name="compilations", verbose_name=_("机关"),
    )
    year = models.PositiveSmallIntegerField(_("年度"))
    scope = models.CharField(_("范围"), max_length=12, choices=Scope.choices, default=Scope.OWN)
    form = models.CharField(_("表式"), max_length=8)
    origin = models.CharField(
        max_length=10, choices=[(o.value, o.value) for o in Origin], default=Origin.RECORDS,
    )
    state = models.CharField(
        _("状态"), max_length=10, choices=[(s.value, n) for s, n in STATE_NAMES.items()], default=State.DRAFT,
    )
    report = models.OneToOneField(
        "annual_reports.AnnualReport", on_delete=models.PROTECT, null=True, blank=True, related_name="compilation",
    )
    started_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    started_at = models.DateTimeField(_("开始编制"))
    checked_at = models.DateTimeField(_("核对时间"), null=True, blank=True)
    findings = models.JSONField(_("检查结果"), default=list)  # as of the last check (annual_reports.readings)
    submitted_at = models.DateTimeField(_("提交时间"), null=True, blank=True)
    submitted = models.ForeignKey(
        "annual_reports.ReportVersion", on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("提交的版本"),
    )
    due_on = models.DateField(_("应提交日期"), null=True, blank=True)  # that held when it was first submitted
    late_days = models.PositiveSmallIntegerField(_("逾期天数"), default=0)
    decided_at = models.DateTimeField(_("核准、退回时间"), null=True, blank=True)
    decided_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(_("公布时间"), null=True, blank=True)
    revision = models.PositiveIntegerField(default=0)

    objects = CompilationQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "agency__path", "scope"]
        verbose_name = verbose_name_plural = _("年报编制")
        constraints = [
            models.UniqueConstraint(fields=["agency", "year", "scope"], name="one_compilation_a_year"),
            models.CheckConstraint(condition=Q(year__gte=2008, year__lte=2100), name="compilation_year_plausible"),
            models.CheckConstraint(
                condition=Q(state__in=[State.DRAFT, State.CHECKED, State.RETURNED]) | Q(report__isnull=False),
                name="signed_compilation_has_report",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[State.SUBMITTED, State.APPROVED]) | Q(submitted_at__isnull=False),
                name="submitted_compilation_has_a_time",
            ),
        ]
        indexes = [models.Index(fields=["year", "state"], name="compilation_year_state")]

    def __str__(self) -> str:
        return f"{self.agency} {self.year}"

    @property
    def access_path(self) -> str:
        """Where it belongs in the tree."""
        return self.agency.path

    @property
    def state_name(self) -> str:
        """The state in words."""
        return STATE_NAMES[State(self.state)]


class Entered(models.Model):
    """A number typed in because the office keeps no register of it here: with its source and the person.

    One row counts for a cell at a time; what it replaced stays, withdrawn. Tables 三 and 四 are entered whole.
    """

    compilation = models.ForeignKey(Compilation, on_delete=models.PROTECT, related_name="entered")
    cell = models.CharField(_("单元格"), max_length=60)
    value = models.DecimalField(_("数值"), max_digits=20, decimal_places=6)
    source = models.CharField(_("来源"), max_length=300)
    entered_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField(_("填报时间"))
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["compilation", "cell", "pk"]
        verbose_name = verbose_name_plural = _("手工填报")
        constraints = [
            models.UniqueConstraint(
                fields=["compilation", "cell"], condition=Q(withdrawn_at__isnull=True), name="one_entry_counts",
            ),
            models.CheckConstraint(condition=~Q(source=""), name="entry_says_its_source"),
        ]

    def __str__(self) -> str:
        return f"{self.cell}={self.value}"


class Fact(models.Model):
    """A fact for the prose that no register here holds: meetings, training, accounts in new media.

    `key` is one of `facts.BY_HAND`; of the agency and the year, not of a compilation, since both scopes may use it.
    """

    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+", verbose_name=_("机关"))
    year = models.PositiveSmallIntegerField(_("年度"))
    key = models.CharField(_("事项"), max_length=40)
    value = models.DecimalField(_("数值"), max_digits=16, decimal_places=2)
    source = models.CharField(_("来源"), max_length=300)
    entered_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField(_("填报时间"))

    class Meta:
        ordering = ["agency", "year", "key"]
        verbose_name = verbose_name_plural = _("年度工作数据")
        constraints = [models.UniqueConstraint(fields=["agency", "year", "key"], name="one_fact_a_year")]

    def __str__(self) -> str:
        return f"{self.key}={self.value}"


class Prose(models.Model):
    """The text of a section (1–6), section 一 in five aspects (1–5; 0 where there are none).

    `body` holds names of facts in braces, {本年新收申请}, which are filled when it is shown and frozen when it is
    signed; a number typed by hand is held against the tables by the rules (C11).
    """

    compilation = models.ForeignKey(Compilation, on_delete=models.PROTECT, related_name="prose")
    section = models.PositiveSmallIntegerField(_("部分"))
    aspect = models.PositiveSmallIntegerField(_("方面"), default=0)
    body = models.TextField(_("正文"), blank=True)
    edited_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    edited_at = models.DateTimeField(_("修改时间"))
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["compilation", "section", "aspect"]
        verbose_name = verbose_name_plural = _("年报正文")
        constraints = [
            models.UniqueConstraint(fields=["compilation", "section", "aspect"], name="one_text_a_section"),
            models.CheckConstraint(condition=Q(section__gte=1, section__lte=6, aspect__lte=5), name="prose_section"),
        ]

    def __str__(self) -> str:
        return f"{self.section}.{self.aspect}"


class Waiver(models.Model):
    """An open finding that somebody answers for: code and cells name it, the reason says why it is signed so."""

    compilation = models.ForeignKey(Compilation, on_delete=models.PROTECT, related_name="waivers")
    code = models.CharField(_("规则"), max_length=60)
    cells = models.JSONField(_("单元格"), default=list)
    message = models.CharField(_("问题"), max_length=1000)
    reason = models.CharField(_("理由"), max_length=500)
    made_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(_("时间"))
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["compilation", "pk"]
        verbose_name = verbose_name_plural = _("放行理由")
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="waiver_says_why")]

    def __str__(self) -> str:
        return self.code


class Remark(models.Model):
    """What the supervisor said when returning or approving; stays beside the version that it was said about."""

    compilation = models.ForeignKey(Compilation, on_delete=models.PROTECT, related_name="remarks")
    version = models.ForeignKey("annual_reports.ReportVersion", on_delete=models.PROTECT, related_name="+")
    approved = models.BooleanField(_("核准"))
    text = models.TextField(_("意见"), blank=True)
    made_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(_("时间"))

    class Meta:
        ordering = ["-made_at", "-pk"]
        verbose_name = verbose_name_plural = _("核对意见")
        constraints = [
            models.CheckConstraint(condition=Q(approved=True) | ~Q(text=""), name="return_says_why"),
        ]

    def __str__(self) -> str:
        return self.text[:40]


class SigningKind(models.TextChoices):
    SIGNED = "signed", _("签发")
    ERRATUM = "erratum", _("更正")


class Signing(models.Model):
    """The moment at which the numbers and their lists were frozen. Never altered once sealed (guard.py).

    `cells` is {cell: [value, records]}, a decimal value as text; `digest` is SM3 over the whole of it and over every
    Counted row, in order (freezing.py), and stands in the ledger too: it is empty only while the act that makes the
    signing is under way. An erratum says in `changes` {cell: [before, after]} and in `reason` what it mends.
    """

    compilation = models.ForeignKey(Compilation, on_delete=models.PROTECT, related_name="signings")
    number = models.PositiveSmallIntegerField(_("次序"))
    kind = models.CharField(max_length=10, choices=SigningKind.choices, default=SigningKind.SIGNED)
    version = models.OneToOneField(
        "annual_reports.ReportVersion", on_delete=models.PROTECT, related_name="signing",
    )
    cells = models.JSONField(default=dict)
    prose = models.JSONField(default=dict)  # {"1.2": text as filled}
    changes = models.JSONField(default=dict)
    reason = models.CharField(_("更正理由"), max_length=500, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    signed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    signed_on = models.DateField(_("签发日期"))
    signed_at = models.DateTimeField()

    class Meta:
        ordering = ["compilation", "number"]
        verbose_name = verbose_name_plural = _("签发")
        constraints = [
            models.UniqueConstraint(fields=["compilation", "number"], name="signing_number_once"),
            models.CheckConstraint(
                condition=Q(kind="signed") | ~Q(reason=""), name="erratum_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.compilation} #{self.number}"


class Source(models.TextChoices):
    """What kind of record was counted; `record` of Counted is its key."""

    APPLICATION = "application", _("申请")
    DISPUTE = "dispute", _("复议、诉讼")
    DOCUMENT = "document", _("文件")
    ENTRY = "entry", _("台账记录")
    POWER = "power", _("权责事项")
    HAND = "hand", _("手工填报")
    MEMBER = "member", _("下级机关的年报")
    FILE = "file", _("报送的文件")


class Counted(models.Model):
    """One record as it was counted at a signing: in which cells (without totals), and by which facts.

    No foreign key to the live row: what happens to it later changes nothing here. `record` of a dispute is the key of
    the proceeding that counted.
    """

    signing = models.ForeignKey(Signing, on_delete=models.PROTECT, related_name="counted")
    source = models.CharField(max_length=12, choices=Source.choices)
    record = models.BigIntegerField()
    label = models.CharField(_("编号"), max_length=200)
    cells = models.JSONField(default=list)
    facts = models.JSONField(default=dict)

    class Meta:
        ordering = ["signing", "source", "record"]
        verbose_name = verbose_name_plural = _("计数的记录")
        constraints = [
            models.UniqueConstraint(fields=["signing", "source", "record"], name="counted_once"),
        ]
        indexes = [models.Index(fields=["source", "record"], name="counted_record")]

    def __str__(self) -> str:
        return self.label
