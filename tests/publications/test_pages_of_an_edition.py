"""The desk's pages of publications, opened by everybody who has a part in them, through their forms."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import timedelta

import docx
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.publications import makers
from tests.publications.makers import ON, Bureau, moment

from gongkai.accounts.actor import Actor
from gongkai.accounts.models import User
from gongkai.publications import actions
from gongkai.publications.models import Attachment, Edition, Publication
from gongkai.publications.states import State

BASE = "/desk/publications/"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with time_machine.travel(moment(), tick=False):
        yield


def at_browser(actor: Actor) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=actor.user_id))
    return client


def text(answer: object) -> str:
    """The words of a page."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))  # type: ignore[attr-defined]


def page_of(edition: Edition, more: str = "") -> str:
    return f"{BASE}{edition.publication_id}/editions/{edition.number}/{more}"


def word_file(*paragraphs: str) -> bytes:
    made, kept = docx.Document(), io.BytesIO()
    for one in paragraphs:
        made.add_paragraph(one)
    made.save(kept)
    return kept.getvalue()


def stated(edition: Edition, **more: object) -> dict[str, object]:
    """What the editor sends."""
    return {
        "seen": Edition.objects.get(pk=edition.pk).revision, "title": "农村饮水安全管理办法", "kind": "other",
        "attribute": "active", "body": makers.BODY, "formed_on": (ON - timedelta(5)).isoformat(), **more,
    }


def test_from_the_section_to_the_public_through_the_forms(of: Bureau) -> None:
    aide, clerk = at_browser(of.contributor), at_browser(of.clerk)
    made = aide.post(f"{BASE}new/", {
        "agency": of.where.pk, "title": "农村饮水安全管理办法", "kind": "other", "section": of.water.pk,
        "origin": "made",
    })
    assert made.status_code == 302, text(made)
    edition = Edition.objects.get()
    assert made.headers["Location"] == page_of(edition, "edit/")
    kept = aide.post(page_of(edition, "edit/"), stated(edition, section=of.water.pk))
    assert kept.status_code == 302, text(kept)
    up = aide.post(page_of(edition, "files/"), {"files": SimpleUploadedFile("说明.docx", word_file("供水工程清单"))})
    assert up.status_code == 302, text(up)
    assert "说明.docx" in text(aide.get(page_of(edition, "files/")))
    steps: list[tuple[Client, str, dict[str, object]]] = [
        (aide, "submit", {}), (clerk, "accept", {}), (clerk, "warnings", {"looked": "on"}), (clerk, "send", {}),
        (at_browser(of.reviewer), "pass", {"keys": list(makers.KEYS), "remark": "同意"}),
        (at_browser(of.signatory), "sign", {"decided_attribute": "active", "on": ON.isoformat()}),
        (at_browser(of.publisher), "publish", {"channels": ["website"]}),
    ]
    for client, act, form in steps:
        edition.refresh_from_db()
        if act == "warnings" and not Attachment.objects.filter(verdict="warn").exists() and edition.screened != "warn":
            continue
        assert client.get(page_of(edition)).status_code == 200
        assert client.get(page_of(edition, f"acts/{act}/")).status_code == 200
        answer = client.post(page_of(edition, f"acts/{act}/"), form | {"seen": edition.revision})
        assert answer.status_code == 302, (act, text(answer))
    edition.refresh_from_db()
    assert edition.state == State.PUBLISHED
    assert "索引号" in text(clerk.get(page_of(edition)))
    for more in ("", "preview/", "sheet/", "changes/", "relations/", "files/"):
        for actor in (of.clerk, of.reviewer, of.signatory, of.head, of.contributor):
            assert at_browser(actor).get(page_of(edition, more)).status_code == 200, more
    assert clerk.get(f"{BASE}{edition.publication_id}/").headers["Location"] == page_of(edition)


def test_nobody_skips_a_gate_by_posting(of: Bureau) -> None:
    edition = makers.drafted(of, by=of.clerk)
    people = (of.clerk, of.contributor, of.reviewer, of.signatory, of.publisher, of.head)
    everything = {
        "decided_attribute": "active", "on": ON.isoformat(), "channels": ["website"], "keys": ["secrecy"],
        "kind": "error", "remark": "x", "reason": "x",
    }
    for act in ("pass", "sign", "publish", "pass_after", "withdraw"):
        for who in people:
            answer = at_browser(who).post(page_of(edition, f"acts/{act}/"), everything)
            assert answer.status_code in {400, 403, 404, 409}, (act, who.name)
    assert Edition.objects.get().state == State.DRAFT
    edition = makers.sent(of, edition)
    for who in (of.clerk, of.signatory, of.publisher):
        assert at_browser(who).post(page_of(edition, "acts/pass/"), everything).status_code in {400, 403}
    for act in ("sign", "publish"):
        for who in people:
            refused = at_browser(who).post(page_of(edition, f"acts/{act}/"), everything)
            assert refused.status_code in {400, 403, 404, 409}
    assert Edition.objects.get().state == State.REVIEW
    assert not Edition.objects.get().gates.filter(passed_by__isnull=False).exists()
    assert not Publication.objects.get().is_public


