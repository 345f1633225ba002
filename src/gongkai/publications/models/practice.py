"""How an office does it: its gates, its index numbers, its own limits. One row an agency; no row means the defaults."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Practice(models.Model):
    """An office's own rules of publication, none looser than the law's.

    `gates` is a list of {key, name, question, after_emergency}; empty means the scheme `scheme` as shipped.
    `days_after_signing` is the office's own limit in working days beside the law's twenty (R4-7: three).
    """

    agency = models.OneToOneField("agencies.Agency", on_delete=models.PROTECT, related_name="practice")
    scheme = models.CharField(max_length=20, default="five")
    gates = models.JSONField(default=list)
    apart = models.BooleanField(default=False)
    index_template = models.CharField(_("索引号规则"), max_length=200, blank=True)
    days_after_signing = models.PositiveSmallIntegerField(_("签发后公开期限（工作日）"), null=True, blank=True)
    interpretation_days = models.PositiveSmallIntegerField(_("解读期限（工作日）"), default=3)
    reassess_months = models.PositiveSmallIntegerField(_("再评估间隔（月）"), default=12)
    review_after_days = models.PositiveSmallIntegerField(_("应急发布后补审期限（工作日）"), default=1)
    handover = models.CharField(_("移交周期"), max_length=20, default="quarterly")  # monthly, half_monthly, quarterly

    class Meta:
        verbose_name = verbose_name_plural = _("公开办理规则")

    def __str__(self) -> str:
        return f"{self.agency_id}"

    @property
    def access_path(self) -> str:
        """Where it belongs in the tree."""
        return self.agency.path


class IndexSeries(models.Model):
    """The last serial given for a prefix of index numbers. A number that was given is never given again."""

    prefix = models.CharField(max_length=100, unique=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.prefix}{self.last}"
