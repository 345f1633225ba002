"""What happens on the way: consultations, extensions, talks, materials, reminders."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Opinion(models.TextChoices):
    """How those who were asked answered. Silence of a third party is not consent, of a co-maker it is (32, 34)."""

    CONSENT = "consent", _("同意公开")
    PARTIAL = "partial", _("同意部分公开")
    OBJECTION = "objection", _("不同意公开")
    SILENT = "silent", _("逾期未提出意见")
    ADVICE = "advice", _("已提供意见")


class Consultation(models.Model):
    """A letter to a third party, a co-maker or another organ; the clock stands still until `ended_on`."""

    application = models.ForeignKey("applications.Application", on_delete=models.PROTECT, related_name="consultations")
    kind = models.CharField(_("对象"), max_length=20)  # core.deadlines.PauseKind
    party = models.CharField(_("被征求人"), max_length=200)  # an organ or organisation; of a person the mask
    party_identity = models.ForeignKey(
        "vault.Sealed", on_delete=models.PROTECT, null=True, blank=True, related_name="+",
    )
    about = models.TextField(_("征求意见的内容"))
    sent_on = models.DateField(_("发出日期"))
    delivered_on = models.DateField(_("送达日期"), null=True, blank=True)
    due_on = models.DateField(_("意见期限"))
    ended_on = models.DateField(_("意见收到或期满日期"), null=True, blank=True)
    opinion = models.CharField(_("意见"), max_length=20, choices=Opinion.choices, blank=True)
    reason = models.TextField(_("理由"), blank=True)
    # Art. 32: the organ may disclose against an objection where the public interest demands it, and must say so.
    overridden = models.BooleanField(_("因公共利益决定公开"), default=False)
    letter_id = models.BigIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["sent_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("sent_on")), name="consultation_ends_after_sent",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, opinion="") | (Q(ended_on__isnull=False) & ~Q(opinion="")),
                name="consultation_ends_with_an_opinion",
            ),
        ]

    def __str__(self) -> str:
        return self.party


class Extension(models.Model):
    """A proposal to extend, and what the head of the disclosure office decided (Art. 33)."""

    application = models.ForeignKey("applications.Application", on_delete=models.PROTECT, related_name="extensions")
    days = models.PositiveSmallIntegerField(_("延长工作日"))
    reason = models.TextField(_("延期理由"))
    proposed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    proposed_on = models.DateField()
    approved = models.BooleanField(_("同意"), null=True)
    decided_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    decided_on = models.DateField(null=True, blank=True)
    remark = models.TextField(blank=True)
    letter_id = models.BigIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(days__gte=1, days__lte=20), name="extension_at_most_twenty"),
            models.UniqueConstraint(fields=["application"], condition=Q(approved=True), name="extension_granted_once"),
            models.UniqueConstraint(
                fields=["application"], condition=Q(approved__isnull=True), name="extension_proposed_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.days}"


class Contact(models.Model):
    """A talk with the applicant (沟通记录)."""

    application = models.ForeignKey("applications.Application", on_delete=models.PROTECT, related_name="contacts")
    at = models.DateTimeField(_("时间"))
    way = models.CharField(_("方式"), max_length=20)  # phone, visit, letter, message
    summary = models.TextField(_("摘要"))
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.way


class Use(models.TextChoices):
    """What a file is for."""

    IDENTITY = "identity", _("身份证明")
    APPLICATION = "application", _("申请材料")
    CORRECTION = "correction", _("补正材料")
    OPINION = "opinion", _("意见材料")
    REPLY = "reply", _("提供给申请人的信息")
    PROOF = "proof", _("送达证明")
    WORKING = "working", _("办理材料")


class Attachment(models.Model):
    """A file of the case, encrypted by the vault before it was stored. Only REPLY files reach the applicant."""

    application = models.ForeignKey("applications.Application", on_delete=models.PROTECT, related_name="attachments")
    use = models.CharField(_("用途"), max_length=20, choices=Use.choices)
    name = models.CharField(_("文件名"), max_length=200)
    sealed_file = models.ForeignKey("vault.SealedFile", on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class Reminder(models.Model):
    """That somebody was told of a date, once: the ticker may run twice."""

    application = models.ForeignKey("applications.Application", on_delete=models.PROTECT, related_name="reminders")
    what = models.CharField(max_length=30)  # reply_due, correction_due, opinion_due, payment_due, unconfirmed, overdue
    due_on = models.DateField()
    stage = models.CharField(max_length=20)  # soon, today, overdue
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "what", "due_on", "stage"], name="reminded_once"),
        ]

    def __str__(self) -> str:
        return self.what


class PublicationDraft(models.Model):
    """A reply on its way to becoming proactive publication (Art. 44), the applicant removed and the removal checked.

    `publication` is the draft that was made of it: from there on it passes its gates like any other.
    """

    application = models.OneToOneField(
        "applications.Application", on_delete=models.PROTECT, related_name="publication_draft",
    )
    title = models.CharField(_("标题"), max_length=300)
    body = models.TextField(_("正文"))
    publication = models.OneToOneField(
        "publications.Publication", on_delete=models.PROTECT, null=True, related_name="from_application",
    )
    removed = models.JSONField(default=dict)  # kind of token → how often it was removed
    made_at = models.DateTimeField()
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return self.title
