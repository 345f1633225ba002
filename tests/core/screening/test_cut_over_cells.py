"""Numbers over the cells of a row in fours, and identity numbers over the rows of a column."""

from __future__ import annotations

import io
from itertools import pairwise

import docx
import openpyxl
import pytest
from tests.core.screening.people import card, id_number

from gongkai.core.errors import ReadError
from gongkai.core.screening import clean, screen

_ID = id_number()
_CARD = card()
_FOURS = [_CARD[at:at + 4] for at in range(0, len(_CARD), 4)]


def _book(rows: list[list[str]]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _word(rows: list[list[str]]) -> bytes:
    document = docx.Document()
    table = document.add_table(len(rows), len(rows[0]))
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _csv(rows: list[list[str]]) -> bytes:
    return "\n".join(",".join(row) for row in rows).encode()


_MAKE = {"a.xlsx": _book, "a.docx": _word, "a.csv": _csv}


def _blocks(data: bytes, name: str) -> set[str]:
    return {one.kind for one in screen(data, name).findings if one.verdict == "block"}


def _stays(data: bytes, name: str, piece: str) -> bool:
    try:
        made = clean(data, name).data
    except ReadError:
        return False
    return any(piece in line for line in screen(made, name).text.splitlines())


@pytest.mark.parametrize("name", _MAKE)
@pytest.mark.parametrize("head", [[], ["银行卡号"]])
def test_a_card_in_fours_over_five_cells(name: str, head: list[str]) -> None:
    data = _MAKE[name]([[*head, *_FOURS], [*head, "1", "2", "3", "4", "5"]])
    assert "bank_card" in _blocks(data, name)
    assert not _stays(data, name, _FOURS[1])


@pytest.mark.parametrize("name", _MAKE)
@pytest.mark.parametrize("cuts", [(6, 12), (6, 14), (10,)])
@pytest.mark.parametrize("label", [["身份证号", "", "", ""], ["甲", "乙", "丙", "丁"]])
def test_an_identity_number_down_a_column(name: str, cuts: tuple[int, ...], label: list[str]) -> None:
    ends = [0, *cuts, len(_ID)]
    parts = [_ID[start:stop] for start, stop in pairwise(ends)]
    data = _MAKE[name]([list(row) for row in zip(label, parts, strict=False)])
    assert "id_number" in _blocks(data, name)
    assert not _stays(data, name, parts[1])


@pytest.mark.parametrize("name", _MAKE)
def test_figures_in_fours_and_columns_are_no_number(name: str) -> None:
    rows = [["2021", "2022", "2023", "2024", "202"], ["330106", "198001", "123456", "650102", "199912"]]
    data = _MAKE[name]([*rows, *[["330106", "198002", "654321", "440305", "1"]] * 3])
    assert _blocks(data, name) == set()


@pytest.mark.parametrize("cuts", [[_ID[:17], _ID[17:]], [_ID[:1], _ID[1:]], [_ID[:16], _ID[16:]]])
@pytest.mark.parametrize("make", [_book, _word])
def test_an_identity_number_with_one_character_beside_it(make, cuts: list[str]) -> None:
    name = "a.xlsx" if make is _book else "a.docx"
    data = make([["身份证", ""], cuts])
    assert "id_number" in {one.kind.value for one in screen(data, name).findings if one.verdict == "block"}
    made = clean(data, name)
    assert max(cuts, key=len) not in screen(made.data, name).text
