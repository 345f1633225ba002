"""The pages of disputes: who sees what, what a form keeps, how a case is registered, handled and shown elsewhere."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from html import unescape
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver
from django.urls.resolvers import URLPattern, URLResolver
from tests.applications import makers as asked
from tests.applications.staff import Office, office
from tests.disputes import makers
from tests.publications.makers import Bureau, bureau, published

from gongkai.accounts import roles
from gongkai.disputes import actions
from gongkai.disputes.forms import BY_ACT
from gongkai.disputes.models import Dispute
from gongkai.disputes.states import Act, State, Track
from gongkai.ledger.models import Entry

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
BASE = "/desk/disputes/"


@pytest.fixture(autouse=True)
def _on_a_day() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def at() -> Office:
    return office()


@pytest.fixture
def case(at: Office) -> Dispute:
    """Over an application of the bureau, waiting for its answer; late by now."""
    row = makers.application(at.civil)
    return makers.received(
        at.civil, by=at.actor(roles.Clerk), application=row, body="青澜县人民政府", case_number="青政复〔2026〕12号",
    )


def text(answer: Any) -> str:
    """What a person reads."""
    plain = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return re.sub(r"\s+", " ", unescape(plain))


def seen(client: Client, path: str) -> str:
    """The revision that a form was opened at."""
    found = re.search(r'name="seen" value="(\d+)"', client.get(path).content.decode())
    assert found is not None
    return found[1]


def routes() -> list[str]:
    """The room's addresses below one case, as the resolver knows them."""

    def walk(entries: list[URLPattern | URLResolver], before: str) -> Iterator[str]:
        for entry in entries:
            route = before + str(entry.pattern)
            if isinstance(entry, URLResolver):
                yield from walk(entry.url_patterns, route)
            else:
                yield route

    return [route for route in walk(get_resolver().url_patterns, "/") if "<int:dispute_id>" in route]


def filled(route: str, case: Dispute) -> str:
    route = route.replace("<int:dispute_id>", str(case.pk)).replace("<str:act>", Act.ANSWER)
    return re.sub(r"<int:\w+>", "1", route)


def test_the_walk_knows_the_rooms_addresses() -> None:
    assert len(routes()) >= 6


@pytest.mark.parametrize("route", routes())
def test_another_agencys_case_is_404_at_every_address(at: Office, case: Dispute, route: str) -> None:
    path = filled(route, case)
    for stranger in (at.client(roles.Clerk, at.water), at.client(roles.HeadOfOffice, at.government)):
        assert stranger.post(path, {"reason": "核对"}).status_code == 404, path
        if stranger.get(path).status_code != 302:  # an act's address leads to the page, which is 404
            assert stranger.get(path).status_code == 404, path
    assert not Entry.objects.filter(kind__startswith="vault.").exclude(kind="vault.sealed").exists()


@pytest.mark.parametrize("path", ["", "new/", "export/"])
def test_contributors_and_managers_do_not_enter(at: Office, path: str) -> None:
    assert at.client(roles.Contributor, section=at.relief).get(f"{BASE}{path}").status_code == 403
    assert at.client(roles.SystemAdministrator, at.government).get(f"{BASE}{path}").status_code == 403


def test_a_supervisor_sees_how_it_goes_and_nothing_more(at: Office, case: Dispute) -> None:
    makers.paper(case, by=at.actor(roles.Clerk), name="申请书.pdf")
    supervisor = at.client(roles.Supervisor, at.government)
    page = supervisor.get(f"{BASE}{case.pk}/")
    assert page.status_code == 200
    assert "申请书.pdf" not in text(page)
    assert "现在没有您要办的" in text(page)
    for act in BY_ACT:
        assert supervisor.get(f"{BASE}{case.pk}/acts/{act}/").status_code == 403, act
    assert supervisor.get(f"{BASE}{case.pk}/bundle/").status_code == 403
    assert supervisor.get(f"{BASE}{case.pk}/papers/{case.papers.get().pk}/").status_code == 403
    assert supervisor.post(f"{BASE}{case.pk}/identity/", {"reason": "想看看是谁"}).status_code == 403
    assert supervisor.get(f"{BASE}new/").status_code == 403


