"""The pages of a campaign: the supervisor's and a member's."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.campaigns.makers import DUE, YEAR, member, opened, report_file, sent, submitted
from tests.compilations import makers

from gongkai.accounts import roles
from gongkai.accounts.models import User
from gongkai.annual_reports.models import Scope
from gongkai.campaigns import tasks
from gongkai.campaigns.models import Campaign, Difference, Explanation, Member
from gongkai.compilations.models import Compilation
from gongkai.compilations.states import State

pytestmark = pytest.mark.django_db


def browser(actor):
    client = Client()
    client.force_login(User.objects.get(pk=actor.user_id))
    return client


@pytest.fixture
def desk(office):
    return browser(office.supervisor)


def test_opening_from_the_form_with_the_statutory_days_filled_in(office, desk, audit):
    page = desk.get(reverse("campaigns:open"))
    assert "-01-31" in page.content.decode()
    given = {
        "root": office.county.pk, "year": YEAR, "title": "年报通知", "notice_number": "", "notice": "请编制",
        "due_on": "2026-02-10", "publish_by": "2026-03-31",
    }
    refused = desk.post(reverse("campaigns:open"), given)
    assert refused.status_code == 400
    assert "不能晚于2026-01-31" in str(refused.context["form"].errors)
    made = desk.post(reverse("campaigns:open"), given | {"due_on": "2026-01-31"})
    campaign = Campaign.objects.get()
    assert made["Location"] == reverse("campaigns:board", args=[campaign.pk])
    assert "年报通知" in desk.get(reverse("campaigns:list")).content.decode()
    changed = desk.post(reverse("campaigns:notice", args=[campaign.pk]), given | {"due_on": "2026-01-20"})
    assert changed.status_code == 302
    campaign.refresh_from_db()
    assert campaign.due_on == DUE


def test_the_board_filters_exports_urges_and_polls(office, desk, audit, education):
    campaign = opened(office)
    submitted(office, office.bureau)
    board = reverse("campaigns:board", args=[campaign.pk])
    page = desk.get(board).content.decode()
    assert all(name in page for name in (office.bureau.name, audit.name, education.name))
    live = desk.get(f"{board}?standing=submitted", headers={"hx-request": "true"}).content.decode()
    assert office.bureau.name in live
    assert audit.name not in live
    assert "<html" not in live
    lines = b"".join(desk.get(reverse("campaigns:export", args=[campaign.pk]) + "?found=awaited").streaming_content)
    assert len(lines.decode("utf-8-sig").strip().splitlines()) == 3
    urge = reverse("campaigns:remind", args=[campaign.pk])
    desk.post(urge, {"to": "waiting", "text": "请提交"})
    assert member(campaign, audit).reminders.count() == 1
    desk.post(urge, {"to": "chosen", "text": "请提交", "members": [member(campaign, education).pk]})
    assert member(campaign, education).reminders.count() == 2
    desk.post(urge, {"to": "soon", "days": "30", "text": "请提交"})
    assert member(campaign, audit).reminders.count() == 2
    desk.post(urge, {"to": "chosen", "text": ""})
    assert member(campaign, audit).reminders.count() == 2


def test_acts_on_a_member(office, desk, audit):
    campaign = opened(office)
    row = member(campaign, audit)
    page = reverse("campaigns:member", args=[campaign.pk, row.pk])
    assert audit.name in desk.get(page).content.decode()

    def act(name, **given):
        return desk.post(reverse("campaigns:member-act", args=[campaign.pk, row.pk, name]), given).status_code

    assert act("time", on="2026-02-09", reason="机构改革") == 302
    assert act("exempt", reason="") == 400
    assert act("exempt", reason="没有履行职责") == 302
    assert "没有履行职责" in desk.get(page).content.decode()
    assert act("owe", reason="有职责") == 302
    assert act("drop", reason="并入") == 302
    assert act("nonsense", reason="并入") == 404
    added = desk.post(reverse("campaigns:add", args=[campaign.pk]), {
        "agency": audit.name, "scope": "own", "reason": "恢复",
    })
    assert added.status_code == 302
    assert Member.objects.get(pk=row.pk).left_at is None
    desk.post(reverse("campaigns:close", args=[campaign.pk]))
    desk.post(reverse("campaigns:reopen", args=[campaign.pk]), {"reason": "继续"})
    assert Campaign.objects.get().closed_at is None


def test_a_member_signs_for_the_notice_and_finds_its_way(office, audit):
    campaign = opened(office)
    row = member(campaign, office.bureau)
    clerk = browser(office.clerk)
    to = clerk.get(reverse("campaigns:board", args=[campaign.pk]))
    assert to["Location"] == reverse("campaigns:member", args=[campaign.pk, row.pk])
    assert "签收通知" in clerk.get(to["Location"]).content.decode()
    clerk.post(reverse("campaigns:read", args=[campaign.pk, row.pk]))
    row.refresh_from_db()
    assert row.read_at is not None
    assert clerk.get(reverse("campaigns:member", args=[campaign.pk, member(campaign, audit).pk])).status_code == 404
    assert clerk.get(reverse("campaigns:rollup", args=[campaign.pk])).status_code == 403
    assert clerk.post(reverse("campaigns:remind", args=[campaign.pk])).status_code == 403
    assert campaign.title in clerk.get(reverse("desk:today")).content.decode()


def test_files_are_sent_from_the_page_and_handed_in(office, desk, water, django_capture_on_commit_callbacks):
    campaign = opened(office)
    page = reverse("campaigns:files", args=[campaign.pk])
    name, data = report_file(water)
    token = desk.get(page).context["form"].initial["token"]
    with django_capture_on_commit_callbacks(execute=True):
        sent_ = desk.post(page, {
            "token": token, "agency": office.county.pk,
            "files": [SimpleUploadedFile(name, data), SimpleUploadedFile("坏.docx", b"PK\x03\x04" + bytes(90))],
        })
    assert sent_.status_code == 302
    shown = desk.get(page)
    items = list(shown.context["page"])
    assert {item.state for item in items} == {"read", "refused"}
    (good,) = [item for item in items if item.state == "read"]
    accept = reverse("campaigns:accept", args=[campaign.pk, good.pk])
    wrong = desk.post(accept, {f"i{good.pk}-agency": office.county.name, f"i{good.pk}-scope": "own"})
    assert wrong.status_code == 400
    right = desk.post(accept, {f"i{good.pk}-agency": water.name, f"i{good.pk}-scope": "own"})
    assert right.status_code == 302
    assert Compilation.objects.get(agency=water).state == State.SUBMITTED
    assert desk.get(page, headers={"hx-request": "true"}).status_code == 200


def test_a_member_sends_its_own_file(office, water):
    campaign = opened(office)
    clerk = browser(office.person(roles.Clerk, water))
    (item,) = sent(campaign, office.person(roles.Clerk, water), water, report_file(water))
    page = clerk.get(reverse("campaigns:files", args=[campaign.pk]))
    assert [shown.pk for shown in page.context["page"]] == [item.pk]
    clerk.post(reverse("campaigns:accept", args=[campaign.pk, item.pk]), {
        f"i{item.pk}-agency": water.name, f"i{item.pk}-scope": "own",
    })
    assert Compilation.objects.get(agency=water).state == State.SUBMITTED


def test_the_roll_up_and_a_difference_that_is_explained_and_accepted(office, desk, water):
    campaign = opened(office)
    submitted(office, office.bureau)
    makers.late(office)
    tasks.compared(campaign, makers.moment(DUE))
    rollup = reverse("campaigns:rollup", args=[campaign.pk])
    page = desk.get(rollup + "?only=open").content.decode()
    assert "没有说明" in page
    assert water.name in page, "who gives nothing is named"
    cell = desk.get(reverse("campaigns:cell", args=[campaign.pk, "t3.new.total"])).content.decode()
    assert office.bureau.name in cell
    assert desk.get(reverse("campaigns:cell", args=[campaign.pk, "t3.none"])).status_code == 404
    lines = b"".join(desk.get(rollup + "?as=csv").streaming_content).decode("utf-8-sig")
    assert "t3.new.total" in lines
    one = Difference.objects.get(cell="t3.new.total")
    where = reverse("campaigns:difference", args=[campaign.pk, one.pk])
    clerk = browser(office.clerk)
    assert clerk.post(where, {"act": "explain", "text": ""}).status_code == 400
    assert clerk.post(where, {"act": "explain", "text": "2月补登一件"}).status_code == 302
    assert "2月补登一件" in desk.get(where).content.decode()
    assert desk.post(where, {"act": "send_back", "reason": ""}).status_code == 400
    assert desk.post(where, {"act": "accept"}).status_code == 302
    assert Explanation.objects.get().accepted_at is not None
    assert desk.post(reverse("campaigns:compare", args=[campaign.pk])).status_code == 302
    stranger = browser(office.person(roles.Clerk, water))
    assert stranger.get(where).status_code == 404


def test_the_consolidated_report_is_begun_from_the_campaign(office, desk):
    campaign = opened(office)
    begin = reverse("campaigns:consolidate", args=[campaign.pk])
    assert browser(office.clerk).post(begin).status_code in {403, 404}, "a member does not compile its government's"
    assert not Compilation.objects.exists()
    board = reverse("campaigns:board", args=[campaign.pk])
    assert "编制本级汇总年报" in desk.get(board).content.decode()
    to = desk.post(begin)
    made = Compilation.objects.get(agency=office.county, scope=Scope.CONSOLIDATED)
    head = browser(office.person(roles.HeadOfOffice, office.county))
    assert to["Location"] == reverse("compilations:report", args=[made.pk])
    assert head.post(begin)["Location"] == to["Location"]
    assert desk.get(reverse("campaigns:board", args=[campaign.pk])).status_code == 200
