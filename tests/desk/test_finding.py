"""The search of the frame looks for what the room lists, and says so."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.urls import resolve, reverse
from tests import factories

from gongkai.accounts import roles
from gongkai.accounts.models import User
from gongkai.catalogue.actions import adopt_skeleton
from gongkai.desk import finding

pytestmark = pytest.mark.django_db
AT = datetime(2026, 1, 5, 9, tzinfo=UTC)


def signed_in(where, role):
    client = Client()
    client.force_login(User.objects.get(pk=factories.actor(where, role).user_id))
    return client


def found_on(client, path):
    """Where the search of a page leads and what it says, and that the list answers it."""
    page = client.get(path)
    assert page.status_code == 200
    text = page.content.decode()
    form = re.search(r'<form class="find" role="search" action="([^"]+)" method="get">(.*?)</form>', text, re.DOTALL)
    assert form is not None
    hint = re.search(r'placeholder="([^"　]+)', form[2])
    assert hint is not None
    answer = client.get(form[1], {"q": "绝无此事"})
    assert answer.status_code == 200
    return form[1], hint[1]


@pytest.mark.parametrize(("name", "kwargs", "searches", "hint"), [
    ("desk:today", {}, "applications:list", "申请：登记号、事项"),
    ("applications:new", {}, "applications:list", "申请：登记号、事项"),
    ("publications:list", {}, "publications:list", "公开信息：名称、文号、索引号"),
    ("publications:withheld", {}, "publications:withheld", "不公开信息：名称、文号"),
    ("participation:list", {}, "participation:list", "来信：编号、标题"),
    ("disputes:list", {}, "disputes:list", "案件：登记号、案号、案由"),
    ("registers:overview", {}, "registers:documents", "登记的文件：名称、文号"),
    ("catalogue:list", {}, "catalogue:list", "目录：事项、编码、内容"),
    ("compilations:list", {}, "compilations:list", "年报编制：机关名称"),
    ("annual_reports:list", {}, "annual_reports:list", "年报：机关名称"),
    ("agencies:tree", {}, "agencies:tree", "机关：名称"),
    ("letters:register", {}, "letters:register", "文书：文号"),
    ("accounts:mine", {}, "applications:list", "申请：登记号、事项"),
])
def test_it_looks_for_what_the_room_lists(name, kwargs, searches, hint):
    client = signed_in(factories.agency(), roles.HeadOfOffice)
    assert found_on(client, reverse(name, kwargs=kwargs)) == (reverse(searches), hint)


def test_a_page_inside_a_room_is_searched_as_its_room(client):
    office = factories.agency()
    head = signed_in(office, roles.HeadOfOffice)
    listed = reverse("registers:entries", args=["licence"])
    assert found_on(head, listed) == (listed, "这本台账：事项、文号")
    mine = reverse("catalogue:agency", args=[office.pk])
    assert found_on(head, mine) == (mine, "目录：事项、编码、内容")
    assert found_on(head, reverse("catalogue:add", args=[office.pk])) == (mine, "目录：事项、编码、内容")
    assert found_on(head, reverse("handover:overview")) == (reverse("registers:documents"), "登记的文件：名称、文号")
    assert found_on(head, reverse("agencies:agency", args=[office.pk])) == (reverse("agencies:tree"), "机关：名称")


def test_an_item_is_searched_in_the_catalogue_that_it_stands_in():
    """Whoever looks after several catalogues stays in the one in hand."""
    county = factories.agency()
    below = factories.agency("青澜县水利局", county)
    watcher = signed_in(county, roles.Supervisor)
    head = factories.actor(below, roles.HeadOfOffice)
    item = adopt_skeleton(by=head, agency=below, on=date(2026, 1, 5), at=AT)[0]
    for page in (reverse("catalogue:item", args=[item.pk]), reverse("catalogue:agency", args=[below.pk])):
        assert found_on(watcher, page) == (reverse("catalogue:agency", args=[below.pk]), "目录：事项、编码、内容")
    assert found_on(watcher, reverse("catalogue:overview"))[1] == "目录：事项、编码、内容"


def test_who_has_nothing_to_do_with_applications_finds_what_there_is():
    client = signed_in(factories.agency(), roles.SecurityAdministrator)
    assert found_on(client, reverse("accounts:mine")) == (reverse("agencies:tree"), "机关：名称")


@pytest.mark.parametrize("room", finding._ROOMS, ids=lambda room: f"{room.under}-{room.searches}")
def test_every_list_is_searched_from_itself(room, rf):
    """Who stands on a list that a search leads to stays there."""
    kept = {name: {"register": "licence", "agency_id": 1}[name] for name in room.keeps}
    request = rf.get(reverse(room.searches, kwargs=kept))
    request.resolver_match = resolve(request.path)
    head = factories.actor(factories.agency(), roles.HeadOfOffice)
    assert finding.finder_of(request, head).href == request.path
