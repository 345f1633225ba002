"""`gongkai agencies …`: the tree from the command line, as the person who owns the machine."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help="机关目录", no_args_is_help=True)


@app.command("add")
def add(
    name: Annotated[str, typer.Argument(help="机关全称")],
    parent: Annotated[str | None, typer.Option(help="上级机关全称")] = None,
    kind: Annotated[str | None, typer.Option(
        help="government department township street dispatched institution enterprise；不写则按名称判断",
    )] = None,
) -> None:
    """登记一个机关。"""
    from gongkai.infra.start import prepare

    prepare()
    from django.utils import timezone

    from gongkai.accounts.actor import machine
    from gongkai.agencies import actions, rules
    from gongkai.agencies.importing import level_of
    from gongkai.agencies.models import Agency, Kind
    from gongkai.core.errors import Refused

    try:
        above = _named(parent) if parent else None
        kind = kind or rules.guess_kind(name)
        if kind not in Kind.values:
            raise Refused("unknown-kind", f"不认识的类型 {kind}，可用：{' '.join(Kind.values)}")
        agency = actions.add(
            by=machine("命令行"), name=name, at=timezone.now(), parent=above, kind=kind, level=level_of(kind),
        )
    except Refused as refused:
        typer.echo(refused.message, err=True)
        raise typer.Exit(1) from None
    typer.echo(f"已登记：{agency.name}（{Agency.objects.count()} 个机关）")


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="机关目录表，.xlsx 或 .csv", exists=True, dir_okay=False)],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只检查，不写入")] = False,
    skip_refused: Annotated[bool, typer.Option("--skip-refused", help="跳过有问题的行，导入其余")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="以 JSON 输出")] = False,
) -> None:
    """从表格导入机关目录。列：名称 上级 类型 层级 简称 统一社会信用代码 生效日期 失效日期 上级生效日期 依据。"""
    from gongkai.infra.start import prepare

    prepare()
    from django.utils import timezone

    from gongkai.accounts.actor import machine
    from gongkai.agencies.importing import import_agencies
    from gongkai.core.errors import ReadError

    try:
        outcome = import_agencies(
            by=machine("命令行"), data=file.read_bytes(), at=timezone.now(), dry_run=dry_run,
            skip_refused=skip_refused,
        )
    except ReadError as error:
        if as_json:
            typer.echo(json.dumps({"error": {"code": error.code, "message": error.message}}, ensure_ascii=False))
        else:
            typer.echo(f"{file.name}：{error.message}", err=True)
        raise typer.Exit(2) from None
    if as_json:
        typer.echo(json.dumps(asdict(outcome), ensure_ascii=False))
    else:
        for row in outcome.refused:
            typer.echo(f"第 {row.row} 行 {row.field}：{row.message}", err=True)
        stopped = bool(outcome.refused) and not skip_refused and not dry_run
        verb = "未导入任何机关" if stopped else "将" if dry_run else "已"
        counts = "" if stopped else f"新增 {outcome.added} 个，修改 {outcome.changed} 个，未变 {outcome.unchanged} 个"
        typer.echo(f"{verb}{counts}；{len(outcome.refused)} 行有问题")
    if outcome.refused and not skip_refused:
        raise typer.Exit(1)


def _named(name: str):  # type: ignore[no-untyped-def]
    from gongkai.agencies.models import Agency
    from gongkai.core.errors import Refused

    agency = Agency.objects.filter(name=name, valid_to__isnull=True).first()
    if agency is None:
        raise Refused("unknown-parent", f"没有名为“{name}”的现行机关")
    return agency
