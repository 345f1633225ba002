"""Asking others: third parties (Art. 32), co-makers (Art. 34), other organs (Arts. 11, 33)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import authorise
from gongkai.applications import correspondence, naming, order
from gongkai.applications.actions.taking import put, taken
from gongkai.applications.clock import facts_of
from gongkai.applications.events.handling import ConsultationDelivered, Consulted, OpinionTaken
from gongkai.applications.models import Application, Consultation
from gongkai.applications.permissions import ApplicationPermission as P
from gongkai.applications.rules import handling as rules
from gongkai.applications.states import Act, State
from gongkai.calendars.queries import calendar_of, conventions
from gongkai.core.deadlines import Pause, PauseKind, consultation_due
from gongkai.core.errors import Refused
from gongkai.ledger.actions import record
from gongkai.letters.models import Letter
from gongkai.vault.actions import seal
from gongkai.vault.models import Sealed

_PARTY_MOST = 200
# The letter to whom is asked, and the fields in which it names them and says what is asked.
_LETTERS: dict[PauseKind, tuple[str, str, str]] = {
    PauseKind.THIRD_PARTY: ("third_party_letter", "third_party", "involved"),
    PauseKind.CO_MAKER: ("co_maker_letter", "co_maker", "involved"),
    PauseKind.OTHER_ORGAN: ("organ_letter", "assisting_organ", "assistance"),
}
_PERIOD = "收到本征求意见书之日起15个工作日内"


@transaction.atomic
def consult(
    *, by: Actor, application: Application, kind: str, party: str, about: str, sent_on: date,
    party_identity: Mapping[str, str] | None = None, delivered_on: date | None = None, at: datetime,
    seen: int | None = None,
) -> Consultation:
    """Ask somebody in writing; the clock stands still until the answer or the end of the time for it.

    A third party who is a person is given as `party_identity` (fields of the vault); lists show the mask. A third
    party is told nothing of the applicant, and the applicant is told that a third party is asked. Raises Refused:
    consultation-kind, words-missing, names-applicant, already-asked, consulted-too-late and the like, not-now,
    changed-meanwhile; Denied.
    """
    authorise(by, P.HANDLE, application)
    now, state = taken(application, Act.CONSULT, seen=seen)
    asked, today = rules.consultation_kind(kind), order.today_at(at)
    about = naming.unnamed(now, rules.words("征求意见的内容", about), "征求意见的内容")
    if delivered_on is not None:
        rules.delivered(delivered_on, sent_on, today, asked)
    calendar = calendar_of(now.agency)
    due_on = consultation_due(delivered_on or sent_on, asked, calendar, conventions()).due_on
    assert due_on is not None  # a consultation always has a limit, the law's or the office's own
    order.check(now, at, pauses=(*facts_of(now).pauses, Pause(sent_on, None, asked, due_on)))
    sealed = _sealed(by, now, asked, party_identity, at)
    name = (sealed.masks.get("name") or sealed.masks.get("organisation") or "") if sealed else party
    name = rules.words(rules.CONSULTED[asked][0], name, _PARTY_MOST)
    if sealed is None and now.consultations.filter(kind=asked, party=name, ended_on__isnull=True).exists():
        raise Refused("already-asked", "已向%(party)s征求意见，意见还没有收到", party=name)
    asking = Consultation.objects.create(
        application=now, kind=asked.value, party=name, party_identity=sealed, about=about, sent_on=sent_on,
        delivered_on=delivered_on, due_on=due_on,
    )
    letter = _letter(asking, by=by, at=at)
    asking.letter_id = letter.pk
    asking.save(update_fields=["letter_id"])
    if asked is PauseKind.THIRD_PARTY:
        correspondence.issue(
            now, "third_party_notice", by=by, on=sent_on, at=at, key=f"consultation-{asking.pk}-notice",
            sent_on=sent_on, period="第三方收到征求意见书之日起15个工作日",
        )
    put(now, state)
    record(
        Consulted(asking.pk, asked.value, sent_on, due_on, letter.number), by=by, at=at, subject_id=now.pk,
        agency_id=now.agency_id,
    )
    return asking


@transaction.atomic
def consultation_delivered(*, by: Actor, consultation: Consultation, on: date, at: datetime) -> Consultation:
    """Note when whoever is asked got the letter: the time for the opinion runs from that day (Arts. 32, 34).

    Raises Refused: already-answered, future-date, too-early, not-now; Denied.
    """
    authorise(by, P.HANDLE, consultation.application)
    now, _ = taken(consultation.application, Act.OPINION)
    asking = _open(consultation, now)
    kind = PauseKind(asking.kind)
    rules.delivered(on, asking.sent_on, order.today_at(at), kind)
    due_on = consultation_due(on, kind, calendar_of(now.agency), conventions()).due_on
    assert due_on is not None
    asking.delivered_on, asking.due_on = on, due_on
    asking.save(update_fields=["delivered_on", "due_on"])
    put(now, State(now.state))
    record(
        ConsultationDelivered(asking.pk, on, due_on), by=by, at=at, subject_id=now.pk, agency_id=now.agency_id,
    )
    return asking


@transaction.atomic
def take_opinion(
    *, by: Actor, consultation: Consultation, opinion: str, on: date, reason: str = "", overridden: bool = False,
    at: datetime, seen: int | None = None,
) -> Consultation:
    """Note an opinion, or that its time went by without one; with the last one the clock goes on.

    Silence counts from the end of its time, whenever it is noted: a third party's is no consent, a co-maker's is.
    With `overridden`, `reason` is the public interest for which the organ discloses against an objection, and the
    third party is told in writing (Art. 32). Raises Refused: already-answered, opinion-kind, not-silent-yet,
    delivery-unknown, reason-missing, override-needs-objection, override-needs-reason, future-date, not-now,
    changed-meanwhile; Denied.
    """
    authorise(by, P.HANDLE, consultation.application)
    now, state = taken(consultation.application, Act.OPINION, seen=seen)
    asking = _open(consultation, now)
    kind = PauseKind(asking.kind)
    ended_on = rules.opinion(
        kind, opinion, on=on, sent_on=asking.sent_on, delivered_on=asking.delivered_on, due_on=asking.due_on,
        today=order.today_at(at), reason=reason, overridden=overridden,
    )
    asking.ended_on, asking.opinion, asking.overridden = ended_on, opinion, overridden
    asking.reason = reason.strip()[:rules.WORDS_MOST]
    asking.save(update_fields=["ended_on", "opinion", "reason", "overridden"])
    if overridden:
        _tell_of_decision(asking, by=by, on=on, at=at)
    if not now.consultations.filter(ended_on__isnull=True).exists():
        state = State.ASSIGNED
    put(now, state)
    record(
        OpinionTaken(asking.pk, asking.kind, opinion, ended_on, overridden), by=by, at=at, subject_id=now.pk,
        agency_id=now.agency_id,
    )
    return asking


def _open(consultation: Consultation, now: Application) -> Consultation:
    """The row as it is now; its application is locked already. Raises Refused "already-answered"."""
    asking = Consultation.objects.select_related("party_identity").get(pk=consultation.pk, application=now)
    asking.application = now
    if asking.ended_on is not None:
        raise Refused("already-answered", "这次征求意见已于%(on)s结束；请看最新情况", on=asking.ended_on)
    return asking


def _sealed(
    by: Actor, application: Application, kind: PauseKind, identity: Mapping[str, str] | None, at: datetime,
) -> Sealed | None:
    given = {field: value for field, value in (identity or {}).items() if value.strip()}
    if not given:
        return None
    if kind is not PauseKind.THIRD_PARTY:
        raise Refused("party-not-a-person", "共同制作机关和其他机关是单位，请写机关名称，不登记个人身份")
    if not given.get("name") and not given.get("organisation"):
        raise Refused("words-missing", "请填写%(name)s；没有保存", name="第三方姓名")
    return seal(by=by, agency=application.agency, values=given, at=at)


def _name(asking: Consultation, by: Actor, at: datetime) -> str:
    """How the letter calls the party: a person by the true name, which stands nowhere else."""
    return correspondence.called(correspondence.opened(asking.party_identity, by=by, at=at)) or asking.party


def _letter(asking: Consultation, *, by: Actor, at: datetime) -> Letter:
    kind, names, says = _LETTERS[PauseKind(asking.kind)]
    limits: dict[str, object] = {"due_on": asking.due_on} if kind == "organ_letter" else {"period": _PERIOD}
    return correspondence.issue(
        asking.application, kind, by=by, on=asking.sent_on, at=at, key=f"consultation-{asking.pk}",
        addressee=asking.party_identity, **{names: _name(asking, by, at), says: asking.about}, **limits,
    )


def _tell_of_decision(asking: Consultation, *, by: Actor, on: date, at: datetime) -> None:
    earlier = Letter.objects.filter(pk=asking.letter_id).first()
    correspondence.issue(
        asking.application, "third_party_decision", by=by, on=on, at=at, key=f"consultation-{asking.pk}-decision",
        addressee=asking.party_identity, third_party=_name(asking, by, at), involved=asking.about,
        reasons=naming.unnamed(asking.application, asking.reason, "因公共利益公开的理由"),
        notice_number=earlier.number if earlier else None, notice_on=earlier.on if earlier else None,
        opinion="不同意公开" if asking.opinion == rules.OBJECTION else "同意部分公开", opinion_on=asking.ended_on,
    )
