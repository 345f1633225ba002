"""Table 二 as named lists: the value of a cell is the length of its list, or the sum of a column of it.

Cells by their ids (docs/architecture.md). `scope` is a lookup over agencies, so that the same lists serve one agency
and a government with everything below it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, Min, Q, QuerySet, Sum

from gongkai.statutory_registers.models import (
    Document,
    DocumentQuerySet,
    Entry,
    EntryQuerySet,
    PowerItem,
    PowerItemQuerySet,
)
from gongkai.statutory_registers.registers import DocumentKind, Ending, Register

_DOCUMENTS = {"t2.regulations": DocumentKind.REGULATION, "t2.normative": DocumentKind.NORMATIVE}
_DECISIONS_2021 = {
    "t2.licences": Register.LICENCE, "t2.penalties": Register.PENALTY, "t2.coercion": Register.COERCION,
}
_DECISIONS_2019 = _DECISIONS_2021 | {"t2.services": Register.SERVICE}
_STOCK = _DECISIONS_2019 | {"t2.fees": Register.FEE}
_STOCK_COLUMNS = ("items", "change")
# The same the other way round, for those who ask where a record stands.
DOCUMENT_ROWS: dict[str, str] = {kind.value: row for row, kind in _DOCUMENTS.items()}
STOCK_ROWS: dict[str, str] = {register.value: row for row, register in _STOCK.items()}
_ENTRY_CELLS: dict[str, dict[str, tuple[str, ...]]] = {
    "2021": {register.value: (f"{row}.decisions",) for row, register in _DECISIONS_2021.items()}
    | {Register.FEE.value: ("t2.fees.amount",)},
    "2019": {register.value: (f"{row}.decisions",) for row, register in _DECISIONS_2019.items()}
    | {Register.PROCUREMENT.value: ("t2.procurement.items", "t2.procurement.amount")},
}

_Narrow = Callable[[DocumentQuerySet, int], DocumentQuerySet]
_DOCUMENT_COLUMNS: dict[str, dict[str, _Narrow]] = {
    "2021": {
        "made": lambda rows, year: rows.filter(made_on__range=_span(year)),
        "repealed": lambda rows, year: rows.filter(ending=Ending.REPEALED, ended_on__range=_span(year)),
        "in_force": lambda rows, year: rows.in_force_on(_span(year)[1]),
    },
    "2019": {
        "made": lambda rows, year: rows.filter(made_on__range=_span(year)),
        "disclosed": lambda rows, year: rows.filter(disclosed_on__range=_span(year)),
        "total": lambda rows, year: rows.filter(disclosed_on__lte=_span(year)[1]),
    },
}


def _span(year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(year, 12, 31)


def entry_cells(register: str, form: str) -> tuple[str, ...]:
    """The cells in which a row of a register stands in the year of its date; none where the form has none for it.

    Raises KeyError for another form."""
    return _ENTRY_CELLS[form].get(register, ())


@dataclass(frozen=True, slots=True)
class Figure:
    """A cell with its records. `added` and `ended` of a change; `amount` is the sum in 元 where the cell is money."""

    cell: str
    records: QuerySet[Any]
    minus: QuerySet[Any] | None = None
    money: bool = False
    unit: Decimal = Decimal(1)

    @property
    def value(self) -> int | Decimal:
        """The number of the cell."""
        if self.money:
            total = self.records.aggregate(total=Sum("amount"))["total"] or Decimal(0)
            return (total / self.unit).normalize() if total else Decimal(0)
        return self.records.count() - (self.minus.count() if self.minus is not None else 0)


@dataclass(frozen=True, slots=True)
class Tally:
    """A cell's number without its records: how many there are, and what they come to."""

    records: int
    value: int | Decimal


def table_two(scope: Q, year: int, form: str = "2021", *, once: bool = False) -> dict[str, Figure]:
    """The cells of table 二 of a year in the form of "2019" or "2021". Raises KeyError for another form.

    `once`: what several agencies of the scope keep under one number (a document made together) counts once.
    """
    return {cell: figure_of(cell, scope, year, form, once=once) for cell in _cells_of(form)}


