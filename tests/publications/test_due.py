"""By when it must be out: settled in every act, moved by what moves it, proved by doctor."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.factories import SYSTEM
from tests.publications.makers import ON, Bureau, drafted, fresh, moment, of_edition, published, signed, told
from tests.publications.test_life import refused

from gongkai.accounts.permissions import Denied
from gongkai.calendars.queries import calendar_of
from gongkai.catalogue.models import Item
from gongkai.publications import actions, probes
from gongkai.publications.drift import drifted
from gongkai.publications.due import deadline_of
from gongkai.publications.models import Practice, Publication

pytestmark = pytest.mark.django_db


def item(of: Bureau, limit: str, code: str = "20.5") -> Item:
    return Item.objects.create(agency=of.where, code=code, name="许可事项", limit_text=limit)


def test_twenty_working_days_from_forming(of: Bureau):
    publication = of_edition(drafted(of, formed_on=ON))
    assert publication.due_on == calendar_of(of.where).add(ON, 20)
    assert deadline_of(publication).steps[0].article == "26"


def test_no_time_runs_before_it_is_formed_nor_for_what_is_withheld(of: Bureau):
    assert of_edition(drafted(of, formed_on=None)).due_on is None
    assert of_edition(drafted(of, attribute="withheld")).due_on is None


def test_a_change_starts_the_time_again(of: Bureau):
    edition = published(of)
    later = ON + timedelta(days=40)
    actions.revise(by=of.clerk, publication=edition.publication, change_note="改", at=moment(later), changed_on=later)
    assert of_edition(edition).due_on == calendar_of(of.where).add(later, 20)


def test_the_offices_own_limit_runs_from_the_signature(of: Bureau):
    actions.set_practice(by=of.head, agency=of.where, at=moment(), days_after_signing=3)
    edition = signed(of, drafted(of, formed_on=ON))
    assert of_edition(edition).due_on == calendar_of(of.where).add(ON, 3)


def test_a_new_limit_of_the_office_moves_what_is_signed_with_an_event(of: Bureau):
    edition = signed(of, drafted(of, formed_on=ON))
    actions.set_practice(by=of.head, agency=of.where, at=moment(), days_after_signing=3)
    assert of_edition(edition).due_on == calendar_of(of.where).add(ON, 3)
    assert told(edition.publication_id)[-1] == "due_moved"


def test_the_items_limit_counts_and_one_about_decisions_only_for_decisions(of: Bureau):
    limit = "信息形成或变更之日起20个工作日内公开；其中行政许可、行政处罚事项应自作出行政决定之日起7个工作日内公示"
    held = item(of, limit)
    calendar = calendar_of(of.where)
    plain = actions.draft(by=of.clerk, agency=of.where, kind="other", title="办事指南", item=held, at=moment(),
                          values={"formed_on": ON})
    decision = actions.draft(by=of.clerk, agency=of.where, kind="penalty", title="处罚决定", item=held, at=moment(),
                             values={"formed_on": ON})
    assert of_edition(plain).due_on == calendar.add(ON, 20)
    assert of_edition(decision).due_on == calendar.add(ON, 7)


def test_late_is_possible_and_recorded(of: Bureau):
    late = ON + timedelta(days=60)
    edition = published(of, drafted(of, formed_on=ON), on=late)
    publication = of_edition(edition)
    assert publication.late_days == calendar_of(of.where).count(calendar_of(of.where).add(ON, 20), late) > 0
    assert publication.due_on == calendar_of(of.where).add(ON, 20), "what is out keeps its date"


def test_doctor_finds_no_drift_and_names_what_has_drifted(of: Bureau):
    edition = drafted(of)
    assert drifted() == []
    assert probes.due_dates().well
    Publication.objects.filter(pk=edition.publication_id).update(due_on=date(2030, 1, 1))
    assert [row.pk for row in drifted()] == [edition.publication_id]
    assert not probes.due_dates().well


def test_dates_are_put_right_by_what_changed_elsewhere(of: Bureau):
    held = item(of, "")
    edition = actions.draft(by=of.clerk, agency=of.where, kind="other", title="指南", item=held, at=moment(),
                            values={"formed_on": ON})
    Item.objects.filter(pk=held.pk).update(limit_text="信息形成之日起5个工作日内公开")
    assert actions.move_dates(by=SYSTEM, source="目录改变", at=moment()) == 1
    assert of_edition(edition).due_on == calendar_of(of.where).add(ON, 5)
    assert drifted() == []
    assert actions.move_dates(by=SYSTEM, source="目录改变", at=moment()) == 0
    with pytest.raises(Denied):
        actions.move_dates(by=of.clerk, source="x", at=moment())


def test_doctor_looks_whether_the_gates_stand(of: Bureau):
    from django.db import connection

    from gongkai.publications import guard

    assert probes.gates().well
    connection.check_constraints()
    guard.lift(connection)
    assert not probes.gates().well


@pytest.mark.parametrize(("values", "code"), [
    ({"scheme": "none"}, "scheme-unknown"), ({"days_after_signing": 0}, "number-range"),
    ({"days_after_signing": 21}, "number-range"), ({"handover": "never"}, "handover-unknown"),
    ({"index_template": "{year}"}, "serial-missing"), ({"reassess_months": 99}, "number-range"),
    ({"gates": [{"key": "a", "name": "甲"}]}, "secrecy-gate"),
    ({"gates": [{"key": "secrecy", "name": "保密", "after_emergency": True}]}, "secrecy-gate"),
])
def test_an_office_may_not_loosen_the_law(of: Bureau, values, code):
    refused(code, actions.set_practice, by=of.head, agency=of.where, at=moment(), **values)
    assert not Practice.objects.exists()


def test_only_the_head_sets_the_rules_and_gates_in_use_stay(of: Bureau):
    with pytest.raises(Denied):
        actions.set_practice(by=of.clerk, agency=of.where, at=moment(), apart=True)
    from tests.publications.makers import sent

    edition = sent(of)
    gates = [{"key": "secrecy", "name": "保密审查", "after_emergency": False}, {"key": "words", "name": "文字关"}]
    actions.set_practice(by=of.head, agency=of.where, at=moment(), gates=gates)
    assert fresh(edition).gates.count() == 5
    assert list(sent(of, title="另一份").gates.values_list("key", flat=True)) == ["secrecy", "words"]


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(formed=st.dates(date(2024, 1, 1), ON), days=st.none() | st.integers(1, 20), own=st.integers(1, 20))
def test_a_shorter_limit_is_never_later(of: Bureau, formed, days, own):
    from django.db import transaction

    with transaction.atomic():
        text = f"信息形成之日起{days}个工作日内公开" if days else ""
        held = item(of, text, code=f"x.{Item.objects.count()}")
        edition = actions.draft(by=of.clerk, agency=of.where, kind="other", title="指南", item=held, at=moment(),
                                values={"formed_on": formed})
        before = of_edition(edition).due_on
        Practice.objects.update_or_create(agency=of.where, defaults={"days_after_signing": own})
        actions.move_dates(by=SYSTEM, source="x", at=moment())
        calendar = calendar_of(of.where)
        # Nothing is signed yet, so the office's own limit does not run.
        assert before == of_edition(edition).due_on == calendar.add(formed, min(20, days or 20))
        transaction.set_rollback(True)
