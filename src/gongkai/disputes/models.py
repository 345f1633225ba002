"""Disputes, their proceedings, the duties that follow from a correction, and the papers."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import within
from gongkai.disputes.permissions import DisputePermission
from gongkai.disputes.states import (
    AGAINST_NAMES,
    ENDING_NAMES,
    OPEN,
    RESULT_NAMES,
    STAGE_NAMES,
    STATE_NAMES,
    TRACK_NAMES,
    Against,
    Ending,
    State,
)


class DisputeQuerySet(models.QuerySet["Dispute"]):
    """Disputes."""

    def visible_to(self, actor: Actor) -> DisputeQuerySet:
        """Those of the agencies where one's duty is to see them."""
        return self.filter(within(actor, DisputePermission.SEE, "agency__path"))

    def open(self) -> DisputeQuerySet:
        """Not yet at their end."""
        return self.filter(state__in=OPEN)

    def counted(self) -> DisputeQuerySet:
        """Those that table 四 may count: a mistaken entry never."""
        return self.exclude(state=State.CANCELLED)


class Dispute(models.Model):
    """One case on one track of table 四. The last of its proceedings says where it stands.

    `follows` is the reconsideration that a suit came after. Who the other side is lies in the vault: `identity` is
    the applicant's of the application, or one sealed for this case; lists show `party_mask`.
    """

    agency = models.ForeignKey(
        "agencies.Agency", on_delete=models.PROTECT, related_name="disputes", verbose_name=_("机关"),
    )
    number = models.CharField(_("登记号"), max_length=100)
    track = models.CharField(_("类别"), max_length=20, choices=[(t.value, n) for t, n in TRACK_NAMES.items()])
    state = models.CharField(_("状态"), max_length=20, choices=[(s.value, n) for s, n in STATE_NAMES.items()])
    against = models.CharField(
        _("争议事项"), max_length=20, choices=[(a.value, n) for a, n in AGAINST_NAMES.items()], default=Against.REPLY,
    )
    subject = models.CharField(_("案由"), max_length=300)
    application = models.ForeignKey(
        "applications.Application", on_delete=models.PROTECT, null=True, blank=True, related_name="disputes",
        verbose_name=_("所涉申请"),
    )
    publication = models.ForeignKey(
        "publications.Publication", on_delete=models.PROTECT, null=True, blank=True, related_name="disputes",
        verbose_name=_("所涉公开信息"),
    )
    follows = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="followed_by", verbose_name=_("复议案"),
    )
    identity = models.ForeignKey("vault.Sealed", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    party_mask = models.CharField(_("申请人、原告"), max_length=60, blank=True)
    third_party = models.BooleanField(_("第三人提起"), default=False)
    handler = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("经办人"),
    )
    note = models.TextField(_("备注"), blank=True)
    imported = models.ForeignKey(
        "applications.RegisterImport", on_delete=models.PROTECT, null=True, blank=True, related_name="disputes",
    )
    closed_on = models.DateField(_("了结日期"), null=True, blank=True)
    registered_at = models.DateTimeField(_("登记时间"))
    revision = models.PositiveIntegerField(default=0)

    objects = DisputeQuerySet.as_manager()

    class Meta:
        ordering = ["-registered_at", "-pk"]
        verbose_name = verbose_name_plural = _("复议、诉讼案件")
        indexes = [
            models.Index(fields=["agency", "track", "state"], name="dispute_agency_track"),
            models.Index(fields=["agency", "-registered_at"], name="dispute_newest"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["agency", "number"], name="dispute_number_once"),
            models.CheckConstraint(condition=~Q(number=""), name="dispute_has_number"),
            models.CheckConstraint(condition=~Q(subject=""), name="dispute_has_subject"),
            models.CheckConstraint(condition=~Q(follows=F("id")), name="dispute_follows_another"),
            models.CheckConstraint(
                condition=~Q(state=State.CLOSED) | Q(closed_on__isnull=False), name="dispute_closed_has_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def access_path(self) -> str:
        """Where it belongs in the tree."""
        return self.agency.path


class ProceedingQuerySet(models.QuerySet["Proceeding"]):
    """Proceedings."""

    def visible_to(self, actor: Actor) -> ProceedingQuerySet:
        """Those of disputes that the actor may see."""
        return self.filter(within(actor, DisputePermission.SEE, "dispute__agency__path"))


class Proceeding(models.Model):
    """A reconsideration, or one instance of a suit. `received_on` is when the notice reached the organ.

    `answer_due_on` is a cache of `core.deadlines.disputes` over the facts; `gongkai doctor` makes it anew.
    """

    dispute = models.ForeignKey(Dispute, on_delete=models.PROTECT, related_name="proceedings")
    position = models.PositiveSmallIntegerField(_("序号"))
    stage = models.CharField(_("审级"), max_length=20, choices=[(s.value, n) for s, n in STAGE_NAMES.items()])
    body = models.CharField(_("复议机关、法院"), max_length=120, blank=True)
    case_number = models.CharField(_("案号"), max_length=100, blank=True)
    filed_on = models.DateField(_("申请、起诉日期"), null=True, blank=True)
    accepted_on = models.DateField(_("受理、立案日期"), null=True, blank=True)
    received_on = models.DateField(_("收到通知日期"))
    simple = models.BooleanField(_("适用简易程序"), default=False)
    ours = models.BooleanField(_("本机关提起"), default=False)  # nobody waits for an answer of ours then
    answer_due_on = models.DateField(_("答复、答辩期限"), null=True, blank=True)
    answer_due_status = models.CharField(max_length=12, blank=True)
    answered_on = models.DateField(_("答复、答辩日期"), null=True, blank=True)
    decision_due_on = models.DateField(_("审理期限"), null=True, blank=True)
    decided_on = models.DateField(_("决定、裁判日期"), null=True, blank=True)
    served_on = models.DateField(_("收到决定、裁判日期"), null=True, blank=True)
    result = models.CharField(
        _("结果"), max_length=20, choices=[(r.value, n) for r, n in RESULT_NAMES.items()], blank=True,
    )
    ending = models.CharField(
        _("具体结果"), max_length=20, choices=[(e.value, n) for e, n in ENDING_NAMES.items()], blank=True,
        default=Ending.NONE,
    )
    decision_number = models.CharField(_("决定、裁判文号"), max_length=100, blank=True)
    reasons = models.TextField(_("理由要点"), blank=True)
    redo_waived = models.CharField(_("不须重新答复的理由"), max_length=300, blank=True)

    objects = ProceedingQuerySet.as_manager()

    class Meta:
        ordering = ["dispute", "position"]
        verbose_name = verbose_name_plural = _("审理程序")
        indexes = [models.Index(fields=["dispute", "received_on"], name="proceeding_received")]
        constraints = [
            models.UniqueConstraint(fields=["dispute", "position"], name="proceeding_position_once"),
            models.CheckConstraint(
                condition=Q(decided_on__isnull=True, result="") | Q(decided_on__isnull=False) & ~Q(result=""),
                name="proceeding_decided_with_result",
            ),
            models.CheckConstraint(
                condition=Q(decided_on__isnull=True) | Q(decided_on__gte=F("received_on")),
                name="proceeding_decided_after_receipt",
            ),
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True) | Q(answered_on__gte=F("received_on")),
                name="proceeding_answered_after_receipt",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dispute} {self.stage}"

    @property
    def access_path(self) -> str:
        """Where it belongs in the tree."""
        return self.dispute.agency.path


class RehandlingQuerySet(models.QuerySet["Rehandling"]):
    """Duties to reply anew."""

    def visible_to(self, actor: Actor) -> RehandlingQuerySet:
        """Those of disputes that the actor may see."""
        return self.filter(within(actor, DisputePermission.SEE, "dispute__agency__path"))

    def open(self) -> RehandlingQuerySet:
        """Not yet fulfilled, not lifted."""
        return self.filter(done_on__isnull=True, lifted_on__isnull=True)


class Rehandling(models.Model):
    """The duty to reply anew that a correcting decision lays on the organ, with its own clock.

    The period is the decision's own (`days`, working days or calendar days), counted from the day on which the
    decision reached the organ; where the decision names none, the law's for a reply (a setting). `lifted_on`: the
    decision was set aside by a later one. The application that was answered counts in its year as it did.
    """

    dispute = models.ForeignKey(Dispute, on_delete=models.PROTECT, related_name="rehandlings")
    proceeding = models.OneToOneField(Proceeding, on_delete=models.PROTECT, related_name="rehandling")
    application = models.ForeignKey(
        "applications.Application", on_delete=models.PROTECT, null=True, blank=True, related_name="rehandlings",
    )
    from_on = models.DateField(_("起算日期"))
    days = models.PositiveSmallIntegerField(_("期限"), null=True, blank=True)
    working = models.BooleanField(_("工作日"), default=True)
    due_on = models.DateField(_("重新答复期限"))
    due_status = models.CharField(max_length=12, blank=True)
    done_on = models.DateField(_("重新答复日期"), null=True, blank=True)
    answer_kind = models.CharField(_("重新答复的结果"), max_length=40, blank=True)
    reply_number = models.CharField(_("重新答复文号"), max_length=200, blank=True)
    lifted_on = models.DateField(_("解除日期"), null=True, blank=True)
    lifted_reason = models.CharField(_("解除理由"), max_length=300, blank=True)

    objects = RehandlingQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        verbose_name = verbose_name_plural = _("重新答复")
        constraints = [
            models.CheckConstraint(
                condition=Q(done_on__isnull=True) | ~Q(answer_kind=""), name="rehandling_done_says_how",
            ),
            models.CheckConstraint(
                condition=Q(lifted_on__isnull=True) | ~Q(lifted_reason=""), name="rehandling_lifted_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dispute} {self.due_on}"

    @property
    def access_path(self) -> str:
        """Where it belongs in the tree."""
        return self.dispute.agency.path


class DisputeSeries(models.Model):
    """The last number that an agency gave in a year to its reconsiderations (议) or its suits (诉)."""

    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    mark = models.CharField(max_length=2)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "mark", "year"], name="dispute_series_once")]

    def __str__(self) -> str:
        return f"{self.mark}{self.year}-{self.last:04d}"


