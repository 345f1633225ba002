"""The list of wrong words that an office keeps."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.accounts.gate import actor_of, posted, requires
from gongkai.accounts.organ import at_desk, chosen
from gongkai.accounts.permissions import may, within
from gongkai.agencies.models import Agency
from gongkai.core.errors import Refused
from gongkai.core.tables import MEDIA_TYPES, written
from gongkai.files.downloads import attachment
from gongkai.infra.refusals import said, translated
from gongkai.publications.actions import wording as actions
from gongkai.publications.forms.practice import AgencyForm
from gongkai.publications.forms.wording import WordingForm, WordsFileForm
from gongkai.publications.models import Wording
from gongkai.publications.permissions import PublicationPermission as P
from gongkai.publications.rules.wording import HEADINGS, read_csv

ROWS = 100
LARGEST = 2 * 1024 * 1024


@requires(P.SEE)
def words(request: HttpRequest) -> HttpResponseBase:
    """The words that count here; who sets the rules adds and removes."""
    actor = at_desk(request)
    form = WordingForm(request.POST or None) if may(actor, P.RULES) else None
    if request.method == "POST" and form is not None and form.is_valid():
        given = form.cleaned_data
        try:
            actions.set_wording(
                by=actor_of(request), agency=_home(request), wrong=given["wrong"], right=given["right"],
                note=given["note"], at=timezone.now(),
            )
        except Refused as refusal:
            if refusal.code == "denied":
                raise
            said(form, refusal)
        else:
            messages.success(request, _("已加入“%(word)s”，以后保存的稿子按它筛查") % {"word": given["wrong"]})
            return redirect("publications:wordings")
    rows, find = rows_of(request)
    mine = set(Agency.objects.filter(within(actor, P.RULES, "path")).values_list("pk", flat=True))
    return render(request, "publications/wordings.html", {
        "form": form, "sheet": WordsFileForm(), "page": Paginator(rows, ROWS).get_page(request.GET.get("page")),
        "find": find, "mine": mine, "agencies": Agency.objects.filter(pk__in=mine).order_by("path"),
        "home": _home(request).pk if form is not None else None,
    }, status=400 if form is not None and form.is_bound and form.errors else 200)


@requires(P.RULES)
@posted(lambda: reverse("publications:wordings"))
def take_in(request: HttpRequest) -> HttpResponseBase:
    """Many words from a CSV file, all or none."""
    form = WordsFileForm(request.POST, request.FILES)
    if not form.is_valid() or form.cleaned_data["sheet"].size > LARGEST:
        messages.error(request, _("请选择一个不超过 2 MB 的 CSV 文件"))
        return redirect("publications:wordings")
    try:
        added, changed = actions.import_wordings(
            by=actor_of(request), agency=_home(request), rows=read_csv(form.cleaned_data["sheet"].read()),
            at=timezone.now(),
        )
    except Refused as refusal:
        if refusal.code == "denied":
            raise
        messages.error(request, translated(refusal))
    else:
        messages.success(request, _("新增 %(added)s 条，更改 %(changed)s 条") % {"added": added, "changed": changed})
    return redirect("publications:wordings")


@requires(P.RULES)
@posted(lambda wording_id: reverse("publications:wordings"))  # noqa: ARG005
def remove(request: HttpRequest, wording_id: int) -> HttpResponseBase:
    """One word less."""
    actor = actor_of(request)
    row = Wording.objects.filter(within(actor, P.RULES, "agency__path")).get(pk=wording_id)
    actions.remove_wording(by=actor, wording=row, at=timezone.now())
    messages.success(request, _("已删去“%(word)s”") % {"word": row.wrong})
    return redirect("publications:wordings")


@requires(P.SEE)
def export(request: HttpRequest) -> HttpResponseBase:
    """The words as a file that can be taken in elsewhere."""
    rows, _find = rows_of(request)
    return attachment(
        written(HEADINGS, rows.values_list("wrong", "right", "note"), "csv"), "wordings.csv", MEDIA_TYPES["csv"],
    )


def rows_of(request: HttpRequest) -> tuple[Any, str]:
    """The words in one's reach, and what was looked for among them."""
    find = request.GET.get("find", "").strip()[:60]
    rows = Wording.objects.visible_to(at_desk(request)).select_related("agency", "by")
    return (rows.filter(wrong__icontains=find) if find else rows), find


def _home(request: HttpRequest) -> Agency:
    """The agency that the form names, else the own one. Raises DoesNotExist, which is a 404."""
    asked = AgencyForm({"agency": request.POST.get("agency", "")} if request.POST.get("agency") else None,
                       actor=actor_of(request), permission=P.RULES)
    found = asked.chosen(chosen(request))
    if found is None:
        raise Agency.DoesNotExist
    return found
