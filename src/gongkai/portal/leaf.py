"""What a file of a document holds beside its words: said once for Word and for PDF."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gongkai.portal.blocks import Block


@dataclass(frozen=True, slots=True)
class Leaf:
    """A document for paper. `facts` are (name, value); `files` are (name, address, SHA-256); `mark` stands below the
    words, `address` is where the document is read."""

    title: str
    number: str
    organ: str
    facts: Sequence[tuple[str, str]]
    blocks: Sequence[Block]
    mark: str
    files: Sequence[tuple[str, str, str]]
    files_called: str
    address: str
