"""One application: who, what, when, and where the work stands."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import within
from gongkai.accounts.roles import BY_KEY
from gongkai.applications.permissions import ApplicationPermission
from gongkai.applications.states import CLOSED, OPEN, State

_WITHOUT_OUTCOME = sorted(s.value for s in OPEN | {State.SPLIT})


class Wanted(models.TextChoices):
    """In what form the applicant wants the information (Arts. 29, 40)."""

    PAPER = "paper", _("纸质")
    ELECTRONIC = "electronic", _("电子文档")
    INSPECTION = "inspection", _("查阅、抄录")
    ANY = "any", _("不限")


class Delivery(models.TextChoices):
    """By what route the applicant wants the reply."""

    POST = "post", _("邮寄")
    ONLINE = "online", _("网上查询和下载")
    IN_PERSON = "in_person", _("自行领取")
    FAX = "fax", _("传真")
    EMAIL = "email", _("电子邮件")


class Purpose(models.TextChoices):
    """What it is for, a mark of the office: the law does not ask the applicant (Art. 29)."""

    NONE = "", _("未标")
    LIFE = "life", _("生产生活")
    RESEARCH = "research", _("科学研究")
    DISPUTE = "dispute", _("争议取证")
    BUSINESS = "business", _("经营需要")
    OTHER = "other", _("其他")


class ApplicationQuerySet(models.QuerySet["Application"]):
    """Applications."""

    def visible_to(self, actor: Actor) -> ApplicationQuerySet:
        """Those of the agencies where one's duty is to see them; a contributor's are those of the own section."""
        reach = within(actor, ApplicationPermission.SEE, "agency__path")
        sections = [h.section_id for h in actor.holdings if h.role == "contributor" and h.section_id is not None]
        if sections:
            reach |= Q(section_id__in=sections)
        return self.filter(reach)

    def handled_by(self, actor: Actor, permission: ApplicationPermission) -> ApplicationQuerySet:
        """Those over which `actor` holds `permission`."""
        return self.filter(within(actor, permission, "agency__path"))

    def open(self) -> ApplicationQuerySet:
        """Still in somebody's hands."""
        return self.filter(state__in=OPEN)

    def counted(self) -> ApplicationQuerySet:
        """Those that table 三 counts: a split application counts in its pieces."""
        return self.exclude(state=State.SPLIT)

    def open_on(self, on: date) -> ApplicationQuerySet:
        """Received by the end of a day and without an outcome then."""
        return self.counted().filter(Q(closed_on__isnull=True) | Q(closed_on__gt=on), received_on__lte=on)


