"""That a letter of consultation reached whom it was sent to: their fifteen working days run from then."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.accounts.gate import actor_of, posted, requires
from gongkai.applications import actions, queries
from gongkai.applications.forms.fields import DayField
from gongkai.applications.permissions import ApplicationPermission as P
from gongkai.core.errors import Refused
from gongkai.infra.refusals import translated


def _its_page(application_id: int, consultation_id: int) -> str:  # noqa: ARG001
    return reverse("applications:application", args=[application_id])


@requires(P.HANDLE)
@posted(_its_page)
def delivered(request: HttpRequest, application_id: int, consultation_id: int) -> HttpResponseBase:
    """Note the day on which it arrived."""
    actor = actor_of(request)
    shown = queries.application(actor, application_id)
    row = shown.consultations.get(pk=consultation_id)
    field = DayField()
    try:
        on = field.clean(request.POST.get("on", ""))
    except ValidationError as error:
        messages.error(request, "；".join(error.messages))
        return redirect("applications:application", shown.pk)
    try:
        actions.consultation_delivered(by=actor, consultation=row, on=on, at=timezone.now())
        messages.success(request, _("已登记送达"))
    except Refused as refusal:
        if refusal.code == "denied":
            raise
        messages.error(request, translated(refusal))
    return redirect("applications:application", shown.pk)
