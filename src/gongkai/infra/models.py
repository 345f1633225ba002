"""The tables of the ground floor, counters and no facts: how hard somebody presses, and the stamp of public pages."""

from __future__ import annotations

from django.db import models


class Pressure(models.Model):
    """How many arrivals of one key in one lane have not leaked away at `at`.

    `key` is a keyed digest, of an address with the key of its day or of a register number: who has the table learns
    neither.
    """

    lane = models.CharField(max_length=20)
    key = models.CharField(max_length=64)
    level = models.FloatField(default=0)
    at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["lane", "key"], name="pressure_once")]

    def __str__(self) -> str:
        return f"{self.lane} {self.level:.1f}"


class Stamp(models.Model):
    """The one row of `infra.stamp`: changes whenever a public page may have changed."""

    value = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.value}"