class Application(models.Model):
    """A request for government information, from arrival to the archive (Art. 45).

    The dates are facts as people stated them; the due date is a cache of `core.deadlines.reply_due` over these facts
    and `gongkai doctor` makes it anew. `arrived_on` is the day it came in, `received_on` the day that counts as
    receipt (Art. 31), null while a letter or an online application is unconfirmed. `closed_on` is the day of the
    outcome: posted or handed over, lapsed or withdrawn. `content` is the applicant's own text and stays inside;
    `subject` is what lists, exports and letters to others show, with the applicant's own tokens removed.
    """

    agency = models.ForeignKey(
        "agencies.Agency", on_delete=models.PROTECT, related_name="applications", verbose_name=_("机关"),
    )
    number = models.CharField(_("登记号"), max_length=100)
    state = models.CharField(_("状态"), max_length=20, choices=[(s.value, s.value) for s in State])
    channel = models.CharField(_("渠道"), max_length=20, blank=True)
    oral = models.BooleanField(_("口头申请代填"), default=False)
    applicant_kind = models.CharField(_("申请人类型"), max_length=20, blank=True)
    identity = models.ForeignKey(
        "vault.Sealed", on_delete=models.PROTECT, null=True, blank=True, related_name="applications",
        verbose_name=_("申请人身份"),
    )
    # HMAC of the identity number (or of name and contact): the same person is found again without a name in the open.
    applicant_key = models.CharField(max_length=64, blank=True, db_index=True)
    applicant_mask = models.CharField(_("申请人"), max_length=60, blank=True)

    subject = models.CharField(_("申请事项"), max_length=300)
    content = models.TextField(_("申请内容"))
    features = models.CharField(_("文号或其他特征"), max_length=300, blank=True)
    purpose = models.CharField(_("用途分类"), max_length=20, choices=Purpose.choices, blank=True, default=Purpose.NONE)
    wanted = models.CharField(_("获取方式"), max_length=20, choices=Wanted.choices, default=Wanted.ANY)
    delivery = models.CharField(_("送达途径"), max_length=20, choices=Delivery.choices, default=Delivery.POST)

    submitted_at = models.DateTimeField(_("收到时刻"))
    arrived_on = models.DateField(_("到达日期"))
    confirmed_on = models.DateField(_("确认日期"), null=True, blank=True)
    received_on = models.DateField(_("收到日期"), null=True, blank=True)
    correction_asked_on = models.DateField(_("补正告知日期"), null=True, blank=True)
    correction_due_on = models.DateField(_("补正期限"), null=True, blank=True)
    correction_asked_for = models.TextField(_("补正要求"), blank=True)
    corrected_on = models.DateField(_("补正日期"), null=True, blank=True)
    extended_days = models.PositiveSmallIntegerField(_("延期工作日"), default=0)
    reasons_asked_on = models.DateField(_("要求说明理由日期"), null=True, blank=True)
    reasons_due_on = models.DateField(_("说明理由期限"), null=True, blank=True)
    # What the applicant sent through the tracking page; 登记理由 is the office's act upon it.
    reasons_sent_on = models.DateField(_("申请人说明理由日期"), null=True, blank=True)
    reasons_given_on = models.DateField(_("登记理由日期"), null=True, blank=True)
    reasons_accepted = models.BooleanField(_("理由合理"), null=True, blank=True)
    delayed_to = models.DateField(_("确定的合理期限"), null=True, blank=True)
    fee_basis = models.CharField(_("收费标准"), max_length=10, blank=True)  # piece, page
    fee_quantity = models.PositiveIntegerField(_("件数或页数"), null=True, blank=True)
    fee_amount = models.DecimalField(_("信息处理费（元）"), max_digits=12, decimal_places=2, null=True, blank=True)
    fee_noticed_on = models.DateField(_("收费通知日期"), null=True, blank=True)
    fee_due_on = models.DateField(_("缴费期限"), null=True, blank=True)
    paid_on = models.DateField(_("缴费日期"), null=True, blank=True)

    answer_kind = models.CharField(_("办理结果"), max_length=40, blank=True)
    reply_number = models.CharField(_("答复文号"), max_length=200, blank=True)
    signed_on = models.DateField(_("签发日期"), null=True, blank=True)
    closed_on = models.DateField(_("办结日期"), null=True, blank=True)
    archived_on = models.DateField(_("归档日期"), null=True, blank=True)
    retain_until = models.DateField(_("保存至"), null=True, blank=True)

    section = models.ForeignKey(
        "agencies.Section", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("科室"),
    )
    handler = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("经办人"),
    )
    split_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="pieces", verbose_name=_("拆分自"),
    )
    repeats = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="repeated_by", verbose_name=_("重复于"),
    )

    due_on = models.DateField(_("答复期限"), null=True, blank=True)
    due_status = models.CharField(max_length=12, blank=True)  # settled, provisional
    # What the person has to wait for or do next, with its own date: correction, opinion, payment, confirmation.
    waits_until = models.DateField(_("等待至"), null=True, blank=True)

    # One submission is one application: the form's token. The tracking code is derived from it and never stored;
    # its keyed digest is, so that it can be looked up.
    token = models.UUIDField(null=True, blank=True, unique=True)
    correction_token = models.UUIDField(null=True, blank=True)  # the same for the correction sent in by the applicant
    reasons_token = models.UUIDField(null=True, blank=True)  # and for the reasons
    code_digest = models.CharField(max_length=64, blank=True, db_index=True)
    imported = models.ForeignKey(
        "applications.RegisterImport", on_delete=models.PROTECT, null=True, blank=True, related_name="applications",
    )
    note = models.TextField(_("备注"), blank=True)
    extra = models.JSONField(default=dict, blank=True)  # columns of an imported register that we do not know
    revision = models.PositiveIntegerField(default=0)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        ordering = ["-arrived_on", "-pk"]
        verbose_name = verbose_name_plural = _("政府信息公开申请")
        constraints = [
            models.UniqueConstraint(fields=["agency", "number"], name="application_number_once"),
            models.CheckConstraint(condition=~Q(number=""), name="application_has_number"),
            models.CheckConstraint(
                condition=Q(received_on__isnull=True) | Q(received_on__gte=F("arrived_on")),
                name="application_received_after_arrival",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("arrived_on")),
                name="application_closed_after_arrival",
            ),
            models.CheckConstraint(condition=Q(extended_days__lte=20), name="application_extended_once"),
            models.CheckConstraint(
                condition=Q(corrected_on__isnull=True) | Q(correction_asked_on__isnull=False),
                name="application_corrected_when_asked",
            ),
            models.CheckConstraint(
                condition=Q(state__in=_WITHOUT_OUTCOME, closed_on__isnull=True)
                | Q(state__in=sorted(s.value for s in CLOSED), closed_on__isnull=False),
                name="application_closed_has_a_day",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | ~Q(answer_kind=""), name="application_closed_says_how",
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "state", "due_on"], name="application_work"),
            models.Index(fields=["agency", "-arrived_on", "-id"], name="application_newest"),
            # These two hold every column that the count of table 三 asks for, so that it never touches the rows.
            models.Index(
                fields=["agency", "received_on", "applicant_kind", "state", "closed_on"], name="application_received",
            ),
            models.Index(
                fields=["agency", "closed_on", "answer_kind", "applicant_kind", "received_on", "state"],
                name="application_closed",
            ),
            # And this one what a search by words looks at.
            models.Index(fields=["agency", "number", "reply_number", "subject"], name="application_words"),
            models.Index(fields=["state", "due_on"], name="application_due"),
            models.Index(fields=["section", "state", "due_on"], name="application_section"),
            models.Index(fields=["handler", "state", "due_on"], name="application_handler"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def access_path(self) -> str:
        """Where it belongs in the tree."""
        return self.agency.path

    def handled_in(self, actor: Actor) -> bool:
        """Whether `actor` works in the section that it is assigned to."""
        return self.section_id is not None and any(
            h.section_id == self.section_id and BY_KEY[h.role].key == "contributor" for h in actor.holdings
        )