class PaperKind(models.TextChoices):
    """What a paper of a case is."""

    NOTICE = "notice", _("受理、应诉通知书")
    PETITION = "petition", _("申请书、起诉状副本")
    ANSWER = "answer", _("答复书、答辩状")
    EVIDENCE = "evidence", _("证据、依据")
    DECISION = "decision", _("决定书、裁判文书")
    REPLY = "reply", _("重新作出的答复")
    OTHER = "other", _("其他")


class DisputePaperQuerySet(models.QuerySet["DisputePaper"]):
    """Papers."""

    def visible_to(self, actor: Actor) -> DisputePaperQuerySet:
        """Those of disputes that the actor may see."""
        return self.filter(within(actor, DisputePermission.SEE, "dispute__agency__path"))


class DisputePaper(models.Model):
    """A file of a case, encrypted: petitions name people."""

    dispute = models.ForeignKey(Dispute, on_delete=models.PROTECT, related_name="papers")
    proceeding = models.ForeignKey(
        Proceeding, on_delete=models.PROTECT, null=True, blank=True, related_name="papers",
    )
    kind = models.CharField(_("种类"), max_length=20, choices=PaperKind.choices, default=PaperKind.OTHER)
    name = models.CharField(_("文件名"), max_length=255)
    size = models.PositiveBigIntegerField(_("大小"))
    sha256 = models.CharField(max_length=64)
    sealed = models.ForeignKey("vault.SealedFile", on_delete=models.PROTECT, related_name="+")
    added_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField(_("附入时间"))

    objects = DisputePaperQuerySet.as_manager()

    class Meta:
        ordering = ["dispute", "pk"]
        verbose_name = verbose_name_plural = _("案件材料")
        constraints = [models.UniqueConstraint(fields=["dispute", "sha256"], name="dispute_paper_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def access_path(self) -> str:
        """Where it belongs in the tree."""
        return self.dispute.agency.path
