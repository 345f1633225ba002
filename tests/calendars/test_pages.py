"""The pages of the calendar: years with their notices, days of a year, regions; and the region of an agency."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.calendars.test_adopting import adopt, local
from tests.factories import actor, agency

from gongkai.accounts import roles
from gongkai.accounts.models import User
from gongkai.agencies.models import Agency

pytestmark = pytest.mark.django_db
YEARS = "/desk/calendars/"


def signed_in(where: Agency, role: type[roles.Role] = roles.Clerk) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=actor(where, role).user_id))
    return client


def test_the_years_stand_with_their_notices():
    client = signed_in(agency())
    page = client.get(YEARS).content.decode()
    for part in ("国办发明电〔2025〕7号", "2025-11-04", "已知到 2026-12-31", "随程序提供"):
        assert part in page
    assert "古尔邦节" not in client.get(f"{YEARS}2025/").content.decode()
    adopt()
    assert "已知到 2027-12-31" in client.get(YEARS).content.decode()


def test_who_may_adopt_is_led_to_where_it_is_done():
    county = agency()
    assert "/desk/applications/adopt-year/" in signed_in(county, roles.Supervisor).get(YEARS).content.decode()
    assert "/desk/applications/adopt-year/" not in signed_in(county).get(YEARS).content.decode()


def test_a_region_shows_its_own_days_and_which_are_unverified():
    client = signed_in(agency())
    page = client.get(YEARS, {"region": "新疆"}).content.decode()
    assert "未经核实" in page
    days = client.get(f"{YEARS}2025/", {"region": "650000"}).content.decode()
    assert "古尔邦节放假" in days
    assert "未经核实" in days
    adopt(local("650000"))
    days = client.get(f"{YEARS}2026/", {"region": "650000"}).content.decode()
    assert "本地节日放假" in days
    assert "未经核实" not in days
    refused = client.get(YEARS, {"region": "<b>火星"})
    assert refused.status_code == 400
    assert "不认识的地区“&lt;b&gt;火星”" in refused.content.decode()


def test_a_year_tells_its_days():
    client = signed_in(agency())
    page = client.get(f"{YEARS}2026/")
    text = page.content.decode()
    for part in ("2026-02-14", "调休上班", "2026-02-17", "春节放假", "全年 248 个工作日"):
        assert part in text
    assert client.get(f"{YEARS}2031/").status_code == 404


def test_the_region_of_an_agency_is_changed_on_its_page():
    county = agency()
    client = signed_in(county, roles.Supervisor)
    page = f"/desk/agencies/{county.pk}/"
    assert "随上级" in client.get(page).content.decode()
    assert client.post(f"{page}region/", {"region-region": "新疆"}).status_code == 302
    assert Agency.objects.get(pk=county.pk).region == "650000"
    refused = client.post(f"{page}region/", {"region-region": "火星"})
    assert refused.status_code == 400
    assert "不认识的地区" in refused.content.decode()
    assert Agency.objects.get(pk=county.pk).region == "650000"
    assert signed_in(county).post(f"{page}region/", {"region-region": ""}).status_code == 403
