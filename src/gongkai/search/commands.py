"""`gongkai search …`: the index from the machine's own console."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Annotated

import typer

app = typer.Typer(help="检索索引", no_args_is_help=True)


@app.callback()
def search() -> None:
    """检索索引。"""


@app.command("rebuild")
def rebuild() -> None:
    """按已公开的信息重新建立检索索引；可以在网站运行时进行，中断后再次运行即可。"""
    from gongkai.infra.start import prepare

    prepare()
    from gongkai.search.choice import engine

    count = engine().rebuild(told=lambda done: typer.echo(f"已完成 {done}", err=True))
    typer.echo(f"检索索引已重新建立：{count} 条")


@app.command("check")
def check(as_json: Annotated[bool, typer.Option("--json", help="以 JSON 输出")] = False) -> None:
    """逐条核对检索索引与已公开的信息；不一致则退出码为 1。"""
    from gongkai.infra.start import prepare

    prepare()
    from gongkai.search.complete import examine

    report = examine()
    if as_json:
        typer.echo(json.dumps(asdict(report), ensure_ascii=False))
    elif report.well:
        typer.echo(f"一致：{report.compared} 条")
    else:
        for words, keys in (("缺", report.missing), ("多", report.surplus), ("不同", report.different),
                            ("找不到", report.wrong)):
            if keys:
                typer.echo(f"{words}（最多列 100 条）：{' '.join(map(str, keys))}")
        typer.echo("请运行 gongkai search rebuild", err=True)
    if not report.well:
        raise typer.Exit(1)
