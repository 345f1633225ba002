"""The rules of an office: gates, index numbers, its own limits; and cached dates put right by what changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import authorise
from gongkai.agencies.models import Agency
from gongkai.calendars.permissions import CalendarPermission
from gongkai.core.errors import Refused
from gongkai.ledger.actions import record
from gongkai.publications.actions.parts import locked
from gongkai.publications.drift import drifted
from gongkai.publications.due import settle
from gongkai.publications.events.publishing import DueMoved
from gongkai.publications.events.reviewing import PracticeSet
from gongkai.publications.gates import SCHEMES, Gate, check_scheme
from gongkai.publications.models import Edition, Practice, Publication
from gongkai.publications.numbering import example
from gongkai.publications.permissions import PublicationPermission as P
from gongkai.publications.practices import practice_of

# Field: lowest, highest.
_NUMBERS = {
    "days_after_signing": (1, 20), "interpretation_days": (1, 20), "reassess_months": (1, 24),
    "review_after_days": (1, 5),
}
_HANDOVERS = ("monthly", "half_monthly", "quarterly")


@transaction.atomic
def set_practice(*, by: Actor, agency: Agency, at: datetime, **values: Any) -> Practice:
    """Set some of an office's rules (fields of `Practice`; gates as mappings of key, name, question,
    after_emergency). What is in review keeps its gates; due dates move with their own limit.

    Raises Refused: scheme-unknown, gates-count, gate-name, gate-twice, secrecy-gate, number-range, handover-unknown,
    what an index template refuses; Denied; KeyError for an unknown field.
    """
    authorise(by, P.RULES, agency)
    # Before the first event: whoever waits for the ledger holds no row that is needed here.
    rows = _held(Publication.objects.filter(agency=agency)) if "days_after_signing" in values else []
    practice = Practice.objects.select_for_update(no_key=True).filter(agency=agency).first() or practice_of(agency)
    changed = [name for name, value in values.items() if _set(practice, name, _checked(agency, name, value, at))]
    if not changed:
        return practice
    practice.save()
    moved = _moved(rows)
    record(PracticeSet(tuple(sorted(changed))), by=by, at=at, subject_id=agency.pk, agency_id=agency.pk)
    for publication, before in moved:
        record(
            DueMoved(before, publication.due_on, "本机关的公开期限改变"), by=by, at=at, subject_id=publication.pk,
            agency_id=agency.pk,
        )
    return practice


@transaction.atomic
def move_dates(*, by: Actor, source: str, at: datetime) -> int:
    """Put every cached due date of what is in work right, by calendars, items and rules in force; how many moved.

    `source` is what changed, for the event. Raises Denied.
    """
    authorise(by, CalendarPermission.ADOPT)
    moved = _moved(_held(Publication.objects.filter(pk__in=[row.pk for row in drifted()])))
    for publication, before in moved:
        record(
            DueMoved(before, publication.due_on, source), by=by, at=at, subject_id=publication.pk,
            agency_id=publication.agency_id,
        )
    return len(moved)


def _held(rows: Any) -> list[Publication]:
    """Those whose time runs, locked."""
    pks = rows.filter(latest__isnull=False).exclude(latest__state__in=_OVER).values_list("pk", flat=True)
    found = locked(pks)
    latest = {
        one.pk: one for one in Edition.objects.filter(pk__in=[row.latest_id for row in found.values()]).defer("body")
    }
    for row in found.values():
        row.latest = latest.get(row.latest_id or 0)
    return list(found.values())


_OVER = ("published", "superseded", "withdrawn", "filed", "discarded")


def _moved(rows: Sequence[Publication]) -> list[tuple[Publication, Any]]:
    moved = []
    for row in rows:
        before = (row.due_on, row.due_settled)
        settle(row)
        if before != (row.due_on, row.due_settled):
            row.save(update_fields=["due_on", "due_settled"])
            moved.append((row, before[0]))
    return moved


def _set(practice: Practice, name: str, value: Any) -> bool:
    if getattr(practice, name) == value:
        return False
    setattr(practice, name, value)
    return True


def _checked(agency: Agency, name: str, value: Any, at: datetime) -> Any:
    if name == "scheme":
        if value not in SCHEMES:
            raise Refused("scheme-unknown", "请从列出的审查办法里选择；没有保存")
        return value
    if name == "gates":
        return _gates(value)
    if name in _NUMBERS:
        lowest, highest = _NUMBERS[name]
        if value is None and name == "days_after_signing":
            return None
        if not isinstance(value, int) or not lowest <= value <= highest:
            raise Refused(
                "number-range", "这一项应在 %(lowest)s 到 %(highest)s 之间；没有保存", lowest=lowest, highest=highest,
            )
        return value
    if name == "index_template":
        text = str(value or "").strip()
        if text:
            example(agency, text, localdate(at))
        return text
    if name == "handover":
        if value not in _HANDOVERS:
            raise Refused("handover-unknown", "请选择移交周期；没有保存")
        return value
    if name == "apart":
        return bool(value)
    raise KeyError(name)


def _gates(given: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    if not given:
        return []
    gates = check_scheme(tuple(
        Gate(
            str(one["key"])[:20], str(one["name"]).strip()[:60], str(one.get("question", "")).strip()[:300],
            bool(one.get("after_emergency", True)),
        ) for one in given
    ))
    return [
        {"key": one.key, "name": one.name, "question": one.question, "after_emergency": one.after_emergency}
        for one in gates
    ]
