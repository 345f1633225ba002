"""Lines outside tables to paragraphs; the wrapped lines of a printed page are joined again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from gongkai.core.report.document import Paragraph
from gongkai.core.report.model import Place
from gongkai.core.report.readers.text.lines import Line
from gongkai.core.report.readers.text.words import is_heading
from gongkai.core.text.fold import squeeze

_ENDS = tuple("。；：！？”》）;:!?")
_OPENS = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}[、.．]|[(（][一二三四五六七八九十]{1,3}[)）]"
    r"|[1-9]\d?[、.．](?!\d)|[(（]\d{1,2}[)）]|附件?[:：]|[（(]?注[:：])"
)
_FULL = 0.86     # of the page's width: a line shorter than this ends its paragraph
_ENOUGH = 24     # display columns; shorter lines say nothing about the page's width


def width_of_page(lines: Iterable[Line]) -> int:
    """The display width at which the prose wraps, 0 when every line is a whole paragraph."""
    widths = [(_width(line.bare), line.bare.endswith(_ENDS)) for line in lines if _width(line.bare) >= _ENOUGH]
    if len(widths) < 4:
        return 0
    ordered = sorted(width for width, _ in widths)
    page = ordered[len(ordered) * 9 // 10]
    full = [ended for width, ended in widths if _FULL * page <= width <= page + 8]
    if page > 160 or 2 * len(full) < len(widths) or 2 * sum(full) > len(full):
        return 0
    return page


def paragraphs(lines: Sequence[Line], page_width: int) -> list[Paragraph]:
    """Paragraphs of consecutive lines. `page_width` from `width_of_page`; 0 keeps line by line."""
    found: list[Paragraph] = []
    last: Line | None = None
    gap = False
    for line in lines:
        if not line.bare:
            gap = True
            continue
        if last is not None and page_width and _continues(last, line, page_width, gap):
            found[-1].text = _glue(found[-1].text, _clean(line))
        else:
            text = _clean(line)
            if text:
                found.append(Paragraph(text, Place(line=line.number)))
        last, gap = line, False
    return found


def _continues(last: Line, line: Line, page_width: int, gap: bool) -> bool:
    if gap and last.page == line.page:
        return False
    if is_heading(line.bare) or is_heading(last.bare) or _OPENS.match(line.text):
        return False
    indent, before = _indent(line), _indent(last)
    if _width(last.bare) + 2 * min(before, 4) < _FULL * page_width:
        return False
    return last.page != line.page or indent < before + 2 or not last.bare.endswith(_ENDS)


def _indent(line: Line) -> int:
    return len(line.text) - len(line.text.lstrip())


def _clean(line: Line) -> str:
    return squeeze(line.text.replace("|", " "))


def _glue(first: str, second: str) -> str:
    """No space between Chinese characters; one between two words of Latin letters or digits."""
    apart = first[-1:].isascii() and first[-1:].isalnum() and second[:1].isascii() and second[:1].isalnum()
    return f"{first} {second}" if apart else first + second


def _width(text: str) -> int:
    """Columns on the page: as it happens, a Chinese character takes two bytes in GBK and a Latin letter one."""
    return len(text[:400].encode("gbk", "replace"))
