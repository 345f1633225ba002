"""The index by which the like of an application is found among a hundred thousand (Arts. 35, 36(6), 44)."""

from __future__ import annotations

from django.db import models


class Gram(models.Model):
    """One number of an application's signature (`core.text.similar.signature`); at most 24 rows an application.

    Made from the text without the applicant's own name, number, phone and address, so that the index leads from no
    such word to anybody. The agency stands here as well: an organ searches its own register, in one range of one
    index.
    """

    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+", db_index=False)
    gram = models.BigIntegerField()
    application = models.ForeignKey("applications.Application", on_delete=models.CASCADE, related_name="grams")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "gram", "application"], name="gram_once"),
        ]

    def __str__(self) -> str:
        return f"{self.application_id}: {self.gram}"
