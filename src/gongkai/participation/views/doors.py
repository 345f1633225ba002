"""Who may enter the room: those who see what the public sends, and contributors, who see their section's."""

from __future__ import annotations

from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from gongkai.accounts.gate import View, actor_of, signed_in
from gongkai.participation.permissions import ParticipationPermission as P
from gongkai.participation.work import enters


def office(view: View) -> View:
    """Only for people who may see messages, all of an agency's or one section's; which ones the query decides."""

    @signed_in
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not enters(actor_of(request)):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    guarded.access = P.SEE  # type: ignore[attr-defined]
    guarded.shared = P.ANSWER  # type: ignore[attr-defined]
    return guarded
