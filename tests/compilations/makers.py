"""A report at any place of its course, made through the real acts by the people whose work it is."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from functools import wraps
from typing import Any, TypeVar

from tests import factories, remembered

from gongkai.accounts import roles
from gongkai.accounts.actor import Actor
from gongkai.accounts.models import Post, User
from gongkai.accounts.queries import actor_for
from gongkai.agencies.models import Agency
from gongkai.annual_reports import actions as annual
from gongkai.annual_reports.models import AnnualReport, Scope
from gongkai.applications import registering
from gongkai.applications.actions import sheets
from gongkai.applications.models import RegisterImport
from gongkai.compilations import actions, assemble, queries
from gongkai.compilations.models import Compilation
from gongkai.compilations.states import State
from gongkai.core.report.model import Report
from gongkai.statutory_registers import actions as registers

T = TypeVar("T")
YEAR = 2025
ON = date(2026, 1, 6)  # a Tuesday; the year is over, the last day is 31 January
HEADS = "登记号,收到日期,申请人类型,申请内容,办结日期,办理结果"
# (number, received, kind, closed, outcome): carried in, new, refused, carried out.
CASES: tuple[tuple[str, str, str, str, str], ...] = (
    ("2024-07", "2024-12-20", "自然人", "2025-01-10", "予以公开"),
    ("2025-01", "2025-02-03", "自然人", "2025-02-20", "予以公开"),
    ("2025-02", "2025-03-04", "商业企业", "2025-03-20", "部分公开"),
    ("2025-03", "2025-04-07", "自然人", "2025-04-25", "本机关不掌握相关政府信息"),
    ("2025-04", "2025-06-09", "法律服务机构", "2025-06-30", "予以公开"),
    ("2025-05", "2025-12-22", "自然人", "", ""),
)


def moment(on: date = ON, hour: int = 2) -> datetime:
    """Ten o'clock of a day in Beijing."""
    return datetime.combine(on, time(hour), UTC)


@dataclass
class Office:
    """A county with a supervisor, its bureau that compiles, and whoever works on the report."""

    county: Agency
    bureau: Agency
    people: dict[tuple[str, int], Actor] = field(default_factory=dict)

    def person(self, role: type[roles.Role], where: Agency | None = None) -> Actor:
        """A person in a post, made once."""
        agency = where or (self.county if role is roles.Supervisor else self.bureau)
        key = (role.key, agency.pk)
        if key not in self.people:
            self.people[key] = remembered.step(("person", *key), lambda: self._person(role, agency))
        return self.people[key]

    def _person(self, role: type[roles.Role], agency: Agency) -> Actor:
        who = User.objects.create_user(f"{role.key}-{agency.pk}", None, name=f"{role.name}{agency.pk}")
        Post.objects.create(user=who, agency=agency, role=role.key, valid_from=date(2020, 1, 1))
        return actor_for(who, on=ON)

    @property
    def clerk(self) -> Actor:
        return self.person(roles.Clerk)

    @property
    def head(self) -> Actor:
        return self.person(roles.HeadOfOffice)

    @property
    def signatory(self) -> Actor:
        return self.person(roles.Signatory)

    @property
    def supervisor(self) -> Actor:
        return self.person(roles.Supervisor)


def office(*, supervised: bool = True, cases: Sequence[tuple[str, str, str, str, str]] = CASES) -> Office:
    """The office with a small register. Unless `supervised`, nobody above receives its report."""
    return remembered.step(("office", supervised, tuple(cases)), lambda: _office(supervised, cases))


def _office(supervised: bool, cases: Sequence[tuple[str, str, str, str, str]]) -> Office:
    county = factories.agency()
    made = Office(county, factories.agency("青澜县民政局", county))
    assert all((made.clerk, made.head, made.signatory))
    if supervised:
        assert made.supervisor
    if cases:
        imported(made.bureau, cases)
    return made


def imported(agency: Agency, cases: Sequence[tuple[str, str, str, str, str]], *, on: date = ON) -> RegisterImport:
    """Applications taken over from a register."""
    return remembered.step(
        ("imported", agency.pk, tuple(cases), on), lambda: _imported(agency, cases, on),
    )


def _imported(agency: Agency, cases: Sequence[tuple[str, str, str, str, str]], on: date) -> RegisterImport:
    lines = [HEADS, *(f"{n},{received},{kind},申请公开救助资金发放情况,{closed},{outcome}"
                      for n, received, kind, closed, outcome in cases)]
    looked = registering.look(agency, "\n".join(lines).encode(), "登记台账.csv", today=on)
    assert not looked.refused, [p.message for p in looked.refused]
    return sheets.take_over(by=factories.SYSTEM, looked=looked, at=moment(on))


def entry(agency: Agency, register: str, on: date, **values: Any) -> Any:
    """A row of a statutory register."""
    given = {"subject": "行政许可决定", "number": f"{register}-{on:%m%d}"} | values
    return registers.add_entry(
        by=factories.SYSTEM, agency=agency, register=register, on=on, at=moment(), **given,
    )


