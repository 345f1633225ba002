"""`gongkai compare A B`"""

from __future__ import annotations

from typing import Annotated

import typer

from gongkai.cli.plain import PlainCommand

app = typer.Typer()


@app.command("compare", cls=PlainCommand)
def compare(
    a: Annotated[str, typer.Argument(metavar="甲", help="一份年度报告；比较两年时为上一年", show_default=False)],
    b: Annotated[str, typer.Argument(metavar="乙", help="另一份年度报告", show_default=False)],
    as_json: Annotated[bool, typer.Option("--json", help="输出一行 JSON")] = False,
) -> None:
    """对照两份年度报告：同一机关的两年，或同一报告的两个文件。退出码：0 已对照，2 有文件无法读取。"""
    from gongkai.cli import window
    from gongkai.cli.inputs import load
    from gongkai.core.errors import ReadError
    from gongkai.core.report.compare import compare
    from gongkai.core.report.render import jsonlines
    from gongkai.core.report.render.side_by_side import comparison_text
    from gongkai.core.report.writers.as_json import dumps

    reports = []
    for file in (a, b):
        try:
            reports.append(load(file))
        except ReadError as error:
            if as_json:
                typer.echo(jsonlines.error_line(file, error))
            else:
                typer.echo(f"{file}: 无法读取 {error.code} {error.message}", err=True)
    if len(reports) < 2:
        raise typer.Exit(2)
    comparison = compare(*reports)
    if as_json:
        typer.echo(dumps(comparison.to_dict()))
    else:
        typer.echo(comparison_text(comparison, room=window.room(), colour=window.colour()), nl=False)
