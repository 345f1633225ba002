"""A row's cells read one by one: what each holds, and what cannot be read."""

from __future__ import annotations

from datetime import date, datetime

from gongkai.core.deadlines.facts import Channel
from gongkai.core.law.applicants import ApplicantKind
from gongkai.core.law.applicants import parse as parse_applicant
from gongkai.core.law.outcomes import parse_outcome
from gongkai.core.registers.columns import choices, heading, word
from gongkai.core.registers.entry import Dispute, DisputeKind, Entry, Problem, Result, Severity
from gongkai.core.registers.read import Row
from gongkai.core.registers.values import Value, date_of, text_of, whole_number

LONGEST_NUMBER = 100
LONGEST_TEXT = 20_000
MOST_EXTENDED = 20  # working days, Art. 33
_ARTICLES = {
    "received": "（第三十一条）", "correction_asked": "（第三十条）", "corrected": "（第三十条）",
    "closed": "（第三十三条）",
}


class Draft:
    """A row on its way to an entry. `problems` is what could not be read; `days` the days that could."""

    def __init__(self, row: Row, today: date) -> None:
        self._row, self._today = row, today
        self.number = Draft.number_of(row)
        self.problems: list[Problem] = []
        self.days: dict[str, date] = {}
        self._unread: dict[str, str] = {}

    @staticmethod
    def number_of(row: Row) -> str:
        """The 登记号 as text, empty where there is none."""
        return " ".join(text_of(row.cells.get("number", "")).split())

    def problem(
        self, field: str, code: str, sentence: str, severity: Severity = "error", **values: object,
    ) -> Problem:
        """A problem of this row."""
        return Problem(self._row.number, self.number[:LONGEST_NUMBER], field, code, sentence, values, severity)

    def has(self, field: str) -> bool:
        """True when the cell holds something, readable or not."""
        return field in self._row.cells

    def entry(self) -> Entry:
        """The entry as far as the row can be read; call once. Without a readable 收到日期 it carries `today`, together
        with the error that keeps it out."""
        self._check_number()
        received = self._day("received", required=True) or self._today
        content, note = self._text("content"), self._text("note")
        if not content:
            self._add("content", "content-missing", "没有申请内容；可以导入，请以后补上。", "warning")
        return Entry(
            row=self._row.number, number=self.number, received=received, content=content, note=note,
            channel=self._channel(), applicant_kind=self._applicant(),
            correction_asked=self._day("correction_asked"), corrected=self._day("corrected"),
            extended=self._extended(), closed=self._day("closed"), outcome=self._outcome(),
            reply_number=self._text("reply_number"), disputes=tuple(self._disputes()),
            extra={**self._row.extra, **self._unread},
        )

    def _add(self, field: str, code: str, sentence: str, severity: Severity = "error", **values: object) -> None:
        self.problems.append(self.problem(field, code, sentence, severity, **values))

    def _cell(self, field: str) -> Value:
        return self._row.cells.get(field, "")

    def _check_number(self) -> None:
        if not self.number:
            self._add("number", "number-missing", "没有登记号；请给这一行编号。")
        elif len(self.number) > LONGEST_NUMBER:
            self._add("number", "number-too-long", "登记号超过 %(most)s 个字；请改短。", most=LONGEST_NUMBER)
        elif isinstance(self._cell("number"), date | datetime):
            self._add(
                "number", "number-is-date", "登记号这一格被表格软件改成了日期 %(day)s；请把该列设为文本后重新填写。",
                day=self.number,
            )

    def _text(self, field: str) -> str:
        text = text_of(self._cell(field))
        if len(text) > LONGEST_TEXT:
            self._add(field, "text-too-long", "“%(heading)s”超过 %(most)s 个字；请删减。", most=LONGEST_TEXT,
                      heading=heading(field))
        return text

    def _day(self, field: str, *, required: bool = False) -> date | None:
        if not self.has(field):
            if required:
                self._add(field, "received-missing", "没有收到日期；答复期限从收到之日起算，必须填写（第三十一条）。")
            return None
        day = date_of(self._cell(field))
        if day is None:
            self._add(
                field, "date-unreadable",
                "“%(heading)s”写的“%(text)s”认不出是哪一天，或者没有这一天；请写成 2026-01-05 的样子。",
                heading=heading(field), text=text_of(self._cell(field))[:40],
            )
        elif day > self._today:
            self._add(
                field, "date-in-future",
                "“%(heading)s” %(day)s 还没有到，不能登记还没有发生的事%(article)s；请核对年月日。",
                heading=heading(field), day=day.isoformat(), article=_ARTICLES.get(field, ""),
            )
        else:
            self.days[field] = day
        return day

    def _channel(self) -> Channel | None:
        key = self._listed("channel", "channel", "unknown-channel")
        return Channel(key) if key else None

    def _applicant(self) -> ApplicantKind | None:
        text = text_of(self._cell("applicant_kind"))
        kind = parse_applicant(text) if text else None
        if not text:
            self._add(
                "applicant_kind", "applicant-kind-missing",
                "没有申请人类型；年度报告按类型统计，可以导入，请以后补上。", "warning",
            )
        elif kind is None:
            self._keep("applicant_kind", text)
            self._add(
                "applicant_kind", "unknown-applicant-kind",
                "申请人类型“%(text)s”不在六类之内；可以导入，请以后改为：%(choices)s。", "warning",
                text=text[:40], choices="、".join(choices("applicant_kind")),
            )
        return kind

    def _listed(self, field: str, words: str, code: str) -> str | None:
        text = text_of(self._cell(field))
        if not text:
            return None
        key = word(words, text)
        if key is None:
            self._keep(field, text)
            self._add(
                field, code, "“%(heading)s”写的“%(text)s”认不出；可以导入，请以后改为：%(choices)s。", "warning",
                heading=heading(field), text=text[:40], choices="、".join(choices(words)),
            )
        return key

    def _keep(self, field: str, text: str) -> None:
        """What was not understood stays with the entry under its heading."""
        self._unread[f"原填{heading(field)}"] = text

    def _extended(self) -> int | None:
        if not self.has("extended"):
            return None
        days = whole_number(self._cell("extended"))
        if days is None:
            self._add(
                "extended", "extension-unreadable",
                "延期工作日写的“%(text)s”不是整数；请填 1 到 %(most)s，没有延期的留空。",
                text=text_of(self._cell("extended"))[:40], most=MOST_EXTENDED,
            )
        elif days == 0:
            return None  # how many registers write that there was none
        elif not 0 < days <= MOST_EXTENDED:
            self._add(
                "extended", "extension-out-of-range",
                "延期 %(days)s 个工作日不在 1 到 %(most)s 之内（第三十三条）；没有延期的留空。", days=days,
                most=MOST_EXTENDED,
            )
        return days

    def _outcome(self) -> str | None:
        text = text_of(self._cell("outcome"))
        key = parse_outcome(text) if text else None
        if text and key is None:
            self._add(
                "outcome", "unknown-outcome",
                "办理结果“%(text)s”认不出；请填年度报告表三的行名，例如“予以公开”“属于国家秘密”。",
                text=text[:60],
            )
        return key

    def _disputes(self) -> list[Dispute]:
        found: list[Dispute] = []
        reconsideration = self._dispute("reconsideration", "reconsideration")
        suit_kind = self._suit_kind()
        suit = self._dispute("suit", suit_kind)
        found += [dispute for dispute in (reconsideration, suit) if dispute is not None]
        return found

    def _suit_kind(self) -> DisputeKind:
        """Without a readable kind 直接起诉 is assumed in the draft; where a suit stands in the row that is an error."""
        text = text_of(self._cell("suit_kind"))
        if not text:
            if self.has("suit_received") or self.has("suit_decided") or self.has("suit_result"):
                self._add(
                    "suit_kind", "suit-kind-missing", "有诉讼，但没有诉讼类型；请填：%(choices)s。",
                    choices="、".join(choices("suit_kind")),
                )
            return "direct"
        key = word("suit_kind", text)
        if key is None:
            self._add(
                "suit_kind", "unknown-suit-kind", "诉讼类型“%(text)s”认不出；请填：%(choices)s。", text=text[:40],
                choices="、".join(choices("suit_kind")),
            )
        elif not self.has("suit_received"):
            self._add("suit_received", "dispute-without-date", "有诉讼类型，但没有诉讼收到日期；请补填或者清空。")
        return "after" if key == "after" else "direct"

    def _dispute(self, prefix: str, kind: DisputeKind) -> Dispute | None:
        received = self._day(f"{prefix}_received")
        decided = self._day(f"{prefix}_decided")
        text = text_of(self._cell(f"{prefix}_result"))
        key = word("result", text) if text else None
        if text and key is None:
            self._add(
                f"{prefix}_result", "unknown-result", "“%(heading)s”写的“%(text)s”认不出；请填：%(choices)s。",
                heading=heading(f"{prefix}_result"), text=text[:40], choices="、".join(choices("result")),
            )
        if received is None:
            if (decided or text) and not self.has(f"{prefix}_received"):
                self._add(
                    f"{prefix}_received", "dispute-without-date",
                    "填了办结日期或者结果，但没有“%(heading)s”；请补填或者清空。",
                    heading=heading(f"{prefix}_received"),
                )
            return None
        results: dict[str | None, Result] = {"upheld": "upheld", "corrected": "corrected", "other": "other"}
        return Dispute(kind, received, decided, results.get(key, "pending"))
