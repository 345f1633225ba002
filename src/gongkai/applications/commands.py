"""`gongkai applications …`: the register from the command line, as the person who owns the machine."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

app = typer.Typer(help="申请登记台账", no_args_is_help=True)
SHOWN = 20


@app.callback()
def applications() -> None:
    """申请登记台账。"""


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="申请登记台账，.xlsx 或 .csv", exists=True, dir_okay=False)],
    agency: Annotated[str, typer.Option(help="机关全称")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只检查，不写入")] = False,
    skip_refused: Annotated[bool, typer.Option("--skip-refused", help="跳过有问题的行，导入其余")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="以 JSON 输出")] = False,
) -> None:
    """从表格导入申请登记台账。有一行不能导入就全部不写入，除非选择跳过。"""
    from gongkai.infra.start import prepare

    prepare()
    from django.db.models import F
    from django.utils import timezone

    from gongkai.accounts.actor import machine
    from gongkai.agencies.models import Agency
    from gongkai.applications import registering
    from gongkai.applications.actions.sheets import take_over
    from gongkai.core.errors import ReadError, Refused

    # An abolished agency has a register too: the year's report of its successor counts it.
    where = Agency.objects.filter(name=agency).order_by(F("valid_to").desc(nulls_first=True)).first()
    if where is None:
        _fail(as_json, "no-such-agency", f"没有名为“{agency}”的机关；请写全称，或者先用 gongkai agencies add 登记", 2)
    try:
        looked = registering.look(where, file.read_bytes(), file.name, today=timezone.localdate())
    except ReadError as error:
        _fail(as_json, error.code, f"{file.name}：{error.message}", 2)
    imported, code = 0, 0
    if dry_run:
        imported = 0 if looked.refused and not skip_refused else len(looked.entries)
    else:
        try:
            imported = take_over(by=machine("命令行"), looked=looked, at=timezone.now(), skip_refused=skip_refused).rows
        except Refused as refused:
            if refused.code not in {"rows-refused", "nothing-to-import"}:
                _fail(as_json, refused.code, refused.message, 1)
    if looked.refused and not skip_refused:
        code = 1
    if as_json:
        typer.echo(json.dumps({
            "imported": imported, "refused": [_said(problem) for problem in looked.refused],
            "remarks": [_said(problem) for problem in looked.remarks], "notes": [*looked.alerts, *looked.notes],
            "dry_run": dry_run,
        }, ensure_ascii=False))
    else:
        _tell(looked, imported, dry_run=dry_run)
    raise typer.Exit(code)


@app.command("template")
def template(file: Annotated[Path, typer.Argument(help="要写的 .xlsx 文件")]) -> None:
    """写出一张空的申请登记台账，带下拉选项和填写说明。"""
    from gongkai.core.registers.template import template_xlsx

    file.write_bytes(template_xlsx())
    typer.echo(f"已写出 {file}")


def _said(problem: Any) -> dict[str, object]:
    return {
        "row": problem.row, "number": problem.number, "field": problem.field, "code": problem.code,
        "message": problem.message, **({"sheet": problem.sheet} if problem.sheet else {}),
    }


def _place(problem: Any) -> str:
    where = f"工作表“{problem.sheet}”" if problem.sheet else ""
    return f"{where}第 {problem.row} 行 {problem.number}"


def _tell(looked: Any, imported: int, *, dry_run: bool) -> None:
    for problem in looked.refused:
        typer.echo(f"{_place(problem)}：{problem.message}", err=True)
    for problem in looked.remarks[:SHOWN]:
        typer.echo(f"{_place(problem)}（提示）：{problem.message}", err=True)
    if len(looked.remarks) > SHOWN:
        typer.echo(f"另有 {len(looked.remarks) - SHOWN} 条提示，用 --json 看全部", err=True)
    for note in (*looked.alerts, *looked.notes):
        typer.echo(note, err=True)
    typer.echo(f"{'可以导入' if dry_run else '导入'} {imported} 件，{looked.refused_rows} 行有问题")


def _fail(as_json: bool, code: str, message: str, leave: int) -> Any:
    if as_json:
        typer.echo(json.dumps({"error": {"code": code, "message": message}}, ensure_ascii=False))
    else:
        typer.echo(message, err=True)
    raise typer.Exit(leave)
