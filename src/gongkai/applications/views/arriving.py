"""Writing down what came in, and handing everything of one person to another."""

from __future__ import annotations

import hashlib

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from gongkai.accounts.gate import actor_of, requires
from gongkai.accounts.models import User
from gongkai.accounts.organ import at_desk, chosen
from gongkai.accounts.permissions import within
from gongkai.agencies.models import Agency
from gongkai.applications import actions, similar
from gongkai.applications.forms.fields import NamedChoice
from gongkai.applications.forms.register import RegisterForm
from gongkai.applications.models import Application
from gongkai.applications.permissions import ApplicationPermission as P
from gongkai.applications.states import OPEN
from gongkai.core.errors import Refused
from gongkai.infra.refusals import said

SIMILAR = 5


@requires(P.REGISTER)
@never_cache
def new(request: HttpRequest) -> HttpResponseBase:
    """An application from the counter, the post, a letter, a fax, an e-mail. What is like it is shown before it is
    saved, once; files stay chosen in the browser only, so they are asked for again then."""
    actor = actor_of(request)
    agencies = Agency.objects.filter(
        within(actor, P.REGISTER, "path"), pk__in={h.agency_id for h in actor.holdings},
    ).in_force(timezone.localdate())
    like: list[object] = []
    if request.method == "POST":
        form = RegisterForm(request.POST, request.FILES, agencies=agencies, today=timezone.localdate())
        if form.is_valid():
            given = form.cleaned_data
            seen = hashlib.sha256(given["content"].encode()).hexdigest()[:16]
            # Sent again after a lost answer it is saved already, and nothing is like it but itself.
            again = Application.objects.filter(token=given["token"]).exists()
            if given["checked"] != seen and not again:
                like = list(similar.find(given["content"], given["agency"], SIMILAR))
            if like:
                form.data = form.data.copy()
                form.data["checked"] = seen
                return render(request, "applications/new.html", {"form": form, "like": like})
            try:
                made = actions.register(
                    by=actor, agency=given["agency"], channel=given["channel"], arrived_on=given["arrived_on"],
                    submission=form.submission, files=given["files"], at=timezone.now(), oral=given["oral"],
                    confirmed_on=given["confirmed_on"], token=given["token"],
                )
            except Refused as refusal:
                if refusal.code == "denied":
                    raise
                said(form, refusal)
            else:
                messages.success(request, _("已登记：%(number)s") % {"number": made.number})
                return redirect("applications:application", made.pk)
    else:
        home = chosen(request) or next((h.agency_id for h in actor.holdings), None)
        form = RegisterForm(initial={"agency": home}, agencies=agencies, today=timezone.localdate())
    return render(request, "applications/new.html", {"form": form, "like": like}, status=400 if form.is_bound else 200)


class AwayForm(forms.Form):
    """Who is away, who takes over, why."""

    agency = NamedChoice(Agency.objects.none(), label=gettext_lazy("机关"))
    person = NamedChoice(User.objects.none(), label=gettext_lazy("不在的人"))
    to = NamedChoice(User.objects.none(), label=gettext_lazy("移交给"))
    reason = forms.CharField(label=gettext_lazy("理由"), max_length=300)

    def clean(self) -> dict[str, object]:
        """Two people."""
        given = super().clean() or self.cleaned_data
        if given.get("person") and given.get("person") == given.get("to"):
            self.add_error("to", _("移交给另一个人"))
        return given


@requires(P.HANDLE)
@never_cache
def hand_over_all(request: HttpRequest) -> HttpResponseBase:
    """Everything open of a person who is away."""
    actor, today = actor_of(request), timezone.localdate()
    own = {h.agency_id for h in at_desk(request).holdings}
    agencies = Agency.objects.filter(within(actor, P.HANDLE, "path"), pk__in=own)
    form = AwayForm(request.POST or None, initial={"agency": next(iter(sorted(own)), None)})
    people = User.objects.filter(posts__agency__in=agencies, posts__valid_from__lte=today).exclude(
        posts__valid_to__lt=today,
    ).distinct().order_by("name")
    holding = User.objects.filter(
        pk__in=Application.objects.handled_by(actor, P.HANDLE).filter(state__in=OPEN).values("handler_id"),
    ).order_by("name")
    form.fields["agency"].queryset = agencies  # type: ignore[attr-defined]
    form.fields["person"].queryset = holding  # type: ignore[attr-defined]
    form.fields["to"].queryset = people.filter(is_active=True)  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            moved = actions.hand_over_all(
                by=actor, agency=given["agency"], person=given["person"], to=given["to"], reason=given["reason"],
                at=timezone.now(),
            )
        except Refused as refusal:
            if refusal.code == "denied":
                raise
            said(form, refusal)
        else:
            messages.success(request, _("已移交 %(n)s 件") % {"n": moved})
            return redirect("applications:list")
    return render(request, "applications/hand_over.html", {"form": form, "anything": holding.exists()},
                  status=400 if form.is_bound else 200)
