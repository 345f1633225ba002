"""Items handed down: a supervisor sets what the agencies below must publish (Art. 22, R1-6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import authorise
from gongkai.agencies.models import Agency
from gongkai.catalogue import rules
from gongkai.catalogue.actions.editions import STEP, Stamp, last_order, put_changed, put_new, set_values
from gongkai.catalogue.events import CatalogueHandedDown
from gongkai.catalogue.models import Item
from gongkai.catalogue.permissions import CataloguePermission
from gongkai.core.errors import Refused
from gongkai.infra import locks
from gongkai.ledger.actions import record

MOST_ITEMS, MOST_AGENCIES, MOST_WRITTEN = 2_000, 200, 20_000
# What the higher organ sets. Section and owner are the lower organ's own.
SET_ABOVE = (
    "name", "contents", "basis", "domain", "mode", "timing", "limit_text", "limit_days", "at_once", "period",
    "fresh_days", "audience", "group", "method", "tier", "channels", "aspects", "topic", "required", "active",
)


@dataclass(slots=True)
class Handed:
    """What was handed down: items added and brought up to date over all agencies, and, by agency, the codes that
    stand there for something else and were left alone."""

    added: int = 0
    changed: int = 0
    clashes: list[tuple[Agency, str]] = field(default_factory=list)


@transaction.atomic
def hand_down(
    *, by: Actor, agency: Agency, items: Sequence[Item], to: Sequence[Agency], reason: str, on: date, at: datetime,
) -> Handed:
    """Copy items of `agency` with their headings into the catalogues of agencies below, or bring the copies up to
    date. Done again, it changes nothing. An item there with the same code and name becomes the copy; one with another
    name is left alone and told.

    Raises Refused: nothing-chosen, not-below, too-many, items-elsewhere, reason-needed, edition-earlier; Denied.
    """
    authorise(by, CataloguePermission.ASSIGN, agency)
    reason = rules.reason_given(reason)
    if not items or not to:
        raise Refused("nothing-chosen", "请选择要下达的事项和机关")
    chosen = _with_headings(agency, items)
    if len(chosen) > MOST_ITEMS or len(to) > MOST_AGENCIES or len(chosen) * len(to) > MOST_WRITTEN:
        raise Refused(
            "too-many", "一次最多下达 %(items)s 个事项、%(agencies)s 个机关，合计 %(written)s 项，请分几次下达",
            items=MOST_ITEMS, agencies=MOST_AGENCIES, written=MOST_WRITTEN,
        )
    outcome = Handed()
    told: list[tuple[Agency, int, int]] = []
    for target in sorted(to, key=lambda one: one.pk):
        authorise(by, CataloguePermission.ASSIGN, target)
        if target.pk == agency.pk or not target.path.startswith(agency.path):
            raise Refused("not-below", "“%(agency)s”不是下级机关，不能下达", agency=target.name)
        added, changed = _into(target, chosen, outcome, Stamp(by, at, on, reason))
        if added or changed:
            told.append((target, added, changed))
    for target, added, changed in told:
        record(
            CatalogueHandedDown(added, changed, reason), by=by, at=at, subject_id=target.pk, agency_id=target.pk,
        )
    return outcome


def _with_headings(agency: Agency, items: Sequence[Item]) -> list[Item]:
    """The items as they stand, headings before what stands under them."""
    keys = {item.pk for item in items} | {item.parent_id for item in items if item.parent_id}
    found = list(Item.objects.filter(pk__in=keys, agency=agency, active=True).order_by("parent_id", "order", "pk"))
    if len(found) != len(keys):
        raise Refused("items-elsewhere", "只能下达%(agency)s目录里在用的事项", agency=agency.name)
    return sorted(found, key=lambda item: (item.parent_id is not None, item.order, item.pk))


def _into(target: Agency, chosen: Sequence[Item], outcome: Handed, stamp: Stamp) -> tuple[int, int]:
    locks.serialise(f"catalogue-{target.pk}")
    held = {
        item.code: item for item in Item.objects.select_for_update(of=("self",), no_key=True).filter(
            agency=target, code__in=[item.code for item in chosen],
        )
    }
    copies: dict[int, Item] = {}  # by the key of the item above
    new: list[Item] = []
    stale: list[Item] = []
    order = last_order(target)
    for above in chosen:
        there = held.get(above.code)
        values = _values(above)
        if there is None:
            order += STEP
            copy = Item(agency=target, code=above.code, source=above.source, order=order, assigned_from=above, **values)
            new.append(copy)
        elif there.assigned_from_id == above.pk or there.name == above.name:
            copy = there
            if set_values(copy, values | {"assigned_from_id": above.pk}):
                stale.append(copy)
        else:
            outcome.clashes.append((target, above.code))
            continue
        copies[above.pk] = copy
    put_new([item for item in new if item.assigned_from.parent_id is None], stamp)  # type: ignore[union-attr]
    under = [item for item in new if item.assigned_from.parent_id is not None]  # type: ignore[union-attr]
    for item in under:
        heading = copies.get(item.assigned_from.parent_id)  # type: ignore[union-attr, arg-type]
        item.parent = heading
        item.order = heading.order if heading is not None else item.order
    put_new(under, stamp)
    put_changed(stale, [*SET_ABOVE, "assigned_from"], stamp)
    outcome.added += len(new)
    outcome.changed += len(stale)
    return len(new), len(stale)


def _values(above: Item) -> dict[str, Any]:
    return {name: getattr(above, name) for name in SET_ABOVE}
