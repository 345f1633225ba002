"""The pages of applications: who sees what, what a form keeps, what is shown of an applicant and when."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime
from html import unescape

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver
from django.urls.resolvers import URLPattern, URLResolver
from tests.applications import makers
from tests.applications.staff import BASE, Office, office

from gongkai.accounts import roles
from gongkai.applications import actions, queries
from gongkai.applications.forms import BY_ACT
from gongkai.applications.forms.intake import MEND
from gongkai.applications.models import Application, PublicationDraft
from gongkai.applications.states import Act, State
from gongkai.ledger.models import Entry

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 5, 2, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _on_a_day() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def at() -> Office:
    return office()


@pytest.fixture
def case(at: Office) -> Application:
    """In the hands of the relief section."""
    made = makers.registered(at.civil)
    return actions.assign(
        by=at.actor(roles.Clerk), application=made, section=at.relief, handler=at.person(roles.Clerk), at=makers.AT,
    )


def text(answer: object) -> str:
    """What a person reads."""
    plain = re.sub(r"<[^>]+>", " ", answer.content.decode())  # type: ignore[attr-defined]
    return re.sub(r"\s+", " ", unescape(plain))


def routes() -> list[str]:
    """The room's addresses below one application, as the resolver knows them."""

    def walk(entries: list[URLPattern | URLResolver], before: str) -> Iterator[str]:
        for entry in entries:
            route = before + str(entry.pattern)
            if isinstance(entry, URLResolver):
                yield from walk(entry.url_patterns, route)
            else:
                yield route

    return [route for route in walk(get_resolver().url_patterns, "/") if "<int:application_id>" in route]


def filled(route: str, case: Application) -> str:
    """An address of `case`; other keys are those of no row, which must not matter."""
    route = route.replace("<int:application_id>", str(case.pk)).replace("<str:act>", Act.CONTACT)
    return re.sub(r"<int:\w+>", "1", route).replace("<str:to>", "pdf")


def test_the_walk_knows_the_rooms_addresses() -> None:
    assert len(routes()) >= 6


@pytest.mark.parametrize("route", routes())
def test_another_agencys_application_is_404_at_every_address(at: Office, case: Application, route: str) -> None:
    path = filled(route, case)
    strangers = (
        at.client(roles.Clerk, at.water), at.client(roles.HeadOfOffice, at.government),
        at.client(roles.Supervisor, at.water),
    )
    for stranger in strangers:
        # What needs a permission that a supervisor holds nowhere is refused before it is looked for.
        expected = {403, 404} if stranger is strangers[2] else {404}
        assert stranger.post(path, {"reason": "核对"}).status_code in expected, path
        if stranger.get(path).status_code != 302:  # addresses of acts lead to the page, which is 404
            assert stranger.get(path).status_code in expected, path
    assert not Entry.objects.filter(kind__in=("vault.revealed", "vault.proof_opened")).exists()


@pytest.mark.parametrize("route", routes())
def test_a_contributor_of_another_section_sees_404(at: Office, case: Application, route: str) -> None:
    answer = at.client(roles.Contributor, section=at.funerals).post(filled(route, case), {"reason": "核对"})
    assert answer.status_code in {403, 404}
    page = at.client(roles.Contributor, section=at.funerals).get(f"{BASE}{case.pk}/")
    assert page.status_code == 404
    own = at.client(roles.Contributor, section=at.relief).get(f"{BASE}{case.pk}/")
    assert own.status_code == 200
    assert case.content in text(own)


def test_who_has_no_business_here_is_refused(at: Office, case: Application) -> None:
    manager = at.client(roles.SystemAdministrator, at.government)
    assert manager.get(BASE).status_code == 403
    assert manager.get(f"{BASE}{case.pk}/").status_code == 403


