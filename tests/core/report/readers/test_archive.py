"""Archives are read member by member; litter is left out and a bad member stops nothing."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest
from tests.core.report.readers.office_files import docx, p, packed

from gongkai.core.errors import ReadError
from gongkai.core.report.readers.archive import is_archive, members


def test_members_in_order_without_litter() -> None:
    archive = packed({
        "县直/": b"", "县直/水利局.docx": b"1", "__MACOSX/县直/._水利局.docx": b"x", "县直/~$水利局.docx": b"x",
        "县直/.DS_Store": b"x", "Thumbs.db": b"x", "乡镇/年报_files/封面.jpg": b"x", "乡镇/云麓镇/年报.pdf": b"2",
        "年报.wps": b"3",
    })
    assert [(m.name, m.data) for m in members(archive)] == [
        ("县直/水利局.docx", b"1"), ("乡镇/云麓镇/年报.pdf", b"2"), ("年报.wps", b"3"),
    ]


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_names_that_do_not_say_their_encoding(encoding: str) -> None:
    name = "乡镇/年报.docx".encode(encoding)
    archive = packed({"x" * len(name): b"1"}).replace(b"x" * len(name), name)
    assert [m.name for m in members(archive)] == ["乡镇/年报.docx"]


@pytest.mark.parametrize("name", ["../../etc/年报.docx", "/etc/年报.docx", "C:\\etc\\年报.docx", "./etc/年报.docx"])
def test_names_cannot_climb_out(name: str) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(zipfile.ZipInfo(name), b"1")
    assert [m.name.rpartition("etc/")[0] for m in members(out.getvalue())] == [""]


def test_a_bad_member_is_given_with_its_error_and_the_others_follow() -> None:
    archive = packed({"坏.docx": b"A" * 5000, "炸弹.docx": b"0" * 30_000_000, "好.docx": b"2"})
    start = archive.index("坏.docx".encode()) + len("坏.docx".encode())
    broken = archive[:start] + b"\xff" * 8 + archive[start + 8:]
    assert [(m.name, m.error.code if m.error else m.data) for m in members(broken)] == [
        ("坏.docx", "damaged"), ("炸弹.docx", "zip-bomb"), ("好.docx", b"2"),
    ]


def test_a_member_with_a_password_is_named() -> None:
    archive = bytearray(packed({"a.docx": b"1"}))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        struct.pack_into("<H", archive, archive.index(signature) + offset, 1)
    assert [m.error.code for m in members(bytes(archive)) if m.error] == ["encrypted"]


def test_a_way_of_packing_that_is_not_known_is_not_taken_for_a_password() -> None:
    archive = bytearray(packed({"a.docx": b"1"}))
    for signature, offset in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        struct.pack_into("<H", archive, archive.index(signature) + offset, 9)
    assert [m.error.code for m in members(bytes(archive)) if m.error] == ["damaged"]


@pytest.mark.parametrize(("data", "code"), [
    (b"", "empty-file"), (b"PK\x03\x04", "truncated"), (b"nothing", "truncated"),
])
def test_archives_that_cannot_be_opened(data: bytes, code: str) -> None:
    with pytest.raises(ReadError) as refused:
        list(members(data))
    assert refused.value.code == code


def test_a_document_is_not_an_archive() -> None:
    assert is_archive(packed({"年报.docx": docx(p("正文"))}))
    assert not is_archive(docx(p("正文")))
    assert not is_archive("正文".encode())


def test_a_picture_by_itself_is_given_because_it_may_be_a_scanned_report() -> None:
    data = packed({"财政局年报.jpg": b"\xff\xd8\xff\xe0", "水利局.docx": b"1"})
    assert [member.name for member in members(data)] == ["财政局年报.jpg", "水利局.docx"]
