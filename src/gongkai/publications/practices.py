"""How an office does it: its row of `Practice`, or the defaults."""

from __future__ import annotations

from gongkai.agencies.models import Agency
from gongkai.publications.gates import SCHEMES, Gate
from gongkai.publications.models import Practice


def practice_of(agency: Agency) -> Practice:
    """The rules of an agency; an unsaved row of defaults where it has none."""
    return Practice.objects.filter(agency=agency).first() or Practice(agency=agency)


def gates_of(practice: Practice) -> tuple[tuple[Gate, ...], bool]:
    """Its gates in order, and whether each needs a person of its own."""
    scheme = SCHEMES[practice.scheme]
    if not practice.gates:
        return scheme.gates, practice.apart or scheme.apart
    gates = tuple(
        Gate(one["key"], one["name"], one.get("question", ""), bool(one.get("after_emergency", True)))
        for one in practice.gates
    )
    return gates, practice.apart or scheme.apart
