"""A list of published documents as a page asks for it: what stands in the address, one stretch of rows, its total.

What an address says and nobody understands (a page "x", a year 99999, an unknown kind) is passed over, so that an old
link still leads to a list.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from gongkai.agencies.models import Agency
from gongkai.portal.keeping import remembered
from gongkai.publications import public
from gongkai.publications.kinds import KIND_NAMES, VALIDITY_NAMES
from gongkai.publications.public import CAP, Filters, Row

ROWS = 20
LAST = CAP // ROWS  # pages; who wants more narrows the list or takes the file
_YEARS = range(1949, 2200)


@dataclass(frozen=True, slots=True)
class Page:
    """A stretch of a list, with what `components/pages.html` asks for."""

    rows: list[Row]
    total: int
    number: int
    pages: int

    @property
    def paginator(self) -> Page:
        return self

    @property
    def num_pages(self) -> int:
        return self.pages

    @property
    def has_previous(self) -> bool:
        return self.number > 1

    @property
    def has_next(self) -> bool:
        return self.number < self.pages

    @property
    def previous_page_number(self) -> int:
        return self.number - 1

    @property
    def next_page_number(self) -> int:
        return self.number + 1

    @property
    def total_text(self) -> str:
        """The number, or that it was counted no further."""
        return f"{CAP:,}+" if self.total > CAP else f"{self.total:,}"

    @property
    def cut(self) -> bool:
        """Whether there is more than can be turned to."""
        return self.total > LAST * ROWS

    @property
    def with_validity(self) -> bool:
        """Whether any row says whether it is in force: else the column is left out."""
        return any(row.validity for row in self.rows)

    @property
    def with_number(self) -> bool:
        """Whether any row has a document number."""
        return any(row.document_number for row in self.rows)


def number_of(request: HttpRequest) -> int:
    """The page of the address, 1 when it is none."""
    said = request.GET.get("page", "")
    return min(max(int(said), 1), LAST) if said.isascii() and said.isdecimal() and len(said) < 6 else 1


def page_of(request: HttpRequest, filters: Filters, total: int | None = None) -> Page:
    """One page of a list: one query for the rows; the total is asked once for a filter, or given."""
    if total is None:
        asked = replace(filters, order="newest")
        total = remembered(request, ("total", asked), lambda: public.counted(public.listing(asked)))
    pages = max(1, min(LAST, -(-total // ROWS)))
    number = min(number_of(request), pages)
    return Page(public.rows_of(filters, (number - 1) * ROWS, ROWS), total, number, pages)


def filters_of(get: QueryDict) -> Filters:
    """The filters of an address. Raises Agency.DoesNotExist for an `under` that is no agency."""
    under = _whole(get, "under")
    kind, validity, items = get.get("kind", ""), get.get("validity"), [_number(one) for one in get.getlist("item")]
    return Filters(
        agency=_whole(get, "agency"), under=Agency.objects.get(pk=under).path if under else "",
        items=tuple(item for item in items if item is not None)[:200], code=get.get("code", "")[:40],
        kinds=(kind,) if kind in KIND_NAMES else (), topic=get["topic"][:60] if "topic" in get else None,
        year=year_of(get), validity=validity if validity is not None and validity in VALIDITY_NAMES else None,
        order="formed" if get.get("order") == "formed" else "newest",
    )


def year_of(get: QueryDict) -> int | None:
    """The year of an address, None when it is none."""
    year = _whole(get, "year")
    return year if year in _YEARS else None


def _whole(get: QueryDict, name: str) -> int | None:
    return _number(get.get(name, ""))


def _number(said: str) -> int | None:
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 12 else None


def address(filters: Filters, *, under: int | None = None) -> str:
    """The query of an address that asks for a filter: for links to the same list in another form."""
    said: list[tuple[str, Any]] = [("item", item) for item in filters.items]
    for name, value in (
        ("agency", filters.agency), ("under", under), ("code", filters.code or None), ("topic", filters.topic),
        ("year", filters.year), ("validity", filters.validity),
    ):
        if value is not None:
            said.append((name, value))
    said += [("kind", kind) for kind in filters.kinds[:1]]
    return urlencode(said)


def kind_name(kind: str) -> str:
    """The name of a kind in the language of the page."""
    return _(KIND_NAMES[kind]) if kind in KIND_NAMES else kind  # type: ignore[index]


def validity_name(validity: str) -> str:
    """The name of a validity in the language of the page."""
    return _(VALIDITY_NAMES[validity]) if validity else ""  # type: ignore[index]


def day(said: str) -> date | None:
    """A day of an address."""
    try:
        return date.fromisoformat(said)
    except ValueError:
        return None
