"""`gongkai screen FILE…`: what must not be published. Loads no Django."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from gongkai.cli.plain import PlainCommand

if TYPE_CHECKING:
    from gongkai.core.errors import ReadError, WriteError
    from gongkai.core.screening.model import Cleaned, Screened
    from gongkai.core.text.tokens import Token

app = typer.Typer()

CLEAN, BLOCKED, UNREADABLE = 0, 1, 2
_COMMON = "common"


class _Asked(NamedTuple):
    """What the options ask for besides the files."""

    words: tuple[tuple[str, ...], ...]
    tokens: tuple[Token, ...]
    out: Path | None
    several: bool
    into_folder: bool  # said by a slash behind the name


class _Seen(NamedTuple):
    """One file: its screening or why there is none; its cleaned copy or why there is none."""

    file: str
    screened: Screened | None = None
    error: ReadError | None = None
    cleaned: Cleaned | None = None
    written: str = ""
    not_cleaned: ReadError | WriteError | None = None


@app.command("screen", cls=PlainCommand)
def screen(
    files: Annotated[list[str], typer.Argument(metavar="文件", help="要公开的文件；- 表示标准输入")],
    as_json: Annotated[bool, typer.Option("--json", help="每个文件输出一行 JSON")] = False,
    clean: Annotated[str | None, typer.Option(
        "--clean", metavar="文件或文件夹", help="写出清理后的文件；有多个文件时写入文件夹",
    )] = None,
    words: Annotated[str | None, typer.Option(
        metavar="文件", help=f"错词表，每行“错误用语,规范用语,说明”；{_COMMON} 表示内置的常见错词",
    )] = None,
    tokens: Annotated[str | None, typer.Option(
        metavar="文件", help="申请人信息，每行“name、id_number、phone、address、email 或 organisation,内容”",
    )] = None,
) -> None:
    """公开前筛查：个人信息、密级和公开属性标志、隐藏内容；可以写出清理后的文件。

    退出码：0 通过或只需核对，1 有不能公开的内容（或没能清理），2 有文件无法读取。
    """
    from gongkai.core.screening.model import Verdict

    asked = _Asked(
        _words(words), _tokens(tokens), Path(clean) if clean else None, several=len(files) > 1,
        into_folder=(clean or "").endswith("/"),
    )
    worst = CLEAN
    verdicts: Counter[str] = Counter()
    for number, file in enumerate(files):
        seen = _screened(file, asked)
        if seen.screened is None:
            verdict, worst = Verdict.UNREADABLE, UNREADABLE
        else:
            verdict = seen.screened.verdict
            if verdict is Verdict.BLOCK or seen.not_cleaned:
                worst = max(worst, BLOCKED)
        verdicts[verdict] += 1
        typer.echo(json.dumps(_object(seen), ensure_ascii=False) if as_json else _text(seen, first=number == 0))
    if not as_json and len(files) > 1:
        typer.echo(_summary(verdicts))
    raise typer.Exit(worst)


def _screened(file: str, asked: _Asked) -> _Seen:
    """One file; whatever is wrong with it does not stop the others."""
    from gongkai.core.errors import ReadError, WriteError
    from gongkai.core.screening import clean, screen

    try:
        data = _bytes(file)
        screened = screen(data, file, tokens=asked.tokens, words=asked.words)
    except ReadError as error:
        return _Seen(file, error=error)
    if asked.out is None:
        return _Seen(file, screened)
    try:
        cleaned = clean(data, file, tokens=asked.tokens)
    except ReadError as error:
        return _Seen(file, screened, not_cleaned=error)
    try:
        return _Seen(file, screened, cleaned=cleaned, written=_write(file, cleaned, asked))
    except WriteError as error:
        if not asked.several:
            raise
        return _Seen(file, screened, not_cleaned=error)


def _write(file: str, cleaned: Cleaned, asked: _Asked) -> str:
    """The place where the cleaned file was written. Never over the original, never over another result."""
    from gongkai.core.errors import WriteError

    assert asked.out is not None
    out = asked.out
    if asked.several or asked.into_folder or out.is_dir():
        out.mkdir(parents=True, exist_ok=True)
        out = out / cleaned.name
        if out.exists():
            raise WriteError("exists", f"{out} 已经存在，没有覆盖；请另选文件夹，或先移走原有文件。")
    if file != "-" and out.exists() and out.samefile(file):
        raise WriteError("same-file", f"清理后的文件不能写到原文件 {file} 上，没有写入；请另取文件名。")
    out.write_bytes(cleaned.data)
    return str(out)


def _object(seen: _Seen) -> dict[str, Any]:
    """The line of JSON; the shape is part of the contract."""
    if seen.screened is None:
        assert seen.error is not None
        return {
            "file": seen.file, "verdict": "unreadable", "findings": [],
            "error": {"code": seen.error.code, "message": seen.error.message},
        }
    told: dict[str, Any] = {
        "file": seen.file, "verdict": seen.screened.verdict, "findings": [
            {"kind": one.kind, "where": one.where, "excerpt": one.excerpt, "verdict": one.verdict}
            for one in seen.screened.findings
        ],
    }
    if seen.cleaned is not None:
        told["cleaned"] = {
            "file": seen.written, "sha256": seen.cleaned.sha256, "removed": list(seen.cleaned.removed),
        }
    if seen.not_cleaned is not None:
        told["not_cleaned"] = {"code": seen.not_cleaned.code, "message": seen.not_cleaned.message}
    return told


def _text(seen: _Seen, *, first: bool) -> str:
    return "\n".join(_lines(seen)) if first else "\n" + "\n".join(_lines(seen))


def _lines(seen: _Seen) -> Iterator[str]:
    from gongkai.cli import window
    from gongkai.core.report.render.terminal import Pen
    from gongkai.core.report.render.width import pad, width
    from gongkai.core.screening.model import Verdict
    from gongkai.core.screening.naming import FINDINGS, KINDS, VERDICTS

    pen = Pen(window.colour())
    if seen.screened is None:
        assert seen.error is not None
        yield f"{seen.file}: {pen(VERDICTS[Verdict.UNREADABLE], '1;31')} {seen.error.message}"
        return
    paint = {Verdict.PASS: "1;32", Verdict.WARN: "1;33", Verdict.BLOCK: "1;31"}
    verdict = seen.screened.verdict
    yield f"{seen.file}: {pen(VERDICTS[verdict], paint[verdict])}"
    findings = seen.screened.findings
    wide = max((width(KINDS[one.kind]) for one in findings), default=0)
    far = min(max((width(one.where) for one in findings), default=0), 48)
    for one in findings:
        word = pen(FINDINGS[one.verdict], paint[one.verdict])
        yield f"  {word}  {pad(KINDS[one.kind], wide)}  {pad(one.where, far)}  {' '.join(one.excerpt.split())}"
    if seen.cleaned is not None:
        yield f"已写出清理后的文件 {seen.written}（SHA-256 {seen.cleaned.sha256}）"
        yield from (f"  · {sentence}" for sentence in seen.cleaned.removed)
    if seen.not_cleaned is not None:
        yield f"没有写出清理后的文件：{seen.not_cleaned.message}"


def _summary(verdicts: Counter[str]) -> str:
    from gongkai.core.screening.naming import VERDICTS

    counts = "，".join(f"{word} {verdicts[verdict]}" for verdict, word in VERDICTS.items() if verdicts[verdict])
    return f"\n共筛查 {sum(verdicts.values())} 个文件：{counts}。"


def _words(file: str | None) -> tuple[tuple[str, ...], ...]:
    if file is None:
        return ()
    from gongkai.core.screening.wording import COMMON, read_words

    return COMMON if file == _COMMON else read_words(_bytes(file))


def _tokens(file: str | None) -> tuple[Token, ...]:
    """The applicant, from a file that stays with the office. Raises ReadError with the number of a wrong line."""
    if file is None:
        return ()
    from gongkai.core.errors import ReadError
    from gongkai.core.screening.formats.characters import decode
    from gongkai.core.text.tokens import KINDS, Token

    found: list[Token] = []
    for number, line in enumerate(decode(_bytes(file)).splitlines(), 1):
        kind, _, value = line.replace("，", ",").partition(",")
        if not line.strip():
            continue
        known = next((one for one in KINDS if one == kind.strip()), None)
        if known is None or not value.strip():
            raise ReadError("tokens-unreadable", f"申请人信息第 {number} 行没有写成“种类,内容”；请改正后再用。")
        found.append(Token(known, value.strip()))
    return tuple(found)


def _bytes(file: str) -> bytes:
    """At most one byte more than the limit, so that no file and no pipe can fill the memory."""
    import sys

    from gongkai.cli.words import os_reason
    from gongkai.core.errors import ReadError
    from gongkai.core.report.readers.limits import MAX_FILE_BYTES

    try:
        if file == "-":
            return sys.stdin.buffer.read(MAX_FILE_BYTES + 1)
        if Path(file).is_dir():
            raise ReadError("directory", f"{file} 是文件夹，没有筛查；请写出其中的文件。")
        with open(file, "rb") as opened:
            return opened.read(MAX_FILE_BYTES + 1)
    except FileNotFoundError as error:
        raise ReadError("not-found", f"找不到文件 {file}；请检查文件名和所在文件夹。") from error
    except OSError as error:
        raise ReadError("cannot-open", f"打不开文件 {file}（{os_reason(error)}）；请检查文件后再试。") from error
    except ValueError as error:  # a NUL in the name
        raise ReadError("cannot-open", f"打不开文件 {file!r}；请检查文件名。") from error
