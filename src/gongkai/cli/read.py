"""`gongkai read FILE…`"""

from __future__ import annotations

from typing import Annotated

import typer

from gongkai.cli.plain import PlainCommand

app = typer.Typer()


@app.command("read", cls=PlainCommand)
def read(
    files: Annotated[list[str], typer.Argument(metavar="文件", help="年度报告文件；- 表示标准输入")],
    as_json: Annotated[bool, typer.Option("--json", help="每份报告输出一行 JSON：单元格、正文、核对结果")] = False,
) -> None:
    """读取年度报告：机关、年度、三张表的每一格和六部分正文。

    支持 .docx .xlsx .html .pdf 文本和本软件导出的 JSON，按内容识别格式。有文件无法读取、数字放不到格子里，
    或者没有写明机关、年度时退出码为 2，其余照常输出。
    """
    from gongkai.cli import window
    from gongkai.cli.inputs import load
    from gongkai.core.errors import ReadError
    from gongkai.core.report.checks import check
    from gongkai.core.report.render import jsonlines
    from gongkai.core.report.usable import obstacle, to_settle

    failed = False
    for i, file in enumerate(files):
        try:
            report = load(file)
        except ReadError as error:
            failed = True
            if as_json:
                typer.echo(jsonlines.error_line(file, error))
            else:
                typer.echo(f"{file}: 无法读取 {error.code} {error.message}", err=True)
            continue
        problem = obstacle(report)
        unsettled = [problem] if problem is not None else to_settle(report)
        for trouble in unsettled:
            typer.echo(f"{file}: 需要人工处理 {trouble.code} {trouble.message}", err=True)
        failed = failed or bool(unsettled)
        if as_json:
            typer.echo(jsonlines.report_line(file, report, check(report), problem))
        else:
            from gongkai.core.report.render.terminal import report_text

            text = report_text(file, report, room=window.room(), colour=window.colour())
            typer.echo(f"\n{text}" if i else text, nl=False)
    if failed:
        raise typer.Exit(2)
