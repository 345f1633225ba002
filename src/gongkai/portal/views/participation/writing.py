"""Writing to an organ: one page, and what it says when it was received. Never kept in any cache.

A refusal or a lost answer costs nothing: what was typed comes back in the form, files wait beside it, and the token
makes of everything that is sent twice one message.
"""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from gongkai.accounts.gate import public
from gongkai.agencies import queries as agencies
from gongkai.agencies.models import Agency
from gongkai.applications.forms_public import limits
from gongkai.applications.submission import Incoming
from gongkai.core.errors import Refused
from gongkai.infra.refusals import translated
from gongkai.infra.slowly import Busy
from gongkai.participation import codes, queries
from gongkai.participation.actions.incoming import Acknowledged, send
from gongkai.participation.forms_public import FORMS, MessageForm
from gongkai.participation.models import Consultation, Message
from gongkai.participation.rules import tidy
from gongkai.participation.states import Kind
from gongkai.portal import kept, lanes, written
from gongkai.portal.offices import frame
from gongkai.portal.sought import SOUGHT
from gongkai.portal.uploads import measured
from gongkai.portal.written import Letter
from gongkai.publications.models import Publication

ROWS = 40
# What may be written without a draft for comment, as it stands in the address.
TO_ORGANS = (Kind.QUESTION, Kind.SUGGESTION, Kind.CORRECTION)


@public
def choose(request: HttpRequest, kind: str) -> HttpResponse:
    """To which organ? By name; the tops of the tree before anything is typed."""
    about = _kind(kind)
    text, today = request.GET.get("q", "").replace("\0", "").strip()[:60], timezone.localdate()
    rows = agencies.search(text, today) if text else Agency.objects.in_force(today).filter(parent__isnull=True)
    return render(request, "portal/participation/choose.html", {
        "page": Paginator(rows.select_related("parent").order_by("path"), ROWS).get_page(request.GET.get("page")),
        "q": text, "kind": about,
    })


@public
@never_cache
@measured
def write(request: HttpRequest, agency_id: int, kind: str) -> HttpResponseBase:
    """A question, a suggestion, a request to correct: to an organ, about a document or in general."""
    agency = get_object_or_404(Agency, pk=agency_id)
    return _written(request, agency, _kind(kind), publication=_about(request, agency))


@public
@never_cache
@measured
def comment(request: HttpRequest, consultation_id: int) -> HttpResponseBase:
    """A comment on a draft, while its period runs."""
    shown = get_object_or_404(queries.consultations(), pk=consultation_id)
    if not Consultation.objects.running(timezone.localdate()).filter(pk=shown.pk).exists():
        return redirect("portal:consultation", shown.pk)
    return _written(request, shown.agency, Kind.COMMENT, consultation=shown)


@public
@never_cache
def received(request: HttpRequest, agency_id: int, key: str) -> HttpResponseBase:
    """Number and secret code, and by when. A refresh shows it again."""
    agency = get_object_or_404(Agency, pk=agency_id)
    letter = written.find(request.session, key, agency.pk)
    if letter is None or letter.sent is None:
        return redirect("portal:exchange", agency.pk)
    message = Message.objects.select_related("agency", "consultation__publication").get(pk=letter.sent, agency=agency)
    return render(request, "portal/participation/received.html", frame(agency, "") | {
        "message": message, "code": codes.code_for(message), "current_place": "",
    })


def _written(
    request: HttpRequest, agency: Agency, kind: Kind, *, publication: Publication | None = None,
    consultation: Consultation | None = None,
) -> HttpResponseBase:
    subject: dict[str, Any] = {"publication": publication, "consultation": consultation}
    shown = frame(agency, "") | {"kind": kind, "current_place": ""} | subject
    if agency.valid_to is not None and agency.valid_to <= timezone.localdate():
        return render(request, "portal/participation/closed.html", shown | {"heirs": agencies.heirs(agency)})
    form_of = FORMS[kind]
    if request.method != "POST":
        begun = {"token": uuid.uuid4()} | _sought(request, kind)
        return _page(request, shown, form_of(initial=begun), Letter("", agency.pk, begun["token"]))
    token = _token(request)
    letter = written.of_token(request.session, agency.pk, token)
    if letter.sent is not None:
        if _differs(Message.objects.get(pk=letter.sent), form_of(request.POST, kept=1)):
            _say_not_changed(request)
        return redirect("portal:write-received", agency.pk, letter.key)
    try:
        lanes.arrive(request, lanes.WRITE, bound_to=f"{token} {len(request.POST)}", at=timezone.now())
    except Busy as busy:
        return lanes.come_back(request, busy, files=bool(request.FILES))
    if "drop" in request.POST:
        for entry in [one for one in letter.files if one["file"] == request.POST["drop"]]:
            kept.drop(letter.key, entry)
            letter.files.remove(entry)
        written.save(request.session, letter)
        return _page(request, shown, form_of(initial=_typed(request) | {"token": token}), letter)
    form = form_of(request.POST, request.FILES, kept=len(letter.files))
    form.is_valid()
    _keep(request, letter, form)
    if form.is_valid():
        try:
            made = _send(letter, form, agency, subject)
        except Refused as refusal:
            form.add_error(None, translated(refusal))
        else:
            if made.again and _differs(made.message, form):
                _say_not_changed(request)
            request.session.pop(SOUGHT, None)
            written.sent(request.session, letter, made.message)
            return redirect("portal:write-received", agency.pk, letter.key)
    return _page(request, shown, form, letter, status=400)


