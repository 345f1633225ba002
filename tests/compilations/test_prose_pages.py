"""The pages and acts of prose: every number opens, nothing that was typed is lost, nothing is replaced unasked."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests import factories
from tests.compilations import makers
from tests.compilations.makers import Office, fresh, moment, signed, started

from gongkai.accounts import roles
from gongkai.accounts.actor import Actor
from gongkai.accounts.models import User
from gongkai.accounts.permissions import Denied
from gongkai.compilations import actions, assemble, narrative
from gongkai.compilations.facts import facts_of
from gongkai.compilations.models import Compilation, Fact, Prose
from gongkai.compilations.states import State
from gongkai.core.errors import Refused
from gongkai.core.report.samples import sample
from gongkai.ledger.models import Entry as Event

pytestmark = pytest.mark.django_db
BODY = "存在的主要问题：更新不够及时。改进情况：已逐栏落实责任，本年新收申请{本年新收申请}件均由专人办理。"


@pytest.fixture(autouse=True)
def _on_a_day() -> Iterator[None]:
    with time_machine.travel(moment(), tick=False):
        yield


def client(of: Actor) -> Client:
    made = Client()
    made.force_login(User.objects.get(pk=of.user_id))
    return made


def at(name: str, compilation: Compilation, *more: object) -> str:
    return reverse(f"compilations:{name}", args=[compilation.pk, *more])


def text_of(compilation: Compilation, section: int, aspect: int = 0) -> Prose:
    return Prose.objects.get(compilation=compilation, section=section, aspect=aspect)


def written(of: Office, compilation: Compilation, body: str = BODY, **values: object) -> Prose:
    given = {"section": 5, "at": moment()} | values
    return actions.write(by=of.clerk, compilation=compilation, body=body, **given)  # type: ignore[arg-type]


# ---- acts


def test_the_draft_is_there_from_the_start_and_its_numbers_follow_the_records(of: Office) -> None:
    made = started(of)
    assert "{本年新收申请}" in text_of(made, 1, 2).body
    assert "本年新收政府信息公开申请5件" in assemble.report_of(made).sections[1].text
    makers.late(of)
    assert "本年新收政府信息公开申请6件" in assemble.report_of(made).sections[1].text


def test_a_text_is_written_and_recorded(of: Office) -> None:
    made = started(of)
    written(of, made)
    assert assemble.report_of(made).sections[5].text == BODY.replace("{本年新收申请}", "5")
    event = Event.objects.latest("pk")
    assert event.kind == "compilations.prose_written"
    assert "更新不够及时" not in str(event.payload)
    revision = text_of(made, 5).revision
    written(of, made)
    assert text_of(made, 5).revision == revision


def test_a_name_that_is_none_is_refused_and_nothing_is_changed(of: Office) -> None:
    made = started(of)
    before = text_of(made, 5).body
    with pytest.raises(Refused) as refused:
        written(of, made, "本年收到{没有这个}件。")
    assert refused.value.code == "unknown-fact"
    assert text_of(made, 5).body == before


def test_two_people_may_write_two_texts_but_not_one(of: Office) -> None:
    made = started(of)
    seen = text_of(made, 5).revision
    written(of, made, section=6, body="本年度未收取信息处理费。", seen=text_of(made, 6).revision)
    written(of, made, seen=seen)
    with pytest.raises(Refused) as refused:
        written(of, made, "别的话。", seen=seen)
    assert refused.value.code == "changed-meanwhile"


def test_writing_leads_a_checked_report_back_to_draft_and_a_signed_one_stays(of: Office) -> None:
    made = makers.checked(of)
    written(of, made)
    assert fresh(made).state == State.DRAFT
    done = signed(of, made)
    before = assemble.report_of(done).sections
    with pytest.raises(Refused) as refused:
        written(of, done, "签发以后。")
    assert refused.value.code == "not-now"
    makers.late(of)
    assert assemble.report_of(fresh(done)).sections == before


def test_only_who_compiles_writes(of: Office) -> None:
    made = started(of)
    for act in (
        lambda by: actions.write(by=by, compilation=made, section=5, body="一", at=moment()),
        lambda by: actions.redraft(by=by, compilation=made, at=moment()),
        lambda by: actions.set_fact(
            by=by, agency=of.bureau, year=2025, key="meetings", value=1, source="办公室", at=moment()),
    ):
        for person in (of.person(roles.Signatory), of.supervisor, of.person(roles.Reviewer)):
            with pytest.raises(Denied):
                act(person)


def test_a_new_draft_replaces_only_what_is_asked_for(of: Office) -> None:
    made = started(of)
    written(of, made)
    written(of, made, section=6, body="本年度未收取信息处理费。")
    assert actions.redraft(by=of.clerk, compilation=made, only=[(6, 0)], at=moment()) == 1
    assert text_of(made, 5).body == BODY
    assert "【请写明" in text_of(made, 6).body
    assert actions.redraft(by=of.clerk, compilation=made, only=[], at=moment()) == 0


def test_a_fact_is_set_changed_and_taken_away_with_its_source(of: Office) -> None:
    made = makers.checked(of)

    def put(value: int | None, source: str = "办公室台账") -> None:
        actions.set_fact(
            by=of.clerk, agency=of.bureau, year=2025, key="trainings", value=value, source=source, at=moment())

    put(2)
    assert fresh(made).state == State.DRAFT
    revision = fresh(made).revision
    put(2)
    assert fresh(made).revision == revision
    put(3)
    assert Fact.objects.get(key="trainings").value == 3
    put(None)
    assert not Fact.objects.exists()
    told = Event.objects.filter(kind="compilations.fact_set")
    assert told.count() == 3
    assert all(event.agency_id == of.bureau.pk for event in told)


@pytest.mark.parametrize(("key", "value", "source", "code"), [
    ("trainings", Decimal("1.5"), "台账", "not-a-count"), ("trainings", -1, "台账", "not-a-count"),
    ("trainings", 3, " ", "source-needed"), ("no_such", 3, "台账", "unknown-fact"),
])
def test_a_fact_that_cannot_be_is_refused(of: Office, key: str, value: Decimal, source: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        actions.set_fact(
            by=of.clerk, agency=of.bureau, year=2025, key=key, value=value, source=source, at=moment())
    assert refused.value.code == code


# ---- pages


def test_every_number_of_the_text_opens(of: Office) -> None:
    made, clerk = started(of), client(of.clerk)
    page = clerk.get(at("prose", made)).content.decode()
    for name in narrative.fill(text_of(made, 1, 2).body, facts_of(
            of.bureau, 2025, "own", assemble.standing(made))).used:
        address = at("prose-fact", made, name)
        assert f'href="{address}"' in page
        assert clerk.get(address).status_code == 200
    assert 'class="awaited"' in page


def test_a_counted_fact_lists_its_records_and_a_fact_of_the_tables_its_cells(of: Office) -> None:
    made, clerk = started(of), client(of.clerk)
    cells = clerk.get(at("prose-fact", made, "无法提供")).content.decode()
    assert at("cell", made, "t3.unable_not_held.total") in cells
    assert clerk.get(at("prose-fact", made, "没有这个")).status_code == 404


def test_a_text_is_saved_and_an_unknown_name_keeps_what_was_typed(of: Office) -> None:
    made, clerk = started(of), client(of.clerk)
    address, seen = at("prose-text", made, 5, 0), text_of(made, 5).revision
    wrong = clerk.post(address, {"body": "写了很多字，{没有这个}件。", "seen": seen})
    assert wrong.status_code == 400
    page = wrong.content.decode()
    assert "没有名为“没有这个”的数字，没有保存" in page
    assert "写了很多字，{没有这个}件。</textarea>" in page
    right = clerk.post(address, {"body": BODY, "seen": seen})
    assert right.status_code == 302
    assert text_of(made, 5).body == BODY
    late = clerk.post(address, {"body": "另一个人的话。", "seen": seen})
    assert late.status_code == 409
    assert "另一个人的话。</textarea>" in late.content.decode()
    assert BODY in late.content.decode()


def test_the_preview_shows_numbers_and_writes_nothing(of: Office) -> None:
    made, clerk = started(of), client(of.clerk)
    before = text_of(made, 5).body
    shown = clerk.post(at("prose-preview", made, 5, 0), {"body": "新收{本年新收申请}件，{没有}。"}).content.decode()
    assert ">5</a>" in shown
    assert "没有名为“没有”的数字" in shown
    assert text_of(made, 5).body == before
    assert clerk.get(at("prose-preview", made, 5, 0)).status_code == 302


def test_what_was_written_stays_until_the_new_draft_is_confirmed(of: Office) -> None:
    made, clerk = started(of), client(of.clerk)
    written(of, made)
    page = clerk.get(at("prose-draft", made)).content.decode()
    assert "更新不够及时" in page
    assert text_of(made, 5).body == BODY
    seen = fresh(made).revision
    clerk.post(at("prose-draft", made), {"seen": seen})
    assert text_of(made, 5).body == BODY
    clerk.post(at("prose-draft", made), {"seen": seen, "text": ["5.0"]})
    assert "【请写明" in text_of(made, 5).body
    assert "完全相同" in clerk.get(at("prose-draft", made)).content.decode()


def test_facts_are_entered_in_one_form_all_or_nothing(of: Office) -> None:
    made, clerk = started(of), client(of.clerk)
    address = at("prose-facts", made)
    wrong = clerk.post(address, {"meetings": "2", "meetings_source": "办公室", "trainings": "3"})
    assert wrong.status_code == 400
    assert "请写明来源" in wrong.content.decode()
    assert not Fact.objects.exists()
    right = clerk.post(address, {
        "meetings": "２", "meetings_source": "办公室", "trainings": "0", "trainings_source": "办公室",
    })
    assert right.status_code == 302
    assert {f.key: int(f.value) for f in Fact.objects.all()} == {"meetings": 2, "trainings": 0}
    assert "召开会议" in clerk.get(address).content.decode()


def test_last_years_text_stands_beside_and_copied_sentences_are_marked(of: Office) -> None:
    before = sample(3, agency=of.bureau.name, year=2024)
    copied = "全面梳理公开目录，逐项核对内容，对长期不更新的栏目予以整合，明确更新责任科室和时限。"
    before.sections[5] = type(before.sections[5])(5, before.sections[5].heading, f"存在的主要问题：{copied}")
    factories.filed(of.clerk, of.bureau, 2024, report=before)
    made, clerk = started(of), client(of.clerk)
    written(of, made, f"存在的主要问题：{copied}")
    page = clerk.get(at("prose-text", made, 5, 0)).content.decode()
    assert "上年（2024）的同一部分" in page
    assert "与上年相同" in page
    assert "与上年相同" in clerk.get(at("prose", made)).content.decode()


def test_a_signed_report_shows_its_words_as_they_were_frozen(of: Office) -> None:
    made = started(of)
    written(of, made)
    done, clerk = signed(of, made), client(of.clerk)
    page = clerk.get(at("prose", done)).content.decode()
    assert "正文已随签发固定" in page
    assert "<textarea" not in page
    assert clerk.get(at("prose-text", done, 5, 0)).status_code == 302
    assert clerk.get(at("prose-draft", done)).status_code == 302
    assert "<input" not in clerk.get(at("prose-facts", done)).content.decode().split("<main")[-1].split("</main>")[0]


def test_another_agencys_words_are_not_there(of: Office) -> None:
    made = started(of)
    other = factories.agency("青澜县水利局", of.county)
    stranger = client(of.person(roles.Clerk, other))
    for name, more in (("prose", ()), ("prose-text", (5, 0)), ("prose-facts", ()), ("prose-draft", ()),
                       ("prose-fact", ("本年新收申请",))):
        assert stranger.get(at(name, made, *more)).status_code == 404


def test_the_page_asks_no_more_for_more_records(of: Office) -> None:
    made, clerk = started(of), client(of.clerk)
    address = at("prose", made)
    clerk.get(address)
    with CaptureQueriesContext(connection) as few:
        clerk.get(address)
    makers.imported(of.bureau, [(f"2025-{n}", "2025-05-12", "自然人", "2025-05-28", "予以公开") for n in range(50, 90)])
    with CaptureQueriesContext(connection) as many:
        clerk.get(address)
    assert len(many) == len(few)
    assert len(many) < 80




def test_a_machine_without_fonts_says_so_and_gives_no_torn_pdf(of: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gongkai.core.report.writers.as_pdf._families", frozenset)
    made, clerk = started(of), client(of.clerk)
    answer = clerk.get(at("download", made, "pdf"), follow=True)
    assert answer.redirect_chain[0][0] == at("report", made)
    assert "fonts-noto-cjk" in answer.content.decode()
