"""How often the drawings of a PDF draw one another: a handful of objects can ask for years of drawing."""

from __future__ import annotations

import re
from typing import Any

import pikepdf

from gongkai.core.screening.formats.pdf.refusals import damaged, too_large

MAX_DRAWN = 200_000  # drawings of drawings that one page may ask for; a map has some thousands
_DRAWN = re.compile(rb"/([^\s/<>\[\](){}%]+)\s+Do\b")
_DEPTH = 60


def check_drawn(pdf: pikepdf.Pdf) -> None:
    """Raise ReadError `content-too-large` for drawings that multiply, or that draw themselves."""
    costs: dict[tuple[int, int], int] = {}
    for item in pdf.objects:
        if isinstance(item, pikepdf.Stream) and item.stream_dict.get("/Subtype") == pikepdf.Name.Form:
            _cost(item, costs, set(), 0)
    for page in pdf.pages:
        held = page.obj.get("/Contents")
        parts = list(held) if isinstance(held, pikepdf.Array) else [held]
        code = b"\n".join(part.read_bytes() for part in parts if isinstance(part, pikepdf.Stream))
        try:
            resources = page.resources
        except (AttributeError, KeyError, pikepdf.PdfError):
            continue
        _sum(code, resources, costs, set(), 0)


def _cost(form: Any, costs: dict[tuple[int, int], int], above: set[tuple[int, int]], depth: int) -> int:
    key = form.objgen
    if key in costs:
        return costs[key]
    if key in above or depth > _DEPTH:
        raise too_large()
    try:
        code = form.read_bytes()
    except (pikepdf.PdfError, RuntimeError) as error:
        raise damaged() from error
    costs[key] = 1 + _sum(code, form.stream_dict.get("/Resources"), costs, above | {key}, depth + 1)
    return costs[key]


def _sum(
    code: bytes, resources: Any, costs: dict[tuple[int, int], int], above: set[tuple[int, int]], depth: int
) -> int:
    held = resources.get("/XObject") if isinstance(resources, pikepdf.Dictionary) else None
    if not isinstance(held, pikepdf.Dictionary):
        return 0
    total = 0
    for name in _DRAWN.findall(code):
        item = held.get("/" + name.decode("latin-1"))
        if isinstance(item, pikepdf.Stream) and item.stream_dict.get("/Subtype") == pikepdf.Name.Form:
            total += _cost(item, costs, above, depth)
        if total > MAX_DRAWN:
            raise too_large()
    return total
