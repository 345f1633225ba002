"""The register spreadsheet in and out: row by row with reasons, all or nothing, and back again unharmed."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
from tests import factories
from tests.core.screening import people

from gongkai.accounts import roles
from gongkai.accounts.permissions import Denied
from gongkai.applications import exporting, figures, registering
from gongkai.applications.actions.sheets import take_over
from gongkai.applications.models import Application, RegisterImport
from gongkai.applications.probes import drifted
from gongkai.applications.similar import find
from gongkai.applications.states import State
from gongkai.core.errors import ReadError, Refused
from gongkai.core.registers.read import read
from gongkai.ledger.models import Entry

pytestmark = pytest.mark.django_db
TODAY = date(2024, 3, 4)
HEAD = (
    "登记号,收到日期,渠道,申请人类型,申请内容,补正告知日期,补正日期,延期工作日,办结日期,办理结果,答复文号,备注,"
    "科长意见\n"
)
GOOD = (
    HEAD
    + "2023-001,2023-01-05,网络,自然人,申请公开柳溪村 2022 年征地补偿安置方案和公告,,,,2023/1/20,"
      "予以公开,青公复〔2023〕1号,,同意\n"
    + "2023-002,2023年2月1日,邮寄,商业企业,申请公开县工业园区土地出让合同文本,2023-02-03,2023-02-10,20,2023-04-07,"
      "（二）部分公开（区分处理的，只计这一情形，不计其他情形）,,,\n"
    + "2023-003,20231220,,自然人,申请公开二〇二三年部门预算执行情况明细表,,,,,,,=1+1,\n"
)


def look(agency: Any, text: str, name: str = "台账.csv") -> registering.Looked:
    return registering.look(agency, text.encode(), name, today=TODAY)


def test_good_rows_come_in_with_their_clocks_and_are_counted() -> None:
    agency = factories.agency()
    clerk = factories.actor(agency)
    looked = look(agency, GOOD)
    assert looked.refused == ()
    taken = take_over(by=clerk, looked=looked, at=factories.AT)
    assert taken.rows == 3
    rows = {row.number: row for row in Application.objects.all()}
    assert rows["2023-001"].state == State.ARCHIVED
    assert rows["2023-001"].answer_kind == "granted"
    assert rows["2023-001"].due_on == date(2023, 2, 7), "the twentieth working day, 28 and 29 January worked"
    assert rows["2023-002"].due_on == date(2023, 4, 10), "counted from the correction, twenty days longer"
    assert rows["2023-003"].state == State.REGISTERED
    assert rows["2023-001"].extra["columns"] == {"科长意见": "同意"}
    assert drifted() == [], "the cached dates are those of the clock"
    counted = figures.table_three(Application.objects.all(), 2023)
    assert counted == {
        ("new", "natural"): 2, ("new", "business"): 1, ("granted", "natural"): 1, ("partial", "business"): 1,
        ("closed", "natural"): 1, ("closed", "business"): 1, ("carried_out", "natural"): 1,
    }
    event = Entry.objects.get(kind="applications.imported")
    assert "3 件" in event.sentence
    assert "柳溪" not in event.payload


def test_one_bad_row_stops_everything_unless_it_is_skipped() -> None:
    agency = factories.agency()
    clerk = factories.actor(agency)
    looked = look(agency, GOOD + "2023-004,2023-05-05,网络,自然人,某事,,,,2023-05-01,予以公开,,,\n")
    (refused,) = looked.refused
    assert (refused.row, refused.number, refused.field) == (5, "2023-004", "closed")
    with pytest.raises(Refused, match="什么都没有写入") as stopped:
        take_over(by=clerk, looked=looked, at=factories.AT)
    assert stopped.value.code == "rows-refused"
    assert Application.objects.count() == 0
    assert take_over(by=clerk, looked=looked, at=factories.AT, skip_refused=True).rows == 3
    assert RegisterImport.objects.get().refused == 1


def test_a_register_that_is_imported_twice_comes_in_once() -> None:
    agency, other = factories.agency(), factories.agency("乌有县人民政府")
    clerk = factories.actor(agency)
    take_over(by=clerk, looked=look(agency, GOOD), at=factories.AT)
    again = look(agency, GOOD)
    assert {problem.code for problem in again.refused} == {"number-taken"}
    with pytest.raises(Refused, match="没有可以导入的行"):
        take_over(by=clerk, looked=again, at=factories.AT, skip_refused=True)
    assert Application.objects.count() == 3
    assert look(other, GOOD).refused == (), "another agency has numbers of its own"


def test_whoever_registered_the_number_meanwhile_wins() -> None:
    agency = factories.agency()
    clerk = factories.actor(agency)
    first, second = look(agency, GOOD), look(agency, GOOD)
    take_over(by=clerk, looked=first, at=factories.AT)
    with pytest.raises(Refused, match="重新检查") as late:
        take_over(by=clerk, looked=second, at=factories.AT)
    assert late.value.code == "numbers-taken"
    assert Application.objects.count() == 3


def test_only_those_who_register_may_import() -> None:
    agency, other = factories.agency(), factories.agency("乌有县人民政府")
    for stranger in (factories.actor(other), factories.actor(agency, roles.Supervisor)):
        with pytest.raises(Denied):
            take_over(by=stranger, looked=look(agency, GOOD), at=factories.AT)


def test_a_file_that_is_no_register_is_refused_in_a_sentence() -> None:
    with pytest.raises(ReadError):
        look(factories.agency(), "甲,乙\n1,2\n")


@pytest.mark.parametrize("to", ["xlsx", "csv"])
def test_out_and_in_again_is_the_same_register(to: str) -> None:
    agency, other = factories.agency(), factories.agency("乌有县人民政府")
    take_over(by=factories.actor(agency), looked=look(agency, GOOD), at=factories.AT)
    data = exporting.written(Application.objects.filter(agency=agency).order_by("number"), to)
    looked = registering.look(other, data, f"台账.{to}", today=TODAY)
    assert looked.refused == ()
    take_over(by=factories.actor(other), looked=looked, at=factories.AT)
    kept = ("number", "received_on", "channel", "applicant_kind", "content", "correction_asked_on", "corrected_on",
            "extended_days", "closed_on", "answer_kind", "reply_number", "note", "due_on")
    before, after = (
        list(Application.objects.filter(agency=one).order_by("number").values(*kept)) for one in (agency, other)
    )
    assert before == after


def test_no_cell_that_goes_out_is_a_formula() -> None:
    agency = factories.agency()
    take_over(by=factories.actor(agency), looked=look(agency, GOOD), at=factories.AT)
    rows = Application.objects.order_by("number")
    assert "\n=" not in exporting.written(rows, "csv").decode("utf-8-sig").replace(",", "\n")
    cells = [cell for row in read(exporting.written(rows, "xlsx"), "台账.xlsx").rows for cell in row.cells.values()]
    assert "=1+1" in cells, "the text is still there, as text"
    import zipfile

    with zipfile.ZipFile(io.BytesIO(exporting.written(rows, "xlsx"))) as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")


@pytest.mark.django_db(transaction=True)
def test_imported_applications_are_found_when_somebody_asks_the_same() -> None:
    agency = factories.agency()
    take_over(by=factories.actor(agency), looked=look(agency, GOOD), at=factories.AT)
    (found,) = find("请公开柳溪村2022年的征地补偿安置方案及公告", agency)
    assert found.application.number == "2023-001"


def test_who_applied_is_not_taken_over_from_a_register_nor_given_out_again() -> None:
    number = people.id_number()
    text = (
        "登记号,收到日期,申请人类型,申请人姓名,身份证号码,办结日期,办理结果,科长意见\n"
        f"2023-001,2023-01-05,自然人,某甲乙,{number},2023/1/20,予以公开,同意\n"
    )
    agency = factories.agency()
    looked = look(agency, text)
    assert any("申请人姓名" in note and "身份证号码" in note for note in looked.notes)
    take_over(by=factories.actor(agency), looked=looked, at=factories.AT)
    assert Application.objects.get().extra == {"columns": {"科长意见": "同意"}}
    out = exporting.written(Application.objects.all(), "csv").decode("utf-8-sig")
    assert "同意" in out
    for told in ("某甲乙", number, "申请人姓名"):
        assert told not in out
