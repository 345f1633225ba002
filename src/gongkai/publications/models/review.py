"""The gates of an edition: who passed which, on which words; and every opinion that was given on the way."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class GatePassage(models.Model):
    """One gate of one edition, laid when it is sent to review; `passed_by` and `digest` when it was passed."""

    edition = models.ForeignKey("publications.Edition", on_delete=models.PROTECT, related_name="gates")
    key = models.CharField(max_length=20)
    name = models.CharField(_("关口"), max_length=60)
    question = models.CharField(max_length=300, blank=True)
    order = models.PositiveSmallIntegerField()
    ahead = models.BooleanField(default=True)  # must be passed before publication; false only in the emergency lane
    passed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    passed_at = models.DateTimeField(null=True, blank=True)
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = verbose_name_plural = _("审查关口")
        constraints = [
            models.UniqueConstraint(fields=["edition", "key"], name="gate_once"),
            models.CheckConstraint(condition=Q(ahead=True) | ~Q(key="secrecy"), name="gate_secrecy_is_ahead"),
            models.CheckConstraint(
                condition=Q(passed_by__isnull=True, passed_at__isnull=True, digest="")
                | Q(passed_by__isnull=False, passed_at__isnull=False) & ~Q(digest=""),
                name="gate_passed_on_something",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class GateOpinion(models.Model):
    """What a reviewer said: passed or returned, when, on which words. Never changed; a later round adds more."""

    edition = models.ForeignKey("publications.Edition", on_delete=models.PROTECT, related_name="opinions")
    key = models.CharField(max_length=20)
    name = models.CharField(_("关口"), max_length=60)
    verdict = models.CharField(_("意见"), max_length=10, choices=[("pass", _("通过")), ("return", _("退回"))])
    remark = models.TextField(_("说明"), blank=True)
    digest = models.CharField(max_length=64)
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.name} {self.verdict}"
