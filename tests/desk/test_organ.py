"""A person with posts in several agencies sees the desk of one of them, and may still open what the others have."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from tests import factories

from gongkai.accounts import roles
from gongkai.accounts.models import Post, User
from gongkai.agencies.models import Agency

pytestmark = pytest.mark.django_db
LIST = "/desk/annual-reports/"
SWITCH = "/desk/account/organ/"


@pytest.fixture
def bureaus() -> list[Agency]:
    county = factories.agency()
    return [factories.agency(name, county) for name in ("青澜县民政局", "青澜县水利局")]


@pytest.fixture
def both(bureaus: list[Agency]) -> Client:
    """Signed in as the clerk of both bureaus."""
    clerk = User.objects.get(pk=factories.actor(bureaus[0], roles.Clerk).user_id)
    Post.objects.create(user=clerk, agency=bureaus[1], role=roles.Clerk.key, valid_from=date(2020, 1, 1))
    client = Client()
    client.force_login(clerk)
    return client


def listed(client: Client) -> set[str]:
    return {report.agency.name for report in client.get(LIST).context["page"]}


def test_lists_narrow_to_the_desk_and_objects_do_not(both: Client, bureaus: list[Agency]) -> None:
    civil, water = (factories.filed(factories.SYSTEM, bureau) for bureau in bureaus)
    assert listed(both) == {"青澜县民政局", "青澜县水利局"}
    answer = both.post(SWITCH, {"agency": bureaus[1].pk, "next": LIST})
    assert answer.headers["Location"] == LIST
    assert listed(both) == {"青澜县水利局"}
    assert f'<option value="{bureaus[1].pk}" selected>' in both.get(LIST).content.decode()
    assert both.get(f"{LIST}{civil.pk}/").status_code == 200
    both.post(SWITCH, {"agency": "", "next": LIST})
    assert listed(both) == {civil.agency.name, water.agency.name}


def test_today_tells_of_the_desk_that_was_chosen(both: Client, bureaus: list[Agency]) -> None:
    both.post(SWITCH, {"agency": bureaus[0].pk})
    assert [row.agency for row in both.get("/desk/").context["today"].missing] == [bureaus[0]]
    form = both.get(f"{LIST}upload/").context["form"]
    assert form["agency"].value() == bureaus[0].pk


@pytest.mark.parametrize("said", ["999999", "x", "²"])
def test_a_desk_that_is_not_ones_own_is_none(both: Client, bureaus: list[Agency], said: str) -> None:
    factories.filed(factories.SYSTEM, bureaus[0])
    both.post(SWITCH, {"agency": said, "next": LIST})
    assert listed(both) == {"青澜县民政局"}


def test_a_post_that_ended_is_forgotten(both: Client, bureaus: list[Agency]) -> None:
    both.post(SWITCH, {"agency": bureaus[1].pk})
    Post.objects.filter(agency=bureaus[1]).delete()
    factories.filed(factories.SYSTEM, bureaus[0])
    assert listed(both) == {"青澜县民政局"}


def test_one_is_not_led_to_another_site(both: Client, bureaus: list[Agency]) -> None:
    answer = both.post(SWITCH, {"agency": bureaus[0].pk, "next": "https://example.org/"})
    assert answer.headers["Location"] == "/desk/account/"


def test_who_works_in_one_place_has_nothing_to_choose(bureaus: list[Agency]) -> None:
    client = Client()
    client.force_login(User.objects.get(pk=factories.actor(bureaus[0], roles.Clerk).user_id))
    assert SWITCH not in client.get("/desk/").content.decode()
