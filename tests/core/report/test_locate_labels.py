"""Labels as people write them: spaces, widths, traditional characters, slips and cuts change nothing."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.report.statutory_grids import document, numbered, relabelled, table2, table3, table4

from gongkai.core.report.document import Document
from gongkai.core.report.forms import FORM_IDS, form
from gongkai.core.report.locate import Located, locate
from gongkai.core.report.locate.labels import core, meaning, spell
from gongkai.core.report.locate.nearest import Candidate, edits, nearest
from gongkai.core.report.model import Status

forms = st.sampled_from(FORM_IDS)
seeds = st.integers(0, 2**32)
TRADITIONAL = str.maketrans(
    "开关报处强制废现数项规总计属国类务过执询补复诉审结纠续办业构织会级镇乡",
    "開關報處強製廢現數項規總計屬國類務過執詢補復訴審結糾續辦業構織會級鎮鄉",
)
FULL_WIDTH = str.maketrans("0123456789./()-", "０１２３４５６７８９．／（）－")


def values_of(located: Located) -> dict[str, str]:
    return {cell_id: str(cell.value) for cell_id, cell in located.cells.items() if cell.status is Status.VALUE}


def everything(form_id: str, change) -> Document:  # type: ignore[no-untyped-def]
    values = numbered(form_id)
    grids = [*table2(form_id, values), table3(form_id, values), table4(values)]
    return document(*[relabelled(grid, change) for grid in grids])


def noisy(text: str, rng: random.Random) -> str:
    """The same label as another clerk, converter or printer would leave it."""
    if rng.random() < 0.3:
        text = text.translate(TRADITIONAL)
    if rng.random() < 0.3:
        text = text.translate(FULL_WIDTH)
    if text[:1].isdigit() and rng.random() < 0.5:
        text = rng.choice(["{}、", "{}．", "（{}）", "{} ", "{}.  "]).format(text[0]) + text[2:]
    if text[:1] == "（" and text[2:3] == "）" and rng.random() < 0.5:
        text = rng.choice(["({})", "（ {} ）", "({}) ", "（{}）\n"]).format(text[1]) + text[3:]
    for _ in range(rng.choice([0, 0, 1, 2, 3])):
        at = rng.randrange(len(text) + 1)
        text = text[:at] + rng.choice([" ", "\n", "\u3000", "\xa0", "\u200b", "\t"]) + text[at:]
    return text


@given(forms, seeds)
@settings(max_examples=50, deadline=None)
def test_noise_in_labels_changes_nothing(form_id: str, seed: int) -> None:
    rng = random.Random(seed)
    located = locate(everything(form_id, lambda text: noisy(text, rng)))
    assert values_of(located) == numbered(form_id)
    assert located.forms == {"t2": form_id, "t3": form_id}
    assert located.notes == []


def unique_prefixes(form_id: str) -> list[tuple[str, str]]:
    """(row key, cut label) for every cut of a row label of table 三 that no other row label begins with."""
    labels = {row.key: core(row.text) for row in form(form_id).t3_rows}
    return [
        (key, label[:length]) for key, label in labels.items() for length in range(2, len(label))
        if not any(other.startswith(label[:length]) for k, other in labels.items() if k != key)
    ]


@pytest.mark.parametrize("form_id", FORM_IDS)
def test_a_row_label_cut_short_but_still_unique(form_id: str) -> None:
    values = numbered(form_id)
    for key, cut in unique_prefixes(form_id):
        label = next(row.text for row in form(form_id).t3_rows if row.key == key)
        grid = relabelled(table3(form_id, values), lambda text, label=label, cut=cut: cut if text == label else text)
        found = values_of(locate(document(grid)))
        assert {k: v for k, v in found.items() if k.startswith(f"t3.{key}.")} == {
            k: v for k, v in values.items() if k.startswith(f"t3.{key}.")
        }, cut


@given(forms, seeds)
@settings(max_examples=50, deadline=None)
def test_misspelt_labels_are_placed_rightly_or_not_at_all(form_id: str, seed: int) -> None:
    """Characters dropped, doubled or replaced by foreign ones: a value may get lost, never moved.

    Foreign ones only: 许 for 处 would turn one label of the form into the beginning of another.
    """
    rng = random.Random(seed)

    def slip(text: str) -> str:
        if rng.random() < 0.7 or len(text) < 2:
            return text
        letters = list(text)
        for _ in range(rng.randint(1, 3)):
            at = rng.randrange(len(letters))
            letters[at:at + 1] = rng.choice([[], [letters[at]] * 2, ["某"], [rng.choice("甲乙丙丁")]])
            if not letters:
                return text
        return "".join(letters)

    values = numbered(form_id)
    for cell_id, value in values_of(locate(everything(form_id, slip))).items():
        assert values.get(cell_id) == value, cell_id


@pytest.mark.parametrize(("written", "key"), [
    ("2.其他法律行政止公开", "refused_law"),
    ("属于国家", "refused_secret"),
    ("5.属于三类内部事务信", "refused_internal"),
    ("5．属于三类内部事物信息", "refused_internal"),
    ("6、属于四类过程信息", "refused_process"),
    ("（１）信访举报投诉类申请", "unhandled_petition"),
    ("4.无正当理由大量反复 申请", "unhandled_excessive"),
    ("5.要求行政机关确认或重新出具\n已获取信息", "unhandled_confirmation"),
    ("1.逾期不补正", "other_uncorrected"),
    ("2.逾期不缴费", "other_unpaid"),
    ("1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请", "other_uncorrected"),
    ("二、上年结转政府信息公开申请数", "carried_in"),
    ("(二)部分公开(区分处理的,只计这一情形,不计其他情形)", "partial"),
    ("三、危及“三安全一稳定”", "refused_security"),
    ("4.保护第三方合法权宜", "refused_third_party"),
])
def test_row_labels_seen_in_reports(written: str, key: str) -> None:
    values = numbered("2021")
    label = next(row.text for row in form("2021").t3_rows if row.key == key)
    grid = relabelled(table3("2021", values), lambda text: written if text == label else text)
    assert values_of(locate(document(grid))) == {k: v for k, v in values.items() if k.startswith("t3")}


@pytest.mark.parametrize(("form_id", "change"), [
    ("2019", {"本年新制作数量": "本年新", "本年新公开数量": "本年新"}),
    ("2019", {"本年新制作数量": "本年新\n制作数量", "本年新公开数量": "本年新 公开数量"}),
    ("2019", {"本年增/减": "本年增／减", "上一年项目数量": "上一年项目数"}),
    ("2019", {"采购总金额": "采购总金额（万元）", "规范性文件": "行政规范性文件"}),
    ("2021", {"本年制发件数": "本年(2023)制发件数", "本年废止件数": "本年（2023）废止件数"}),
    ("2021", {"本年制发件数": "2023年制发件数", "本年处理决定数量": "本年度处理决定数量"}),
    ("2021", {"本年收费金额（单位：万元）": "本年收费金额 （单位:万元）", "行政规范性文件": "规范性文件"}),
    ("2021", {"信息内容": "信 息 内 容", "第二十条第（一）项": "第二十条 第(一)项"}),
    ("2021", {"本年收费金额（单位：万元）": "本年收费金额\n单位：万元"}),
])
def test_heads_of_table_two_seen_in_reports(form_id: str, change: dict[str, str]) -> None:
    values = numbered(form_id)
    grids = [relabelled(grid, lambda text: change.get(text, text)) for grid in table2(form_id, values)]
    located = locate(document(*grids))
    assert values_of(located) == {k: v for k, v in values.items() if k.startswith("t2")}
    assert located.forms == {"t2": form_id}


def test_heads_of_table_three_and_four_seen_in_reports() -> None:
    values = numbered("2021")
    change = {
        "自然人": "自\n然\n人", "总计": "总 计", "商业企业": "商业\n企业", "其他": "其\n他",
        "法律服务机构": "法律 服务 机构",
        "结果维持": "结果\n维持", "尚未审结": "尚未\n审结", "未经复议直接起诉": "未经复议直接 起诉",
    }
    tables = (table3("2021", values), table4(values))
    grids = [relabelled(grid, lambda text: change.get(text, text)) for grid in tables]
    assert values_of(locate(document(*grids))) == {k: v for k, v in values.items() if k[:2] in ("t3", "t4")}


def test_an_ordinal_speaks_against_a_two_letter_label() -> None:
    """2.其他 beside （三）不予公开 is the cut-off second item, not 3.其他 of the sixth."""
    values = numbered("2021")
    grid = relabelled(
        table3("2021", values), lambda text: "2.其他" if text == "2.其他法律行政法规禁止公开" else text
    )
    assert values_of(locate(document(grid))) == {k: v for k, v in values.items() if k.startswith("t3")}


def test_spelling() -> None:
    assert (spell("（三）不予公开").ordinal, spell("（三）不予公开").core) == (3, "不予公开")
    assert (spell("1、属于国家秘密").ordinal, spell("1、属于国家秘密").core) == (1, "属于国家秘密")
    assert spell("本年收费金额（单位：万元）").unit == "万元"
    assert spell("本年(2023)制发件数").core == "本年制发件数"
    assert spell("一般规定").ordinal is None


def test_meaning_knows_ambiguous_words_in_all_their_places() -> None:
    total = meaning("总 计")
    assert total is not None
    assert (total.row3, total.col3, total.col4) == ("closed", "total", "total")
    assert meaning("本单位情况说明") is None


@given(st.text("甲乙丙丁", max_size=6), st.text("甲乙丙丁", max_size=6))
def test_edits_is_a_distance(a: str, b: str) -> None:
    assert edits(a, b) == edits(b, a)
    assert (edits(a, b) == 0) == (a == b)
    assert abs(len(a) - len(b)) <= edits(a, b) <= max(len(a), len(b))


def test_nearest_refuses_where_two_labels_are_as_near() -> None:
    candidates = [Candidate("upheld", ("结果维持",)), Candidate("corrected", ("结果纠正",))]
    assert nearest(spell("结果"), candidates) is None
    assert nearest(spell("结果某某"), candidates) is None
    assert nearest(spell("结果维"), candidates) == "upheld"


@pytest.mark.parametrize("written", [
    "规章（2011年）", "规章2011年", "2011年度规章", "规章[2011年度]", "规2011章",
])
def test_a_year_is_no_part_of_a_label(written: str) -> None:
    assert core(written) == "规章"


@given(st.sampled_from(["规章", "行政许可", "予以公开", "本年新收政府信息公开申请数量"]), st.integers(0, 30_000_000))
def test_a_number_glued_to_a_label_never_vanishes(label: str, number: int) -> None:
    assert core(f"{label}{number}") == f"{label}{number}"
    assert meaning(f"{label}{number}") is None
    assert nearest(spell(f"{label}{number}"), [Candidate(label, (label,))]) is None
