"""The rows that say which bytes are kept."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class StoredFile(models.Model):
    """Content that is kept. Names, owners and rights belong to what points here: the same bytes may have several."""

    sha256 = models.CharField("SHA-256", max_length=64, unique=True)
    size = models.BigIntegerField(_("字节数"))
    stored_at = models.DateTimeField(_("存入时间"))

    class Meta:
        verbose_name = _("文件")
        verbose_name_plural = _("文件")
        constraints = [models.CheckConstraint(condition=Q(size__gte=0), name="stored_file_size")]

    def __str__(self) -> str:
        return self.sha256[:12]