def test_a_supervisor_sees_but_neither_acts_nor_reveals(at: Office, case: Application) -> None:
    supervisor = at.client(roles.Supervisor, at.government)
    page = supervisor.get(f"{BASE}{case.pk}/")
    assert page.status_code == 200
    shown = text(page)
    assert case.subject in shown
    assert "申请原文只有办理的人看得到" in shown
    assert "现在没有您要办的" in shown
    for act in BY_ACT:
        assert supervisor.get(f"{BASE}{case.pk}/acts/{act}/").status_code == 403, act
        assert supervisor.post(f"{BASE}{case.pk}/acts/{act}/", {}).status_code == 403, act
    assert supervisor.post(f"{BASE}{case.pk}/identity/", {"reason": "看看是谁"}).status_code == 403
    assert supervisor.get(f"{BASE}new/").status_code == 403
    assert supervisor.get(f"{BASE}hand-over/").status_code == 403


def test_every_act_has_its_form() -> None:
    assert set(BY_ACT) == {act.value for act in Act} | {MEND}


@pytest.mark.parametrize("act", sorted(BY_ACT))
def test_every_form_opens_for_whoever_may(at: Office, case: Application, act: str) -> None:
    """Also where the act is not lawful now: then the page says why."""
    client = at.client(roles.HeadOfOffice if act != Act.SIGN else roles.Signatory)
    page = client.get(f"{BASE}{case.pk}/acts/{act}/")
    assert page.status_code == 200
    assert 'name="seen" value="' in page.content.decode()


def test_an_act_that_is_not_lawful_now_is_shown_closed_with_its_reason(at: Office, case: Application) -> None:
    actions.consult(
        by=at.actor(roles.Clerk), application=case, kind="co_maker", party="青澜县财政局", about="分配方案",
        sent_on=makers.ON, at=NOW,
    )
    page = at.client(roles.Clerk).get(f"{BASE}{case.pk}/").content.decode()
    assert re.search(r"<button[^>]+disabled[^>]*>拟答复</button>", page)
    assert "征求的意见还没有全部收到" in page
    assert re.search(r'button-primary"[^>]*href="[^"]+acts/opinion/"', page)


def test_a_form_opened_out_of_its_time_says_why_and_cannot_be_sent(at: Office, case: Application) -> None:
    page = at.client(roles.Clerk).get(f"{BASE}{case.pk}/acts/archive/")
    assert "现在是“办理中”，不能归档" in text(page)
    assert re.search(r"<button[^>]+disabled>\s*归档", page.content.decode())
    answer = at.client(roles.Clerk).post(f"{BASE}{case.pk}/acts/archive/", {"on": "2026-03-05"})
    assert answer.status_code == 400
    assert Application.objects.get(pk=case.pk).state == State.ASSIGNED


def test_before_reasons_are_asked_the_count_is_shown(at: Office, case: Application) -> None:
    assert "申请数量" in text(at.client(roles.Clerk).get(f"{BASE}{case.pk}/acts/ask_reasons/"))
    assert "先要求申请人说明理由" in text(at.client(roles.Clerk).get(f"{BASE}{case.pk}/"))


def test_an_unknown_act_is_404(at: Office, case: Application) -> None:
    assert at.client(roles.Clerk).get(f"{BASE}{case.pk}/acts/burn/").status_code == 404


def test_a_refusal_comes_back_with_what_was_typed(at: Office, case: Application) -> None:
    path = f"{BASE}{case.pk}/acts/propose_extension/"
    answer = at.client(roles.Clerk).post(path, {"days": 20, "reason": "档案在库房", "on": "2026-03-01", "seen": 1})
    assert answer.status_code == 400
    assert "档案在库房" in answer.content.decode()
    assert "第三十三条" in text(answer)
    assert not case.extensions.exists()


def test_what_a_colleague_did_meanwhile_is_said(at: Office, case: Application) -> None:
    path = f"{BASE}{case.pk}/acts/hand_over/"
    client, to = at.client(roles.Clerk), at.person(roles.HeadOfOffice)
    page = client.get(path).content.decode()
    seen = re.search(r'name="seen" value="(\d+)"', page)[1]  # type: ignore[index]
    actions.propose_extension(
        by=at.actor(roles.Clerk), application=case, days=5, reason="调阅档案", on=makers.ON, at=NOW,
    )
    answer = client.post(path, {"to": to.pk, "reason": "请假", "seen": seen})
    assert answer.status_code == 400
    assert "已有同事办理了这件申请" in text(answer)
    assert "请假" in answer.content.decode()
    assert "提请延长 5 个工作日" in text(client.get(f"{BASE}{case.pk}/"))


