"""Importing the tree: every row looked at first, all written or none."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import pytest
import xlsxwriter
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.factories import AT, SYSTEM, actor, agency

from gongkai.accounts.permissions import Denied
from gongkai.agencies import queries
from gongkai.agencies.importing import Outcome, import_agencies
from gongkai.agencies.models import Agency
from gongkai.core.errors import ReadError
from gongkai.ledger.queries import faults

pytestmark = pytest.mark.django_db
HEAD = "名称,上级,类型,层级,简称,统一社会信用代码,生效日期,失效日期\n"
GOOD = HEAD + (
    "青澜县民政局,青澜县人民政府,政府部门,县,民政局,,2019-01-01,\n"
    "青澜县人民政府,,人民政府,县级,,,,\n"
    "青澜县云麓镇人民政府,青澜县人民政府,,,,,2019年1月1日,\n"
    "青澜县城东街道办事处,青澜县人民政府,街道,,,,20190101,\n"
)


def load(text: str | bytes, **options) -> Outcome:
    data = text.encode() if isinstance(text, str) else text
    return import_agencies(by=SYSTEM, data=data, at=AT, **options)


def test_parents_may_stand_after_their_children():
    outcome = load(GOOD)
    assert (outcome.added, outcome.refused) == (4, [])
    county = Agency.objects.get(name="青澜县人民政府")
    assert Agency.objects.below(county).count() == 3
    assert {a.name: (a.kind, a.level) for a in Agency.objects.below(county)} == {
        "青澜县民政局": ("department", "county"), "青澜县云麓镇人民政府": ("township", "township"),
        "青澜县城东街道办事处": ("street", "township"),
    }
    assert queries.drifted_paths() == []
    assert faults() == []


def test_imported_again_nothing_changes():
    load(GOOD)
    outcome = load(GOOD)
    assert (outcome.added, outcome.changed, outcome.unchanged) == (0, 0, 4)


def test_a_changed_row_changes_the_agency():
    load(GOOD)
    outcome = load(GOOD.replace(",民政局,", ",县民政局,"))
    assert (outcome.added, outcome.changed, outcome.unchanged) == (0, 1, 3)
    assert Agency.objects.get(name="青澜县民政局").short_name == "县民政局"


def test_a_dry_run_says_what_would_happen_and_writes_nothing():
    outcome = load(GOOD, dry_run=True)
    assert (outcome.added, outcome.dry_run, Agency.objects.count()) == (4, True, 0)


@pytest.mark.parametrize("encode", [lambda t: t.encode("gb18030"), lambda t: t.encode("utf-8-sig"),
                                    lambda t: t.replace(",", "\t").encode()])
def test_encodings_and_separators(encode):
    assert load(encode(GOOD)).added == 4


def test_a_workbook_with_a_title_above_the_heads_and_dates_as_dates():
    import datetime

    box = io.BytesIO()
    book = xlsxwriter.Workbook(box)
    sheet = book.add_worksheet()
    sheet.write(0, 0, "机关目录")
    for column, head in enumerate(["生效日期", "名 称", "备注"]):
        sheet.write(1, column, head)
    sheet.write_datetime(2, 0, datetime.datetime(2019, 3, 1), book.add_format({"num_format": "yyyy-mm-dd"}))  # noqa: DTZ001
    sheet.write(2, 1, "青澜县人民政府")
    book.close()
    assert load(box.getvalue()).added == 1
    assert Agency.objects.get().valid_from == datetime.date(2019, 3, 1)


@pytest.mark.parametrize(("row", "field", "code"), [
    (",甲,,,,,,", "名称", "name-needed"),
    ("新局,没有的上级,,,,,,", "上级", "unknown-parent"),
    ("新局,新局,,,,,,", "上级", "parent-loop"),
    ("新局,,奇怪,,,,,", "类型", "unknown-kind"),
    ("新局,,,第九,,,,", "层级", "unknown-level"),
    ("新局,,,,,123,,", "统一社会信用代码", "credit-code"),
    ("新局,,,,,,去年,", "生效日期", "bad-date"),
    ("新局,,,,,,2020-01-01,2019-01-01", "失效日期", "dates"),
])
def test_a_bad_row_stops_the_import_and_says_where(row, field, code):
    outcome = load(GOOD + row + "\n")
    assert [(r.row, r.field, r.code) for r in outcome.refused] == [(6, field, code)]
    assert (outcome.added, Agency.objects.count()) == (0, 0)


def test_bad_rows_can_be_skipped():
    outcome = load(GOOD + "新局,没有的上级,,,,,,\n青澜县民政局,,,,,,,\n", skip_refused=True)
    assert (outcome.added, [r.code for r in outcome.refused]) == (4, ["unknown-parent", "duplicate-row"])
    assert Agency.objects.count() == 4


def test_a_ring_of_parents_is_refused():
    outcome = load(HEAD + "甲局,乙局,,,,,,\n乙局,甲局,,,,,,\n")
    assert {(r.row, r.code) for r in outcome.refused} == {(2, "parent-loop"), (3, "parent-loop")}


def test_an_agency_is_not_moved_below_its_own():
    load(GOOD)
    outcome = load(HEAD + "青澜县人民政府,青澜县民政局,人民政府,县,,,,\n")
    assert [r.code for r in outcome.refused] == ["cycle"]
    assert queries.drifted_paths() == []


@pytest.mark.parametrize(("data", "code"), [
    (b"", "empty-file"), (b"PK\x03\x04broken", "damaged"), ("甲,乙\n1,2\n".encode(), "no-heading"),
    (b"\xff\x00\x01\x02", "damaged"),
])
def test_what_is_no_table_is_refused_in_one_sentence(data, code):
    with pytest.raises(ReadError) as refusal:
        load(data)
    assert refusal.value.code == code
    assert "\n" not in refusal.value.message


def test_a_clerk_does_not_import():
    with pytest.raises(Denied):
        import_agencies(by=actor(agency()), data=GOOD.encode(), at=AT)


FORTY = "青澜县" + "国有林场与森林公园保护利用联合管理服务中心" + "第二十三号工作总站驻云麓镇办事处"


def test_long_names_are_names_and_too_long_ones_are_refused():
    assert len(FORTY) == 40
    assert load(HEAD + f"{FORTY},,,,,,,\n").added == 1
    outcome = load(HEAD + f"{'长' * 121},,,,,,,\n新局,,,,{'简' * 61},,,\n")
    assert [(r.row, r.field, r.code) for r in outcome.refused] == [
        (2, "名称", "name-too-long"), (3, "简称", "name-too-long")]
    assert Agency.objects.count() == 1


def test_a_name_twice_under_one_parent_is_refused_where_it_stands_second():
    outcome = load(GOOD + "青澜县民政局,青澜县人民政府,,,,,,\n 青澜县民政局　,青澜县人民政府,,,,,,\n")
    assert [(r.row, r.code) for r in outcome.refused] == [(6, "duplicate-row"), (7, "duplicate-row")]
    assert "第 2 行" in outcome.refused[0].message


@pytest.mark.parametrize("written", ["2019-02-30", "2019年13月", "20191301", "1.1", "43831", "一九年", "=TODAY()"])
def test_a_wrong_date_is_never_guessed(written):
    (refused,) = load(HEAD + f"新局,,,,,,{written},\n").refused
    assert (refused.field, refused.code) == ("生效日期", "bad-date")


def formulas() -> bytes:
    """A workbook in which names and a parent are formulas, one of them without a computed value, one broken."""
    box = io.BytesIO()
    with xlsxwriter.Workbook(box) as book:
        sheet = book.add_worksheet()
        for column, head in enumerate(["名称", "上级", "生效日期"]):
            sheet.write(0, column, head)
        sheet.write(1, 0, "青澜县人民政府")
        sheet.write_formula(2, 0, '="青澜县"&"民政局"', value="青澜县民政局")
        sheet.write_formula(2, 1, "=A2", value="青澜县人民政府")
        sheet.write_formula(3, 0, "=A9&A10", value="#REF!")
        sheet.write(3, 1, "青澜县人民政府")
        sheet.write_formula(4, 0, '="青澜县"&"教育局"', value="")
        sheet.write(4, 1, "青澜县人民政府")
    return box.getvalue()


def test_a_formula_counts_by_what_it_shows_and_one_that_shows_nothing_is_refused():
    outcome = load(formulas(), skip_refused=True)
    assert set(Agency.objects.values_list("name", "parent__name")) == {
        ("青澜县人民政府", None), ("青澜县民政局", "青澜县人民政府")}
    assert [(r.row, r.field, r.code) for r in outcome.refused] == [
        (4, "名称", "name-needed"), (5, "名称", "name-needed")]


def test_a_formula_written_as_text_is_no_name():
    (refused,) = load(HEAD + "=A1&A2,,,,,,,\n").refused
    assert (refused.field, refused.code) == ("名称", "name-odd")


NAMES = st.sampled_from(["甲县人民政府", "甲县民政局", "甲县教育局", "甲县东镇人民政府", "乙局", "", "=A1"])
ROWS = st.lists(st.tuples(
    NAMES, st.one_of(st.just(""), NAMES, st.just("没有的县")), st.sampled_from(["", "政府部门", "街道", "怪"]),
    st.sampled_from(["", "县", "乡级", "第九"]), st.sampled_from(["", "简", "另"]), st.just(""),
    st.sampled_from(["", "2019-01-01", "2019年3月1日", "去年"]), st.sampled_from(["", "", "2020-01-01", "2018-01-01"]),
), max_size=7)


def tree() -> list[tuple]:
    """The whole tree as plain values, without keys."""
    return sorted(
        Agency.objects.values_list("name", "parent__name", "kind", "level", "short_name", "valid_from", "valid_to"),
        key=str,
    )


@settings(deadline=None, max_examples=40, suppress_health_check=list(HealthCheck))
@given(first=ROWS, second=ROWS, skip=st.booleans())
def test_a_dry_run_says_exactly_what_the_import_then_does(first, second, skip):
    """On an empty tree and on one that stands already; dry, it changes nothing, and said twice it says the same."""
    with transaction.atomic():
        for rows in (first, second):
            text = HEAD + "".join(",".join(row) + "\n" for row in rows)
            before = tree()
            said = [load(text, dry_run=True, skip_refused=skip) for _ in range(2)]
            assert tree() == before
            done = load(text, skip_refused=skip)
            assert said[0] == said[1] == replace(done, dry_run=True)
            if done.refused and not skip:
                assert tree() == before
            assert len(tree()) == len(before) + done.added
            assert queries.drifted_paths() == []
        transaction.set_rollback(True)


MOVES = "名称,上级,类型,层级,生效日期,上级生效日期,依据\n"


def test_another_parent_counts_from_its_day_by_its_order():
    load(GOOD)
    moved = "青澜县民政局,青澜县城东街道办事处,政府部门,县,2019-01-01,2023年5月1日,青委办〔2023〕7号\n"
    assert load(MOVES + moved, dry_run=True).changed == 1
    outcome = load(MOVES + moved)
    assert (outcome.changed, outcome.refused) == (1, [])
    place = Agency.objects.get(name="青澜县民政局").placements.last()
    assert (place.parent.name, place.since, place.document) == (
        "青澜县城东街道办事处", date(2023, 5, 1), "青委办〔2023〕7号")
    assert load(MOVES + moved).unchanged == 1  # the same file again
    (refused,) = load(MOVES + moved.replace("2023年5月1日", "2023年6月1日")).refused
    assert (refused.field, refused.code) == ("上级生效日期", "there-already")
    assert "2023-05-01" in refused.message
    assert queries.drifted_paths() == []


def test_without_a_day_another_parent_counts_from_the_day_of_the_import():
    load(GOOD)
    assert load(MOVES + "青澜县民政局,青澜县城东街道办事处,政府部门,县,2019-01-01,,\n").changed == 1
    assert Agency.objects.get(name="青澜县民政局").placements.last().since == date(2024, 3, 4)


@pytest.mark.parametrize(("row", "field", "code"), [
    ("青澜县民政局,青澜县城东街道办事处,,,2019-01-01,2024-03-05,", "上级生效日期", "day-in-future"),
    ("青澜县民政局,青澜县城东街道办事处,,,2019-01-01,2018-12-31,", "上级生效日期", "not-founded-then"),
    ("青澜县民政局,青澜县城东街道办事处,,,2019-01-01,去年,", "上级生效日期", "bad-date"),
    ("青澜县民政局,,,,2019-01-01,2023-05-01,", "上级生效日期", "parent-needed"),
    ("青澜县民政局,青澜县人民政府,,,2019-01-01,2023-05-01,", "上级生效日期", "there-already"),
    ("青澜县民政局,青澜县城东街道办事处,,,2019-01-01,," + "长" * 200, "依据", "words-too-long"),
    ("青澜县新设局,青澜县人民政府,,,2019-01-01,2023-05-01,", "上级生效日期", "new-agency"),
])
def test_a_day_that_cannot_be_stops_the_row_where_it_stands(row, field, code):
    load(GOOD)
    before = list(Agency.objects.values_list("name", "path"))
    outcome = load(MOVES + row + "\n")
    assert [(one.row, one.field, one.code) for one in outcome.refused] == [(2, field, code)]
    assert list(Agency.objects.values_list("name", "path")) == before
