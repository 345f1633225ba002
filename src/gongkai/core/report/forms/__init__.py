"""The statutory forms as data: which cells exist, under which labels, and which sums must hold.

A form is a TOML file beside this module; a new yearly form is a new file and no code.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import NamedTuple

FORM_IDS = ("2019", "2021")
TABLES = ("t2", "t3", "t4")


class CellSpec(NamedTuple):
    """One cell of a form. `rows` and `columns` are label paths from the outside in; `kind` is count, change or
    amount; `unit` is the unit that the form's own header fixes, else None."""

    id: str
    table: str
    row: str
    column: str
    kind: str
    unit: str | None = None


class Label(NamedTuple):
    """A row or column head: its key in cell ids, its path of labels, shortenings seen in real reports."""

    key: str
    path: tuple[str, ...]
    variants: tuple[str, ...] = ()
    kind: str = "count"
    unit: str | None = None
    article: str = ""

    @property
    def text(self) -> str:
        """The innermost label, the one that stands beside the numbers."""
        return self.path[-1]


class Block(NamedTuple):
    """A block of table 二: its head (第二十条第…项), its columns and its rows."""

    head: str
    columns: tuple[Label, ...]
    rows: tuple[Label, ...]


class Identity(NamedTuple):
    """Σ left = Σ right over cell ids; `rule` is C1…C4, `subject` the row or column it speaks of."""

    rule: str
    table: str
    each: str
    subject: str
    left: tuple[str, ...]
    right: tuple[str, ...]


class Form(NamedTuple):
    """A statutory form. `cells` keeps the order in which the form prints them."""

    id: str
    notice: str
    first_year: int
    last_year: int | None
    sections: tuple[str, ...]
    blocks: tuple[Block, ...]
    t3_corner: str
    t3_columns: tuple[Label, ...]
    t3_rows: tuple[Label, ...]
    t4_groups: tuple[Label, ...]
    t4_columns: tuple[Label, ...]
    cells: dict[str, CellSpec]
    identities: tuple[Identity, ...]

    def table(self, table: str) -> list[CellSpec]:
        """The cells of one table ("t2", "t3", "t4") in printed order."""
        return [spec for spec in self.cells.values() if spec.table == table]


@cache
def form(form_id: str) -> Form:
    """Load a form by its id. Raises KeyError for an unknown one."""
    if form_id not in FORM_IDS:
        raise KeyError(form_id)
    data = tomllib.loads(Path(__file__).with_name(f"{form_id}.toml").read_text("utf-8"))
    blocks = tuple(
        Block(b["head"], tuple(map(_label, b["columns"])), tuple(map(_label, b["rows"])))
        for b in data["t2"]["block"]
    )
    t3_columns = tuple(map(_label, data["t3"]["columns"]))
    t3_rows = tuple(map(_label, data["t3"]["rows"]))
    t4_groups = tuple(map(_label, data["t4"]["groups"]))
    t4_columns = tuple(map(_label, data["t4"]["columns"]))
    cells = [
        CellSpec(f"t2.{row.key}.{col.key}", "t2", row.key, col.key, col.kind, col.unit)
        for block in blocks for row in block.rows for col in block.columns
    ]
    cells += [CellSpec(f"t3.{r.key}.{c.key}", "t3", r.key, c.key, "count") for r in t3_rows for c in t3_columns]
    cells += [CellSpec(f"t4.{g.key}.{c.key}", "t4", g.key, c.key, "count") for g in t4_groups for c in t4_columns]
    rows = {"t3": [r.key for r in t3_rows], "t4": [g.key for g in t4_groups]}
    columns = {"t3": [c.key for c in t3_columns], "t4": [c.key for c in t4_columns]}
    return Form(
        id=data["id"], notice=data["notice"], first_year=data["first_year"], last_year=data.get("last_year"),
        sections=tuple(data["sections"]), blocks=blocks, t3_corner=data["t3"]["corner"],
        t3_columns=t3_columns, t3_rows=t3_rows, t4_groups=t4_groups, t4_columns=t4_columns,
        cells={spec.id: spec for spec in cells},
        identities=tuple(i for spec in data["identity"] for i in _identities(spec, rows, columns)),
    )


@cache
def all_forms() -> tuple[Form, ...]:
    """Every form, oldest first."""
    return tuple(form(form_id) for form_id in FORM_IDS)


def form_for_year(year: int) -> Form:
    """The form that the notices prescribe for a report year (C13)."""
    fitting = [f for f in all_forms() if f.first_year <= year and (f.last_year is None or year <= f.last_year)]
    return fitting[0] if fitting else all_forms()[0]


@cache
def cell_specs(forms: tuple[tuple[str, str], ...]) -> dict[str, CellSpec]:
    """The cells of a report whose tables follow different forms: (("t2", "2021"), ("t3", "2019")) and table 四."""
    chosen = dict(forms)
    specs = [s for t in ("t2", "t3") if t in chosen for s in form(chosen[t]).table(t)]
    specs += form(FORM_IDS[-1]).table("t4")
    return {spec.id: spec for spec in specs}


def _label(data: dict) -> Label:  # type: ignore[type-arg]
    return Label(
        key=data["key"], path=tuple(data.get("path") or [data["label"]]), variants=tuple(data.get("variants", ())),
        kind=data.get("kind", "count"), unit=data.get("unit"), article=data.get("article", ""),
    )


def _identities(spec: dict, rows: dict, columns: dict):  # type: ignore[type-arg, no-untyped-def]
    table = spec["table"]
    subjects = columns[table] if spec["each"] == "column" else rows[table]
    for subject in subjects:
        def ids(keys: list[str], subject: str = subject) -> tuple[str, ...]:
            if spec["each"] == "column":
                return tuple(f"{table}.{key}.{subject}" for key in keys)
            return tuple(f"{table}.{subject}.{key}" for key in keys)
        yield Identity(spec["rule"], table, spec["each"], subject, ids(spec["left"]), ids(spec["right"]))
