"""What an erratum would change: the numbers of the records of now in the place of those that were published."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from gongkai.annual_reports import queries as filed
from gongkai.compilations import assemble, freezing, queries, rules
from gongkai.compilations.figures import Figure
from gongkai.compilations.figures.records import Record
from gongkai.compilations.models import Compilation, Signing
from gongkai.compilations.states import Origin
from gongkai.core.errors import Refused
from gongkai.core.report.forms import form
from gongkai.core.report.model import Finding, Number, Report
from gongkai.core.report.render.labels import cell_title


@dataclass(frozen=True, slots=True)
class Proposal:
    """The report as it would be published. `changes` {cell: [before, after]} as plain numbers; `texts` as filled, of
    which `rewritten` differ; `findings` are those that stand open and would refuse it."""

    figures: Mapping[str, Figure]
    texts: Mapping[str, str]
    report: Report
    changes: Mapping[str, list[object]]
    rewritten: Mapping[str, tuple[str, str]]
    findings: list[Finding]
    mended: frozenset[str]

    @property
    def empty(self) -> bool:
        """Nothing would change."""
        return not self.changes and not self.rewritten


def proposed(
    compilation: Compilation, today: date, cells: Collection[str] | None = None, *,
    entered: Mapping[str, Decimal] | None = None,
) -> Proposal:
    """The erratum of these cells, of all that differ with None; a sum follows its parts. The prose is filled anew with
    the numbers, the day of the report stays. `entered` tries numbers typed in. Raises Refused: unknown-cell,
    moves-together, and what `typed` refuses."""
    if compilation.origin == Origin.FILE:
        return _of_file(compilation, today)
    signing = queries.last_signing(compilation)
    assert signing is not None, "what was published from records was signed"
    before = assemble.frozen(signing)
    now = assemble.figures_of(compilation, typed(compilation, entered) if entered else None)
    made = form(compilation.form)
    base = set(made.cells) - rules.sums(made)
    mended = frozenset(base if cells is None else rules.parts_of(made, cells))
    if cells is not None:
        _whole_moves(compilation, signing, mended)
    figures = {cell: now[cell] if cell in mended else figure for cell, figure in before.items()} | {
        cell: now[cell] for cell in mended if cell in now
    }
    figures = now if cells is None else _sums_follow(compilation.form, before, figures, mended)
    texts = assemble.texts_of(compilation, figures)
    report = assemble.made(compilation, figures, texts, filed.reading(signing.version).signed_on)
    return Proposal(
        figures, texts, report, _changes(before, figures), _rewritten(signing, texts),
        assemble.open_findings(compilation, assemble.check_findings(compilation, today, report=report)), mended,
    )


def _whole_moves(compilation: Compilation, signing: Signing, mended: Collection[str]) -> None:
    """A case that went from one result of table 四 to another is corrected in both cells: in one alone it would be
    counted twice, or not at all, and no rule between the cells could tell. Raises Refused: moves-together."""
    for old, new in freezing.pairs(freezing.kept(signing), freezing.rows(compilation)):
        if old is None or new is None or old.cells == new.cells:
            continue
        moved: dict[str, set[str]] = {}
        for cell in set(old.cells) ^ set(new.cells):
            if cell.startswith("t4."):
                moved.setdefault(cell.rsplit(".", 1)[0], set()).add(cell)
        for cells in moved.values():
            left = sorted(cells.difference(mended))
            if left and len(left) < len(cells):
                raise Refused(
                    "moves-together",
                    "有案件从一格移到了另一格，只更正其中一格会重复计数或者漏计，没有更正；请一并选上：%(cells)s",
                    cells="、".join(cell_title(cell, compilation.form) for cell in left),
                )


def typed(compilation: Compilation, entered: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """Numbers typed in, as they may be: cells of table 二, or one table whole. Raises what `rules.one_cell` and
    `rules.whole_table` refuse."""
    made = form(compilation.form)
    tables = {cell.split(".")[0] for cell in entered}
    if len(tables) == 1 and tables <= set(rules.TABLES):
        return rules.whole_table(made, tables.pop(), entered)
    found: dict[str, Decimal] = {}
    for cell, value in entered.items():
        found |= rules.one_cell(made, cell, value)
    return found


def told(proposal: Proposal) -> tuple[str, ...]:
    """The changed numbers as the ledger keeps them."""
    return tuple(f"{cell}: {_word(before)} → {_word(after)}" for cell, (before, after) in proposal.changes.items())


def _word(value: object) -> str:
    return "空" if value is None else str(value)


def rows(compilation: Compilation, proposal: Proposal, signing: Signing) -> Iterator[Record]:
    """The lists of an erratum: those of now for the cells that it mends, those of before for all others."""
    return freezing.blended(freezing.kept(signing), freezing.rows(compilation), proposal.mended)


def _sums_follow(
    form_id: str, before: Mapping[str, Figure], figures: Mapping[str, Figure], mended: Collection[str],
) -> dict[str, Figure]:
    """Every sum moves by as much as its parts did: where a member's file does not add up, the difference stays."""
    made = form(form_id)
    old = rules.summed(made, {cell: f.value for cell, f in before.items()})
    new = rules.summed(made, {cell: f.value for cell, f in figures.items()})
    counted = rules.summed(made, {cell: f.records for cell, f in figures.items()})
    sums = rules.sums(made)
    found = {}
    for cell in made.cells:
        if cell in sums:
            value: Number = before[cell].value + new[cell] - old[cell]
            moved = not set(mended).isdisjoint(rules.parts_of(made, [cell]))
            records = int(counted[cell]) if moved else before[cell].records
            found[cell] = Figure(cell, value, records, before[cell].source)
        else:
            found[cell] = figures[cell]
    return found


def _changes(before: Mapping[str, Figure], after: Mapping[str, Figure]) -> dict[str, list[object]]:
    return {
        cell: [
            assemble.plain_number(before[cell].value) if cell in before else None,
            assemble.plain_number(after[cell].value) if cell in after else None,
        ]
        for cell in dict.fromkeys([*before, *after])
        if (cell in before) != (cell in after) or before[cell].value != after[cell].value
    }


def _rewritten(signing: Signing, texts: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    keys = sorted({*signing.prose, *texts})
    pairs = {key: (signing.prose.get(key, ""), texts.get(key, "")) for key in keys}
    return {key: pair for key, pair in pairs.items() if pair[0] != pair[1]}


def _of_file(compilation: Compilation, today: date) -> Proposal:
    """Of a report that came as a file: the version that replaced it, or its corrections, against what is public."""
    report = compilation.report
    assert report is not None, "what was handed in has a report"
    assert report.current is not None, "a report that is filed has a version"
    assert report.published is not None, "what was published has a public version"
    before = assemble.from_file(report.published)
    figures = assemble.from_file(report.current)
    made = filed.effective(report.current)
    old = filed.effective(report.published)
    said = {str(n): s.text for n, s in made.sections.items()}
    was = {str(n): s.text for n, s in old.sections.items()}
    rewritten = {
        key: (was.get(key, ""), said.get(key, "")) for key in sorted({*said, *was})
        if was.get(key, "") != said.get(key, "")
    }
    findings = assemble.open_findings(compilation, assemble.check_findings(compilation, today, report=made))
    # Nobody signs a file here: what stood in it when it was approved is no reason to keep a correction back.
    known = {queries.name_of(f) for f in assemble.check_findings(compilation, today, report=old)}
    brought = [f for f in findings if queries.name_of(f) not in known]
    return Proposal(figures, said, made, _changes(before, figures), rewritten, brought, frozenset(figures))
