"""The register's own rows: number series, and what was imported."""

from __future__ import annotations

from django.db import models


class RegisterSeries(models.Model):
    """The last number given in an agency and year: 2026 → 17 means 2026-0017."""

    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "year"], name="register_series_once")]

    def __str__(self) -> str:
        return f"{self.year}-{self.last:04d}"


class RegisterImport(models.Model):
    """A register spreadsheet that was taken over: which file, how many rows."""

    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    rows = models.PositiveIntegerField()
    refused = models.PositiveIntegerField(default=0)
    at = models.DateTimeField()
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name
