"""Cells of many versions added up as core.report.rollup adds up reports, without bringing every cell into memory.

What a sum of members is, the core says. A city of 2,000 reports is 400,000 cells, so counts are added in the
database, one query for each combination of forms; what needs the core's judgement, which is amounts with their units
and the one row of 其他处理, is fetched and given to the core's own functions. A property test holds the two equal.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from django.db.models import Count, Sum

from gongkai.annual_reports.models import FiledCell
from gongkai.annual_reports.readings import exact
from gongkai.annual_reports.rules import RolledCell
from gongkai.core.report import conversion
from gongkai.core.report.forms import CellSpec, all_forms, cell_specs
from gongkai.core.report.model import Cell, Report, Status

AMOUNTS = tuple(spec.id for form in all_forms() for spec in form.cells.values() if spec.kind == "amount")
PARTS = tuple(f"t3.{row}.{cell_id.split('.')[2]}" for row in conversion.OTHER_PARTS for cell_id in conversion.ONE_ROW)


def add_up(forms: Mapping[int, Mapping[str, str]], *, one_row: bool = False) -> dict[str, RolledCell]:
    """The sums over versions, given the forms of each; every cell that any of them has, in printed order.

    `one_row` asks for 其他处理 as one row even where no member has it so.
    """
    cells = {cell_id: RolledCell(cell_id) for cell_id in conversion.united(forms.values(), one_row=one_row)}
    alike: dict[tuple[tuple[str, str], ...], list[int]] = {}
    for version, its_forms in forms.items():
        alike.setdefault(tuple(sorted(its_forms.items())), []).append(version)
    for group, versions in alike.items():
        _add_group(cells, dict(group), versions)
    return cells


def one_rows(versions: Iterable[int]) -> dict[int, dict[str, Cell]]:
    """For versions with three rows of 其他处理: the cells of the one row that they add up to."""
    parts: dict[int, dict[str, Cell]] = {version: {} for version in versions}
    rows = FiledCell.objects.filter(version_id__in=list(parts), cell__in=PARTS)
    for version, cell_id, status, value, raw in rows.values_list("version_id", "cell", "status", "value", "raw"):
        parts[version][cell_id] = Cell(cell_id, Status(status), None if value is None else exact(value), raw)
    return {
        version: {
            cell_id: conversion.one_row_cell(Report(forms={"t3": "2021"}, cells=held), cell_id)
            for cell_id in conversion.ONE_ROW
        }
        for version, held in parts.items()
    }


def in_wan(cell_id: str, value: Decimal, unit: str, forms: Mapping[str, str]) -> Cell:
    """A filed number as the core adds it; unreadable as an amount when nobody wrote its unit."""
    spec = cell_specs(tuple(sorted(forms.items())))[cell_id]
    return conversion.in_wan(Cell(cell_id, Status.VALUE, exact(value), None, unit or None), spec)


def _add_group(cells: dict[str, RolledCell], forms: dict[str, str], versions: list[int]) -> None:
    specs = cell_specs(tuple(sorted(forms.items())))
    seen = dict.fromkeys(cells, 0)
    for cell_id, status, value, times in (*_counts(versions), *_amounts(versions, forms, specs)):
        if cell_id not in specs:
            continue
        seen[cell_id] += times
        if status == "no-unit":
            cells[cell_id].no_unit += times
        else:
            cells[cell_id].add(status, None if value is None else exact(Decimal(value)), times)
    derives = conversion.ONE_ROW[0] in cells and forms.get("t3", "2019") != "2019"
    if derives:
        _derive(cells, versions)
    for cell_id, rolled in cells.items():
        if derives and cell_id in conversion.ONE_ROW:
            continue
        # What a member's form has not is another form's; what its form has and its file has not is missing, not zero.
        if cell_id in specs or cell_id.split(".")[0] not in forms:
            rolled.missing += len(versions) - seen[cell_id]
        else:
            rolled.other_form += len(versions)


def _derive(cells: dict[str, RolledCell], versions: list[int]) -> None:
    for row in one_rows(versions).values():
        for cell_id, cell in row.items():
            cells[cell_id].add(cell.status, cell.value)
            cells[cell_id].derived = True


def _counts(versions: list[int]) -> Iterable[tuple[str, str, Decimal | None, int]]:
    rows = FiledCell.objects.filter(version_id__in=versions).exclude(cell__in=AMOUNTS).order_by()
    return rows.values_list("cell", "status").annotate(total=Sum("value"), times=Count("pk"))


def _amounts(
    versions: list[int], forms: dict[str, str], specs: dict[str, CellSpec],
) -> Iterable[tuple[str, str, Decimal | None, int]]:
    rows = FiledCell.objects.filter(version_id__in=versions, cell__in=[a for a in AMOUNTS if a in specs])
    for cell_id, status, value, unit in rows.values_list("cell", "status", "value", "unit"):
        if value is None:
            yield cell_id, status, None, 1
            continue
        cell = in_wan(cell_id, value, unit, forms)
        yield cell_id, cell.status if cell.value is not None else "no-unit", cell.value, 1
