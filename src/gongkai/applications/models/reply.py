"""The reply: drafts, reviews, service."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ReplyDraft(models.Model):
    """A version of the reply. The reviews and the signature belong to exactly this version."""

    application = models.ForeignKey("applications.Application", on_delete=models.PROTECT, related_name="drafts")
    number = models.PositiveSmallIntegerField(_("稿次"))
    answer_kind = models.CharField(_("办理结果"), max_length=40)
    values = models.JSONField(default=dict)  # the mandatory fields of the answer kind
    body = models.TextField(_("事实和说明"), blank=True)
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    signed_at = models.DateTimeField(null=True, blank=True)
    letter_id = models.BigIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["application", "number"], name="draft_number_once")]

    def __str__(self) -> str:
        return f"{self.number}"


class ReviewKind(models.TextChoices):
    """What is looked at before a reply is signed (Art. 17)."""

    SECRECY = "secrecy", _("保密审查")
    LEGAL = "legal", _("合法性审查")


class Verdict(models.TextChoices):
    PASS = "pass", _("通过")
    RETURN = "return", _("退回")


class Review(models.Model):
    """A verdict on one draft by somebody who did not write it."""

    draft = models.ForeignKey(ReplyDraft, on_delete=models.PROTECT, related_name="reviews")
    kind = models.CharField(_("审查"), max_length=20, choices=ReviewKind.choices)
    verdict = models.CharField(_("意见"), max_length=10, choices=Verdict.choices)
    remark = models.TextField(_("说明"), blank=True)
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["draft", "kind"], condition=Q(verdict="pass"), name="review_passed_once"),
        ]

    def __str__(self) -> str:
        return self.kind


class ServiceWay(models.TextChoices):
    """How the reply reached the applicant. Posting counts on the day of posting, and only by the postal enterprise."""

    POST = "post", _("邮寄（邮政企业）")
    IN_PERSON = "in_person", _("当面送达")
    ONLINE = "online", _("网上送达")
    FAX = "fax", _("传真")
    EMAIL = "email", _("电子邮件")


class Service(models.Model):
    """That a letter was served, and the proof. At most one service of a reply counts."""

    application = models.ForeignKey("applications.Application", on_delete=models.PROTECT, related_name="services")
    letter_id = models.BigIntegerField(null=True, blank=True)
    way = models.CharField(_("方式"), max_length=20, choices=ServiceWay.choices)
    on = models.DateField(_("送达日期"))  # posted, handed over, put online
    proof_number = models.CharField(_("邮件号或回证号"), max_length=60, blank=True)
    received_on = models.DateField(_("签收日期"), null=True, blank=True)
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    reply = models.BooleanField(default=True)  # the reply itself, not a notice on the way

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["application"], condition=Q(reply=True), name="reply_served_once"),
        ]

    def __str__(self) -> str:
        return self.way
