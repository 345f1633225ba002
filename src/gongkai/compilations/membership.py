"""Who is in a consolidated report, and where each one's numbers come from.

A member that works here is counted by its records; one that only handed in a file by the file; one that typed numbers
in by these, cell by cell. A government below that handed in a consolidated file stands for itself and everything below
(annual_reports.rules.membership). Who gives nothing is named and never zero.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from gongkai.agencies import past
from gongkai.agencies.models import Agency, Kind
from gongkai.agencies.past import Past
from gongkai.annual_reports import rules
from gongkai.annual_reports.models import AnnualReport, Scope
from gongkai.annual_reports.rules import Standing
from gongkai.applications.models import Application
from gongkai.compilations import reach
from gongkai.compilations.models import Compilation, Entered
from gongkai.compilations.reach import Reach
from gongkai.compilations.states import Origin
from gongkai.disputes.models import Proceeding
from gongkai.statutory_registers.models import Document, PowerItem
from gongkai.statutory_registers.models import Entry as RegisterEntry

GOVERNMENTS = frozenset({Kind.GOVERNMENT, Kind.TOWNSHIP})
_RECORDS = 0  # stands for a report where there are records instead of one


class How(StrEnum):
    """Where a member's numbers come from."""

    RECORDS = "records"      # its applications, registers and disputes here
    FILE = "file"            # the report that it handed in
    HAND = "hand"            # typed in (of one cell; the member as a whole stands by its records)
    COVERED = "covered"      # a consolidated file of a government above it
    EMPTY = "empty"          # a government whose parts are counted one by one, without an office of its own here
    UNOWNED = "unowned"      # its records count, but no report of its own: abolished without one heir, or born later
    MISSING = "missing"      # nothing is known


HOW_NAMES: dict[How, Any] = {
    How.RECORDS: _("按记录计数"), How.FILE: _("按报送的文件"), How.HAND: _("手工填报"),
    How.COVERED: _("已由上级的汇总年报包含"), How.EMPTY: _("不单独报"),
    How.UNOWNED: _("有记录，年底没有承担报告的机关"), How.MISSING: _("没有记录，也没有报送"),
}


@dataclass(frozen=True, slots=True)
class Member:
    """One agency of a consolidated report. `report` is the file that speaks for it, in `scope`; `compilation` the work
    on its own report, where it was begun."""

    agency: Agency
    how: How
    report: AnnualReport | None = None
    scope: str = Scope.OWN
    compilation: Compilation | None = None


@dataclass(frozen=True, slots=True)
class Typed:
    """Numbers that a report below has by hand: `cells` {cell: value} stand for the records of `agencies`."""

    compilation: Compilation
    agencies: frozenset[int]
    cells: dict[str, Decimal]

    @property
    def keys(self) -> set[str]:
        """What they replace: cells of table 二, tables 三 and 四 whole."""
        return {key_of(cell) for cell in self.cells}


@dataclass(slots=True)
class Membership:
    """Everybody of a government and a year, parents before children. `reach` are the agencies whose records count;
    `owner` says for each who answers for its cases (None: nobody alone)."""

    root: Agency
    year: int
    members: list[Member]
    reach: Reach
    owner: dict[int, int | None]
    typed: list[Typed] = field(default_factory=list)

    def of(self, how: How) -> list[Member]:
        """The members that stand so."""
        return [member for member in self.members if member.how is how]

    def counted(self, key: str) -> Reach:
        """Whose records count for a key (`key_of`): without those in whose place numbers were typed in."""
        return self.reach.without(self.replaced(key))

    def replaced(self, key: str) -> frozenset[int]:
        """In whose place numbers were typed in for a key."""
        return frozenset[int]().union(*(one.agencies for one in self.typed if key in one.keys))


def key_of(cell: str) -> str:
    """What is typed in at once: a cell of table 二 by itself, tables 三 and 四 whole."""
    table = cell.split(".")[0]
    return cell if table == "t2" else table