def filed(by: Actor, where: Agency, report: Report, *, replaces: bool = False) -> AnnualReport:
    """A report that came as a file, read and confirmed."""
    (item,) = factories.read_all(factories.uploaded(by, where, ("年报.json", factories.file_of(report))))
    return annual.confirm(
        by=by, item=item, agency=where, year=YEAR, scope=Scope.OWN, at=moment(), replace=replaces,
    ).report


def kept(of: Office, key: Hashable, make: Callable[[], T]) -> T:
    """What `make` gives, remembered (`tests.remembered`) with the people whom it called in."""
    found, of.people = remembered.step(key, lambda: (make(), of.people))
    return found


def stage(made: Callable[..., Compilation]) -> Callable[..., Compilation]:
    """A place of the course that is remembered where it is reached from nothing but a few values: a report that is
    handed in may be any, and what became of it is known to the database alone."""
    @wraps(made)
    def reached(of: Office, compilation: Compilation | None = None, **values: Any) -> Compilation:
        named = {name: value.pk if isinstance(value, Agency) else value for name, value in values.items()}
        if compilation is not None or not all(isinstance(value, Hashable) for value in named.values()):
            return made(of, compilation, **values)
        return kept(of, (made.__name__, *sorted(named.items())), lambda: made(of, **values))

    return reached


@stage
def started(of: Office, **values: Any) -> Compilation:
    """Begun."""
    given = {"agency": of.bureau, "year": YEAR, "at": moment()} | values
    by = given.pop("by", None) or of.person(roles.Clerk, given["agency"])
    return actions.start(by=by, **given)


@stage
def checked(of: Office, compilation: Compilation | None = None, **values: Any) -> Compilation:
    """Checked, with everything that stays open answered for."""
    made = compilation or started(of, **values)
    head = of.person(roles.HeadOfOffice, made.agency)
    for finding in assemble.open_findings(made, assemble.check_findings(made, ON)):
        actions.waive(
            by=head, compilation=made, code=finding.code, cells=finding.cells, message=finding.message,
            reason="已核实", at=moment(),
        )
    return actions.check(by=of.person(roles.Clerk, made.agency), compilation=made, at=moment())


@stage
def signed(of: Office, compilation: Compilation | None = None, **values: Any) -> Compilation:
    """Signed."""
    made = checked(of, compilation, **values)
    return actions.sign(by=of.person(roles.Signatory, made.agency), compilation=made, on=ON, at=moment())


@stage
def submitted(of: Office, compilation: Compilation | None = None, **values: Any) -> Compilation:
    """With the supervisor."""
    made = signed(of, compilation, **values)
    return actions.submit(by=of.person(roles.Clerk, made.agency), compilation=made, at=moment())


@stage
def returned(of: Office, compilation: Compilation | None = None, **values: Any) -> Compilation:
    """Sent back with remarks."""
    made = submitted(of, compilation, **values)
    return actions.return_(
        by=of.supervisor, compilation=made, text="请说明结转件数", seen=version(made), at=moment(),
    )


@stage
def approved(of: Office, compilation: Compilation | None = None, **values: Any) -> Compilation:
    """Approved by the supervisor."""
    made = submitted(of, compilation, **values)
    return actions.approve(by=of.supervisor, compilation=made, seen=version(made), at=moment())


@stage
def published(of: Office, compilation: Compilation | None = None, **values: Any) -> Compilation:
    """Before the public, by whichever way this office has."""
    alone = queries.alone(
        (compilation.agency if compilation else values.get("agency", of.bureau)), YEAR,
        values.get("scope", Scope.OWN), on=ON,
    )
    made = (signed if alone else approved)(of, compilation, **values)
    return actions.publish(by=of.person(roles.HeadOfOffice, made.agency), compilation=made, at=moment())


STAGES = {
    State.DRAFT: started, State.CHECKED: checked, State.SIGNED: signed, State.SUBMITTED: submitted,
    State.RETURNED: returned, State.APPROVED: approved, State.PUBLISHED: published,
}


def at_state(of: Office, state: str, **values: Any) -> Compilation:
    """A report in a state."""
    return STAGES[State(state)](of, **values)


def version(compilation: Compilation) -> int:
    """The number of its current version."""
    report = AnnualReport.objects.select_related("current").get(pk=compilation.report_id)
    assert report.current is not None
    return report.current.number


def fresh(compilation: Compilation) -> Compilation:
    """As it stands in the database."""
    return Compilation.objects.select_related(*queries.JOINS).get(pk=compilation.pk)


def late(of: Office, number: str = "2025-99", *, received: str = "2025-05-12", closed: str = "2025-05-28") -> None:
    """An application that was registered only after the report was signed."""
    imported(of.bureau, [(number, received, "自然人", closed, "予以公开")], on=date(2026, 2, 3))


def values(compilation: Compilation) -> dict[str, Any]:
    """The numbers that count, those that are not zero."""
    return {cell: figure.value for cell, figure in assemble.standing(compilation).items() if figure.value}