def test_every_act_has_its_form() -> None:
    assert set(BY_ACT) == {act.value for act in Act} | {"lift", "period"}


@pytest.mark.parametrize("state", ["received", "answered", "decided", "closed"])
@pytest.mark.parametrize("act", sorted(BY_ACT))
def test_every_form_opens_also_where_the_act_is_not_lawful(at: Office, act: str, state: str) -> None:
    case = makers.in_state(at.civil, state, Track.DIRECT)
    page = at.client(roles.Clerk).get(f"{BASE}{case.pk}/acts/{act}/")
    assert page.status_code == 200
    assert 'name="seen" value="' in page.content.decode()


@pytest.mark.parametrize("state", ["received", "answered", "decided", "closed", "cancelled"])
@pytest.mark.parametrize("track", list(Track))
def test_the_page_of_every_state_opens(at: Office, state: str, track: str) -> None:
    case = makers.in_state(at.civil, state, track)
    for role in (roles.Clerk, roles.Reviewer, roles.AuditAdministrator):
        page = at.client(role).get(f"{BASE}{case.pk}/")
        assert page.status_code == 200
        assert case.number in text(page)


def test_an_unknown_act_is_404(at: Office, case: Dispute) -> None:
    assert at.client(roles.Clerk).get(f"{BASE}{case.pk}/acts/burn/").status_code == 404


def test_a_form_out_of_its_time_says_why_and_cannot_be_sent(at: Office, case: Dispute) -> None:
    client, path = at.client(roles.Clerk), f"{BASE}{case.pk}/acts/close/"
    page = client.get(path)
    assert "还没有结果" in text(page)
    assert re.search(r"<button[^>]+disabled>\s*了结归档", page.content.decode())
    assert client.post(path, {"on": "2026-11-20", "seen": case.revision}).status_code == 400
    assert makers.fresh(case).state == State.RECEIVED


def test_the_clocks_explain_themselves(at: Office, case: Dispute) -> None:
    shown = text(at.client(roles.Clerk).get(f"{BASE}{case.pk}/"))
    assert "已逾期" in shown
    assert "为什么？" in shown
    assert "第四十八条" in shown
    assert "2026-04-16" in shown  # ten working days after 1 April, with the holiday of 清明 in between


def test_an_appeal_that_nobody_brought_is_over_and_not_late(at: Office) -> None:
    made = makers.decided(at.civil, Track.DIRECT)
    shown = text(at.client(roles.Clerk).get(f"{BASE}{made.pk}/"))
    assert "上诉期限 已过" in shown
    assert "已逾期" not in shown


def registered(at: Office, **more: object) -> dict[str, object]:
    return {
        "agency": at.civil.pk, "track": "reconsideration", "against": "reply", "subject": "不服政府信息公开答复",
        "received_on": "2026-11-20", "body": "青澜县人民政府", "case_number": "青政复〔2026〕88号", **more,
    }


def test_a_case_is_registered_from_an_applications_page(at: Office) -> None:
    row, client = makers.application(at.civil), at.client(roles.Clerk)
    page = client.get(f"/desk/applications/{row.pk}/")
    assert f"{BASE}new/?application={row.pk}" in page.content.decode()
    opened = client.get(f"{BASE}new/?application={row.pk}").content.decode()
    assert f'value="{row.number}"' in opened
    answer = client.post(f"{BASE}new/", registered(at, application=row.number, track="reconsideration"))
    assert answer.status_code == 302
    made = Dispute.objects.get()
    assert made.application_id == row.pk
    assert made.party_mask == row.applicant_mask
    assert made.number in text(client.get(f"/desk/applications/{row.pk}/"))


