"""`gongkai ledger …`: proving that nothing recorded was changed."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Annotated

import typer

app = typer.Typer(help="操作台账", no_args_is_help=True)


@app.callback()
def ledger() -> None:
    """操作台账。"""


@app.command("verify")
def verify(as_json: Annotated[bool, typer.Option("--json", help="以 JSON 输出")] = False) -> None:
    """逐条核验台账，发现改动、删除、调换或截断则退出码为 1。"""
    from gongkai.infra.start import prepare

    prepare()
    from gongkai.ledger import queries

    found = queries.faults(queries.anchors())
    sequence, digest = queries.head() if found else queries.note_anchor()
    if as_json:
        typer.echo(json.dumps(
            {"entries": sequence, "head": digest, "faults": [asdict(fault) for fault in found]}, ensure_ascii=False,
        ))
    else:
        for fault in found:
            typer.echo(fault.sentence, err=True)
        verdict = f"发现 {len(found)} 处问题" if found else "完好"
        typer.echo(f"台账共 {sequence} 条，{verdict}。末条校验值（可另行抄存）：{digest}")
    if found:
        raise typer.Exit(1)
