"""Hostile packages get one sentence, quickly; strict files are read like others."""

from __future__ import annotations

import io
import time
import zipfile

import pytest
from tests.core.screening.office.leaks import leaks
from tests.core.screening.office.making import VALUE, joined, mask, paragraph, rezip, run, word, workbook

from gongkai.core.errors import ReadError
from gongkai.core.screening.formats import rebuild, unpack

_BOMB = b"<w:p/>" * 12_000_000


def _document(content: bytes) -> bytes:
    return rezip(word(), {"word/document.xml": lambda _: content})


@pytest.mark.parametrize(("content", "codes"), [
    (b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', {"xml-entities"}),
    (b"<a>" * 100_000, {"xml-too-deep", "damaged"}),
    (b"<a><b></a>", {"damaged"}),
    (b"", {"damaged"}),
    (_BOMB, {"zip-bomb", "content-too-large"}),
])
def test_a_hostile_part_is_refused_at_once(content: bytes, codes: set[str]) -> None:
    data = _document(content)
    started = time.perf_counter()

    with pytest.raises(ReadError) as refused:
        unpack(data, "a.docx")
    assert refused.value.code in codes
    assert time.perf_counter() - started < 10


@pytest.mark.parametrize("data", [word(), workbook()], ids=["docx", "xlsx"])
def test_a_cut_off_package_is_refused(data: bytes) -> None:
    for length in range(100, len(data) - 1, max(1, len(data) // 20)):
        with pytest.raises(ReadError):
            unpack(data[:length], "a.docx")


def test_relationships_that_lead_out_of_the_package_lead_nowhere() -> None:
    data = rezip(word(), {"word/_rels/document.xml.rels": lambda p: p.replace(
        b'Target="styles.xml"', b'Target="../../../../etc/passwd"')})

    with zipfile.ZipFile(io.BytesIO(rebuild(data, "a.docx", mask).data)) as archive:
        assert not [name for name in archive.namelist() if "passwd" in name]


def test_styles_based_on_each_other_end() -> None:
    def loop(part: bytes) -> bytes:
        styles = b"".join(
            b'<w:style w:type="character" w:styleId="L%d"><w:basedOn w:val="L%d"/></w:style>' % (n, (n + 1) % 3)
            for n in range(3)
        )
        return part.replace(b"</w:styles>", styles + b"</w:styles>")

    data = rezip(word(lambda d: d.add_paragraph("正文")), {
        "word/styles.xml": loop,
        "word/document.xml": lambda p: p.replace(b"<w:r><w:t>", b'<w:r><w:rPr><w:rStyle w:val="L0"/></w:rPr><w:t>'),
    })
    assert any(piece.text == "正文" for piece in unpack(data, "a.docx").pieces)


def test_strict_files_are_read_and_written_as_ordinary_ones() -> None:
    def strict(part: bytes) -> bytes:
        return part.replace(
            b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        ).replace(
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        )

    plain = word(lambda document: document.add_paragraph(f"号码{VALUE}"))
    with zipfile.ZipFile(io.BytesIO(plain)) as archive:
        names = [name for name in archive.namelist() if name.endswith((".xml", ".rels")) and name[0] in "w_"]
    data = rezip(plain, dict.fromkeys(names, strict))

    assert [p.where for p in unpack(data, "a.docx").pieces if VALUE in joined(p.text)] == ["正文第2段"]
    assert leaks(rebuild(data, "a.docx", mask).data, VALUE) == []


def test_utf16_parts_are_read() -> None:
    content = (
        '<?xml version="1.0" encoding="UTF-16"?><w:document '
        'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
        f"{paragraph(run(VALUE))}</w:body></w:document>"
    ).encode("utf-16")
    data = _document(content)

    assert any(VALUE in piece.text for piece in unpack(data, "a.docx").pieces)
    assert leaks(rebuild(data, "a.docx", mask).data, VALUE) == []


def test_two_parts_of_one_name_are_both_read() -> None:
    out = io.BytesIO(word())
    with zipfile.ZipFile(out, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("word/document.xml", _document(b"x") and zipfile.ZipFile(io.BytesIO(word(
            lambda document: document.add_paragraph(VALUE)))).read("word/document.xml"))

    assert any(VALUE in piece.text for piece in unpack(out.getvalue(), "a.docx").pieces)


def test_large_files_take_seconds_not_minutes() -> None:
    def fill(book: object) -> None:
        for number in range(4_000):
            book.active.append([f"单位{number}", number, number * 1.5, "甲乙丙丁", None, number])  # type: ignore[attr-defined]

    data = workbook(fill)
    started = time.perf_counter()
    unpack(data, "a.xlsx")
    rebuild(data, "a.xlsx", lambda text: text)
    assert time.perf_counter() - started < 20