def test_a_case_is_registered_from_a_publications_page(db: None) -> None:
    of: Bureau = bureau()
    row = published(of).publication
    client = Client()
    from gongkai.accounts.models import User

    client.force_login(User.objects.get(pk=of.clerk.user_id))
    page = client.get(f"/desk/publications/{row.pk}/", follow=True)
    assert f"{BASE}new/?publication={row.pk}" in page.content.decode()
    assert row.index_number
    opened = client.get(f"{BASE}new/?publication={row.pk}").content.decode()
    assert f'value="{row.index_number}"' in opened
    answer = client.post(f"{BASE}new/", {
        "agency": of.where.pk, "track": "direct", "against": "publication", "subject": "对公开的信息不服",
        "received_on": "2026-11-20", "publication": row.index_number, "third_party": "on",
        "organisation": "青澜县远山建材有限公司",
    })
    assert answer.status_code == 302, text(answer)
    made = Dispute.objects.get()
    assert (made.publication_id, made.third_party) == (row.pk, True)
    assert made.number in text(client.get(f"/desk/publications/{row.pk}/", follow=True))


def test_a_suit_after_reconsideration_is_tied_to_it(at: Office) -> None:
    before = makers.decided(at.civil, case_number="青政复〔2026〕12号")
    client = at.client(roles.Clerk)
    opened = client.get(f"{BASE}new/?follows={before.pk}").content.decode()
    assert f'value="{before.number}"' in opened
    answer = client.post(f"{BASE}new/", registered(at, track="after", follows=before.number, case_number="诉1"))
    assert answer.status_code == 302, text(answer)
    made = Dispute.objects.get(track="after")
    assert made.follows_id == before.pk
    assert made.number in text(client.get(f"{BASE}{before.pk}/"))


@pytest.mark.parametrize(("field", "value", "said"), [
    ("application", "2026-9999", "没有这个登记号的申请"), ("follows", "议2026-0999", "没有这个登记号的复议案件"),
    ("publication", "QL-404", "没有这个索引号"), ("received_on", "2026-11-30", "2026-11-30"),
    ("received_on", "昨天", "这里应填一个日期"), ("track", "", "类别"), ("subject", "", "案由"),
])
def test_what_is_wrong_is_said_at_the_top_and_what_was_typed_stays(
    at: Office, field: str, value: str, said: str,
) -> None:
    answer = at.client(roles.Clerk).post(f"{BASE}new/", registered(at, **{field: value, "note": "这句话不能丢"}))
    assert answer.status_code == 400
    top = re.search(r'class="summary-errors".*?</ul>', answer.content.decode(), re.DOTALL)
    assert top is not None
    assert said in unescape(top[0])
    assert "这句话不能丢" in answer.content.decode()
    assert not Dispute.objects.exists()


def test_nobody_registers_over_what_another_agency_keeps(at: Office) -> None:
    foreign = makers.application(at.water)
    form = registered(at, application=foreign.number)
    makers.application(at.civil)  # has the same number, and is the one that is meant
    assert at.client(roles.Clerk).post(f"{BASE}new/", form).status_code == 302
    assert Dispute.objects.get().application.agency_id == at.civil.pk  # type: ignore[union-attr]
    assert at.client(roles.Clerk).post(f"{BASE}new/", registered(at, agency=at.water.pk)).status_code == 400


def sent(client: Client, case: Dispute, act: str, **form: object) -> Any:
    path = f"{BASE}{case.pk}/acts/{act}/"
    return client.post(path, {"seen": seen(client, path), **form})


def test_the_whole_way_through_the_forms(at: Office, case: Dispute) -> None:
    client = at.client(roles.Clerk)
    steps: list[tuple[str, dict[str, object]]] = [
        ("answer", {"on": "2026-04-10"}),
        ("attach", {"kind": "answer", "file": SimpleUploadedFile("答复书.pdf", asked.PDF)}),
        ("decide", {
            "outcome": "corrected:revoked", "on": "2026-05-20", "served_on": "2026-05-25", "decision_number": "复决1号",
            "reasons": "没有说明查找经过", "redo": "said", "redo_days": "15", "redo_working": "yes"}),
        ("rehandle", {
            "duty": "", "answer_kind": "granted", "reply_number": "青民公复〔2026〕9号", "on": "2026-06-10"}),
        ("close", {"on": "2026-11-20"}),
        ("reopen", {"reason": "收到再审通知"}),
    ]
    for act, form in steps:
        if "duty" in form:
            form["duty"] = str(case.rehandlings.get().pk)
        answer = sent(client, case, act, **form)
        assert answer.status_code == 302, (act, text(answer))
    page = text(client.get(f"{BASE}{case.pk}/"))
    for word in ("结果纠正", "撤销", "没有说明查找经过", "答复书.pdf", "已重新答复", "复决1号"):
        assert word in page, word
    paper = client.get(f"{BASE}{case.pk}/papers/{case.papers.get().pk}/")
    assert paper.content == asked.PDF
    assert "no-store" in paper.headers["Cache-Control"]
    assert paper.headers["Content-Disposition"].startswith("attachment")


