"""NUL in an address is a bad request, on every database."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from django.test import Client
from tests import factories

from gongkai.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", [
    "/?q=%00", "/apply/?q=a%00b", "/feeds/%00.ics", "/letters/verify/%00/", "/?%00=1", "/desk/agencies/?q=%00",
])
def test_an_address_with_nul_is_a_bad_request(path: str) -> None:
    factories.agency()
    client = Client()
    client.force_login(User.objects.get(pk=factories.actor(factories.agency("青澜县民政局")).user_id))
    answer = client.get(path)
    assert answer.status_code == 400
    assert "\x00" not in answer.content.decode()


def test_other_addresses_pass() -> None:
    assert Client().get("/", {"q": unquote("%E6%B0%B4")}).status_code == 200
