"""Requests that no browser makes get an answer, not an error of the server."""

from __future__ import annotations

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_another_host_is_refused_with_a_page(client: Client):
    client.raise_request_exception = False
    answer = client.get("/", headers={"Host": "elsewhere.example"})
    assert answer.status_code == 400
    assert "elsewhere.example" not in answer.content.decode()


@pytest.mark.parametrize("to", ["/", ".json", ".txt", ".html"])
@pytest.mark.parametrize("number", [2**63, 10**30])
def test_a_number_that_no_key_can_have_is_not_found(client: Client, to: str, number: int):
    assert client.get(f"/documents/{number}{to}").status_code == 404
