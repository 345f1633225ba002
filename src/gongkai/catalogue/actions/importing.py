"""A standard catalogue from a spreadsheet: every row looked at, then all or nothing, or the good rows if asked."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django.db import transaction

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import authorise
from gongkai.agencies.models import Agency
from gongkai.catalogue import rules
from gongkai.catalogue.actions.editions import STEP, Stamp, last_order, put_changed, put_new, set_values
from gongkai.catalogue.events import StandardImported
from gongkai.catalogue.models import CatalogueImport, Item, Source
from gongkai.catalogue.permissions import CataloguePermission
from gongkai.core.catalogue.limits import mode_of, period_of
from gongkai.core.catalogue.standard import Problem, StandardRow
from gongkai.core.catalogue.standard_read import read_standard
from gongkai.core.catalogue.vocabulary import domain_of
from gongkai.infra import locks
from gongkai.ledger.actions import record

_FIELDS = (
    "contents", "basis", "subject", "limit_text", "limit_days", "at_once", "mode", "period", "channels", "audience",
    "group", "method", "tier", "active",
)
_FIRST_OWN_DOMAIN = 51  # codes of domains beyond the twenty-six


@dataclass(slots=True)
class Outcome:
    """What an import did, or would do. `headings` are items made for 一级事项; rows that say what stands already count
    as unchanged."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    headings: int = 0
    problems: list[Problem] = field(default_factory=list)
    notes: tuple[str, ...] = ()
    dry_run: bool = False

    @property
    def rows(self) -> int:
        """Rows that went in or would."""
        return self.added + self.changed + self.unchanged


@transaction.atomic
def import_standard(
    *, by: Actor, agency: Agency, name: str, data: bytes, on: date, at: datetime, dry_run: bool = False,
    skip_refused: bool = False,
) -> Outcome:
    """Import a standard catalogue. Rows with problems stop the import unless `skip_refused`.

    An item that came with an earlier import is changed (a new edition), never doubled; items that the file does not
    name stay as they are. `dry_run` writes nothing and says exactly what the import would do: it does it and takes it
    back. Raises ReadError for a file that is no standard catalogue, Refused `edition-earlier`, and Denied.
    """
    authorise(by, CataloguePermission.MAINTAIN, agency)
    read = read_standard(data, name)
    outcome = Outcome(problems=list(read.problems), notes=read.notes, dry_run=dry_run)
    kept = transaction.savepoint()
    locks.serialise(f"catalogue-{agency.pk}")
    _Importer(agency, Stamp(by, at, on, f"导入标准目录《{name[:120]}》"), outcome).take(read.rows)
    stopped = bool(outcome.problems) and not skip_refused
    if dry_run or stopped:
        transaction.savepoint_rollback(kept)
        if not dry_run:
            outcome.added = outcome.changed = outcome.unchanged = outcome.headings = 0
        return outcome
    transaction.savepoint_commit(kept)
    if outcome.added or outcome.changed:
        CatalogueImport.objects.create(
            agency=agency, name=name[:200], sha256=sha256(data).hexdigest(), rows=outcome.rows,
            refused=len(outcome.problems), at=at, by_id=by.user_id,
        )
        record(
            StandardImported(outcome.added, outcome.changed, outcome.unchanged, len(outcome.problems)), by=by, at=at,
            subject_id=agency.pk, agency_id=agency.pk,
        )
    return outcome


