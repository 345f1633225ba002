"""A report in every format: the one that stands, or the one of a signing; before the signature marked as a draft."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from gongkai.accounts.gate import requires
from gongkai.compilations import output, queries
from gongkai.compilations.permissions import CompilationPermission as P
from gongkai.compilations.states import FROZEN
from gongkai.compilations.views.frame import opened
from gongkai.core.errors import WriteError
from gongkai.files.downloads import attachment, kept_nowhere


@requires(P.SEE)
@never_cache
def download(request: HttpRequest, compilation_id: int, to: str) -> HttpResponse:
    """The file; `?signing=` names an earlier version. 404 for a format that is not written."""
    shown = opened(request, compilation_id)
    if to not in output.MEDIA_TYPES:
        raise Http404
    asked = request.GET.get("signing", "")
    signing = queries.signings(shown).get(number=int(asked)) if asked.isdecimal() and len(asked) < 6 else None
    name = f"{shown.agency.name}{shown.year}年政府信息公开工作年度报告"
    if signing is not None:
        name = f"{name}-{signing.number}"
    elif shown.state not in FROZEN:
        name = _("%(name)s（草稿）") % {"name": name}
    try:
        written = output.write(shown, to, signing=signing)
    except WriteError as error:  # no Chinese font on this machine: the sentence says which package brings one
        messages.error(request, error.message)
        return redirect("compilations:report", shown.pk)
    return kept_nowhere(attachment(written, f"{name}.{to}", output.MEDIA_TYPES[to]))
