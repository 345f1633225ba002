"""The public form: nothing typed is lost, nothing is sent twice, nothing personal lies open."""

from __future__ import annotations

import os
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as live
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.utils import timezone
from tests import factories

from gongkai.agencies import actions as agencies
from gongkai.agencies.models import Agency
from gongkai.annual_reports import actions as annual
from gongkai.applications.models import Application, Attachment
from gongkai.infra import slowly
from gongkai.portal import lanes, receipts, tasks
from gongkai.vault.queries import masked, open_file

from .conftest import CONTENT, FORM, JPG, PERSONAL, begun, described, filled, photo, sent

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _never_sleep(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slowly.time, "sleep", lambda _seconds: None)


def test_from_the_first_word_to_the_receipt(client: Client, bureau: Agency) -> None:
    number, code = sent(client, bureau)
    made = Application.objects.get()
    assert (made.number, made.state, made.channel, made.content) == (number, "received", "online", CONTENT)
    assert masked(made.identity)["name"] == "赵**"
    (proof,) = Attachment.objects.all()
    assert (proof.use, proof.name, open_file(proof.sealed_file)) == ("identity", "身份证.jpg", JPG)
    assert re.fullmatch(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){2}", code)


def test_the_receipt_stays_on_refresh_and_belongs_to_one_visitor(client: Client, bureau: Agency) -> None:
    at = filled(client, bureau)
    client.post(f"{at}send/")
    page = client.get(f"{at}received/").content.decode()
    number = Application.objects.get().number
    assert number in page
    assert client.get(f"{at}received/").status_code == 200
    stranger = Client().get(f"{at}received/")
    assert stranger.status_code == 302
    assert stranger.headers["Location"] == f"/agencies/{bureau.pk}/apply/"


def test_sent_twice_and_back_and_again_it_is_one(client: Client, bureau: Agency) -> None:
    at = filled(client, bureau)
    answers = [client.post(f"{at}send/") for _ in range(3)]
    assert {answer.headers["Location"] for answer in answers} == {f"{at}received/"}
    assert client.get(at).headers["Location"] == f"{at}received/"
    assert client.post(at, FORM | {"content": "另一件"}).headers["Location"] == f"{at}received/"
    assert client.get(f"{at}send/").status_code == 302
    assert Application.objects.count() == 1