def membership(root: Agency, year: int) -> Membership:
    """Who is in; a fixed number of queries whatever the size of the tree."""
    then = past.at_the_end_of(year)
    agencies = then.ordered(then.subtree(root).in_force_during(year))
    here = {agency.pk for agency in agencies}
    works = _compilations(here, year)
    files = _files(here, year, works)
    whole = reach.consolidated(root, year)
    owner = reach.owners(whole.agencies, year)
    busy = _working_here(here, year, works, files, owner)
    nodes = [rules.Node(a.pk, then.parent_id(a), a.kind in GOVERNMENTS, _reports(a.pk, files, busy)) for a in agencies]
    chosen = {one.agency_id: one for one in rules.membership(root.pk, nodes)}
    by_key = {report.pk: report for report in files.values()}
    members = [_member(a, chosen[a.pk], works, by_key) for a in agencies]
    kept = whole.without(_counted_elsewhere(members, whole, owner, then))
    unowned = [one for one in kept.agencies if (owner[one] or one) not in here]
    lost = Agency.objects.filter(_any_records(year), pk__in=unowned).order_by("path")
    members += [Member(agency, How.UNOWNED) for agency in lost]
    return Membership(root, year, members, kept, owner, _typed(root, members, works, kept, owner, then))


def _compilations(agencies: set[int], year: int) -> dict[tuple[int, str], Compilation]:
    rows = Compilation.objects.filter(agency__in=agencies, year=year).defer("findings")
    return {(row.agency_id, row.scope): row for row in rows}


def _files(
    agencies: set[int], year: int, works: dict[tuple[int, str], Compilation],
) -> dict[tuple[int, str], AnnualReport]:
    """Reports that came as files: not those that this system made out of records."""
    rows = AnnualReport.objects.filter(agency__in=agencies, year=year, current__isnull=False)
    rows = rows.select_related("agency", "current").defer("current__reading", "current__findings")
    made = {key for key, work in works.items() if work.origin == Origin.RECORDS}
    return {(r.agency_id, r.scope): r for r in rows if (r.agency_id, r.scope) not in made}


def _working_here(
    here: set[int], year: int, works: dict[tuple[int, str], Compilation],
    files: dict[tuple[int, str], AnnualReport], owner: dict[int, int | None],
) -> set[int]:
    """Those whose own numbers are counted from records: they compile here, or their records of the year are here, or
    those of an agency that they alone succeeded.

    An office that handed in a file and keeps a register of documents here, but none of applications, is counted by its
    file: otherwise its applications would be counted as none.
    """
    found = {pk for (pk, scope), work in works.items() if scope == Scope.OWN and work.origin == Origin.RECORDS}
    asked = here - {pk for pk, scope in works if scope == Scope.OWN}
    with_file = {pk for pk in asked if (pk, Scope.OWN) in files}
    found |= _having(with_file, _applications(year))
    kept_here = {one for one, heir in owner.items() if heir in asked - with_file}
    return found | {owner[one] or one for one in _having(kept_here, _any_records(year))}


def _having(agencies: set[int], records: Q) -> set[int]:
    return set(Agency.objects.filter(records, pk__in=agencies).values_list("pk", flat=True)) if agencies else set()


def _any_records(year: int) -> Q:
    return _applications(year) | _registers(year) | _disputes(year)


