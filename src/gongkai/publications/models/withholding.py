"""What is not published: on what ground, and when it is looked at again (Arts. 14–18)."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import within
from gongkai.publications.kinds import ATTRIBUTE_NAMES
from gongkai.publications.permissions import PublicationPermission


class WithholdingQuerySet(models.QuerySet["Withholding"]):
    """Withheld items."""

    def visible_to(self, actor: Actor) -> WithholdingQuerySet:
        """Those of the agencies where one's duty is to see them."""
        return self.filter(within(actor, PublicationPermission.SEE, "agency__path"))

    def standing(self) -> WithholdingQuerySet:
        """Those that are still withheld."""
        return self.filter(ended_on__isnull=True)

    def due_by(self, on: date) -> WithholdingQuerySet:
        """Those to be looked at again by a day."""
        return self.standing().filter(next_on__lte=on)


class Withholding(models.Model):
    """An item that is not published: 依申请公开 or 不予公开, with ground, reason and who decided (Art. 18)."""

    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="withholdings")
    section = models.ForeignKey("agencies.Section", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    publication = models.ForeignKey(
        "publications.Publication", on_delete=models.PROTECT, null=True, blank=True, related_name="withholdings",
    )
    title = models.CharField(_("名称"), max_length=300)
    document_number = models.CharField(_("文号"), max_length=100, blank=True)
    attribute = models.CharField(_("公开属性"), max_length=20, choices=list(ATTRIBUTE_NAMES.items()))
    ground = models.CharField(_("依据"), max_length=40)       # key of core.law GROUNDS, or "on_request"
    reason = models.TextField(_("理由"))
    decided_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    decided_on = models.DateField(_("确定日期"))
    every_months = models.PositiveSmallIntegerField(_("再评估间隔（月）"), default=12)
    next_on = models.DateField(_("下次评估日期"))
    ended_on = models.DateField(_("转为公开日期"), null=True, blank=True)
    source = models.CharField(max_length=60, blank=True)      # e.g. "application:17"

    objects = WithholdingQuerySet.as_manager()

    class Meta:
        ordering = ["next_on", "pk"]
        verbose_name = verbose_name_plural = _("不公开信息")
        indexes = [models.Index(fields=["agency", "next_on"], name="withholding_next")]

    def __str__(self) -> str:
        return self.title

    @property
    def access_path(self) -> str:
        """Where it belongs in the tree."""
        return self.agency.path


class Reassessment(models.Model):
    """A look at a withheld item: kept, or to be published, by whom and why."""

    withholding = models.ForeignKey(Withholding, on_delete=models.PROTECT, related_name="reassessments")
    verdict = models.CharField(_("结论"), max_length=10)  # keep, publish, on_request
    reason = models.TextField(_("理由"))
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    on = models.DateField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.verdict
