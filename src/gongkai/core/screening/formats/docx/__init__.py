"""Word documents (.docx, .docm, .dotx, what WPS writes): every text with its place; rebuilt by allow-list."""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from gongkai.core.screening.formats.docx.looks import Looks
from gongkai.core.screening.formats.docx.story import Story
from gongkai.core.screening.formats.ooxml.names import W, local
from gongkai.core.screening.formats.ooxml.package import Package, parse
from gongkai.core.screening.formats.ooxml.props import COMMENT, GLOSSARY, VARIABLES, properties, said
from gongkai.core.screening.formats.ooxml.rest import rest
from gongkai.core.screening.model import Finding, Kind, Piece, Rebuilt, Unpacked, Verdict

_STORIES = {"header": "页眉", "footer": "页脚", "footnotes": "脚注", "endnotes": "尾注", "comments": COMMENT}
_INSERTED = frozenset({
    "ins", "moveTo", "cellIns", "rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tcPrChange",
})


def unpack(data: bytes, name: str, depth: int) -> Unpacked:  # noqa: ARG001 - the seam of all formats
    """All text with its places. Raises ReadError when the package is damaged, encrypted or out of proportion."""
    package = Package.open(data)
    main = package.main()
    document = parse(package.parts[main])
    looks = Looks(_styles(package, main), document)
    pieces, findings, skipped = properties(package)
    taken: dict[str, set[etree._Element]] = {}
    counts: dict[str, int] = {}
    pages = [(main, "正文", document)]
    glossary = ""
    for relation in package.relations(main):
        kind = relation.type.rpartition("/")[2]
        if relation.external:
            continue
        if kind in _STORIES:
            counts[kind] = counts.get(kind, 0) + 1
            number = counts[kind] if kind in {"header", "footer"} else ""
            pages.append((relation.target, f"{_STORIES[kind]}{number}", parse(package.parts[relation.target])))
        elif kind == "glossaryDocument":
            glossary = relation.target
            pages.append((glossary, GLOSSARY, parse(package.parts[glossary])))
    changed = ""
    for part, called, root in pages:
        why = called if called in {COMMENT, GLOSSARY} else ""
        story = Story(looks, called, why)
        if called in {COMMENT, "脚注", "尾注"}:
            _notes(story, root, called)
        else:
            story.read(root)
        pieces += story.pieces
        taken[part] = story.taken
        changed = changed or (called if any(local(e.tag) in _INSERTED for e in root.iter()) else "")
    pieces += _variables(package, main)
    if changed:
        findings.append(
            Finding(Kind.HIDDEN_CONTENT, changed, "文件里留有修订记录（修改人、时间和改动）", Verdict.WARN, hidden=True)
        )
    others = rest(package, taken, skipped, depth)
    pieces += others.pieces
    return Unpacked("docx", tuple(pieces), (*findings, *others.findings, *said(pieces)))


def _notes(story: Story, root: etree._Element, called: str) -> None:
    number = 0
    for note in root:
        if note.get(f"{W}type") in {"separator", "continuationSeparator", "continuationNotice"}:
            continue
        number += 1
        story.name = f"{called} {number}"
        author = note.get(f"{W}author", "")
        if author:
            story.pieces.append(Piece(author, f"{called} {number} 的作者", hidden=True, why=story.why or "作者"))
        story.read(note)


def _styles(package: Package, main: str) -> etree._Element | None:
    for relation in package.relations(main):
        if relation.type.endswith("/styles") and not relation.external:
            return parse(package.parts[relation.target])
    return None


def _variables(package: Package, main: str) -> list[Piece]:
    for relation in package.relations(main):
        if relation.type.endswith("/settings") and not relation.external:
            root = parse(package.parts[relation.target])
            return [
                Piece(f"{each.get(f'{W}name', '')} {each.get(f'{W}val', '')}", "文档变量", hidden=True, why=VARIABLES)
                for each in root.iter(f"{W}docVar")
            ]
    return []


def clean(data: bytes, name: str, mask: Callable[[str], str]) -> Rebuilt:  # noqa: ARG001 - the seam of all formats
    """The document rebuilt: what can be seen, masked, and nothing else. The result is always a plain .docx."""
    from gongkai.core.screening.formats.docx.rebuild import rebuild

    return rebuild(data, mask)
