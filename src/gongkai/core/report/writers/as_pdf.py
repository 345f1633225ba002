"""A report as PDF, set by typst in the look of GB/T 9704 with the fonts that the machine has.

typst leaves out a glyph that no font has and says nothing: a report could lose its words and keep its numbers. So
every character is looked up in the fonts before anything is set, and the writer refuses loudly.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

import typst

from gongkai.core.errors import WriteError
from gongkai.core.report.model import Report
from gongkai.core.report.render.tables import TableView
from gongkai.core.report.writers.dress import DRAFT, PLAIN, Dress
from gongkai.core.report.writers.font_coverage import characters
from gongkai.core.report.writers.font_families import FANGSONG, HEI, KAITI, SANS, SERIF, SONG, TITLE
from gongkai.core.report.writers.outline import Block, outline, split_lead, title_lines, title_of
from gongkai.core.text.unseen import seen

_WANTED = {
    "title": (*TITLE, *SONG, *SERIF, *SANS),
    "body": (*FANGSONG, *SERIF, *SONG, *SANS),
    "head": (*HEI, *SANS, *SONG, *SERIF),
    "lead": (*KAITI, *SERIF, *SONG, *SANS),
    "table": (*SONG, *SERIF, *SANS),
}
_BREAKS = "\t\n\r "


def write(report: Report, dress: Dress = PLAIN) -> bytes:
    """The report as the bytes of a PDF.

    Raises WriteError `no-cjk-font` when the machine has no Chinese font, `missing-glyphs` when it has some but none
    of them has every character of the report.
    """
    blocks = [_data(block, report) for block in outline(report, dress)]
    fonts = {role: [family for family in wanted if family in _families()] for role, wanted in _WANTED.items()}
    _check_coverage(blocks, fonts)
    title = title_of(report)
    data = {
        "title": title, "author": report.agency or "", "fonts": fonts, "blocks": blocks,
        "draft": DRAFT if dress.draft else "",
    }
    content = _compiler().compile(
        input=files(__package__).joinpath("report.typ").read_bytes(), format="pdf", timestamp=0,
        sys_inputs={"report": json.dumps(data, ensure_ascii=False)},
    )
    assert isinstance(content, bytes)
    return content


def _data(block: Block, report: Report) -> dict[str, Any]:
    if block.table is not None:
        return _table(block.table)
    if block.kind == "title":
        return {"kind": "title", "text": title_lines(report)}
    text = seen(block.text)
    lead, rest = split_lead(text) if block.kind == "text" else ("", text)
    return {"kind": block.kind, "text": text, "lead": lead, "rest": rest}


def _table(table: TableView) -> dict[str, Any]:
    slots = [
        {
            "row": slot.row, "col": slot.col, "rowspan": slot.rowspan, "colspan": slot.colspan,
            "text": seen(slot.text), "left": slot.reads_left,
        }
        for slot in table.slots()
    ]
    return {"kind": "table", "widths": table.widths, "heads": table.header_rows, "slots": slots}


def _check_coverage(blocks: list[dict[str, Any]], fonts: dict[str, list[str]]) -> None:
    """Every role must have a Chinese font, and its fonts together every character of the report."""
    if not all(fonts.values()):
        raise WriteError(
            "no-cjk-font",
            "这台机器没有可用的中文字体，PDF 会缺字，没有生成；请安装中文字体（Debian 软件包 fonts-noto-cjk）后重试。",
        )
    used = {char for text in _texts(blocks) for char in text}.difference(_BREAKS)
    lacking = set().union(*(_lacking(used, families) for families in fonts.values()))
    if lacking:
        shown = "".join(sorted(lacking)[:10])
        raise WriteError(
            "missing-glyphs",
            f"这台机器的中文字体没有这些字：{shown}，PDF 会缺字，没有生成；"
            "请安装字库更全的字体（Debian 软件包 fonts-noto-cjk）后重试，或改用 docx 导出。",
        )


def _texts(blocks: list[dict[str, Any]]) -> Iterator[str]:
    """Every text that will be set, page numbers included."""
    yield f"—0123456789{DRAFT}"
    for block in blocks:
        yield block.get("text", "")
        yield from (slot["text"] for slot in block.get("slots", ()))


def _lacking(used: set[str], families: list[str]) -> set[str]:
    """What none of the families has; those after the last one needed are not opened."""
    left = used
    for family in families:
        left = left - _characters(family)
        if not left:
            break
    return left


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=True, include_embedded_fonts=False)


@cache
def _families() -> frozenset[str]:
    return frozenset(_fonts().families())


@cache
def _characters(family: str) -> frozenset[str]:
    """The characters of the face that typst takes for plain text: upright, of the weight nearest to 400."""
    faces = [font for font in _fonts().fonts() if font.family == family and font.path and font.style == "normal"]
    if not faces:
        return frozenset()
    face = min(faces, key=lambda font: abs(font.weight - 400))
    return characters(face.path or "", face.index)


@cache
def _compiler() -> typst.Compiler:
    return typst.Compiler(font_paths=_fonts(), ignore_system_fonts=True)
