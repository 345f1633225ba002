"""Papers for the applicant at the counter. The secret code is shown once, for printing: it stands in no address and in
no log, and no browser keeps the page."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables

from gongkai.accounts.gate import actor_of, posted
from gongkai.applications import actions, queries
from gongkai.applications.views.doors import office
from gongkai.applications.views.page import context_of
from gongkai.core.errors import Refused
from gongkai.files.downloads import kept_nowhere
from gongkai.infra.refusals import translated


def _its_page(application_id: int) -> str:
    """The page that the forms stand on."""
    return reverse("applications:application", args=[application_id])


@office
@never_cache
@posted(_its_page)
def receipt(request: HttpRequest, application_id: int) -> HttpResponseBase:
    """Issue the receipt, once."""
    shown = queries.application(actor_of(request), application_id)
    try:
        letter = actions.issue_receipt(by=actor_of(request), application=shown, at=timezone.now())
    except Refused as refusal:
        return _refused(request, application_id, refusal)
    messages.success(request, _("接收回执 %(number)s 已出具，可以下载打印") % {"number": letter.number})
    return redirect(_its_page(application_id))


@office
@never_cache
@posted(_its_page)
def service_receipt(request: HttpRequest, application_id: int) -> HttpResponseBase:
    """Issue the proof of service, once."""
    shown = queries.application(actor_of(request), application_id)
    try:
        actions.issue_service_receipt(by=actor_of(request), application=shown, at=timezone.now())
    except Refused as refusal:
        return _refused(request, application_id, refusal)
    messages.success(request, _("送达回证已出具，可以下载打印"))
    return redirect(_its_page(application_id))


@office
@never_cache
@posted(_its_page)
@sensitive_variables("code")
def code(request: HttpRequest, application_id: int) -> HttpResponseBase:
    """The secret code, once, for a reason. A reload asks the browser to send the reason again."""
    shown = queries.application(actor_of(request), application_id)
    reason = request.POST.get("reason", "")
    try:
        code = actions.hand_over_code(by=actor_of(request), application=shown, reason=reason, at=timezone.now())
    except Refused as refusal:
        if refusal.code == "denied":
            raise
        refused = {"code_refused": translated(refusal), "code_reason": reason}
        page = context_of(request, shown) | refused
        return render(request, "applications/application.html", page, status=400)
    address = settings.GONGKAI_PUBLIC_URL
    return kept_nowhere(render(request, "applications/code.html", {
        "application": shown, "code": code,
        "address": f"{address.rstrip('/')}{reverse('portal:track')}" if address else "",
    }))


def _refused(request: HttpRequest, application_id: int, refusal: Refused) -> HttpResponseBase:
    if refusal.code == "denied":
        raise refusal
    messages.error(request, translated(refusal))
    return redirect(_its_page(application_id))