def test_a_conflict_shows_what_happened_and_keeps_what_was_typed(of: Bureau) -> None:
    edition = makers.drafted(of)
    client = at_browser(of.clerk)
    form = stated(edition, body="<p>我刚刚写的一段。</p>")
    actions.edit(by=of.head, edition=edition, values={"title": "同事改过的名称"}, body=None, at=moment())
    answer = client.post(page_of(edition, "edit/"), form)
    assert answer.status_code == 409
    assert "这期间发生了什么" in text(answer)
    assert "我刚刚写的一段" in answer.content.decode()
    assert Edition.objects.get().title == "同事改过的名称"
    seen = re.search(r'name="seen" value="(\d+)"', answer.content.decode())[1]  # type: ignore[index]
    assert int(seen) == Edition.objects.get().revision
    assert client.post(page_of(edition, "edit/"), form | {"seen": seen}).status_code == 302
    assert Edition.objects.get().title == "农村饮水安全管理办法"


def test_an_act_sent_twice_does_nothing_more(of: Bureau) -> None:
    edition = makers.drafted(of)
    client, seen = at_browser(of.clerk), {"seen": Edition.objects.get().revision}
    assert client.post(page_of(edition, "acts/send/"), seen).status_code == 302
    again = client.post(page_of(edition, "acts/send/"), seen)
    assert again.status_code == 409
    assert "这期间发生了什么" in text(again)
    assert Edition.objects.get().gates.count() == 5


def test_what_the_screening_finds_stands_beside_the_text(of: Bureau) -> None:
    edition = makers.drafted(of)
    client = at_browser(of.clerk)
    client.post(page_of(edition, "edit/"), stated(edition, body="<p>联系人张某，手机13900007351。</p>"))
    shown = text(client.get(page_of(edition, "edit/")))
    assert "电话号码" in shown
    assert "不能公开" in shown
    page = client.get(page_of(edition)).content.decode()
    assert "正文或者附件里有不能公开的内容" in page


def test_a_file_that_must_not_go_out_says_where_and_why(of: Bureau) -> None:
    edition = makers.drafted(of)
    client = at_browser(of.clerk)
    answer = client.post(page_of(edition, "files/"), {"files": [
        SimpleUploadedFile("坏.docx", b"PK\x03\x04 not a document"), SimpleUploadedFile("好.docx", word_file("清单")),
    ]}, follow=True)
    shown = text(answer)
    assert "坏.docx" in shown
    assert "打不开或者加了密" in shown
    assert Attachment.objects.count() == 2
    bad, good = Attachment.objects.get(name="坏.docx"), Attachment.objects.get(name="好.docx")
    assert client.get(page_of(edition, f"files/{bad.pk}/cleaned/")).status_code == 404
    assert client.get(page_of(edition, f"files/{good.pk}/cleaned/")).content.startswith(b"PK")
    moved = client.post(page_of(edition, f"files/{good.pk}/up/"))
    assert moved.headers["Location"] == page_of(edition, f"files/#file-{good.pk}"), "the list stays where it was"
    assert list(Attachment.objects.values_list("pk", flat=True)) == [good.pk, bad.pk]
    client.post(page_of(edition, f"files/{good.pk}/rename/"), {"name": "工程清单.docx"})
    client.post(page_of(edition, f"files/{bad.pk}/remove/"))
    assert list(Attachment.objects.values_list("name", flat=True)) == ["工程清单.docx"]


def test_a_paste_comes_back_clean(of: Bureau) -> None:
    pasted = '<p class="MsoNormal" style="color:red" onclick="x()">正文<script>alert(1)</script></p><h2>标题</h2>'
    answer = at_browser(of.clerk).post(f"{BASE}paste/", {"html": pasted})
    assert answer.json()["html"].replace("\n", "") == "<p>正文</p><h2>标题</h2>"
    assert at_browser(of.signatory).post(f"{BASE}paste/", {"html": pasted}).status_code == 403


def test_another_office_finds_nothing(of: Bureau) -> None:
    from tests import factories

    edition = makers.drafted(of)
    stranger = at_browser(factories.actor(factories.agency("青澜县民政局", of.county), username="外单位"))
    for more in ("", "edit/", "files/", "preview/", "sheet/", "acts/send/"):
        assert stranger.get(page_of(edition, more)).status_code == 404
    assert stranger.post(page_of(edition, "acts/send/"), {}).status_code == 404


