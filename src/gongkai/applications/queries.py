"""Every read worth a name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Q, QuerySet, Value
from django.db.models.functions import StrIndex

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import may
from gongkai.applications.models import Application, ApplicationQuerySet, ReplyDraft
from gongkai.applications.offers import Offer, Situation, offers
from gongkai.applications.permissions import ApplicationPermission as P
from gongkai.applications.states import OPEN, Act, State
from gongkai.core.law.answers import ANSWERS

# Which permission each act asks for; one place for the page, the actions' own `authorise` is what decides.
PERMISSION_OF: dict[Act, P] = {
    Act.CONFIRM: P.REGISTER, Act.SPLIT: P.REGISTER, Act.CORRECT: P.REGISTER, Act.WITHDRAW: P.REGISTER,
    Act.EXTEND: P.APPROVE_EXTENSION, Act.REVIEW: P.REVIEW, Act.SIGN: P.SIGN,
} | dict.fromkeys((
    Act.ASK_CORRECTION, Act.LAPSE_CORRECTION, Act.ASSIGN, Act.HAND_OVER, Act.CONSULT, Act.OPINION,
    Act.PROPOSE_EXTENSION, Act.ASK_REASONS, Act.TAKE_REASONS, Act.DELAY, Act.NOTICE_FEE, Act.PAY, Act.LAPSE_FEE,
    Act.DRAFT, Act.SUBMIT, Act.SERVE, Act.PROVE, Act.CONTACT, Act.ATTACH, Act.ARCHIVE, Act.PUBLISH_DRAFT,
), P.HANDLE)
# A section contributor does these for the applications of the own section.
CONTRIBUTED = frozenset({Act.DRAFT, Act.CONTACT, Act.ATTACH})


@dataclass(frozen=True, slots=True)
class Filters:
    """The register list's filters as they stand in the address."""

    q: str = ""
    state: str = ""
    group: str = ""          # open, closed, overdue, soon, unconfirmed
    agency_id: int | None = None
    year: int | None = None
    channel: str = ""
    applicant_kind: str = ""
    answer_kind: str = ""
    section_id: int | None = None
    handler_id: int | None = None


def application(actor: Actor, pk: int) -> Application:
    """One that the actor may see. Raises DoesNotExist, which is a 404."""
    rows = Application.objects.visible_to(actor).select_related("agency", "identity", "section", "handler")
    return rows.get(pk=pk)


def listing(actor: Actor, filters: Filters, today: date, soon: date) -> QuerySet[Application]:
    """The register, newest first; lists of due dates earliest first. `soon` is the last day that counts as soon."""
    rows = Application.objects.visible_to(actor).select_related("agency", "section", "handler")
    if filters.agency_id:
        rows = rows.filter(agency_id=filters.agency_id)
    if filters.year:
        rows = rows.filter(arrived_on__range=(date(filters.year, 1, 1), date(filters.year, 12, 31)))
    for field in ("state", "channel", "applicant_kind", "answer_kind", "section_id", "handler_id"):
        value = getattr(filters, field)
        if value:
            rows = rows.filter(**{field: value})
    if filters.q:
        if connection.vendor == "sqlite":
            rows = rows.filter(pk__in=_with_words(Application.objects.visible_to(actor), filters.q).values("pk"))
        else:  # PostgreSQL reads the rows once, where a list of keys makes it sort them and look them up again
            rows = _with_words(rows, filters.q)
    match filters.group:
        case "open":
            return rows.open().order_by("due_on", "pk")
        case "closed":
            return rows.filter(closed_on__isnull=False)
        case "overdue":
            return rows.open().filter(due_on__lt=today).order_by("due_on", "pk")
        case "soon":
            return rows.open().filter(due_on__range=(today, soon)).order_by("due_on", "pk")
        case "unconfirmed":
            return rows.filter(state=State.RECEIVED).order_by("arrived_on", "pk")
    return rows


def _with_words(rows: ApplicationQuerySet, words: str) -> ApplicationQuerySet:
    """Rows with these words in number, subject or reply number. SQLite asks by itself: one index answers."""
    if any(character.isascii() and character.isalpha() for character in words):
        return rows.filter(Q(number__icontains=words) | Q(subject__icontains=words) | Q(reply_number__icontains=words))
    # Chinese and figures have no case: a search for the bytes takes half the time of LIKE.
    found = Q(_subject__gt=0) | Q(_reply__gt=0) | Q(_number__gt=0)
    return rows.alias(
        _subject=StrIndex("subject", Value(words)), _reply=StrIndex("reply_number", Value(words)),
        _number=StrIndex("number", Value(words)),
    ).filter(found)


def capped_total(rows: QuerySet[Application], most: int = 10_000) -> tuple[int, bool]:
    """How many rows a list has, counted no further than `most`: (count, whether there may be more)."""
    count = rows.order_by()[: most + 1].count()
    return min(count, most), count > most


def permitted_acts(actor: Actor, shown: Application) -> frozenset[Act]:
    """The acts that this person's posts allow on it, whatever its state."""
    acts = {act for act, permission in PERMISSION_OF.items() if may(actor, permission, shown)}
    if Act.REVIEW in acts or Act.SIGN in acts:
        acts.add(Act.RETURN)
    if shown.handled_in(actor) and may(actor, P.CONTRIBUTE, shown):
        acts |= CONTRIBUTED
    return frozenset(acts)


def situation_of(actor: Actor, shown: Application, today: date) -> Situation:
    """The facts that the offers depend on."""
    draft = current_draft(shown)
    answer = ANSWERS.get(shown.answer_kind)
    waited = shown.waits_until is not None and shown.waits_until < today
    return Situation(
        state=State(shown.state), correction_asked=shown.correction_asked_on is not None,
        correction_overdue=shown.state == State.CORRECTION and waited, extended=shown.extended_days > 0,
        extension_proposed=shown.extensions.filter(approved__isnull=True).exists(),
        overdue=shown.state in OPEN and shown.due_on is not None and shown.due_on < today,
        fee_noticed=shown.fee_noticed_on is not None, fee_overdue=shown.state == State.FEE and waited,
        drafted_by_me=draft is not None and draft.by_id is not None and draft.by_id == actor.user_id,
        reasons_asked=shown.reasons_asked_on is not None, reasons_accepted=shown.reasons_accepted is True,
        publication_drafted=hasattr(shown, "publication_draft"), discloses=answer is not None and answer.discloses,
    )


def offered(actor: Actor, shown: Application, today: date) -> list[Offer]:
    """The acts panel of the application page."""
    return offers(situation_of(actor, shown, today), permitted_acts(actor, shown))


def current_draft(shown: Application) -> ReplyDraft | None:
    """The draft that reviews and signature belong to: the latest."""
    return shown.drafts.order_by("-number").first()


def came_with_register(application: Application) -> bool:
    """Whether its days are what somebody wrote in a spreadsheet: nothing was asked, signed or sent from here."""
    return application.imported_id is not None and not (
        application.drafts.filter(signed_at__isnull=False).exists() or application.services.exists()
        or application.consultations.exists() or application.extensions.exists()
    )


def answer_came_with_register(application: Application) -> bool:
    """Whether its outcome is what somebody wrote in a spreadsheet: no letter of ours says it."""
    return application.imported_id is not None and application.closed_on is not None and not (
        application.drafts.filter(signed_at__isnull=False).exists() or application.services.exists()
    )
