"""Values that no stretch of drawing holds: cut over fields, beside their label, down the page, over cells and pages.

What is found is covered: nothing that screening reads is unknown to cleaning."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, String
from tests.core.screening.pages.leaks import leaks
from tests.core.screening.pages.making import Sheet, line
from tests.core.screening.pages.test_pdf_pages import pictures

from gongkai.core.screening import clean, screen
from gongkai.core.screening.formats.pdf.look import looks
from gongkai.core.screening.formats.pdf.redraw import covers
from gongkai.core.screening.personal.bank_card import luhn
from gongkai.core.screening.personal.id_number import check_digit

NUMBER = "110101199003078515"


def comb(values: list[str], *, turned: int = 0, drawn: bool = True) -> bytes:
    """Fields side by side, from left to right as the page is seen, one value in each."""
    sheet = Sheet()
    if turned:
        sheet.pages[0].Rotate = turned
    fields = []
    for number, value in enumerate(values):
        side = 500 - 14 * number if turned in (180, 270) else 100 + 14 * number
        box = [side, 300, side + 14, 315] if turned % 180 == 0 else [300, side, 315, side + 14]
        more = {"DA": String("/F1 10 Tf 0 g")} if drawn else {}
        fields.append(sheet.annotate(Subtype=Name.Widget, FT=Name.Tx, T=String(f"f{number}"), V=String(value), **more))
        fields[-1].Rect = Array(box)
    sheet.pdf.Root.AcroForm = Dictionary(Fields=Array(fields), DR=Dictionary(Font=Dictionary(F1=sheet.font)))
    return sheet.bytes()


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
@pytest.mark.parametrize("drawn", [True, False])
def test_one_digit_in_each_field_is_one_number(turned: int, drawn: bool) -> None:
    data = comb(list(NUMBER), turned=turned, drawn=drawn)
    found = [finding for finding in screen(data, "a.pdf").findings if finding.kind == "id_number"]
    assert [(finding.where, finding.verdict) for finding in found] == [("第1页表单域", "block")]
    made = clean(data, "a.pdf").data
    assert leaks(made, NUMBER) == []
    text = "".join(char.text for look in looks(made) for char in look.chars if char.text.isdigit())
    assert NUMBER[2:15] not in text


@settings(max_examples=20, deadline=None)
@given(st.sets(st.integers(1, 17), min_size=1, max_size=5))
def test_a_number_cut_over_fields_anywhere_is_found(cuts: set[int]) -> None:
    edges = [0, *sorted(cuts), 18]
    values = [NUMBER[start:stop] for start, stop in pairwise(edges)]
    assert screen(comb(values), "a.pdf").verdict == "block"


def test_a_label_of_the_page_tells_what_the_field_beside_it_holds() -> None:
    sheet = Sheet()
    field = sheet.annotate(Subtype=Name.Widget, FT=Name.Tx, T=String("f"), V=String("E12345678"))
    field.Rect = Array([140, 695, 300, 712])
    sheet.write(line("Passport", 700))
    sheet.pdf.Root.AcroForm = Dictionary(Fields=Array([field]))
    found = [finding for finding in screen(sheet.bytes(), "a.pdf").findings if finding.kind == "passport"]
    assert found
    # Written on the form, without a field.
    sheet = Sheet()
    note = sheet.annotate(Subtype=Name.FreeText, Contents=String("13812345678"))
    note.Rect = Array([140, 695, 300, 712])
    assert screen(sheet.bytes(), "a.pdf").verdict == "block"


def test_no_drawing_of_a_field_that_is_masked_stays() -> None:
    sheet = Sheet()
    second = sheet.page()
    old = sheet.form("BT /F1 12 Tf 0 2 Td (13812345678) Tj ET")
    field = sheet.pdf.make_indirect(Dictionary(FT=Name.Tx, T=String("f"), V=String("13812345678"),
                                               DA=String("/F1 12 Tf 0 g")))
    kids = [sheet.annotate(Subtype=Name.Widget, Parent=field, AP=Dictionary(N=old)) for _ in range(2)]
    second.Annots = Array([kids[1]])
    sheet.pages[0].Annots = Array([kids[0]])
    field.Kids = Array(kids)
    sheet.pdf.Root.AcroForm = Dictionary(Fields=Array([field]), DR=Dictionary(Font=Dictionary(F1=sheet.font)))
    assert leaks(clean(sheet.bytes(), "a.pdf").data, "13812345678") == []


def test_a_page_that_the_document_let_go_is_read() -> None:
    sheet = Sheet()
    gone = sheet.page(line("Tel. 13812345678"))
    del sheet.pdf.pages[1]
    sheet.pdf.Root.PieceInfo = Dictionary(Old=Dictionary(Private=gone))
    found = [finding for finding in screen(sheet.bytes(), "a.pdf").findings if finding.kind == "phone"]
    assert {finding.verdict for finding in found} == {"block"}
    assert leaks(clean(sheet.bytes(), "a.pdf").data, "13812345678") == []


def stack(value: str, x: int = 400) -> str:
    return "".join(line(letter, 740 - 15 * at, f"1 0 0 1 {x} 0 Tm") for at, letter in enumerate(value))


@pytest.mark.parametrize("value", [NUMBER, "13812345678", "6222021001116245702", "wang@163.com"])
def test_what_runs_down_the_page_is_read_and_covered(value: str) -> None:
    sheet = Sheet()
    sheet.write("".join(line(f"line {number} of the text", 740 - 30 * number) for number in range(9)) + stack(value))
    data = sheet.bytes()
    assert screen(data, "a.pdf").verdict == "block"
    assert leaks(clean(data, "a.pdf").data, value) == []


def test_a_column_of_figures_is_no_number() -> None:
    sheet = Sheet()
    rows = [f"{figure} of them" for figure in "13812345678"]
    sheet.write("".join(line(row, 740 - 15 * at) for at, row in enumerate(rows)))
    assert screen(sheet.bytes(), "a.pdf").verdict == "pass"
    sheet.write("".join(line(row[0], 740 - 26 * at) for at, row in enumerate(rows)))  # rows of a table stand apart
    assert not [finding for finding in screen(sheet.bytes(), "a.pdf").findings if finding.verdict == "block"]


def test_no_ink_of_a_column_looks_out_beside_its_cover() -> None:
    sheet = Sheet()
    sheet.write(stack(NUMBER))
    look = looks(sheet.bytes())[0]
    digits = [at for at, char in enumerate(look.chars) if char.text.isdigit()]
    for x0, _, x1, _ in covers(look.chars, digits[2:15]):
        assert x1 - x0 >= 0.9 * 12  # as wide as a character of another font may be
    before, after = pictures(sheet.bytes())[0], pictures(clean(sheet.bytes(), "a.pdf").data)[0]
    box = (int(472 * 1.5), int((842 - 740 + 15 * 3) * 1.5), int(484 * 1.5), int((842 - 740 + 15 * 12) * 1.5))
    assert before.crop(box).getextrema() != after.crop(box).getextrema()


def covered(data: bytes, value: str) -> None:
    """The value is found, and its middle is no more to be seen: the picture of every page that shows it differs."""
    assert screen(data, "a.pdf").verdict == "block"
    made = clean(data, "a.pdf").data
    assert leaks(made, value) == []
    for look, before, after in zip(looks(data), pictures(data), pictures(made), strict=True):
        for char in look.chars:
            if char.text == "7":  # every value here has its sevens in the middle, and no other text has one
                box = tuple(int(side * 1.5) for side in (char.x0, char.top, char.x1 + 1, char.bottom + 1))
                assert before.crop(box).convert("L").getextrema()[0] < 40
                assert after.crop(box).convert("L").getextrema()[1] < 120  # one dark box


def rows(parts: list[str], *, by_cell: bool) -> bytes:
    sheet = Sheet()
    table = [[("one", 72), (part, 200), ("done", 330)] for part in parts]
    order = [list(column) for column in zip(*table, strict=True)] if by_cell else table
    at = {id(cell): 700 - 14 * number for number, row in enumerate(table) for cell in row}
    sheet.write("".join(
        line(cell[0], at[id(cell)], f"1 0 0 1 {cell[1] - 72} 0 Tm") for stretch in order for cell in stretch
    ))
    return sheet.bytes()


@pytest.mark.parametrize("by_cell", [True, False])
@pytest.mark.parametrize("cut", [6, 8, 9])
@pytest.mark.parametrize("value", ["wang_777_li@sina.cn", "110101197707070000", "622202777777000"])
def test_a_value_broken_in_a_cell_is_found_and_covered_however_the_table_is_drawn(
    value: str, cut: int, by_cell: bool
) -> None:
    value = proven(value)
    covered(rows([f"mail {value[:cut]}", value[cut:]], by_cell=by_cell), value)


def proven(value: str) -> str:
    """The number with a check digit that is right."""
    if value.startswith("62"):
        return next(number for digit in range(10) if luhn(number := f"{value}{digit}"))
    return value[:17] + check_digit(value[:17]) if value.isdigit() and len(value) == 18 else value


@pytest.mark.parametrize("value", ["13877774568", "110101197707070000", "wang_777_li@sina.cn"])
def test_a_value_over_a_page_break_is_found_behind_page_numbers_and_heads(value: str) -> None:
    value = proven(value)
    half = value.index("7") + 1
    sheet = Sheet()
    sheet.write(line(f"Tel {value[:half]}", 60) + line("- 1 -", 30))
    sheet.page(line(value[half:], 740) + line("- 2 -", 30))
    data = sheet.bytes()
    assert [finding for finding in screen(data, "a.pdf").findings if "页末至" in finding.where]
    covered(data, value)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(1, 9_999_999), min_size=2, max_size=6))
def test_figures_of_a_column_are_no_numbers_of_persons(figures: list[int]) -> None:
    found = screen(rows([f"{figure:,}" for figure in figures], by_cell=False), "a.pdf").findings
    assert [finding for finding in found if finding.verdict == "block"] == []


def test_letters_too_small_to_be_read_are_covered_where_the_page_becomes_a_picture() -> None:
    sheet = Sheet()
    sheet.write(line(f"Tel {NUMBER}", 600, size=1))
    data = sheet.bytes()
    assert screen(data, "a.pdf").verdict == "block"
    made = clean(data, "a.pdf").data
    digits = [char for char in looks(data)[0].chars if char.text.isdigit()]
    box = (int(digits[0].x0 * 3), int(digits[0].top * 3), int(digits[-1].x1 * 3), int(digits[0].bottom * 3))
    low, high = pictures(made, 3)[0].crop(box).convert("L").getextrema()
    assert high - low < 60
    assert leaks(made, NUMBER) == []
