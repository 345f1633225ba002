"""Who may open which address: every view wears one of `requires`, `signed_in`, `at_the_door`, `public`, and a guard
test looks.

The decorators also bring the actor to the request and turn refusals of the domain into answers of the web: Denied is
403, and an object that does not exist or is not the actor's to see is 404, so that nobody learns what exists.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import Denied, Permission, may
from gongkai.accounts.queries import actor_for
from gongkai.accounts.second_factor import unfinished

View = Callable[..., HttpResponseBase]


def actor_of(request: HttpRequest) -> Actor:
    """The actor of this request, looked up once."""
    if not hasattr(request, "actor"):
        request.actor = actor_for(request.user, on=timezone.localdate())  # type: ignore[attr-defined]
    return request.actor  # type: ignore[attr-defined, no-any-return]


def requires(permission: Permission) -> Callable[[View], View]:
    """Only for people who hold `permission` somewhere; over which object, the action or the query decides."""

    def wrap(view: View) -> View:
        return _declared(view, permission, lambda actor: may(actor, permission))

    return wrap


def signed_in(view: View) -> View:
    """For everybody of the office, about themselves."""
    return _declared(view, "signed-in", lambda actor: actor.user_id is not None)


def at_the_door(view: View) -> View:
    """For everybody of the office, even before the password is changed and the second factor set: one's own account."""
    return _declared(view, "signed-in", lambda actor: actor.user_id is not None, led=False)


def public(view: View) -> View:
    """For anybody."""
    return _declared(view, "public", None)


def posted(back: Callable[..., str]) -> Callable[[View], View]:
    """For acts: only a form that is sent does something. Opened as a page (a reload, Back, an old address) the view
    leads to `back`, which gets the view's own arguments and gives an address."""

    def wrap(view: View) -> View:
        @wraps(view)
        def sent(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            return view(request, *args, **kwargs) if request.method == "POST" else redirect(back(*args, **kwargs))

        return sent

    return wrap


def _return_to(request: HttpRequest) -> str:
    """Where to go after signing in: the page, or for an act the page with its form, where it can be sent again."""
    if request.method in {"GET", "HEAD"}:
        return request.get_full_path()
    came_from = urlsplit(request.headers.get("Referer", ""))
    return came_from.path if came_from.netloc == request.get_host() else "/"


def _declared(
    view: View, access: str, allowed: Callable[[Actor], bool] | None, *, led: bool = True,
) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        actor = actor_of(request)
        if allowed is not None:
            if actor.is_public:
                return redirect_to_login(_return_to(request))
            # What this person must do before anything else: every page but one's own account leads there.
            request.first_to = unfinished(request.user, actor)  # type: ignore[attr-defined]
            if led and request.first_to is not None:  # type: ignore[attr-defined]
                return redirect(request.first_to)  # type: ignore[attr-defined]
            if not allowed(actor):
                raise PermissionDenied
        try:
            return view(request, *args, **kwargs)
        except Denied as refusal:
            raise PermissionDenied(refusal.message) from refusal
        except ObjectDoesNotExist as absent:
            raise Http404 from absent

    guarded.access = access  # type: ignore[attr-defined]
    return guarded
