"""Old Office files, made by LibreOffice from ours, and compound files made by hand."""

from __future__ import annotations

import shutil
import struct
import subprocess
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from docx.document import Document
from openpyxl.comments import Comment
from tests.core.screening.office.making import VALUE, joined, mask, with_part, word, workbook

from gongkai.core.errors import ReadError
from gongkai.core.screening.formats import rebuild, unpack
from gongkai.core.screening.formats.ole import others
from gongkai.core.screening.formats.ole.strings import shared_strings
from gongkai.core.screening.model import Kind, Verdict

needs_office = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed")
_SECTOR = 512


def compound(streams: dict[str, bytes]) -> bytes:
    """A compound file with these streams at its root, each in sectors of its own."""
    bodies = [body.ljust(max(4096, -(-len(body) // _SECTOR) * _SECTOR), b"\x00") for body in streams.values()]
    directory_sectors = -(-(len(streams) + 1) // 4)
    fat = [0xFFFFFFFD, *range(2, directory_sectors + 1), 0xFFFFFFFE]
    entries = [_entry("Root Entry", 5, 0xFFFFFFFE, 0, child=1)]
    at = 1 + directory_sectors
    for number, (name, body) in enumerate(zip(streams, bodies, strict=True), 1):
        count = len(body) // _SECTOR
        following = number + 1 if number < len(streams) else 0xFFFFFFFF
        entries.append(_entry(name, 2, at, len(body), right=following))
        fat += [*range(at + 1, at + count), 0xFFFFFFFE]
        at += count
    fat += [0xFFFFFFFF] * (_SECTOR // 4 - len(fat))
    head = struct.pack("<8s16xHHHHH6x", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 62, 3, 0xFFFE, 9, 6)
    head += struct.pack("<9L", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    head += struct.pack("<109L", 0, *([0xFFFFFFFF] * 108))
    table = struct.pack(f"<{_SECTOR // 4}L", *fat[:_SECTOR // 4])
    return head + table + b"".join(entries).ljust(directory_sectors * _SECTOR, b"\x00") + b"".join(bodies)


def _entry(name: str, kind: int, start: int, size: int, *, right: int = 0xFFFFFFFF, child: int = 0xFFFFFFFF) -> bytes:
    raw = (name + "\x00").encode("utf-16-le")
    return raw.ljust(64, b"\x00") + struct.pack(
        "<HBBLLL36xLLL", len(raw), kind, 1, 0xFFFFFFFF, right, child, start, size, 0)


def _letter(document: Document) -> None:
    document.add_paragraph(f"身份证号：{VALUE}")
    document.add_paragraph("见").add_run(VALUE).font.hidden = True
    table = document.add_table(2, 2)
    for row, texts in enumerate((("姓名", "号码"), ("张三", VALUE))):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    document.sections[0].header.paragraphs[0].text = VALUE
    document.core_properties.comments = VALUE


def _list(book: openpyxl.Workbook) -> None:
    sheet = book.active
    sheet["C2"] = VALUE
    sheet["C3"] = int(VALUE)
    sheet["A2"].comment = Comment(VALUE, "王五")
    sheet["A5"] = VALUE
    sheet.row_dimensions[5].hidden = True
    sheet["F1"] = VALUE
    sheet.column_dimensions["F"].hidden = True
    hidden = book.create_sheet("底表")
    hidden["A1"] = VALUE
    hidden.sheet_state = "hidden"


@cache
def _converted(kind: str, folder: Path) -> bytes:
    data, source = (word(_letter), "a.docx") if kind == "doc" else (workbook(_list), "a.xlsx")
    (folder / source).write_bytes(data)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(folder), str(folder / source)],
        check=True, capture_output=True, timeout=120,
    )
    return (folder / f"a.{kind}").read_bytes()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("office")


@needs_office
@pytest.mark.parametrize("where", ["正文第2段", "正文第3段", "正文表格 第2行第2列", "页眉页脚第1段", "文档属性“备注”"])
def test_an_old_document_tells_its_places(where: str, folder: Path) -> None:
    unpacked = unpack(_converted("doc", folder), "a.doc")

    assert unpacked.format == "doc"
    assert where in {piece.where for piece in unpacked.pieces if VALUE in joined(piece.text)}


@needs_office
@pytest.mark.parametrize(("where", "hidden"), [
    ("工作表“表一” C2", False), ("工作表“表一”的批注", True), ("工作表“表一” A5", True), ("工作表“表一” F1", True),
    ("工作表“底表”（隐藏） A1", True),
])
def test_an_old_workbook_tells_its_places(where: str, hidden: bool, folder: Path) -> None:
    pieces = unpack(_converted("xls", folder), "a.xls").pieces

    assert (where, hidden) in {(p.where, p.hidden) for p in pieces if VALUE in joined(p.text)}


@needs_office
def test_a_number_in_an_old_workbook_is_written_out(folder: Path) -> None:
    pieces = unpack(_converted("xls", folder), "a.xls").pieces

    assert [p.text[:15] for p in pieces if p.where == "工作表“表一” C3"] == [VALUE[:15]]


@needs_office
@pytest.mark.parametrize("kind", ["doc", "xls"])
def test_old_files_are_not_rebuilt_and_it_is_said_what_to_do(kind: str, folder: Path) -> None:
    with pytest.raises(ReadError) as refused:
        rebuild(_converted(kind, folder), f"a.{kind}", mask)
    assert refused.value.code == "cannot-clean"
    assert "另存为 .docx、.xlsx 或 PDF" in refused.value.message


@needs_office
def test_a_cut_off_old_document_is_refused(folder: Path) -> None:
    data, codes = _converted("doc", folder), list[str]()
    for length in range(600, len(data) - 512, len(data) // 25):  # writers leave the last sector short
        codes.append(_outcome(data[:length]))
    assert set(codes) <= {"damaged", "unsupported-format"}


def _outcome(data: bytes) -> str:
    try:
        unpack(data, "a.doc")
    except ReadError as refused:
        return refused.code
    return "read"


def test_texts_of_old_slides() -> None:
    def atom(kind: int, body: bytes, version: int = 0) -> bytes:
        return struct.pack("<HHL", version, kind, len(body)) + body

    stream = atom(1000, atom(4000, VALUE.encode("utf-16-le")) + atom(4008, b"plain text"), 0xF)
    unpacked = unpack(compound({"PowerPoint Document": stream}), "a.ppt")

    assert {p.text for p in unpacked.pieces if p.where == "演示文稿的文字"} == {VALUE, "plain text"}


def test_a_file_in_an_object_is_unpacked_with_its_name() -> None:
    content = word(lambda document: document.add_paragraph(VALUE))
    native = b"\x02\x00" + "名单.docx".encode("gb18030") + b"\x00C:\\a.docx\x00" + struct.pack("<LL", 3, 3) + b"ab\x00"
    native += struct.pack("<L", len(content)) + content
    data = compound({"\x01Ole10Native": struct.pack("<L", len(native)) + native})
    holder = with_part(word(), "word/embeddings/oleObject1.bin", data, "oleObject", "application/x-ole")

    found = [piece.where for piece in unpack(holder, "a.docx").pieces if VALUE in piece.text]
    assert any("嵌入文件“名单.docx” › 正文第2段" in where for where in found), found


def test_macros_of_old_files_block() -> None:
    stream = struct.pack("<HHL", 0, 4000, 4) + "文字".encode("utf-16-le")
    unpacked = unpack(compound({"PowerPoint Document": stream, "_VBA_PROJECT_CUR": VALUE.encode()}), "a.ppt")

    assert (Kind.HIDDEN_CONTENT, Verdict.BLOCK) in {(f.kind, f.verdict) for f in unpacked.findings}
    assert any(VALUE in piece.text for piece in unpacked.pieces)


def test_the_source_of_a_macro_is_unpacked() -> None:
    text = b'Attribute VB_Name = "A"\r\n' + VALUE.encode()
    body = b"".join(b"\x00" + text[at:at + 8] for at in range(0, len(text), 8))
    packed = b"\x01" + struct.pack("<H", 0xB000 | (len(body) - 1)) + body

    assert others.macro_source(b"cache" + packed) == text.decode()
    flat = compound({"_VBA_PROJECT_CUR": b"x" * 4096, "Module1": (b"cache" + packed).ljust(4096, b"\x00")})
    found = [piece for piece in unpack(flat, "vbaProject.bin", depth=1).pieces if VALUE in piece.text]
    assert found
    assert found[0].where == "宏 Module1"


def test_an_encrypted_file_is_refused() -> None:
    with pytest.raises(ReadError) as refused:
        unpack(compound({"EncryptedPackage": b"x", "EncryptionInfo": b"y"}), "a.docx")
    assert refused.value.code == "encrypted"


def test_strings_go_on_in_the_next_record() -> None:
    first = struct.pack("<LL", 2, 2) + struct.pack("<HB", 4, 1) + "甲乙".encode("utf-16-le")
    second = b"\x01" + "丙丁".encode("utf-16-le") + struct.pack("<HB", 3, 0) + b"a"
    third = b"\x00bc"

    assert shared_strings([first, second, third]) == ["甲乙丙丁", "abc"]


def test_words_in_records_that_hold_no_cells_are_found() -> None:
    """A number in a number format, a filter or a connection of an old workbook."""
    def record(kind: int, body: bytes) -> bytes:
        return struct.pack("<HH", kind, len(body)) + body

    said = f'"{VALUE}"0'
    number_format = struct.pack("<HHB", 164, len(said), 0) + said.encode("latin-1")
    start, end = record(0x809, struct.pack("<HHHHLL", 0x600, 5, 0, 0, 0, 0)), record(0x0A, b"")
    stream = start + record(0x41E, number_format) + record(0x31, b"\xc8\x00" * 7) + end
    pieces = unpack(compound({"Workbook": stream.ljust(4096, b"\x00")}), "a.xls").pieces
    assert [piece.hidden for piece in pieces if VALUE in piece.text] == [True]
