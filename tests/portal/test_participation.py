"""Writing to an organ, following what was written, reading what was answered for everybody."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests import factories
from tests.publications.makers import Bureau, bureau, published

from gongkai.infra.models import Pressure
from gongkai.ledger.models import Entry
from gongkai.participation.actions import consulting, handling, incoming
from gongkai.participation.models import Consultation, Message
from gongkai.participation.rules import Given
from gongkai.publications.models import Publication

from .conftest import photo

NAME, PHONE = "欧阳测试", "13800138000"
TYPED = {"subject": "养老补贴怎么领", "content": "我父亲八十岁，补贴在哪里申请？", "name": NAME, "phone": PHONE}
QUESTION, REPLY = "高龄补贴在哪里申请？", "到户籍所在社区申请，带身份证明。"


@pytest.fixture
def of(db: None) -> Bureau:
    return bureau("青澜县民政局")


def written(client: Client, of: Bureau, kind: str = "question", query: str = "", **values: object) -> str:
    """The address of the receipt of a message that went in."""
    answer = client.post(
        f"/agencies/{of.where.pk}/write/{kind}/{query}", {"token": str(uuid.uuid4())} | TYPED | values,
    )
    assert answer.status_code == 302, answer.content.decode()
    return answer.headers["Location"]


def answered(of: Bureau, show: bool = True, publication: Publication | None = None) -> Message:
    now = timezone.now()
    message = incoming.send(
        agency=of.where, given=Given("question", TYPED["subject"], TYPED["content"], {"name": NAME, "phone": PHONE}),
        token=uuid.uuid4(), at=now, publication=publication,
    ).message
    handling.draft(by=of.clerk, message=message, outcome="answered", reply=REPLY, at=now)
    handling.release(by=of.reviewer, message=message, at=now)
    if show:
        handling.show(by=of.reviewer, message=message, public_question=QUESTION, public_reply=REPLY, at=now)
    return Message.objects.get(pk=message.pk)


def running(of: Bureau, days: int = 20) -> Consultation:
    about = published(of, kind="consultation", title="青澜县养老服务条例（征求意见稿）").publication
    today = timezone.localdate()
    return consulting.open_consultation(
        by=of.clerk, publication=about, question="补贴标准是否合适", opens_on=today, closes_on=today + timedelta(days),
        at=timezone.now(),
    )


def later(consultation: Consultation, days: int) -> None:
    """As if it had been opened so many days before."""
    Consultation.objects.filter(pk=consultation.pk).update(
        opens_on=consultation.opens_on - timedelta(days), closes_on=consultation.closes_on - timedelta(days),
    )


def test_a_question_is_received_with_number_code_and_last_day(client: Client, of: Bureau) -> None:
    here = f"/agencies/{of.where.pk}"
    assert f"{here}/write/question/" in client.get(f"{here}/exchange/").content.decode()
    receipt = client.get(written(client, of))
    page, message = receipt.content.decode(), Message.objects.get()
    assert message.number in page
    assert receipt.context["code"] in page
    assert message.due_on.isoformat() in page
    assert NAME not in page
    assert "no-store" in receipt.headers["Cache-Control"]
    told = " ".join(entry.payload for entry in Entry.objects.all())
    assert NAME not in told
    assert PHONE not in told


def test_without_a_name_it_is_taken_too(client: Client, of: Bureau) -> None:
    written(client, of, name="", phone="")
    assert Message.objects.get().sender_mask == ""


def test_the_same_form_twice_is_one_message_with_one_receipt(client: Client, of: Bureau) -> None:
    token = str(uuid.uuid4())
    first, again = (written(client, of, token=token) for _ in range(2))
    assert first == again
    changed = client.post(
        f"/agencies/{of.where.pk}/write/question/", TYPED | {"token": token, "content": "改了"}, follow=True,
    )
    assert "没有收下" in changed.content.decode()
    assert Message.objects.get().content == TYPED["content"]


def test_what_is_missing_is_said_and_what_was_typed_stays(client: Client, of: Bureau) -> None:
    at = f"/agencies/{of.where.pk}/write/question/"
    answer = client.post(at, TYPED | {"token": str(uuid.uuid4()), "subject": "", "phone": "12"})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "请填写标题" in page
    assert "至少 7 位" in page
    assert TYPED["content"] in page
    assert not Message.objects.exists()
    assert client.get(f"/agencies/{of.where.pk}/write/comment/").status_code == 404
    assert client.get(f"/agencies/{of.where.pk}/write/nothing/").status_code == 404


def test_a_correction_needs_proof_and_keeps_it_while_another_field_is_wrong(client: Client, of: Bureau) -> None:
    at, token = f"/agencies/{of.where.pk}/write/correction/", str(uuid.uuid4())
    typed = TYPED | {"token": token, "record": "低保公示名单第3行"}
    assert "第四十一条" in client.post(at, typed).content.decode()
    kept = client.post(at, typed | {"subject": "", "proofs": photo("证明.jpg")})
    assert "证明.jpg" in kept.content.decode()
    whole = client.post(at, typed)
    assert whole.status_code == 302
    assert Message.objects.get().files.get().name == "证明.jpg"
    whole = client.post(at, typed | {"token": str(uuid.uuid4()), "name": "", "proofs": photo()})
    assert whole.status_code == 400


def test_a_kept_file_can_be_dropped(client: Client, of: Bureau) -> None:
    at, token = f"/agencies/{of.where.pk}/write/correction/", str(uuid.uuid4())
    typed = TYPED | {"token": token, "record": "第3行", "subject": ""}
    kept = client.post(at, typed | {"proofs": photo("错的.jpg")})
    page = client.post(at, typed | {"drop": kept.context["letter"].files[0]["file"]}).content.decode()
    assert "错的.jpg" not in page
    assert TYPED["content"] in page


def test_a_receipt_is_for_the_session_that_sent_it(client: Client, of: Bureau) -> None:
    receipt = written(client, of)
    assert Client().get(receipt).headers["Location"] == f"/agencies/{of.where.pk}/exchange/"
    other = bureau_beside(of)
    assert client.get(receipt.replace(f"/{of.where.pk}/", f"/{other}/")).status_code == 302


def bureau_beside(of: Bureau) -> int:
    return factories.agency("青澜县水务局", of.county).pk


def test_following_and_taking_back(client: Client, of: Bureau) -> None:
    code = client.get(written(client, of)).context["code"]
    message, visitor = Message.objects.get(), Client()
    at = visitor.post("/track/", {"number": message.number, "code": code.lower()})
    assert at.headers["Location"] == "/track/message/"
    page = visitor.get("/track/message/")
    assert message.due_on.isoformat() in page.content.decode()
    assert NAME not in page.content.decode()
    assert "no-store" in page.headers["Cache-Control"]
    assert visitor.get("/track/message/withdraw/").status_code == 302
    message.refresh_from_db()
    assert message.state == "received"
    visitor.post("/track/message/withdraw/")
    message.refresh_from_db()
    assert message.state == "closed"
    assert "来信人撤回" in visitor.get("/track/message/").content.decode()
    assert "不能撤回" in visitor.post("/track/message/withdraw/", follow=True).content.decode()
    visitor.post("/track/message/close/")
    assert visitor.get("/track/message/").headers["Location"] == "/track/"


def test_the_reply_is_read_with_the_code_alone(client: Client, of: Bureau) -> None:
    message = answered(of, show=False)
    assert REPLY not in client.get("/questions/").content.decode()
    from gongkai.participation import codes

    client.post("/track/", {"number": message.number, "code": codes.code_for(message)})
    assert REPLY in client.get("/track/message/").content.decode()


def test_a_wrong_pair_does_not_tell_which_was_wrong_and_slows_down(
    client: Client, of: Bureau, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("gongkai.infra.slowly.time.sleep", lambda seconds: None)
    code = client.get(written(client, of)).context["code"]
    number = Message.objects.get().number
    answers = [client.post("/track/", pair) for pair in (
        {"number": number, "code": "AAAA-BBBB-CCCC"}, {"number": "咨2026-9999", "code": code})]
    assert [answer.status_code for answer in answers] == [404, 404]
    said = [answer.content.decode().split("summary-errors")[1].split("</div>")[0] for answer in answers]
    assert said[0] == said[1]
    assert Pressure.objects.filter(lane="guess-source").exists()
    for _ in range(12):
        late = client.post("/track/", {"number": number, "code": "AAAA-BBBB-CCCC"})
    assert late.status_code == 503


def test_a_flood_waits_and_loses_nothing(client: Client, of: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    from gongkai.portal import lanes

    monkeypatch.setattr(lanes, "WRITE", lanes.Lane("write", free=1, spacing=30.0, longest=300.0))
    written(client, of)
    at = f"/agencies/{of.where.pk}/write/question/"
    busy = client.post(at, TYPED | {"token": str(uuid.uuid4())})
    assert busy.status_code == 503
    assert TYPED["content"] in busy.content.decode()
    assert "ticket" in busy.content.decode()


def test_questions_are_found_by_word_and_organ_and_show_nobody(client: Client, of: Bureau) -> None:
    about = published(of).publication
    answered(of, publication=about)
    for address in ("/questions/", "/questions/?q=社区", f"/questions/?agency={of.where.pk}", "/exchange/",
                    f"/agencies/{of.where.pk}/exchange/"):
        page = client.get(address).content.decode()
        assert QUESTION in page
        assert f"/documents/{about.pk}/" in page
        assert NAME not in page
        assert TYPED["content"] not in page
    for address in ("/questions/?q=没有这个词", f"/questions/?agency={of.county.pk}"):
        assert QUESTION not in client.get(address).content.decode()
    assert client.get("/questions/?agency=x&page=y").status_code == 200


def test_taken_down_it_is_gone_at_once(client: Client, of: Bureau) -> None:
    message = answered(of)
    assert QUESTION in client.get("/questions/").content.decode()
    handling.hide(by=of.clerk, message=message, at=timezone.now())
    for address in ("/questions/", "/exchange/", f"/agencies/{of.where.pk}/exchange/"):
        assert QUESTION not in client.get(address).content.decode()


def test_a_document_that_was_withdrawn_is_not_named_beside_its_question(client: Client, of: Bureau) -> None:
    from gongkai.publications import actions

    about = published(of).publication
    answered(of, publication=about)
    actions.withdraw(by=of.clerk, publication=about, kind="privacy", note="", at=timezone.now())
    page = client.get("/questions/").content.decode()
    assert QUESTION in page
    assert about.title not in page


def test_a_consultation_takes_comments_while_it_runs(client: Client, of: Bureau) -> None:
    shown = running(of)
    assert shown.publication.title in client.get("/consultations/?when=running").content.decode()
    assert f"/consultations/{shown.pk}/comment/" in client.get(f"/consultations/{shown.pk}/").content.decode()
    answer = client.post(f"/consultations/{shown.pk}/comment/", TYPED | {"token": str(uuid.uuid4())}, follow=True)
    assert shown.closes_on.isoformat() in answer.content.decode()
    assert Message.objects.get().consultation == shown
    later(shown, 30)
    assert client.get(f"/consultations/{shown.pk}/comment/").status_code == 302
    assert client.post(f"/consultations/{shown.pk}/comment/", TYPED | {"token": str(uuid.uuid4())}).status_code == 302
    assert Message.objects.count() == 1


def test_an_ended_consultation_counts_what_became_of_the_comments(client: Client, of: Bureau) -> None:
    shown = running(of)
    client.post(f"/consultations/{shown.pk}/comment/", TYPED | {"token": str(uuid.uuid4())})
    later(shown, 30)
    message, now = Message.objects.get(), timezone.now()
    from gongkai.infra import stamp

    stamp.bump()
    assert "还在研究" in client.get(f"/consultations/{shown.pk}/").content.decode()
    handling.draft(by=of.clerk, message=message, outcome="adopted", reply="已采纳。", at=now)
    handling.release(by=of.reviewer, message=message, at=now)
    handling.show(
        by=of.reviewer, message=message, public_question="建议提高标准", public_reply="已写入第八条。", at=now,
    )
    summary = published(of, title="征求意见采纳情况").publication
    consulting.summarise(by=of.clerk, consultation=shown, summary=summary, at=now)
    page = client.get(f"/consultations/{shown.pk}/").content.decode()
    assert "已写入第八条。" in page
    assert f"/documents/{summary.pk}/" in page
    assert "还在研究" not in page
    assert TYPED["content"] not in page


def test_a_draft_that_is_withdrawn_or_cancelled_asks_nobody(client: Client, of: Bureau) -> None:
    shown = running(of)
    consulting.cancel(by=of.clerk, consultation=shown, at=timezone.now())
    assert client.get(f"/consultations/{shown.pk}/").status_code == 404
    assert client.get(f"/consultations/{shown.pk}/comment/").status_code == 404


def test_pages_with_a_form_are_kept_nowhere(client: Client, of: Bureau) -> None:
    from gongkai.portal.keeping import STORE

    consultation = running(of)
    STORE.clear()
    for address in (
        f"/agencies/{of.where.pk}/write/question/", f"/consultations/{consultation.pk}/comment/", "/track/",
    ):
        first, second = (Client().get(address) for _ in range(2))
        assert "no-store" in first.headers["Cache-Control"]
        assert "ETag" not in first.headers
        tokens = [answer.cookies["csrftoken"].value for answer in (first, second)]
        assert tokens[0] != tokens[1]
    assert "csrf" not in Client().get("/exchange/").content.decode()


def test_a_document_and_a_search_in_vain_lead_here(client: Client, of: Bureau) -> None:
    about = published(of).publication
    page = client.get(f"/documents/{about.pk}/").content.decode()
    ask = f"/agencies/{of.where.pk}/write/question/?about={about.pk}"
    assert ask in page
    assert f"/agencies/{of.where.pk}/write/correction/?about={about.pk}" in page
    assert about.title in client.get(ask).content.decode()
    written(client, of, query=f"?about={about.pk}")
    assert Message.objects.get().publication == about
    answer = client.post("/search/apply/", {"words": "加装电梯", "agency": of.where.pk, "suggest": "1"}, follow=True)
    assert answer.redirect_chain == [(f"/agencies/{of.where.pk}/write/suggestion/", 302)]
    assert 'value="加装电梯"' in answer.content.decode()


def test_an_organ_that_is_gone_sends_on(client: Client, of: Bureau) -> None:
    from gongkai.agencies import actions as agencies

    heir = factories.agency("青澜县民政和社会保障局", of.county)
    today, now = timezone.localdate(), timezone.now()
    agencies.abolish(by=factories.SYSTEM, agency=of.where, on=today, successors=[heir], at=now)
    page = client.get(f"/agencies/{of.where.pk}/write/question/").content.decode()
    assert heir.name in page
    assert "<textarea" not in page


def test_the_number_of_queries_does_not_grow(client: Client, of: Bureau, django_assert_max_num_queries) -> None:
    from gongkai.portal.keeping import STORE

    for _ in range(12):
        message = answered(of)
    assert message.shown_at
    for address, most in (("/questions/", 6), ("/exchange/", 8), (f"/agencies/{of.where.pk}/exchange/", 14)):
        STORE.clear()
        with django_assert_max_num_queries(most):
            client.get(address)


def test_a_draft_for_comment_leads_to_its_consultation(client: Client, of: Bureau) -> None:
    about = published(of, kind="consultation").publication
    assert "/consultations/" not in client.get(f"/documents/{about.pk}/").content.decode()
    today = timezone.localdate()
    shown = consulting.open_consultation(
        by=of.clerk, publication=about, question="补贴标准是否合适", opens_on=today, closes_on=today + timedelta(20),
        at=timezone.now(),
    )
    assert f"/consultations/{shown.pk}/" in client.get(f"/documents/{about.pk}/").content.decode()
    consulting.cancel(by=of.clerk, consultation=shown, at=timezone.now())
    assert "/consultations/" not in client.get(f"/documents/{about.pk}/").content.decode()
