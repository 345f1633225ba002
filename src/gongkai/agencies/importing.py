"""Importing the tree from a spreadsheet: look at every row first, then write all or nothing.

Columns: 名称 上级 类型 层级 简称 统一社会信用代码 生效日期 失效日期 上级生效日期 依据; only 名称 is required.
An agency that exists is changed, never doubled; a row's 上级 may stand anywhere in the file. Another 上级 than on
record moves the agency from 上级生效日期, by the order of 依据 (a document's number); without a day, from today's
import. 生效日期 is the agency's own beginning and moves nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import authorise
from gongkai.agencies import actions, rules, spreadsheet
from gongkai.agencies.events import AgenciesImported
from gongkai.agencies.models import Agency, Kind, Level
from gongkai.agencies.permissions import AgencyPermission
from gongkai.core.errors import Refused
from gongkai.core.text.fold import fold
from gongkai.ledger.actions import record

LONGEST_SHORT_NAME = 60
UNDER_FROM, ORDER = "上级生效日期", "依据"
_CHANGED = ("short_name", "kind", "level", "credit_code", "valid_from", "valid_to")  # what a row of the sheet says
_KINDS = {fold(str(label)): value for value, label in Kind.choices} | {
    "政府": Kind.GOVERNMENT, "部门": Kind.DEPARTMENT, "工作部门": Kind.DEPARTMENT, "乡镇": Kind.TOWNSHIP,
    "街道": Kind.STREET, "派出机构": Kind.DISPATCHED, "事业单位": Kind.INSTITUTION, "企事业单位": Kind.ENTERPRISE,
}
_LEVELS = {
    "国家": Level.NATIONAL, "中央": Level.NATIONAL,
    "省": Level.PROVINCE, "自治区": Level.PROVINCE, "直辖市": Level.PROVINCE,
    "市": Level.CITY, "地": Level.CITY, "州": Level.CITY,
    "县": Level.COUNTY, "区": Level.COUNTY,
    "乡": Level.TOWNSHIP, "镇": Level.TOWNSHIP, "乡镇": Level.TOWNSHIP, "街道": Level.TOWNSHIP,
}


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """Why a row cannot be imported."""

    row: int
    field: str
    code: str
    message: str


@dataclass(slots=True)
class Outcome:
    """What an import did, or would do."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: list[RefusedRow] = field(default_factory=list)
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class _Wanted:
    row: int
    name: str
    parent: str
    kind: str
    level: str
    short_name: str
    credit_code: str
    valid_from: date | None
    valid_to: date | None
    under_from: date | None  # from when it lies under `parent`
    order: str  # the number of the document that puts it there


def import_agencies(
    *, by: Actor, data: bytes, at: datetime, dry_run: bool = False, skip_refused: bool = False,
) -> Outcome:
    """Import a spreadsheet. Refused rows stop the import unless `skip_refused`.

    `dry_run` writes nothing and says exactly what the import would do: it does it and takes it back.

    Raises ReadError for a file that is no spreadsheet with a column 名称, and Denied.
    """
    authorise(by, AgencyPermission.MANAGE)
    outcome = Outcome(dry_run=dry_run)
    wanted = _in_order(_understood(spreadsheet.rows(data, "名称"), outcome), outcome)
    with transaction.atomic():
        for one in wanted:
            try:
                with transaction.atomic():
                    _write(one, by, at, outcome)
            except Refused as refused:
                outcome.refused.append(RefusedRow(one.row, getattr(refused, "field", "名称"), refused.code,
                                                  refused.message))
        outcome.refused.sort(key=lambda r: r.row)
        stopped = bool(outcome.refused) and not skip_refused
        if stopped:
            outcome.added = outcome.changed = outcome.unchanged = 0
        if dry_run or stopped:
            transaction.set_rollback(True)
        elif outcome.added or outcome.changed:
            record(AgenciesImported(outcome.added, outcome.changed, outcome.unchanged), by=by, at=at)
    return outcome


def _understood(rows: list[spreadsheet.Row], outcome: Outcome) -> list[_Wanted]:
    wanted: dict[str, _Wanted] = {}
    for row in rows:
        try:
            one = _understand(row)
            if one.name in wanted:
                raise _Wrong("名称", "duplicate-row", f"与第 {wanted[one.name].row} 行同名")
        except _Wrong as wrong:
            outcome.refused.append(RefusedRow(row.number, wrong.field, wrong.code, wrong.message))
        else:
            wanted[one.name] = one
    return list(wanted.values())


class _Wrong(Refused):
    def __init__(self, field: str, code: str, message: str) -> None:
        super().__init__(code, message)
        self.field = field


