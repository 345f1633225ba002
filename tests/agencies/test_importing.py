"""Importing the tree: every row looked at first, all written or none."""

from __future__ import annotations

import io

import pytest
import xlsxwriter
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
