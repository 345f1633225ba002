"""Who tries to sign in too often reads what happened and what to do, in the office's own page."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client


@pytest.mark.django_db
def test_too_many_attempts_end_on_a_page_that_says_what_to_do(settings: object) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login": "2/m/ip"}  # type: ignore[attr-defined]
    cache.clear()
    client, answers = Client(), []
    for _attempt in range(3):
        answers.append(client.post("/accounts/login/", {"login": "nobody", "password": "no"}))
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    page = answers[-1].content.decode()
    assert "<h1>尝试次数太多，请稍等</h1>" in page
    assert "没有改动任何内容" in page
    assert "Too Many Requests" not in page
