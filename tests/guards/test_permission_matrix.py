"""The permission matrix, walked from the resolver: every role at every address of the desk.

An address opens exactly for the roles that hold its permission; whether a particular row is within reach is another
question, asked last: for a row that is not there the door answers 404 to who may enter and 403 to who may not.
"""

from __future__ import annotations

import re

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern
from tests import factories
from tests.guards.test_urls_declare_permission import ROUTES

from gongkai.accounts import roles
from gongkai.accounts.models import User
from gongkai.accounts.permissions import Permission, holders
from gongkai.applications.permissions import ApplicationPermission
from gongkai.portal import errors

pytestmark = pytest.mark.django_db
NOBODY = 999_999
DOORS = [
    (route, pattern) for route, pattern in ROUTES
    if isinstance(getattr(pattern.callback, "access", None), Permission)
]
# Contributors enter the room of applications by a permission of their own; queries keep them to their section. A view
# of the other rooms names such a permission itself (`shared`).
SHARED = {ApplicationPermission.SEE: ApplicationPermission.CONTRIBUTE}


def address(route: str) -> str:
    """An address in which every row that is named does not exist."""
    path = re.sub(r"<int:\w+>", str(NOBODY), route)
    return "/" + re.sub(r"<\w+:\w+>", "none", path)


def allowed(pattern: URLPattern) -> set[str]:
    """The roles that hold an address's permission."""
    access = pattern.callback.access  # type: ignore[attr-defined]
    shared = SHARED.get(access) or getattr(pattern.callback, "shared", None)
    return set(holders(access)) | (set(holders(shared)) if shared else set())


def room_of(route: str) -> str:
    """The first two parts of an address: "desk/applications"."""
    return "/".join(route.split("/")[:2])


@pytest.fixture
def people() -> dict[str, Client]:
    """One signed-in person for each role, all in the same agency."""
    where = factories.agency()
    made = {}
    for role in roles.ALL:
        actor = factories.actor(where, role)
        made[role.key] = Client()
        made[role.key].force_login(User.objects.get(pk=actor.user_id))
    return made


@pytest.fixture
def only_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    """A refusal is its number here; the page around it is drawn for every role in a test of its own."""
    monkeypatch.setattr(errors, "render", lambda _request, _page, *, status: HttpResponse(status=status))


def test_the_walk_sees_every_room() -> None:
    rooms = {route.split("/")[1] for route, _ in DOORS if route.startswith("desk/")}
    assert {"applications", "annual-reports", "agencies", "letters", "account"} <= rooms
    assert len(DOORS) >= 60


@pytest.mark.usefixtures("only_numbers")
@pytest.mark.parametrize("room", sorted({room_of(route) for route, _ in DOORS}))
def test_an_address_opens_for_the_roles_that_hold_its_permission(room: str, people: dict[str, Client]) -> None:
    """All addresses of a room with the same people: to appoint nine of them anew costs more than to try a door."""
    wrong = {}
    for route, pattern in DOORS:
        if room_of(route) == room:
            path, able = address(route), allowed(pattern)
            opened = {key for key, client in people.items() if client.get(path).status_code != 403}
            if opened != able:
                wrong[path] = opened ^ able
    assert wrong == {}


def test_whoever_is_refused_or_finds_nothing_reads_so_on_a_page(people: dict[str, Client]) -> None:
    for key, client in people.items():
        shut = next(address(route) for route, pattern in DOORS if key not in allowed(pattern))
        for path, status in ((shut, 403), ("/desk/nothing-is-here/", 404)):
            answer = client.get(path)
            assert answer.status_code == status, (key, path)
            assert f"portal/{status}.html" in [one.name for one in answer.templates], (key, path)


def test_a_door_left_open_would_be_found(people: dict[str, Client]) -> None:
    """The planted fault: a role that holds nothing over agencies is refused where the matrix says so."""
    refused = people[roles.AuditAdministrator.key].get("/desk/agencies/add/")
    assert refused.status_code == 403