class _Importer:
    """Rows to items. Which item a row means is told by domain, first and second name, and, where several rows bear the
    same names, by their turn."""

    def __init__(self, agency: Agency, stamp: Stamp, outcome: Outcome) -> None:
        self._agency, self._stamp, self._outcome = agency, stamp, outcome
        rows = Item.objects.select_for_update(of=("self",), no_key=True).filter(agency=agency)
        held = list(rows.order_by("order", "pk"))
        self._last: dict[str, int] = {}  # by what a code begins with: the last number behind it
        for item in held:
            prefix, _, number = item.code.rpartition(".")
            if number.isdecimal():
                self._last[prefix] = max(self._last.get(prefix, 0), int(number))
        by_key = {item.pk: item for item in held}
        self._held: dict[tuple[str, str, str, int], Item] = {}
        turns: dict[tuple[str, str, str], int] = {}
        self._prefixes: dict[str, str] = {}
        for item in held:
            if item.source != Source.STANDARD:
                continue
            self._prefixes.setdefault(item.domain, item.code.rsplit(".", 2 if item.parent_id else 1)[0])
            first = by_key[item.parent_id].name if item.parent_id else item.name
            names = (item.domain, first, item.name if item.parent_id else "")
            self._held[*names, turns.setdefault(names, 0)] = item
            turns[names] += 1
        self._order = last_order(agency)
        self._headings: dict[tuple[str, str], Item] = {}
        self._tops: list[Item] = []
        self._changed: list[Item] = []

    def take(self, rows: tuple[StandardRow, ...]) -> None:
        """Headings first, so that the items under them have something to hang on."""
        under: list[tuple[Item, tuple[str, str]]] = []
        turns: dict[tuple[str, str, str], int] = {}
        for row in rows:
            names, above = (row.domain, row.first, row.second), (row.domain, row.first)
            turn = turns.setdefault(names, 0)
            turns[names] += 1
            if row.second and above not in self._headings:
                self._headings[above] = self._heading(row)
            held = self._held.get((*names, turn))
            if held is not None:
                self._renew(held, row)
            elif row.second:
                item = self._new(row, self._next(self._headings[above].code), self._headings[above].order)
                under.append((item, above))
            else:
                self._alone(row, above)
        put_new(self._tops, self._stamp)
        for item, above in under:
            item.parent = self._headings[above]
        put_new([item for item, _ in under], self._stamp)
        put_changed(self._changed, _FIELDS, self._stamp)

    def _renew(self, item: Item, row: StandardRow) -> None:
        if item.assigned_from_id is not None:
            self._outcome.problems.append(Problem(
                row.number, row.sheet, "二级事项", "assigned-from-above",
                f"“{item.name[:40]}”是上级下达的事项，内容由上级修改，没有改动",
            ))
        elif set_values(item, _values(row)):
            self._changed.append(item)
            self._outcome.changed += 1
        else:
            self._outcome.unchanged += 1

    def _alone(self, row: StandardRow, above: tuple[str, str]) -> None:
        """A row without a second name: an item of the first level, or what a heading made before it says."""
        heading = self._headings.get(above)
        if heading is not None and heading.pk is None and not heading.contents:
            set_values(heading, _values(row))
            self._outcome.headings -= 1
            self._outcome.added += 1
            return
        item = self._new(row, self._next(self._prefix(row.domain)), self._next_order())
        self._tops.append(item)
        self._headings.setdefault(above, item)

    def _new(self, row: StandardRow, code: str, order: int) -> Item:
        self._outcome.added += 1
        return Item(
            agency=self._agency, domain=row.domain, name=row.name, source=Source.STANDARD, code=code, order=order,
            **_values(row),
        )

    def _heading(self, row: StandardRow) -> Item:
        held = self._held.get((row.domain, row.first, "", 0))
        if held is not None:
            if not held.active:
                held.active = True
                self._changed.append(held)
            return held
        made = Item(
            agency=self._agency, domain=row.domain, name=row.first, source=Source.STANDARD,
            code=self._next(self._prefix(row.domain)), order=self._next_order(),
        )
        self._tops.append(made)
        self._outcome.headings += 1
        return made

    def _prefix(self, domain: str) -> str:
        """s01 to s26 for the domains of the standard, s51 and up for others, in the order in which they came."""
        if domain not in self._prefixes:
            known = domain_of(domain)
            taken = set(self._prefixes.values())
            prefix = f"s{known.code}" if known else ""
            number = _FIRST_OWN_DOMAIN
            while not prefix or prefix in taken:
                prefix = f"s{number}"
                number += 1
            self._prefixes[domain] = prefix
        return self._prefixes[domain]

    def _next(self, prefix: str) -> str:
        self._last[prefix] = self._last.get(prefix, 0) + 1
        return f"{prefix}.{self._last[prefix]}"

    def _next_order(self) -> int:
        self._order += STEP
        return self._order


def _values(row: StandardRow) -> dict[str, Any]:
    return {
        "contents": row.contents, "basis": row.basis, "subject": row.subject, "limit_text": row.limit,
        "mode": mode_of(row.limit), "period": period_of(row.limit), "channels": list(row.channels),
        "audience": row.audience, "group": row.group, "method": row.method, "tier": row.tier, "active": True,
        **rules.derived(row.limit),
    }
