"""Whose it is: section, person, and what happens when somebody is away (Art. 45; no case hangs on one person)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from gongkai.accounts.actor import Actor
from gongkai.accounts.models import Post, User
from gongkai.accounts.permissions import authorise, holders
from gongkai.agencies.models import Agency, Section
from gongkai.applications.actions.taking import put, taken
from gongkai.applications.events.handling import Assigned, HandedOver
from gongkai.applications.models import Application
from gongkai.applications.naming import for_ledger
from gongkai.applications.order import today_at
from gongkai.applications.permissions import ApplicationPermission as P
from gongkai.applications.rules import handling as rules
from gongkai.applications.states import OPEN, Act, State
from gongkai.core.errors import Refused
from gongkai.ledger.actions import record

_REASON_MOST = 300


@transaction.atomic
def assign(
    *, by: Actor, application: Application, section: Section | None = None, handler: User | None = None, at: datetime,
    seen: int | None = None,
) -> Application:
    """Give it to a section, a person, or both; what is not named stays as it was.

    Raises Refused: assign-to-whom, section-elsewhere, section-closed, no-post, not-now, changed-meanwhile; Denied.
    """
    authorise(by, P.HANDLE, application)
    now, state = taken(application, Act.ASSIGN, seen=seen)
    if section is None and handler is None:
        raise Refused("assign-to-whom", "请选择分给哪个科室或者哪位经办人；没有保存")
    if section is not None:
        _section_of(now, section)
        now.section = section
    if handler is not None:
        _able(handler, now, today_at(at))
        now.handler = handler
    put(now, state)
    record(
        Assigned(
            now.section_id, "" if now.section is None else now.section.name,
            now.handler_id, "" if now.handler is None else now.handler.name,
        ),
        by=by, at=at, subject_id=now.pk, agency_id=now.agency_id,
    )
    return now


@transaction.atomic
def hand_over(
    *, by: Actor, application: Application, to: User, reason: str, at: datetime, seen: int | None = None,
) -> Application:
    """Let another person of the agency have it. Nothing of the clock changes.

    Raises Refused: words-missing, no-post, same-person, not-now, changed-meanwhile; Denied.
    """
    authorise(by, P.HANDLE, application)
    now, state = taken(application, Act.HAND_OVER, seen=seen)
    said = rules.words("移交理由", reason, _REASON_MOST)
    if now.handler_id == to.pk:
        raise Refused("same-person", "这件申请已经由%(name)s经办", name=to.name)
    _able(to, now, today_at(at))
    before, now.handler = now.handler_id, to
    put(now, state)
    record(
        HandedOver(before, to.pk, to.name, for_ledger(now, said)), by=by, at=at, subject_id=now.pk,
        agency_id=now.agency_id,
    )
    return now


@transaction.atomic
def hand_over_all(
    *, by: Actor, agency: Agency, person: User, to: User, reason: str, at: datetime,
) -> int:
    """Give all open cases of `person` at an agency to `to`, for who is away or leaves. Returns how many.

    All or none: raises Refused: words-missing, same-person, no-post when `to` may not handle one of them; Denied.
    """
    authorise(by, P.HANDLE, agency)
    said = rules.words("移交理由", reason, _REASON_MOST)
    if person.pk == to.pk:
        raise Refused("same-person", "移交和接手的是同一人；没有移交")
    # All rows are locked before the first event: whoever waits for the ledger holds no row that we still need.
    cases = list(
        Application.objects.select_for_update(of=("self",)).select_related("agency", "identity")
        .filter(agency=agency, handler=person, state__in=OPEN).order_by("pk")
    )
    today = today_at(at)
    if not cases:
        _posted(to, agency.pk, None, today)
    for case in cases:
        _able(to, case, today)
    for case in cases:
        case.handler = to
        put(case, State(case.state))
    for case in cases:
        record(
            HandedOver(person.pk, to.pk, to.name, for_ledger(case, said)), by=by, at=at, subject_id=case.pk,
            agency_id=agency.pk,
        )
    return len(cases)


def _section_of(application: Application, section: Section) -> None:
    if section.agency_id != application.agency_id:
        raise Refused("section-elsewhere", "这个科室不属于受理申请的机关")
    if not section.active:
        raise Refused("section-closed", "“%(section)s”已停用，不能再分给它", section=section.name)


def _able(person: User, application: Application, on: date) -> None:
    _posted(person, application.agency_id, application.section_id, on)


def _posted(person: User, agency_id: int, section_id: int | None, on: date) -> None:
    """Who handles holds a post there; a contributor handles what is in the own section, and sees nothing else."""
    posts = Post.objects.held_on(on).filter(user=person, agency_id=agency_id)
    handlers, contributors = set(holders(P.HANDLE)), set(holders(P.CONTRIBUTE))
    held = list(posts.values_list("role", "section_id"))
    able = any(
        role in handlers or (role in contributors and section_id is not None and where == section_id)
        for role, where in held
    )
    if not person.is_active or not able:
        raise Refused(
            "no-post", "%(name)s在本机关没有能办理这件申请的岗位，不能接手；请另选一人，或先任命岗位", name=person.name,
        )
