"""The words of screening: what is looked for, where it stood, and what follows from it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What was found. The values are part of `gongkai screen --json` and never change."""

    ID_NUMBER = "id_number"
    PHONE = "phone"
    BANK_CARD = "bank_card"
    ADDRESS = "address"
    EMAIL = "email"
    PLATE = "plate"
    PASSPORT = "passport"
    NAME_LIST = "name_list"
    SECRECY_MARK = "secrecy_mark"
    DISCLOSURE_MARK = "disclosure_mark"
    HIDDEN_CONTENT = "hidden_content"
    METADATA = "metadata"
    UNSCREENED = "unscreened"
    PERSON = "person"    # only when tokens are given
    WORDING = "wording"  # only when a list of words is given


class Verdict(StrEnum):
    """Of a finding: WARN (a person decides) or BLOCK (must not go out). Of a file also PASS and UNREADABLE."""

    PASS = "pass"  # noqa: S105 - a verdict
    WARN = "warn"
    BLOCK = "block"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found. `excerpt` is masked: it never holds the value and may be shown and logged."""

    kind: Kind
    where: str
    excerpt: str
    verdict: Verdict
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text with its place in words a clerk understands.

    `where` is "第3页", "正文第12段", "表格1 第2行第3列", "工作表“名单”（隐藏） B3", "批注 1",
    "附件“a.xlsx” › 工作表“x” A1".
    `why` says how a hidden piece is hidden. Cells of one table share `table`, cells of one of its rows also `row`.
    """

    text: str
    where: str
    hidden: bool = False
    why: str = ""
    row: int | None = None
    table: str = ""


def with_reason(shown: str, piece: Piece) -> str:
    """What is shown of a finding, and how it was hidden unless its place says so."""
    return f"{shown}（{piece.why}）" if piece.why and piece.why not in piece.where else shown


@dataclass(frozen=True, slots=True)
class Unpacked:
    """A file taken apart. `findings` are structural: hidden content, metadata, what could not be screened."""

    format: str
    pieces: tuple[Piece, ...]
    findings: tuple[Finding, ...] = ()
    pages: int | None = None


@dataclass(frozen=True, slots=True)
class Screened:
    """The result for one file. `text` is what a reader sees, for the search index; `sha256` is of the bytes given."""

    verdict: Verdict
    findings: tuple[Finding, ...]
    text: str
    format: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What the module of a format gives back from `clean`: the new bytes, and sentences about what only it can know
    ("公式已换成计算结果", "第3页改为图像"). That hidden content and properties are gone is told from the findings."""

    data: bytes
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A rebuilt file: its bytes, its name (a .docm becomes a .docx), what was taken out in sentences, its SHA-256."""

    data: bytes
    name: str
    removed: tuple[str, ...]
    sha256: str
