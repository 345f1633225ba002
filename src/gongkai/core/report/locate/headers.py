"""Column heads: from the label cells above the numbers to columns with keys.

A head is understood by its slots where spans say which label stands over which; else only if the labels come in
exactly the order in which the form prints them.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import pairwise

from gongkai.core.report.document import GridCell
from gongkai.core.report.forms import Label, all_forms
from gongkai.core.report.locate.align import Column
from gongkai.core.report.locate.labels import core, meaning, spell, spellings
from gongkai.core.report.locate.nearest import Candidate, allowed, edits, nearest

Keyed = tuple[GridCell, str]


def columns2(heads: Sequence[GridCell], labels: tuple[Label, ...]) -> list[Column]:
    """The columns of one block of table 二, those that could be understood; `heads` is the row beside 信息内容."""
    keys = assign(tuple([cell.text for cell in heads]), labels)
    return [
        Column(key, cell.col, cell.col + cell.colspan, spell(cell.text).unit)
        for cell, key in zip(heads, keys, strict=True) if key is not None
    ]


@lru_cache(maxsize=1024)
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
    if known and len(open_heads) == len(left) and all(map(_may_mean, [cores[i] for i in open_heads], left)):
        for i, label in zip(open_heads, left, strict=True):
            keys[i] = label.key
        return keys if _in_order(keys, labels) else [key if key in known else None for key in keys]
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


def _in_order(keys: Sequence[str | None], labels: Sequence[Label]) -> bool:
    order = [label.key for label in labels]
    positions = [order.index(key) for key in keys if key is not None]
    return positions == sorted(positions)


def columns3(heads: Sequence[GridCell]) -> list[Column] | None:
    """The seven columns of table 三, None when the head cannot be understood."""
    labels = all_forms()[-1].t3_columns
    known: list[Keyed] = []
    for cell in heads:
        key = _key3(cell)
        if key:
            known.append((cell, key))
    keys = [key for _, key in known]
    order = [label.key for label in labels]
    if sorted(keys) != sorted(order):
        return None
    if not _overlapping(known) and _under_their_group(known, heads):
        return _by_slot(known)
    if keys in (order, _printed_order3()):
        return [Column(key) for key in order]
    return None


def _key3(cell: GridCell) -> str | None:
    found = meaning(cell.text)
    if found is not None:
        return found.col3
    return nearest(spell(cell.text), _candidates3())


@cache
def _candidates3() -> tuple[Candidate, ...]:
    labels = all_forms()[-1].t3_columns
    groups = [Candidate("", ("申请人情况", "法人或其他组织", core(all_forms()[-1].t3_corner)))]
    return tuple([Candidate(label.key, spellings(label)) for label in labels] + groups)


@cache
def _printed_order3() -> list[str]:
    """Row by row: the columns with one label over both rows first, then those under 法人或其他组织."""
    labels = all_forms()[-1].t3_columns
    outer = [label.key for label in labels if label.path[0] != "法人或其他组织"]
    return outer + [label.key for label in labels if label.path[0] == "法人或其他组织"]


def _under_their_group(known: Sequence[Keyed], heads: Sequence[GridCell]) -> bool:
    """Where 法人或其他组织 is merged over its columns, exactly those stand under it."""
    for cell in heads:
        if cell.colspan > 1 and spell(cell.text).core.startswith("法人"):
            under = {key for head, key in known if cell.col <= head.col < cell.col + cell.colspan}
            return under == set(_printed_order3()[2:])
    return True


def columns4(heads: Sequence[GridCell]) -> list[Column] | None:
    """The fifteen columns of table 四 with keys GROUP.COLUMN, None when the head cannot be understood."""
    form = all_forms()[-1]
    leaves: list[Keyed] = []
    groups: list[Keyed] = []
    for cell in heads:
        found = meaning(cell.text)
        if found is not None and found.col4 is not None:
            leaves.append((cell, found.col4))
        elif found is not None and found.group4 is not None:
            groups.append((cell, found.group4))
        elif found is None:
            key = nearest(spell(cell.text), _candidates4())
            if key is not None and key.startswith("group "):
                groups.append((cell, key.removeprefix("group ")))
            elif key:
                leaves.append((cell, key))
    order = [label.key for label in form.t4_columns]
    group_order = [label.key for label in form.t4_groups]
    full = [f"{group}.{column}" for group in group_order for column in order]
    if len(leaves) != len(full):
        return None
    paths = [(cell, f"{group}.{key}") for cell, key in leaves if (group := _group_over(cell, groups)) is not None]
    if sorted(key for _, key in paths) == sorted(full) and not _overlapping(paths):
        return _by_slot(paths)
    if [key for _, key in leaves] == order * len(group_order) and [key for _, key in groups] == group_order:
        return [Column(key) for key in full]
    return None


@cache
def _candidates4() -> tuple[Candidate, ...]:
    form = all_forms()[-1]
    return tuple(
        [Candidate(label.key, spellings(label)) for label in form.t4_columns]
        + [Candidate(f"group {label.key}", spellings(label)) for label in form.t4_groups]
        + [Candidate("", ("行政诉讼",))]
    )


def _group_over(leaf: GridCell, groups: Sequence[Keyed]) -> str | None:
    over = [key for cell, key in groups if cell.row < leaf.row and cell.col <= leaf.col < cell.col + cell.colspan]
    return over[0] if len(over) == 1 else None


def _overlapping(known: Sequence[Keyed]) -> bool:
    cells = sorted((cell for cell, _ in known), key=lambda cell: cell.col)
    return any(a.col + a.colspan > b.col for a, b in pairwise(cells))


def _by_slot(known: Sequence[Keyed]) -> list[Column]:
    found = [Column(key, cell.col, cell.col + cell.colspan) for cell, key in known]
    return sorted(found, key=lambda column: column.start or 0)
