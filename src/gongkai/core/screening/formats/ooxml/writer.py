"""A package written anew: only what was put in, under names of ours, with no dates, comments or extra fields."""

from __future__ import annotations

import io
import posixpath
import zipfile
from xml.sax.saxutils import quoteattr

from lxml import etree

from gongkai.core.screening.formats.ooxml.names import RELATION

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
_WRITTEN = (1980, 1, 1, 0, 0, 0)  # the same for every file: when it was cleaned is nobody's business
_DEFAULTS = {
    "rels": "application/vnd.openxmlformats-package.relationships+xml", "xml": "application/xml", "png": "image/png",
    "jpeg": "image/jpeg", "gif": "image/gif",
}


class Writer:
    """Parts, their types and relationships, then `done()`."""

    def __init__(self) -> None:
        self._parts: dict[str, bytes] = {}
        self._types: dict[str, str] = {}
        self._relations: dict[str, list[tuple[str, str, bool]]] = {}

    def put(self, name: str, content: bytes | etree._Element, content_type: str = "") -> None:
        """Add or replace a part."""
        if not isinstance(content, bytes):
            content = _HEAD.encode() + etree.tostring(content, encoding="UTF-8")
        self._parts[name] = content
        if content_type:
            self._types[name] = content_type

    def has(self, name: str) -> bool:
        """Is there a part of this name?"""
        return name in self._parts

    def relate(self, part: str, kind: str, target: str, *, external: bool = False) -> str:
        """A relationship from a part ("" for the package); gives its id. `kind` is the last word of its type."""
        mine = self._relations.setdefault(part, [])
        entry = (kind if "://" in kind else RELATION + kind, target, external)
        if entry not in mine:
            mine.append(entry)
        return f"rId{mine.index(entry) + 1}"

    def done(self) -> bytes:
        """The package."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            self._write(archive, "[Content_Types].xml", self._content_types())
            for part in sorted(self._relations):
                folder, _, leaf = part.rpartition("/")
                name = f"{folder}/_rels/{leaf}.rels" if folder else f"_rels/{leaf}.rels"
                self._write(archive, name, self._relationships(part))
            for name, content in self._parts.items():
                self._write(archive, name, content)
        return out.getvalue()

    @staticmethod
    def _write(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
        info = zipfile.ZipInfo(name, _WRITTEN)
        info.compress_type = zipfile.ZIP_DEFLATED
        archive.writestr(info, content)

    def _content_types(self) -> bytes:
        lines = [f'<Default Extension="{end}" ContentType="{kind}"/>' for end, kind in _DEFAULTS.items()]
        lines += [f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in self._types.items()]
        return f'{_HEAD}<Types xmlns="{_PACKAGE}content-types">{"".join(lines)}</Types>'.encode()

    def _relationships(self, part: str) -> bytes:
        folder = part.rpartition("/")[0]
        lines = []
        for number, (type_, target, external) in enumerate(self._relations[part], 1):
            pointed = target if external else posixpath.relpath(target, folder or ".")
            mode = ' TargetMode="External"' if external else ""
            lines.append(f'<Relationship Id="rId{number}" Type={quoteattr(type_)} Target={quoteattr(pointed)}{mode}/>')
        return f'{_HEAD}<Relationships xmlns="{_PACKAGE}relationships">{"".join(lines)}</Relationships>'.encode()
