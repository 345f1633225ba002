"""Lists of persons in tables and lines, and lists that must be published."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st
from tests.core.screening.people import ID_NUMBERS, MOBILES, NAMES, id_number

from gongkai.core.screening import lists, screen
from gongkai.core.screening.model import Finding, Kind, Piece
from gongkai.core.screening.scan import scan


def table(rows: Sequence[Sequence[str]]) -> list[Piece]:
    return [
        Piece(text, f"表格1 第{row}行第{column}列", row=row, table="表格1")
        for row, cells in enumerate(rows, 1) for column, text in enumerate(cells, 1) if text
    ]


def found(pieces: Sequence[Piece]) -> list[Finding]:
    return lists.find(pieces, scan(pieces).hits)


@given(st.lists(st.tuples(st.sampled_from(NAMES), st.one_of(ID_NUMBERS, MOBILES)), min_size=2, max_size=6))
def test_names_beside_numbers_are_a_list_in_a_table_and_in_lines(people: list[tuple[str, str]]) -> None:
    in_table, = found(table([("姓名", "号码"), *people]))
    assert (in_table.verdict, in_table.where) == ("block", "表格1 第2行第1列")
    in_lines, = found([Piece(f"{at}．{name}，{number}", f"第{at}行") for at, (name, number) in enumerate(people, 1)])
    assert (in_lines.verdict, in_lines.where) == ("block", "第1行")
    for name, number in people:
        assert name not in in_table.excerpt
        assert number not in in_lines.excerpt


def test_one_person_is_no_list() -> None:
    assert found(table([("姓名", "手机"), ("钱大勇", "13812345678")])) == []


def test_names_beside_a_plight_warn() -> None:
    rows = [("姓名", "救助类别", "金额"), ("钱大勇", "低保", "500"), ("孙丽", "特困", "800"), ("李国强", "低保", "500")]
    assert [finding.verdict.value for finding in found(table(rows))] == ["warn"]


def test_lists_that_must_be_published_are_none() -> None:
    posts = [("姓名", "职务"), ("钱大勇", "局长"), ("孙丽", "副局长"), ("李国强", "副局长")]
    assert found(table(posts)) == []
    offices = [("科室", "负责人", "电话"), ("办公室", "孙丽", "0571-87654321"), ("法规科", "李国强", "0571-87654322")]
    assert found(table(offices)) == []
    firms = [("企业名称", "统一社会信用代码"), ("某某有限公司", "91330106MA27XXXX1Q"), ("某厂", "91330106MA27XXXX2Q")]
    assert found(table(firms)) == []


def test_a_name_is_two_to_four_characters_behind_a_surname() -> None:
    assert all(map(lists.is_name, (*NAMES, "王 芳", "司马相如")))
    assert not any(map(lists.is_name, ("电话", "第一名", "王", "办公室主任张三", "ABC", "")))


def test_persons_side_by_side_and_numbers_before_names() -> None:
    numbers = [id_number(order=at) for at in range(1, 5)]
    upright = f"姓名,{','.join(NAMES[:4])}\n身份证号,{','.join(numbers)}\n"
    lines = "\n".join(f"{number} {name}" for number, name in zip(numbers, NAMES, strict=False))
    spoken = "\n".join(f"{name} 男 汉族 {number}" for number, name in zip(numbers, NAMES, strict=False))
    for text, name in ((upright, "a.csv"), (lines, "a.txt"), (spoken, "a.txt")):
        assert Kind.NAME_LIST in {finding.kind for finding in screen(text.encode(), name).findings}