@pytest.mark.parametrize(("typed", "kept"), [
    ("2026-03-05", date(2026, 3, 5)), ("2026年3月5日", date(2026, 3, 5)), ("20260305", date(2026, 3, 5)),
    ("2026.3.5", date(2026, 3, 5)),
])
def test_a_day_may_be_typed_as_offices_write_it(at: Office, typed: str, kept: date) -> None:
    case = makers.registered(at.civil, channel="letter")
    answer = at.client(roles.Clerk).post(f"{BASE}{case.pk}/acts/confirm/", {"on": typed, "how": "phone"})
    assert answer.status_code == 302
    assert Application.objects.get(pk=case.pk).confirmed_on == kept


@pytest.mark.parametrize("typed", ["2026年2月30日", "昨天", "2026-13-01"])
def test_what_no_calendar_has_is_said_at_its_field(at: Office, typed: str) -> None:
    case = makers.registered(at.civil, channel="letter")
    answer = at.client(roles.Clerk).post(f"{BASE}{case.pk}/acts/confirm/", {"on": typed, "how": "phone"})
    assert answer.status_code == 400
    assert "这里应填一个日期" in text(answer)


def test_a_form_says_what_it_will_do_to_the_clock(at: Office, case: Application) -> None:
    path = f"{BASE}{case.pk}/acts/propose_extension/"
    assert case.due_on == date(2026, 4, 1)
    assert "2026-04-30" in text(at.client(roles.Clerk).get(path))
    assert "2026-04-09" in text(at.client(roles.Clerk).get(f"{path}?days=5"))
    nonsense = at.client(roles.Clerk).get(f"{path}?days=many")
    assert nonsense.status_code == 200


def test_the_clock_explains_itself(at: Office, case: Application) -> None:
    shown = text(at.client(roles.Clerk).get(f"{BASE}{case.pk}/"))
    assert "为什么？" in shown
    assert "还有 19 个工作日" in shown
    assert "第三十三条" in shown


def test_who_asked_is_masked_until_somebody_says_why(at: Office, case: Application) -> None:
    client = at.client(roles.Clerk)
    page = client.get(f"{BASE}{case.pk}/")
    for word in makers.PERSONAL:
        assert word not in page.content.decode()
    assert "欧**" in text(page)
    asked = client.post(f"{BASE}{case.pk}/identity/", {"reason": ""})
    assert asked.status_code == 400
    shown = client.post(f"{BASE}{case.pk}/identity/", {"reason": "电话核对收件地址"})
    assert shown.status_code == 200
    assert makers.PERSON["phone"] in text(shown)
    assert "no-store" in shown.headers["Cache-Control"]
    told = Entry.objects.get(kind="vault.revealed")
    assert "电话核对收件地址" in told.sentence
    assert not any(word in told.sentence for word in makers.PERSONAL)
    after = text(client.get(f"{BASE}{case.pk}/"))
    assert makers.PERSON["phone"] not in after
    assert "电话核对收件地址" in after  # the look stands in the timeline
    assert "电话核对收件地址" not in text(at.client(roles.Supervisor, at.government).get(f"{BASE}{case.pk}/"))


def test_a_reason_with_the_applicant_in_it_is_refused_and_shows_nothing(at: Office, case: Application) -> None:
    answer = at.client(roles.Clerk).post(f"{BASE}{case.pk}/identity/", {"reason": f"给{makers.PERSON['name']}打电话"})
    assert answer.status_code == 400
    assert makers.PERSON["phone"] not in answer.content.decode()
    assert not Entry.objects.filter(kind="vault.revealed").exists()


def test_a_contributor_sees_no_mask_at_all(at: Office, case: Application) -> None:
    client = at.client(roles.Contributor, section=at.relief)
    assert "欧**" not in text(client.get(f"{BASE}{case.pk}/"))
    assert "欧**" not in text(client.get(BASE))


