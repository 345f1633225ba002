"""allauth, closed: people sign in, nobody signs up."""

from __future__ import annotations

import time
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from gongkai.accounts.actions import set_own_password
from gongkai.accounts.models import User


class ClosedAdapter(DefaultAccountAdapter):
    """An account is opened by the office."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Never."""
        return False

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """Usernames are given, not derived."""

    def set_password(self, user: Any, password: str) -> None:
        """A person's own new password."""
        set_own_password(user=user, password=password, at=timezone.now())

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002
        """On to the desk, which leads to the second factor where one is missing."""
        return reverse("desk:today")

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not within five minutes of signing in: who has just typed the password is not asked for it again."""
        records = get_authentication_records(self.request, self.request.user)
        if records and time.time() - records[-1]["at"] < app_settings.REAUTHENTICATION_TIMEOUT:
            return False
        return super().is_reauthentication_required(app=app, **kwargs)


def display_name(user: User) -> str:
    """How a signed-in person is addressed."""
    return user.name or user.username
