"""The rows of a register spreadsheet: .xlsx, or .csv with commas, tabs or semicolons in UTF-8, UTF-16 or GB18030."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from threading import Lock

from gongkai.core.errors import ReadError
from gongkai.core.registers import xlsx
from gongkai.core.registers.columns import COLUMNS, HELP_SHEET, field_of, heading, near_field_of
from gongkai.core.registers.heads import TITLE_ROWS, Across, find_head, known, no_headings
from gongkai.core.registers.limits import MAX_COLUMNS, MAX_ROWS, too_long
from gongkai.core.registers.unread import Unread
from gongkai.core.registers.values import NOT_COMPUTED, Value, date_of, is_empty, text_of
from gongkai.core.report.readers.limits import MAX_FILE_BYTES, check_size
from gongkai.core.report.readers.sniff import sniff
from gongkai.core.report.readers.text.decode import decode
from gongkai.core.report.writers.csv_columns import unguard
from gongkai.core.text.fold import fold

_MOST_NAMED = 5      # sheets that are named one by one
# What makes a sheet of several none of the register.
_NO_REGISTER = frozenset({"no-headings", "heading-missing", "heading-twice", "table-too-wide"})
# The library refuses a field of more than 128 KB, and the whole file with it; here that is the row's own mistake
# (`text-too-long`). The limit is the process's, so that one register at a time is read with another.
_LIMIT = Lock()
_TOTALS = ("合计", "总计", "小计", "共计", "累计")
# A row of totals although it has something under 收到日期: nothing else stands in its first cell.
_TOTAL_ALONE = re.compile(r"(?:\d{4}年度?)?(?:(?:\d{1,2}|本)月份?|[一二三四]季度|上半年|下半年|本年|全年|年度|本页)?"
                          r"(?:合计|总计|小计|共计|累计)(?:[:]|\(.{0,8}\))?(?:\d+(?:件|行|条|宗)?)?")
_PERIOD = re.compile(r"(?:\d{4}年度?)?(?:\d{1,2}月份?|第?[一二三四1-4]季度|上半年|下半年)?")  # over the rows of a month
_SAME = 3  # headings that make a row a repetition of them
_REMARKS = ("填写说明", "填表说明", "填表人", "制表", "审核人", "填报人", "填报单位", "注:", "说明:", "备注:", "示例")


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its number in the spreadsheet (from 1), cells by field, cells of the office's own columns by heading; the
    name of its sheet where several were read."""

    number: int
    cells: Mapping[str, Value]
    extra: Mapping[str, str] = field(default_factory=dict)
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a file holds. `headings`: field → heading as written; `kept`: headings of the office's own; `skipped`: row
    numbers that are totals or remarks; `notes`: sentences for the person who imports; `alerts`: those of them that tell
    of numbers that would come out wrong."""

    rows: tuple[Row, ...]
    headings: Mapping[str, str]
    kept: tuple[str, ...]
    skipped: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()
    alerts: tuple[str, ...] = ()


def read(data: bytes, name: str = "") -> Sheet:
    """The rows of a register in the order of the file, totals and remarks left out.

    Raises ReadError: `no-headings`, `heading-missing`, `heading-twice`, `table-too-long`, `table-too-wide`,
    `csv-broken`, `unknown-encoding`, `unsupported-format`, and what the readers of reports raise for broken or hostile
    files (`damaged`, `zip-bomb`, `encrypted`, `old-office-format` …).
    """
    check_size(data)
    try:
        kind = sniff(data, name or None)
    except ReadError as error:
        if error.code != "unknown-format":
            raise
        raise ReadError(
            error.code, "认不出这个文件是什么格式，里面没有可读的文字；请上传 .xlsx 或 .csv 的申请登记台账。"
        ) from error
    if kind == "xlsx":
        return _from_xlsx(data)
    if kind in {"text", "json"}:
        return _from_csv(data)
    raise ReadError(
        "unsupported-format",
        "这个文件不是 .xlsx 或 .csv 台账，没有读取；请用 Excel 或 WPS 打开，另存为 .xlsx 后再导入。",
    )


def _from_xlsx(data: bytes) -> Sheet:
    """Every sheet with the headings of a register, a sheet a year as offices keep them, one after the other."""
    found: list[tuple[str, Sheet]] = []
    passed: list[tuple[str, ReadError]] = []
    room = MAX_ROWS
    hidden: list[str] = []
    for sheet in xlsx.sheets(data, whole=True):
        if not sheet.visible:
            if not _is_blank(sheet.rows()):
                hidden.append(sheet.name)
            continue
        try:
            one = _sheet(sheet.rows(), most=room, across=sheet.across)
        except ReadError as error:
            if error.code not in _NO_REGISTER:
                raise
            if error.code != "no-headings" or not _is_blank(sheet.rows()):
                passed.append((sheet.name, error))
            continue
        found.append((sheet.name, _with_hidden(one, sheet.hidden)))
        room -= len(one.rows)
    if not found:
        wrong = [error for _, error in passed]
        raise next((error for error in wrong if error.code != "no-headings"), wrong[0] if wrong else no_headings())
    left = [(name, error) for name, error in passed if name != HELP_SHEET]
    notes = tuple(_passed_over(name, error) for name, error in left[:_MOST_NAMED])
    if len(left) > _MOST_NAMED:
        notes += (f"另有 {len(left) - _MOST_NAMED} 个工作表没有读取。",)
    notes += tuple(
        f"没有读取隐藏的工作表“{name[:40]}”；里面有申请的，请在 Excel 或 WPS 里取消隐藏、保存后再导入。"
        for name in hidden[:_MOST_NAMED]
    )
    if len(hidden) > _MOST_NAMED:
        notes += (f"另有 {len(hidden) - _MOST_NAMED} 个隐藏的工作表没有读取。",)
    if len(found) == 1:
        one = found[0][1]
        return replace(one, notes=(*one.notes, *notes))
    told = "、".join(f"“{name[:40]}” {len(one.rows)} 行" for name, one in found)
    return _together(found, (f"读取了 {len(found)} 个工作表：{told}。", *notes))


def _with_hidden(sheet: Sheet, hidden: frozenset[int]) -> Sheet:
    """A case that a filter hides is a case: it is read, and that is said."""
    rows = sum(1 for row in sheet.rows if row.number in hidden)
    if not rows:
        return sheet
    return replace(sheet, notes=(*sheet.notes, f"隐藏的 {rows} 行（例如筛选掉的）也读取了；不要导入的请先删去。"))


def _together(found: Sequence[tuple[str, Sheet]], notes: tuple[str, ...]) -> Sheet:
    headings: dict[str, str] = {}
    for _, one in found:
        headings = {**one.headings, **headings}
    return Sheet(
        tuple(replace(row, sheet=name) for name, one in found for row in one.rows), headings,
        tuple(dict.fromkeys(title for _, one in found for title in one.kept)),
        tuple(number for _, one in found for number in one.skipped),
        (*notes, *_of_sheets((name, one.notes) for name, one in found)),
        _of_sheets((name, one.alerts) for name, one in found),
    )


def _of_sheets(told: Iterable[tuple[str, Sequence[str]]]) -> tuple[str, ...]:
    """What is told of each sheet, once for those of which the same is told: twelve months have the same columns."""
    sheets: dict[str, list[str]] = {}
    for name, sentences in told:
        for sentence in sentences:
            sheets.setdefault(sentence, []).append(f"“{name[:40]}”")
    return tuple(
        f"工作表{'、'.join(names[:_MOST_NAMED])}{f'等 {len(names)} 个' if len(names) > _MOST_NAMED else ''}：{sentence}"
        for sentence, names in sheets.items()
    )


def _passed_over(name: str, error: ReadError) -> str:
    if error.code == "no-headings":
        return f"没有读取工作表“{name[:40]}”：没有台账的标题行。"
    return f"没有读取工作表“{name[:40]}”。{error.message}"


def _from_csv(data: bytes) -> Sheet:
    text = decode(data)
    with _LIMIT:
        usual = csv.field_size_limit(MAX_FILE_BYTES)
        try:
            return _of_text(text)
        finally:
            csv.field_size_limit(usual)


def _of_text(text: str) -> Sheet:
    best, score = ",", 0
    for mark in (",", "\t", ";", "，", "；"):
        most = max((known([text_of(cell) for cell in cells]) for _, cells in _head(_records(text, mark))), default=0)
        if most > score:
            best, score = mark, most
    return _sheet(_records(text, best, strict=True))


def _head(records: Iterator[tuple[int, list[Value]]]) -> Iterator[tuple[int, list[Value]]]:
    try:
        for record in records:
            if record[0] > TITLE_ROWS:
                return
            yield record
    except ReadError:
        return  # with another mark it may be whole


def _records(text: str, mark: str, *, strict: bool = False) -> Iterator[tuple[int, list[Value]]]:
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=strict)
    number = 0
    try:
        for number, line in enumerate(lines, 1):
            yield number, [unguard(cell.strip()) for cell in line]
    except csv.Error as error:
        raise ReadError(
            "csv-broken",
            f"第 {number + 1} 行起读不下去，多半是引号没有成对，未读取任何内容；请另存为 .xlsx 后再导入。",
        ) from error


def _sheet(
    records: Iterable[tuple[int, list[Value]]], *, most: int = MAX_ROWS, across: Across = lambda _number: (),
) -> Sheet:
    head, rows = find_head(iter(records), across)
    fields, own = _places(head.titles)
    used = {at for _, at in (*fields, *own)}
    spare = [at for at in range(MAX_COLUMNS) if at not in used]
    found: list[Row] = []
    skipped: list[int] = []
    unread = Unread(own)
    totals: list[int] = []
    nameless = again = 0
    for number, cells in rows:
        width = len(cells)
        named = {key: cells[at] for key, at in fields if at < width and not is_empty(cells[at])}
        extra = {title: text for title, at in own if at < width and (text := _kept(cells[at]))}
        nameless += sum(1 for at in spare if at < width and not is_empty(cells[at]))
        if not named and not extra:
            continue
        if _is_head_again(cells, head.lines):
            skipped.append(number)
            again += 1
            continue
        if _is_aside(named, cells):
            skipped.append(number)
            if "received" in named or (len(named) > 1 and _first(cells).startswith(_TOTALS)):
                totals.append(number)
            continue
        found.append(Row(number, named, extra))
        unread.look(cells)
        if len(found) > most:
            raise too_long()
    headings = {key: head.titles[at] for key, at in fields}
    notes = unread.note()
    if nameless:
        notes += (f"有 {nameless} 格内容所在的列没有标题，没有读取；需要的话请给该列加上标题再导入。",)
    if totals:
        where = "、".join(str(one) for one in totals[:_MOST_NAMED])
        more = "等" if len(totals) > _MOST_NAMED else ""
        notes += (f"合计、小计 {len(totals)} 行不是申请，没有读取（第 {where} 行{more}）。",)
    if again:
        notes += (f"表中重复的标题 {again} 行没有读取。",)
    return Sheet(
        tuple(found), headings, tuple(title for title, _ in own), tuple(skipped), notes,
        unread.alerts(headings, len(found)),
    )


def _kept(value: Value) -> str:
    return "" if value == NOT_COMPUTED else text_of(value)


def _is_blank(rows: Iterator[tuple[int, list[Value]]]) -> bool:
    return all(is_empty(cell) for _, cells in islice(rows, TITLE_ROWS) for cell in cells)


def _places(titles: Sequence[str]) -> tuple[list[tuple[str, int]], list[tuple[str, int]]]:
    """Where each field stands, and each column of the office's own. The exact heading wins over a variant."""
    places: dict[str, int] = {}
    own: dict[str, int] = {}
    for at, title in enumerate(titles):
        key = field_of(title)
        if key is None:
            if title and title not in own:
                own[title] = at
            elif title:
                raise _twice(title)
            continue
        if key in places:
            exact = heading(key)
            first, second = fold(titles[places[key]]) == exact, fold(title) == exact
            if first == second:
                raise _twice(title)
            # One is the statutory heading, the other only sounds like it: that one is the office's own.
            loser = at if first else places[key]
            if titles[loser] in own:
                raise _twice(titles[loser])
            own[titles[loser]] = loser
            places[key] = places[key] if first else at
        else:
            places[key] = at
    _take_near(places, own)
    missing = [column.heading for column in COLUMNS if column.required and column.field not in places]
    if missing:
        raise ReadError(
            "heading-missing", f"台账缺少“{'”“'.join(missing)}”列，没有读取；请按模板补上这一列的标题后再导入。"
        )
    return list(places.items()), list(own.items())