def _understand(row: spreadsheet.Row) -> _Wanted:
    name = row["名称"].strip()
    if not name:
        raise _Wrong("名称", "name-needed", "名称不能为空")
    if name.startswith(("=", "#", "＝", "＃")):
        raise _Wrong("名称", "name-odd", f"名称“{name[:20]}”是公式或公式出错的结果，请改成文字")
    if len(row["简称"].strip()) > LONGEST_SHORT_NAME:
        raise _Wrong("简称", "name-too-long", f"简称不能超过 {LONGEST_SHORT_NAME} 个字")
    kind = _KINDS.get(fold(row["类型"])) if row["类型"] else rules.guess_kind(name)
    if kind is None:
        known = "、".join(str(kind.label) for kind in Kind)
        raise _Wrong("类型", "unknown-kind", f"不认识的类型“{row['类型']}”，可填：{known}")
    level = _LEVELS.get(fold(row["层级"]).removesuffix("级")) if row["层级"] else level_of(kind)
    if level is None:
        raise _Wrong("层级", "unknown-level", f"不认识的层级“{row['层级']}”，可填：国家、省、市、县、乡")
    dates: list[date | None] = []
    for heading in ("生效日期", "失效日期", UNDER_FROM):
        try:
            dates.append(spreadsheet.day(row[heading]))
        except ValueError as error:
            raise _Wrong(heading, "bad-date", f"“{row[heading]}”不是日期，可写 2020-01-05") from error
    code = row["统一社会信用代码"].upper()
    try:
        rules.credit_code(code)
    except Refused as refused:
        raise _Wrong("统一社会信用代码", refused.code, refused.message) from refused
    try:
        rules.dates(*dates[:2])
    except Refused as refused:
        raise _Wrong("失效日期", refused.code, refused.message) from refused
    parent = row["上级"].strip()
    if dates[2] is not None and not parent:
        raise _Wrong(UNDER_FROM, "parent-needed", f"填了{UNDER_FROM}，没有填上级；请补上级，或者删去这个日期")
    try:
        order = rules.document(row[ORDER])
    except Refused as refused:
        raise _Wrong(ORDER, refused.code, refused.message) from refused
    return _Wanted(row.number, name, parent, kind, level, row["简称"].strip(), code, *dates, order)


def level_of(kind: str) -> str:
    """The level that a kind implies where nobody says otherwise."""
    return Level.TOWNSHIP if kind in {Kind.TOWNSHIP, Kind.STREET} else Level.COUNTY


def _in_order(wanted: list[_Wanted], outcome: Outcome) -> list[_Wanted]:
    """Parents before children. A row whose parent nobody knows, or that hangs below itself, is refused."""
    known = set(Agency.objects.filter(valid_to__isnull=True).values_list("name", flat=True))
    names = {one.name for one in wanted}
    done: set[str] = set()
    ordered: list[_Wanted] = []
    waiting = wanted
    while waiting:
        reachable = done | (known - names)
        ready = [w for w in waiting if not w.parent or w.parent in reachable]
        if not ready:
            break
        ordered += ready
        done |= {w.name for w in ready}
        waiting = [w for w in waiting if w.name not in done]
    for one in waiting:
        message = (
            f"上级“{one.parent}”绕回到本机关自己或它的下级，或上级本身未能导入" if one.parent in names
            else f"找不到上级“{one.parent}”，表中和现有机关里都没有"
        )
        code = "parent-loop" if one.parent in names else "unknown-parent"
        outcome.refused.append(RefusedRow(one.row, "上级", code, message))
    return ordered


def _write(one: _Wanted, by: Actor, at: datetime, outcome: Outcome) -> None:
    in_force = Agency.objects.filter(valid_to__isnull=True)
    parent = in_force.filter(name=one.parent).first() if one.parent else None
    if one.parent and parent is None:
        raise Refused("unknown-parent", f"上级“{one.parent}”没有导入")
    agency = in_force.filter(name=one.name).first() or Agency.objects.filter(
        name=one.name, valid_to=one.valid_to, valid_to__isnull=False
    ).first()
    if agency is None:
        if one.under_from not in (None, one.valid_from):
            raise _Wrong(UNDER_FROM, "new-agency", "新机关自成立起就在这个上级之下，请把日期填在生效日期一列")
        actions.add(
            by=by, name=one.name, at=at, parent=parent, kind=one.kind, level=one.level, short_name=one.short_name,
            credit_code=one.credit_code, valid_from=one.valid_from, valid_to=one.valid_to,
        )
        outcome.added += 1
        return
    before = (agency.parent_id, *(getattr(agency, f) for f in _CHANGED))
    after = (parent.pk if parent else agency.parent_id, one.short_name, one.kind, one.level, one.credit_code,
             one.valid_from, one.valid_to)
    if before == after:
        _lies_there_since(agency, one)
        outcome.unchanged += 1
        return
    actions.change(by=by, agency=agency, at=at, **dict(zip(_CHANGED, after[1:], strict=True)))
    if parent is not None and parent.pk == before[0]:
        _lies_there_since(agency, one)
    elif parent is not None:
        try:
            actions.move(by=by, agency=agency, parent=parent, at=at, on=one.under_from, document=one.order)
        except Refused as refused:
            raise _Wrong("上级" if one.under_from is None else UNDER_FROM, refused.code, refused.message) from refused
    outcome.changed += 1


def _lies_there_since(agency: Agency, one: _Wanted) -> None:
    """Nothing moves: another day than the one on record is said, not passed over. Without a move on record it is the
    agency's own beginning. Raises _Wrong "there-already"."""
    if one.under_from is None:
        return
    last = agency.placements.last()
    since = last.since if last is not None and last.since is not None else one.valid_from
    if one.under_from != since:
        known = f"自 {since} 起" if since is not None else "原来"
        raise _Wrong(UNDER_FROM, "there-already", f"这个机关{known}就在这个上级之下；日期登记错了的，请在机关页上更正")
