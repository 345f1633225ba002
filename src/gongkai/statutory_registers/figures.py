"""Table 二 as named lists: the value of a cell is the length of its list, or the sum of a column of it.

Cells by their ids (docs/architecture.md). `scope` is a lookup over agencies, so that the same lists serve one agency
and a government with everything below it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum

from gongkai.statutory_registers.models import Document, DocumentQuerySet, Entry, PowerItem
from gongkai.statutory_registers.registers import DocumentKind, Register

_DOCUMENTS = {"t2.regulations": DocumentKind.REGULATION, "t2.normative": DocumentKind.NORMATIVE}
_DECISIONS_2021 = {
    "t2.licences": Register.LICENCE, "t2.penalties": Register.PENALTY, "t2.coercion": Register.COERCION,
}
_DECISIONS_2019 = _DECISIONS_2021 | {"t2.services": Register.SERVICE}
_STOCK = _DECISIONS_2019 | {"t2.fees": Register.FEE}
# The same the other way round, for those who ask where a record stands.
DOCUMENT_ROWS: dict[str, str] = {kind.value: row for row, kind in _DOCUMENTS.items()}
STOCK_ROWS: dict[str, str] = {register.value: row for row, register in _STOCK.items()}
_ENTRY_CELLS: dict[str, dict[str, tuple[str, ...]]] = {
    "2021": {register.value: (f"{row}.decisions",) for row, register in _DECISIONS_2021.items()}
    | {Register.FEE.value: ("t2.fees.amount",)},
    "2019": {register.value: (f"{row}.decisions",) for row, register in _DECISIONS_2019.items()}
    | {Register.PROCUREMENT.value: ("t2.procurement.items", "t2.procurement.amount")},
}


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


def table_two(scope: Q, year: int, form: str = "2021", *, once: bool = False) -> dict[str, Figure]:
    """The cells of table 二 of a year in the form of "2019" or "2021". Raises KeyError for another form.

    `once`: what several agencies of the scope keep under one number (a document made together) counts once.
    """
    return {"2021": _form_2021, "2019": _form_2019}[form](scope, year, once)


def _form_2021(scope: Q, year: int, once: bool) -> dict[str, Figure]:
    last = date(year, 12, 31)
    counted, figures = documents(scope, once=once), []
    for row, kind in _DOCUMENTS.items():
        rows = counted.filter(kind=kind)
        figures += [
            Figure(f"{row}.made", rows.filter(made_on__year=year)),
            Figure(f"{row}.repealed", rows.filter(ending="repealed", ended_on__year=year)),
            Figure(f"{row}.in_force", rows.in_force_on(last)),
        ]
    figures += _decisions(scope, year, _DECISIONS_2021)
    figures.append(Figure("t2.fees.amount", _entries(scope, Register.FEE, year), money=True, unit=Decimal(10_000)))
    return {figure.cell: figure for figure in figures}


def _form_2019(scope: Q, year: int, once: bool) -> dict[str, Figure]:
    first, last, before = date(year, 1, 1), date(year, 12, 31), date(year - 1, 12, 31)
    counted, figures = documents(scope, once=once), []
    for row, kind in _DOCUMENTS.items():
        rows = counted.filter(kind=kind)
        figures += [
            Figure(f"{row}.made", rows.filter(made_on__year=year)),
            Figure(f"{row}.disclosed", rows.filter(disclosed_on__gte=first, disclosed_on__lte=last)),
            Figure(f"{row}.total", rows.filter(disclosed_on__lte=last)),
        ]
    for row, register in _STOCK.items():
        items = PowerItem.objects.filter(scope, register=register)
        figures += [
            Figure(f"{row}.items", items.in_force_on(before)),
            Figure(
                f"{row}.change", items.filter(from_on__gte=first, from_on__lte=last),
                minus=items.filter(to_on__gte=first, to_on__lte=last),
            ),
        ]
    figures += _decisions(scope, year, _DECISIONS_2019)
    bought = _entries(scope, Register.PROCUREMENT, year)
    figures += [Figure("t2.procurement.items", bought), Figure("t2.procurement.amount", bought, money=True)]
    return {figure.cell: figure for figure in figures}


def documents(scope: Q, *, once: bool = False) -> DocumentQuerySet:
    """The documents that （一） counts. `once`: what several agencies of the scope keep under one number counts as the
    one that was entered first."""
    rows = Document.objects.filter(scope, kind__in=list(DOCUMENT_ROWS))
    if not once:
        return rows
    same = Document.objects.filter(
        scope, kind=OuterRef("kind"), number=OuterRef("number"), pk__lt=OuterRef("pk"),
    )
    return rows.filter(Q(number="") | ~Exists(same))


def _decisions(scope: Q, year: int, rows: dict[str, Register]) -> list[Figure]:
    return [Figure(f"{row}.decisions", _entries(scope, register, year)) for row, register in rows.items()]


def _entries(scope: Q, register: str, year: int) -> QuerySet[Entry]:
    return Entry.objects.filter(scope, register=register, cancelled_on__isnull=True).of_year(year)
