"""Applying: what is sought, what is public already, who asks, a last look, the receipt (Regulations, Arts. 27–31).

Every step works as plain pages. What was typed and the files that came with it stay in a draft of this visitor
(`portal.drafts`), so that a refusal, Back, or a lost answer costs nothing; nothing is acknowledged before it is
committed, and the token makes of everything that is sent twice one application.
"""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from gongkai.accounts.gate import posted, public
from gongkai.agencies import queries as agencies
from gongkai.agencies.models import Agency
from gongkai.applications.forms_public import ApplicationForm, SoughtForm, limits, submission_of
from gongkai.core.errors import Refused
from gongkai.infra.refusals import translated
from gongkai.infra.slowly import Busy
from gongkai.portal import drafts, kept, lanes, receipts
from gongkai.portal.drafts import Draft
from gongkai.portal.offices import frame
from gongkai.portal.sought import SOUGHT
from gongkai.portal.suggestions import suggest
from gongkai.portal.uploads import measured
from gongkai.vault.fields import FIELDS
from gongkai.vault.masks import mask

ROWS = 40
_NOT_SAID = frozenset({"csrfmiddlewaretoken", "token", lanes.TICKET, "drop", "proofs", "next"})


@public
def choose(request: HttpRequest) -> HttpResponse:
    """Of which organ? By name; the tops of the tree before anything is typed."""
    text, today = request.GET.get("q", "").strip()[:60], timezone.localdate()
    rows = agencies.search(text, today) if text else Agency.objects.in_force(today).filter(parent__isnull=True)
    rows = rows.select_related("parent").order_by("path")
    return render(request, "portal/choose.html", {
        "page": Paginator(rows, ROWS).get_page(request.GET.get("page")), "q": text,
    })


@public
@never_cache
def sought(request: HttpRequest, agency_id: int) -> HttpResponseBase:
    """The first step: what is sought. Nothing about the person yet."""
    agency = get_object_or_404(Agency, pk=agency_id)
    shown = frame(agency, "apply")
    if agency.valid_to is not None or not shown["online"]:
        return render(request, "portal/apply/closed.html", shown | {"heirs": agencies.heirs(agency)})
    wanted = request.session.get(SOUGHT, "")
    form = SoughtForm(request.POST if request.method == "POST" else None, initial={"content": wanted})
    if request.method == "POST" and form.is_valid():
        draft = drafts.begin(request.session, agency.pk, _said(request))
        request.session.pop(SOUGHT, None)
        public_already = suggest(_text(draft), agency, timezone.localdate())
        return redirect("portal:apply-found" if public_already else "portal:apply-form", agency.pk, draft.key)
    return render(
        request, "portal/apply/sought.html", shown | {"form": form, "step": 1}, status=400 if form.errors else 200,
    )


def _first(agency_id: int, key: str) -> str:  # noqa: ARG001
    return reverse("portal:apply", args=[agency_id])


@public
@never_cache
def found(request: HttpRequest, agency_id: int, key: str) -> HttpResponseBase:
    """What may be public already, and organs that were named. A look, no obstacle."""
    agency = get_object_or_404(Agency, pk=agency_id)
    draft = drafts.find(request.session, key, agency.pk)
    if draft is None or draft.sent is not None:
        return redirect("portal:apply", agency.pk)
    return render(request, "portal/apply/found.html", frame(agency, "apply") | {
        "draft": draft, "step": 1, "found": suggest(_text(draft), agency, timezone.localdate()),
    })


@public
@never_cache
@measured
def form(request: HttpRequest, agency_id: int, key: str) -> HttpResponseBase:
    """The application. Files that are in order are kept at once, whatever else is still wrong."""
    agency = get_object_or_404(Agency, pk=agency_id)
    draft = drafts.find(request.session, key, agency.pk)
    if request.method != "POST":
        if draft is None:
            return redirect("portal:apply", agency.pk)
        if draft.sent is not None:
            return redirect("portal:apply-received", agency.pk, draft.key)
        unsent = ApplicationForm(initial=draft.said | {"token": draft.token}, kept=len(draft.files))
        return _form_page(request, agency, draft, unsent)
    try:
        lanes.arrive(request, lanes.FILL, bound_to=f"{key} {len(request.POST)}", at=timezone.now())
    except Busy as busy:
        return lanes.come_back(request, busy, files=bool(request.FILES))
    typed = ApplicationForm(request.POST, request.FILES, kept=len(draft.files) if draft else 0)
    typed.is_valid()
    if draft is None:
        # The hours of the session are over, or it was another browser: the page brings everything but the files.
        draft = drafts.begin(request.session, agency.pk, {}, typed.cleaned_data.get("token"))
        typed = ApplicationForm(request.POST, request.FILES, kept=len(draft.files))
        typed.is_valid()
    if draft.sent is not None:
        whole = ApplicationForm(request.POST, kept=1)  # Back, and the form once more: its files were taken
        again = submission_of(whole) if whole.is_valid() else None
        if not receipts.sent_already(agency, draft, again):
            _say_not_changed(request)
        return redirect("portal:apply-received", agency.pk, draft.key)
    draft.said = _said(request)
    if "drop" in request.POST:
        for entry in [entry for entry in draft.files if entry["file"] == request.POST["drop"]]:
            kept.drop(draft.key, entry)
            draft.files.remove(entry)
        drafts.save(request.session, draft)
        return redirect("portal:apply-form", agency.pk, draft.key)
    _keep_files(draft, typed)
    drafts.save(request.session, draft)
    if typed.is_valid():
        return redirect("portal:apply-review", agency.pk, draft.key)
    return _form_page(request, agency, draft, typed, status=400)


