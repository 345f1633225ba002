"""Every permission is held by somebody, for a reason, and every row of the house answers visible_to."""

from __future__ import annotations

import pytest
from django.apps import apps

from gongkai.accounts import permissions, roles


def members() -> list[permissions.Permission]:
    return [member for kind in permissions.Permission.__subclasses__() for member in kind]


@pytest.mark.parametrize("member", members(), ids=str)
def test_a_permission_is_held_for_a_reason(member):
    holders = permissions.holders(member)
    assert holders
    assert set(holders) <= set(roles.BY_KEY)
    assert all(len(reason) >= 6 for reason in holders.values())


def test_no_name_of_a_permission_stands_twice():
    values = [str(member) for member in members()]
    assert len(values) == len(set(values))


@pytest.mark.parametrize("kind", permissions.Permission.__subclasses__(), ids=lambda k: k.__name__)
def test_permissions_are_alphabetised(kind):
    values = [str(member) for member in kind]
    assert values == sorted(values)


def test_the_three_administrators_do_no_work():
    rooms = ("annual_reports.", "applications.", "compilations.", "letters.void")
    reading = (".see", ".export")
    work = {m for m in members() if str(m).startswith(rooms) and not str(m).endswith(reading)}
    for member in work:
        assert not set(permissions.holders(member)) & roles.THREE_ADMINISTRATORS


@pytest.mark.parametrize("role", roles.ALL, ids=lambda r: r.key)
def test_a_role_can_be_read_aloud(role):
    assert role.sentence.endswith("。")
    assert 4 <= len(role.name) + len(role.sentence) <= 80


# Reached only through a row that is itself asked: versions through reports, cells through versions, and so on.
THROUGH_ANOTHER = {
    "User", "StoredFile", "Entry", "ReportVersion", "FiledCell", "Correction", "FormerName", "Placement",
    "Succession", "Section",
    # Parts of an application, reached through it.
    "Attachment", "Consultation", "Contact", "Extension", "Gram", "PublicationDraft", "Reminder", "ReplyDraft",
    "Review", "Service",
    # Parts of a publication, a batch of the hand-over and a register, reached through them.
    "BatchItem", "GateOpinion", "GatePassage", "Hand", "Import", "Link",
    "MessageFile", "Reassessment",
    # How an office publishes and what it watches, reached through the agency.
    "LinkWatch", "Practice",
    # Parts of a compilation; what a year's facts are, reached through the agency.
    "Counted", "Entered", "Fact", "Prose", "Remark", "Signing", "Waiver",
    # Parts of a campaign.
    "Difference", "Explanation", "Handed",
    # The program's own: number series, imports, what was mailed, feeds by their secret address, how hard somebody
    # presses.
    "CalendarFeed", "Digest", "Pressure", "RegisterImport", "RegisterSeries",
    "DisputeSeries", "IndexSeries", "MessageSeries", "Stamp",
}


def test_every_model_answers_which_rows_an_actor_may_see():
    ours = [m for m in apps.get_models() if m.__module__.startswith("gongkai.")]
    assert ours
    silent = {m.__name__ for m in ours if not hasattr(m._default_manager.all(), "visible_to")}
    assert silent == THROUGH_ANOTHER
