"""A package held against itself: its records counted again, its checksums computed again. No Django, no database."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import lzma
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from gongkai.compilations.packages.recount import exact, recount
from gongkai.compilations.packages.shape import COLUMNS, FORMAT, RECORDS, SUMS, TABLES
from gongkai.core.errors import ReadError
from gongkai.core.report.forms import FORM_IDS, form
from gongkai.core.report.model import Number
from gongkai.core.report.readers.limits.container import open_zip, read_member
from gongkai.core.report.render.labels import cell_title
from gongkai.core.report.writers.csv_columns import unguard

_MOST = 512 * 1024 * 1024  # bytes of one file when unpacked, as for all of them together
# What a line can be besides a number that no form knows: bytes that do not unpack, a field without end, a secret.
_GARBLED = (
    KeyError, ValueError, ArithmeticError, TypeError, AttributeError, RuntimeError, OSError, EOFError, csv.Error,
    zipfile.BadZipFile, zlib.error, lzma.LZMAError,
)


@dataclass(frozen=True, slots=True)
class Difference:
    """A cell that the records do not give. `told` is None for a cell that the tables lack; a blank counts nothing."""

    cell: str
    name: str
    told: Number | None
    recounted: Number


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came out: whose package, the cells that differ, the files that are not those of the checksums."""

    agency: str
    year: int
    form: str
    cells: int
    lines: int
    differences: tuple[Difference, ...]
    changed: tuple[str, ...]

    @property
    def equal(self) -> bool:
        """Every number comes out and every file is as it was published."""
        return not self.differences and not self.changed


def verify(data: bytes) -> Verdict:
    """Count a package again. Raises ReadError for what is no package, or one that is cut off or garbled."""
    with open_zip(data) as opened:
        names = set(opened.namelist())
        if TABLES not in names:
            raise ReadError("no-package", "文件不是年报数据包：里面没有 tables.json；请提供年报页面上下载的数据包。")
        tables = _tables(opened)
        counted = _Lines(opened, names)
        try:
            values = recount({name: counted.of(name) for name in RECORDS}, tables["form"])
        except _GARBLED as error:
            raise ReadError(
                "package-garbled", f"数据包的 {counted.at} 第 {counted.line} 行不合规则，没有算完；请重新下载数据包。",
            ) from error
        changed = tuple(_changed(opened, names))
    told = tables["cells"]
    differences = tuple(
        Difference(cell, cell_title(cell, tables["form"]), told.get(cell), value)
        for cell, value in values.items() if told.get(cell, 0) != value
    )
    return Verdict(
        tables["agency"], tables["year"], tables["form"], len(values), counted.total, differences, changed,
    )


def _tables(opened: zipfile.ZipFile) -> dict[str, Any]:
    data = read_member(opened, TABLES)
    try:
        shape: dict[str, Any] = json.loads(data.decode("utf-8-sig"), parse_float=Decimal, parse_constant=_no_number)
        known = shape["format"] == FORMAT and shape["form"] in FORM_IDS
        cells = {cell: exact(value) for cell, value in shape["cells"].items() if value is not None}
        whole = {cell for cell in cells if cell in form(shape["form"]).cells} == set(cells) if known else False
        if not isinstance(shape["year"], int) or not isinstance(shape["agency"], str):
            raise TypeError(TABLES)
    except (ValueError, KeyError, TypeError, AttributeError, ArithmeticError, RecursionError) as error:
        raise ReadError("package-broken", "数据包的 tables.json 不完整，没有核对；请重新下载数据包。") from error
    if not known or not whole:
        raise ReadError("package-foreign", "数据包的格式不是这个版本的程序认识的，没有核对；请升级程序后再试。")
    return shape | {"cells": cells}


def _no_number(word: str) -> None:
    """NaN and Infinity, which Python reads and JSON does not know."""
    raise ValueError(word)


class _Lines:
    """The lines of each file by column; knows where it is, so that a garbled line can be named."""

    def __init__(self, opened: zipfile.ZipFile, names: set[str]) -> None:
        self._opened, self._names = opened, names
        self.at, self.line, self.total = "", 0, 0

    def of(self, name: str) -> Iterator[dict[str, str]]:
        """The lines of a file; none where the package has no such file."""
        if name not in self._names:
            return
        with self._opened.open(name) as raw:
            rows = csv.DictReader(io.TextIOWrapper(raw, "utf-8-sig", newline=""), restval="")
            self.at, self.line = name, 1
            if tuple(rows.fieldnames or ()) != COLUMNS[name]:
                raise ValueError(name)
            for row in rows:
                self.line += 1
                self.total += 1
                yield {column: unguard(text) for column, text in row.items()}


def _changed(opened: zipfile.ZipFile, names: set[str]) -> Iterator[str]:
    """Files whose checksum is another, that are gone, or that nobody put there."""
    if SUMS not in names:
        yield SUMS
        return
    told: dict[str, str] = {}
    for line in read_member(opened, SUMS).decode("utf-8", "replace").splitlines():
        digest, _gap, name = line.partition("  ")
        told[name] = digest
    for name, digest in told.items():
        if name not in names or hashlib.sha256(read_member(opened, name, _MOST)).hexdigest() != digest:
            yield name
    yield from sorted(names - set(told) - {SUMS})
