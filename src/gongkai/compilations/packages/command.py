"""`gongkai annual verify PACKAGE`: counts a published package again. Needs no database and no settings."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

if TYPE_CHECKING:
    from gongkai.compilations.packages.verify import Verdict

EQUAL, DIFFERENT, UNREADABLE = 0, 1, 2


def verify(
    package: Annotated[Path, typer.Argument(metavar="数据包", help="年报页面上下载的数据包（.zip）")],
    as_json: Annotated[bool, typer.Option("--json", help="以 JSON 输出")] = False,
) -> None:
    """用数据包里的记录把三张表重算一遍，逐格指出差别。

    退出码：0 全部相同，1 有差别或者文件被改动，2 不是数据包或者无法读取。
    """
    from gongkai.compilations.packages.verify import verify as recounted
    from gongkai.core.errors import ReadError

    try:
        verdict = recounted(package.read_bytes())
    except ReadError as error:
        _fail(as_json, error.code, error.message)
    except OSError:
        _fail(as_json, "no-such-file", f"打不开文件 {package}；请核对路径和权限。")
    typer.echo(json.dumps(_shape(verdict), ensure_ascii=False) if as_json else _text(verdict))
    raise typer.Exit(EQUAL if verdict.equal else DIFFERENT)


def _shape(verdict: Verdict) -> dict[str, object]:
    return {
        "agency": verdict.agency, "year": verdict.year, "form": verdict.form, "equal": verdict.equal,
        "cells": verdict.cells, "records": verdict.lines, "changed": list(verdict.changed),
        "differences": [
            {"cell": d.cell, "name": d.name, "told": _plain(d.told), "recounted": _plain(d.recounted)}
            for d in verdict.differences
        ],
    }


def _text(verdict: Verdict) -> str:
    said = [f"{verdict.agency} {verdict.year} 年度：{verdict.cells} 格，{verdict.lines} 条记录"]
    said += [
        f"不同　{d.name}（{d.cell}）：年报 {_plain(d.told)}，重算 {_plain(d.recounted)}" for d in verdict.differences
    ]
    said += [f"文件与校验值不符　{name}" for name in verdict.changed]
    if verdict.equal:
        said.append("重算的结果与年报完全相同")
    return "\n".join(map(_harmless, said))


def _harmless(line: str) -> str:
    """Without what a terminal would obey: a package is a stranger's."""
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in line)


def _plain(value: int | Decimal | None) -> int | float | None:
    """A JSON number: whole ones without a point."""
    if value is None:
        return None
    return int(value) if value == int(value) else float(value)


def _fail(as_json: bool, code: str, message: str) -> NoReturn:
    if as_json:
        typer.echo(json.dumps({"error": {"code": code, "message": message}}, ensure_ascii=False))
    else:
        typer.echo(message, err=True)
    raise typer.Exit(UNREADABLE)
