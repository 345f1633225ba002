"""What an edition keeps of an item, and how two editions differ."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from gongkai.catalogue.models import Item

# In the order in which a page tells them. `section`, `owner`, `parent` and `assigned_from` are kept as keys.
KEPT = (
    "code", "name", "parent", "source", "domain", "subject", "contents", "basis", "section", "owner", "mode", "timing",
    "limit_text", "limit_days", "at_once", "period", "fresh_days", "method", "audience", "group", "tier", "channels",
    "aspects", "topic", "required", "active", "assigned_from",
)
_KEYS = frozenset({"parent", "section", "owner", "assigned_from"})


class Difference(NamedTuple):
    """A field that one edition says otherwise than the one before."""

    field: str
    before: Any
    after: Any


def facts_of(item: Item) -> dict[str, Any]:
    """The item as JSON, without its order and edition."""
    return {field: getattr(item, f"{field}_id" if field in _KEYS else field) for field in KEPT}


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """The fields that differ, in the order in which a page tells them. A field that an old edition did not know is
    taken for empty."""
    return [
        Difference(field, before.get(field), after.get(field))
        for field in KEPT if (before.get(field) or "") != (after.get(field) or "")
    ]
