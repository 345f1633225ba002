"""Column heads: from the label cells above the numbers to columns with keys.

A head is understood by its slots where spans say which label stands over which; else only if the labels come in
exactly the order in which the form prints them. A label that says nothing is given the one key that is left.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from gongkai.core.report.document import GridCell
from gongkai.core.report.forms import Label, all_forms
from gongkai.core.report.locate.align import Column
from gongkai.core.report.locate.labels import core, meaning, spell, spellings
from gongkai.core.report.locate.nearest import Candidate, allowed, edits, nearest

_ORGANISATIONS = "法人或其他组织"


class Head(NamedTuple):
    """A label cell above the numbers, as far as it says which column stands where; `row` counts from the first head."""

    text: str
    row: int
    col: int
    colspan: int


Keyed = tuple[Head, str]


def columns_below(table: int, cells: Sequence[GridCell]) -> Sequence[Column] | None:
    """The columns of table 3 or 4 below these label cells, None when they cannot be understood."""
    top = cells[0].row
    heads = tuple([Head(cell.text, cell.row - top, cell.col, cell.colspan) for cell in cells])
    return _columns3(heads) if table == 3 else _columns4(heads)


def assign(texts: tuple[str, ...], labels: tuple[Label, ...]) -> list[str | None]:
    """A key for each head, None for one that stays unknown.

    Heads whose words are known come first. The rest is taken in the form's order only if exactly as many labels
    are left, at least one head was known, and each head fits the label at its turn: 本年新 · 本年新 · 对外公开总数量.
    """
    cores = [spell(text).core for text in texts]
    keys: list[str | None] = [_exact(text, labels) for text in cores]
    known = [key for key in keys if key is not None]
    if len(set(known)) != len(known):
        return [None] * len(keys)
    open_heads = [i for i, key in enumerate(keys) if key is None]
    left = [label for label in labels if label.key not in known]
    if not open_heads or not left:
        return keys
    by_turn = dict(zip(open_heads, left, strict=False))
    fitting = all(_may_mean(cores[i], label) for i, label in by_turn.items())
    if known and len(open_heads) == len(left) and (fitting or (len(left) == 1 and _says_nothing(texts, by_turn))):
        turned = [by_turn[i].key if i in by_turn else key for i, key in enumerate(keys)]
        return turned if _in_order(turned, labels) else keys
    for i in open_heads:
        key = nearest(spell(texts[i]), [Candidate(label.key, spellings(label)) for label in left])
        keys[i] = key if key not in keys else None
    return keys


def _exact(text: str, labels: Sequence[Label]) -> str | None:
    for label in labels:
        if text in spellings(label):
            return label.key
    return None


def _may_mean(text: str, label: Label) -> bool:
    return bool(text) and any(s.startswith(text) or edits(text, s) <= allowed(len(text)) for s in spellings(label))


def _says_nothing(texts: Sequence[str], open_heads: dict[int, Label]) -> bool:
    """No open head is the known label of something else."""
    return all(meaning(texts[i]) is None for i in open_heads)


def _in_order(keys: Sequence[str | None], labels: Sequence[Label]) -> bool:
    order = [label.key for label in labels]
    positions = [order.index(key) for key in keys if key is not None]
    return positions == sorted(positions)


def unrepeated(heads: Sequence[GridCell]) -> tuple[GridCell, ...]:
    """Heads of one row; a known label written into each slot that it once was merged over is one head again."""
    found: list[GridCell] = []
    for cell in heads:
        last = found[-1] if found else None
        again = last is not None and cell.text == last.text and cell.col == last.col + last.colspan
        if last is not None and again and meaning(cell.text) is not None:
            found[-1] = replace(last, colspan=last.colspan + cell.colspan)
        else:
            found.append(cell)
    return tuple(found)


# Nearly all offices use one of a few heads; few are kept, because a head may be a text of any length.
@lru_cache(maxsize=64)
def _columns3(heads: tuple[Head, ...]) -> Sequence[Column] | None:
    """The seven columns of table 三."""
    order = [label.key for label in all_forms()[-1].t3_columns]
    leaves, over = _read3(heads)
    if len(leaves) != len(order):
        leaves = _once(leaves)
    if len(leaves) != len(order):
        return None
    if not _overlapping(leaves):
        leaves = sorted(leaves, key=lambda leaf: leaf[0].col)
        keys = [key for _, key in leaves]
        if _fits(keys, order) or (sorted(keys) == sorted(order) and _spans_agree(leaves, over)):
            return _by_slot(_completed(leaves, order), order)
    keys = [key for _, key in _read3(heads)[0]]
    if _fits(keys, order) or _fits(keys, _printed_order3()):
        return [Column(key, rank) for rank, key in enumerate(order)]
    return None


def _read3(heads: Sequence[Head]) -> tuple[list[Keyed], list[Head]]:
    """Column heads in file order, with key "" for one that says nothing, and the heads of 法人或其他组织.

    The corner is left out, also one with words of its own, and so is 申请人情况.
    """
    leaves: list[Keyed] = []
    over: list[Head] = []
    for turn, cell in enumerate(heads):
        found = meaning(cell.text)
        key = found.col3 if found is not None else nearest(spell(cell.text), _candidates3())
        if key:
            leaves.append((cell, key))
        elif found is None and key is None and turn > 0:
            leaves.append((cell, ""))
        elif spell(cell.text).core.startswith("法人"):
            over.append(cell)
    return leaves, over


def _once(leaves: Sequence[Keyed]) -> list[Keyed]:
    """Each head once where it is written again in the slot below, into which it once was merged."""
    found: dict[tuple[int, str], Keyed] = {}
    for cell, key in leaves:
        found.setdefault((cell.col, key), (cell, key))
    return list(found.values())


def _fits(keys: Sequence[str], order: Sequence[str]) -> bool:
    """The keys are those of the form in its order; one head that says nothing may take the place that is left."""
    return len(keys) == len(order) and keys.count("") <= 1 and all(
        key in ("", wanted) for key, wanted in zip(keys, order, strict=True)
    )


def _completed(leaves: Sequence[Keyed], order: Sequence[str]) -> list[Keyed]:
    return [(cell, key or order[turn]) for turn, (cell, key) in enumerate(leaves)]


@cache
def _candidates3() -> tuple[Candidate, ...]:
    form = all_forms()[-1]
    groups = Candidate("", ("申请人情况", _ORGANISATIONS, core(form.t3_corner)))
    return (*[Candidate(label.key, spellings(label)) for label in form.t3_columns], groups)


@cache
def _organisations() -> frozenset[str]:
    return frozenset(label.key for label in all_forms()[-1].t3_columns if label.path[0] == _ORGANISATIONS)


@cache
def _printed_order3() -> list[str]:
    """Row by row: the columns with one label over both rows first, then those under 法人或其他组织."""
    keys = [label.key for label in all_forms()[-1].t3_columns]
    return sorted(keys, key=lambda key: key in _organisations())


def _spans_agree(leaves: Sequence[Keyed], over: Sequence[Head]) -> bool:
    """Slots can be trusted for columns in another order: 法人或其他组织 spans just its own columns."""
    return all(
        {key for head, key in leaves if cell.col <= head.col < cell.col + cell.colspan} == _organisations()
        for cell in over
    )


@lru_cache(maxsize=64)
def _columns4(heads: tuple[Head, ...]) -> Sequence[Column] | None:
    """The fifteen columns of table 四 with keys GROUP.COLUMN."""
    form = all_forms()[-1]
    order = [label.key for label in form.t4_columns]
    group_order = [label.key for label in form.t4_groups]
    full = [f"{group}.{column}" for group in group_order for column in order]
    leaves, groups = _read4(heads)
    if len(leaves) != len(full):
        leaves = _once(leaves)
    if len(leaves) != len(full):
        return None
    group_keys = [key for _, key in groups]
    if _fits(group_keys, group_order):
        groups = _completed(groups, group_order)
    paths = _paths4(leaves, groups, order)
    if sorted(key for _, key in paths) == sorted(full) and not _overlapping(paths):
        return _by_slot(paths, full)
    keys = [key for _, key in leaves]
    parts = [keys[at:at + len(order)] for at in range(0, len(keys), len(order))]
    if group_keys == group_order and all(_fits(part, order) for part in parts):
        return [Column(key, rank) for rank, key in enumerate(full)]
    return None


def _read4(heads: Sequence[Head]) -> tuple[list[Keyed], list[Keyed]]:
    """Column heads and group heads, with key "" for those that say nothing; only groups span columns."""
    leaves: list[Keyed] = []
    groups: list[Keyed] = []
    for cell in heads:
        found = meaning(cell.text)
        if found is None:
            key = nearest(spell(cell.text), _candidates4()) or ""
            if key in _candidate_groups() or (not key and cell.colspan > 1):
                groups.append((cell, key))
            elif key != _LAWSUITS:
                leaves.append((cell, key))
        elif found.col4 is not None:
            leaves.append((cell, found.col4))
        elif found.group4 is not None:
            groups.append((cell, found.group4))
    return leaves, groups


_LAWSUITS = "行政诉讼"


@cache
def _candidate_groups() -> frozenset[str]:
    return frozenset(label.key for label in all_forms()[-1].t4_groups)


@cache
def _candidates4() -> tuple[Candidate, ...]:
    form = all_forms()[-1]
    own = [Candidate(label.key, spellings(label)) for label in (*form.t4_columns, *form.t4_groups)]
    return (*own, Candidate(_LAWSUITS, (_LAWSUITS,)))


def _paths4(leaves: Sequence[Keyed], groups: Sequence[Keyed], order: Sequence[str]) -> list[Keyed]:
    """Each column head with the group above it; in a group with one unknown head, that head gets the key left over."""
    under: dict[str, list[Keyed]] = {}
    for cell, key in leaves:
        above = [(head, group) for head, group in groups if head.row < cell.row]
        over = [group for head, group in above if head.col <= cell.col < head.col + head.colspan]
        if len(over) == 1:
            under.setdefault(over[0], []).append((cell, key))
    paths: list[Keyed] = []
    for group, own in under.items():
        own.sort(key=lambda leaf: leaf[0].col)
        keys = [key for _, key in own]
        complete = _completed(own, order) if _fits(keys, order) else own
        paths += [(cell, f"{group}.{key}") for cell, key in complete]
    return paths


def _overlapping(known: Sequence[Keyed]) -> bool:
    cells = sorted((cell for cell, _ in known), key=lambda cell: cell.col)
    return any(a.col + a.colspan > b.col for a, b in pairwise(cells))


def _by_slot(known: Sequence[Keyed], order: Sequence[str]) -> list[Column]:
    found = [Column(key, order.index(key), cell.col, cell.col + cell.colspan) for cell, key in known]
    return sorted(found, key=lambda column: column.start or 0)
