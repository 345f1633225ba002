"""People with posts in one's reach, and opening an account."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from gongkai.accounts import actions, queries
from gongkai.accounts.forms import AccountForm
from gongkai.accounts.gate import actor_of, requires
from gongkai.accounts.one_time import one_time_password
from gongkai.accounts.permissions import AccountsPermission, Denied, may
from gongkai.accounts.roles import BY_KEY
from gongkai.core.errors import Refused
from gongkai.infra.refusals import translated

ROWS = 50


@requires(AccountsPermission.SEE_POSTS)
def listing(request: HttpRequest) -> HttpResponse:
    """People in one's reach with the posts of today; found by name or username."""
    actor, text = actor_of(request), request.GET.get("q", "").strip()
    rows = queries.people(actor, on=timezone.localdate(), text=text)
    return render(request, "accounts/people.html", {
        "page": Paginator(rows, ROWS).get_page(request.GET.get("page")), "q": text, "roles": BY_KEY,
        "may_create": may(actor, AccountsPermission.CREATE_USER),
    })


@never_cache
@requires(AccountsPermission.CREATE_USER)
def add(request: HttpRequest) -> HttpResponseBase:
    """Open an account. The one-time password stands on the answer and nowhere else."""
    form = AccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        password = one_time_password()
        try:
            person = actions.create_user(
                by=actor_of(request), password=password, temporary=True, at=timezone.now(), **form.cleaned_data,
            )
        except Denied:
            raise
        except Refused as refusal:
            form.add_error(None, translated(refusal))
        else:
            return render(request, "accounts/password_once.html", {"person": person, "password": password, "new": True})
    return render(request, "accounts/add.html", {"form": form}, status=400 if form.is_bound else 200)
