"""C9, C10, C18: the cells themselves: what a number may be, how many there must be, and that none is blank.

A file that simply ends early is said to do so once (GK1004); its missing rows are not told one by one.
"""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.core.report.checks.gaps import gaps
from gongkai.core.report.checks.registry import Case, Hit, rule
from gongkai.core.report.forms import TABLES, cell_specs
from gongkai.core.report.model import Report, Severity, Status
from gongkai.core.report.operands import status, table_ids
from gongkai.core.report.words import TABLE_NAMES, cell_name, cell_names, number, row_name

# The reader's notes of a row with more or fewer cells than headings.
WRONG_NUMBER = frozenset({"too-many-values", "too-few-values"})


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
    ids = table_ids(case.report, "t4")
    missing = [c for c in ids if status(case.report, c) is Status.MISSING]
    if missing and not case.once(gaps).cells & set(missing):
        seen = len(ids) - len(missing)
        yield Hit(
            f"表四应有 15 格，只见到 {seen} 格，缺{cell_names(case.report, missing)}", tuple(missing), seen, len(ids),
        )


@rule("C10", code="GK1002", severity=Severity.ERROR, title="表三每行 7 个数")
def rows_of_table_three_have_seven_numbers(case: Case) -> Iterator[Hit]:
    """Every row of table 三 has seven cells. The row in which a file breaks off is GK1004's."""
    report, known = case.report, case.once(gaps).cells
    for row, cells in _rows(report, "t3").items():
        missing = [c for c in cells if status(report, c) is Status.MISSING]
        if missing and len(missing) < len(cells) and not known & set(missing):
            yield Hit(
                f"表三“{row_name(report, 't3', row)}”行应有 7 格，只见到 {len(cells) - len(missing)} 格",
                tuple(missing), len(cells) - len(missing), 7,
            )


@rule("C10", code="GK1003", severity=Severity.ERROR, title="表内缺行")
def no_row_is_left_out(case: Case) -> Iterator[Hit]:
    """Rows of the form that the table does not have, although it goes on after them; one hit a table."""
    report, known = case.report, case.once(gaps).cells
    for table in ("t2", "t3"):
        absent = [
            cell for cells in _rows(report, table).values()
            if all(status(report, c) is Status.MISSING for c in cells) and not known & set(cells) for cell in cells
        ]
        if absent:
            yield Hit(f"未见到{cell_names(report, absent)}", tuple(absent))


@rule("C10", code="GK1004", severity=Severity.NOT_CHECKED, title="表格不完整，未全部核对")
def tables_are_whole(case: Case) -> Iterator[Hit]:
    """A table that is not there, breaks off, or could not be read: said once, the sums that need it are silent."""
    report, found = case.report, case.once(gaps)
    said = []
    if found.absent:
        said.append("未见到" + "、".join(TABLE_NAMES[table] for table in found.absent))
    for table, tail in found.tails.items():
        row = row_name(report, table, tail[0].split(".")[1])
        said.append(f"{TABLE_NAMES[table]}到“{row}”行为止，其后缺 {len(tail)} 格")
    for table, cells in found.unreadable.items():
        said.append(f"{TABLE_NAMES[table]}有 {len(cells)} 格不能识别或不能按行名、列名对应")
    if said:
        ids = [c for table in TABLES for c in table_ids(report, table) if c in found.cells]
        yield Hit("；".join(said) + "；需要这些数字的核对未作，请确认文件是否完整", tuple(ids))


@rule("C10", code="GK1005", severity=Severity.ERROR, title="一行的数与应有的格数不符")
def rows_have_as_many_numbers_as_headings(case: Case) -> Iterator[Hit]:
    """More numbers than headings, or fewer cells: no reader can tell which belong where (the 16 values under 15
    headings of table 四 that published reports have). The reader's own words name the row."""
    for note in case.report.notes:
        if note.code in WRONG_NUMBER:
            table = next((t for t, name in TABLE_NAMES.items() if note.message.startswith(name)), "")
            cells = [c for c in table_ids(case.report, table) if status(case.report, c) is Status.UNREADABLE]
            yield Hit(note.message.rstrip("。"), tuple(cells))


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
