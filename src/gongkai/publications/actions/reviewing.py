"""The review: gates laid, passed, sent back; after an emergency, those that followed (Art. 17)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import Denied, authorise, may
from gongkai.ledger.actions import record
from gongkai.publications.actions.parts import is_hand, put, screened, taken
from gongkai.publications.actions.readiness import may_go_out
from gongkai.publications.content import digest_of
from gongkai.publications.events.reviewing import GatesPassed, GatesPassedAfter, Returned, Sent
from gongkai.publications.models import Edition, GateOpinion, GatePassage
from gongkai.publications.permissions import PublicationPermission as P
from gongkai.publications.practices import gates_of, practice_of
from gongkai.publications.rules import drafting
from gongkai.publications.rules import reviewing as rules
from gongkai.publications.states import Act, State

# Who may send an edition back, by where it stands.
_RETURNERS: dict[State, tuple[P, ...]] = {
    State.SUBMITTED: (P.HANDLE,), State.REVIEW: (P.REVIEW, P.SIGN), State.REVIEWED: (P.REVIEW, P.SIGN),
    State.SIGNED: (P.SIGN, P.REVIEW, P.PUBLISH),
}


@transaction.atomic
def send(*, by: Actor, edition: Edition, at: datetime, seen: int | None = None) -> Edition:
    """Send a draft to review: the gates of the office's scheme are laid, and from here on its words stand.

    Raises Refused: attribute-missing, ground-missing, reason-missing, empty, change-note, lane-reason, words-blocked,
    file-unreadable, file-blocked, warnings-open, not-now, changed-meanwhile; Denied.
    """
    authorise(by, P.HANDLE, edition.publication)
    now, state = taken(edition, Act.SEND, seen=seen)
    screened(now)
    may_go_out(now, now.attribute)
    drafting.attribute(now.attribute, now.attribute_ground, now.attribute_reason)
    drafting.complete(now.text, now.attachments.count(), now.number, now.change_note)
    drafting.lane(now.lane, now.lane_reason)
    gates, now.apart = gates_of(practice_of(now.publication.agency))
    emergency = now.lane == "emergency"
    now.gates.all().delete()
    laid = GatePassage.objects.bulk_create(
        GatePassage(
            edition=now, key=gate.key, name=gate.name, question=gate.question, order=order,
            ahead=not (emergency and gate.after_emergency),
        ) for order, gate in enumerate(gates)
    )
    now.digest, now.sent_at, now.return_remark = digest_of(now), at, ""
    put(now, state)
    record(
        Sent(
            now.number, now.attribute, now.lane, tuple(one.name for one in laid),
            tuple(one.name for one in laid if not one.ahead), now.digest,
        ), by=by, at=at, subject_id=now.publication_id, agency_id=now.publication.agency_id,
    )
    return now


@transaction.atomic
def pass_gates(
    *, by: Actor, edition: Edition, keys: Sequence[str], remark: str = "", at: datetime, seen: int | None = None,
) -> Edition:
    """Pass one gate or several. After the last that must be passed before publication it waits for its signature.

    Raises Refused: own-work, gates-which, gate-passed, gate-apart, digest-changed, words-too-long, not-now,
    changed-meanwhile; Denied.
    """
    authorise(by, P.REVIEW, edition.publication)
    now, done = taken(edition, Act.PASS, seen=seen)
    passed = _pass(now, by, keys, remark, at)
    left = now.gates.filter(ahead=True, passed_by__isnull=True).count()
    put(now, State.REVIEW if left else done)
    record(
        GatesPassed(now.number, tuple(one.name for one in passed), now.digest, left), by=by, at=at,
        subject_id=now.publication_id, agency_id=now.publication.agency_id,
    )
    return now


@transaction.atomic
def pass_after(
    *, by: Actor, edition: Edition, keys: Sequence[str], remark: str = "", at: datetime, seen: int | None = None,
) -> Edition:
    """补审: pass the gates that an emergency put off until after publication. Late is recorded as late.

    Raises Refused: own-work, own-signature, gates-which, gate-passed, gate-apart, digest-changed, words-too-long,
    not-now, changed-meanwhile; Denied.
    """
    authorise(by, P.REVIEW, edition.publication)
    now, state = taken(edition, Act.PASS_AFTER, seen=seen)
    rules.not_the_signatory(by.user_id is not None and by.user_id == now.signed_by_id)
    late = now.review_due_on is not None and localdate(at) > now.review_due_on
    passed = _pass(now, by, keys, remark, at)
    if not now.gates.filter(passed_by__isnull=True).exists():
        now.review_due_on = None
    put(now, state)
    record(
        GatesPassedAfter(now.number, tuple(one.name for one in passed), now.digest, late), by=by, at=at,
        subject_id=now.publication_id, agency_id=now.publication.agency_id,
    )
    return now


@transaction.atomic
def return_edition(
    *, by: Actor, edition: Edition, remark: str, at: datetime, seen: int | None = None, key: str = "",
) -> Edition:
    """Send it back to be changed, and say why; `key` names the gate that it did not pass. All gates begin anew.

    Raises Refused: words-missing, words-too-long, gate-passed, not-now, changed-meanwhile; Denied.
    """
    now, state = taken(edition, Act.RETURN, seen=seen)
    before = State(now.state)
    if not any(may(by, permission, now.publication) for permission in _RETURNERS[before]):
        raise Denied(_RETURNERS[before][0])
    authorise(by, next(one for one in _RETURNERS[before] if may(by, one, now.publication)), now.publication)
    said = drafting.words("退回意见", remark, rules.REMARK_MOST)
    gate = _returning_gate(now, by, key, said, at) if key else None
    now.return_remark, now.submitted_at = said, None
    now.signed_by = now.signed_at = now.signed_on = None
    now.signed_digest = now.decided_attribute = ""
    put(now, state)
    record(
        Returned(now.number, before.value, gate.name if gate else ""), by=by, at=at, subject_id=now.publication_id,
        agency_id=now.publication.agency_id,
    )
    return now


def _pass(edition: Edition, by: Actor, keys: Sequence[str], remark: str, at: datetime) -> list[GatePassage]:
    rules.a_person(by.user_id)
    rules.not_a_hand(is_hand(edition, by), "审查")
    gates = {gate.key: gate for gate in edition.gates.select_for_update(no_key=True).order_by("order", "pk")}
    open_ = [key for key, gate in gates.items() if gate.passed_by_id is None]
    others = any(gate.passed_by_id == by.user_id for gate in gates.values() if gate.passed_by_id is not None)
    rules.gates(keys, open_, apart=edition.apart, passed_others=others)
    rules.same_words(digest_of(edition), edition.digest)
    said = rules.remark(remark)
    passed = [gates[key] for key in keys]
    for gate in passed:
        gate.passed_by_id, gate.passed_at, gate.digest = by.user_id, at, edition.digest
        gate.save(update_fields=["passed_by", "passed_at", "digest"])
    GateOpinion.objects.bulk_create(_opinion(edition, gate, "pass", said, by, at) for gate in passed)
    return passed


def _returning_gate(edition: Edition, by: Actor, key: str, said: str, at: datetime) -> GatePassage:
    gate = edition.gates.filter(key=key).first()
    rules.gates([key], [gate.key] if gate else [], apart=False, passed_others=False)
    assert gate is not None
    _opinion(edition, gate, "return", said, by, at).save()
    return gate


def _opinion(
    edition: Edition, gate: GatePassage, verdict: str, said: str, by: Actor, at: datetime,
) -> GateOpinion:
    return GateOpinion(
        edition=edition, key=gate.key, name=gate.name, verdict=verdict, remark=said, digest=edition.digest,
        by_id=by.user_id, at=at,
    )