def figure_of(cell: str, scope: Q, year: int, form: str = "2021", *, once: bool = False) -> Figure:
    """One of these cells. Raises KeyError for another form, and for a cell that the form has not."""
    row, _dot, column = cell.rpartition(".")
    if row in _DOCUMENTS and column in _DOCUMENT_COLUMNS[form]:
        narrow = _DOCUMENT_COLUMNS[form][column]
        return Figure(cell, narrow(documents(scope, once=once).filter(kind=_DOCUMENTS[row]), year))
    if form == "2019" and row in _STOCK and column in _STOCK_COLUMNS:
        figures = _stock(row, PowerItem.objects.filter(scope, register=_STOCK[row]), year)
        return next(figure for figure in figures if figure.cell == cell)
    for register, cells in _ENTRY_CELLS[form].items():
        if cell in cells:
            rows = _entries(scope, year).filter(register=register)
            return Figure(cell, rows, money=_is_money(cell), unit=_unit(cell))
    raise KeyError(cell)


def tally_two(scope: Q, year: int, form: str = "2021", *, once: bool = False) -> dict[str, Tally]:
    """The numbers of the same cells, in a query for each column instead of one for each cell. Raises KeyError."""
    found = dict.fromkeys(_cells_of(form), Tally(0, 0))
    counted = documents(scope, once=once)
    for column, narrow in _DOCUMENT_COLUMNS[form].items():
        for kind, n in _grouped(narrow(counted, year), "kind"):
            found[f"{DOCUMENT_ROWS[kind]}.{column}"] = Tally(n, n)
    if form == "2019":
        stocks = _stock("", PowerItem.objects.filter(scope, register__in=list(STOCK_ROWS)), year)
        there, (added, ended) = stocks[0].records, (stocks[1].records, stocks[1].minus)
        for register, n in _grouped(there, "register"):
            found[f"{STOCK_ROWS[register]}.items"] = Tally(n, n)
        came, went = dict(_grouped(added, "register")), dict(_grouped(ended, "register"))
        for register, row in STOCK_ROWS.items():
            plus, minus = came.get(register, 0), went.get(register, 0)
            found[f"{row}.change"] = Tally(plus + minus, plus - minus)
    totals = _entries(scope, year).order_by().values_list("register").annotate(n=Count("pk"), total=Sum("amount"))
    for register, n, total in totals:
        for cell in entry_cells(register, form):
            found[cell] = Tally(n, (total or Decimal(0)) / _unit(cell) if _is_money(cell) else n)
    return found


def _stock(row: str, items: PowerItemQuerySet, year: int) -> list[Figure]:
    """上一年项目数量 and 本年增/减 of a row."""
    first, last = _span(year)
    return [
        Figure(f"{row}.items", items.in_force_on(first - timedelta(days=1))),
        Figure(
            f"{row}.change", items.filter(from_on__range=(first, last)), minus=items.filter(to_on__range=(first, last)),
        ),
    ]


def _cells_of(form: str) -> list[str]:
    cells = [f"{row}.{column}" for row in _DOCUMENTS for column in _DOCUMENT_COLUMNS[form]]
    if form == "2019":
        cells += [f"{row}.{column}" for row in _STOCK for column in _STOCK_COLUMNS]
    return cells + [cell for of_register in _ENTRY_CELLS[form].values() for cell in of_register]


def _is_money(cell: str) -> bool:
    return cell.endswith(".amount")


def _unit(cell: str) -> Decimal:
    """Fees are printed in 万元; 采购总金额 has no unit in its head, so that it stays in 元."""
    return Decimal(10_000) if cell == "t2.fees.amount" else Decimal(1)


def _grouped(rows: QuerySet[Any] | None, by: str) -> list[tuple[str, int]]:
    return [] if rows is None else list(rows.order_by().values_list(by).annotate(n=Count("pk")))


def documents(scope: Q, *, once: bool = False) -> DocumentQuerySet:
    """The documents that （一） counts. `once`: what several agencies of the scope keep under one number counts as the
    one that was entered first."""
    rows = Document.objects.filter(scope, kind__in=list(DOCUMENT_ROWS))
    if not once:
        return rows
    # The first of each number by one grouping: a question for each document would be asked of every other one.
    firsts = rows.exclude(number="").order_by().values("kind", "number").annotate(first=Min("pk")).values("first")
    return rows.filter(Q(number="") | Q(pk__in=firsts))


def _entries(scope: Q, year: int) -> EntryQuerySet:
    return Entry.objects.filter(scope, cancelled_on__isnull=True).of_year(year)
