"""Archives: members, their names, comments, what lies between them, and what cannot be read."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest
from tests.core.screening.office.leaks import leaks
from tests.core.screening.office.making import VALUE, joined, mask, word, workbook

from gongkai.core.errors import ReadError
from gongkai.core.screening import clean, screen
from gongkai.core.screening.formats import rebuild, unpack
from gongkai.core.screening.model import Kind, Verdict


def _zip(members: dict[str, bytes], comment: bytes = b"") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
        archive.comment = comment
    return out.getvalue()


def _gap() -> bytes:
    data = _zip({"a.docx": word()})
    end = data.rindex(b"PK\x05\x06")
    start, = struct.unpack_from("<L", data, end + 16)
    moved = data[:end + 16] + struct.pack("<L", start + len(VALUE)) + data[end + 20:]
    return moved[:start] + VALUE.encode() + moved[start:]


_ORDINARY = {"通知.docx": word(), "表.xlsx": workbook()}
_PLACES = {
    "member": (_zip({**_ORDINARY, "名单.docx": word(lambda d: d.add_paragraph(VALUE))}), "附件“名单.docx” › 正文第2段"),
    "name": (_zip({**_ORDINARY, f"{VALUE}.docx": word()}), "的文件名"),
    "comment": (_zip(_ORDINARY, VALUE.encode()), "压缩包注释"),
    "between": (_gap(), "压缩包成员之外的数据"),
    "archive in archive": (_zip({**_ORDINARY, "内.zip": _zip({"a.docx": word(lambda d: d.add_paragraph(VALUE))})}),
                           "附件“内.zip” › 附件“a.docx” › 正文第2段"),
}


@pytest.mark.parametrize("place", list(_PLACES))
def test_a_value_is_found_with_its_place_and_gone_after_cleaning(place: str) -> None:
    data, where = _PLACES[place]

    found = [piece.where for piece in unpack(data, "附件.zip").pieces if VALUE in joined(piece.text)]
    assert any(where in at for at in found), found
    assert leaks(data, VALUE)
    assert leaks(rebuild(data, "附件.zip", mask).data, VALUE) == []


def test_an_encrypted_member_blocks() -> None:
    data = bytearray(_zip({"a.docx": word()}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + offset] |= 1

    findings = unpack(bytes(data), "附件.zip").findings
    assert [(f.kind, f.verdict, f.where) for f in findings] == [(Kind.UNSCREENED, Verdict.BLOCK, "附件“a.docx”")]


def test_paths_stay_inside_and_names_are_not_used_twice() -> None:
    data = _zip({"../../a.docx": word(), "/b/a.docx": word(), "C:\\a.docx": word(), "c/./a.docm": word()})

    with zipfile.ZipFile(io.BytesIO(rebuild(data, "附件.zip", mask).data)) as archive:
        assert archive.namelist() == ["a.docx", "b/a.docx", "a-2.docx", "c/a.docx"]


def test_a_member_that_cannot_be_cleaned_is_named() -> None:
    with pytest.raises(ReadError) as refused:
        rebuild(_zip({"程序.exe": b"MZ\x00\x01\x02" * 50}), "附件.zip", mask)
    assert refused.value.code == "cannot-clean"
    assert "程序.exe" in refused.value.message


def test_archives_in_archives_end() -> None:
    data = _zip({"a.docx": word()})
    for number in range(6):
        data = _zip({f"{number}.zip": data})

    assert Verdict.BLOCK in {finding.verdict for finding in unpack(data, "附件.zip").findings}


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(("data", "name"), [(_zip(_ORDINARY), "a.zip"), (word(), "a.docx"), (workbook(), "a.xlsx")])
def test_what_follows_the_end_of_the_file_is_read(data: bytes, name: str, encoding: str) -> None:
    after = data + b"\n" + f"张三身份证号：{VALUE}".encode(encoding)
    findings = screen(after, name).findings
    assert (Kind.ID_NUMBER, Verdict.BLOCK, True) in {(one.kind, one.verdict, one.hidden) for one in findings}
    assert (Kind.HIDDEN_CONTENT, Verdict.WARN) in {(one.kind, one.verdict) for one in findings}
    assert leaks(clean(after, name).data, VALUE) == []


def test_padding_behind_the_end_is_nothing() -> None:
    assert screen(_zip(_ORDINARY) + b"\x00" * 64, "a.zip").findings == screen(_zip(_ORDINARY), "a.zip").findings
