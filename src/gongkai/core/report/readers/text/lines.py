"""Characters to numbered lines, without the furniture of pages."""

from __future__ import annotations

import re
from dataclasses import dataclass

from gongkai.core.errors import ReadError
from gongkai.core.report.readers.limits import check_text

_FOOTER = re.compile(r"(?:[-—–－·•]+\s*\d{1,3}\s*[-—–－·•]+|第\s*\d{1,3}\s*页(?:\s*[,，/]?\s*共\s*\d{1,3}\s*页)?)")
_ENDS = re.compile(r"\r\n|[\n\r\v\x85\u2028\u2029]")
_ODD_SPACES = str.maketrans({"\xa0": " ", "\u3000": " ", "\u2002": " ", "\u2003": " ", "\u2009": " ", "\ufeff": None,
                             "\u200b": None, "\x00": None, "｜": "|", "│": "|", "┃": "|"})
_DIGITS = re.compile(r"\d+")
_WORDS = re.compile(r"[^\W\d_]{2}")
_MAX_LINES = 100_000
_MAX_LINE = 20_000  # characters; what is longer is running text and is not taken apart


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it stands, spaces kept. `number` is 1-based in the file, `page` counts from 1."""

    text: str
    number: int
    page: int

    @property
    def bare(self) -> str:
        return self.text.strip()


def lines_of(text: str) -> list[Line]:
    """The lines of a text, blank ones included; page numbers are gone but have counted the pages.

    Raises ReadError `text-too-long`.
    """
    check_text(len(text))
    if text.count("\n") + text.count("\r") > _MAX_LINES:
        raise ReadError(
            "text-too-long", f"文件超过 {_MAX_LINES // 10_000} 万行，不是年度报告，没有解析；请只上传年度报告本身。"
        )
    found: list[Line] = []
    page = 1
    number = 0
    for sheet in _without_page_numbers(_without_furniture(text.translate(_ODD_SPACES))):
        for raw in sheet:
            number += 1
            if _FOOTER.fullmatch(raw.strip()[:40]):
                page += 1
                found.append(Line("", number, page))
            else:
                found.append(Line(raw[:_MAX_LINE], number, page))
        if not sheet or not _ended_by_footer(found):
            page += 1
    return found


def _ended_by_footer(found: list[Line]) -> bool:
    """The page has been counted at its footer already."""
    last = [line for line in found[-4:] if line.bare]
    return bool(found) and (not last or last[-1].page < found[-1].page)


def _without_furniture(text: str) -> list[list[str]]:
    """Sheets between form feeds; a line that begins or ends every sheet, alike but for its digits, is blanked."""
    sheets = [_ENDS.split(sheet) for sheet in text.split("\f")]
    printed = [sheet for sheet in sheets if _last_filled(sheet) is not None]
    for edge in (_first_filled, _last_filled):
        alike = {_DIGITS.sub("#", "".join(sheet[edge(sheet) or 0].split())) for sheet in printed}
        if len(printed) > 1 and len(alike) == 1 and _WORDS.search(alike.pop()):
            for sheet in printed:
                sheet[edge(sheet) or 0] = ""
    return sheets


def _without_page_numbers(sheets: list[list[str]]) -> list[list[str]]:
    """A bare number that ends every sheet, counting up, is blanked."""
    if len(sheets) < 2:
        return sheets
    lasts = [_last_filled(sheet) for sheet in sheets]
    numbers = [int(s[i]) if i is not None and re.fullmatch(r"\s*\d{1,3}\s*", s[i]) else None
               for s, i in zip(sheets, lasts, strict=True)]
    known = [n for n in numbers if n is not None]
    if len(known) >= 2 and known == list(range(known[0], known[0] + len(known))) and len(known) >= len(sheets) - 1:
        for sheet, at, n in zip(sheets, lasts, numbers, strict=True):
            if at is not None and n is not None:
                sheet[at] = ""
    return sheets


def _first_filled(sheet: list[str]) -> int | None:
    return next((i for i, line in enumerate(sheet) if line.strip()), None)


def _last_filled(sheet: list[str]) -> int | None:
    return next((i for i in range(len(sheet) - 1, -1, -1) if sheet[i].strip()), None)
