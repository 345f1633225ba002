"""Tables of the analysis as files, and its pictures as SVG."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.http import HttpResponse

from gongkai.core.report.model import Number
from gongkai.core.tables import MEDIA_TYPES, Cell, written
from gongkai.files.downloads import attachment

FORMATS = ("csv", "xlsx")
_FINE = Decimal("0.0001")


def as_file(to: str, name: str, heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> HttpResponse:
    """Rows as .csv or .xlsx. Raises KeyError for another format."""
    wide = {heads[0]: 30, "机关": 30, "公式": 40, "说明": 60}
    return attachment(written(heads, rows, to, wide=wide), f"{name}.{to}", MEDIA_TYPES[to])


def picture(svg: str) -> HttpResponse:
    """A picture that may style itself and nothing more."""
    response = HttpResponse(svg, content_type="image/svg+xml")
    response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'"
    return response


def exact(value: Decimal | Number | None) -> Cell:
    """A value for a spreadsheet: four decimals at most, nothing where there is none."""
    if not isinstance(value, Decimal):
        return value
    fine = value.quantize(_FINE)
    return int(fine) if fine == fine.to_integral_value() else fine.normalize()
