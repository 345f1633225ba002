"""Files are judged by what is in them; one that is refused is refused by its name, and nothing of it is kept."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from uuid import uuid4

import pytest
from tests.applications.makers import AT, PDF, registered, submission
from tests.applications.test_intake import refused

from gongkai.applications import actions
from gongkai.applications.models import Application
from gongkai.applications.submission import Incoming
from gongkai.applications.uploads import accepted, kind_of
from gongkai.core.errors import Refused
from gongkai.files.models import StoredFile

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504


def packed(*members: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in members:
            made.writestr(name, data)
    return out.getvalue()


def png(width: int = 20, height: int = 20) -> bytes:
    head = struct.pack(">LLBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">L", 13) + b"IHDR" + head + struct.pack(">L", zlib.crc32(b"IHDR" + head))


TYPES = ("[Content_Types].xml", b"<Types/>")
DOCX = packed(TYPES, ("word/document.xml", "<w>救助</w>".encode()))
XLSX = packed(TYPES, ("xl/workbook.xml", b"<x/>"))
OFD = packed(("OFD.xml", b"<ofd/>"), ("Doc_0/Document.xml", b"<d/>"))
DOC = OLE + "WordDocument".encode("utf-16-le")


@pytest.mark.parametrize(("name", "data", "kind", "kept_as"), [
    ("证.pdf", PDF, "pdf", "证.pdf"),
    ("证.JPEG", b"\xff\xd8\xff\xe0" + b"x" * 50, "jpg", "证.JPEG"),
    ("证.png", png(), "png", "证.png"),
    ("证.webp", b"RIFF\x00\x00\x00\x00WEBPVP8 ", "webp", "证.webp"),
    ("材料.docx", DOCX, "docx", "材料.docx"),
    ("材料.doc", DOC, "doc", "材料.doc"),
    ("材料.wps", DOC, "doc", "材料.wps"),
    ("名单.xlsx", XLSX, "xlsx", "名单.xlsx"),
    ("证照.ofd", OFD, "ofd", "证照.ofd"),
    ("说明.txt", "申请说明".encode(), "txt", "说明.txt"),
    ("说明.txt", "申请说明".encode("gb18030"), "txt", "说明.txt"),
    ("说明.txt", "申请说明".encode("utf-16"), "txt", "说明.txt"),
    ("身份证", PDF, "pdf", "身份证.pdf"),
    ("看图.exe", PDF, "pdf", "看图.exe.pdf"),
    ("../../证.png", PDF, "pdf", "证.png.pdf"),
])
def test_what_is_taken_is_known_by_its_content(name, data, kind, kept_as):
    one, = accepted([Incoming(name, [data[:7], data[7:]])])
    assert (one.kind, one.name, one.data) == (kind, kept_as, data)


BOMB = packed(TYPES, ("word/document.xml", b"\x00" * (40 * 1024 * 1024)))


@pytest.mark.parametrize(("name", "data", "code"), [
    ("空.pdf", b"", "file-empty"),
    ("证.pdf", b"MZ\x90\x00" + b"\x00" * 100, "file-program"),
    ("证.jpg", b"\x7fELF" + b"\x00" * 100, "file-program"),
    ("证.pdf", b"<!DOCTYPE html><script>alert(1)</script>", "file-page"),
    ("证.txt", b"  <html><body>", "file-page"),
    ("证.txt", "<script>".encode("utf-16"), "file-page"),
    ("证.png", b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>', "file-page"),
    ("证.svg", b'<svg onload="x()"/>', "file-page"),
    ("材料.doc", b"<html xmlns:w='urn:schemas-microsoft-com:office:word'>", "file-page"),
    ("材料.docx", BOMB, "file-hostile"),
    ("材料.docx", DOCX[:-10], "file-damaged"),
    ("材料.docx", packed(TYPES, ("word/document.xml", b"x"), ("word/vbaProject.bin", b"x")), "file-macro"),
    ("材料.docx", packed(("[Content_Types].xml", b"application/vnd.ms-word.document.macroEnabled.main+xml"),
                       ("word/document.xml", b"x")), "file-macro"),
    ("材料.docx", packed(TYPES, ("word/document.xml", b"x"), ("word/activeX/activeX1.bin", b"x")), "file-macro"),
    ("材料.doc", DOC + "_VBA_PROJECT".encode("utf-16-le"), "file-macro"),
    ("材料.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "file-encrypted"),
    ("名单.xls", OLE + "Workbook".encode("utf-16-le"), "file-kind"),
    ("资料.zip", packed(("a.txt", b"x")), "file-kind"),
    ("资料.rar", b"Rar!\x1a\x07\x00" + b"\x00" * 40, "file-kind"),
    ("脚本.js", b"alert(1)", "file-kind"),
    ("批处理.bat", b"del *.*", "file-kind"),
    ("证.pdf", b"%PDF-1.4 cut off", "file-damaged"),
    ("证.pdf", PDF.replace(b"<<>>", b"<</S/JavaScript/JS(app.alert(1))>>", 1), "file-script"),
    ("证.pdf", PDF.replace(b"<<>>", b"<</S/Launch/F(cmd.exe)>>", 1), "file-script"),
    ("证.pdf", PDF.replace(b"<<>>", b"<</S/J#61va#53cript/JS(app.alert(1))>>", 1), "file-script"),
    ("证.png", png(60_000, 60_000), "file-hostile"),
    ("证.png", png()[:15], "file-damaged"),
])
def test_what_is_refused_is_refused_by_name(name, data, code):
    told = refused(code, lambda: kind_of(data, name))
    assert f"“{name}”" in told.message
    assert told.message.count("；") <= 1


def test_limits_of_size_and_number(settings):
    settings.GONGKAI_APPLICATION_FILE_BYTES, settings.GONGKAI_APPLICATION_FILES_BYTES = 1024 ** 2, 2 * 1024 ** 2
    settings.GONGKAI_APPLICATION_FILES = 3
    large = PDF[:9] + b"x" * (1024 ** 2 - 100) + b"%%EOF"
    assert len(accepted([Incoming("大.pdf", [large])])) == 1
    told = refused("file-too-large", lambda: accepted([Incoming("太大.pdf", [large, b"x" * 200])]))
    assert "“太大.pdf”超过 1 MB" in told.message
    refused("files-too-large", lambda: accepted([Incoming(f"{n}.pdf", [large]) for n in range(3)]))
    refused("too-many-files", lambda: accepted([Incoming(f"{n}.pdf", [PDF]) for n in range(4)]))


def test_an_endless_file_is_not_read_to_its_end(settings):
    settings.GONGKAI_APPLICATION_FILE_BYTES = 1000
    read = []

    def endless():
        while True:
            read.append(1)
            yield b"x" * 400

    with pytest.raises(Refused):
        accepted([Incoming("无尽.pdf", endless())])
    assert len(read) == 3


@pytest.mark.django_db
def test_one_bad_file_keeps_nothing_of_the_application(bureau):
    files = [Incoming("证.pdf", [PDF]), Incoming("坏.pdf", [b"MZ\x00"])]
    refused("file-program", lambda: actions.submit(
        agency=bureau, submission=submission(), files=files, token=uuid4(), at=AT))
    assert (Application.objects.count(), StoredFile.objects.count()) == (0, 0)
    refused("file-program", lambda: registered(bureau, files=files))
    assert Application.objects.count() == 0