def test_a_proof_of_identity_opens_for_a_reason_and_other_files_at_once(at: Office) -> None:
    case = makers.submitted(at.civil, files=[makers.pdf()])
    actions.attach(
        by=at.actor(roles.Clerk), application=case, use="working", files=[makers.pdf("调阅单.pdf")], at=NOW,
    )
    proof = case.attachments.get(use="identity") if case.attachments.filter(use="identity").exists() else None
    other, client = case.attachments.get(use="working"), at.client(roles.Clerk)
    fetched = client.get(f"{BASE}{case.pk}/files/{other.pk}/")
    assert fetched.content == makers.PDF
    assert fetched.headers["Content-Disposition"].startswith("attachment")
    assert "no-store" in fetched.headers["Cache-Control"]
    assert proof is not None
    path = f"{BASE}{case.pk}/files/{proof.pk}/"
    assert client.get(path).status_code == 302
    assert client.post(path, {"reason": ""}).status_code == 302
    assert client.post(path, {"reason": "核对证件"}).content == makers.PDF
    assert at.client(roles.Supervisor, at.government).get(path).status_code == 404


def counter(at: Office, **more: object) -> dict[str, object]:
    """A form from the counter."""
    return {
        "token": str(uuid.uuid4()), "agency": at.civil.pk, "channel": "in_person", "arrived_on": "2026-03-05",
        "applicant_kind": "natural", "content": makers.CONTENT, "wanted": "paper", "delivery": "post",
        **makers.PERSON, **more,
    }


def test_from_the_counter_to_the_register_once(at: Office) -> None:
    client, form = at.client(roles.Clerk), counter(at)
    for _ in range(2):
        answer = client.post(f"{BASE}new/", form)
        assert answer.status_code == 302
    made = Application.objects.get()
    assert made.state == State.REGISTERED
    assert made.received_on == date(2026, 3, 5)


def test_what_is_alike_is_shown_before_it_is_saved(at: Office, case: Application) -> None:
    client, form = at.client(roles.Clerk), counter(at)
    warned = client.post(f"{BASE}new/", form)
    assert warned.status_code == 200
    assert "还没有保存：有相似的申请" in text(warned)
    assert case.number in text(warned)
    assert Application.objects.count() == 1
    assert makers.PERSON["address"] in warned.content.decode()
    checked = re.search(r'name="checked" value="(\w+)"', warned.content.decode())[1]  # type: ignore[index]
    assert client.post(f"{BASE}new/", form | {"checked": checked}).status_code == 302
    assert Application.objects.count() == 2


def test_an_impossible_day_keeps_the_form(at: Office) -> None:
    answer = at.client(roles.Clerk).post(f"{BASE}new/", counter(at, arrived_on="2026-03-09"))
    assert answer.status_code == 400
    assert makers.CONTENT in answer.content.decode()
    assert Application.objects.count() == 0


def test_nobody_registers_for_another_agency(at: Office) -> None:
    answer = at.client(roles.Clerk).post(f"{BASE}new/", counter(at, agency=at.water.pk))
    assert answer.status_code == 400
    assert Application.objects.count() == 0


def test_an_applicant_without_a_name_is_said_at_the_field(at: Office) -> None:
    answer = at.client(roles.Clerk).post(f"{BASE}new/", counter(at, name=""))
    assert answer.status_code == 400
    assert "没有写申请人是谁" in text(answer)


def test_a_hostile_file_is_refused_by_name(at: Office) -> None:
    form = counter(at) | {"files": [SimpleUploadedFile("照片.exe", b"MZ\x90\x00")]}
    answer = at.client(roles.Clerk).post(f"{BASE}new/", form)
    assert answer.status_code == 400
    assert "照片.exe" in text(answer)
    assert Application.objects.count() == 0


