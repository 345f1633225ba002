"""C9, C10, C18: the cells themselves: what a number may be, how many there must be, and that none is blank.

A file that simply ends early is said to do so once (GK1004); its missing rows are not told one by one.
"""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.core.report.checks.operands import has_values, status, table_ids
from gongkai.core.report.checks.registry import Case, Hit, rule
from gongkai.core.report.checks.words import TABLE_NAMES, cell_name, cell_names, number, row_name
from gongkai.core.report.forms import TABLES, cell_specs
from gongkai.core.report.model import Report, Severity, Status


@rule("C9", code="GK0901", severity=Severity.ERROR, title="数量不能为负")
def counts_are_not_negative(case: Case) -> Iterator[Hit]:
    """Every number is zero or more, except 本年增/减, which is signed."""
    for cell_id, kind in _kinds(case.report):
        value = case.report.value(cell_id)
        if kind != "change" and value is not None and value < 0:
            yield Hit(f"{cell_name(case.report, cell_id)}填 {number(value)}，不能为负数", (cell_id,), value, "≥0")


@rule("C9", code="GK0902", severity=Severity.ERROR, title="件数必须是整数")
def counts_are_integers(case: Case) -> Iterator[Hit]:
    """Only the two amounts (采购总金额, 本年收费金额) may have decimals."""
    for cell_id, kind in _kinds(case.report):
        value = case.report.value(cell_id)
        if kind != "amount" and value is not None and value != int(value):
            yield Hit(f"{cell_name(case.report, cell_id)}填 {number(value)}，应为整数", (cell_id,), value, "整数")


@rule("C10", code="GK1001", severity=Severity.ERROR, title="表四一行 15 个数")
def table_four_has_fifteen_numbers(case: Case) -> Iterator[Hit]:
    """Table 四 has one row of 15 cells; a row with fewer has lost its places."""
    missing = _missing(case.report, "t4")
    if has_values(case.report, "t4") and missing:
        yield Hit(
            f"表四应有 15 格，只见到 {15 - len(missing)} 格，缺{cell_names(case.report, missing)}",
            tuple(missing), 15 - len(missing), 15,
        )


@rule("C10", code="GK1002", severity=Severity.ERROR, title="表三每行 7 个数")
def rows_of_table_three_have_seven_numbers(case: Case) -> Iterator[Hit]:
    """Every row of table 三 has seven cells. The last row of a file that breaks off is GK1004's."""
    report = case.report
    cut = _cut_at(report, "t3")
    for row, cells in _rows(report, "t3").items():
        missing = [c for c in cells if status(report, c) is Status.MISSING]
        if missing and len(missing) < len(cells) and not (cut and row == cut.split(".")[1]):
            yield Hit(
                f"表三“{row_name(report, 't3', row)}”行应有 7 格，只见到 {len(cells) - len(missing)} 格",
                tuple(missing), len(cells) - len(missing), 7,
            )


@rule("C10", code="GK1003", severity=Severity.ERROR, title="表内缺行")
def no_row_is_left_out(case: Case) -> Iterator[Hit]:
    """Rows of the form that the table does not have, although it goes on after them; one hit a table."""
    for table in ("t2", "t3"):
        if not has_values(case.report, table):
            continue
        cut = _cut_at(case.report, table)
        before_cut = table_ids(case.report, table)
        if cut:
            before_cut = before_cut[:before_cut.index(cut)]
        absent = [
            row for row, cells in _rows(case.report, table).items()
            if set(cells) <= set(before_cut) and all(status(case.report, c) is Status.MISSING for c in cells)
        ]
        if absent:
            names = "、".join(f"“{row_name(case.report, table, row)}”" for row in absent[:4])
            more = f"等 {len(absent)} 行" if len(absent) > 4 else ""
            yield Hit(
                f"{TABLE_NAMES[table]}未见到{names}{more}", tuple(c for c in before_cut if c.split(".")[1] in absent),
                0, len(absent),
            )


@rule("C10", code="GK1004", severity=Severity.NOT_CHECKED, title="表格不完整，未全部核对")
def tables_are_whole(case: Case) -> Iterator[Hit]:
    """A table that is not there, breaks off, or could not be read: said once, the sums that need it are silent."""
    report = case.report
    absent = [table for table in TABLES if not _present(report, table)]
    if absent:
        names = "、".join(TABLE_NAMES[table] for table in absent)
        yield Hit(f"未见到{names}，有关核对未作；文件可能不完整", tuple(c for t in absent for c in table_ids(report, t)))
    for table in TABLES:
        ids = table_ids(report, table)
        unreadable = [c for c in ids if status(report, c) is Status.UNREADABLE]
        if unreadable:
            yield Hit(
                f"{TABLE_NAMES[table]}有 {len(unreadable)} 格的数字不能识别或不能按标签对应"
                f"（{cell_names(report, unreadable)}），有关核对未作", tuple(unreadable),
            )
        cut = _cut_at(report, table)
        if cut and has_values(report, table):
            rest = ids[ids.index(cut):]
            yield Hit(
                f"{TABLE_NAMES[table]}自{cell_name(report, cut)}起缺 {len(rest)} 格，有关核对未作；文件可能不完整",
                tuple(rest),
            )


@rule("C18", code="GK1801", severity=Severity.WARNING, title="空白格应填 0")
def nothing_is_left_blank(case: Case) -> Iterator[Hit]:
    """A blank, - / — or 无 is not zero; the form asks for 0. One hit a table."""
    report = case.report
    for table in TABLES:
        ids = table_ids(report, table)
        blank = [c for c in ids if status(report, c) is Status.BLANK]
        if not blank:
            continue
        if len(blank) == len(ids):
            yield Hit(f"{TABLE_NAMES[table]}整表 {len(ids)} 格全部空白，没有的应填 0", tuple(blank), "空白", "0")
            continue
        marks = sorted({(report.cells[c].raw or "").strip() for c in blank} - {""})
        written = f"（写作“{'”“'.join(marks)}”）" if marks else ""
        yield Hit(
            f"{TABLE_NAMES[table]}有 {len(blank)} 格空白{written}：{cell_names(report, blank)}，没有的应填 0",
            tuple(blank), "空白", "0",
        )


def _kinds(report: Report) -> list[tuple[str, str]]:
    specs = cell_specs(tuple(sorted(report.forms.items())))
    return [(cell_id, specs[cell_id].kind) for cell_id in report.cells if cell_id in specs]


def _rows(report: Report, table: str) -> dict[str, list[str]]:
    rows: dict[str, list[str]] = {}
    for cell_id in table_ids(report, table):
        rows.setdefault(cell_id.split(".")[1], []).append(cell_id)
    return rows


def _missing(report: Report, table: str) -> list[str]:
    return [c for c in table_ids(report, table) if status(report, c) is Status.MISSING]


def _present(report: Report, table: str) -> bool:
    return any(status(report, c) is not Status.MISSING for c in table_ids(report, table))


def _cut_at(report: Report, table: str) -> str | None:
    """The first cell of the missing tail where the file breaks off: nothing of the table and of the tables after
    it is there any more. None where the table is whole, or where the report goes on after it."""
    ids = table_ids(report, table)
    tail = len(ids)
    while tail and status(report, ids[tail - 1]) is Status.MISSING:
        tail -= 1
    if tail in {0, len(ids)}:
        return None
    number_of_section = {"t2": 2, "t3": 3, "t4": 4}[table]
    later_tables = TABLES[TABLES.index(table) + 1:]
    if any(_present(report, t) for t in later_tables) or any(n > number_of_section for n in report.sections):
        return None
    return ids[tail]
