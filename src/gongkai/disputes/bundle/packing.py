"""The bundle written file by file into a .zip: at any time one file of the case is in memory.

Names are UTF-8 with the flag that says so, without anything that Windows refuses; each begins with its number in the
list. The list comes last into the file, for it tells the checksums, and stands first by its name.
"""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import IO

import pypdfium2
from django.utils import timezone

from gongkai.accounts.actor import Actor
from gongkai.core.errors import Refused
from gongkai.core.tables import Cell, csv_lines
from gongkai.disputes.bundle import sheets
from gongkai.disputes.bundle.pieces import PART_NAMES, Part, Piece, pieces
from gongkai.disputes.models import Dispute
from gongkai.files.names import safe
from gongkai.vault.models import SealedFile

MOST_FILES = 2000
MOST_BYTES = 2 * 1024 ** 3
HEADINGS = (
    "序号", "类别", "材料名称", "文号、案号", "日期", "页数", "证明事项", "文件", "字节", "校验值（SHA-256）", "说明",
)
_STEM = 50  # characters of a name inside: with folder and number it fits the 260 of Windows
_FOLDERS = {part: f"{n:02d}{name}" for n, (part, name) in enumerate(PART_NAMES.items(), 1)}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the list. `sha256` is empty for what is not enclosed; `note` says why."""

    order: int
    part: Part
    title: str
    number: str
    on: date | None
    pages: int | None
    proves: str
    path: str = ""
    size: int = 0
    sha256: str = ""
    note: str = ""

    def cells(self) -> list[Cell]:
        """As the spreadsheet has it."""
        return [
            self.order, PART_NAMES[self.part], self.title, self.number, self.on, self.pages, self.proves, self.path,
            self.size if self.sha256 else None, self.sha256, self.note,
        ]


@dataclass(slots=True)
class Bundle:
    """What was written: the lines of its list, and the encrypted files that were opened for it."""

    lines: list[Line] = field(default_factory=list)
    opened: list[SealedFile] = field(default_factory=list)
    proofs: list[SealedFile] = field(default_factory=list)  # of `opened`, those that prove an identity

    @property
    def enclosed(self) -> int:
        """How many files it holds, the list itself not counted."""
        return sum(1 for line in self.lines if line.sha256)

    @property
    def left_out(self) -> int:
        """How many stand in the list only."""
        return len(self.lines) - self.enclosed


def pack(
    *, actor: Actor, dispute: Dispute, parts: Collection[Part], to: IO[bytes], at: datetime,
) -> Bundle:
    """Write the bundle of a case to `to`. A file that is gone, destroyed or damaged is told in the list and does not
    keep the others back. Who calls has seen that the actor may, and records the looks before the file leaves.

    Raises Refused: bundle-too-large.
    """
    wanted = list(pieces(actor, dispute, parts, at))
    _bounded(wanted)
    made, root, moment = Bundle(), safe(dispute.number, "案件"), _moment(at)
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as archive:
        for order, piece in enumerate(wanted, 1):
            made.lines.append(_put(archive, root, order, piece, made, moment))
        lines = made.lines
        for name, data in (
            ("00目录.docx", sheets.contents(dispute, lines, timezone.localdate(at))),
            ("00目录.csv", b"".join(csv_lines(HEADINGS, (line.cells() for line in lines)))),
            ("00校验值.txt", "".join(f"{line.sha256}  {line.path}\r\n" for line in lines if line.sha256).encode()),
        ):
            _write(archive, f"{root}/{name}", data, moment)
    return made


def _put(
    archive: zipfile.ZipFile, root: str, order: int, piece: Piece, made: Bundle, moment: tuple[int, ...],
) -> Line:
    why_not, data = piece.why_not, b""
    if not why_not:
        try:
            data = piece.read()
        except Refused as refusal:
            why_not = refusal.message
        except FileNotFoundError:
            why_not = "存储里找不到这个文件，请联系系统管理员从备份恢复"
    if why_not:
        return Line(order, piece.part, piece.title, piece.number, piece.on, None, piece.proves, note=why_not)
    if piece.sealed is not None:
        made.opened.append(piece.sealed)
        if piece.proof:
            made.proofs.append(piece.sealed)
    name = safe(f"{order:03d}-{_cut(piece.title)}.{piece.ending.lower()}")
    path = f"{_FOLDERS[piece.part]}/{name}"
    _write(archive, f"{root}/{path}", data, moment)
    return Line(
        order, piece.part, piece.title, piece.number, piece.on, _pages(data), piece.proves, path, len(data),
        hashlib.sha256(data).hexdigest(),
    )


def _bounded(wanted: list[Piece]) -> None:
    octets = sum(piece.sealed.size for piece in wanted if piece.sealed is not None and not piece.why_not)
    if len(wanted) > MOST_FILES or octets > MOST_BYTES:
        raise Refused(
            "bundle-too-large", "材料共 %(files)s 份、%(size)s MB，一次打不成包；请减少所选的类别，分几次下载",
            files=len(wanted), size=octets // 1024 ** 2,
        )


def _write(archive: zipfile.ZipFile, name: str, data: bytes, moment: tuple[int, ...]) -> None:
    info = zipfile.ZipInfo(name, moment)  # type: ignore[arg-type]
    info.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(info, data)


def _moment(at: datetime) -> tuple[int, ...]:
    here = timezone.localtime(at)
    return (here.year, here.month, here.day, here.hour, here.minute, here.second)


def _cut(title: str) -> str:
    return title if len(title) <= _STEM else f"{title[:_STEM - 1]}…"


def _pages(data: bytes) -> int | None:
    """Pages of a PDF; None for everything else, and for a PDF that does not open."""
    if not data.startswith(b"%PDF-"):
        return None
    try:
        opened = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        return None
    try:
        return len(opened)
    finally:
        opened.close()
