"""An item and its edition are written together, one or many: what every act of this room ends with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Max

from gongkai.accounts.actor import Actor
from gongkai.agencies.models import Agency
from gongkai.catalogue import rules
from gongkai.catalogue.facts import facts_of
from gongkai.catalogue.models import Item, ItemEdition
from gongkai.infra.stamp import bump

STEP = 10  # between the orders of two items, so that one can be put in between


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who writes an edition, when, from which day on, and why."""

    by: Actor
    at: datetime
    on: date
    reason: str = ""


def put_new(items: Sequence[Item], stamp: Stamp) -> list[Item]:
    """Insert items with their first editions. A parent must have its key already."""
    made = Item.objects.bulk_create(items, batch_size=500)
    ItemEdition.objects.bulk_create([_edition(item, stamp) for item in made], batch_size=500)
    bump()
    return made


def put_changed(items: Sequence[Item], fields: Sequence[str], stamp: Stamp) -> None:
    """Save changed items, locked by the caller, each with a new edition. Raises Refused `edition-earlier`."""
    if not items:
        return
    last = ItemEdition.objects.filter(item__in=items).aggregate(last=Max("from_on"))["last"]
    if last is not None:
        rules.not_before(stamp.on, last)
    for item in items:
        item.edition += 1
    Item.objects.bulk_update(items, [*fields, "edition"], batch_size=200)
    ItemEdition.objects.bulk_create([_edition(item, stamp) for item in items], batch_size=500)
    bump()


def last_order(agency: Agency) -> int:
    """The order of the last item of an agency; 0 without any."""
    return Item.objects.filter(agency=agency).aggregate(last=Max("order"))["last"] or 0


def set_values(item: Item, values: dict[str, Any]) -> list[str]:
    """Put values into an item; the fields that are different now."""
    changed = [field for field, value in values.items() if getattr(item, field) != value]
    for field in changed:
        setattr(item, field, values[field])
    return changed


def _edition(item: Item, stamp: Stamp) -> ItemEdition:
    return ItemEdition(
        item=item, number=item.edition, from_on=stamp.on, facts=facts_of(item), reason=stamp.reason,
        by_id=stamp.by.user_id, at=stamp.at,
    )
