"""Every word that the public meets is screened, and is a text that pages, feeds and files can hold."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import Any

import pytest
from django.test import Client
from tests.publications import makers
from tests.publications.makers import Bureau, moment

from gongkai.core.errors import Refused
from gongkai.publications import actions

pytestmark = pytest.mark.django_db
ID_NUMBER = "11010519491231002X"


@pytest.mark.parametrize(
    "values", [
        {"topic": f"农业 {ID_NUMBER}"}, {"joint_organs": ["青澜县财政局", f"李某 {ID_NUMBER}"]}, {"served": ID_NUMBER},
        {"issuing_organ": f"青澜县水利局{ID_NUMBER}"}, {"keywords": ID_NUMBER}, {"summary": f"申请人{ID_NUMBER}"},
    ], ids=lambda one: next(iter(one)),
)
def test_what_stands_beside_the_body_is_screened_too(of: Bureau, values: dict[str, Any]):
    edition = makers.drafted(of, **values)
    assert edition.screened == "block"
    with pytest.raises(Refused) as refusal:
        makers.sent(of, edition)
    assert refusal.value.code == "words-blocked"


def test_organs_and_topics_without_anything_personal_pass(of: Bureau):
    edition = makers.drafted(of, topic="农业、林业、水利", joint_organs=["青澜县财政局", "青澜县农业农村局"])
    assert (edition.screened, edition.screening) == ("pass", [])


def test_the_note_of_a_withdrawal_is_public_and_screened(of: Bureau):
    edition = makers.published(of)
    shown = makers.of_edition(edition)
    with pytest.raises(Refused) as refusal:
        actions.withdraw(by=of.clerk, publication=shown, kind="privacy", note=f"误登{ID_NUMBER}", at=moment())
    assert refusal.value.code == "note-blocked"
    actions.withdraw(by=of.clerk, publication=shown, kind="privacy", note="内容核对中", at=moment())
    assert makers.of_edition(edition).withdrawal_note == "内容核对中"


@pytest.mark.parametrize("odd", ["\uffff", "\ufffe", "\x00", "\x0b", "\x85", "\ud800", "\u202e", "\u2066"], ids=ascii)
def test_what_no_text_may_hold_is_left_out(of: Bureau, odd: str):
    edition = makers.drafted(
        of, title=f"农村饮水{odd}安全", summary=f"内容{odd}概述", topic=f"水{odd}利",
        joint_organs=[f"青澜县{odd}财政局"], body=f"<p>正{odd}文</p>",
    )
    assert (edition.title, edition.summary, edition.topic, edition.joint_organs, edition.body) == (
        "农村饮水安全", "内容概述", "水利", ["青澜县财政局"], "<p>正文</p>")


def test_a_feed_stays_well_formed_whatever_a_title_holds(of: Bureau, client: Client):
    makers.published(of, title="农村\uffff饮水\x0b“<&>”安全", summary="概述\ufffe")
    root = ET.fromstring(client.get("/feed.xml").content)
    assert root.findtext(".//{*}entry/{*}title") == "农村饮水“<&>”安全"
