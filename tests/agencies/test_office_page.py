"""The office keeps its own guide and sections; another's does not exist for it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from tests import factories

from gongkai.accounts import roles
from gongkai.accounts.models import Post
from gongkai.agencies.models import Agency, DisclosureOffice, Section
from gongkai.ledger.models import Entry

pytestmark = pytest.mark.django_db
FORM = {
    "name": "青澜县民政局办公室", "address": "青澜县和平路 12 号", "postcode": "365000", "hours": "工作日 8:00–17:30",
    "phone": "0598-8123456", "fax": "", "email": "", "channels": ["online"], "classification": "按职能编排",
    "obtaining": "本网页\r\n档案馆", "payment": "", "review_organ": "青澜县人民政府", "court": "青澜县人民法院",
    "letter_prefix": "青民",
}


@pytest.fixture
def civil(db: None) -> Agency:
    return factories.agency("青澜县民政局", factories.agency())


def staff(client: Client, where: Agency, role: type[roles.Role] = roles.Clerk) -> Client:
    person = factories.user(f"{role.key}-{where.pk}")
    Post.objects.create(user=person, agency=where, role=role.key, valid_from=date(2020, 1, 1))
    client.force_login(person)
    return client


def save(client: Client, agency: Agency, **values: Any) -> Any:
    return client.post(f"/desk/agencies/{agency.pk}/office/", FORM | values)


def test_what_is_saved_is_public_at_once_and_dated(client: Client, civil: Agency) -> None:
    staff(client, civil)
    assert "还没有编制" in client.get(f"/desk/agencies/{civil.pk}/office/").content.decode()
    assert save(client, civil).status_code == 302
    guide = Client().get(f"/agencies/{civil.pk}/guide/").content.decode()
    office = DisclosureOffice.objects.get()
    assert office.described_on is not None
    assert office.obtaining == "本网页\n档案馆"
    for said in ("青澜县民政局办公室", "0598-8123456", office.described_on.isoformat(), "在本网页填写申请"):
        assert said in guide
    assert Entry.objects.filter(kind="agencies.office_described").count() == 1
    save(client, civil)  # the same again records nothing
    assert Entry.objects.filter(kind="agencies.office_described").count() == 1


def test_a_channel_without_its_number_is_told_and_the_rest_kept(client: Client, civil: Agency) -> None:
    answer = save(staff(client, civil), civil, channels=["fax"], phone="0598-7777777")
    assert answer.status_code == 400
    assert list(answer.context["form"].errors) == ["fax"]
    assert "0598-7777777" in answer.content.decode()
    assert save(client, civil, channels=["courier"]).status_code == 400
    assert not DisclosureOffice.objects.exists()


def test_sections_are_entered_closed_and_opened_again(client: Client, civil: Agency) -> None:
    at = f"/desk/agencies/{civil.pk}/office/sections/"
    staff(client, civil)
    assert client.post(at, {"name": "社会救助科"}).status_code == 302
    assert client.post(at, {"name": ""}).status_code == 400
    client.post(at, {"name": "社会救助科", "active": "0"})
    assert not Section.objects.get().active
    client.post(at, {"name": "社会救助科", "active": "1"})
    assert Section.objects.get().active
    assert client.get(at).status_code == 302


def test_another_agencys_guide_does_not_exist_here(client: Client, civil: Agency) -> None:
    other = factories.agency("青澜县水利局", civil.parent)
    staff(client, other)
    assert client.get(f"/desk/agencies/{civil.pk}/office/").status_code == 404
    assert save(client, civil).status_code == 404
    assert client.post(f"/desk/agencies/{civil.pk}/office/sections/", {"name": "甲"}).status_code == 404
    reviewer = staff(Client(), civil, roles.Reviewer)
    assert reviewer.get(f"/desk/agencies/{civil.pk}/office/").status_code == 403


def test_the_page_of_the_agency_leads_there_for_those_who_may(client: Client, civil: Agency) -> None:
    link = f"/desk/agencies/{civil.pk}/office/"
    assert link in staff(client, civil).get(f"/desk/agencies/{civil.pk}/").content.decode()
    other = staff(Client(), civil, roles.Reviewer)
    assert link not in other.get(f"/desk/agencies/{civil.pk}/").content.decode()
