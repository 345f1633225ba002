"""XML parsed as if an enemy wrote it: no document type, no entities, no network, bounded depth and size."""

from __future__ import annotations

from lxml import etree

from gongkai.core.errors import ReadError
from gongkai.core.report.readers.limits import check_markup

_DOCTYPES = tuple("<!DOCTYPE".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))


def parse_xml(data: bytes) -> etree._Element:
    """The root of an XML part in any encoding; raise ReadError `xml-entities`, `damaged` or `content-too-large`."""
    check_markup(data)
    if any(mark in data for mark in _DOCTYPES):
        raise _entities()
    # A parser of its own for each part: parsers are neither shared between threads nor kept after an error.
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        if "depth" in str(error).lower():
            raise ReadError(
                "xml-too-deep", "文件内部的嵌套层数异常，疑似恶意文件，没有解析；请用 Word 或 WPS 打开另存后再上传。"
            ) from error
        raise ReadError("damaged", "文件内部的 XML 已损坏；请用 Word 或 WPS 打开原件另存一份后再上传。") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise _entities()
    return root


def _entities() -> ReadError:
    return ReadError(
        "xml-entities", "文件内部声明了 XML 实体，正常的 Office 文档不会如此，疑似恶意文件，没有解析；请确认文件来源。"
    )
