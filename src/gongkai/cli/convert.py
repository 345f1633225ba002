"""`gongkai convert FILE --to FORMAT`"""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from gongkai.cli.plain import PlainCommand

app = typer.Typer()

STDOUT = "-"


class Format(StrEnum):
    """What a report can be written as."""

    DOCX = "docx"
    XLSX = "xlsx"
    HTML = "html"
    JSON = "json"
    PDF = "pdf"
    CSV = "csv"


@app.command("convert", cls=PlainCommand)
def convert(
    file: Annotated[str, typer.Argument(metavar="文件", help="年度报告文件；- 表示标准输入", show_default=False)],
    to: Annotated[Format, typer.Option("--to", help="要转换成的格式", show_default=False)],
    output: Annotated[str | None, typer.Option(
        "--output", "-o", metavar="文件", help="写到哪里，- 表示标准输出；不写则在原文件旁换扩展名，且不覆盖已有文件",
    )] = None,
) -> None:
    """把年度报告转换为其他格式，表样为法定表样，内容与原文件逐格一致。无法读取时退出码为 2。"""
    from gongkai.cli.inputs import load
    from gongkai.core.errors import ReadError, WriteError
    from gongkai.core.report.writers import write

    try:
        report = load(file)
        content = write(report, to.value)
    except (ReadError, WriteError) as error:
        typer.echo(f"{file}: {error.message}", err=True)
        raise typer.Exit(2) from None
    if output == STDOUT or (output is None and file == STDOUT):
        sys.stdout.buffer.write(content)
        return
    target = Path(output) if output is not None else Path(file).with_suffix(f".{to.value}")
    if output is None and target.exists():
        typer.echo(f"{target} 已存在，没有覆盖；请用 -o 写明输出文件。", err=True)
        raise typer.Exit(2)
    target.write_bytes(content)
    typer.echo(f"已写入 {target}", err=True)
