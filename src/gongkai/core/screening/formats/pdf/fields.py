"""A form as it is filled in: what its fields hold, each where it stands on the page, between the words beside it.

A number may stand in many fields, one digit in each, and a home in a field whose label is a word of the page. What a
field draws does not tell: its font may have no Chinese, or it draws nothing until a program opens it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import pikepdf

from gongkai.core.screening.formats.pdf.arrange import Text, visible
from gongkai.core.screening.formats.pdf.chars import Char, Look

_MOST = 2_000      # fields of one page
_LONGEST = 2_000   # characters of one field
_NARROW = 0.6      # of the height of a field: the width of a character that has room
_DEPTH = 8


@dataclass(slots=True)
class Filled:
    """`text` as `arrange.visible` gives it; its indexes from `first` on are those of `held`: (widget, place in its
    value)."""

    text: Text
    first: int
    held: list[tuple[Any, int]] = field(default_factory=list)


def holder_of(widget: Any) -> Any:
    """The dictionary that has the value of a field: the widget or the nearest of those above it."""
    item = widget
    for _ in range(_DEPTH):
        above = item.get("/Parent")
        if "/V" in item or not isinstance(above, pikepdf.Dictionary):
            break
        item = above
    return item


def filled(look: Look, page: pikepdf.Page) -> Filled | None:
    """The page with its fields filled in; None when it has none."""
    held = page.obj.get("/Annots")
    chars: list[Char] = []
    places: list[tuple[Any, int]] = []
    for item in list(held)[:_MOST] if isinstance(held, pikepdf.Array) else ():
        if not isinstance(item, pikepdf.Dictionary):
            continue
        value = _value(item)
        box = _box(item, page) if value.strip() else None
        if box is None:
            continue
        value = value[:_LONGEST]
        left, top, right, bottom = box
        wide = min((right - left) / len(value), max(bottom - top, 1.0) * _NARROW) if len(value) > 1 else right - left
        for place, letter in enumerate(value):
            x0 = left + place * wide
            text = " " if letter in "\r\n" else letter
            chars.append(Char(text, x0, top, x0 + wide, bottom, "", (x0, top, x0 + wide, bottom)))
            places.append((item, place))
    if not chars:
        return None
    whole = replace(look, chars=[*look.chars, *chars], sideways=False)
    return Filled(visible(whole), len(look.chars), places)


def value_of(widget: Any) -> str:
    """The text that a field holds; of a list of choices the chosen ones."""
    value = holder_of(widget).get("/V")
    chosen = list(value) if isinstance(value, pikepdf.Array) else [value]
    return " ".join(str(one) for one in chosen if isinstance(one, pikepdf.String))


def _value(item: Any) -> str:
    subtype = item.get("/Subtype")
    if subtype == pikepdf.Name.FreeText:  # what people write on a form that has no fields
        return str(item.get("/Contents", ""))
    return value_of(item) if subtype == pikepdf.Name.Widget else ""


def _box(item: Any, page: pikepdf.Page) -> tuple[float, float, float, float] | None:
    """The field's box on the upright page, in points from its top left corner; None without one."""
    try:
        x0, y0, x1, y1 = (float(side) for side in item.Rect)
        left, bottom, right, top = (float(side) for side in page.cropbox)
        turned = int(page.rotation) % 360
    except (AttributeError, TypeError, ValueError, pikepdf.PdfError):
        return None
    wide, tall = right - left, top - bottom
    corners = []
    for x, y in ((x0 - left, top - y0), (x1 - left, top - y1)):
        corners.append({90: (tall - y, x), 180: (wide - x, tall - y), 270: (y, wide - x)}.get(turned, (x, y)))
    (ax, ay), (bx, by) = corners
    return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)