def test_a_revision_is_compared_with_what_stands(of: Bureau) -> None:
    edition = makers.published(of)
    client = at_browser(of.clerk)
    answer = client.post(page_of(edition, "acts/revise/"), {"change_note": "更正联系方式", "seen": edition.revision})
    assert answer.status_code == 302, text(answer)
    newer = Edition.objects.get(number=2)
    client.post(page_of(newer, "edit/"), stated(
        newer, body=makers.BODY.replace("遵照", "认真遵照"), change_note="更正联系方式",
        title="农村饮水安全管理办法（修订）",
    ))
    shown = client.get(page_of(newer, "changes/")).content.decode()
    assert "<ins>认真</ins>" in shown
    assert "<del>农村饮水安全管理办法</del>" in shown
    answer = client.post(page_of(edition, "acts/withdraw/"), {"kind": "privacy", "note": "涉及个人信息"})
    assert answer.status_code == 302, text(answer)
    assert not Publication.objects.get().is_public


def test_publications_are_linked_and_taken_apart(of: Bureau) -> None:
    first, second = makers.published(of), makers.drafted(of, title="关于饮水安全办法的解读", kind="interpretation")
    client = at_browser(of.clerk)
    assert "农村饮水安全管理办法" in text(client.get(page_of(second, "relations/?find=饮水安全管理")))
    form = {"relation": "interprets", "other": first.publication_id}
    assert client.post(page_of(second, "relations/link/"), form).status_code == 302
    assert "解读的文件" in text(client.get(page_of(second)))
    assert "政策解读" in text(client.get(page_of(first, "relations/")))
    client.post(page_of(second, "relations/link/"), form | {"act": "unlink"})
    assert "没有关联的信息" in text(client.get(page_of(second)))


def test_a_reviewer_returns_by_a_gate_and_the_drafter_reads_why(of: Bureau) -> None:
    edition = makers.sent(of)
    reviewer, clerk = at_browser(of.reviewer), at_browser(of.clerk)
    assert "没有通过的关口" in text(reviewer.get(page_of(edition, "acts/return/")))
    answer = reviewer.post(page_of(edition, "acts/return/"), {
        "key": "legal", "remark": "依据的文件已经废止", "seen": Edition.objects.get().revision,
    })
    assert answer.status_code == 302, text(answer)
    for more in ("", "edit/"):
        assert "依据的文件已经废止" in text(clerk.get(page_of(edition, more)))
    assert "先按退回意见修改并保存" in text(clerk.get(page_of(edition)))
    again = clerk.post(page_of(edition, "acts/send/"), {"seen": Edition.objects.get().revision})
    assert again.status_code == 400
    assert clerk.post(page_of(edition, "edit/"), stated(edition)).status_code == 302
    again = clerk.post(page_of(edition, "acts/send/"), {"seen": Edition.objects.get().revision})
    assert again.status_code == 302


def test_a_normative_document_waits_for_its_plan_of_interpretation(of: Bureau) -> None:
    edition = makers.reviewed(of, kind="normative")
    leader, clerk = at_browser(of.signatory), at_browser(of.clerk)
    assert "没有解读方案的规范性文件不能签发" in text(leader.get(page_of(edition)))
    sign = {"decided_attribute": "active", "on": ON.isoformat(), "seen": edition.revision}
    assert leader.post(page_of(edition, "acts/sign/"), sign).status_code == 400
    bad = clerk.post(page_of(edition, "acts/plan/"), {"choice": "exempt"})
    assert "写明不解读的理由" in text(bad)
    kept = clerk.post(page_of(edition, "acts/plan/"), {"choice": "exempt", "reason": "内容简单，无需解读"})
    assert kept.status_code == 302, text(kept)
    assert "内容简单，无需解读" in text(clerk.get(page_of(edition)))
    sign["seen"] = Edition.objects.get().revision
    assert leader.post(page_of(edition, "acts/sign/"), sign).status_code == 302


def test_what_is_withheld_says_on_what_ground(of: Bureau) -> None:
    edition = makers.reviewed(of, attribute="withheld", attribute_ground="refused_process", attribute_reason="过程性")
    leader = at_browser(of.signatory)
    form = {"decided_attribute": "withheld", "on": ON.isoformat(), "seen": edition.revision}
    assert leader.post(page_of(edition, "acts/sign/"), form | {"ground": "", "reason": ""}).status_code == 400
    answer = leader.post(page_of(edition, "acts/sign/"), form | {"ground": "refused_process", "reason": "讨论记录"})
    assert answer.status_code == 302, text(answer)
    assert Edition.objects.get().state == State.FILED
    assert "已归入不公开" in text(leader.get(page_of(edition)))


def test_validity_and_channels_are_set_beside_the_acts(of: Bureau) -> None:
    old = makers.published(of, kind="policy", title="旧办法")
    clerk = at_browser(of.clerk)
    assert clerk.post(page_of(old, "acts/channels/"), {"channels": ["website", "gazette"]}).status_code == 302
    assert Publication.objects.get().channels == ["website", "gazette"]
    answer = clerk.post(page_of(old, "acts/validity/"), {"validity": "repealed", "ended_on": ON.isoformat()})
    assert answer.status_code == 302, text(answer)
    assert "废止" in text(clerk.get(page_of(old)))
    assert at_browser(of.reviewer).get(page_of(old, "acts/validity/")).status_code == 403
