"""A case enters the register, is put right, or turns out to be a mistake."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from gongkai.accounts.actor import Actor
from gongkai.accounts.models import Post, User
from gongkai.accounts.permissions import authorise
from gongkai.agencies.models import Agency
from gongkai.agencies.queries import heirs
from gongkai.applications.models import Application
from gongkai.applications.order import today_at
from gongkai.calendars.queries import calendar_of
from gongkai.core.errors import Refused
from gongkai.core.required import required
from gongkai.disputes import rules
from gongkai.disputes.actions import parts
from gongkai.disputes.clock import settle
from gongkai.disputes.events import DisputeAmended, DisputeCancelled, DisputeRegistered
from gongkai.disputes.models import Dispute, Proceeding
from gongkai.disputes.permissions import DisputePermission as P
from gongkai.disputes.states import STAGES_OF, Act, State, Track
from gongkai.ledger.actions import record
from gongkai.publications.models import Publication
from gongkai.vault.actions import seal
from gongkai.vault.models import Sealed

_UNSAID = "…"  # stands in the ledger for a text


@transaction.atomic
def register(
    *, by: Actor, agency: Agency, track: str, against: str, subject: str, received_on: date, at: datetime,
    application: Application | None = None, publication: Publication | None = None, follows: Dispute | None = None,
    number: str = "", stage: str = "", body: str = "", case_number: str = "", filed_on: date | None = None,
    accepted_on: date | None = None, simple: bool = False, party: Mapping[str, str] | None = None,
    third_party: bool = False, handler: User | None = None, note: str = "",
) -> Dispute:
    """Enter a reconsideration or a suit whose notice has reached the organ, with its first proceeding.

    `party` holds vault field → value of whoever complains, sealed for this case; left out, it is the applicant of the
    application, unless a third party complains. `number` blank: 议2026-0001 or 诉2026-0001. `stage` other than the
    track's first: for a suit that comes into the register late. Raises Refused: track, against, stage, words-missing,
    words-too-long, future-date, too-early, elsewhere, follows, no-post, number-taken, already-registered, what the
    vault refuses; Denied.
    """
    authorise(by, P.HANDLE, agency)
    kind, what = rules.track(track), rules.against(against)
    first = rules.begun(kind, stage or STAGES_OF[kind][0])
    today = today_at(at)
    parts.hold_numbers(agency)
    if follows is not None:
        follows = _followed(kind, follows, agency)
        application = application or follows.application
    held = parts.hold_application(application.pk if application is not None else None)
    _belongs(agency, held, publication)
    rules.course(
        rules.Course(first, received_on, filed_on, accepted_on), today,
        after=(held.received_on or held.arrived_on) if held is not None else None,
    )
    dispute = Dispute(
        agency=agency, track=kind, state=State.RECEIVED, against=what, application=held, publication=publication,
        follows=follows, third_party=third_party, handler=_able(handler, agency, today),
        note=rules.words("备注", note), registered_at=at,
    )
    proceeding = Proceeding(
        position=1, stage=first, body=rules.text("复议机关、法院", body, rules.BODY_MOST),
        case_number=rules.text("案号", case_number, rules.NUMBER_MOST), filed_on=filed_on, accepted_on=accepted_on,
        received_on=received_on, simple=simple,
    )
    _not_there(dispute, proceeding)
    dispute.number = parts.next_number(agency, kind, received_on.year, number)
    parts.keep_longer(held)
    _set_party(dispute, party, by=by, at=at)
    dispute.subject = _subject(dispute, subject or (held.subject if held is not None else ""))
    dispute.save()
    proceeding.dispute = dispute
    settle(proceeding, calendar_of(agency))
    proceeding.save()
    record(
        DisputeRegistered(dispute.number, kind, received_on, proceeding.answer_due_on), by=by, at=at,
        subject_id=dispute.pk, agency_id=agency.pk,
    )
    return dispute


@transaction.atomic
def amend_dispute(
    *, by: Actor, dispute: Dispute, reason: str, at: datetime, seen: int | None = None, **facts: Any,
) -> Dispute:
    """Put right what was registered of the case: subject, against, note, third_party, handler, application,
    publication, follows, party; `track` between the two kinds of suits.

    What it was and is stands in the ledger, of texts that they were changed. Raises Refused: amend-field,
    words-missing, nothing-changed, what `register` refuses, not-now, changed-meanwhile; Denied.
    """
    authorise(by, P.HANDLE, dispute)
    if unknown := facts.keys() - _FIELDS:
        raise Refused("amend-field", "这一项不在这里更正：%(fields)s；没有保存", fields="、".join(sorted(unknown)))
    if facts.get("application") is not None:
        parts.hold_application(facts["application"].pk)
    now, state = parts.taken(dispute, Act.AMEND, seen=seen)
    why = parts.for_ledger(now, rules.reason("更正的理由", reason))
    party = facts.get("party")
    before = {name: _kept(now, name) for name in facts}
    _change(now, facts, today_at(at))
    if party:
        _set_party(now, party, by=by, at=at)
    now.subject = _subject(now, now.subject)
    changed = [name for name in facts if before[name] != _kept(now, name) or (name == "party" and party)]
    if not changed:
        raise Refused("nothing-changed", "没有改动任何一项，没有保存")
    if now.application is not None:
        parts.keep_longer(now.application)
    parts.put(now, state)
    record(
        DisputeAmended(
            tuple(changed), tuple(_UNSAID if name in _TEXTS else before[name] for name in changed),
            tuple(_UNSAID if name in _TEXTS else _kept(now, name) for name in changed), why,
        ),
        by=by, at=at, subject_id=now.pk, agency_id=now.agency_id,
    )
    return now


@transaction.atomic
def cancel(*, by: Actor, dispute: Dispute, reason: str, at: datetime, seen: int | None = None) -> Dispute:
    """A mistaken entry: it stays with its number and is counted nowhere.

    Raises Refused: words-missing, words-too-long, not-now, changed-meanwhile; Denied.
    """
    authorise(by, P.HANDLE, dispute)
    now, state = parts.taken(dispute, Act.CANCEL, seen=seen)
    why = parts.for_ledger(now, rules.reason("作废的理由", reason))
    parts.lift_open(now, today_at(at), f"案件误登作废：{why}")
    parts.put(now, state)
    record(DisputeCancelled(why), by=by, at=at, subject_id=now.pk, agency_id=now.agency_id)
    return now


_TEXTS = frozenset({"subject", "note", "party"})
_FIELDS = _TEXTS | {"against", "third_party", "handler", "application", "publication", "follows", "track"}


def _change(now: Dispute, facts: Mapping[str, Any], today: date) -> None:
    if "track" in facts:
        kind = rules.track(facts["track"])
        if Track.RECONSIDERATION in (kind, Track(now.track)) and kind != now.track:
            raise Refused("track", "复议和诉讼之间不能互改，请误登作废后重新登记；没有保存")
        now.track = kind
    if "against" in facts:
        now.against = rules.against(facts["against"])
    if "subject" in facts:
        now.subject = required("案由", rules.text("案由", facts["subject"], rules.SUBJECT_MOST), rules.SUBJECT_MOST)
    if "note" in facts:
        now.note = rules.words("备注", facts["note"])
    if "third_party" in facts:
        now.third_party = bool(facts["third_party"])
        if now.third_party and now.application is not None and now.identity_id == now.application.identity_id:
            now.identity, now.party_mask = None, ""
    if "handler" in facts:
        now.handler = _able(facts["handler"], now.agency, today)
    if "application" in facts:
        _relink(now, facts["application"])
    if "publication" in facts:
        now.publication = facts["publication"]
    _belongs(now.agency, now.application, now.publication)
    if "follows" in facts or ("track" in facts and now.follows is not None):
        follows = facts.get("follows", now.follows)
        now.follows = _followed(Track(now.track), follows, now.agency, of=now) if follows is not None else None


def _relink(now: Dispute, application: Application | None) -> None:
    """Another application: the other side is its applicant, where it was the former one's."""
    was = now.application
    if not now.third_party and (was is None or now.identity_id == was.identity_id):
        now.identity = application.identity if application is not None else None
        now.party_mask = application.applicant_mask if application is not None else ""
    now.application = application
    first = now.proceedings.order_by("position").first()
    if application is not None and first is not None:
        rules.course(
            rules.Course(first.stage, first.received_on), first.received_on,
            after=application.received_on or application.arrived_on,
        )


