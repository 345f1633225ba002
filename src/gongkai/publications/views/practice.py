"""The office's own rules: review, index numbers, limits, periods."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.accounts.gate import actor_of, requires
from gongkai.accounts.organ import chosen
from gongkai.core.errors import Refused
from gongkai.infra.refusals import said, translated
from gongkai.publications.actions.practice import set_practice
from gongkai.publications.forms.practice import AgencyForm, PracticeForm
from gongkai.publications.numbering import example, template_of
from gongkai.publications.permissions import PublicationPermission as P
from gongkai.publications.practices import practice_of


@requires(P.RULES)
def practice(request: HttpRequest) -> HttpResponseBase:
    """The rules of an agency, and what they make of an index number."""
    actor = actor_of(request)
    asked = AgencyForm({"agency": request.GET["agency"]} if "agency" in request.GET else None, actor=actor,
                       permission=P.RULES)
    agency = asked.chosen(chosen(request))
    if agency is None:
        raise Http404
    kept = practice_of(agency)
    form = PracticeForm(request.POST or None, practice=kept)
    if request.method == "POST" and form.is_valid():
        try:
            set_practice(by=actor, agency=agency, at=timezone.now(), **form.stated)
        except Refused as refusal:
            if refusal.code == "denied":
                raise
            said(form, refusal)
        else:
            messages.success(request, _("已保存办理规则"))
            return redirect(f"{reverse('publications:practice')}?agency={agency.pk}")
    return render(request, "publications/practice.html", {
        "form": form, "agency": agency, "agencies": asked.agencies, "default": template_of(agency).text,
        "sample": sample_of(agency, str(form["index_template"].value() or "")),
    }, status=400 if form.is_bound and form.errors else 200)


@requires(P.RULES)
def sample(request: HttpRequest) -> HttpResponseBase:
    """What a template makes, while it is typed."""
    asked = AgencyForm({"agency": request.GET.get("agency", "")}, actor=actor_of(request), permission=P.RULES)
    agency = asked.chosen()
    if agency is None:
        raise Http404
    return render(request, "publications/sample.html", {
        "sample": sample_of(agency, request.GET.get("index_template", "")[:200]),
    })


def sample_of(agency, text: str) -> tuple[bool, str]:  # type: ignore[no-untyped-def]
    """(whether it is sound, the first number of the year or what is wrong)."""
    try:
        return True, example(agency, text, timezone.localdate())
    except Refused as refusal:
        return False, translated(refusal)
