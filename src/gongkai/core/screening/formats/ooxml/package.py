"""An office package opened under limits: its parts, their relationships, and what lies beside them in the zip."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import unquote

from lxml import etree

from gongkai.core.errors import ReadError
from gongkai.core.report.readers.limits import MAX_FILE_BYTES
from gongkai.core.report.readers.limits.container import open_zip, read_member
from gongkai.core.screening.formats.ooxml.names import RELS
from gongkai.core.screening.formats.zipped.container import beside

if TYPE_CHECKING:
    from gongkai.core.screening.model import Piece

MAX_MARKUP = 3_000_000            # tags plus attributes of one part: what a tree costs
MAX_UNPACKED = 256 * 1024 * 1024  # all parts together: they are held at once

_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/")
_DECLARED = re.compile(r"^\s*<\?xml[^>]*\?>")
_ENCODING = re.compile(rb"""^\s*<\?xml[^>]*encoding=["']([\w.\-]+)["']""")


@dataclass(frozen=True, slots=True)
class Relation:
    """One relationship: `target` is a part's name, or the address as written when `external`."""

    id: str
    type: str
    target: str
    external: bool


@dataclass(slots=True)
class Package:
    """The parts by name without the leading slash. `beside` is what the zip holds outside its parts."""

    parts: dict[str, bytes]
    beside: list[Piece] = field(default_factory=list)
    _folded: dict[str, str] = field(default_factory=dict)

    @classmethod
    def open(cls, data: bytes) -> Package:
        """Raises ReadError for what is damaged, encrypted or out of proportion."""
        opened = open_zip(data)
        if sum(info.file_size for info in opened.infolist()) > MAX_UNPACKED:
            raise ReadError("content-too-large", "文件解开后超过 256 MB，没有筛查；请去掉大图片或拆分后重新上传。")
        extra = beside(data, opened)
        parts: dict[str, bytes] = {}
        for info in opened.infolist():
            if info.is_dir():
                continue
            name = info.filename.lstrip("/")
            if name in parts:  # the later one of two counts; the earlier one must still be looked at
                parts[f"{name}（重复的部件 {len(parts)}）"] = parts.pop(name)
            parts[name] = read_member(opened, info, MAX_FILE_BYTES)
        return cls(parts, extra, {name.lower(): name for name in parts})

    def find(self, name: str) -> str | None:
        """The part's name as it is spelt in the zip: names do not tell capitals from small letters."""
        return self._folded.get(name.lower())

    def relations(self, part: str) -> list[Relation]:
        """Where a part points to; "" for the package itself. Targets that are not there are left out."""
        folder, _, leaf = part.rpartition("/")
        name = self.find(f"{folder}/_rels/{leaf}.rels" if folder else f"_rels/{leaf}.rels")
        if name is None:
            return []
        found = []
        for each in parse(self.parts[name]).iter(f"{RELS}Relationship"):
            target, external = each.get("Target", ""), each.get("TargetMode", "").lower() == "external"
            if not external:
                joined = target if target.startswith("/") else posixpath.join("/", folder, target)
                named = self.find(posixpath.normpath(joined).lstrip("/"))
                named = named or self.find(posixpath.normpath(unquote(joined)).lstrip("/"))
                if named is None:
                    continue
                target = named
            found.append(Relation(each.get("Id", ""), each.get("Type", ""), target, external))
        return found

    def main(self) -> str:
        """The name of the main part. Raises ReadError `damaged` when there is none."""
        for relation in self.relations(""):
            if relation.type.endswith("/officeDocument") and not relation.external:
                return relation.target
        raise ReadError("damaged", "文件里没有正文部件，已损坏；请用 Word 或 WPS 打开原件另存一份后再上传。")


def text_of(data: bytes) -> str:
    """A part's markup as text, whatever its encoding."""
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return data.decode("utf-16", "replace")
    declared = _ENCODING.match(data[:200])
    try:
        return data.decode(declared[1].decode() if declared else "utf-8-sig", "replace")
    except LookupError:
        return data.decode("utf-8-sig", "replace")


def parse(data: bytes) -> etree._Element:
    """The root of a part, strict names made transitional, comments dropped.

    Raises ReadError `xml-entities`, `xml-too-deep`, `content-too-large` or `damaged`.
    """
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        data = _DECLARED.sub("", text_of(data).lstrip("\ufeff")).encode()
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise _entities()
    if len(data) > MAX_MARKUP and data.count(b"<") + data.count(b"=") > MAX_MARKUP:
        raise ReadError("content-too-large", "文件的内容过大（标记超过三百万个），没有筛查；请拆成几个文件后重新上传。")
    if b"purl.oclc.org/ooxml" in data:
        data = _STRICT.sub(rb"http://schemas.openxmlformats.org/\1/2006/", data)
    parser = etree.XMLParser(  # one for each part: not shared between threads, not kept after an error
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        if "depth" in str(error).lower():
            raise ReadError(
                "xml-too-deep", "文件内部的嵌套层数异常，疑似恶意文件，没有筛查；请用 Word 或 WPS 打开另存后再上传。"
            ) from error
        raise ReadError("damaged", "文件内部的 XML 已损坏；请用 Word 或 WPS 打开原件另存一份后再上传。") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise _entities()
    return root


def _entities() -> ReadError:
    return ReadError(
        "xml-entities", "文件内部声明了 XML 实体，正常的 Office 文档不会如此，疑似恶意文件，没有筛查；请确认文件来源。"
    )


