"""The tables counted again from the lines of a package, by the rules as they are published. No Django, no database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from gongkai.compilations.packages.shape import APPLICATIONS, DISPUTES, DOCUMENTS, ENTRIES, GIVEN, POWERS
from gongkai.core.report.forms import Form, form
from gongkai.core.report.model import Number

_SUMS = ("C3", "C2", "C4")  # C3 before C2, so that 总计 of （七） is a sum of sums
_WAN = 10_000
_LARGEST, _FINEST = Decimal(10) ** 30, -30  # far beyond any report, and still written out in a moment


def recount(files: Mapping[str, Iterable[Mapping[str, str]]], form_id: str) -> dict[str, Number]:
    """Every cell of a form from lines by column, sums made of their parts. Raises ValueError or KeyError for a line
    that says what no form knows."""
    made = form(form_id)
    values: dict[str, Number] = dict.fromkeys(made.cells, 0)

    def add(cell: str, value: Number = 1) -> None:
        values[cell] += value  # KeyError: no such cell

    for line in files.get(APPLICATIONS, ()):
        column = line["申请人类型"]
        for row, head in (("new", "本年新收"), ("carried_in", "上年结转"), ("carried_out", "结转下年")):
            if line[head] == "1":
                add(f"t3.{row}.{column}")
        if line["办理结果"]:
            add(f"t3.{line['办理结果']}.{column}")
    for line in files.get(DISPUTES, ()):
        add(f"t4.{line['类别']}.{line['结果']}")
    for line in files.get(DOCUMENTS, ()):
        for column in line["计入的列"].split():
            add(f"t2.{line['种类']}.{column}")
    for line in files.get(ENTRIES, ()):
        for column in line["计入的列"].split():
            cell = f"t2.{line['台账']}.{column}"
            add(cell, _money(made, cell, line["金额（元）"]) if column == "amount" else 1)
    for line in files.get(POWERS, ()):
        if line["上年底在列"] == "1":
            add(f"t2.{line['台账']}.items")
        change = (line["本年增加"] == "1") - (line["本年取消"] == "1")
        if change:
            add(f"t2.{line['台账']}.change", change)
    for line in files.get(GIVEN, ()):
        add(line["单元格"], exact(line["数值"]))
    return _summed(made, values)


def _summed(made: Form, values: dict[str, Number]) -> dict[str, Number]:
    for rule in _SUMS:
        for identity in made.identities:
            if identity.rule == rule:
                values[identity.left[0]] = sum(values[cell] for cell in identity.right)
    return values


def _money(made: Form, cell: str, yuan: str) -> Number:
    return exact(yuan) / Decimal(_WAN) if made.cells[cell].unit == "万元" else exact(yuan)


def exact(said: object) -> Decimal:
    """A number as a package says it. Raises ValueError, TypeError or ArithmeticError for what is no number of a report:
    a word, no end of digits, something not finite."""
    if isinstance(said, bool) or not isinstance(said, int | str | Decimal):
        raise TypeError(said)
    value = Decimal(said)  # decimal.InvalidOperation is an ArithmeticError
    if not value.is_finite() or abs(value) >= _LARGEST or not _FINEST <= int(value.as_tuple().exponent) <= -_FINEST:
        raise ValueError(said)
    return value
