"""A document as PDF, set by typst with the faces of this machine in the look of an official document (GB/T 9704).

One at a time in a process: a long document takes seconds of a processor that everybody's pages need.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from gongkai.core.report.writers.outline import printable
from gongkai.core.text.unseen import seen
from gongkai.letters import fonts
from gongkai.portal.blocks import Block, Grid, Line, Piece
from gongkai.portal.leaf import Leaf

MEDIA = "application/pdf"
PATIENCE = 3.0  # seconds for which a thread of the server waits for its turn
# What GB/T 9704 asks for; `letters.fonts` finds what this machine has of it.
_FACES = {
    "title": "方正小标宋简体", "body": "仿宋_GB2312", "head": "黑体", "lead": "楷体_GB2312", "table": "宋体",
}
# They choose among forms of the character before and have no form of their own.
_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_ONE = threading.BoundedSemaphore(1)


class Busy(Exception):
    """Another document is being set; nothing was done."""


def write(leaf: Leaf) -> bytes:
    """The document as the bytes of a PDF. A character that no font of this machine has stands as 〔U+1F600〕.

    Raises Refused: no-cjk-font. Raises Busy.
    """
    chains = {role: list(fonts.families(face)) for role, face in _FACES.items()}
    data = _data(leaf)
    used = "".join(_texts(data))
    lacking = fonts.lacking((face, used) for face in _FACES.values())
    marks = {ord(char): f"〔U+{ord(char):04X}〕" for char in lacking}
    content = json.dumps({"fonts": chains, **_marked(data, marks)}, ensure_ascii=False)
    if not _ONE.acquire(timeout=PATIENCE):
        raise Busy
    try:
        made = fonts.compiler().compile(
            input=_layout(), format="pdf", timestamp=0, sys_inputs={"document": content},
        )
    finally:
        _ONE.release()
    assert isinstance(made, bytes)
    return made


def _data(leaf: Leaf) -> dict[str, Any]:
    return {
        "title": _clean(leaf.title), "number": _clean(leaf.number), "organ": _clean(leaf.organ),
        "facts": [[_clean(name), _clean(value)] for name, value in leaf.facts],
        "blocks": [_block(block) for block in leaf.blocks], "mark": _clean(leaf.mark),
        "files": [[_clean(name), address, digest] for name, address, digest in leaf.files],
        "called": _clean(leaf.files_called), "address": leaf.address,
    }


def _block(block: Block) -> dict[str, Any]:
    if isinstance(block, Grid):
        return {
            "kind": "table", "across": block.lies_across, "weights": block.weights, "heads": block.heads, "cells": [
                {"row": cell.row, "column": cell.column, "down": cell.down, "across": cell.across,
                 "head": cell.head, "lines": [_line(line) for line in cell.lines]} for cell in block.cells
            ],
        }
    return _line(block)


def _line(line: Line) -> dict[str, Any]:
    return {
        "kind": line.kind, "level": line.level, "mark": line.mark, "pieces": [_piece(piece) for piece in line.pieces],
    }


def _piece(piece: Piece) -> dict[str, Any]:
    return {
        "text": _clean(piece.text), "bold": piece.bold, "italic": piece.italic, "underline": piece.underline,
        "shift": piece.shift, "href": piece.href,
    }


def _clean(text: str) -> str:
    return _SELECTORS.sub("", seen(printable(text)))


def _texts(data: Any) -> Iterator[str]:
    """Every text that will be set, page numbers included."""
    yield "—0123456789"
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for value in data.values():
            yield from _texts(value)
    elif isinstance(data, list):
        for value in data:
            yield from _texts(value)


def _marked(data: Any, marks: dict[int, str]) -> Any:
    """The same with a mark for each character that cannot be set."""
    if not marks:
        return data
    if isinstance(data, str):
        return data.translate(marks)
    if isinstance(data, dict):
        return {key: _marked(value, marks) for key, value in data.items()}
    return [_marked(value, marks) for value in data] if isinstance(data, list) else data


@cache
def _layout() -> bytes:
    return files(__package__).joinpath("document.typ").read_bytes()
