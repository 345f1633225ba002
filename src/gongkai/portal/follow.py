"""What the tracking page works out beside the public view: the line of states, lateness, remedies, the wait."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.models import DisclosureOffice
from gongkai.applications.models import Application
from gongkai.applications.public import PublicView
from gongkai.applications.states import OPEN, State
from gongkai.core.law.articles import cite
from gongkai.core.law.remedies import NO_REPLY, Remedy, remedy_notice
from gongkai.infra import slowly
from gongkai.infra.slowly import Lane
from gongkai.letters.remedies import reading

_PHASES: tuple[tuple[str | Promise, frozenset[State]], ...] = (
    (_("收到并确认"), frozenset({State.RECEIVED})),
    (_("补正"), frozenset({State.CORRECTION})),
    (_("办理"), frozenset({
        State.REGISTERED, State.ASSIGNED, State.CONSULTING, State.REASONS, State.FEE, State.DRAFTED, State.REVIEW,
        State.REVIEWED,
    })),
    (_("答复送达"), frozenset({State.SIGNED})),
    (_("办结"), frozenset({State.SERVED, State.LAPSED, State.WITHDRAWN, State.SPLIT, State.ARCHIVED})),
)


def wait_before_looking(
    places: Iterable[tuple[Lane, str]], *, bound_to: str, at: datetime, ticket: str = "",
) -> None:
    """Wait as long as earlier wrong tries from here or of this number ask for, whether this one is right or wrong.

    Raises Busy with a ticket that holds for this number and code alone.
    """
    turn = slowly.turn_of(ticket, bound_to=bound_to)
    ahead = max(slowly.waiting(lane, key, at=at) for lane, key in places)
    slowly.hold(ahead if turn is None else turn - at.timestamp(), bound_to=bound_to, at=at)


def phases(application: Application, view: PublicView) -> list[tuple[str | Promise, str]]:
    """The line of states: (name, "done" | "now" | ""). Correction stands in it only where it was asked."""
    state = State(application.state)
    shown = [(name, states) for name, states in _PHASES
             if State.CORRECTION not in states or view.correction_asked_on is not None]
    at = next(place for place, (_name, states) in enumerate(shown) if state in states)
    over = state not in OPEN
    return [
        (name, "done" if place < at or (over and place == at) else "now" if place == at else "")
        for place, (name, _states) in enumerate(shown)
    ]


class Reason(NamedTuple):
    """A step of the clock as the page tells it."""

    on: date | None
    what: str
    rests_on: str


def reasons(view: PublicView) -> list[Reason]:
    """Why the reply is due when it is due, each with its article and notice."""
    return [
        Reason(step.on, step.what, "；".join(filter(None, (
            f"条例{cite(step.article)}" if step.article else "", step.source,
        )))) for step in view.steps
    ]


def overdue(view: PublicView, today: date) -> bool:
    """Whether the reply is late."""
    return view.due_on is not None and view.due_on < today and view.state in OPEN


def remedy(
    application: Application, view: PublicView, office: DisclosureOffice | None, today: date,
) -> Remedy | None:
    """What can be done against the answer, or against silence. None while there is neither, or nobody has said which
    organ and which court it would be."""
    if office is None or not office.review_organ.strip() or not office.court.strip():
        return None
    if overdue(view, today):
        return remedy_notice(NO_REPLY, today, office.review_organ, office.court, reading())
    decided = application.signed_on or application.closed_on
    if view.outcome and decided is not None:
        return remedy_notice(application.answer_kind, decided, office.review_organ, office.court, reading())
    return None
