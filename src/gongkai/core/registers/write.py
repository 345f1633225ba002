"""A register as .xlsx or .csv, so that reading it gives the same entries and no spreadsheet takes text for a formula.

In .xlsx every text is written as text, with the mark that keeps it text when someone edits the cell. In .csv text that
a spreadsheet would run gets an apostrophe, which the reader takes away again.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

import xlsxwriter

from gongkai.core.deadlines.facts import Channel
from gongkai.core.errors import Refused
from gongkai.core.law.applicants import APPLICANT_NAMES
from gongkai.core.registers.columns import COLUMNS, is_ours, name, outcome_name
from gongkai.core.registers.entry import Dispute, Entry
from gongkai.core.registers.limits import MAX_COLUMNS
from gongkai.core.registers.values import text_of
from gongkai.core.report.writers.csv_columns import guard

SHEET_NAME = "申请登记台账"
_LONGEST = 32_767  # characters that a cell may hold
_FONT = {"font_name": "宋体", "font_size": 10, "valign": "top"}

Cell = str | int | date | None


def write_xlsx(entries: Iterable[Entry]) -> bytes:
    """The entries as a workbook of one sheet.

    Raises Refused `register-too-wide` for more columns than a register may have, ValueError for a heading in `extra`
    that is blank or the register's own.
    """
    kept = list(entries)
    own = _own_headings(kept)
    packed = io.BytesIO()
    book = xlsxwriter.Workbook(packed, {
        "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
    })
    sheet = book.add_worksheet(SHEET_NAME)
    head = book.add_format(_FONT | {"bold": True, "bg_color": "#F3F4F6", "border": 1})
    day = book.add_format(_FONT | {"num_format": "yyyy-mm-dd"})
    text = book.add_format(_FONT | {"num_format": "@", "quote_prefix": True})
    plain = book.add_format(_FONT)
    for at, column in enumerate(COLUMNS):
        sheet.set_column(at, at, column.width)
    sheet.freeze_panes(1, 1)
    for at, title in enumerate([*(column.heading for column in COLUMNS), *own]):
        sheet.write_string(0, at, title, head)
    for number, line in enumerate((line for entry in kept for line in _lines(entry, own)), 1):
        for at, value in enumerate(line):
            if isinstance(value, date):
                sheet.write_datetime(number, at, value, day)
            elif isinstance(value, int):
                sheet.write_number(number, at, value, plain)
            elif value:
                sheet.write_string(number, at, value[:_LONGEST], text)
    book.close()
    return packed.getvalue()


def write_csv(entries: Iterable[Entry]) -> bytes:
    """The entries as UTF-8 with a byte order mark, so that Excel shows Chinese. Raises what `write_xlsx` raises."""
    kept = list(entries)
    own = _own_headings(kept)
    written = io.StringIO(newline="")
    lines = csv.writer(written, lineterminator="\r\n")
    lines.writerow([guard(title) for title in [*(column.heading for column in COLUMNS), *own]])
    for entry in kept:
        lines.writerows([_csv_cell(value) for value in line] for line in _lines(entry, own))
    return b"\xef\xbb\xbf" + written.getvalue().encode()


def _csv_cell(value: Cell) -> str:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else guard(str(value))


def _own_headings(entries: Iterable[Entry]) -> list[str]:
    """The office's own columns in the order in which they turn up."""
    own = list(dict.fromkeys(title for entry in entries for title in entry.extra))
    if len(own) + len(COLUMNS) > MAX_COLUMNS:
        raise Refused(
            "register-too-wide",
            "台账里本单位自己的列合计有 %(own)s 列，最多导出 %(most)s 列，没有导出；请分年度导出。",
            own=len(own), most=MAX_COLUMNS - len(COLUMNS),
        )
    for title in own:
        if not title or title != text_of(title) or is_ours(title):
            raise ValueError("an extra column must have a heading that is none of the register's own")
    return own


def _lines(entry: Entry, own: Sequence[str]) -> Iterator[list[Cell]]:
    """The lines of an entry: itself with its first disputes, then a line for each that has no room there."""
    pairs = _pairs(entry.disputes) or [(None, None)]
    values: dict[str, Any] = {
        "received": entry.received, "channel": _channel(entry.channel),
        "applicant_kind": APPLICANT_NAMES[entry.applicant_kind] if entry.applicant_kind else "",
        "content": text_of(entry.content), "correction_asked": entry.correction_asked, "corrected": entry.corrected,
        "extended": entry.extended, "closed": entry.closed,
        "outcome": outcome_name(entry.outcome) if entry.outcome else "", "reply_number": text_of(entry.reply_number),
        "note": text_of(entry.note),
    }
    extra = [text_of(entry.extra.get(title, "")) for title in own]
    for at, pair in enumerate(pairs):
        cells = {"number": text_of(entry.number), **_disputes(*pair), **({} if at else values)}
        yield [*(cells.get(column.field, "") for column in COLUMNS), *(("" for _ in own) if at else extra)]


def _pairs(disputes: Sequence[Dispute]) -> list[tuple[Dispute | None, Dispute | None]]:
    """What stands in a line: a reconsideration, a suit, or both. One cell tells of replying anew: a line where both
    would need it is two."""
    pairs: list[tuple[Dispute | None, Dispute | None]] = []
    for one in disputes:
        if one.kind == "reconsideration":
            pairs.append((one, None))
            continue
        review, suit = pairs[-1] if pairs else (None, one)
        full = suit is not None or review is None or (bool(review.redo) and one.result == "corrected")
        pairs[-1:] = [*pairs[-1:], (None, one)] if full else [(review, one)]
    return pairs


def _channel(channel: Channel | None) -> str:
    return name("channel", channel.value) if channel else ""


def _disputes(review: Dispute | None, suit: Dispute | None) -> dict[str, Cell]:
    redo = next((one.redo for one in (suit, review) if one is not None and one.redo), "")
    return {
        **_dispute("reconsideration", review), **_dispute("suit", suit),
        "suit_kind": name("suit_kind", suit.kind) if suit and not suit.goes_on else "",
        "suit_stage": name("suit_stage", suit.stage) if suit and (suit.goes_on or suit.stage != "first") else "",
        "redo": name("redo", redo) if redo else "",
    }


def _dispute(prefix: str, dispute: Dispute | None) -> dict[str, Cell]:
    if dispute is None:
        return {}
    return {
        f"{prefix}_received": dispute.received, f"{prefix}_decided": dispute.decided,
        f"{prefix}_result": name("result", dispute.result),
    }
