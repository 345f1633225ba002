"""The pages after the signature: the supervisor's word, the public, what the records say since, and the erratum."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.compilations import makers
from tests.compilations.makers import Office
from tests.compilations.test_pages import BASE, client, shown_number, text

from gongkai.accounts import roles
from gongkai.annual_reports.models import Scope
from gongkai.applications.models import Application
from gongkai.compilations import actions
from gongkai.compilations.models import Compilation, Signing, SigningKind
from gongkai.compilations.states import State
from gongkai.core.report.readers import archive
from gongkai.core.report.samples import sample

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_a_day() -> Iterator[None]:
    with time_machine.travel(makers.moment(), tick=False):
        yield


def hidden(page: str) -> dict[str, str]:
    return dict(re.findall(r'type="hidden" name="(seen|shown|version)" value="([^"]*)"', page))


def acted(who: Client, made: Compilation, act: str, **typed: str) -> object:
    """The act through its form, as a browser sends it."""
    path = f"{BASE}{made.pk}/acts/{act}/"
    return who.post(path, hidden(who.get(path).content.decode()) | typed)


def test_from_the_signature_to_the_public_through_the_pages(of: Office) -> None:
    made = makers.checked(of)
    clerk, signatory, supervisor = client(of.clerk), client(of.signatory), client(of.supervisor)
    acted(signatory, made, "sign", on="2026-01-06")
    page = text(clerk.get(f"{BASE}{made.pk}/"))
    assert "待提交" in page
    assert "手工填报</h3>" not in clerk.get(f"{BASE}{made.pk}/cells/t2.fees.amount/").content.decode()
    acted(clerk, made, "submit")
    empty = acted(supervisor, made, "return")
    assert empty.status_code == 400  # type: ignore[attr-defined]
    assert makers.fresh(made).state == State.SUBMITTED
    acted(supervisor, made, "return", text="第三部分请核对结转件数")
    assert makers.fresh(made).state == State.RETURNED
    page = text(clerk.get(f"{BASE}{made.pk}/"))
    assert "退回意见" in page
    assert "第三部分请核对结转件数" in page
    acted(clerk, made, "check")
    clerk.post(f"{BASE}{made.pk}/acts/check/", {"seen": makers.fresh(made).revision})
    acted(signatory, made, "sign", on="2026-01-06")
    acted(clerk, made, "submit")
    assert "第三部分请核对结转件数" in text(supervisor.get(f"{BASE}{made.pk}/acts/approve/"))
    acted(supervisor, made, "approve", text="同意")
    acted(clerk, made, "publish")
    made = makers.fresh(made)
    assert made.state == State.PUBLISHED
    history = text(clerk.get(f"{BASE}{made.pk}/history/"))
    assert "公开中" in history
    assert "第 2 版" in history
    for signing in Signing.objects.filter(compilation=made):
        assert signing.digest in history
    for tab in ("carry", "compare", "differences", "prose"):
        assert clerk.get(f"{BASE}{made.pk}/{tab}/").status_code == 200, tab


def test_the_supervisor_decides_on_the_version_that_was_looked_at(of: Office) -> None:
    made = makers.submitted(of)
    supervisor = client(of.supervisor)
    stale = supervisor.post(f"{BASE}{made.pk}/acts/approve/", {"seen": "7"})
    assert stale.status_code == 409
    assert "没有记下您的决定" in text(stale)
    assert supervisor.post(f"{BASE}{made.pk}/acts/approve/", {"seen": "1"}).status_code == 302
    again = supervisor.post(f"{BASE}{made.pk}/acts/approve/", {"seen": "1"})
    assert again.status_code in {302, 400, 409}
    assert makers.fresh(made).state == State.APPROVED


def test_a_late_report_is_submitted_and_says_by_how_many_days(of: Office) -> None:
    made = makers.signed(of)
    with time_machine.travel(makers.moment(makers.date(2026, 2, 3)), tick=False):
        clerk = client(of.clerk)
        assert "逾期 3 天" in text(clerk.get(f"{BASE}{made.pk}/"))
        acted(clerk, made, "submit")
        assert "逾期 3 天" in text(clerk.get(f"{BASE}{made.pk}/"))
        assert "逾期 3 天" in text(clerk.get(BASE))


def test_what_the_records_say_since_stands_beside_the_report_and_changes_nothing_in_it(of: Office) -> None:
    made = makers.published(of)
    clerk = client(of.clerk)
    before = clerk.get(f"{BASE}{made.pk}/").content.decode()
    assert "都与现在的记录相同" in text(clerk.get(f"{BASE}{made.pk}/differences/"))
    makers.late(of)
    page = clerk.get(f"{BASE}{made.pk}/").content.decode()
    assert shown_number(page, "t3.new.total") == shown_number(before, "t3.new.total")
    assert re.search(r'<td class="[^"]*differs[^"]*" [^>]*id="cell-t3-new-natural"', page)
    assert "签发以后记录有变动" in page
    apart = clerk.get(f"{BASE}{made.pk}/differences/").content.decode()
    assert "/desk/applications/?q=2025-99" in apart
    opened = text(clerk.get(f"{BASE}{made.pk}/cells/t3.new.natural/"))
    assert "2025-99" not in opened
    assert "签发时的记录" in opened


def test_an_erratum_is_chosen_looked_at_and_issued(of: Office) -> None:
    made = makers.published(of)
    makers.late(of)
    Application.objects.filter(number="2025-02").update(applicant_kind="research")
    signatory = client(of.signatory)
    path = f"{BASE}{made.pk}/acts/correct/"
    page = signatory.get(path).content.decode()
    offered = set(re.findall(r'name="cells" value="([^"]*)"', page))
    assert {"t3.new.natural", "t3.granted.natural", "t3.new.business", "t3.new.research"} <= offered
    assert not any(cell.endswith(".total") for cell in offered)
    chosen = {"cells": ["t3.new.natural", "t3.granted.natural"], "seen": makers.fresh(made).revision}
    tried = signatory.post(path, chosen | {"step": "preview"})
    assert tried.status_code == 200
    preview = text(tried).split("更正以后")[1]
    assert "总计" in preview
    assert Signing.objects.filter(kind=SigningKind.ERRATUM).count() == 0
    assert signatory.post(path, chosen | {"step": "issue"}).status_code == 400
    (first,) = re.findall(r'name="shown" value="([^"]+)"', page)  # of all that differ, not of what is chosen
    unseen = signatory.post(path, chosen | {"step": "issue", "reason": "补登记一件", "shown": first})
    assert unseen.status_code == 400
    assert "与您看到的不同" in text(unseen)
    (mark,) = re.findall(r'name="shown" value="([^"]+)"', unseen.content.decode())
    chosen["shown"] = mark
    done = signatory.post(path, chosen | {"step": "issue", "reason": "补登记一件"}, follow=True)
    assert "已发布更正" in text(done)
    erratum = Signing.objects.get(kind=SigningKind.ERRATUM)
    assert set(erratum.changes) == {
        "t3.new.natural", "t3.new.total", "t3.granted.natural", "t3.granted.total", "t3.closed.natural",
        "t3.closed.total",
    }
    history = text(signatory.get(f"{BASE}{made.pk}/history/"))
    assert "补登记一件" in history
    assert shown_number(signatory.get(f"{BASE}{made.pk}/").content.decode(), "t3.new.business") == "1"


def test_a_number_typed_in_wrongly_is_put_right_by_an_erratum(of: Office) -> None:
    made = makers.started(of)
    actions.enter_cell(
        by=of.clerk, compilation=made, cell="t2.licences.decisions", value=Decimal(12), source="许可股",
        at=makers.moment(),
    )
    made = makers.published(of, made)
    signatory, path = client(of.signatory), f"{BASE}{made.pk}/acts/correct/"
    page = signatory.get(path).content.decode()
    assert 'name="t2.licences.decisions" value="12"' in page
    seen = str(makers.fresh(made).revision)
    typed = {"t2.licences.decisions": "21", "reason": "填反了两位数", "seen": seen, "step": "issue"}
    refused = signatory.post(path, typed)
    assert refused.status_code == 400
    assert "来源" in text(refused)
    assert 'value="21"' in refused.content.decode()
    wrong = text(signatory.post(path, typed | {"t2.licences.decisions": "-21", "step": "preview"}))
    assert "不小于 0 的整数" in wrong
    assert signatory.post(path, typed | {"source": "许可股2月2日更正"}).status_code == 302
    assert Signing.objects.get(kind=SigningKind.ERRATUM).changes == {"t2.licences.decisions": [12, 21]}


def test_a_table_typed_in_wrongly_is_put_right_whole(of: Office) -> None:
    made = makers.started(of)
    actions.enter_table(
        by=of.clerk, compilation=made, table="t4", values={"t4.direct.upheld": Decimal(3)}, source="法制股",
        at=makers.moment(),
    )
    made = makers.published(of, made)
    signatory, path = client(of.signatory), f"{BASE}{made.pk}/acts/correct/"
    fields = dict(re.findall(r'name="(t4\.[^"]*)" value="([^"]*)"', signatory.get(path).content.decode()))
    assert fields["t4.direct.upheld"] == "3"
    assert len(fields) == 12
    typed = fields | {
        "t4.direct.upheld": "2", "t4.direct.corrected": "1", "source": "法制股", "reason": "结果登记有误",
        "seen": str(makers.fresh(made).revision), "step": "issue",
    }
    assert signatory.post(path, typed).status_code == 302
    assert Signing.objects.get(kind=SigningKind.ERRATUM).changes == {
        "t4.direct.upheld": [3, 2], "t4.direct.corrected": [0, 1],
    }


def test_what_was_not_published_needs_no_erratum(of: Office) -> None:
    made = makers.signed(of)
    answer = client(of.signatory).get(f"{BASE}{made.pk}/acts/correct/", follow=True)
    assert "不用更正" in text(answer)


def test_last_years_open_cases_stand_against_this_years_one_by_one(of: Office) -> None:
    before = makers.signed(of, year=2024)
    made = makers.started(of)
    clerk = client(of.clerk)
    assert "逐件相同" in text(clerk.get(f"{BASE}{made.pk}/carry/"))
    makers.imported(of.bureau, [("2024-88", "2024-11-11", "自然人", "2025-02-03", "予以公开")])
    page = text(clerk.get(f"{BASE}{made.pk}/carry/"))
    assert "今年有，上年报告里没有" in page
    assert "2024-88" in page
    assert "上年没有在这里签发的年报" in text(clerk.get(f"{BASE}{before.pk}/carry/"))


@pytest.mark.parametrize("to", ["docx", "html", "xlsx", "json", "zip"])
def test_every_format_is_handed_out_to_those_who_may_see_it(of: Office, to: str) -> None:
    made = makers.started(of)
    clerk = client(of.clerk)
    draft = clerk.get(f"{BASE}{made.pk}/download/{to}/")
    assert draft.status_code == 200
    assert "no-store" in draft.headers["Cache-Control"]
    assert "%E8%8D%89%E7%A8%BF" in draft.headers["Content-Disposition"]
    made = makers.signed(of, made)
    signed = clerk.get(f"{BASE}{made.pk}/download/{to}/?signing=1")
    assert signed.status_code == 200
    assert "%E8%8D%89%E7%A8%BF" not in signed.headers["Content-Disposition"]
    if to == "zip":
        assert archive.is_archive(signed.content)
    assert clerk.get(f"{BASE}{made.pk}/download/{to}/?signing=9").status_code == 404
    assert clerk.get(f"{BASE}{made.pk}/download/exe/").status_code == 404
    assert client(of.person(roles.Contributor)).get(f"{BASE}{made.pk}/download/{to}/").status_code == 403


def test_the_paper_that_was_signed_is_kept_to_the_byte(of: Office) -> None:
    made = makers.signed(of)
    clerk = client(of.clerk)
    first = clerk.get(f"{BASE}{made.pk}/versions/1/file/")
    assert first.content[:2] == b"PK"
    makers.late(of)
    assert clerk.get(f"{BASE}{made.pk}/versions/1/file/").content == first.content
    assert clerk.get(f"{BASE}{made.pk}/versions/5/file/").status_code == 404


def test_a_consolidated_number_opens_to_the_members_behind_it(of: Office) -> None:
    made = makers.started(of, agency=of.county, scope=Scope.CONSOLIDATED, by=of.person(roles.HeadOfOffice, of.county))
    page = client(of.person(roles.HeadOfOffice, of.county)).get(f"{BASE}{made.pk}/cells/t3.new.total/")
    assert page.status_code == 200
    assert "来自各机关" in text(page)
    assert of.bureau.name in text(page)


def test_pages_of_a_signed_report_ask_no_more_for_many_records(of: Office) -> None:
    made = makers.submitted(of)
    supervisor = client(of.supervisor)
    paths = [f"{BASE}{made.pk}/{tab}" for tab in ("", "differences/", "history/", "acts/approve/")]

    def asked(path: str) -> int:
        supervisor.get(path)
        with CaptureQueriesContext(connection) as seen:
            assert supervisor.get(path).status_code == 200
        return len(seen)

    few = [asked(path) for path in paths]
    makers.imported(of.bureau, [
        (f"2025-Z{n}", "2025-07-01", "自然人", "2025-07-15", "予以公开") for n in range(120)
    ])
    assert [asked(path) for path in paths] == few


def test_a_report_that_came_as_a_file_is_looked_at_and_approved_the_same_way(of: Office) -> None:
    report = makers.filed(of.clerk, of.bureau, sample(1, agency=of.bureau.name, year=makers.YEAR))
    made = actions.hand_in(by=of.clerk, report=report, at=makers.moment())
    supervisor, clerk = client(of.supervisor), client(of.clerk)
    page = supervisor.get(f"{BASE}{made.pk}/")
    assert "数字来自报送的文件" in text(page)
    assert "整表手工填报" not in text(clerk.get(f"{BASE}{made.pk}/"))
    opened = clerk.get(f"{BASE}{made.pk}/cells/t3.new.total/")
    assert "来自报送的文件" in text(opened)
    assert f"/desk/annual-reports/{report.pk}/cells/t3.new.total/" in opened.content.decode()
    assert clerk.get(f"{BASE}{made.pk}/cells/t3.new.total/export/").status_code == 404
    for tab in ("compare", "history", "differences", "carry", "prose", "acts/return"):
        assert supervisor.get(f"{BASE}{made.pk}/{tab}/").status_code == 200, tab
    acted(supervisor, made, "approve")
    assert makers.fresh(made).state == State.APPROVED


def test_the_panel_says_whose_turn_it_is(of: Office) -> None:
    made = makers.checked(of)
    assert "等分管领导签发" in text(client(of.clerk).get(f"{BASE}{made.pk}/"))
    assert "等分管领导签发" not in text(client(of.signatory).get(f"{BASE}{made.pk}/"))
    made = makers.submitted(of, made)
    assert "等主管部门核对" in text(client(of.clerk).get(f"{BASE}{made.pk}/"))
    assert "等主管部门核对" not in text(client(of.supervisor).get(f"{BASE}{made.pk}/"))


def test_where_nobody_is_above_what_is_signed_is_published(db: None) -> None:
    alone = makers.office(supervised=False)
    made = makers.signed(alone)
    page = text(client(alone.clerk).get(f"{BASE}{made.pk}/"))
    assert "核准" not in page
    assert "待公布" in page
    acted(client(alone.clerk), made, "publish")
    assert makers.fresh(made).state == State.PUBLISHED