def _kept(now: Dispute, name: str) -> str:
    """A field as the ledger holds it; texts stay out of it."""
    if name == "party":
        return ""
    value = getattr(now, name)
    if name in {"application", "publication", "follows"}:
        return "" if value is None else str(value.pk if name == "publication" else value.number)
    if name == "handler":
        return "" if value is None else str(value.name or value.username)
    return ("是" if value else "否") if name == "third_party" else str(value)


def _set_party(dispute: Dispute, party: Mapping[str, str] | None, *, by: Actor, at: datetime) -> None:
    given = {name: value for name, value in (party or {}).items() if value.strip()}
    if given:
        dispute.identity = seal(by=by, agency=dispute.agency, values=given, at=at)
        dispute.party_mask = parts.mask_of(given)
    elif dispute.application is not None and not dispute.third_party:
        dispute.identity = dispute.application.identity
        dispute.party_mask = dispute.application.applicant_mask


def _subject(dispute: Dispute, text: str) -> str:
    """What the case is about, without anybody of it. Raises Refused: words-missing, words-too-long."""
    said = rules.text("案由", text, rules.SUBJECT_MOST)
    identity: Sealed | None = dispute.identity
    return required("案由", parts.unnamed(said, identity, dispute.application), rules.SUBJECT_MOST)


