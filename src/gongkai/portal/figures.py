"""What the statistics page counts: publications by month, kind and item, and how many came out in time."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import NamedTuple

from django.db.models import CharField, Count, Func, Q

from gongkai.catalogue.models import Item
from gongkai.publications import public as published
from gongkai.publications.public import Filters

MONTHS = 24
ITEMS = 20


class Month(Func):
    """The year and month of a date as "2026-11", on both engines."""

    output_field = CharField()
    template = "to_char(%(expressions)s, 'YYYY-MM')"

    def as_sqlite(self, compiler: object, connection: object, **extra: object) -> object:
        """SQLite keeps dates as text."""
        return super().as_sql(  # type: ignore[misc]
            compiler, connection, template="substr(%(expressions)s, 1, 7)", **extra,
        )


class Figures(NamedTuple):
    """Counts of what stands published. `timed`: those whose time limit is known, `late` of them after it."""

    total: int
    months: list[tuple[str, int]]
    kinds: list[tuple[str, int]]
    items: list[tuple[str, str, int]]
    years: list[tuple[int, int]]
    timed: int
    late: int

    @property
    def in_time_percent(self) -> int | None:
        """Share that came out in time, in whole per cent, never rounded up to 100; None when nothing has a limit."""
        return None if not self.timed else (self.timed - self.late) * 100 // self.timed


def figures(filters: Filters, today: date) -> Figures:
    """Count a list: four questions, each answered by one index whatever its length."""
    rows = published.listing(filters).order_by()
    by_month = dict(rows.annotate(month=Month("published_on")).values_list("month").annotate(n=Count("pk")))
    by_kind = dict(rows.values_list("kind").annotate(n=Count("pk")))
    by_item = dict(rows.filter(item__isnull=False).values_list("item_id").annotate(n=Count("pk")))
    timed = rows.aggregate(
        timed=Count("pk", filter=Q(late_days__isnull=False)), late=Count("pk", filter=Q(late_days__gt=0)),
    )
    years: dict[int, int] = defaultdict(int)
    for month, n in by_month.items():
        years[int(month[:4])] += n
    return Figures(
        sum(by_kind.values()), [(month, by_month.get(month, 0)) for month in _last_months(today)],
        sorted(by_kind.items(), key=lambda pair: (-pair[1], pair[0])), _items(by_item), sorted(years.items()),
        timed["timed"], timed["late"],
    )


def _last_months(today: date) -> list[str]:
    at = today.year * 12 + today.month - 1
    return [f"{month // 12}-{month % 12 + 1:02d}" for month in range(at - MONTHS + 1, at + 1)]


def _items(counts: dict[int, int]) -> list[tuple[str, str, int]]:
    """The items with the most documents; items of the same code in different agencies are one."""
    found: dict[str, tuple[str, int]] = {}
    for pk, code, name in Item.objects.order_by("pk").values_list("pk", "code", "name").iterator(chunk_size=2000):
        if pk in counts:
            known = found.get(code, (name, 0))
            found[code] = (known[0], known[1] + counts[pk])
    ranked = sorted(found.items(), key=lambda pair: (-pair[1][1], pair[0]))
    return [(code, name, n) for code, (name, n) in ranked[:ITEMS]]