def test_choosing_a_kind_of_answer_keeps_what_was_typed_and_asks_what_it_must_state(
    at: Office, case: Application,
) -> None:
    client, path = at.client(roles.Clerk), f"{BASE}{case.pk}/acts/draft/"
    first = client.get(path)
    assert "第三十六条第四项" in text(first)
    chosen = client.post(path, {"answer_kind": "not_held", "body": "经查找没有", "step": "choose"})
    assert chosen.status_code == 200
    page = chosen.content.decode()
    assert 'name="v_search_scope"' in page
    assert "经查找没有" in page
    assert not case.drafts.exists()
    kept = client.post(path, {"answer_kind": "not_held", "body": "经查找没有", "v_search_terms": "临时救助"})
    assert kept.status_code == 400
    assert 'value="临时救助"' in kept.content.decode()
    assert "没有填写" in text(kept)


def test_passages_withheld_have_lines_of_their_own(at: Office, case: Application) -> None:
    client, path = at.client(roles.Clerk), f"{BASE}{case.pk}/acts/draft/"
    form = {
        "answer_kind": "partial", "body": "事实", "v_reasons": "个人隐私", "v_way": "纸质", "v_time": "随本答复",
        "r_0_what": "身份证号码", "r_0_ground": "refused_third_party",
    }
    more = client.post(path, form | {"r_1_what": "", "step": "more"}).content.decode()
    assert 'name="r_3_what"' in more
    looked = client.post(path, form | {"step": "preview"})
    assert "身份证号码" in text(looked)
    assert not any(word in looked.content.decode() for word in makers.PERSONAL)
    assert client.post(path, form).status_code == 302
    assert case.drafts.get().values["redactions"][0]["what"] == "身份证号码"
    assert 'value="身份证号码"' in client.get(path).content.decode()


def through(at: Office, case: Application) -> None:
    """The rest of the way, each step by whoever it belongs to, through the pages."""
    steps = [
        (at.client(roles.Contributor, section=at.relief), "draft", {
            "answer_kind": "granted", "body": "分配方案见附件。", "v_way": "纸质", "v_time": "随本答复"}),
        (at.client(roles.Clerk), "submit", {}),
        (at.client(roles.Reviewer), "review", {"kind": "secrecy", "verdict": "pass"}),
        (at.client(roles.Reviewer), "review", {"kind": "legal", "verdict": "pass"}),
        (at.client(roles.Signatory), "sign", {"on": "2026-03-05"}),
        (at.client(roles.Clerk), "serve", {"way": "post", "on": "2026-03-05", "proof_number": "XA123"}),
    ]
    for client, act, form in steps:
        answer = client.post(f"{BASE}{case.pk}/acts/{act}/", form)
        assert answer.status_code == 302, (act, text(answer))


@pytest.mark.chinese_font
def test_the_whole_way_through_the_forms(at: Office, case: Application) -> None:
    through(at, case)
    clerk = at.client(roles.Clerk)
    shown = text(clerk.get(f"{BASE}{case.pk}/"))
    assert "已答复" in shown
    assert "通过" in shown
    letter = re.search(rf"{BASE}{case.pk}/letters/\d+/pdf/", clerk.get(f"{BASE}{case.pk}/").content.decode())[0]  # type: ignore[index]
    assert clerk.get(letter).content.startswith(b"%PDF")
    assert clerk.get(letter.replace("/pdf/", "/exe/")).status_code == 404
    assert at.client(roles.Supervisor, at.government).get(letter).status_code == 403
    publish = clerk.get(f"{BASE}{case.pk}/acts/publish_draft/")
    assert "去除结果" in text(publish)
    assert not any(word in publish.content.decode() for word in makers.PERSONAL)
    body = re.search(r"<textarea[^>]*>(.*?)</textarea>", publish.content.decode(), re.DOTALL)[1]  # type: ignore[index]
    typed = f"{unescape(body)}\n申请人{makers.PERSON['name']}，电话{makers.PERSON['phone']}"
    kept = clerk.post(f"{BASE}{case.pk}/acts/publish_draft/", {"title_": "分配方案", "body": typed})
    assert kept.status_code == 302
    made = PublicationDraft.objects.get()
    assert not any(word in made.body for word in makers.PERSONAL)
    assert clerk.post(f"{BASE}{case.pk}/acts/archive/", {"on": "2026-03-05"}).status_code == 302
    assert Application.objects.get(pk=case.pk).state == State.ARCHIVED