def test_the_duty_to_reply_anew_stands_where_the_application_is(at: Office) -> None:
    row = makers.application(at.civil)
    made = makers.corrected(at.civil, application=row, redo_days=200)
    due = made.rehandlings.get().due_on
    for path in (f"{BASE}{made.pk}/", f"/desk/applications/{row.pk}/"):
        assert f"要在 {due:%Y-%m-%d} 以前重新作出答复" in text(at.client(roles.Clerk).get(path)), path
    client = at.client(roles.Clerk)
    answer = sent(client, made, "lift", duty=str(made.rehandlings.get().pk), reason="一审判决撤销了复议决定",
                  on="2026-11-20")
    assert answer.status_code == 302, text(answer)
    assert "要在" not in text(client.get(f"{BASE}{made.pk}/"))
    assert "一审判决撤销了复议决定" in text(client.get(f"{BASE}{made.pk}/"))


def test_days_to_reply_anew_must_be_said_where_the_decision_says_them(at: Office) -> None:
    made = makers.answered(at.civil)
    answer = sent(at.client(roles.Clerk), made, "decide", outcome="corrected:revoked", on="2026-05-20", redo="said")
    assert answer.status_code == 400
    assert "请填写决定书写明的天数" in text(answer)


def test_what_a_colleague_did_meanwhile_is_a_conflict(at: Office, case: Dispute) -> None:
    client, path = at.client(roles.Clerk), f"{BASE}{case.pk}/acts/decide/"
    was = seen(client, path)
    actions.answer(by=at.actor(roles.Clerk), dispute=case, on=makers.ANSWERED, at=NOW)
    answer = client.post(path, {"seen": was, "outcome": "upheld:", "on": "2026-05-20", "reasons": "写了很久的理由"})
    assert answer.status_code == 409
    assert "已有同事办理" in text(answer)
    assert "写了很久的理由" in answer.content.decode()
    assert makers.fresh(case).state == State.ANSWERED


def test_nothing_is_done_without_saying_what_was_seen(at: Office, case: Dispute) -> None:
    answer = at.client(roles.Clerk).post(f"{BASE}{case.pk}/acts/answer/", {"on": "2026-04-10"})
    assert answer.status_code == 400
    assert "请重新打开再办" in text(answer)
    assert makers.fresh(case).state == State.RECEIVED


def test_a_proceeding_is_put_right_beside_itself(at: Office) -> None:
    made = makers.decided(at.civil, case_number="错的案号")
    one = made.proceedings.get()
    client, path = at.client(roles.Clerk), f"{BASE}{made.pk}/proceedings/{one.pk}/"
    page = client.get(path).content.decode()
    assert 'value="错的案号"' in page
    form = {
        "seen": seen(client, path), "body": "", "case_number": "对的案号", "received_on": "2026-04-01",
        "answered_on": "2026-04-10", "outcome": "corrected:changed", "decided_on": "2026-05-20",
        "served_on": "2026-05-25", "decision_number": "复决1号", "reasons": "", "reason": "抄录有误",
    }
    answer = client.post(path, form)
    assert answer.status_code == 302, text(answer)
    one.refresh_from_db()
    assert (one.case_number, one.result, one.ending) == ("对的案号", "corrected", "changed")
    assert "抄录有误" in text(client.get(f"{BASE}{made.pk}/"))
    assert client.post(path, form | {"seen": seen(client, path), "reason": ""}).status_code == 400


