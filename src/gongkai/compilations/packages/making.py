"""A package put together: tables, anonymous records, the rules in words, how to count again, checksums."""

from __future__ import annotations

import csv
import hashlib
import io
import zipfile
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from gongkai.compilations.packages.anonymous import Counted, Line, lines
from gongkai.compilations.packages.shape import (
    COLUMNS,
    FORMAT,
    MEANING,
    READ_ME,
    RECORDS,
    RULE_COLUMNS,
    RULES,
    SUMS,
    TABLES,
)
from gongkai.core.report.model import Number
from gongkai.core.report.render.labels import cell_title
from gongkai.core.report.writers.as_json import dumps
from gongkai.core.report.writers.csv_columns import guard

_EPOCH = (1980, 1, 1, 0, 0, 0)  # equal reports give equal packages


@dataclass(frozen=True, slots=True)
class Told:
    """What a package says of its report: whose, of which year, with which numbers."""

    agency: str
    year: int
    form: str
    scope: str
    cells: Mapping[str, Number]
    rules: Mapping[str, str]
    signed_on: date | None = None
    signing: int | None = None
    digest: str = ""
    more: Mapping[str, Any] = field(default_factory=dict)


def package(told: Told, records: Iterable[Counted]) -> bytes:
    """The package as the bytes of a zip file; the same report and records give the same bytes."""
    kept = lines(records, told.year)
    files = {TABLES: _tables(told)}
    files |= {name: _records(name, kept.get(name, Counter())) for name in RECORDS if kept.get(name)}
    files[RULES] = _csv(RULE_COLUMNS, ((cell, cell_title(cell, told.form), rule) for cell, rule in told.rules.items()))
    files[READ_ME] = _read_me(told, list(files))
    files[SUMS] = "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in files.items()).encode()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return packed.getvalue()


def _tables(told: Told) -> bytes:
    shape = {
        "format": FORMAT, "agency": told.agency, "year": told.year, "form": told.form, "scope": told.scope,
        "signed_on": told.signed_on.isoformat() if told.signed_on else None, "signing": told.signing,
        "digest": told.digest or None, **told.more, "cells": dict(told.cells),
    }
    return (dumps(shape, indent=2) + "\n").encode()


def _records(name: str, kept: Counter[Line]) -> bytes:
    """The lines in order of what they hold, numbered."""
    return _csv(COLUMNS[name], ((str(at), *line) for at, line in enumerate(sorted(kept.elements()), start=1)))


def _csv(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(heads)
    writer.writerows([guard(text) for text in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _read_me(told: Told, files: list[str]) -> bytes:
    parts = [
        f"{told.agency}{told.year}年政府信息公开工作年度报告的数据包", "",
        "谁都可以用这里的记录把年报的三张表重新算一遍。",
        "tables.json 是年报里的数；各个 .csv 是这些数后面的记录，一行一条；rules.csv 是每一格的计数规则。",
        "记录已经去掉登记号、日期、机关和所有文字，只留下规则要看的内容；"
        "行按内容排序，序号只是行号，与登记先后无关。", "",
        "怎样重新计算",
        "一、表三：每行申请按“申请人类型”归列；“本年新收”“上年结转”“结转下年”为 1 的各计 1 件，"
        "“办理结果”写哪一行就在哪一行计 1 件。",
        "二、表四：每行案件在“类别”和“结果”交叉的一格计 1 件。",
        "三、表二：每行文件、决定、收费在所写的列计 1 件；计入金额的，把“金额（元）”加起来"
        + ("，再除以 10000 得万元。" if told.form == "2021" else "。"),
        "四、given.csv 中的数没有逐条记录，直接加到所写的单元格。",
        "五、各项总计由分项相加得出：每行总计等于六类申请人之和，（七）总计等于各办理结果之和，表四总计等于四种结果之和。",
        "也可以安装 gongkai 后运行：gongkai annual verify 数据包.zip；相同则以 0 退出，有差别则逐格指出。",
        "SHA256SUMS 是各文件的校验值，可以用 sha256sum -c SHA256SUMS 核对。", "", "各列的意思",
    ]
    for name in (one for one in RECORDS if one in files):
        parts.append(name)
        parts += [f"  {column}：{meaning}" for column, meaning in MEANING[name].items()]
    return ("\r\n".join(parts) + "\r\n").encode("utf-8-sig")
