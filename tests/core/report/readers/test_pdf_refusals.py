"""PDFs that cannot be trusted or should not be read: refused by name, never a wrong number, never a hang."""

from __future__ import annotations

import contextlib
import time
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.report.readers.pdf_sheets import Press, Sheet, Style, assemble, to_pdf
from tests.core.report.statutory_grids import numbered, report_document

from gongkai.core.errors import ReadError
from gongkai.core.report.locate import locate
from gongkai.core.report.model import Status
from gongkai.core.report.readers.pdf import read
from gongkai.core.report.readers.pdf.streams import check_streams


def code_of(data: bytes) -> str:
    with pytest.raises(ReadError) as refusal:
        read(data)
    assert "\n" not in refusal.value.message
    return refusal.value.code


def drawing(content: bytes, *, rounds: int = 1, pages: int = 1) -> bytes:
    """A PDF whose pages all draw `content`, packed `rounds` times."""
    for _ in range(rounds):
        content = zlib.compress(content, 9)
    return assemble([
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {pages}/Kids[{'3 0 R ' * pages}]>>".encode(),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 5 0 R>>>>/Contents 4 0 R>>",
        f"<</Filter[{'/FlateDecode ' * rounds}]/Length {len(content)}>>stream\n".encode() + content + b"\nendstream",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>", b"<<>>",
    ], 1, 6)


def nested_forms(levels: int, times: int) -> bytes:
    """Each form draws the next `times` times: times ** levels drawings from a file of two kilobytes."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Resources<</XObject<</X 5 0 R>>>>/Contents 4 0 R>>",
        b"<</Length 6>>stream\n/X Do \nendstream",
    ]
    for level in range(levels):
        body = b"/X Do\n" * times
        objects.append(
            f"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X {6 + level} 0 R>>>>"
            f"/Length {len(body)}>>stream\n".encode() + body + b"endstream"
        )
    objects.append(b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Length 0>>stream\n\nendstream")
    return assemble([*objects, b"<<>>"], 1, len(objects) + 1)


@pytest.mark.parametrize("data", [
    drawing(b"0 0 1 1 re f\n" * 1_000_000), drawing(b"q " * 8_000_000), drawing(b"0 0 1 1 re f\n" * 900_000, rounds=2),
    nested_forms(12, 10),
], ids=["rectangles", "saved states", "packed twice", "forms in forms"])
def test_a_small_file_that_unpacks_to_too_much_is_refused_at_once(data: bytes) -> None:
    start = time.monotonic()
    assert code_of(data) == "content-too-large"
    assert time.monotonic() - start < 2


def test_too_many_pages_are_refused() -> None:
    assert code_of(drawing(b"BT /F 9 Tf 10 10 Td (1) Tj ET", pages=5_000)) == "too-many-pages"


def test_streams_of_ordinary_files_pass() -> None:
    check_streams(Press(Style("pieces")).pdf(report_document("2021", numbered("2021")).blocks))
    check_streams(drawing(b"\0" * 30_000_000))  # a blank scan


def test_noise_and_empty_shells_are_damaged() -> None:
    assert code_of(b"%PDF-1.7\n" + bytes(range(256)) * 4_000 + b"%%EOF") == "damaged"
    assert code_of(b"%PDF-1.7\n%%EOF") == "damaged"


def test_text_without_an_encoding_is_refused() -> None:
    sheet = Sheet()
    for n in range(20):
        sheet.text(90, 90 + 20 * n, "一二三四五六七八九十0123456789")
    nothing_mapped = "/CIDInit /ProcSet findresource begin begincmap endcmap end"
    assert code_of(to_pdf([sheet], to_unicode=nothing_mapped)) in {"text-garbled", "image-only"}


def test_the_text_layer_of_a_scan_gives_no_numbers() -> None:
    press = Press()
    data = press.pdf(report_document("2021", numbered("2021")).blocks)
    assert locate(read(data)).cells["t3.new.natural"].status is Status.VALUE
    for sheet in press.sheets:
        sheet.ops = [op.replace(" 0 Tr ", " 3 Tr ") for op in sheet.ops]
        sheet.ops.append("q 595 0 0 842 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID 0 EI Q")
    document = read(to_pdf(press.sheets))
    assert [note.code for note in document.notes] == ["scanned-text"]
    assert Status.VALUE not in {cell.status for cell in locate(document).cells.values()}


def test_a_number_that_runs_over_its_border_is_not_read() -> None:
    sheet = Sheet()
    for x in (100, 140, 180):
        sheet.line(x, 100, x, 140)
    for y in (100, 120, 140):
        sheet.line(100, y, 180, y)
    sheet.text(104, 104, "自然人")
    sheet.text(150, 104, "总计")
    sheet.text(110, 124, "1234567890")  # 45 points wide in a cell of 40: one number over two cells
    (grid,) = read(to_pdf([sheet])).blocks
    assert [cell.certain for cell in grid.cells] == [True, True, False, False]  # type: ignore[union-attr]


def test_numbers_under_each_other_in_one_cell_are_not_one_number() -> None:
    sheet = Sheet()
    for x in (100, 160, 220):
        sheet.line(x, 100, x, 160)
    for y in (100, 160):
        sheet.line(100, y, 220, y)
    for n in range(3):
        sheet.text(180, 104 + 16 * n, str(n + 1))
    (grid,) = read(to_pdf([sheet])).blocks
    assert [cell.text for cell in grid.cells] == ["", "1 2 3"]  # type: ignore[union-attr]


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_file_with_changed_bytes_is_read_or_refused_by_name(data: st.DataObject) -> None:
    whole = bytearray(_PRINTED)
    for _ in range(data.draw(st.integers(1, 12))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(ReadError):
        assert read(bytes(whole)).kind == "pdf"


_PRINTED = Press().pdf(report_document("2021", numbered("2021")).blocks)