def test_the_case_itself_is_put_right(at: Office, case: Dispute) -> None:
    client, path = at.client(roles.Clerk), f"{BASE}{case.pk}/acts/amend/"
    assert case.application is not None
    form = {
        "seen": seen(client, path), "track": "reconsideration", "subject": "改过的案由", "against": "silence",
        "application": case.application.number, "reason": "案由写错了",
    }
    answer = client.post(path, form)
    assert answer.status_code == 302, text(answer)
    now = makers.fresh(case)
    assert (now.subject, now.against, now.application_id) == ("改过的案由", "silence", case.application_id)
    wrong = client.post(path, form | {"seen": seen(client, path), "application": "2026-9999"})
    assert wrong.status_code == 400
    assert "没有这个登记号的申请" in text(wrong)


def test_whose_case_it_is_stays_masked_until_somebody_says_why(at: Office) -> None:
    made = makers.received(at.civil, by=at.actor(roles.Clerk), party=makers.THIRD, third_party=True)
    client = at.client(roles.Clerk)
    page = client.get(f"{BASE}{made.pk}/")
    assert "上官云章" not in page.content.decode()
    assert client.post(f"{BASE}{made.pk}/identity/", {"reason": ""}).status_code == 400
    shown = client.post(f"{BASE}{made.pk}/identity/", {"reason": "核对复议申请书"})
    assert "上官云章" in text(shown)
    assert "no-store" in shown.headers["Cache-Control"]
    after = text(client.get(f"{BASE}{made.pk}/"))
    assert "上官云章" not in after
    assert "核对复议申请书" in after
    assert at.client(roles.Reviewer).post(f"{BASE}{made.pk}/identity/", {"reason": "核对申请书"}).status_code == 403


def test_the_bundle_needs_a_reason_and_is_told(at: Office, case: Dispute) -> None:
    client, path = at.client(roles.Clerk), f"{BASE}{case.pk}/bundle/"
    parts = ["case", "application", "papers", "ledger"]
    refused = client.post(path, {"reason": "证据", "parts": parts})
    assert refused.status_code == 400
    assert not Entry.objects.filter(kind="disputes.bundled").exists()
    assert client.post(path, {"reason": "向县政府提交证据"}).status_code == 400
    named = client.post(path, {"reason": f"{asked.PERSON['name']}一案举证", "parts": parts})
    assert named.status_code == 400
    answer = client.post(path, {"reason": "向县政府提交证据", "parts": parts})
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/zip"
    assert "no-store" in answer.headers["Cache-Control"]
    archive = zipfile.ZipFile(io.BytesIO(answer.getvalue()))
    assert archive.testzip() is None
    told = Entry.objects.get(kind="disputes.bundled")
    assert "向县政府提交证据" in told.sentence
    assert "向县政府提交证据" in text(client.get(f"{BASE}{case.pk}/"))
    assert "下载" in text(at.client(roles.Reviewer).get(path))


def rows(answer: Any) -> set[str]:
    return set(re.findall(r'<th scope="row" class="nowrap"><a href="[^"]+">([^<]+)</a>', answer.content.decode()))


def test_the_list_narrows_by_its_address(at: Office) -> None:
    late = makers.received(at.civil, case_number="甲号")
    won = makers.decided(at.civil, subject="不服不予公开", case_number="乙号")
    lost = makers.corrected(at.civil, Track.DIRECT, case_number="丙号")
    gone = makers.cancelled(at.civil, Track.AFTER, case_number="丁号")
    client = at.client(roles.Clerk)

    def found(query: str) -> set[str]:
        answer = client.get(f"{BASE}?{query}")
        assert answer.status_code == 200
        return rows(answer)

    assert found("") == {one.number for one in (late, won, lost, gone)}
    assert found("track=direct") == {lost.number}
    assert found("state=received") == {late.number}
    assert found("result=corrected") == {lost.number}
    assert found("result=pending") == {late.number}
    assert found("q=乙号") == found("q=不予公开") == {won.number}
    assert found(f"q={lost.number}") == {lost.number}
    assert found("group=overdue") == {late.number, lost.number}
    assert found("group=rehandle") == {lost.number}
    assert found("year=2026") == {late.number, won.number, lost.number}
    assert found("year=2026&result=upheld&track=reconsideration") == {won.number}
    assert found("year=nonsense&track=nonsense") == found("")
    assert found("q=没有的词") == set()
    assert "没有符合条件的案件" in text(client.get(f"{BASE}?q=没有的词"))