def _take_near(places: dict[str, int], own: dict[str, int]) -> None:
    """Give a field that no column has to the one column whose heading comes near it; where two do, to none."""
    near: dict[str, list[str]] = {}
    for title in own:
        key = near_field_of(title)
        if key is not None and key not in places:
            near.setdefault(key, []).append(title)
    for key, titles in near.items():
        if len(titles) == 1:
            places[key] = own.pop(titles[0])


def _is_aside(named: Mapping[str, Value], cells: list[Value]) -> bool:
    """A row of totals, a remark under the table, or the name of a month over its rows."""
    first = _first(cells)
    if _TOTAL_ALONE.fullmatch(first):
        return True
    period = len(named) == 1 and first == fold(text_of(next(iter(named.values())))) and _is_period(first)
    if "received" in named and not period:
        return False
    return period or first.startswith(_TOTALS) or first.startswith(_REMARKS)


def _is_period(first: str) -> bool:
    return bool(first) and date_of(first) is None and _PERIOD.fullmatch(first) is not None


def _first(cells: list[Value]) -> str:
    return next((fold(cell) for cell in cells if isinstance(cell, str) and cell.strip()), "")


def _is_head_again(cells: list[Value], lines: Sequence[Sequence[str]]) -> bool:
    """The headings once more, as they are printed on every page."""
    if not any(isinstance(cell, str) and cell in line for cell in cells[:_SAME] for line in lines):
        return False  # nearly every row
    filled = [(at, text_of(cell)) for at, cell in enumerate(cells[:MAX_COLUMNS]) if not is_empty(cell)]
    return len(filled) > 1 and any(
        len(filled) >= min(_SAME, sum(map(bool, line)))
        and all(at < len(line) and line[at] == text for at, text in filled)
        for line in lines
    )


def _twice(title: str) -> ReadError:
    return ReadError("heading-twice", f"有两列的标题都是“{title[:40]}”，没有读取；请删去一列或改名后再导入。")
