"""The list of wrong words that counts for an agency: its own, those of the agencies above it, those for everybody."""

from __future__ import annotations

from django.db.models import Q

from gongkai.agencies.models import Agency
from gongkai.publications.models import Wording

MOST = 20_000  # words that one screening looks for


def words_for(agency: Agency) -> tuple[tuple[str, str, str], ...]:
    """(wrong, right, note), the longest first; where two agencies say something of one word, the nearest counts."""
    rows = Wording.objects.filter(
        Q(agency__isnull=True) | Q(agency__path__in=agency.ancestor_paths) | Q(agency=agency),
    ).order_by().values_list("wrong", "right", "note", "agency__path")[:MOST]
    found: dict[str, tuple[int, str, str]] = {}
    for wrong, right, note, path in rows:
        near = len(path or "")
        if wrong not in found or near > found[wrong][0]:
            found[wrong] = (near, right, note)
    return tuple(
        (wrong, right, note)
        for wrong, (_near, right, note) in sorted(found.items(), key=lambda one: (-len(one[0]), one[0]))
    )