def test_a_lost_answer_is_retried_with_the_same_token(
    client: Client, bureau: Agency, monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The process dies after the commit, before the visitor's session knows: the retry finds the same application."""
    at = filled(client, bureau)
    real = receipts.hand_in

    def dies(*args: object, **kwargs: object) -> Application:
        real(*args, **kwargs)  # type: ignore[arg-type]
        raise KeyboardInterrupt

    monkeypatch.setattr(receipts, "hand_in", dies)
    with pytest.raises(KeyboardInterrupt):
        client.post(f"{at}send/")
    monkeypatch.setattr(receipts, "hand_in", real)
    page = client.post(f"{at}send/", follow=True)
    assert Application.objects.count() == 1
    assert Application.objects.get().number in page.content.decode()


NOT_CHANGED = "后来改动的内容没有收下"


def test_what_is_changed_after_sending_is_said_not_to_be_received(client: Client, bureau: Agency) -> None:
    at = filled(client, bureau)
    client.post(f"{at}send/")
    same = client.post(at, FORM, follow=True).content.decode()  # Back, and sent as it was
    changed = client.post(at, FORM | {"content": "改过的另一件事"}, follow=True).content.decode()
    seen_once = client.get(f"{at}received/").content.decode()
    assert [NOT_CHANGED in page for page in (same, changed, seen_once)] == [False, True, False]
    assert Application.objects.get().content == CONTENT


def test_changed_after_a_lost_answer_it_is_said_not_to_be_received(client: Client, bureau: Agency) -> None:
    """Sent; the session is over; the page that is still open is changed and sent once more."""
    at = filled(client, bureau)
    token = client.get(at).context["draft"].token
    client.post(f"{at}send/")
    form = FORM | {"token": token, "proof_later": "on"}
    for content, told in ((CONTENT, False), ("改过的另一件事", True)):
        later = Client()
        answer = later.post(at, form | {"content": content})
        here = answer.headers["Location"].removesuffix("review/")
        assert (NOT_CHANGED in later.post(f"{here}send/", follow=True).content.decode()) is told
    assert Application.objects.get().content == CONTENT


def test_a_form_that_went_to_another_organ_is_no_receipt_here(client: Client, bureau: Agency, county: Agency) -> None:
    described(county, channels=["online"])
    at = filled(client, bureau)
    token = client.get(at).context["draft"].token
    client.post(f"{at}send/")
    elsewhere = Client()
    there = at.replace(f"/{bureau.pk}/", f"/{county.pk}/")
    answer = elsewhere.post(there, FORM | {"token": token, "proof_later": "on"})
    here = answer.headers["Location"].removesuffix("review/")
    refused = elsewhere.post(f"{here}send/", follow=True)
    assert refused.status_code == 400
    assert "向另一个机关提交过" in refused.content.decode()
    assert Application.objects.get().number not in refused.content.decode()


def test_a_wrong_field_keeps_the_text_and_the_file(client: Client, bureau: Agency) -> None:
    at = begun(client, bureau)
    answer = client.post(at, FORM | {"id_number": "110105194912310021", "phone": "", "proofs": photo()})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "赵晓梅" in page
    assert 'href="#id_id_number"' in page
    assert 'href="#id_phone"' in page
    assert "身份证.jpg" in page
    again = client.post(at, FORM)  # without the file: it is kept
    assert again.headers["Location"] == f"{at}review/"
    client.post(f"{at}send/")
    assert [a.name for a in Attachment.objects.all()] == ["身份证.jpg"]


@pytest.mark.parametrize(("name", "data", "words"), [
    ("木马.jpg", b"MZ" + b"0" * 300, "是程序"),
    ("网页.jpg", b"<html><script>alert(1)</script>", "网页"),
    ("空.jpg", b"", "是空的"),
    ("乱.bin", b"\x00\x01\x02" * 50, "认不出"),
])
def test_a_bad_file_is_refused_by_name_and_costs_no_good_one(
    client: Client, bureau: Agency, name: str, data: bytes, words: str,
) -> None:
    at = begun(client, bureau)
    answer = client.post(at, FORM | {"proofs": [photo("好.jpg"), SimpleUploadedFile(name, data)]})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert name in page
    assert words in page
    assert "赵晓梅" in page
    assert client.post(at, FORM).status_code == 302
    client.post(f"{at}send/")
    assert [a.name for a in Attachment.objects.all()] == ["好.jpg"]


def test_a_file_past_the_limit_is_forgotten_while_it_arrives(client: Client, bureau: Agency, settings: object) -> None:
    settings.GONGKAI_APPLICATION_FILE_BYTES = 100_000  # type: ignore[attr-defined]
    at = begun(client, bureau)
    answer = client.post(at, FORM | {"proofs": [photo("大.jpg", JPG + b"0" * 400_000), photo("小.jpg")]})
    page = answer.content.decode()
    assert "大.jpg" in page
    assert "超过" in page
    assert "小.jpg" in page
    assert "赵晓梅" in page


def test_a_request_past_all_limits_is_told_without_being_read(client: Client, bureau: Agency) -> None:
    at = begun(client, bureau)
    answer = client.post(at, FORM, headers={"content-length": str(900 * 1024 * 1024)})
    assert answer.status_code == 413
    assert "文件太大" in answer.content.decode()
    assert CONTENT in client.get(at).content.decode()


def test_too_much_text_is_told_and_kept(client: Client, bureau: Agency) -> None:
    at = begun(client, bureau)
    long = "水" * 20_001
    page = client.post(at, FORM | {"content": long, "proofs": photo()}).content.decode()
    assert long in page
    assert "身份证.jpg" in page


def test_a_kept_file_can_be_dropped(client: Client, bureau: Agency) -> None:
    at = begun(client, bureau)
    client.post(at, FORM | {"phone": "", "proofs": photo()})
    (entry,) = client.get(at).context["draft"].files
    client.post(at, FORM | {"drop": entry["file"]})
    assert client.get(at).context["draft"].files == []
    assert [path for path in drafts_folder().rglob("*") if path.is_file()] == []


def drafts_folder() -> Path:
    return Path(live.GONGKAI_DATA) / "drafts"


def test_nothing_personal_lies_open_while_the_form_is_unfinished(client: Client, bureau: Agency) -> None:
    at = filled(client, bureau)
    with connection.cursor() as cursor:
        cursor.execute("SELECT session_data FROM django_session")
        sessions = "".join(row[0] for row in cursor.fetchall())
    opened = str([session.get_decoded() for session in Session.objects.all()])
    files = b"".join(path.read_bytes() for path in drafts_folder().rglob("*") if path.is_file())
    for word in (*PERSONAL, CONTENT):
        assert word not in sessions
        assert word not in opened
        assert word.encode() not in files
    assert JPG[:64] not in files
    assert len(files) > len(JPG)
    client.post(f"{at}send/")
    assert [path for path in drafts_folder().rglob("*") if path.is_file()] == []


def test_the_review_masks_the_person_and_nothing_may_be_cached(client: Client, bureau: Agency) -> None:
    at = filled(client, bureau)
    answer = client.get(f"{at}review/")
    page = answer.content.decode()
    assert CONTENT in page
    for word in PERSONAL:
        assert word not in page
    assert "no-store" in answer.headers["Cache-Control"]


def test_an_unfinished_form_cannot_be_sent(client: Client, bureau: Agency) -> None:
    at = begun(client, bureau)
    assert client.post(f"{at}send/").headers["Location"] == at
    assert client.get(f"{at}review/").headers["Location"] == at
    assert Application.objects.count() == 0


def test_when_the_session_is_over_the_page_brings_its_text_and_its_token(client: Client, bureau: Agency) -> None:
    at = begun(client, bureau)
    token = client.get(at).context["draft"].token
    other = Client()
    answer = other.post(at, FORM | {"token": token, "proofs": photo()}, follow=True)
    assert answer.redirect_chain[-1][0].endswith("/review/")
    other.post(answer.redirect_chain[-1][0].replace("/review/", "/send/"))
    assert Application.objects.get().token == token


def test_a_stale_form_is_sent_again_with_one_button(bureau: Agency) -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(f"/agencies/{bureau.pk}/apply/", {"content": CONTENT, "features": "甲"})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert f'name="content" value="{CONTENT}"' in page
    fresh = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert fresh is not None
    again = strict.post(
        f"/agencies/{bureau.pk}/apply/", {"content": CONTENT, "features": "甲", "csrfmiddlewaretoken": fresh[1]},
    )
    assert again.status_code == 302
    multipart = strict.post(again.headers["Location"], FORM | {"proofs": photo()})
    assert multipart.status_code == 403
    assert "赵晓梅" in multipart.content.decode()
    assert "重新选择" in multipart.content.decode()


def test_a_stale_form_of_the_desk_is_never_offered_again() -> None:
    answer = Client(enforce_csrf_checks=True).post("/accounts/login/", {"login": "a", "password": "secret-1949"})
    assert "secret-1949" not in answer.content.decode()


def test_a_planted_flood_slows_and_drops_nobody(
    client: Client, bureau: Agency, monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Forty applications from one address at once, then a lawful one: sent away with its text and a ticket, and let in
    with it when its turn has come; a stranger elsewhere does not notice."""
    at = filled(client, bureau)
    key = slowly.source(client.get("/").wsgi_request)
    for _ in range(40):
        slowly.press(lanes.APPLY, key, at=timezone.now())
    busy = client.post(f"{at}send/", {"token": "x"})
    assert busy.status_code == 503
    assert int(busy.headers["Retry-After"]) > 4
    ticket = re.search(r'name="ticket" value="([^"]+)"', busy.content.decode())
    assert ticket is not None
    assert Application.objects.count() == 0
    other = Client(REMOTE_ADDR="203.0.113.9")
    sent(other, bureau)
    later = timezone.now() + timedelta(seconds=int(busy.headers["Retry-After"]) + 1)
    monkeypatch.setattr("gongkai.portal.views.applying.timezone.now", lambda: later)
    assert client.post(f"{at}send/", {"ticket": ticket[1]}).headers["Location"] == f"{at}received/"
    assert Application.objects.count() == 2


def test_what_is_public_already_is_shown_and_stands_in_nobodys_way(client: Client, bureau: Agency) -> None:
    civil = factories.agency("青澜县民政局", bureau.parent)
    annual.publish(by=factories.SYSTEM, report=factories.filed(factories.SYSTEM, bureau), at=factories.AT)
    answer = client.post(f"/agencies/{bureau.pk}/apply/", {
        "content": "请提供贵局2023年度报告和青澜县民政局的办公地址", "features": "",
    }, follow=True)
    page = answer.content.decode()
    assert answer.redirect_chain[-1][0].endswith("/found/")
    assert "2023 年度报告" in page
    assert f'action="/agencies/{civil.pk}/apply/"' in page
    assert "/guide/" in page
    at = answer.redirect_chain[-1][0].removesuffix("found/")
    assert client.post(at, FORM | {"proofs": photo()}).status_code == 302


def test_an_organ_that_closed_the_channel_tells_the_ways_that_are_open(client: Client, county: Agency) -> None:
    described(county, channels=[])
    page = client.get(f"/agencies/{county.pk}/apply/").content.decode()
    assert "没有开通网上申请" in page
    silent = factories.agency("青澜县民政局", county)
    assert "需要什么信息" in client.get(f"/agencies/{silent.pk}/apply/").content.decode()


def test_an_organ_that_is_no_more_names_its_heirs(client: Client, bureau: Agency) -> None:
    heir = factories.agency("青澜县水务局", bureau.parent)
    agencies.abolish(by=factories.SYSTEM, agency=bureau, on=factories.ON, at=factories.AT, successors=[heir])
    page = client.get(f"/agencies/{bureau.pk}/apply/").content.decode()
    assert f'href="/agencies/{heir.pk}/apply/"' in page
    assert "textarea" not in page


def test_a_refusal_of_the_action_keeps_the_draft(
    client: Client, bureau: Agency, settings: object,
) -> None:
    at = filled(client, bureau)
    settings.GONGKAI_APPLICATION_FILE_BYTES = 100  # type: ignore[attr-defined]  # lowered after the file was kept
    answer = client.post(f"{at}send/")
    assert answer.status_code == 400
    assert "身份证.jpg" in answer.content.decode()
    settings.GONGKAI_APPLICATION_FILE_BYTES = 10_000  # type: ignore[attr-defined]
    assert client.post(f"{at}send/").headers["Location"] == f"{at}received/"


def test_clearing_leaves_nothing(client: Client, bureau: Agency) -> None:
    at = filled(client, bureau)
    client.post(f"{at}forget/")
    assert client.get(at).headers["Location"] == f"/agencies/{bureau.pk}/apply/"
    assert [path for path in drafts_folder().rglob("*") if path.is_file()] == []


def test_what_nobody_finished_is_cleared_after_a_day(
    client: Client, bureau: Agency, monkeypatch: pytest.MonkeyPatch,
) -> None:
    at = filled(client, bureau)
    monkeypatch.setattr(tasks, "_last", [])
    tasks.forget_unfinished()
    assert [path for path in drafts_folder().rglob("*") if path.is_file()]
    (folder,) = drafts_folder().iterdir()
    os.utime(folder, (0, 0))
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    tasks.forget_unfinished()  # not again so soon
    assert folder.exists()
    monkeypatch.setattr(tasks, "_last", [])
    tasks.forget_unfinished()
    assert not folder.exists()
    assert not Session.objects.exists()
    assert client.get(at).status_code == 302


@pytest.mark.parametrize(("values", "field"), [
    ({"kind": "business", "organisation": "", "contact_name": "李"}, "organisation"),
    ({"kind": "business", "organisation": "青澜县某公司", "contact_name": ""}, "contact_name"),
    ({"delivery": "post", "address": ""}, "address"), ({"delivery": "email", "email": ""}, "email"),
    ({"delivery": "fax", "fax": ""}, "fax"), ({"postcode": "12"}, "postcode"), ({"phone": "123"}, "phone"),
    ({"kind": "nobody"}, "kind"), ({"content": " "}, "content"), ({"name": ""}, "name"),
])
def test_what_is_missing_is_told_at_its_field(
    client: Client, bureau: Agency, values: dict[str, str], field: str,
) -> None:
    at = begun(client, bureau)
    answer = client.post(at, FORM | {"proofs": photo()} | values)
    assert answer.status_code == 400
    assert list(answer.context["form"].errors) == [field]


def test_an_organisation_applies(client: Client, bureau: Agency) -> None:
    sent(client, bureau, kind="legal", organisation="青澜县公义律师事务所", contact_name="周明", name="不该留下")
    made = Application.objects.get()
    assert made.applicant_kind == "legal"
    assert set(masked(made.identity)) == {"organisation", "contact_name", "phone", "address"}


def test_without_a_proof_one_may_say_that_it_follows(client: Client, bureau: Agency) -> None:
    at = begun(client, bureau)
    assert client.post(at, FORM).status_code == 400
    assert client.post(at, FORM | {"proof_later": "on"}).status_code == 302
    client.post(f"{at}send/")
    assert Application.objects.count() == 1
