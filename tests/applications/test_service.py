"""Out of the house: by ways that bind, once, with its proof; then into the archive."""

from __future__ import annotations

from datetime import date

import pytest
from tests.applications.made_replies import assigned, events, fresh, moment, office, served, signed
from tests.applications.makers import ON, pdf

from gongkai.accounts.permissions import Denied
from gongkai.agencies.models import DisclosureOffice
from gongkai.applications import actions
from gongkai.applications.models import Service, Use
from gongkai.applications.rules import reply as rules
from gongkai.applications.states import State
from gongkai.core.errors import Refused
from gongkai.letters.models import Letter

pytestmark = pytest.mark.django_db
NEXT = date(2026, 3, 5)


@pytest.fixture
def of():
    return office()


def refused(code, act, **values):
    with pytest.raises(Refused) as refusal:
        act(**values)
    assert refusal.value.code == code


def test_the_day_of_posting_closes_the_case(of):
    case = signed(of, assigned(of))
    service = actions.serve(
        by=of.clerk, application=case, way="post", on=NEXT, proof_number="EMS 1234567890", at=moment(NEXT))
    after = fresh(case)
    assert (after.state, after.closed_on, after.due_on) == (State.SERVED, NEXT, case.due_on)
    assert (service.on, service.letter_id) == (NEXT, Letter.objects.get().pk)
    assert events(case)[-1].sentence == "2026-03-05邮寄送达（EMS 1234567890），答复办结"


def test_the_same_act_again_is_the_same_service(of):
    case, first = served(of, assigned(of))
    again = actions.serve(by=of.clerk, application=case, way="post", on=ON, at=moment(NEXT), seen=0)
    assert again.pk == first.pk
    refused("already-served", actions.serve, by=of.clerk, application=case, way="in_person", on=ON, at=moment(NEXT))
    assert Service.objects.count() == 1
    assert [e.kind for e in events(case)].count("applications.served") == 1


@pytest.mark.parametrize("way", ["online", "fax", "email"])
def test_other_ways_are_those_that_the_applicant_chose(of, way):
    case = signed(of, assigned(of))
    values = {"by": of.clerk, "way": way, "on": NEXT, "at": moment(NEXT)}
    refused("way-not-chosen", actions.serve, application=case, **values)
    identity = {"fax": "0990-7654321"} if way == "fax" else {}
    chosen = signed(of, assigned(of, delivery=way, identity=identity))
    assert actions.serve(application=chosen, **values).way == way


def test_online_needs_the_guide_too(of):
    DisclosureOffice.objects.filter(agency=of.where).update(channels=[])
    case = signed(of, assigned(of, delivery="online"))
    values = {"by": of.clerk, "application": case, "on": NEXT, "at": moment(NEXT)}
    refused("way-not-described", actions.serve, way="online", **values)
    refused("way", actions.serve, way="courier", **values)
    assert actions.serve(way="in_person", **values), "in person and by post are always open"


@pytest.mark.parametrize("way", rules.WAYS)
def test_post_and_hand_are_open_whatever_was_chosen(way):
    for delivery in rules.WAYS:
        if way in {"post", "in_person"}:
            rules.service(way, delivery=delivery, channels=())


def test_no_service_in_the_future_or_before_the_signature(of):
    case = signed(of, assigned(of), day=NEXT)
    for on, code in ((date(2026, 3, 6), "future-date"), (ON, "too-early")):
        refused(code, actions.serve, by=of.clerk, application=case, way="post", on=on, at=moment(NEXT))
    refused("not-now", actions.archive, by=of.clerk, application=case, on=NEXT, at=moment(NEXT))


def test_a_late_service_says_by_how_much(of):
    late = date(2026, 4, 10)
    case, _service = served(of, assigned(of), day=late)
    assert case.due_on == date(2026, 4, 1)
    assert events(case)[-1].sentence.endswith("超过期限 6 个工作日")


def test_the_proof_is_added_and_the_closing_day_stays(of):
    case, service = served(of, assigned(of))
    values = {"by": of.clerk, "application": case, "at": moment(date(2026, 3, 9))}
    refused("nothing-proved", actions.prove_service, **values)
    refused("too-early", actions.prove_service, received_on=date(2026, 3, 3), **values)
    proved = actions.prove_service(
        received_on=date(2026, 3, 7), proof_number="1234567890", files=[pdf("送达回证.pdf")], **values)
    after = fresh(case)
    assert (proved.pk, proved.received_on, proved.proof_number) == (service.pk, date(2026, 3, 7), "1234567890")
    assert (after.closed_on, after.state) == (ON, State.SERVED)
    assert after.attachments.get(use=Use.PROOF).name == "送达回证.pdf"
    more = actions.prove_service(files=[pdf("查询单.pdf")], **values)
    assert more.received_on == date(2026, 3, 7), "what is not said again stays"


def test_a_lapsed_case_has_scans_and_no_service(of):
    case = assigned(of)
    actions.ask_correction(by=of.clerk, application=case, what="请写明年份", on=ON, due_on=NEXT, at=moment(ON))
    late = date(2026, 3, 6)
    actions.lapse_correction(by=of.clerk, application=case, on=late, at=moment(late))
    values = {"by": of.clerk, "application": case, "at": moment(late)}
    refused("no-service", actions.prove_service, received_on=late, **values)
    assert actions.prove_service(files=[pdf("邮寄凭证.pdf")], **values) is None


def test_the_archive_keeps_it_for_its_years(of, settings):
    case, _service = served(of, assigned(of))
    refused("too-early", actions.archive, by=of.clerk, application=case, on=date(2026, 3, 3), at=moment(NEXT))
    after = actions.archive(by=of.clerk, application=case, on=NEXT, at=moment(NEXT))
    assert (after.state, after.archived_on, after.retain_until) == (State.ARCHIVED, NEXT, date(2036, 12, 31))
    settings.GONGKAI_RETENTION_YEARS = 30
    other, _service = served(of, assigned(of))
    assert actions.archive(by=of.clerk, application=other, on=NEXT, at=moment(NEXT)).retain_until == date(2056, 12, 31)
    refused("not-now", actions.archive, by=of.clerk, application=case, on=NEXT, at=moment(NEXT))


def test_who_only_reviews_or_contributes_serves_nothing(of):
    case = signed(of, assigned(of))
    for other in (of.reviewer, of.contributor, of.signatory, office("青澜县财政局").clerk):
        with pytest.raises(Denied):
            actions.serve(by=other, application=case, way="post", on=ON, at=moment(ON))
