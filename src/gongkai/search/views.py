"""The page of synonyms and of what was not found."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now

from gongkai.accounts.gate import actor_of, posted, requires
from gongkai.accounts.permissions import within
from gongkai.agencies.models import Agency
from gongkai.core.errors import Refused
from gongkai.infra.refusals import translated
from gongkai.search import actions, queries, sought
from gongkai.search.forms import SynonymForm
from gongkai.search.permissions import SearchPermission

_MISSED_DAYS = 90


def _page() -> str:
    return reverse("search:synonyms")


@requires(SearchPermission.SYNONYMS)
def synonyms(request: HttpRequest) -> HttpResponseBase:
    """Every pair that widens a search, a form for one more, and the words that were missed."""
    form = _form(request)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_synonym(
                by=actor_of(request), agency=form.cleaned_data["agency"], said=form.cleaned_data["said"],
                official=form.cleaned_data["official"], at=timezone.now(),
            )
            messages.success(request, _now("已加入，检索时马上生效"))
            return redirect("search:synonyms")
        except Refused as refusal:
            form.add_error(None, translated(refusal))
    return _drawn(request, form, 400 if form.errors else 200)


@requires(SearchPermission.SYNONYMS)
@posted(_page)
def remove(request: HttpRequest) -> HttpResponseBase:
    """Take a pair back."""
    actor, key = actor_of(request), request.POST.get("agency", "")
    agency = None
    if key:
        reach = Agency.objects.filter(within(actor, SearchPermission.SYNONYMS, "path"))
        agency = reach.get(pk=int(key) if key.isdecimal() else 0)
    try:
        actions.remove_synonym(
            by=actor, agency=agency, said=request.POST.get("said", ""), official=request.POST.get("official", ""),
            at=timezone.now(),
        )
        messages.success(request, _now("已去掉，检索时马上生效"))
        return redirect("search:synonyms")
    except Refused as refusal:
        if refusal.code == "denied":
            raise
        form = _form(request, bound=False)
        messages.error(request, translated(refusal))
        return _drawn(request, form, 400)


def _form(request: HttpRequest, *, bound: bool = True) -> SynonymForm:
    actor = actor_of(request)
    return SynonymForm(
        request.POST if bound and request.method == "POST" else None, reach=queries.keeps_for(actor),
        for_all=queries.may_set_for_all(actor),
    )


def _drawn(request: HttpRequest, form: SynonymForm, status: int) -> HttpResponse:
    return render(request, "search/synonyms.html", {
        "form": form, "pairs": queries.pairs(actor_of(request)), "days": _MISSED_DAYS,
        "missed": sought.missed(since=timezone.localdate() - timedelta(days=_MISSED_DAYS)),
    }, status=status)