def test_an_empty_list_says_what_it_is_for_and_offers_the_first_act(at: Office) -> None:
    page = at.client(roles.Clerk).get(BASE)
    assert "还没有案件" in text(page)
    assert f'href="{BASE}new/"' in page.content.decode()
    assert f'href="{BASE}new/"' not in at.client(roles.Reviewer).get(BASE).content.decode()


def test_the_list_tells_its_totals(at: Office) -> None:
    for track in (Track.RECONSIDERATION, Track.RECONSIDERATION, Track.AFTER):
        makers.received(at.civil, track)
    shown = text(at.client(roles.Clerk).get(BASE))
    assert "共 3 件" in shown
    assert re.search(r"行政复议 2 ", shown)


@pytest.mark.parametrize("to", ["xlsx", "csv", "exe"])
def test_the_list_goes_out_without_names_and_is_noted(at: Office, case: Dispute, to: str) -> None:
    answer = at.client(roles.Clerk).get(f"{BASE}export/?as={to}")
    assert answer.status_code == 200
    data = answer.content
    if to == "csv":
        told = data.decode("utf-8-sig")
    else:
        told = zipfile.ZipFile(io.BytesIO(data)).read("xl/sharedStrings.xml").decode() \
            if "xl/sharedStrings.xml" in zipfile.ZipFile(io.BytesIO(data)).namelist() \
            else zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml").decode()
    assert case.number in told
    assert "青政复〔2026〕12号" in told
    assert case.party_mask not in told
    assert not [word for word in asked.PERSONAL if word in told]
    assert Entry.objects.filter(kind="disputes.exported").count() == 1


def test_the_list_asks_the_same_number_of_questions_for_one_and_for_many(at: Office) -> None:
    client = at.client(roles.Clerk)

    def questions() -> int:
        with CaptureQueriesContext(connection, ) as asked_:
            assert client.get(BASE).status_code == 200
        return len(asked_)

    makers.received(at.civil, case_number="1")
    client.get(BASE)
    one = questions()
    for number in range(2, 8):
        makers.corrected(at.civil, case_number=str(number))
    assert questions() == one


def test_the_applications_panel_says_until_when_it_can_be_contested(at: Office) -> None:
    row = makers.application(at.civil, arrived_on=date(2026, 11, 2))
    shown = text(at.client(roles.Clerk).get(f"/desk/applications/{row.pk}/"))
    assert "申请行政复议" not in shown  # neither answered nor overdue: nothing can be contested yet
    late = makers.application(at.civil, arrived_on=date(2026, 9, 1))
    shown = text(at.client(roles.Clerk).get(f"/desk/applications/{late.pk}/"))
    assert "申请行政复议" in shown
    assert "先经复议" in shown


def test_todays_page_shows_what_is_due(at: Office, case: Dispute) -> None:
    lost = makers.corrected(at.civil)
    shown = text(at.client(roles.Clerk).get("/desk/"))
    assert "复议诉讼" in shown
    for word in (case.number, lost.number, "待重新答复"):
        assert word in shown, word
    watching = text(at.client(roles.Supervisor, at.government).get("/desk/"))
    assert "复议诉讼逾期的机关" in watching
    assert case.number not in watching


@pytest.mark.parametrize(("role", "there"), [
    (roles.Clerk, True), (roles.Supervisor, True), (roles.Contributor, False), (roles.SystemAdministrator, False),
])
def test_the_rail_shows_the_room_to_who_may_enter(at: Office, role: type[roles.Role], there: bool) -> None:
    section = at.relief if role is roles.Contributor else None
    page = at.client(role, section=section).get("/desk/").content.decode()
    assert (f'href="{BASE}"' in page) is there


def test_the_pages_speak_english_without_a_fault(at: Office, case: Dispute) -> None:
    client = at.client(roles.Clerk)
    client.cookies["django_language"] = "en"
    for path in ("", f"{case.pk}/", f"{case.pk}/acts/decide/", f"{case.pk}/bundle/", "new/"):
        assert client.get(f"{BASE}{path}").status_code == 200
