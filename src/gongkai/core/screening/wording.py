"""Wrong wording: pairs that an office maintains, looked for in what the public will read."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from gongkai.core.errors import ReadError
from gongkai.core.screening.formats.characters import decode
from gongkai.core.screening.model import Finding, Kind, Piece, Verdict
from gongkai.core.screening.policy import DEFAULT, Policy

_MOST = 20  # places told for one word


class Word(NamedTuple):
    """What is wrong, what is right, and why."""

    wrong: str
    right: str
    note: str = ""


# Errors that no style guide disputes. An office adds its own: names of organs, leaders, places, campaigns.
COMMON = (
    Word("信息公开条列", "信息公开条例"), Word("中华人民共合国", "中华人民共和国"), Word("依法申请公开", "依申请公开"),
    Word("布署", "部署"), Word("己经", "已经"), Word("既使", "即使"), Word("座谈汇", "座谈会"),
    Word("截止目前", "截至目前", "“截止”指到期停止"), Word("防碍", "妨碍"), Word("幅射", "辐射"), Word("通迅", "通讯"),
    Word("松驰", "松弛"), Word("报消", "报销"), Word("以经", "已经"), Word("帐号", "账号"),
    Word("帐户", "账户"), Word("座标", "坐标"), Word("凑和", "凑合"), Word("追朔", "追溯"),
    Word("行政覆议", "行政复议"),
)


def find(pieces: Sequence[Piece], words: Iterable[Word], policy: Policy = DEFAULT) -> list[Finding]:
    """Every place where a wrong word is seen, as a warning with the suggestion."""
    found: list[Finding] = []
    if policy.wording is Verdict.PASS:
        return found
    known = [Word(*word) for word in words]
    seen = [piece for piece in pieces if not piece.hidden]
    for word in known:
        if not word.wrong or word.wrong == word.right:
            continue
        told = 0
        for piece in seen:
            if word.wrong in piece.text and told < _MOST and not _is_right(piece.text, word):
                told += 1
                note = f"（{word.note}）" if word.note else ""
                advice = f"“{word.wrong}”应为“{word.right}”{note}" if word.right else f"不用“{word.wrong}”{note}"
                found.append(Finding(Kind.WORDING, piece.where, advice, policy.wording))
    return found


def read_words(data: bytes) -> tuple[Word, ...]:
    """A list of words: one a line, 错误用语,规范用语,说明; tabs and a head line are understood.

    Raises ReadError `unknown-encoding` or `words-unreadable` with the line.
    """
    text = decode(data)
    delimiter = "\t" if "\t" in text else ","
    found: list[Word] = []
    for number, row in enumerate(csv.reader(text.replace("，", ",").splitlines(), delimiter=delimiter), 1):
        cells = [cell.strip() for cell in row]
        if not any(cells) or cells[0].startswith("#") or (number == 1 and cells[0] in {"错误用语", "错词", "wrong"}):
            continue
        if len(cells) < 2 or not cells[0]:
            raise ReadError("words-unreadable", f"错词表第 {number} 行没有写成“错误用语,规范用语,说明”；请改正后再用。")
        found.append(Word(cells[0], cells[1], cells[2] if len(cells) > 2 else ""))
    return tuple(found)


def _is_right(text: str, word: Word) -> bool:
    """True when the wrong word only stands inside the right one."""
    return word.wrong in word.right and text.count(word.wrong) == text.count(word.right)
