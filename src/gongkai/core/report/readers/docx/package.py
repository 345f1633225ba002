"""The parts of a Word document: which one is the text, where its numbering and styles are.

Strict Open XML and UTF-16 parts are brought to one spelling here, so that nobody else has to know of them.
"""

from __future__ import annotations

import re
from posixpath import dirname, join, normpath

from gongkai.core.errors import ReadError
from gongkai.core.report.readers.limits.container import open_zip, read_member
from gongkai.core.report.readers.limits.xml import parse_xml

_MAIN = "word/document.xml"
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main",
     b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships",
     b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


class Package:
    """A Word document opened under limits."""

    def __init__(self, data: bytes) -> None:
        self._zip = open_zip(data)
        self._names = {info.filename for info in self._zip.infolist()}
        self._main_name = self._find_main()

    def main(self) -> bytes:
        """The part that holds the text."""
        return self._part(self._main_name) or b""

    def numbering(self) -> bytes:
        """numbering.xml, empty when there is none."""
        return self._part(self._related("numbering"))

    def styles(self) -> bytes:
        """styles.xml, empty when there is none."""
        return self._part(self._related("styles"))

    def has_macros(self) -> bool:
        """True when the file carries a macro project."""
        return any(name.endswith("vbaProject.bin") for name in self._names)

    def has_pictures(self) -> bool:
        """True when the file carries pictures."""
        return any("/media/" in name for name in self._names)

    def _find_main(self) -> str:
        if _MAIN in self._names:
            return _MAIN
        for kind, target in self._relations("_rels/.rels"):
            if kind == "officeDocument" and target in self._names:
                return target
        raise ReadError("damaged", "Word 文件里找不到正文，文件已损坏；请用 Word 或 WPS 打开原件另存后再上传。")

    def _related(self, kind: str) -> str:
        """The name of a part beside the main one: by its usual name, else by the relationships."""
        usual = join(dirname(self._main_name), f"{kind}.xml")
        if usual in self._names:
            return usual
        folder, _, leaf = self._main_name.rpartition("/")
        return next((t for k, t in self._relations(f"{folder}/_rels/{leaf}.rels", folder) if k == kind), "")

    def _relations(self, name: str, folder: str = "") -> list[tuple[str, str]]:
        part = self._part(name.lstrip("/"))
        if not part:
            return []
        pairs = []
        for relation in parse_xml(part):
            target = str(relation.get("Target") or "")
            resolved = normpath(join("/", folder, target)).lstrip("/")
            pairs.append((str(relation.get("Type") or "").rpartition("/")[2], resolved))
        return pairs

    def _part(self, name: str) -> bytes:
        if name not in self._names:
            return b""
        return _one_spelling(read_member(self._zip, name))


def _one_spelling(part: bytes) -> bytes:
    if part[:2] in {b"\xff\xfe", b"\xfe\xff"} or part[:4] in {b"<\x00?\x00", b"\x00<\x00?"}:
        encoding = "utf-16" if part[0] > 0xF0 else ("utf-16-le" if part[0] else "utf-16-be")
        try:
            part = _DECLARATION.sub("", part.decode(encoding)).encode("utf-8")
        except UnicodeError as error:
            raise ReadError("damaged", "Word 文件的正文编码已损坏；请用 Word 或 WPS 打开原件另存后再上传。") from error
    if b"purl.oclc.org" in part:
        for strict, usual in _STRICT:
            part = part.replace(strict, usual)
    return part
