"""A query of the ORM that is put into SQL once and asked many times.

Building and compiling a query of many columns costs several times what SQLite takes to answer it. `Prepared` does that
work on the first call and afterwards only fills in the values: for the few queries behind the pages that everybody
opens. The rows come as tuples, their values converted as the ORM would.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import QuerySet

_LARGEST = 2**63 - 1
_FIRST_NUMBER = -9_000_000_000
_WORD = "\ue000{}\ue000"
_FIRST_DAY = date(1, 1, 1).toordinal()

Value = int | str | date


class Prepared:
    """`make` builds a `values_list` query from stand-ins for its arguments, which must reach the SQL as parameters
    unchanged. `kinds` are the types of the arguments: int, str or date. With `sliced` two more values follow when it is
    asked: how many rows to pass over, and how many to give."""

    def __init__(self, make: Callable[..., QuerySet[Any, Any]], *kinds: type[Value], sliced: bool = False) -> None:
        self._make = make
        self._sliced = sliced
        self._stand_ins: list[Value] = [_stand_in(kind, n) for n, kind in enumerate(kinds)]
        self._made: dict[str, tuple[str, list[tuple[int, Any]], list[Any]]] = {}

    def __call__(self, *values: Value) -> list[tuple[Any, ...]]:
        """The rows for these values, in the order of the kinds."""
        if any(isinstance(value, int) and abs(value) > _LARGEST for value in values):
            return []  # no key is so large, and the database would not take it
        made = self._made.get(connection.vendor)
        if made is None:
            made = self._made[connection.vendor] = self._compiled()
        sql, places, converters = made
        given = [_adapted(values[at]) if at >= 0 else fixed for at, fixed in places]
        if self._sliced:
            given += [values[-1], values[-2]]
        with connection.cursor() as cursor:
            cursor.execute(sql, given)
            rows = cursor.fetchall()
        if not converters:
            return rows
        return [_converted(row, converters) for row in rows]

    def _compiled(self) -> tuple[str, list[tuple[int, Any]], list[Any]]:
        query = self._make(*self._stand_ins).query
        compiler = query.get_compiler(connection=connection)
        sql, parameters = compiler.as_sql()
        stand_ins = [_adapted(one) for one in self._stand_ins]
        places = [(stand_ins.index(one), None) if one in stand_ins else (-1, one) for one in parameters]
        if {at for at, _fixed in places if at >= 0} != set(range(len(stand_ins))):
            raise ValueError("an argument of a prepared query did not reach its SQL")
        if self._sliced:
            sql += " LIMIT %s OFFSET %s"
        columns = [column[0] for column in compiler.select]
        converters = compiler.get_converters(columns)
        return sql, places, [(at, functions, column) for at, (functions, column) in converters.items()]


def _stand_in(kind: type[Value], n: int) -> Value:
    if kind is int:
        return _FIRST_NUMBER - n
    return _WORD.format(n) if kind is str else date.fromordinal(_FIRST_DAY + n)


def _adapted(value: Value) -> Any:
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value


def _converted(row: tuple[Any, ...], converters: list[Any]) -> tuple[Any, ...]:
    values = list(row)
    for at, functions, column in converters:
        value = values[at]
        for function in functions:
            value = function(value, column, connection)
        values[at] = value
    return tuple(values)
