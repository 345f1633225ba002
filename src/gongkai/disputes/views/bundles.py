"""The evidence bundle: asked for with a reason, written to disk file by file, its looks recorded before it leaves."""

from __future__ import annotations

import hashlib
import tempfile
from typing import IO

from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from gongkai.accounts.gate import actor_of, requires
from gongkai.accounts.permissions import Denied, may
from gongkai.core.errors import Refused
from gongkai.disputes import queries
from gongkai.disputes.actions.bundling import note_bundle
from gongkai.disputes.bundle import pack, reason_for
from gongkai.disputes.forms.bundle import BundleForm
from gongkai.disputes.permissions import DisputePermission as P
from gongkai.files.downloads import kept_nowhere
from gongkai.files.names import safe
from gongkai.infra.refusals import said

_CHUNK = 1024 * 1024


@requires(P.BUNDLE)
@never_cache
def bundle(request: HttpRequest, dispute_id: int) -> HttpResponseBase:
    """The form; sent, the file."""
    actor = actor_of(request)
    shown = queries.dispute(actor, dispute_id)
    if not may(actor, P.BUNDLE, shown):
        raise Denied(P.BUNDLE)
    form = BundleForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        at, reason = timezone.now(), form.cleaned_data["reason"]
        written = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it; it has no name on the disk
        try:
            reason_for(shown, reason)  # before anything is opened
            made = pack(actor=actor, dispute=shown, parts=form.chosen, to=written, at=at)
            note_bundle(by=actor, dispute=shown, reason=reason, made=made, sha256=_sum(written), at=at)
        except Refused as refusal:
            written.close()
            if refusal.code == "denied":
                raise
            said(form, refusal)
        else:
            written.seek(0)
            return kept_nowhere(FileResponse(
                written, as_attachment=True, filename=safe(f"{shown.number}举证材料.zip"),
                content_type="application/zip",
            ))
    return render(request, "disputes/bundle.html", {"dispute": shown, "form": form},
                  status=400 if form.errors else 200)


def _sum(written: IO[bytes]) -> str:
    digest = hashlib.sha256()
    written.seek(0)
    while chunk := written.read(_CHUNK):
        digest.update(chunk)
    return digest.hexdigest()
