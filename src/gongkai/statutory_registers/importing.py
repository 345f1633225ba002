"""A register on its way in from a spreadsheet: every row read and judged before anything is written.

Columns by their headings in any order, others are passed over. Documents: 种类 名称 文号 制发日期 生效日期 有效期至
废止日期 失效日期 备案号 公开日期 不公开依据. The others: 日期 事项 文号 金额 公示情况 公示日期 不公示依据.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models

from gongkai.agencies import spreadsheet
from gongkai.agencies.models import Agency
from gongkai.core.errors import Refused
from gongkai.core.screening.short import holds_personal
from gongkai.core.text.fold import fold
from gongkai.statutory_registers import rules
from gongkai.statutory_registers.models import Document, Entry, Import
from gongkai.statutory_registers.registers import DOCUMENT_NAMES, SHOWN_NAMES, DocumentKind, Ending, Shown

DOCUMENTS = "document"
DOCUMENT_COLUMNS = (
    "种类", "名称", "文号", "制发日期", "生效日期", "有效期至", "废止日期", "失效日期", "备案号", "公开日期",
    "不公开依据",
)
ENTRY_COLUMNS = ("日期", "事项", "文号", "金额", "公示情况", "公示日期", "不公示依据")
# What other systems call the same columns.
_ALSO = {
    "日期": ("决定日期", "收费日期", "采购日期", "许可决定日期", "处罚决定日期"),
    "事项": ("事项名称", "许可内容", "案由", "项目名称", "采购项目"),
    "文号": ("决定书文号", "许可决定书文号", "处罚决定书文号", "编号", "项目编号"),
    "金额": ("金额(元)", "采购金额", "收费金额", "罚款金额"),
    "制发日期": ("成文日期", "印发日期"), "名称": ("文件名称", "标题"), "公示情况": ("是否公示", "是否公开"),
}
_KINDS = {fold(name): kind for kind, name in DOCUMENT_NAMES.items()} | {
    "规范性文件": DocumentKind.NORMATIVE, "": DocumentKind.NORMATIVE,
}
_SHOWN = {fold(name): state for state, name in SHOWN_NAMES.items()} | {
    "": Shown.NOT_YET, "是": Shown.SHOWN, "已公开": Shown.SHOWN, "公示": Shown.SHOWN, "公开": Shown.SHOWN,
    "否": Shown.NOT_YET, "未公示": Shown.NOT_YET, "未公开": Shown.NOT_YET, "不公示": Shown.LAWFULLY_NOT,
    "不公开": Shown.LAWFULLY_NOT, "依法不公开": Shown.LAWFULLY_NOT,
}
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """Why a row stays out: where, which column, and a sentence."""

    row: int
    field: str
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Looked:
    """A file that was read: the rows that can be taken over, as values of the model, and those that cannot."""

    agency: Agency
    register: str
    name: str
    sha256: str
    rows: tuple[dict[str, Any], ...]
    refused: tuple[RefusedRow, ...]


def look(agency: Agency, register: str, data: bytes, name: str, *, today: date) -> Looked:
    """Read and judge a spreadsheet for a register; `register` is "document" or a key of Register.

    Raises ReadError for a file that is no such sheet, Refused "register".
    """
    document = register == DOCUMENTS
    if not document:
        rules.register_of(register)
    good: list[tuple[int, dict[str, Any]]] = []
    refused: list[RefusedRow] = []
    columns, first = (DOCUMENT_COLUMNS, "名称") if document else (ENTRY_COLUMNS, "事项")
    for row in _sheet(data, first):
        cells = {column: _cell(row, column) for column in columns}
        try:
            good.append((row.number, _document(cells, today) if document else _entry(register, cells, today)))
        except _BadCell as bad:
            refused.append(RefusedRow(row.number, bad.field, bad.refusal.code, bad.refusal.message))
    kept, twice = _unique(agency, register, good)
    refused = sorted((*refused, *twice), key=lambda one: one.row)
    return Looked(agency, register, name, hashlib.sha256(data).hexdigest(), tuple(kept), tuple(refused))


def rows_of(looked: Looked, *, imported: Import, at: datetime) -> tuple[type[models.Model], Iterator[models.Model]]:
    """The model and the rows to be written."""
    if looked.register == DOCUMENTS:
        return Document, (
            Document(agency=looked.agency, imported=imported, added_at=at, **values) for values in looked.rows
        )
    return Entry, (
        Entry(agency=looked.agency, register=looked.register, imported=imported, added_at=at, **values)
        for values in looked.rows
    )


def numbers_there(looked: Looked) -> set[tuple[str, str]]:
    """Numbers of the rows that were looked at which the register holds by now."""
    return _numbers_there(looked.agency, looked.register, [
        (values.get("kind", ""), values["number"]) for values in looked.rows if values["number"]
    ])


class _BadCell(Exception):
    def __init__(self, field: str, refusal: Refused) -> None:
        super().__init__(field)
        self.field, self.refusal = field, refusal


def _sheet(data: bytes, first: str) -> list[spreadsheet.Row]:
    """The rows of the sheet, by our heading or by one that other systems use."""
    from gongkai.core.errors import ReadError

    for heading in (first, *_ALSO[first]):
        try:
            return spreadsheet.rows(data, heading)
        except ReadError as error:
            if error.code != "no-heading":
                raise
    raise ReadError("no-heading", f"前 20 行里没有“{first}”这一列的表头，请对照空表检查")


def _cell(row: spreadsheet.Row, column: str) -> str:
    return next((row[name] for name in (column, *_ALSO.get(column, ())) if row[name]), "")


def _day(cells: dict[str, str], field: str, *, needed: bool = False) -> date | None:
    try:
        day = spreadsheet.day(cells[field])
    except ValueError:
        raise _BadCell(field, Refused(
            "date-shape", "%(name)s“%(given)s”不是日期", name=field, given=cells[field][:40])) from None
    if day is None and needed:
        raise _BadCell(field, Refused("words-missing", "请填写%(name)s", name=field))
    return day


def _checked(field: str, check: Any, *values: Any) -> Any:
    try:
        return check(*values)
    except Refused as refusal:
        raise _BadCell(field, refusal) from None


def _document(cells: dict[str, str], today: date) -> dict[str, Any]:
    kind = _KINDS.get(fold(cells["种类"]))
    if kind is None:
        raise _BadCell("种类", Refused("document-kind", "请选择规章或者行政规范性文件"))
    title = _checked("名称", rules.named, cells["名称"], "名称")
    made_on = _day(cells, "制发日期", needed=True)
    assert made_on is not None
    _checked("制发日期", rules.not_to_come, made_on, "制发日期", today)
    effective_on, expires_on = _day(cells, "生效日期"), _day(cells, "有效期至")
    _checked("生效日期", rules.document_days, made_on, effective_on, expires_on)
    repealed, lapsed = _day(cells, "废止日期"), _day(cells, "失效日期")
    ended = repealed or lapsed
    ending = Ending.NONE
    if ended is not None:
        ending = Ending.REPEALED if repealed else Ending.LAPSED
        _checked("废止日期" if repealed else "失效日期", rules.ending, ending, ended, made_on, today)
    disclosed_on = _day(cells, "公开日期")
    if disclosed_on is not None:
        _checked("公开日期", rules.not_to_come, disclosed_on, "公开日期", today)
    return {
        "kind": kind, "title": title, "number": _number(cells), "made_on": made_on, "effective_on": effective_on,
        "expires_on": expires_on, "ending": ending, "ended_on": ended, "filing_number": cells["备案号"].strip()[:100],
        "disclosed_on": disclosed_on, "unpublished_reason": " ".join(cells["不公开依据"].split())[:300],
    }


def _entry(register: str, cells: dict[str, str], today: date) -> dict[str, Any]:
    on = _day(cells, "日期", needed=True)
    assert on is not None
    _checked("日期", rules.not_to_come, on, "日期", today)
    subject = _checked("事项", rules.named, cells["事项"], "事项")
    if holds_personal(subject):
        raise _BadCell("事项", Refused("personal", "文字里有身份证号、电话、银行卡号等个人信息，请删去"))
    state = _SHOWN.get(fold(cells["公示情况"]))
    shown_on = _day(cells, "公示日期")
    if state is None:
        raise _BadCell("公示情况", Refused("shown-state", "公示情况请选择：已公示、待公示或者依法不公示"))
    if state is Shown.NOT_YET and shown_on is not None and not cells["公示情况"].strip():
        state = Shown.SHOWN  # a day without a word says the same
    shown, day, reason = _checked("公示情况", rules.shown, state, shown_on, cells["不公示依据"], on, today)
    return {
        "on": on, "subject": subject, "number": _number(cells), "shown": shown, "shown_on": day,
        "shown_reason": reason, "amount": _checked("金额", rules.amount, register, cells["金额"]),
    }


def _number(cells: dict[str, str]) -> str:
    return str(_checked("文号", rules.numbered, cells["文号"]))


def _unique(
    agency: Agency, register: str, rows: list[tuple[int, dict[str, Any]]],
) -> tuple[list[dict[str, Any]], list[RefusedRow]]:
    """A number stands once in a register: neither twice in the file nor in the file and the register."""
    there = _numbers_there(agency, register, [(v.get("kind", ""), v["number"]) for _n, v in rows if v["number"]])
    seen: dict[tuple[str, str], int] = {}
    kept, refused = [], []
    for number, values in rows:
        key = (str(values.get("kind", "")), values["number"])
        if not values["number"]:
            kept.append(values)
        elif key in there:
            refused.append(RefusedRow(number, "文号", "number-taken", f"{key[1]}已在台账中；这一行没有导入"))
        elif key in seen:
            refused.append(RefusedRow(
                number, "文号", "number-twice", f"{key[1]}与第 {seen[key]} 行相同；这一行没有导入",
            ))
        else:
            seen[key] = number
            kept.append(values)
    return kept, refused


def _numbers_there(agency: Agency, register: str, asked: list[tuple[str, str]]) -> set[tuple[str, str]]:
    there: set[tuple[str, str]] = set()
    for at in range(0, len(asked), _CHUNK):
        numbers = [number for _kind, number in asked[at:at + _CHUNK]]
        if register == DOCUMENTS:
            found = Document.objects.filter(agency=agency, number__in=numbers).values_list("kind", "number")
        else:
            found = Entry.objects.filter(
                agency=agency, register=register, number__in=numbers, cancelled_on__isnull=True,
            ).values_list(models.Value(""), "number")
        there |= {(kind, number) for kind, number in found}
    return there
