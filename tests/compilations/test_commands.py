"""`gongkai annual …`: numbers by name, the records behind each, one sentence for what there is not."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from tests.compilations import makers
from tests.compilations.makers import ON, YEAR, moment
from tests.compilations.recount import as_csv, recount, register, sums
from typer.testing import CliRunner

from gongkai.agencies import actions as agencies
from gongkai.applications.commands import app as applications
from gongkai.compilations import actions
from gongkai.compilations.commands import app
from gongkai.core.report.forms import form

pytestmark = pytest.mark.django_db


def run(*words, fails=None):
    done = CliRunner().invoke(app, list(words))
    if fails is not None:
        assert done.exit_code == fails, done.output
        return done.output
    assert done.exit_code == 0, done.output
    return done.output


def told(*words):
    return json.loads(run(*words, "--json"))


def test_an_unseen_register_comes_in_and_is_compiled_cell_by_cell(of, tmp_path):
    rows = [row | {"登记号": f"甲{row['登记号']}"} for row in register(77, 80, first_year=2023)]
    file = tmp_path / "台账.csv"
    file.write_bytes(as_csv(rows))
    done = CliRunner().invoke(applications, ["import", str(file), "--agency", of.county.name, "--json"])
    assert json.loads(done.output)["imported"] == 80
    for year, form_id in ((2024, "2021"), (2025, "2021"), (2025, "2019")):
        found = told("compile", of.county.name, str(year), "--form", form_id)
        expected = sums(recount(rows, year, form_id), form_id)
        assert (found["agency"], found["year"], found["form"]) == (of.county.name, year, form_id)
        assert found["cells"] == {
            cell: {"value": len(expected.get(cell, [])), "records": len(expected.get(cell, []))}
            for cell in form(form_id).cells
        }
    for cell in ("t3.new.total", "t3.closed.natural", "t4.reconsideration.pending"):
        opened = told("explain", of.county.name, "2025", cell)
        expected = sums(recount(rows, 2025, "2021"), "2021")[cell]
        key = "application" if cell.startswith("t4") else "number"
        assert sorted(record[key] for record in opened["records"]) == sorted(expected)
        assert opened["value"] == len(expected)
        assert opened["cell"] == cell
        assert opened["rule"]


def test_a_number_typed_in_counts_and_is_marked(of):
    work = makers.started(of)
    actions.enter_cell(
        by=of.clerk, compilation=work, cell="t2.fees.amount", value=Decimal("1.5"), source="财务报表", at=moment(),
    )
    found = told("compile", of.bureau.name, str(YEAR))
    assert found["cells"]["t2.fees.amount"] == {"value": 1.5, "records": 0, "by_hand": True}
    assert "by_hand" not in found["cells"]["t3.new.total"]
    opened = told("explain", of.bureau.name, str(YEAR), "t2.fees.amount")
    assert (opened["value"], opened["records"], opened["by_hand"]) == (1.5, [], {"source": "财务报表"})


def test_what_is_not_counted_is_said(of):
    makers.imported(of.county, [("甲-1", "2025-03-03", "", "2025-03-20", "予以公开"),
                                ("甲-2", "2025-03-03", "自然人", "2025-03-20", "重复申请")])
    found = told("compile", of.county.name, str(YEAR))
    assert found["cells"]["t3.new.total"]["value"] == 1
    said = {one["code"]: one for one in found["problems"]}["applicant-kind-missing"]
    assert (said["count"], said["records"]) == (1, ["甲-1"])
    assert "申请人类型" in said["message"]
    assert "先补齐" in run("compile", of.county.name, str(YEAR))
    (record,) = told("explain", of.county.name, str(YEAR), "t3.closed.total")["records"]
    assert record["row"] == "unhandled_repeat"


def test_after_the_signing_both_numbers_can_be_had(of):
    run("compile", of.bureau.name, str(YEAR), "--signed", fails=2)
    makers.signed(of)
    makers.late(of)
    live, signed = told("compile", of.bureau.name, str(YEAR)), told("compile", of.bureau.name, str(YEAR), "--signed")
    assert (live["cells"]["t3.new.total"]["value"], signed["cells"]["t3.new.total"]["value"]) == (6, 5)
    now, then = (told("explain", of.bureau.name, str(YEAR), "t3.new.total", *more) for more in ([], ["--signed"]))
    assert {r["number"] for r in now["records"]} - {r["number"] for r in then["records"]} == {"2025-99"}


def test_a_government_is_compiled_with_everything_below_it(of):
    found = told("compile", of.county.name, str(YEAR), "--scope", "consolidated")
    assert found["cells"]["t3.new.total"] == {"value": 5, "records": 5}
    assert told("compile", of.county.name, str(YEAR))["cells"]["t3.new.total"]["value"] == 0
    opened = told("explain", of.county.name, str(YEAR), "t3.new.total", "--scope", "consolidated")
    assert {record["agency"] for record in opened["records"]} == {of.bureau.name}


def test_people_read_the_tables_and_the_list(of):
    shown = run("compile", of.bureau.name, str(YEAR))
    assert "三、收到和处理政府信息公开申请情况" in shown
    assert "（一）予以公开" in shown
    opened = run("explain", of.bureau.name, str(YEAR), "t3.granted.natural")
    assert "2025-01" in opened
    assert "共 2 条" in opened
    assert "予以公开" in opened


@pytest.mark.parametrize(("words", "code"), [
    (["compile", "青澜县不存在局", "2025"], "no-such-agency"),
    (["compile", "青澜县民政局", "1066"], "no-such-year"),
    (["compile", "青澜县民政局", "2025", "--scope", "all"], "no-such-scope"),
    (["compile", "青澜县民政局", "2025", "--form", "mixed"], "no-such-form"),
    (["explain", "青澜县民政局", "2025", "t3.nothing.natural"], "no-such-cell"),
    (["explain", "青澜县民政局", "2025", "t3.other.natural"], "no-such-cell"),
    (["explain", "青澜县民政局", "2025", ""], "no-such-cell"),
])
def test_what_there_is_not_is_one_sentence_and_two(of, words, code):
    said = json.loads(run(*words, "--json", fails=2))
    assert said["error"]["code"] == code
    assert said["error"]["message"]
    assert len(run(*words, fails=2).strip().splitlines()) == 1


def test_an_agency_is_found_by_the_name_that_it_bore(of):
    agencies.rename(by=of.supervisor, agency=of.bureau, name="青澜县民政和退役军人局", on=ON, at=moment())
    assert told("compile", "青澜县民政局", str(YEAR))["agency"] == "青澜县民政和退役军人局"
