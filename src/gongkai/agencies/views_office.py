"""The office describes itself: the guide that the public reads, and its sections."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now

from gongkai.accounts.gate import actor_of, posted, requires
from gongkai.accounts.permissions import within
from gongkai.agencies import actions
from gongkai.agencies.forms_office import OfficeForm, SectionForm, told
from gongkai.agencies.models import Agency, DisclosureOffice
from gongkai.agencies.permissions import AgencyPermission
from gongkai.agencies.queries import ancestors
from gongkai.core.errors import Refused
from gongkai.infra.refusals import translated

_OWN_IDS = "section_%s"  # beside the guide's form, which has a name too


def _page(agency_id: int) -> str:
    return reverse("agencies:office", args=[agency_id])


def _mine(request: HttpRequest, agency_id: int) -> Agency:
    """An agency whose guide one keeps; any other does not exist here."""
    reach = within(actor_of(request), AgencyPermission.DESCRIBE, "path")
    return Agency.objects.filter(reach).select_related("parent").get(pk=agency_id)


@requires(AgencyPermission.DESCRIBE)
def office(request: HttpRequest, agency_id: int) -> HttpResponseBase:
    """The guide as a form; saved, it is public at once and dated today."""
    agency = _mine(request, agency_id)
    described = DisclosureOffice.objects.filter(agency=agency).first()
    form = OfficeForm(request.POST if request.method == "POST" else None, initial=told(described))
    if request.method == "POST" and form.is_valid():
        try:
            actions.describe_office(
                by=actor_of(request), agency=agency, on=timezone.localdate(), at=timezone.now(), **form.cleaned_data,
            )
            messages.success(request, _now("指南已更新，公开网页随之改变"))
            return redirect("agencies:office", agency.pk)
        except Refused as refusal:
            form.add_error(None, translated(refusal))
    return _drawn(request, agency, form, SectionForm(auto_id=_OWN_IDS), described, 400 if form.errors else 200)


@requires(AgencyPermission.DESCRIBE)
@posted(_page)
def section(request: HttpRequest, agency_id: int) -> HttpResponseBase:
    """Enter a section, close it or open it again: what was assigned to it stays."""
    agency, form = _mine(request, agency_id), SectionForm(request.POST, auto_id=_OWN_IDS)
    if form.is_valid():
        try:
            actions.set_section(
                by=actor_of(request), agency=agency, name=form.cleaned_data["name"], at=timezone.now(),
                active=request.POST.get("active") != "0",
            )
            return redirect(_page(agency.pk) + "#sections")
        except Refused as refusal:
            form.add_error(None, translated(refusal))
    described = DisclosureOffice.objects.filter(agency=agency).first()
    return _drawn(request, agency, OfficeForm(initial=told(described)), form, described, 400)


def _drawn(
    request: HttpRequest, agency: Agency, form: OfficeForm, section_form: SectionForm,
    described: DisclosureOffice | None, status: int,
) -> HttpResponse:
    return render(request, "agencies/office.html", {
        "agency": agency, "above": ancestors(agency), "form": form, "section": section_form, "office": described,
        "sections": agency.sections.order_by("-active", "pk"),
    }, status=status)