def _span(year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(year, 12, 31)


def _exists(rows: QuerySet, path: str = "agency") -> Q:  # type: ignore[type-arg]
    return Q(Exists(rows.filter(**{path: OuterRef("pk")})))


def _applications(year: int) -> Q:
    first, last = _span(year)
    counted = Application.objects.counted().filter(received_on__lte=last)
    return _exists(counted.filter(closed_on__isnull=True)) | _exists(counted.filter(closed_on__gte=first))


def _registers(year: int) -> Q:
    first, last = _span(year)
    documents = Document.objects.filter(made_on__lte=last)
    items = PowerItem.objects.filter(from_on__lte=last).filter(Q(to_on__isnull=True) | Q(to_on__gte=first))
    entries = RegisterEntry.objects.filter(cancelled_on__isnull=True).of_year(year)
    return _exists(documents) | _exists(entries) | _exists(items)


def _disputes(year: int) -> Q:
    first, last = _span(year)
    rows = Proceeding.objects.filter(received_on__lte=last)
    return _exists(rows.filter(Q(decided_on__isnull=True) | Q(decided_on__gte=first)), "dispute__agency")


def _reports(agency: int, files: dict[tuple[int, str], AnnualReport], busy: set[int]) -> dict[str, int]:
    found = {}
    if (agency, Scope.CONSOLIDATED) in files:
        found[str(Scope.CONSOLIDATED)] = files[agency, Scope.CONSOLIDATED].pk
    if agency in busy:
        found[str(Scope.OWN)] = _RECORDS
    elif (agency, Scope.OWN) in files:
        found[str(Scope.OWN)] = files[agency, Scope.OWN].pk
    return found


def _member(
    agency: Agency, chosen: rules.Member, works: dict[tuple[int, str], Compilation], files: dict[int, AnnualReport],
) -> Member:
    own = works.get((agency.pk, Scope.OWN))
    if chosen.standing is not Standing.IN:
        how = {Standing.COVERED: How.COVERED, Standing.EMPTY: How.EMPTY, Standing.MISSING: How.MISSING}
        return Member(agency, how[chosen.standing], compilation=own)
    if chosen.report == _RECORDS:
        return Member(agency, How.RECORDS, compilation=own)
    scope = chosen.scope or Scope.OWN
    assert chosen.report is not None
    return Member(agency, How.FILE, files[chosen.report], scope, works.get((agency.pk, scope)))


def _counted_elsewhere(
    members: list[Member], whole: Reach, owner: dict[int, int | None], then: Past,
) -> frozenset[int]:
    """Agencies whose records do not count because a file speaks for them: of those who answer for them, and for a
    consolidated file everything that stands below it."""
    by_file = {m.agency.pk for m in members if m.how in {How.FILE, How.COVERED}}
    found = {one for one in whole.agencies if owner[one] in by_file}
    above = [m.agency for m in members if m.how is How.FILE and m.scope == Scope.CONSOLIDATED]
    if above:
        # Those without an heir, and those born later, stand in that file's tree as well.
        found |= {one for one in _under(whole.agencies, above, then) if owner[one] in {None, one}}
    return frozenset(found)


def _under(agencies: Iterable[int], above: Iterable[Agency], then: Past) -> set[int]:
    tops = tuple(then.path(agency.path) for agency in above)
    places = Agency.objects.filter(pk__in=set(agencies)).values_list("pk", "path")
    return {pk for pk, path in places if then.path(path).startswith(tops)}


def _typed(
    root: Agency, members: list[Member], works: dict[tuple[int, str], Compilation], kept: Reach,
    owner: dict[int, int | None], then: Past,
) -> list[Typed]:
    """Typed numbers of members, and of consolidated reports below; the higher one hides the lower for what it holds."""
    how = {m.agency.pk: m for m in members if m.how is not How.COVERED}
    asked = {
        work.pk: work for (pk, scope), work in works.items()
        if work.origin == Origin.RECORDS and pk in how and (
            how[pk].how is How.RECORDS if scope == Scope.OWN
            else pk != root.pk and how[pk].scope != Scope.CONSOLIDATED
        )
    }
    cells: dict[int, dict[str, Decimal]] = {}
    rows = Entered.objects.filter(compilation__in=asked, withdrawn_at__isnull=True)
    for work, cell, value in rows.values_list("compilation", "cell", "value"):
        cells.setdefault(work, {})[cell] = value
    ranked = sorted(cells, key=lambda pk: (
        asked[pk].scope != Scope.CONSOLIDATED, then.path(how[asked[pk].agency_id].agency.path),
    ))
    found: list[Typed] = []
    for pk in ranked:
        work = asked[pk]
        free = {
            cell: value for cell, value in cells[pk].items()
            if not any(work.agency_id in one.agencies and key_of(cell) in one.keys for one in found)
        }
        if free:
            whom = _stands_for(how[work.agency_id].agency, work.scope, {*kept.agencies, *how}, owner, then)
            found.append(Typed(work, whom, free))
    return found


def _stands_for(
    agency: Agency, scope: str, agencies: set[int], owner: dict[int, int | None], then: Past,
) -> frozenset[int]:
    """In whose place a report's typed numbers stand: the agency and whom it succeeded, or all that is below it."""
    answering = {one: owner.get(one) or one for one in agencies}
    whom = {agency.pk} if scope == Scope.OWN else _under(answering.values(), [agency], then)
    return frozenset(one for one, heir in answering.items() if heir in whom)
