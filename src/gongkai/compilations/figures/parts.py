"""Which cells a sum is made of. A record stands in cells that are no sums; a sum's list is the union of its parts."""

from __future__ import annotations

from functools import cache

from gongkai.core.report.forms import form

_SUMS = frozenset({"C2", "C3", "C4"})


@cache
def parts(form_id: str, cell: str) -> tuple[str, ...]:
    """The cells without parts of their own that a cell adds up; the cell itself where it is no sum. Raises KeyError
    for a cell that the form has not."""
    if cell not in form(form_id).cells:
        raise KeyError(cell)
    below = _sums(form_id).get(cell)
    if below is None:
        return (cell,)
    return tuple(part for one in below for part in parts(form_id, one))


@cache
def base_cells(form_id: str) -> tuple[str, ...]:
    """The cells of a form that are no sums, in printed order."""
    return tuple(cell for cell in form(form_id).cells if cell not in _sums(form_id))


@cache
def _sums(form_id: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for identity in form(form_id).identities:
        if identity.rule in _SUMS:
            # The corner of table 三 is a sum by row and by column; either way it has the same parts.
            found.setdefault(identity.left[0], identity.right)
    return found
