"""Who may enter the room: those who see an organ's publications, and contributors, who see their section's."""

from __future__ import annotations

from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from gongkai.accounts.actor import Actor
from gongkai.accounts.gate import View, actor_of, signed_in
from gongkai.accounts.permissions import may
from gongkai.publications.permissions import PublicationPermission as P


def office(view: View) -> View:
    """Only for people who may see publications, all of an agency's or one section's; which ones the query decides."""
    return _door(view, P.SEE)


def drafter(view: View) -> View:
    """Only for people who begin publications."""
    return _door(view, P.HANDLE)


def _door(view: View, access: P) -> View:
    """For who holds `access`, and for contributors."""

    @signed_in
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        actor = actor_of(request)
        if not (may(actor, access) or may(actor, P.CONTRIBUTE)):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    guarded.access, guarded.shared = access, P.CONTRIBUTE  # type: ignore[attr-defined]
    return guarded


def drafts(actor: Actor) -> bool:
    """Whether this person begins publications at all."""
    return may(actor, P.HANDLE) or may(actor, P.CONTRIBUTE)
