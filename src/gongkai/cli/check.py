"""`gongkai check FILE…`"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gongkai.cli.plain import PlainCommand

if TYPE_CHECKING:
    from gongkai.core.report.model import Report, Severity
    from gongkai.core.report.render.checked import Checked

app = typer.Typer()

CLEAN, FOUND, UNREADABLE = 0, 1, 2


class Format(StrEnum):
    """How findings are told."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"
    HTML = "html"


@app.command("check", cls=PlainCommand)
def check(
    files: Annotated[list[str], typer.Argument(metavar="文件", help="年度报告文件；- 表示标准输入")],
    previous: Annotated[str | None, typer.Option(metavar="文件", help="上年度报告，用于跨年核对")] = None,
    form: Annotated[Format, typer.Option("--format", help="输出形式")] = Format.TEXT,
    output: Annotated[str | None, typer.Option("--output", "-o", metavar="文件", help="写入文件而不是屏幕")] = None,
) -> None:
    """核对年度报告：勾稽关系、跨年衔接、正文与表格、格式和时限。

    退出码：0 没有错误或不一致，1 有错误或不一致，2 有文件无法读取、数字放不到格子里，或者既没有写明机关也没有写明年度
    （其余照常核对）。
    """
    from gongkai.cli.inputs import load
    from gongkai.core.errors import ReadError
    from gongkai.core.report.model import Severity

    try:
        before = load(previous) if previous is not None else None
    except ReadError as error:
        typer.echo(f"上年度报告 {previous}: 无法读取 {error.code} {error.message}", err=True)
        raise typer.Exit(UNREADABLE) from None
    seen: list[Checked] = []
    pieces = _told(_checked(files, before), form, seen, on_screen=output is None)
    if output is None:
        for piece in pieces:
            typer.echo(piece, nl=False, color=True)  # whether to paint was decided by `window`
    else:
        Path(output).write_text("".join(pieces), "utf-8")
    found: Counter[Severity] = Counter(finding.severity for one in seen for finding in one.findings)
    if any(one.error for one in seen):
        raise typer.Exit(UNREADABLE)
    raise typer.Exit(FOUND if found[Severity.ERROR] or found[Severity.INCONSISTENCY] else CLEAN)


def _checked(files: Iterable[str], before: Report | None) -> Iterator[Checked]:
    """Each file in turn; one that cannot be read does not stop the others."""
    from gongkai.cli.inputs import load
    from gongkai.core.errors import ReadError
    from gongkai.core.report.checks import check
    from gongkai.core.report.render.checked import Checked
    from gongkai.core.report.usable import obstacle

    for file in files:
        try:
            report = load(file)
            yield Checked(file, report, tuple(check(report, previous=before)), obstacle(report))
        except ReadError as error:
            yield Checked(file, error=error)


def _told(checked: Iterable[Checked], form: Format, seen: list[Checked], *, on_screen: bool) -> Iterator[str]:
    """The output in pieces; text and JSON appear file by file. `seen` collects what was checked.

    What goes into a file has no colours and whole lines.
    """
    from gongkai.cli import window

    room, colour = (window.room(), window.colour()) if on_screen else (None, False)
    if form in {Format.SARIF, Format.HTML}:
        seen.extend(checked)
        yield _document(seen, form)
        return
    for one in checked:
        seen.append(one)
        yield _line(one) if form is Format.JSON else _text(one, room, colour, first=len(seen) == 1)
    if form is Format.TEXT:
        yield _summary(seen, colour)


def _document(checked: list[Checked], form: Format) -> str:
    from gongkai import __version__

    if form is Format.HTML:
        from gongkai.core.report.render.html import html

        return html(checked)
    from gongkai.core.report.render.sarif import sarif

    return sarif(checked, __version__) + "\n"


def _line(one: Checked) -> str:
    from gongkai.core.report.render import jsonlines

    if one.report is None:
        assert one.error is not None
        return jsonlines.error_line(one.file, one.error) + "\n"
    return jsonlines.findings_line(one.file, one.report, one.findings, one.error) + "\n"


def _text(one: Checked, room: int | None, colour: bool, *, first: bool) -> str:
    from gongkai.core.report.render.severities import by_gravity
    from gongkai.core.report.render.terminal import findings_text

    if one.error is not None:
        what = "无法读取" if one.report is None else "需要人工处理"
        typer.echo(f"{one.file}: {what} {one.error.code} {one.error.message}", err=True)
    if one.report is None or not one.findings:
        return ""
    text = findings_text(one.file, one.report, by_gravity(one.findings), room=room, colour=colour)
    return text if first else f"\n{text}"


def _summary(seen: list[Checked], colour: bool) -> str:
    from gongkai.core.report.render.terminal import summary

    counts = Counter(finding.severity for one in seen for finding in one.findings)
    line = summary(counts, len(seen), sum(one.error is not None for one in seen), colour=colour)
    return ("\n" if counts else "") + line + "\n"
