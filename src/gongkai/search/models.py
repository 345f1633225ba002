"""What search keeps in the main database: changes to be followed, synonyms of the office, what was not found."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import within
from gongkai.agencies.models import Agency


def _stamp() -> str:
    return secrets.token_hex(8)


class ChangeQuerySet(models.QuerySet["Change"]):
    """Changes in the order of their commits."""

    def visible_to(self, actor: Actor) -> ChangeQuerySet:
        """For the program alone; nobody reads them."""
        return self.all() if actor.machine else self.none()

    def append(self, keys: Iterable[int]) -> None:
        """Note that what is public of some keys has changed. The caller holds the lock that orders commits."""
        self.bulk_create([Change(key=key) for key in keys], batch_size=1_000)


class Change(models.Model):
    """One key whose entry an index outside this database must fetch anew.

    Written in the transaction of the act, so it is there exactly when the act is. `seq` rises with the commits; the
    stamp tells a row from another that came to the same number after a restored backup.
    """

    seq = models.BigAutoField(primary_key=True)
    key = models.BigIntegerField()
    stamp = models.CharField(max_length=16, default=_stamp, editable=False)
    at = models.DateTimeField(auto_now_add=True)

    objects = ChangeQuerySet.as_manager()

    class Meta:
        ordering = ["seq"]

    def __str__(self) -> str:
        return f"{self.seq}:{self.stamp}"


class SynonymQuerySet(models.QuerySet["Synonym"]):
    """Synonyms that offices set."""

    def visible_to(self, actor: Actor) -> SynonymQuerySet:
        """Those of everybody, and those of the agencies where the actor keeps them."""
        from gongkai.search.permissions import SearchPermission

        return self.filter(Q(agency=None) | within(actor, SearchPermission.SYNONYMS, "agency__path"))

    def reaching(self, agency: int | None) -> SynonymQuerySet:
        """Those that widen a search in an agency, or everywhere."""
        return self.filter(Q(agency=None) | Q(agency=agency)) if agency else self.filter(agency=None)


class Synonym(models.Model):
    """People say `said`, documents say `official`: who looks for the one is also shown the other.

    Without an agency it holds for all. `dropped` takes back a pair that comes with the program.
    """

    agency = models.ForeignKey(
        Agency, on_delete=models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("机关"),
    )
    said = models.CharField(_("俗称"), max_length=40)
    official = models.CharField(_("规范用语"), max_length=40)
    dropped = models.BooleanField(default=False)
    made_at = models.DateTimeField(_("加入时间"))

    objects = SynonymQuerySet.as_manager()

    class Meta:
        ordering = ["said", "official", "pk"]
        verbose_name = verbose_name_plural = _("同义词")
        constraints = [
            models.UniqueConstraint(fields=["agency", "said", "official"], name="synonym_once_an_agency"),
            models.UniqueConstraint(
                fields=["said", "official"], condition=Q(agency=None), name="synonym_once_for_all",
            ),
            models.CheckConstraint(condition=~Q(said="") & ~Q(official=""), name="synonym_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.said} → {self.official}"


class SoughtQuerySet(models.QuerySet["Sought"]):
    """What was looked for and not found."""

    def visible_to(self, actor: Actor) -> SoughtQuerySet:
        """For who keeps the synonyms: words that many people miss. Nobody can be told by them."""
        from gongkai.accounts.permissions import may
        from gongkai.search.permissions import SearchPermission

        return self.all() if may(actor, SearchPermission.SYNONYMS) else self.none()

    def one_more(self, *, day: date, word: str) -> None:
        """Count one more search of a day for a word."""
        row, made = self.get_or_create(day=day, word=word, defaults={"count": 1})
        if not made:
            self.filter(pk=row.pk).update(count=F("count") + 1)


class Sought(models.Model):
    """How often nothing was found for a word on a day (decision 10 says which words are kept, and how long)."""

    day = models.DateField()
    word = models.CharField(max_length=40)
    count = models.PositiveIntegerField(default=0)

    objects = SoughtQuerySet.as_manager()

    class Meta:
        ordering = ["-day", "word"]
        constraints: list[Any] = [models.UniqueConstraint(fields=["day", "word"], name="sought_once_a_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.count}"
