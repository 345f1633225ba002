"""What a file really is, by its content; its name is only compared afterwards.

Kinds: "docx", "html" (also MHTML and the HTML that calls itself .xls or .doc), "xlsx", "pdf", "text", "json".
Everything else is refused by name, with what to do.
"""

from __future__ import annotations

import re
from pathlib import PurePath

from gongkai.core.errors import ReadError
from gongkai.core.report.model import Note
from gongkai.core.report.readers.limits import check_size

_HEAD = 65_536
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_HTML = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|table|tbody|tr|td|div|p|meta|span|h[1-6]|style|script|title)[\s>/]", re.I
)
_MHTML = re.compile(rb"^mime-version:|^content-type:\s*multipart/related", re.I | re.M)
_JSON = re.compile(rb"\s*\{\s*[\"}]")
_IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"II*\x00", b"MM\x00*")
_ARCHIVES = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"\xfd7zXZ\x00")
_EXTENSIONS = {
    "docx": {".docx", ".docm", ".dotx"}, "xlsx": {".xlsx", ".xlsm", ".et"}, "pdf": {".pdf"}, "json": {".json"},
    "html": {".html", ".htm", ".xhtml", ".shtml", ".mht", ".mhtml"}, "text": {".txt", ".md", ".text", ".csv", ".tsv"},
}
_NAMES = {"docx": "Word 文档", "xlsx": "Excel 工作簿", "pdf": "PDF", "json": "JSON", "html": "网页", "text": "纯文本"}


def sniff(data: bytes, name: str | None = None) -> str:
    """The kind of a file. `name` only makes refusals clearer.

    Raises ReadError: `empty-file`, `file-too-large`, `truncated`, `damaged`, `encrypted`, `old-office-format`,
    `unsupported-format`, `archive`, `image-only`, `zip-bomb`, `zip-too-many-files`, `unknown-format`.
    """
    check_size(data)
    if data[:4] == b"PK\x03\x04":
        from gongkai.core.report.readers.package_kind import package_kind  # a page or a text needs no zip library

        return package_kind(data)
    if data[:8] == _OLE:
        raise _ole(data)
    if b"%PDF-" in data[:1024]:
        return _pdf(data)
    if data[:4] == b"PK\x05\x06":
        raise ReadError("empty-file", "这是一个空的压缩包，里面没有文件；请检查后重新上传。")
    _refuse_known(data)
    return _text_kind(data, name)


def name_note(kind: str, name: str | None) -> Note | None:
    """The note `extension-differs` when the name promises another kind than the content has, else None."""
    extension = PurePath(name).suffix.lower() if name else ""
    if not extension or extension in _EXTENSIONS[kind]:
        return None
    known = any(extension in extensions for extensions in _EXTENSIONS.values())
    if not known and extension not in {".doc", ".xls", ".wps"}:
        return None  # an extension that promises nothing
    return Note("extension-differs", f"文件名的扩展名是 {extension}，内容实为{_NAMES[kind]}，已按内容读取。")


def _ole(data: bytes) -> ReadError:
    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    if holds("EncryptedPackage"):
        return ReadError("encrypted", "文件加了打开密码，无法读取；请在 Word 或 WPS 中取消密码后再上传。")
    if holds("WordDocument"):
        return ReadError("old-office-format", "这是旧版 Word 格式（.doc 或 .wps），没有解析；请另存为 .docx 后再上传。")
    if holds("Workbook") or holds("Book"):
        return ReadError("old-office-format", "这是旧版 Excel 格式（.xls 或 .et），没有解析；请另存为 .xlsx 后再上传。")
    return ReadError(
        "old-office-format", "这是旧版 Office 格式的文件，没有解析；请用 Word 或 WPS 另存为 .docx 或 .xlsx 后再上传。"
    )


def _pdf(data: bytes) -> str:
    tail = data.rstrip(b"\x00\r\n ")[-4096:]
    if b"%%EOF" not in tail and b"startxref" not in tail:
        raise ReadError("truncated", "PDF 不完整：结尾缺失，多半是上传或下载中断；请重新取得原件后再上传。")
    return "pdf"


def _refuse_known(data: bytes) -> None:
    bitmap = data[:2] == b"BM" and data[6:10] == b"\x00\x00\x00\x00"
    if data.startswith(_IMAGES) or bitmap or (data[:4] == b"RIFF" and data[8:12] == b"WEBP"):
        raise ReadError(
            "image-only", "这是一张图片，没有可读的文字，本程序不做文字识别；请上传报告的 .docx、.xlsx 或带文字的 PDF。"
        )
    if data.startswith(_ARCHIVES):
        raise ReadError("archive", "这是压缩包（rar、7z 或 gz），没有解开；请解压后上传其中的报告，或改压为 .zip。")
    if data.startswith(b"{\\rtf"):
        raise unsupported("RTF 文档", "请另存为 .docx 后再上传。")
    head = data[:2048]
    if b"urn:schemas-microsoft-com:office:spreadsheet" in head:
        raise unsupported("Excel 2003 的 XML 表格", "请另存为 .xlsx 后再上传。")
    if b"schemas.microsoft.com/office/word/2003/wordml" in head or b"/office/2006/xmlPackage" in head:
        raise unsupported("Word 的单文件 XML", "请另存为 .docx 后再上传。")


def _text_kind(data: bytes, name: str | None) -> str:
    head = data[:_HEAD]
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            head = head[: len(head) // 2 * 2].decode(encoding, "ignore").encode("utf-8")
            break
    else:
        _refuse_binary(data, name)
    if _MHTML.search(head[:2048]) and b"multipart/related" in head.lower():
        return "html"
    if _HTML.search(head):
        return "html"
    if _JSON.match(head):
        return "json"
    if not head.strip(b"\x00 \t\r\n\xc2\xa0"):
        raise ReadError("empty-file", "文件里只有空白，没有可读的内容；请检查上传是否完整后重新上传。")
    return "text"


def _refuse_binary(data: bytes, name: str | None) -> None:
    """Text has hardly any control characters; noise, programs and pictures have many."""
    middle = len(data) // 2
    sample = data[:_HEAD] + data[middle:middle + 4096] + data[-4096:]
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    if controls * 200 > len(sample):
        named = f"（{name[-80:]}）" if name else ""
        raise ReadError(
            "unknown-format",
            f"认不出这个文件{named}是什么格式，里面没有可读的文字；请上传 .docx、.xlsx、.pdf、网页或纯文本的年度报告。",
        )


_CONTROLS = bytes([*range(9), *range(14, 27), *range(28, 32), 127])


def unsupported(what: str, do: str) -> ReadError:
    """The refusal of a format that is known and not read; `do` says what helps."""
    return ReadError("unsupported-format", f"这是{what}，本程序不读这种格式；{do}")
