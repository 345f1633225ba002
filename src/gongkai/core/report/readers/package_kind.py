"""Which kind of document a zip file is, by the names of its parts."""

from __future__ import annotations

from gongkai.core.errors import ReadError
from gongkai.core.report.readers.limits.container import directory_of, open_zip, read_member
from gongkai.core.report.readers.sniff import unsupported


def package_kind(data: bytes) -> str:
    """"docx" or "xlsx" for a zip file. Raises ReadError for every other zip file and for a damaged one."""
    directory = directory_of(data)  # names stand there uncompressed: no need to open the file twice
    if b"word/document" in directory:
        return "docx"
    if b"xl/workbook.xml" in directory:
        return "xlsx"
    if b"[Content_Types].xml" in directory:
        return _unusual(data)
    if b"OFD.xml" in directory:
        raise unsupported("OFD 版式文件", "请转换为 PDF 或另存为 .docx 后再上传。")
    if b"mimetype" in directory and b"content.xml" in directory:
        raise unsupported("OpenDocument 文件", "请另存为 .docx 或 .xlsx 后再上传。")
    if not open_zip(data).infolist():
        raise ReadError("damaged", "文件开头像 Office 文档或压缩包，里面却没有内容，已损坏；请重新取得原件后再上传。")
    raise ReadError(
        "archive", "这是压缩包，不是一份报告；请在批量上传处上传压缩包，或解压后上传其中的报告。"
    )


def _unusual(data: bytes) -> str:
    """An Office package whose parts have unusual names: its list of content types decides."""
    opened = open_zip(data)
    types = read_member(opened, "[Content_Types].xml")
    if b"wordprocessingml.document.main" in types or b"wordprocessingml.template.main" in types:
        return "docx"
    if b"spreadsheetml.sheet.main" in types:
        return "xlsx"
    if b"presentationml" in types:
        raise unsupported("PowerPoint 演示文稿", "请上传年度报告的 .docx 或 PDF。")
    if b"ms-excel.sheet.binary" in types:
        raise unsupported("Excel 二进制工作簿（.xlsb）", "请另存为 .xlsx 后再上传。")
    raise ReadError("unknown-format", "文件是 Office 格式的容器，但里面没有正文；请用 Word 或 WPS 另存后再上传。")
