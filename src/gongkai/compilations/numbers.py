"""The numbers of an agency's year for who asks by name: live from the records, or as they were frozen at the signing.

Works before anybody began to compile; once somebody has, what was typed in counts. A government's consolidated numbers
are those of its members.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gongkai.agencies.models import Agency
from gongkai.annual_reports.models import Scope
from gongkai.compilations import assemble
from gongkai.compilations.explain import PAGE, Explained, explain, explain_members, explain_signing, signing_of
from gongkai.compilations.figures import Figure
from gongkai.compilations.models import Compilation, Signing, Source
from gongkai.compilations.reach import reach
from gongkai.compilations.states import Origin
from gongkai.core.errors import Refused
from gongkai.core.report.forms import FORM_IDS, form_for_year
from gongkai.core.report.forms import form as form_of
from gongkai.core.report.model import Cell, Report, Status

FIRST_YEAR, LAST_YEAR = 2008, 2100  # the Regulations came into force in 2008; both ends as the tables have them


@dataclass(frozen=True, slots=True)
class Numbers:
    """Every cell of a form for an agency's year. `compilation` is the work on the report, where it was begun;
    `signing` the one whose frozen numbers these are, None for live ones."""

    agency: Agency
    year: int
    scope: str
    form: str
    cells: Mapping[str, Figure]
    compilation: Compilation | None = None
    signing: Signing | None = None

    @property
    def by_hand(self) -> frozenset[str]:
        """The cells whose number was typed in."""
        return frozenset(cell for cell, figure in self.cells.items() if figure.source == Source.HAND)


def numbers(agency: Agency, year: int, scope: str = Scope.OWN, *, form_id: str = "", signed: bool = False) -> Numbers:
    """Every cell, by the records even where the office handed in a file. `form_id` "" takes the form in which the
    report is compiled, else the one that is due for the year; `signed` gives what was frozen and stands.

    Raises Refused: no-such-scope, no-such-year, no-such-form; not-signed when frozen numbers are asked for and there
    are none.
    """
    _check(year, scope, form_id)
    compilation = Compilation.objects.filter(
        agency=agency, year=year, scope=scope, origin=Origin.RECORDS,
    ).select_related("agency").first()
    if signed:
        signing = None if compilation is None else signing_of(compilation)
        if compilation is None or signing is None or form_id not in {"", compilation.form}:
            raise Refused("not-signed", "%(agency)s%(year)s年度的年报还没有签发，没有固定的数字",
                          agency=agency.name, year=year)
        return Numbers(agency, year, scope, compilation.form, assemble.frozen(signing), compilation, signing)
    chosen = form_id or (compilation.form if compilation is not None else form_for_year(year).id)
    entered = assemble.entered(compilation) if compilation is not None and compilation.form == chosen else {}
    cells = assemble.live(agency, year, scope, chosen, entered)
    return Numbers(agency, year, scope, chosen, cells, compilation)


def explained(of: Numbers, cell: str, *, limit: int | None = PAGE, offset: int = 0) -> Explained:
    """What stands behind one of the numbers. Raises KeyError for a cell that the form has not."""
    if of.signing is not None:
        return explain_signing(of.signing, cell, limit=limit, offset=offset)
    if of.compilation is not None and of.compilation.form == of.form:
        return explain(of.compilation, cell, limit=limit, offset=offset, live=True)
    if of.scope == Scope.CONSOLIDATED:
        return explain_members(of.agency, of.year, cell, form_id=of.form, limit=limit, offset=offset)
    return explain(reach(of.agency, of.year, of.scope), cell, form_id=of.form, limit=limit, offset=offset)


def report_of(of: Numbers) -> Report:
    """The numbers as a report without words, for whoever draws tables."""
    made = form_of(of.form)
    cells = {
        cell: Cell(cell, Status.VALUE, figure.value, None, made.cells[cell].unit)
        for cell, figure in of.cells.items()
    }
    return Report(
        form=of.form, forms={"t2": of.form, "t3": of.form}, agency=of.agency.name, year=of.year, cells=cells,
        title=f"{of.agency.name}{of.year}年度政府信息公开工作年度报告",
    )


def _check(year: int, scope: str, form_id: str) -> None:
    if scope not in Scope.values:
        raise Refused("no-such-scope", "没有范围 %(scope)s；可用：own 本机关，consolidated 本级汇总", scope=scope)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Refused("no-such-year", "没有 %(year)s 年度的年报；年度从 %(first)s 年起", year=year, first=FIRST_YEAR)
    if form_id and form_id not in FORM_IDS:
        raise Refused("no-such-form", "没有表式 %(form)s；可用：%(known)s", form=form_id, known="、".join(FORM_IDS))
