"""Documents and their interpretations (解读), linked both ways; keys only, for those who lock the rows."""

from __future__ import annotations

from gongkai.publications.kinds import Relation
from gongkai.publications.models import Link

MOST = 50


def interpretations_of(document: int) -> list[int]:
    """Keys of the publications that interpret a document."""
    return list(_links().filter(target_id=document).values_list("source_id", flat=True)[:MOST])


def documents_of(interpretation: int) -> list[int]:
    """Keys of the documents that a publication interprets."""
    return list(_links().filter(source_id=interpretation).values_list("target_id", flat=True)[:MOST])


def _links():  # type: ignore[no-untyped-def]
    return Link.objects.filter(relation=Relation.INTERPRETS).order_by("pk")
