"""Reading the ledger: a subject's timeline, the whole chain, the anchors noted outside the database."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet

from gongkai.ledger import chain
from gongkai.ledger.models import Entry

ANCHORS = "ledger-anchors.txt"


def timeline(subject_kind: str, subject_id: int | str) -> QuerySet[Entry]:
    """What happened to one thing, oldest first. The caller has already seen that the actor may see the thing."""
    return Entry.objects.filter(subject_kind=subject_kind, subject_id=str(subject_id)).order_by("sequence")


def faults(anchors: dict[int, str] | None = None) -> list[chain.Fault]:
    """Every fault of the chain as it stands in the database."""
    links = (entry.link() for entry in Entry.objects.order_by("sequence").iterator(chunk_size=5000))
    return list(chain.verify(links, anchors))


def head() -> tuple[int, str]:
    """The last sequence and its hash; (0, GENESIS) for an empty ledger."""
    return Entry.objects.order_by("-sequence").values_list("sequence", "digest").first() or (0, chain.GENESIS)


def anchors(path: Path | None = None) -> dict[int, str]:
    """Hashes noted at earlier verifications, one "sequence digest" a line."""
    path = path or Path(settings.GONGKAI_DATA) / ANCHORS
    if not path.exists():
        return {}
    lines = (line.split() for line in path.read_text("ascii").splitlines())
    return {int(parts[0]): parts[1] for parts in lines if len(parts) == 2}


def note_anchor(path: Path | None = None) -> tuple[int, str]:
    """Append the present head to the anchors; called after a clean verification."""
    path = path or Path(settings.GONGKAI_DATA) / ANCHORS
    sequence, digest = head()
    if sequence and sequence not in anchors(path):
        with path.open("a", encoding="ascii") as file:
            file.write(f"{sequence} {digest}\n")
    return sequence, digest
