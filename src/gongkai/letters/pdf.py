"""A rendered letter as PDF, set by typst from its own paragraphs and tables: a replaced template is honoured."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from gongkai.core.errors import Refused
from gongkai.letters import fonts
from gongkai.letters.reading import Block, Paragraph, Run, Sheet, Table, read

_DIGITS = "0123456789"
# They choose among forms of the character before and have no form of their own.
_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")


def write(docx: bytes, *, title: str, author: str, tolerated: frozenset[str] | None = frozenset()) -> bytes:
    """The PDF of a .docx that `rendering.render` made.

    A character that no font of this machine has refuses the letter, except a symbol (an emoji) and what is
    `tolerated` (None: everything): these stand as 〔U+1F600〕, so that a reader sees that something stood there.
    Raises Refused: no-cjk-font, missing-glyphs, pdf-picture.
    """
    sheet = read(docx)
    runs = list(_runs([*sheet.header, *sheet.blocks, *sheet.footer]))
    for run in runs:
        run.text = _SELECTORS.sub("", run.text)
    lacking = fonts.lacking((run.font, run.text or _DIGITS) for run in runs if run.kind in {"text", "page", "pages"})
    hard = {char for char in lacking if tolerated is not None and char not in tolerated and not _is_symbol(char)}
    if hard:
        raise Refused(
            "missing-glyphs",
            "服务器的字体没有这些字：%(chars)s，PDF 会缺字，没有生成文书，也没有占用文号；"
            "请换掉这些字，或请管理员安装字库更全的字体",
            chars="".join(sorted(hard)[:10]),
        )
    marks = {ord(char): f"〔U+{ord(char):04X}〕" for char in lacking}
    for run in runs:
        run.text = run.text.translate(marks)
    return _set(sheet, title, author)


def _is_symbol(char: str) -> bool:
    return unicodedata.category(char) in {"So", "Sk", "Sm", "Sc"}


def _set(sheet: Sheet, title: str, author: str) -> bytes:
    data = {
        "title": title, "author": author,
        **{name: getattr(sheet, name) for name in (
            "width", "height", "top", "right", "bottom", "left", "head_at", "foot_at")},
        **{name: [_block(block) for block in getattr(sheet, name)] for name in ("blocks", "header", "footer")},
    }
    content = fonts.compiler().compile(
        input=_layout(), format="pdf", timestamp=0, sys_inputs={"letter": json.dumps(data, ensure_ascii=False)},
    )
    assert isinstance(content, bytes)
    return content


def _block(block: Block) -> dict[str, Any]:
    if isinstance(block, Table):
        return {
            "kind": "table", "widths": block.widths, "heights": block.heights, "ruled": block.ruled,
            "heads": block.heads, "cells": [
                {"row": cell.row, "column": cell.column, "across": cell.across, "down": cell.down,
                 "valign": cell.valign, "blocks": [_block(inner) for inner in cell.blocks]}
                for cell in block.cells
            ],
        }
    sizes = [run.size for run in block.runs if run.kind not in {"picture", "pagebreak"}]
    return {
        "kind": "paragraph", "runs": [_run(run) for run in block.runs if run.kind != "pagebreak"],
        "size": max(sizes, default=10.5 if not block.exact else min(block.line, 16)),
        "page_break": block.page_break or any(run.kind == "pagebreak" for run in block.runs),
        **{name: getattr(block, name) for name in (
            "align", "first", "left", "right", "before", "after", "line", "exact", "keep", "rule", "rule_color")},
    }


def _run(run: Run) -> dict[str, Any]:
    if run.kind == "picture":
        if run.picture[:4] != b"\x89PNG" and run.picture[:2] != b"\xff\xd8":
            raise Refused("pdf-picture", "模板里的图片只能是 PNG 或 JPEG，没有生成文书")
        return {"kind": "picture", "data": list(run.picture), "width": run.width, "height": run.height}
    return {
        "kind": run.kind, "text": run.text, "size": run.size, "fonts": list(fonts.families(run.font)),
        "bold": run.bold, "italic": run.italic, "underline": run.underline, "color": run.color,
    }


def _runs(blocks: list[Block]) -> Iterator[Run]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield from block.runs
        else:
            for cell in block.cells:
                yield from _runs(cell.blocks)


@cache
def _layout() -> bytes:
    return files(__package__).joinpath("letter.typ").read_bytes()
