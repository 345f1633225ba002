"""What the ledger says of a case and of the application that it is about, with the proof that it was not changed.

Each line is computed anew from its columns and held against its own checksum, against that of the line before it in the
whole chain, and against the checksums that were noted outside the database. The proof of the whole chain is
`gongkai ledger verify`; the sheet says how far it last reached.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from gongkai.applications.models import Application
from gongkai.core.tables import csv_lines
from gongkai.disputes.bundle import sheets
from gongkai.disputes.models import Dispute
from gongkai.ledger.chain import GENESIS
from gongkai.ledger.models import Entry
from gongkai.ledger.queries import anchors
from gongkai.letters.making import sheet

MOST = 5000
HEADINGS = (
    "序号", "时间", "对象", "事项", "办理人", "内容", "事件", "上一条校验值（SM3）", "校验值（SM3）", "核验",
)
_SUBJECTS = {"application": "申请", "dispute": "案件", "publication": "公开信息"}
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Told:
    """A line of the ledger and what its proof found; `fault` is empty when it holds."""

    entry: Entry
    fault: str


class Extract:
    """The lines of a case, proven once and written as a sheet and as a table."""

    def __init__(self, dispute: Dispute, application: Application | None, at: datetime) -> None:
        self.dispute, self.application, self.at = dispute, application, at
        self._told: list[Told] | None = None
        self.noted = anchors()

    @property
    def told(self) -> list[Told]:
        """The lines in their order, MOST of them."""
        if self._told is None:
            self._told = list(_proven(list(self._entries()), self.noted))
        return self._told

    @property
    def verdict(self) -> str:
        """What the proof found, in words."""
        wrong = [one.entry.sequence for one in self.told if one.fault]
        if wrong:
            return f"摘录 {len(self.told)} 条，其中第 {'、'.join(map(str, wrong[:20]))} 条核验不符，应当查明原因。"
        reached = f"此前整链核验到第 {max(self.noted)} 条。" if self.noted else "还没有留存过整链核验的校验值。"
        return f"摘录 {len(self.told)} 条，逐条重新计算校验值并与上一条比对，全部相符。{reached}"

    def table(self) -> bytes:
        """As .csv with every column that is hashed, so that anybody can compute the checksums again."""
        return b"".join(csv_lines(HEADINGS, (
            [
                one.entry.sequence, one.entry.at, _SUBJECTS.get(one.entry.subject_kind, one.entry.subject_kind),
                one.entry.sentence, one.entry.actor_name, one.entry.payload, one.entry.kind, one.entry.previous,
                one.entry.digest, one.fault or "相符",
            ] for one in self.told
        )))

    def document(self) -> bytes:
        """As a sheet to be read."""
        words = (
            sheets.title("办理记录摘录")
            + sheets.facts([
                ("案件", self.dispute.number), ("所涉申请", self.application.number if self.application else ""),
                ("核验结果", self.verdict), ("摘录时间", f"{timezone.localtime(self.at):%Y-%m-%d %H:%M}"),
            ])
            + sheet.paragraph("", first=0, line=12)
            + sheets.grid(("序号", "时间", "对象", "办理人", "事项", "核验"), (
                (
                    str(one.entry.sequence), moment(one.entry.at),
                    _SUBJECTS.get(one.entry.subject_kind, one.entry.subject_kind), one.entry.actor_name,
                    one.entry.sentence, one.fault or "相符",
                ) for one in self.told
            ), (4, 7, 4, 6, 16, 4), size=9)
            + sheet.paragraph(
                "记录只增不改，每一条的校验值由本条内容和上一条的校验值算出（SM3）；全部各列见同名的 csv 文件。",
                first=0, size=9, line=16, before=4,
            )
        )
        return sheet.docx(words, f"办理记录摘录 {self.dispute.number}")

    def _entries(self) -> Iterator[Entry]:
        about = Q(subject_kind="dispute", subject_id=str(self.dispute.pk))
        if self.application is not None:
            about |= Q(subject_kind="application", subject_id=str(self.application.pk))
        if self.dispute.publication_id is not None:
            about |= Q(subject_kind="publication", subject_id=str(self.dispute.publication_id))
        yield from Entry.objects.filter(about).order_by("sequence")[:MOST]


def moment(at: str) -> str:
    """A time of the ledger as the office writes it."""
    return f"{timezone.localtime(datetime.fromisoformat(at)):%Y-%m-%d %H:%M}"


def _proven(entries: list[Entry], noted: dict[int, str]) -> Iterator[Told]:
    before = _digests([entry.sequence - 1 for entry in entries])
    for entry in entries:
        link, fault = entry.link(), ""
        if link.digest != link.expected():
            fault = "内容与校验值不符"
        elif link.previous != before.get(entry.sequence - 1, GENESIS if entry.sequence == 1 else ""):
            fault = "与上一条不相连"
        elif noted.get(entry.sequence, link.digest) != link.digest:
            fault = "与此前留存的校验值不同"
        yield Told(entry, fault)


def _digests(sequences: list[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for at in range(0, len(sequences), _AT_ONCE):
        rows = Entry.objects.filter(sequence__in=sequences[at:at + _AT_ONCE])
        found |= dict(rows.values_list("sequence", "digest"))
    return found
