"""`gongkai annual …`: the numbers of a year and what stands behind each, as the person who owns the machine."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from gongkai.compilations.packages.command import verify

if TYPE_CHECKING:
    from gongkai.agencies.models import Agency
    from gongkai.compilations.explain import Explained
    from gongkai.compilations.numbers import Numbers

app = typer.Typer(help="年报数字", no_args_is_help=True)
WRONG = 2
_SHOWN = 200
_SCOPE = Annotated[str, typer.Option(help="own 本机关，consolidated 本级汇总")]
_FORM = Annotated[str, typer.Option(help="表式 2019 或者 2021；不写则按年度")]
_JSON = Annotated[bool, typer.Option("--json", help="以 JSON 输出")]
_SIGNED = Annotated[bool, typer.Option("--signed", help="签发时固定的数字，不按现在的记录重算")]


@app.callback()
def annual() -> None:
    """年报数字：从台账算出每一格，每个数字都能打开。"""


@app.command("compile")
def compile_(
    agency: Annotated[str, typer.Argument(metavar="机关", help="机关全称")],
    year: Annotated[int, typer.Argument(metavar="年度")],
    scope: _SCOPE = "own",
    form: _FORM = "",
    signed: _SIGNED = False,
    as_json: _JSON = False,
) -> None:
    """从申请、复议诉讼和法定台账的记录算出一个年度的三张表。"""
    from gongkai.infra.start import prepare

    prepare()
    from gongkai.compilations.numbers import report_of

    found = _numbers(agency, year, scope, form, signed, as_json)
    wanting = _wanting(found)
    if as_json:
        typer.echo(json.dumps({
            "agency": found.agency.name, "year": year, "form": found.form, "scope": scope, "problems": wanting,
            "cells": {
                cell: {"value": _plain(figure.value), "records": figure.records}
                | ({"by_hand": True} if cell in found.by_hand else {})
                for cell, figure in found.cells.items()
            },
        }, ensure_ascii=False))
        return
    from gongkai.core.report.render.terminal import report_text

    for one in wanting:
        typer.echo(f"先补齐：{one['message']}", err=True)
    typer.echo(report_text(_origin(found), report_of(found)), nl=False)


@app.command("explain")
def explain_(
    agency: Annotated[str, typer.Argument(metavar="机关", help="机关全称")],
    year: Annotated[int, typer.Argument(metavar="年度")],
    cell: Annotated[str, typer.Argument(metavar="单元格", help="例如 t3.granted.natural")],
    scope: _SCOPE = "own",
    form: _FORM = "",
    signed: _SIGNED = False,
    as_json: _JSON = False,
) -> None:
    """列出一个数字后面的每一条记录，和计入它的规则。"""
    from gongkai.infra.start import prepare

    prepare()
    from gongkai.compilations.numbers import explained

    found = _numbers(agency, year, scope, form, signed, as_json, cell)
    told = explained(found, cell, limit=None if as_json else _SHOWN)
    if as_json:
        typer.echo(json.dumps(_told(found, told), ensure_ascii=False))
    else:
        typer.echo(_text(told))


app.command("verify")(verify)


def _numbers(
    agency: str, year: int, scope: str, form: str, signed: bool, as_json: bool, cell: str | None = None,
) -> Numbers:
    """What was asked for, or one sentence and exit 2."""
    from gongkai.compilations.numbers import numbers
    from gongkai.core.errors import Refused

    try:
        found = numbers(_agency(agency), year, scope, form_id=form, signed=signed)
        if cell is not None and cell not in found.cells:
            raise Refused("no-such-cell", "%(form)s年格式的表里没有单元格 %(cell)s；单元格写作 t3.granted.natural",
                          form=found.form, cell=cell)
    except Refused as refused:
        _fail(as_json, refused.code, refused.message)
    return found


def _wanting(found: Numbers) -> list[dict[str, Any]]:
    """What the records lack: some of it is counted nowhere until it is mended. Frozen numbers lack nothing any more."""
    from gongkai.compilations.problems import problems
    from gongkai.compilations.reach import reach

    if found.signing is not None:
        return []
    of = found.compilation or reach(found.agency, found.year, found.scope)
    return [
        {"code": one.code, "count": one.count, "message": one.sentence, "records": [row.label for row in one.rows]}
        for one in problems(of)
    ]


def _origin(found: Numbers) -> str:
    """Where the numbers come from, in the place of a file's name."""
    if found.signing is not None:
        return f"（{found.signing.signed_on} 签发时固定的数字）"
    return "（按现在的记录计数）" + ("，其中有手工填报的数字" if found.by_hand else "")


def _agency(name: str) -> Agency:
    """In force by its name, else one that was abolished or renamed."""
    from gongkai.agencies.models import Agency
    from gongkai.core.errors import Refused

    rows = Agency.objects.filter(name=name)
    found = rows.filter(valid_to__isnull=True).first() or rows.order_by("-valid_to").first()
    found = found or Agency.objects.filter(former_names__name=name).order_by("-former_names__until").first()
    if found is None:
        raise Refused(
            "no-such-agency", "没有名为“%(name)s”的机关；请写全称，或者先用 gongkai agencies add 登记", name=name,
        )
    return found


def _told(found: Numbers, told: Explained) -> dict[str, Any]:
    said: dict[str, Any] = {
        "agency": found.agency.name, "year": found.year, "form": found.form, "cell": told.cell, "title": told.title,
        "value": _plain(told.value), "rule": told.rule,
        "records": [
            {"number": row.label, "source": str(row.source), "agency": row.agency, **_facts(row.facts, found.form)}
            | ({"sign": row.sign} if row.sign != 1 else {})
            for row in told.rows
        ],
    }
    if told.entered is not None:
        said["by_hand"] = {"source": told.entered.source}
    return said


def _facts(facts: Any, form: str) -> dict[str, Any]:
    """The facts of a record; with an outcome the row of table 三 in which it counts."""
    from gongkai.applications.figures import reading
    from gongkai.core.law.answers import ANSWERS, report_row

    told = {key: value for key, value in facts.items() if key not in {"agency", "state", "dispute"}}
    answer = told.get("answer_kind")
    return told | ({"row": report_row(answer, form, reading())} if answer in ANSWERS else {})


def _text(told: Explained) -> str:
    lines = [f"{told.title}　{_plain(told.value)}", f"规则　{told.rule}"]
    if told.entered is not None:
        lines.append(f"手工填报　来源：{told.entered.source}")
    lines += [
        "　".join(filter(None, (
            "－" if row.sign < 0 else "", row.label, row.agency, *(text for _head, text in row.columns),
        )))
        for row in told.rows
    ]
    if told.more:
        lines.append(f"共 {told.length} 条，以上 {len(told.rows)} 条；用 --json 看全部")
    elif told.length:
        lines.append(f"共 {told.length} 条")
    else:
        lines.append("没有记录")
    return "\n".join(lines)


def _plain(value: int | Decimal) -> int | float:
    """A JSON number: whole ones without a point."""
    return int(value) if value == int(value) else float(value)


def _fail(as_json: bool, code: str, message: str) -> NoReturn:
    if as_json:
        typer.echo(json.dumps({"error": {"code": code, "message": message}}, ensure_ascii=False))
    else:
        typer.echo(message, err=True)
    raise typer.Exit(WRONG)
