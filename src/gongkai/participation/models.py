"""What the public sends (questions, comments, suggestions, corrections) and the consultations that ask for it."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import within
from gongkai.participation.permissions import ParticipationPermission
from gongkai.participation.states import KIND_NAMES, OPEN, STATE_NAMES, Kind, State


class ConsultationQuerySet(models.QuerySet["Consultation"]):
    """Consultations."""

    def visible_to(self, actor: Actor) -> ConsultationQuerySet:
        """The public sees what is announced; staff see those of their agencies too."""
        public = Q(pk__in=self.announced().values("pk"))
        return self.filter(public if actor.is_public else
                           public | within(actor, ParticipationPermission.SEE, "agency__path"))

    def announced(self) -> ConsultationQuerySet:
        """Those whose draft the public reads."""
        return self.filter(
            publication__published_on__isnull=False, publication__withdrawn_at__isnull=True, cancelled_on__isnull=True,
        )

    def running(self, on: date) -> ConsultationQuerySet:
        """Those that take comments on a day; the last day counts whole."""
        return self.announced().filter(opens_on__lte=on, closes_on__gte=on)


class Consultation(models.Model):
    """A draft on which the public is asked (Art. 19): a published 征求意见稿, a period, in the end what was adopted.

    `summary` is the publication that tells of the result (采纳情况), linked by RESPONDS.
    """

    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+", verbose_name=_("机关"))
    publication = models.OneToOneField(
        "publications.Publication", on_delete=models.PROTECT, related_name="consultation", verbose_name=_("征求意见稿"),
    )
    question = models.TextField(_("征求意见的事项"))
    opens_on = models.DateField(_("开始日期"))
    closes_on = models.DateField(_("截止日期"))
    summary = models.ForeignKey(
        "publications.Publication", on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("意见采纳情况"),
    )
    cancelled_on = models.DateField(_("取消日期"), null=True, blank=True)
    made_at = models.DateTimeField()

    objects = ConsultationQuerySet.as_manager()

    class Meta:
        ordering = ["-closes_on", "-pk"]
        verbose_name = verbose_name_plural = _("征求意见")
        constraints = [
            models.CheckConstraint(condition=Q(closes_on__gte=F("opens_on")), name="consultation_period"),
            models.CheckConstraint(condition=~Q(question=""), name="consultation_asks"),
        ]

    def __str__(self) -> str:
        return str(self.publication)

    @property
    def access_path(self) -> str:
        """Where it belongs in the tree."""
        return self.agency.path


class MessageQuerySet(models.QuerySet["Message"]):
    """Messages."""

    def visible_to(self, actor: Actor) -> MessageQuerySet:
        """Those of the agencies where one's duty is to see them; a contributor's are those of the own section."""
        reach = within(actor, ParticipationPermission.SEE, "agency__path")
        sections = [h.section_id for h in actor.holdings if h.role == "contributor" and h.section_id is not None]
        if sections:
            reach |= Q(section_id__in=sections)
        return self.filter(reach)

    def open(self) -> MessageQuerySet:
        """Still in somebody's hands."""
        return self.filter(state__in=OPEN)

    def shown(self) -> MessageQuerySet:
        """Questions and answers that the public reads."""
        return self.filter(shown_at__isnull=False)


class Message(models.Model):
    """One thing that somebody sent, from arrival to the reply.

    `content` is the sender's own text and stays inside. `public_question` and `public_reply` are other fields, written
    for everybody; nothing of `content` is ever shown. Who sent it is in the vault; a question may come without a name.
    """

    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+", verbose_name=_("机关"))
    kind = models.CharField(_("种类"), max_length=20, choices=list(KIND_NAMES.items()))
    number = models.CharField(_("编号"), max_length=40)
    state = models.CharField(_("状态"), max_length=20, choices=[(s.value, n) for s, n in STATE_NAMES.items()])
    revision = models.PositiveIntegerField(default=0)
    token = models.UUIDField(unique=True)
    code_digest = models.CharField(max_length=64, db_index=True)
    identity = models.ForeignKey("vault.Sealed", on_delete=models.PROTECT, related_name="+")
    sender_mask = models.CharField(_("来信人"), max_length=60, blank=True)

    publication = models.ForeignKey(
        "publications.Publication", on_delete=models.PROTECT, null=True, blank=True, related_name="messages",
        verbose_name=_("所问的信息"),
    )
    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, null=True, blank=True, related_name="comments",
    )
    subject = models.CharField(_("标题"), max_length=100)
    content = models.TextField(_("内容"))
    record = models.CharField(_("有误的记录"), max_length=300, blank=True)  # of a correction
    received_at = models.DateTimeField(_("收到时间"))
    due_on = models.DateField(_("答复期限"))

    section = models.ForeignKey(
        "agencies.Section", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("科室"),
    )
    outcome = models.CharField(_("办理结果"), max_length=20, blank=True)
    organ = models.CharField(_("有权机关"), max_length=200, blank=True)
    reply = models.TextField(_("答复"), blank=True)
    returned_for = models.CharField(_("退回意见"), max_length=300, blank=True)
    drafted_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    replied_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    replied_at = models.DateTimeField(_("答复时间"), null=True, blank=True)
    closed_reason = models.CharField(_("不予处理的理由"), max_length=300, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    # What was made of a suggestion: the draft or the publication that answers it.
    leads_to = models.ForeignKey(
        "publications.Publication", on_delete=models.PROTECT, null=True, blank=True, related_name="+",
    )

    public_question = models.TextField(_("公开的问题"), blank=True)
    public_reply = models.TextField(_("公开的解答"), blank=True)
    shown_at = models.DateTimeField(_("公开时间"), null=True, blank=True)
    shown_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ["-received_at", "-pk"]
        verbose_name = verbose_name_plural = _("公众来信")
        indexes = [
            models.Index(fields=["agency", "state", "due_on"], name="message_due"),
            models.Index(fields=["agency", "-shown_at"], name="message_shown"),
            models.Index(fields=["-received_at", "-id"], name="message_received"),
            models.Index(fields=["-shown_at", "-id"], name="message_public", condition=Q(shown_at__isnull=False)),
        ]
        constraints = [
            models.UniqueConstraint(fields=["agency", "number"], name="message_number_once"),
            models.CheckConstraint(
                condition=~Q(state=State.REPLIED)
                | Q(replied_at__isnull=False) & ~Q(reply="") & ~Q(outcome=""), name="message_replied",
            ),
            # Whoever wrote the reply does not release it.
            models.CheckConstraint(
                condition=Q(replied_by__isnull=True) | ~Q(replied_by=F("drafted_by")), name="message_reply_by_another",
            ),
            models.CheckConstraint(
                condition=Q(shown_at__isnull=True)
                | Q(state=State.REPLIED) & ~Q(public_question="") & ~Q(public_reply=""), name="message_shown_complete",
            ),
            models.CheckConstraint(
                condition=~Q(kind=Kind.COMMENT) | Q(consultation__isnull=False), name="message_comment_on_something",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def access_path(self) -> str:
        """Where it belongs in the tree."""
        return self.agency.path


class MessageFile(models.Model):
    """A file that came with a message: proof of identity or of the mistake. Encrypted like those of applications."""

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="files")
    name = models.CharField(_("文件名"), max_length=200)
    sealed_file = models.ForeignKey("vault.SealedFile", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.message_id}"


class MessageSeries(models.Model):
    """The last number given to a kind in an agency and year."""

    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "kind", "year"], name="message_series_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.year}-{self.last}"
