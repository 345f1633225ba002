"""Arrangements of holidays that were adopted after the program was made."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Max, Q
from django.utils.translation import gettext_lazy as _

from gongkai.accounts.actor import Actor
from gongkai.core.workdays import YearArrangement


class ArrangementQuerySet(models.QuerySet["Arrangement"]):
    """Adopted arrangements."""

    def visible_to(self, actor: Actor) -> ArrangementQuerySet:  # noqa: ARG002
        """Holidays are public knowledge, and every date that a clock gives names them."""
        return self.all()

    def in_force(self) -> ArrangementQuerySet:
        """The newest of each year and region."""
        newest = self.model.objects.order_by().values("year", "region").annotate(newest=Max("pk")).values("newest")
        return self.filter(pk__in=newest)


class Arrangement(models.Model):
    """One year's holidays in one region ("" for the whole country) as a notice arranges them.

    Rows are never changed: a later notice is a later row, and the newest of a year and region is in force. `days` is
    what `YearArrangement.as_json` wrote, `sha` the hash of that content.
    """

    year = models.PositiveSmallIntegerField(_("年份"))
    region = models.CharField(_("地区"), max_length=6, blank=True)
    notice = models.CharField(_("文号"), max_length=200)
    title = models.CharField(_("标题"), max_length=200, blank=True)
    published_on = models.DateField(_("通知日期"), null=True, blank=True)
    days = models.JSONField(_("安排"))
    sha = models.CharField(max_length=64)
    adopted_at = models.DateTimeField(_("采用时间"))
    adopted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("采用人"),
    )

    objects = ArrangementQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = verbose_name_plural = _("节假日安排")
        indexes = [models.Index(fields=["year", "region"], name="arrangement_year_region")]
        constraints = [
            models.CheckConstraint(condition=Q(year__gte=2000, year__lte=2100), name="arrangement_of_this_century"),
            models.CheckConstraint(condition=~Q(notice=""), name="arrangement_has_notice"),
        ]

    def __str__(self) -> str:
        return f"{self.region}{self.year}"

    @property
    def arrangement(self) -> YearArrangement:
        """What it says, as the calendar takes it in."""
        return YearArrangement.from_json(self.days)
