"""A file is what its content says; what is not read is refused by name, with what to do."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.report.readers.office_files import cells, docx, p, packed, xlsx

from gongkai.core.errors import ReadError
from gongkai.core.report.readers.sniff import name_note, sniff

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
DOCX, XLSX = docx(p("正文")), xlsx(("Sheet1", "visible", cells({1: {"A": "1"}})))
PDF = b"%PDF-1.7\n" + bytes(100) + b"\nstartxref\n0\n%%EOF\n"


@pytest.mark.parametrize(("data", "kind"), [
    (DOCX, "docx"), (XLSX, "xlsx"), (PDF, "pdf"), (b"junk before\n" + PDF, "pdf"),
    (packed({"[Content_Types].xml": "wordprocessingml.document.main", "main.xml": ""}), "docx"),
    (packed({"[Content_Types].xml": "spreadsheetml.sheet.main", "main.xml": ""}), "xlsx"),
    (b"<!DOCTYPE html><html></html>", "html"), ("<table><tr><td>总计</td></tr></table>".encode("gbk"), "html"),
    ('<?xml version="1.0"?><html xmlns="x"><body></body></html>'.encode("utf-16"), "html"),
    (b"MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\r\n--x", "html"),
    (b'\xef\xbb\xbf {"form": "2021"}', "json"), ("一、总体情况\n".encode(), "text"), ("总计".encode("gbk") * 9, "text"),
    ("一、总体情况".encode("utf-16"), "text"), (b"{not json}", "text"), (b"a < b and c > d", "text"),
    ("规章,1,2\n".encode("gb18030"), "text"),
])
def test_kinds(data: bytes, kind: str) -> None:
    assert sniff(data, "无关.bin") == kind


@pytest.mark.parametrize(("data", "code", "advice"), [
    (b"", "empty-file", "重新上传"), (b" \r\n\t ", "empty-file", "重新上传"), 
    (b"PK\x05\x06" + bytes(18), "empty-file", "检查"),
    (DOCX[: len(DOCX) // 2], "truncated", "重新取得原件"), (b"PK\x03\x04", "truncated", "重新取得原件"),
    (PDF[:60], "truncated", "重新取得原件"),
    (OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted", "取消密码"),
    (OLE + "WordDocument".encode("utf-16-le"), "old-office-format", "另存为 .docx"),
    (OLE + "Workbook".encode("utf-16-le"), "old-office-format", "另存为 .xlsx"), (OLE, "old-office-format", "另存为"),
    (packed({"年报.docx": DOCX}), "archive", "解压"), (b"Rar!\x1a\x07\x00", "archive", "解压"),
    (b"7z\xbc\xaf\x27\x1c", "archive", "解压"), (packed({"OFD.xml": ""}), "unsupported-format", "OFD"),
    (packed({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": ""}), "unsupported-format", "另存"),
    (packed({"[Content_Types].xml": "presentationml", "ppt/x.xml": ""}), "unsupported-format", "PowerPoint"),
    (packed({"[Content_Types].xml": "ms-excel.sheet.binary.macroEnabled.main", "xl/workbook.bin": ""}),
     "unsupported-format", "另存为 .xlsx"),
    (packed({"[Content_Types].xml": "<Types/>"}), "unknown-format", "另存"),
    (b"{\\rtf1\\ansi}", "unsupported-format", "另存为 .docx"),
    (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">', "unsupported-format",
     ".xlsx"),
    (b"\x89PNG\r\n\x1a\n" + bytes(50), "image-only", "不做文字识别"),
    (b"\xff\xd8\xff\xe0" + bytes(9), "image-only", ""),
    (b"BM\x36\x00\x00\x00\x00\x00\x00\x00", "image-only", ""), (b"RIFF\x00\x00\x00\x00WEBP", "image-only", ""),
    (bytes(range(256)) * 40, "unknown-format", "认不出"), (b"\x7fELF" + bytes(200), "unknown-format", "认不出"),
])
def test_refusals_say_what_to_do(data: bytes, code: str, advice: str) -> None:
    with pytest.raises(ReadError) as refused:
        sniff(data, "报告.docx")
    assert refused.value.code == code
    assert advice in refused.value.message
    assert "\n" not in refused.value.message
    assert refused.value.message.endswith("。")


@pytest.mark.parametrize(("kind", "name", "said"), [
    ("docx", "a.docx", False), ("docx", "a.DOCM", False), ("html", "a.xls", True), ("html", "a.doc", True),
    ("xlsx", "a.docx", True), ("pdf", "a.txt", True), ("text", "a", False), ("text", None, False),
    ("docx", "a.b2f1c3", False), ("html", "a.mht", False), ("text", "a.csv", False),
])
def test_a_name_that_promises_something_else_is_noted(kind: str, name: str | None, said: bool) -> None:
    note = name_note(kind, name)
    assert (note is not None) is said
    if note is not None:
        assert note.code == "extension-differs"


@given(st.binary(max_size=300), st.sampled_from([b"", b"PK\x03\x04", OLE, b"%PDF-1.4", b"<html>", b"{", b"\xff\xfe"]))
def test_anything_gets_a_kind_or_a_refusal(noise: bytes, magic: bytes) -> None:
    try:
        kind = sniff(magic + noise, "x")
    except ReadError:
        return  # any other exception fails the test
    assert kind in {"docx", "html", "xlsx", "pdf", "text", "json"}


def test_noise_is_no_text() -> None:
    with pytest.raises(ReadError) as refused:
        sniff(random.Random(1).randbytes(100_000), "年报.txt")
    assert refused.value.code == "unknown-format"
