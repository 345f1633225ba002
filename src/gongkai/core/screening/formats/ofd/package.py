"""An OFD file (GB/T 33190) as its parts: a zip of XML in which parts name one another by paths."""

from __future__ import annotations

import posixpath
import zipfile
from dataclasses import dataclass

from lxml import etree

from gongkai.core.errors import ReadError
from gongkai.core.report.readers.limits.container import open_zip, read_member
from gongkai.core.report.readers.limits.xml import parse_xml

ROOT = "OFD.xml"
MAX_PAGES = 500


@dataclass(slots=True)
class Package:
    """The open file; `shown` are the pages and templates that were read as such."""

    opened: zipfile.ZipFile
    shown: set[str]

    def bytes(self, path: str) -> bytes:
        """A part. Raises ReadError `damaged` when there is none."""
        return read_member(self.opened, path)

    def xml(self, path: str) -> etree._Element:
        """The root of a part."""
        return parse_xml(self.bytes(path))

    def holds(self, path: str) -> bool:
        """True when there is such a part."""
        return path in self.opened.NameToInfo


def open_package(data: bytes) -> Package:
    """Raises ReadError as `open_zip` does, or `damaged` when it is no OFD file."""
    package = Package(open_zip(data), set())
    if not package.holds(ROOT):
        raise ReadError("damaged", "OFD 文件缺少 OFD.xml，打不开，无法筛查；请重新导出或取得原件后再上传。")
    return package


def local(element: etree._Element) -> str:
    """The name of an element without its namespace."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def children(element: etree._Element, *names: str) -> list[etree._Element]:
    """All descendants of these names, in order."""
    return [item for item in element.iter() if local(item) in names]


def resolve(base: str, where: str) -> str:
    """The path of the part that `where` names in the part `base`."""
    where = where.strip().replace("\\", "/")
    path = where[1:] if where.startswith("/") else posixpath.join(posixpath.dirname(base), where)
    return posixpath.normpath(path)


def documents(package: Package) -> list[str]:
    """Paths of the documents in the file; usually one."""
    root = package.xml(ROOT)
    found = [resolve(ROOT, item.text) for item in children(root, "DocRoot") if item.text and item.text.strip()]
    if not found:
        raise ReadError("damaged", "OFD 文件里没有文档，打不开，无法筛查；请重新导出或取得原件后再上传。")
    return found


def pages(package: Package, document: str) -> list[str]:
    """Paths of the pages of a document. Raises ReadError `too-many-pages`."""
    root = package.xml(document)
    found = [
        resolve(document, item.get("BaseLoc", ""))
        for holder in root if local(holder) == "Pages" for item in holder if local(item) == "Page"
    ]
    if len(found) > MAX_PAGES:
        raise ReadError(
            "too-many-pages", f"OFD 有 {len(found)} 页，超过 {MAX_PAGES} 页的上限，没有筛查；请拆分后上传。"
        )
    return found


def templates(package: Package, document: str) -> dict[str, str]:
    """Paths of the template pages of a document, by their number."""
    root = package.xml(document)
    return {
        item.get("ID", ""): resolve(document, item.get("BaseLoc", ""))
        for item in children(root, "TemplatePage") if item.get("BaseLoc")
    }


def area(element: etree._Element | None) -> tuple[float, float]:
    """Width and height in millimetres of the page that a part describes, or of A4."""
    for name in ("CropBox", "ApplicationBox", "PhysicalBox"):
        for item in children(element, name) if element is not None else []:
            sides = numbers(item.text)
            if len(sides) == 4:
                return sides[0] + sides[2], sides[1] + sides[3]
    return 210.0, 297.0


def numbers(text: str | None) -> list[float]:
    """A list of numbers; nothing for what is none."""
    try:
        return [float(part) for part in (text or "").split()]
    except ValueError:
        return []