def _belongs(agency: Agency, application: Application | None, publication: Publication | None) -> None:
    """What is contested is the organ's own, or that of an organ whose duties it took over (行政诉讼法, Art. 26)."""
    for thing in (application, publication):
        if thing is not None and thing.agency_id != agency.pk and not _heir(agency, thing.agency):
            raise Refused("elsewhere", "所选的申请或者公开信息不是本机关的，也不是职权由本机关承接的机关的；没有保存")


def _heir(agency: Agency, of: Agency) -> bool:
    seen, asked = {of.pk}, [of]
    while asked:
        for heir in heirs(asked.pop()):
            if heir.pk == agency.pk:
                return True
            if heir.pk not in seen:
                seen.add(heir.pk)
                asked.append(heir)
    return False


def _followed(kind: Track, follows: Dispute, agency: Agency, of: Dispute | None = None) -> Dispute:
    """The reconsideration that a suit came after."""
    found = Dispute.objects.select_related("application").get(pk=follows.pk)
    fits = kind is Track.AFTER and found.track == Track.RECONSIDERATION and found.agency_id == agency.pk
    if not fits or (of is not None and found.pk == of.pk):
        raise Refused("follows", "只有“复议后起诉”的案件可以关联本机关的一件行政复议；没有保存")
    return found


def _able(handler: User | None, agency: Agency, today: date) -> User | None:
    if handler is not None and not Post.objects.held_on(today).filter(user=handler, agency=agency).exists():
        raise Refused("no-post", "%(name)s在本机关没有岗位，不能经办；没有保存", name=handler.name or handler.username)
    return handler


def _not_there(dispute: Dispute, first: Proceeding) -> None:
    """The same notice entered twice is one case: the same number of the court or the reviewing body, or the same day
    over the same thing. The caller holds the agency's numbers."""
    rows = Dispute.objects.counted().filter(agency=dispute.agency, track=dispute.track)
    if first.case_number:
        rows = rows.filter(proceedings__case_number=first.case_number)
    else:
        rows = rows.filter(
            application=dispute.application, publication=dispute.publication, third_party=dispute.third_party,
            proceedings__received_on=first.received_on, proceedings__case_number="", proceedings__body=first.body,
        )
        if dispute.application is None and dispute.publication is None:
            return
    there = rows.values_list("number", flat=True).first()
    if there is not None:
        raise Refused(
            "already-registered", "这件案件已经登记为%(number)s，没有再登记；不是同一件的，请填写案号", number=there,
        )