def test_a_reviewer_reads_the_draft_where_the_verdict_is_given(at: Office, case: Application) -> None:
    actions.draft_reply(
        by=at.actor(roles.Clerk), application=case, answer_kind="granted", values={"way": "纸质", "time": "随本答复"},
        body="方案已印发各乡镇。", at=NOW,
    )
    actions.submit_for_review(by=at.actor(roles.Clerk), application=case, at=NOW)
    page = at.client(roles.Reviewer).get(f"{BASE}{case.pk}/acts/review/")
    assert "方案已印发各乡镇" in text(page)
    assert "第 1 稿" in text(page)


def test_everything_of_a_person_goes_to_another(at: Office, case: Application) -> None:
    to, clerk = at.person(roles.HeadOfOffice), at.client(roles.HeadOfOffice)
    form = {"agency": at.civil.pk, "person": at.person(roles.Clerk).pk, "to": to.pk, "reason": "产假"}
    assert clerk.post(f"{BASE}hand-over/", form).status_code == 302
    assert Application.objects.get(pk=case.pk).handler == to
    assert "没有可移交的" not in text(clerk.get(f"{BASE}hand-over/"))
    assert clerk.post(f"{BASE}hand-over/", form | {"person": to.pk}).status_code == 400


def test_the_list_keeps_its_filters_and_columns_in_the_address(at: Office, case: Application) -> None:
    makers.registered(at.civil, "申请公开青澜县殡葬服务收费标准的批复。")
    client = at.client(roles.Clerk)
    assert "共 2 件" in text(client.get(BASE))
    found = text(client.get(f"{BASE}?q=殡葬"))
    assert "共 1 件" in found
    assert "殡葬服务" in found
    assert "共 1 件" in text(client.get(f"{BASE}?state=assigned&year=2026&channel=post"))
    assert "没有符合条件的申请" in text(client.get(f"{BASE}?answer_kind=granted"))
    assert "共 2 件" in text(client.get(f"{BASE}?state=no-such&year=x&section=99"))
    narrow = client.get(f"{BASE}?show=channel").content.decode()
    assert ">渠道</th>" in narrow
    assert ">经办人</th>" not in narrow
    assert ">经办人</th>" not in client.get(BASE).content.decode()


@pytest.mark.parametrize("sort", ["", "due_on", "arrived_on", "-closed_on", "number", "nonsense"])
def test_every_order_opens(at: Office, case: Application, sort: str) -> None:
    assert at.client(roles.Clerk).get(f"{BASE}?sort={sort}").status_code == 200


def test_an_empty_register_says_what_it_is_for(at: Office) -> None:
    assert "还没有申请" in text(at.client(roles.Clerk).get(BASE))
    assert f'{BASE}new/"' in at.client(roles.Clerk).get(BASE).content.decode()


def test_questions_to_the_database_do_not_grow_with_the_rows(at: Office, case: Application) -> None:
    client = at.client(roles.Supervisor, at.government)
    clerk = at.client(roles.Clerk)

    def questions() -> list[int]:
        asked = []
        for person, page in ((clerk, BASE), (client, BASE), (clerk, "/desk/"), (client, "/desk/")):
            with CaptureQueriesContext(connection) as found:
                assert person.get(page).status_code == 200
            asked.append(len(found))
        return asked

    # More than the first page of the day shows of a group: from here on it is counted, with one question.
    for where in (at.civil, at.water):
        for n in range(5):
            makers.registered(where, f"申请公开第{n}件材料的全文。")
    questions()
    few = questions()
    for n in range(12):
        makers.registered(at.water if n % 2 else at.civil, f"申请公开第{n}号文件的全文。")
    assert questions() == few
    assert max(few) <= 67


def test_beyond_ten_thousand_the_list_says_so(at: Office, case: Application, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gongkai.applications.views.listing.MOST", 2)
    for n in range(3):
        makers.registered(at.civil, f"申请公开第{n}号文件的全文。")
    assert "2+ 件" in text(at.client(roles.Clerk).get(BASE))
    assert queries.capped_total(Application.objects.all(), 3) == (3, True)
