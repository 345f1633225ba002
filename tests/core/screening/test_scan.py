"""Values over lines, cells and pieces."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from tests.core.screening.people import ID_NUMBERS, MOBILES, id_number

from gongkai.core.screening.masks import masker
from gongkai.core.screening.model import Piece
from gongkai.core.screening.policy import CASES, DEFAULT, Policy, Verdict
from gongkai.core.screening.scan import scan

KNOWN = id_number()


def row(*texts: str, number: int = 1) -> list[Piece]:
    return [
        Piece(text, f"表格1 第{number}行第{at}列", row=number, table="表格1")
        for at, text in enumerate(texts, 1) if text
    ]


def cases(pieces: list[Piece]) -> list[str]:
    return [hit.case for hits in scan(pieces).hits.values() for hit in hits]


@given(ID_NUMBERS, st.integers(1, 17))
def test_a_number_over_two_lines_is_found_once_and_masked_in_both(number: str, at: int) -> None:
    pieces = [Piece("标题", "第1行"), Piece(f"证号{number[:at]}", "第2行"), Piece(f"{number[at:]}。", "第3行")]
    scanned = scan(pieces)
    finding, = scanned.findings
    assert (finding.where, finding.verdict) == ("第2行", "block")
    mask = masker(known=scanned.masked, values=scanned.values)
    after = [Piece(mask(piece.text), piece.where) for piece in pieces]
    assert cases(after) == []


@given(MOBILES, st.integers(1, 10))
def test_a_mobile_number_over_two_lines(number: str, at: int) -> None:
    assert cases([Piece(f"手机：{number[:at]}", "第1行"), Piece(number[at:], "第2行")]) == ["mobile"]


def test_pages_of_figures_line_by_line_have_nothing() -> None:
    figures = ("1523", "4567890", "1952", "2345678", "13", "800012345")
    assert cases([Piece(text, f"第{at}行") for at, text in enumerate(figures)]) == []


def test_hidden_pieces_are_not_joined_with_others() -> None:
    assert cases([Piece(KNOWN[:9], "第1行"), Piece(KNOWN[9:], "批注", True, "批注")]) == []


def test_one_digit_in_each_box() -> None:
    assert cases(row("身份证号", *KNOWN)) == ["id_number"]
    assert cases(row("手机号码", *"13812345678")) == ["mobile"]
    assert cases(row("", *"13812345678")) == []


def test_a_number_in_three_cells_is_masked_in_each() -> None:
    pieces = row("身份证号", KNOWN[:6], KNOWN[6:14], KNOWN[14:])
    scanned = scan(pieces)
    assert [finding.where for finding in scanned.findings] == ["表格1 第1行第2列"]
    mask = masker(known=scanned.masked, values=scanned.values)
    assert [mask(piece.text) for piece in pieces] == ["身份证号", "******", "********", "****"]


def test_heads_of_columns_say_what_their_cells_are() -> None:
    cells = [*row("姓名", "身份证号", "家庭住址"), *row("钱大勇", "330106800101123", "文三路100号", number=2)]
    assert cases(cells) == ["id_old_named", "address"]
    other = [*row("名称", "索引号", "地址"), *row("钱大勇", "330106800101123", "文三路100号", number=2)]
    assert cases(other) == ["id_old"]


def test_what_the_head_of_a_column_told_is_masked_without_it() -> None:
    scanned = scan([*row("姓名", "家庭住址"), *row("钱大勇", "文三路100号", number=2)])
    mask = masker(known=scanned.masked, values=scanned.values)
    assert mask("文三路100号") == "*******"
    assert mask("文三路") == "文三路"


def test_findings_never_hold_the_value() -> None:
    scanned = scan([Piece(f"张三{KNOWN}，手机13812345678，卡6222021001116245702，a@qq.com，浙A12345", "第1行")])
    assert len(scanned.findings) == 5
    for value in (KNOWN, "13812345678", "6222021001116245702", "a@qq.com", "浙A12345"):
        assert all(value not in finding.excerpt for finding in scanned.findings)


@given(st.sampled_from(sorted(CASES)))
def test_what_is_hidden_is_never_milder(case: str) -> None:
    order = [Verdict.PASS, Verdict.WARN, Verdict.BLOCK]
    assert order.index(DEFAULT.verdict(case, hidden=True)) >= order.index(DEFAULT.verdict(case))


def test_an_office_may_decide_differently() -> None:
    lenient = Policy(mobile=Verdict.PASS, mask_warned=False)
    assert scan([Piece("手机13812345678", "第1行")], lenient).findings == []
    assert masker(lenient)("手机13812345678，咨询电话13912345678") == "手机13812345678，咨询电话13912345678"
    assert masker()("手机13812345678") == "手机138****5678"


@given(st.integers(1, 14))
def test_an_old_identity_number_over_two_lines_is_found_and_masked_in_both(at: int) -> None:
    number = "330106510203123"
    pieces = [Piece(f"身份证号{number[:at]}", "第1行"), Piece(f"{number[at:]}，男", "第2行")]
    scanned = scan(pieces)
    assert [(finding.kind, finding.verdict) for finding in scanned.findings] == [("id_number", "block")]
    mask = masker(known=scanned.masked, values=scanned.values)
    assert number[2:12] not in "".join(mask(piece.text) for piece in pieces)
