"""The acts panel of an edition's page: what this person may do now, and why not the rest."""

from __future__ import annotations

from datetime import date

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import Permission, may
from gongkai.publications.actions.readiness import needs_interpretation
from gongkai.publications.interpretations import interpretations_of
from gongkai.publications.kinds import Attribute
from gongkai.publications.models import Edition, Publication
from gongkai.publications.offers import Offer, Situation, offers
from gongkai.publications.permissions import PublicationPermission as P
from gongkai.publications.states import IN_WORK, Act, State

PERMISSION_OF: dict[Act, tuple[Permission, ...]] = {
    Act.EDIT: (P.HANDLE,), Act.ATTACH: (P.HANDLE,), Act.SUBMIT: (), Act.ACCEPT: (P.HANDLE,), Act.SEND: (P.HANDLE,),
    Act.PASS: (P.REVIEW,), Act.SIGN: (P.SIGN,), Act.PUBLISH: (P.PUBLISH,), Act.PASS_AFTER: (P.REVIEW,),
    Act.REVISE: (P.HANDLE,), Act.WITHDRAW: (P.WITHDRAW,), Act.PLAN: (P.HANDLE,), Act.LINK: (P.HANDLE,),
    Act.DISCARD: (P.HANDLE,),
}
# What a contributor does in the own section, until the draft is handed in.
_CONTRIBUTED = frozenset({Act.EDIT, Act.ATTACH, Act.SUBMIT, Act.DISCARD, Act.REVISE, Act.PLAN, Act.LINK})
_AFTER_HANDING_IN = frozenset({Act.REVISE, Act.PLAN, Act.LINK})
_RETURNERS: dict[State, tuple[Permission, ...]] = {
    State.SUBMITTED: (P.HANDLE,), State.REVIEW: (P.REVIEW, P.SIGN), State.REVIEWED: (P.REVIEW, P.SIGN),
    State.SIGNED: (P.SIGN, P.REVIEW, P.PUBLISH),
}


def permitted(actor: Actor, edition: Edition) -> frozenset[Act]:
    """The acts that this person's posts allow on it, whatever its state."""
    publication = edition.publication
    acts = {act for act, asked in PERMISSION_OF.items() if any(may(actor, one, publication) for one in asked)}
    if any(may(actor, one, publication) for one in _RETURNERS.get(State(edition.state), ())):
        acts.add(Act.RETURN)
    if _of_own_section(actor, publication):
        acts |= _CONTRIBUTED if edition.submitted_at is None else _AFTER_HANDING_IN
    return frozenset(acts)


def situation_of(actor: Actor, edition: Edition, today: date) -> Situation:
    """The facts that the offers depend on."""
    publication = edition.publication
    gates, files = list(edition.gates.all()), list(edition.attachments.all())
    me = actor.user_id
    mine = me is not None and (edition.author_id == me or edition.hands.filter(user_id=me).exists())
    passed_by_me = me is not None and any(gate.passed_by_id == me for gate in gates)
    ahead = [gate for gate in gates if gate.ahead and gate.passed_by_id is None]
    barred = mine or (edition.apart and passed_by_me)
    active = edition.attribute == Attribute.ACTIVE
    bad = edition.screened == "block" or any(file.verdict not in {"pass", "warn"} for file in files)
    warned = edition.screened == "warn" or any(file.verdict == "warn" for file in files)
    latest = publication.latest
    return Situation(
        state=State(edition.state), mine=mine, reviewed_by_me=passed_by_me, attribute=edition.attribute,
        blocked=active and bad, unlooked=active and any(f.needs_look and f.checked_by_id is None for f in files),
        warnings_open=active and warned and edition.warnings_accepted_by_id is None,
        interpretation_missing=(
            active and needs_interpretation(publication.kind)
            and publication.interpretation not in {"planned", "exempt"}
        ),
        interpretation_unsigned=edition.state == State.SIGNED and _interpretation_unsigned(publication, today),
        gates_open=len(ahead), gates_for_me=0 if barred else len(ahead),
        gates_after=sum(not gate.ahead and gate.passed_by_id is None for gate in gates),
        emergency=edition.lane == "emergency",
        in_work=latest is not None and latest.pk != edition.pk and latest.state in IN_WORK,
    )


def offered(actor: Actor, edition: Edition, today: date) -> list[Offer]:
    """The acts panel."""
    return offers(situation_of(actor, edition, today), permitted(actor, edition))


def _of_own_section(actor: Actor, publication: Publication) -> bool:
    return may(actor, P.CONTRIBUTE, publication) and any(
        h.role == "contributor" and h.section_id is not None and h.section_id == publication.section_id
        and h.agency_id == publication.agency_id for h in actor.holdings
    )


def _interpretation_unsigned(publication: Publication, today: date) -> bool:
    """Whether the interpretation that is due with the document is not ready."""
    due = publication.interpretation_due_on
    if publication.interpretation != "planned" or (due is not None and due > today):
        return False
    linked = Publication.objects.filter(pk__in=interpretations_of(publication.pk)).select_related("latest")
    ready = [one for one in linked if one.is_public or (one.latest is not None and one.latest.state == State.SIGNED)]
    return not ready or any(
        one.latest is not None and one.latest.state in IN_WORK and one not in ready for one in linked
    )