def _differs(message: Message, form: MessageForm) -> bool:
    """Whether what is sent once more is another text than what was received before."""
    if not form.is_valid():
        return True
    said = tidy(form.given())
    return (said.subject, said.content, said.record) != (message.subject, message.content, message.record)


def _say_not_changed(request: HttpRequest) -> None:
    """What was acknowledged once is not changed by sending the form again; whoever tried must not think it was."""
    messages.warning(request, _("这张表此前已经收到，编号见下。后来改动的内容没有收下；需要补充的，请另写一件。"))


def _send(letter: Letter, form: MessageForm, agency: Agency, about: dict[str, Any]) -> Acknowledged:
    """Hand it in. Raises Refused: nothing was kept then but the form and its files."""
    try:
        files = [Incoming(entry["name"], [kept.opened(letter.key, entry)]) for entry in letter.files]
    except FileNotFoundError as error:
        raise Refused(
            "draft-file-gone", "附件“%(name)s”的暂存时间已过，没有提交；请重新选择附件",
            name=letter.files[0]["name"],
        ) from error
    made = send(agency=agency, given=form.given(), token=letter.token, at=timezone.now(), files=files, **about)
    if made.message.agency_id != agency.pk:
        raise Refused("token-used", "这张表单已经向另一个机关提交过，没有再提交；请从头重新填写")
    return made


def _keep(request: HttpRequest, letter: Letter, form: MessageForm) -> None:
    """Files that are in order wait beside the form, whatever else is still wrong."""
    if not form.taken:
        return
    try:
        for file in form.taken:
            if len(letter.files) >= limits().number:
                raise Refused("too-many-files", "一次最多 %(most)s 个文件，请合并或分几次补交", most=limits().number)
            letter.files.append(kept.keep(letter.key, file.name or "", file.chunks(), file.size))
    except Refused as refusal:
        form.add_error("proofs", translated(refusal))
    written.save(request.session, letter)


def _page(
    request: HttpRequest, shown: dict[str, Any], form: MessageForm, letter: Letter, status: int = 200,
) -> HttpResponse:
    return render(request, "portal/participation/write.html", shown | {
        "form": form, "letter": letter, "limit": limits().file // 1024 ** 2, "most": limits().number,
    }, status=status)


def _kind(said: str) -> Kind:
    if said not in set(TO_ORGANS):
        raise Http404
    return Kind(said)


def _about(request: HttpRequest, agency: Agency) -> Publication | None:
    """The document that is asked about, where the address names one that is public and the organ's own."""
    said = request.GET.get("about", "")
    if not (said.isascii() and said.isdecimal() and len(said) < 10):
        return None
    found = Publication.objects.filter(pk=int(said), agency=agency).first()
    return found if found is not None and found.is_public else None


def _token(request: HttpRequest) -> uuid.UUID:
    try:
        return uuid.UUID(request.POST.get("token", ""))
    except ValueError:
        return uuid.uuid4()


def _typed(request: HttpRequest) -> dict[str, Any]:
    return {name: value for name, value in request.POST.items() if isinstance(value, str)}


def _sought(request: HttpRequest, kind: Kind) -> dict[str, Any]:
    """What somebody looked for in vain goes along in the session, never in an address."""
    wanted = request.session.get(SOUGHT, "") if kind == Kind.SUGGESTION else ""
    return {"subject": wanted[:100]} if wanted else {}