@public
@never_cache
def review(request: HttpRequest, agency_id: int, key: str) -> HttpResponseBase:
    """请核对: what will be sent, the person masked, for somebody may look over one's shoulder."""
    agency = get_object_or_404(Agency, pk=agency_id)
    draft, ready = _ready(request, agency, key)
    if draft is None:
        return ready
    return render(request, "portal/apply/review.html", _review_page(agency, draft, ready))


@public
@never_cache
@posted(_first)
def send(request: HttpRequest, agency_id: int, key: str) -> HttpResponseBase:
    """Hand it in. Sent again, for whatever reason, it leads to the same receipt."""
    agency, at = get_object_or_404(Agency, pk=agency_id), timezone.now()
    draft, ready = _ready(request, agency, key)
    if draft is None:
        return ready
    try:
        lanes.arrive(request, lanes.APPLY, bound_to=str(draft.token), at=at)
    except Busy as busy:
        return lanes.come_back(request, busy)
    try:
        made = receipts.hand_in(agency, draft, submission_of(ready), at=timezone.now())
    except Refused as refusal:
        page = _review_page(agency, draft, ready) | {"refusal": translated(refusal)}
        return render(request, "portal/apply/review.html", page, status=400)
    if made.differs:
        _say_not_changed(request)
    drafts.sent(request.session, draft, made.application.pk)
    return redirect("portal:apply-received", agency.pk, draft.key)


@public
@never_cache
def received(request: HttpRequest, agency_id: int, key: str) -> HttpResponseBase:
    """The receipt: number and secret code, what happens next. A refresh shows it again."""
    agency = get_object_or_404(Agency, pk=agency_id)
    draft = drafts.find(request.session, key, agency.pk)
    if draft is None or draft.sent is None:
        return redirect("portal:apply", agency.pk)
    return render(request, "portal/apply/received.html", frame(agency, "apply") | {
        "receipt": receipts.receipt(agency, draft.sent, timezone.localdate()), "step": 4,
    })


@public
@posted(_first)
def forget(request: HttpRequest, agency_id: int, key: str) -> HttpResponseBase:
    """Clear what was typed: for a computer that others use too."""
    draft = drafts.find(request.session, key, agency_id)
    if draft is not None:
        drafts.forget(request.session, draft)
    return redirect("portal:apply", agency_id)


def _ready(
    request: HttpRequest, agency: Agency, key: str,
) -> tuple[Draft, ApplicationForm] | tuple[None, HttpResponseBase]:
    """The draft with its form, whole and valid; else where to go instead."""
    draft = drafts.find(request.session, key, agency.pk)
    if draft is None:
        return None, redirect("portal:apply", agency.pk)
    if draft.sent is not None:
        return None, redirect("portal:apply-received", agency.pk, draft.key)
    draft.files = [entry for entry in draft.files if kept.there(draft.key, entry)]
    whole = ApplicationForm(draft.said, kept=len(draft.files))
    if not whole.is_valid():
        return None, redirect("portal:apply-form", agency.pk, draft.key)
    return draft, whole


def _say_not_changed(request: HttpRequest) -> None:
    """What was acknowledged once is not changed by sending the form again; whoever tried must not think it was."""
    messages.warning(request, _(
        "这份申请此前已经收到，登记号见下。后来改动的内容没有收下；需要补充的，请与机关联系，或者另交一份申请。"
    ))


def _text(draft: Draft) -> str:
    return f"{draft.said.get('content', '')}\n{draft.said.get('features', '')}"


def _said(request: HttpRequest) -> dict[str, str]:
    return {name: value for name, value in request.POST.items() if name not in _NOT_SAID and isinstance(value, str)}


def _keep_files(draft: Draft, typed: ApplicationForm) -> None:
    for file in typed.taken:
        try:
            if len(draft.files) >= limits().number:
                raise Refused(
                    "too-many-files", "一次最多 %(most)s 个文件，请合并或分几次补交", most=limits().number,
                )
            draft.files.append(kept.keep(draft.key, file.name or "", file.chunks(), file.size))
        except Refused as refusal:
            typed.add_error("proofs", translated(refusal))
            return


def _form_page(
    request: HttpRequest, agency: Agency, draft: Draft, shown: ApplicationForm, status: int = 200,
) -> HttpResponse:
    draft.files = [entry for entry in draft.files if kept.there(draft.key, entry)]
    return render(request, "portal/apply/form.html", frame(agency, "apply") | {
        "form": shown, "draft": draft, "step": 2, "limit": limits().file // 1024 ** 2, "most": limits().number,
    }, status=status)


def _review_page(agency: Agency, draft: Draft, whole: ApplicationForm) -> dict[str, object]:
    identity = [(FIELDS[name].label, mask(name, value)) for name, value in whole.identity().items()]
    return frame(agency, "apply") | {"form": whole, "draft": draft, "step": 3, "identity": identity}
