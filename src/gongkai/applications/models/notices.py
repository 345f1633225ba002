"""How people are told: the mail of a day, the address of a calendar feed."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Digest(models.Model):
    """That a person got the mail of a day: once, however often the ticker runs."""

    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    lines = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "on"], name="digest_once_a_day")]

    def __str__(self) -> str:
        return f"{self.on}"


class CalendarFeed(models.Model):
    """A calendar program cannot sign in: whoever knows the address reads the dates, so it can be changed."""

    user = models.OneToOneField("accounts.User", on_delete=models.PROTECT, related_name="+")
    nonce = models.CharField(_("地址"), max_length=64, unique=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.made_at)
