"""The words of a report: text by text, with the numbers in their places, every number open to what it counts."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from gongkai.accounts.gate import actor_of, posted, requires
from gongkai.compilations import actions
from gongkai.compilations.forms.prose import ProseForm
from gongkai.compilations.models import Compilation
from gongkai.compilations.permissions import CompilationPermission as P
from gongkai.compilations.states import Origin
from gongkai.compilations.views.doors import compiler
from gongkai.compilations.views.frame import frame, opened, worked_on
from gongkai.compilations.views.wording import GUIDE_LENGTH, Desk, grouped
from gongkai.core.errors import Refused
from gongkai.infra.refusals import said, translated


@requires(P.SEE)
@never_cache
def prose(request: HttpRequest, compilation_id: int) -> HttpResponse:
    """Every text with its numbers: what stands, what is still to be written, what is copied from last year."""
    shown = opened(request, compilation_id)
    context = frame(request, shown, "prose")
    if shown.origin == Origin.FILE or context["standing"].frozen:
        return render(request, "compilations/prose_fixed.html", context | {"sections": Desk(shown).fixed()})
    desk = Desk(shown)
    return render(request, "compilations/prose.html", context | {
        "sections": desk.sections(), "awaited": desk.awaited(), "length": desk.overview_length(),
        "guide_length": GUIDE_LENGTH, "before": desk.before,
    })


@compiler
@never_cache
def text(request: HttpRequest, compilation_id: int, section: int, aspect: int) -> HttpResponseBase:
    """One text in a field, the numbers to insert and last year's words beside it; sent, it is kept."""
    shown = worked_on(request, compilation_id)
    desk = Desk(shown)
    one = desk.text(section, aspect)
    context = frame(request, shown, "prose")
    if not context["standing"].editable:
        return redirect("compilations:prose", shown.pk)
    form = ProseForm(request.POST or None, initial={"body": one.body, "seen": one.revision})
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            actions.write(
                by=actor_of(request), compilation=shown, section=section, aspect=aspect,
                body=form.cleaned_data["body"], seen=form.cleaned_data["seen"], at=timezone.now(),
            )
        except Refused as refusal:
            if refusal.code == "denied":
                raise
            said(form, refusal)
            status = 409 if refusal.code == "changed-meanwhile" else 400
            one = desk.tried(section, aspect, form.cleaned_data["body"])
        else:
            messages.success(request, _("已保存：%(title)s") % {"title": one.title})
            return redirect(reverse("compilations:prose", args=[shown.pk]) + f"#{one.anchor}")
    return render(request, "compilations/prose_text.html", context | {
        "one": one, "form": form, "facts": grouped(desk.facts), "last": desk.last(section, aspect),
        "before": desk.before, "hints": desk.hints(section), "guide_length": GUIDE_LENGTH,
        "latest": desk.text(section, aspect),
    }, status=status if form.is_bound else 200)


@compiler
@posted(lambda compilation_id, section, aspect: reverse(
    "compilations:prose-text", args=[compilation_id, section, aspect]))
@never_cache
def preview(request: HttpRequest, compilation_id: int, section: int, aspect: int) -> HttpResponse:
    """The text as it would stand, while it is typed. Nothing is written."""
    shown = worked_on(request, compilation_id)
    one = Desk(shown).tried(section, aspect, request.POST.get("body", ""))
    return render(request, "compilations/prose_preview.html", {
        "one": one, "compilation": shown, "guide_length": GUIDE_LENGTH,
    })


@compiler
@never_cache
def draft(request: HttpRequest, compilation_id: int) -> HttpResponseBase:
    """What the records suggest now beside what was written; what was written stays until this is confirmed."""
    shown = worked_on(request, compilation_id)
    context = frame(request, shown, "prose")
    if not context["standing"].editable:
        return redirect("compilations:prose", shown.pk)
    desk = Desk(shown)
    differing = desk.redrafted()
    if request.method == "POST":
        chosen = [one.key for one in differing if one.name in request.POST.getlist("text")]
        return _redrafted(request, shown, chosen)
    asked = request.GET.get("text", "")
    return render(request, "compilations/prose_draft.html", context | {
        "differing": differing, "asked": asked, "seen": shown.revision,
    })


def _redrafted(request: HttpRequest, shown: Compilation, chosen: list[tuple[int, int]]) -> HttpResponse:
    seen: Any = request.POST.get("seen", "")
    try:
        changed = actions.redraft(
            by=actor_of(request), compilation=shown, only=chosen,
            seen=int(seen) if seen.isdecimal() and len(seen) < 10 else None, at=timezone.now(),
        )
    except Refused as refusal:
        if refusal.code == "denied":
            raise
        messages.error(request, translated(refusal))
        return redirect("compilations:prose-draft", shown.pk)
    if changed:
        messages.success(request, _("已换成新起草的文字：%(n)s 段") % {"n": changed})
    else:
        messages.info(request, _("没有选要换的段落，原来的文字没有变"))
    return redirect("compilations:prose", shown.pk)
