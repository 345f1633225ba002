"""A row's cells read one by one: what each holds, and what cannot be read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime

from gongkai.core.deadlines.facts import Channel
from gongkai.core.law.applicants import ApplicantKind
from gongkai.core.law.applicants import parse as parse_applicant
from gongkai.core.law.outcomes import parse_outcome
from gongkai.core.registers.columns import choices, heading, word
from gongkai.core.registers.entry import Dispute, Entry, Problem, Severity
from gongkai.core.registers.read import Row
from gongkai.core.registers.values import NOT_COMPUTED, Value, date_of, is_error, text_of, whole_number
from gongkai.core.text.fold import fold

LONGEST_NUMBER = 100
LONGEST_TEXT = 20_000
LONGEST_CELL = 32_767  # characters that a cell of a spreadsheet holds: in columns of the office's own
MOST_EXTENDED = 20  # working days, Art. 33
_ARTICLES = {
    "received": "（第三十一条）", "correction_asked": "（第三十条）", "corrected": "（第三十条）",
    "closed": "（第三十三条）",
}
# 法人或其他组织（商业企业）: the head of table 三 over five of its columns, and the column.
_OF_A_GROUP = re.compile(r"法人(?:或者|或|和|及|、)?其他组织[\[(:、—-]+([^\])]+)[\])]?")


class Draft:
    """A row on its way to an entry. `problems` is what could not be read; `days` the days that could."""

    def __init__(self, row: Row, today: date) -> None:
        self._row, self._today = row, today
        self.number = Draft.number_of(row)
        self.problems: list[Problem] = []
        self.days: dict[str, date] = {}
        self._unread: dict[str, str] = {}
        self._valueless = {field for field, value in row.cells.items() if is_error(value)}
        for field in row.cells:
            if field in self._valueless:
                self._say_valueless(field)

    @staticmethod
    def number_of(row: Row) -> str:
        """The 登记号 as text, empty where there is none."""
        value = row.cells.get("number", "")
        return "" if is_error(value) else " ".join(text_of(value).split())

    def problem(
        self, field: str, code: str, sentence: str, severity: Severity = "error", **values: object,
    ) -> Problem:
        """A problem of this row."""
        row = self._row
        return Problem(row.number, self.number[:LONGEST_NUMBER], field, code, sentence, values, severity, row.sheet)

    def has(self, field: str) -> bool:
        """True when the cell holds something, readable or not."""
        return field in self._row.cells

    def entry(self, disputes: Sequence[Dispute] = ()) -> Entry:
        """The entry as far as the row can be read, with the disputes that were read of it before; call once. Without a
        readable 收到日期 it carries `today`, together with the error that keeps it out."""
        self._check_number()
        received = self.day("received", required=True) or self._today
        content, note = self._text("content"), self.note()
        if not content and not self.has("content"):
            self.add("content", "content-missing", "没有申请内容；可以导入，请以后补上。", "warning")
        return Entry(
            row=self._row.number, number=self.number, received=received, content=content, note=note,
            channel=self._channel(), applicant_kind=self._applicant(),
            correction_asked=self.day("correction_asked"), corrected=self.day("corrected"),
            extended=self._extended(), closed=self.day("closed"), outcome=self._outcome(),
            reply_number=self._text("reply_number"), disputes=tuple(disputes), extra=self.extra(),
            sheet=self._row.sheet,
        )

    def note(self) -> str:
        """The remark."""
        return self._text("note")

    def extra(self) -> dict[str, str]:
        """What stands in columns of the office's own, and what was not understood elsewhere."""
        found = {**self._row.extra, **self._unread}
        for title, text in found.items():
            if len(text) > LONGEST_CELL:
                self._too_long(title, title, LONGEST_CELL)
        return found

    def add(self, field: str, code: str, sentence: str, severity: Severity = "error", **values: object) -> None:
        """Note a problem of this row."""
        self.problems.append(self.problem(field, code, sentence, severity, **values))

    def cell(self, field: str) -> Value:
        """What the cell holds, empty text where it holds nothing or an error of the spreadsheet."""
        return "" if field in self._valueless else self._row.cells.get(field, "")

    def is_wrong(self, field: str) -> bool:
        """True where what the cell holds could not be read."""
        return any(problem.field == field and problem.severity == "error" for problem in self.problems)

    def _say_valueless(self, field: str) -> None:
        value = self._row.cells[field]
        if value == NOT_COMPUTED:
            self.add(
                field, "no-value",
                "“%(heading)s”是公式，文件里没有算出的值；请用 Excel 打开、保存，或者改填实际内容后再导入。",
                heading=heading(field),
            )
        else:
            self.add(
                field, "no-value", "“%(heading)s”是错误值 %(text)s，没有内容；请改填实际内容，没有的清空。",
                heading=heading(field), text=text_of(value)[:20],
            )

    def text(self, field: str) -> str:
        """The cell as text."""
        return text_of(self.cell(field))

    def _check_number(self) -> None:
        if "number" in self._valueless:
            return
        if not self.number:
            self.add("number", "number-missing", "没有登记号；请给这一行编号。")
        elif len(self.number) > LONGEST_NUMBER:
            self.add("number", "number-too-long", "登记号超过 %(most)s 个字；请改短。", most=LONGEST_NUMBER)
        elif isinstance(self.cell("number"), date | datetime):
            self.add(
                "number", "number-is-date", "登记号这一格被表格软件改成了日期 %(day)s；请把该列设为文本后重新填写。",
                day=self.number,
            )

    def _text(self, field: str) -> str:
        text = self.text(field)
        if len(text) > LONGEST_TEXT:
            self._too_long(field, heading(field), LONGEST_TEXT)
        return text

    def _too_long(self, field: str, title: str, most: int) -> None:
        self.add(field[:LONGEST_NUMBER], "text-too-long", "“%(heading)s”超过 %(most)s 个字；请删减。", most=most,
                 heading=title[:40])

    def day(self, field: str, *, required: bool = False) -> date | None:
        """The day of a cell, with the problem where it is none or has not come yet."""
        if not self.has(field):
            if required:
                self.add(field, "received-missing", "没有收到日期；答复期限从收到之日起算，必须填写（第三十一条）。")
            return None
        if field in self._valueless:
            return None
        day = date_of(self.cell(field))
        if day is None:
            self.add(
                field, "date-unreadable",
                "“%(heading)s”写的“%(text)s”认不出是哪一天，或者没有这一天；请写成 2026-01-05 的样子。",
                heading=heading(field), text=text_of(self.cell(field))[:40],
            )
        elif day > self._today:
            self.add(
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
        text = text_of(self.cell("applicant_kind"))
        group = _OF_A_GROUP.fullmatch(fold(text))
        kind = parse_applicant(group[1] if group else text) if text else None
        if "applicant_kind" in self._valueless:
            return None
        if not text:
            self.add(
                "applicant_kind", "applicant-kind-missing",
                "没有申请人类型；年度报告按类型统计，可以导入，请以后补上。", "warning",
            )
        elif kind is None:
            self.keep("applicant_kind", text)
            self.add(
                "applicant_kind", "unknown-applicant-kind",
                "申请人类型“%(text)s”不在六类之内；可以导入，请以后改为：%(choices)s。", "warning",
                text=text[:40], choices="、".join(choices("applicant_kind")),
            )
        return kind

    def _listed(self, field: str, words: str, code: str) -> str | None:
        text = text_of(self.cell(field))
        if not text:
            return None
        key = word(words, text)
        if key is None:
            self.keep(field, text)
            self.add(
                field, code, "“%(heading)s”写的“%(text)s”认不出；可以导入，请以后改为：%(choices)s。", "warning",
                heading=heading(field), text=text[:40], choices="、".join(choices(words)),
            )
        return key

    def keep(self, field: str, text: str) -> None:
        """What was not understood stays with the entry under its heading."""
        self._unread[f"原填{heading(field)}"] = text

    def _extended(self) -> int | None:
        if not self.has("extended") or "extended" in self._valueless:
            return None
        days = whole_number(self.cell("extended"))
        if days is None:
            self.add(
                "extended", "extension-unreadable",
                "延期工作日写的“%(text)s”不是整数；请填 1 到 %(most)s，没有延期的留空。",
                text=text_of(self.cell("extended"))[:40], most=MOST_EXTENDED,
            )
        elif days == 0:
            return None  # how many registers write that there was none
        elif not 0 < days <= MOST_EXTENDED:
            self.add(
                "extended", "extension-out-of-range",
                "延期 %(days)s 个工作日不在 1 到 %(most)s 之内（第三十三条）；没有延期的留空。", days=days,
                most=MOST_EXTENDED,
            )
        return days

    def _outcome(self) -> str | None:
        text = text_of(self.cell("outcome"))
        # 部分予以公开 and 予以部分公开 are 部分公开; 不予以公开 alone stays what it is, no outcome.
        key = parse_outcome(text) or parse_outcome(text.replace("予以", "", 1)) if text else None
        if text and key is None:
            self.add(
                "outcome", "unknown-outcome",
                "办理结果“%(text)s”认不出；请填年度报告表三的行名，例如“予以公开”“属于国家秘密”。",
                text=text[:60],
            )
        return key
