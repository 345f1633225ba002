"""Presentations (.pptx, .pptm, .ppsx): slides, notes, comments, masters and every other text; rebuilt by allow-list."""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from gongkai.core.screening.formats.ooxml.names import P, R, local
from gongkai.core.screening.formats.ooxml.package import Package, parse
from gongkai.core.screening.formats.ooxml.props import COMMENT, NOTES, UNSEEN_SLIDE, properties, said
from gongkai.core.screening.formats.ooxml.rest import rest
from gongkai.core.screening.formats.pptx.slide import read
from gongkai.core.screening.model import Piece, Rebuilt, Unpacked

_OFF = frozenset({"0", "false", "off"})


def unpack(data: bytes, name: str, depth: int) -> Unpacked:  # noqa: ARG001 - the seam of all formats
    """All text with its places. Raises ReadError when the package is damaged, encrypted or out of proportion."""
    package = Package.open(data)
    main = package.main()
    root = parse(package.parts[main])
    pieces, findings, skipped = properties(package)
    taken: dict[str, set[etree._Element]] = {}
    relations = {relation.id: relation.target for relation in package.relations(main) if not relation.external}
    number = 0
    for each in root.iter(f"{P}sldId"):
        part = relations.get(each.get(f"{R}id", ""))
        if part is None or part in taken:
            continue
        number += 1
        slide = parse(package.parts[part])
        unseen = slide.get("show") in _OFF
        where = f"第{number}张幻灯片" + ("（隐藏）" if unseen else "")
        pieces += _part(slide, part, where, UNSEEN_SLIDE if unseen else "", taken)
        for relation in package.relations(part):
            kind = relation.type.rpartition("/")[2]
            if relation.external or relation.target in taken:
                continue
            if kind == "notesSlide":
                notes = parse(package.parts[relation.target])
                pieces += _part(notes, relation.target, f"{where}的备注", NOTES, taken)
            elif kind == "comments":
                pieces += _comments(package, relation.target, where)
    for part in package.parts:
        low = part.lower()
        if part not in taken and low.endswith(".xml") and low.startswith(("ppt/slidelayouts/s", "ppt/slidemasters/s")):
            called = "版式" if "layout" in low else "母版"
            pieces += _part(parse(package.parts[part]), part, called, "", taken)
    others = rest(package, taken, skipped, depth)
    pieces += others.pieces
    return Unpacked("pptx", tuple(pieces), (*findings, *others.findings, *said(pieces)), pages=number)


def _part(
    root: etree._Element, part: str, where: str, why: str, taken: dict[str, set[etree._Element]]
) -> list[Piece]:
    done = taken.setdefault(part, set())
    pieces = list(read(root, where, why, done))
    done.add(root)
    if why == NOTES:  # the number of the slide and nothing else is no note
        pieces = [piece for piece in pieces if not piece.text.strip().isdigit() or len(piece.text.strip()) > 3]
    return pieces


def _comments(package: Package, part: str, where: str) -> list[Piece]:
    pieces = []
    for element in parse(package.parts[part]).iter():
        if local(element.tag) in {"text", "t"} and element.text:
            pieces.append(Piece(element.text, f"{where}的批注", hidden=True, why=COMMENT))
    return pieces


def clean(data: bytes, name: str, mask: Callable[[str], str]) -> Rebuilt:  # noqa: ARG001 - the seam of all formats
    """The presentation rebuilt: shown slides, masked, and nothing else."""
    from gongkai.core.screening.formats.pptx.rebuild import rebuild

    return rebuild(data, mask)
