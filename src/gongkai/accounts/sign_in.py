"""allauth, closed: people sign in, nobody signs up."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from gongkai.accounts.models import User


class ClosedAdapter(DefaultAccountAdapter):
    """An account is opened by the office."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Never."""
        return False

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """Usernames are given, not derived."""


def display_name(user: User) -> str:
    """How a signed-in person is addressed."""
    return user.name or user.username
