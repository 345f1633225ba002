"""Words that must not stand in what is published, and what to write instead (错敏词). An office keeps its own list."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import within
from gongkai.publications.permissions import PublicationPermission


class WordingQuerySet(models.QuerySet["Wording"]):
    """Words."""

    def visible_to(self, actor: Actor) -> WordingQuerySet:
        """Those of the agencies where one writes or reviews, and those of the whole installation."""
        return self.filter(within(actor, PublicationPermission.SEE, "agency__path") | Q(agency__isnull=True))


class Wording(models.Model):
    """`wrong` is found in drafts and `right` is proposed. The list of an agency counts for the agencies below it too;
    without an agency it counts for everybody."""

    agency = models.ForeignKey(
        "agencies.Agency", on_delete=models.PROTECT, null=True, blank=True, related_name="wordings",
    )
    wrong = models.CharField(_("错误的写法"), max_length=100)
    right = models.CharField(_("正确的写法"), max_length=100, blank=True)
    note = models.CharField(_("说明"), max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    objects = WordingQuerySet.as_manager()

    class Meta:
        ordering = ["wrong", "pk"]
        verbose_name = verbose_name_plural = _("错误写法")
        constraints = [
            models.UniqueConstraint(fields=["agency", "wrong"], name="wording_once"),
            models.UniqueConstraint(fields=["wrong"], condition=Q(agency__isnull=True), name="wording_once_for_all"),
            models.CheckConstraint(condition=~Q(wrong="") & ~Q(wrong=F("right")), name="wording_differs"),
        ]

    def __str__(self) -> str:
        return self.wrong

    @property
    def access_path(self) -> str:
        """Where it belongs in the tree."""
        return self.agency.path if self.agency is not None else ""
