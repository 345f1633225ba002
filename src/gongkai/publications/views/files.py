"""The attachments of a draft: added, cleaned, looked at, put in order."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from gongkai.accounts.gate import actor_of, posted
from gongkai.accounts.permissions import may
from gongkai.core.errors import ReadError, Refused
from gongkai.files import store
from gongkai.files.downloads import attachment as download_of
from gongkai.files.downloads import kept_nowhere
from gongkai.infra.refusals import translated
from gongkai.publications import queries
from gongkai.publications.actions import files as actions
from gongkai.publications.forms.files import RenameForm, UploadForm
from gongkai.publications.models import Attachment, Edition
from gongkai.publications.offering import permitted
from gongkai.publications.permissions import PublicationPermission as P
from gongkai.publications.states import OPEN_TO_EDIT, Act
from gongkai.publications.views.doors import office
from gongkai.publications.views.reading import attachments_of


@office
@never_cache
def files(request: HttpRequest, publication_id: int, number: int) -> HttpResponseBase:
    """The attachments; files that are sent are screened and cleaned one by one, each with its own answer."""
    actor = actor_of(request)
    shown = queries.edition(actor, publication_id, number)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        for one in form.cleaned_data["files"]:
            _attach(request, shown, one)
        return redirect("publications:files", publication_id, number)
    open_ = shown.state in OPEN_TO_EDIT
    return render(request, "publications/files.html", {
        "edition": shown, "publication": shown.publication, "form": form, "attachments": attachments_of(shown),
        "may_change": open_ and Act.ATTACH in permitted(actor, shown), "may_look": may_look(actor, shown),
    }, status=400 if form.is_bound and form.errors else 200)


def _attach(request: HttpRequest, shown: Edition, one: Any) -> None:
    try:
        kept = actions.attach(
            by=actor_of(request), edition=shown, name=one.name or "", data=one.read(), at=timezone.now(),
        )
    except Refused as refusal:
        if refusal.code == "denied":
            raise
        messages.error(request, f"{one.name}：{translated(refusal)}")
    except ReadError as unreadable:
        messages.error(request, f"{one.name}：{unreadable.message}")
    else:
        if kept.cleaned_id is None:
            messages.warning(request, _("“%(name)s”不能公开，原因写在下面") % {"name": kept.name})
        else:
            messages.success(request, _("已上传“%(name)s”") % {"name": kept.name})


def may_look(actor: Any, shown: Edition) -> bool:
    """Whether this person's posts let them vouch for what could not be screened."""
    return may(actor, P.REVIEW, shown) or may(actor, P.HANDLE, shown)


def one_of(request: HttpRequest, publication_id: int, number: int, attachment_id: int) -> Attachment:
    """An attachment of an edition that one may see. Raises DoesNotExist, which is a 404."""
    shown = queries.edition(actor_of(request), publication_id, number)
    return Attachment.objects.select_related("edition__publication__agency", "cleaned").get(
        edition=shown, pk=attachment_id,
    )


@office
@posted(lambda publication_id, number, attachment_id, act: reverse("publications:files", args=[publication_id, number]))  # noqa: ARG005
def change(
    request: HttpRequest, publication_id: int, number: int, attachment_id: int, act: str,
) -> HttpResponseBase:
    """Remove it, rename it, move it, or vouch for it."""
    row, by, at = one_of(request, publication_id, number, attachment_id), actor_of(request), timezone.now()
    try:
        match act:
            case "remove":
                actions.detach(by=by, attachment=row, at=at)
                messages.success(request, _("已去掉“%(name)s”") % {"name": row.name})
            case "rename":
                form = RenameForm(request.POST)
                if not form.is_valid():
                    messages.error(request, _("请写文件名，不超过 200 字"))
                else:
                    actions.rename(by=by, attachment=row, name=form.cleaned_data["name"], at=at)
                    messages.success(request, _("已改名"))
            case "up" | "down":
                actions.reorder(by=by, edition=row.edition, keys=moved(row, act), at=at)
            case "look":
                actions.look(by=by, attachment=row, at=at)
                messages.success(request, _("已记录核对“%(name)s”") % {"name": row.name})
            case _:
                raise Http404
    except Refused as refusal:
        if refusal.code == "denied":
            raise
        messages.error(request, translated(refusal))
    here = reverse("publications:files", args=[publication_id, number])
    # Who puts thirty files in order stays at the one in hand.
    return redirect(here if act == "remove" else f"{here}#file-{row.pk}")


def moved(row: Attachment, to: str) -> list[int]:
    """The keys of an edition's attachments with this one moved by one place."""
    keys = list(row.edition.attachments.values_list("pk", flat=True))
    at = keys.index(row.pk)
    there = max(0, at - 1) if to == "up" else min(len(keys) - 1, at + 1)
    keys.insert(there, keys.pop(at))
    return keys


@office
def cleaned(request: HttpRequest, publication_id: int, number: int, attachment_id: int) -> HttpResponseBase:
    """The cleaned file, as the public gets it."""
    row = one_of(request, publication_id, number, attachment_id)
    if row.cleaned is None:
        raise Http404
    return kept_nowhere(download_of(store.read(row.cleaned.sha256), row.name))
