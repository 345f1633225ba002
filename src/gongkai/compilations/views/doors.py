"""Who may enter the pages on which a report is compiled: the office's own people, and whoever consolidates."""

from __future__ import annotations

from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from gongkai.accounts.gate import View, actor_of, signed_in
from gongkai.compilations.permissions import CompilationPermission as P
from gongkai.compilations.permissions import holds


def compiler(view: View) -> View:
    """Only for people who compile reports of their own or a consolidated one; which of them, the action decides."""

    @signed_in
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        actor = actor_of(request)
        if not holds(actor, P.COMPILE):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    guarded.access, guarded.shared = P.COMPILE, P.CONSOLIDATE  # type: ignore[attr-defined]
    return guarded
