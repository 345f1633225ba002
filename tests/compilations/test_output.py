"""A compiled report as files: what is read back is what was written, a draft says so, numbers typed in are marked."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from decimal import Decimal

import pytest
from tests import factories
from tests.compilations.makers import ON, Office, checked, entry, fresh, late, moment, published, signed, started

from gongkai.accounts import roles
from gongkai.agencies.models import DisclosureOffice
from gongkai.annual_reports.models import AnnualReport, Scope
from gongkai.annual_reports.queries import effective
from gongkai.compilations import actions, assemble, output, queries
from gongkai.compilations.models import Compilation
from gongkai.compilations.output.marks import remarks
from gongkai.compilations.packages.verify import verify
from gongkai.core.report.model import Report, Status
from gongkai.core.report.read import read_report
from gongkai.core.report.writers.dress import DRAFT

pytestmark = pytest.mark.django_db
READ_BACK = ("docx", "html", "xlsx", "json")


def values(report: Report) -> dict[str, object]:
    return {cell.id: cell.value for cell in report.cells.values() if cell.status is Status.VALUE}


def with_hand(of: Office) -> Compilation:
    """Begun, with a number typed in and one from the registers."""
    entry(of.bureau, "fee", ON.replace(year=2025), amount=Decimal("311969.90"))
    made = started(of)
    return actions.enter_cell(
        by=of.clerk, compilation=made, cell="t2.licences.decisions", value=Decimal(211), source="政务服务中心统计表",
        at=moment(),
    )


@pytest.mark.parametrize("to", READ_BACK)
def test_what_is_read_back_is_what_was_written(of: Office, to: str) -> None:
    made = with_hand(of)
    written = output.write(made, to)
    found = read_report(written, name=f"年报.{to}")
    assert values(found) == values(assemble.report_of(made))
    assert found.year == 2025
    assert set(found.sections) == {1, 2, 3, 4, 5, 6}
    assert not found.notes, "the sheets of records beside the tables are no tables"


@pytest.mark.parametrize("inside", [False, True])
def test_the_sheets_of_records_are_read_as_no_table(of: Office, inside: bool) -> None:
    made = with_hand(of)
    found = read_report(output.write(made, "xlsx", inside=inside), name="年报.xlsx")
    assert not found.notes
    assert values(found) == values(assemble.report_of(made))


@pytest.mark.chinese_font
def test_the_pdf_is_read_back_too(of: Office) -> None:
    made = with_hand(of)
    found = read_report(output.write(made, "pdf"), name="年报.pdf")
    assert values(found) == values(assemble.report_of(made))


def test_a_draft_says_so_and_a_signed_report_does_not(of: Office) -> None:
    made = started(of)
    for to, inside in (("docx", "word/header-draft.xml"), ("xlsx", "xl/worksheets/sheet1.xml")):
        with zipfile.ZipFile(io.BytesIO(output.write(made, to))) as opened:
            assert DRAFT in opened.read(inside).decode()
    assert DRAFT in output.write(made, "html").decode()
    done = signed(of, made)
    assert DRAFT not in output.write(done, "html").decode()
    with zipfile.ZipFile(io.BytesIO(output.write(done, "docx"))) as opened:
        assert "word/header-draft.xml" not in opened.namelist()


def test_numbers_typed_in_are_said_below_their_table(of: Office) -> None:
    made = with_hand(of)
    told = "注：“行政许可 · 本年处理决定数量”为手工填报，来源：政务服务中心统计表。"
    assert told in output.write(made, "html").decode()
    lineage = json.loads(output.write(made, "json"))["lineage"]
    assert lineage["t2.licences.decisions"] == {"records": 0, "source": "hand", "by_hand": True}
    assert "by_hand" not in lineage["t3.new.natural"]
    assert lineage["t3.new.natural"]["records"] == 3
    after = signed(of, made)
    assert told in output.write(after, "html").decode()
    assert json.loads(output.write(after, "json"))["signing"]["digest"] == queries.last_signing(after).digest


def test_a_whole_table_by_hand_is_said_once() -> None:
    typed = {f"t3.new.{kind}": "旧系统导出" for kind in ("natural", "business")}
    assert remarks(typed, "2021") == {"t3": "注：本表为手工填报，来源：旧系统导出。"}


def test_the_package_of_a_draft_and_of_a_signed_report_counts_again(of: Office) -> None:
    made = with_hand(of)
    assert verify(output.write(made, "zip")).equal
    done = signed(of, made)
    verdict = verify(output.write(done, "zip"))
    assert (verdict.equal, verdict.lines) == (True, 8)


@pytest.fixture
def filed(of: Office, monkeypatch: pytest.MonkeyPatch) -> AnnualReport:
    """A bureau beside that sent its report of 2025 as a file."""
    monkeypatch.setattr(factories, "AT", moment())
    other = factories.agency("青澜县水利局", of.county)
    return factories.filed(of.person(roles.Clerk, other), other, 2025)


@pytest.mark.usefixtures("filed")
def test_the_package_of_a_government_counts_again_files_and_typed_numbers_with_it(of: Office) -> None:
    checked(of, with_hand(of))
    made = started(of, agency=of.county, scope=Scope.CONSOLIDATED)
    verdict = verify(output.write(made, "zip"))
    assert verdict.equal, verdict.differences
    found = read_report(output.write(made, "docx"), name="年报.docx")
    assert values(found) == values(assemble.report_of(made))
    with zipfile.ZipFile(io.BytesIO(output.write(made, "zip"))) as opened:
        given = opened.read("given.csv").decode("utf-8-sig")
    assert "青澜县水利局" in given
    assert "青澜县民政局" in given


def test_after_an_erratum_every_file_says_the_new_numbers_and_counts_again(of: Office) -> None:
    done = published(of)
    first = queries.last_signing(done)
    late(of)
    actions.correct(
        by=of.signatory, compilation=fresh(done), reason="补登记一件", at=moment(ON.replace(month=2)),
    )
    done = fresh(done)
    assert verify(output.write(done, "zip")).equal
    said = json.loads(output.write(done, "json"))
    assert said["signing"]["changes"]["t3.new.natural"] == [3, 4]
    assert said["cells"]["t3.new.natural"]["value"] == 4
    assert json.loads(output.write(done, "json", signing=first))["cells"]["t3.new.natural"]["value"] == 3
    assert verify(output.write(done, "zip", signing=first)).equal


def test_a_report_that_came_as_a_file_gives_its_own_numbers(of: Office, filed: AnnualReport) -> None:
    made = actions.hand_in(by=of.person(roles.Clerk, filed.agency), report=filed, at=moment())
    assert verify(output.write(made, "zip")).equal
    assert DRAFT not in output.write(made, "html").decode()
    assert values(read_report(output.write(made, "docx"), name="年报.docx")) == values(assemble.report_of(made))


def test_what_was_signed_stays_as_it_was_when_records_change(of: Office) -> None:
    done = published(of)
    before = {to: output.write(fresh(done), to) for to in ("docx", "html", "json", "zip")}
    late(of, "2025-98", received="2025-05-12", closed="2025-05-28")
    assert {to: output.write(fresh(done), to) for to in before} == before
    signing = queries.last_signing(done)
    assert signing is not None
    assert values(read_report(before["docx"], name="年报.docx")) == values(effective(signing.version))


def test_the_list_sheets_name_nobody_unless_the_office_asks(of: Office) -> None:
    made = with_hand(of)

    def text(inside: bool) -> str:
        with zipfile.ZipFile(io.BytesIO(output.write(made, "xlsx", inside=inside))) as opened:
            return opened.read("xl/sharedStrings.xml").decode()

    public, office = text(False), text(True)
    assert "2025-03" not in public
    assert "2025-03" in office
    assert "法律服务机构" in public
    assert "申请公开救助资金发放情况" not in public + office


def test_the_package_says_nothing_but_what_counts(of: Office) -> None:
    with zipfile.ZipFile(io.BytesIO(output.write(started(of), "zip"))) as opened:
        rows = list(csv.DictReader(io.StringIO(opened.read("applications.csv").decode("utf-8-sig"))))
        everything = "".join(opened.read(name).decode("utf-8-sig") for name in opened.namelist())
    assert len(rows) == 6
    for word in ("2025-0", "2024-0", "救助资金"):
        assert word not in everything


def test_pictures_stand_beside_their_tables_with_words(of: Office) -> None:
    page = output.write(with_hand(of), "html").decode()
    assert page.count("<figure>") == 3
    assert "本年新收申请，按申请人：自然人 3 件，商业企业 1 件，法律服务机构 1 件。" in page
    assert "http:" not in page.replace("http://www.w3.org", "")


def test_a_report_says_whom_to_ask_as_the_guide_does(of: Office) -> None:
    made = started(of)
    assert "如对本报告有疑问" not in assemble.report_of(made).preamble
    DisclosureOffice.objects.create(
        agency=of.bureau, name="青澜县民政局办公室", address="青澜县柳荫街道1号", phone="0900-7654321",
    )
    told = "如对本报告有疑问，请与青澜县民政局办公室联系（地址：青澜县柳荫街道1号；电话：0900-7654321）。"
    assert assemble.report_of(made).preamble.endswith(told)
    found = read_report(output.write(made, "docx"), name="年报.docx")
    assert found.preamble.endswith(told)


def test_an_unknown_format_is_a_mistake_of_the_program(of: Office) -> None:
    with pytest.raises(ValueError, match="unknown format"):
        output.write(started(of), "exe")
