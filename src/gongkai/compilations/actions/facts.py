"""Facts for the prose that no register holds, set once a year for an agency, each with its source."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import authorise
from gongkai.agencies.models import Agency
from gongkai.annual_reports.readings import exact
from gongkai.compilations import rules
from gongkai.compilations.actions.parts import put, taken
from gongkai.compilations.events import FactSet
from gongkai.compilations.facts import BY_HAND
from gongkai.compilations.models import Compilation, Fact
from gongkai.compilations.permissions import CompilationPermission as P
from gongkai.compilations.states import EDITABLE, Act, Origin
from gongkai.core.errors import Refused
from gongkai.ledger.actions import record

MOST = Decimal(10) ** 9


@transaction.atomic
def set_fact(
    *, by: Actor, agency: Agency, year: int, key: str, value: Decimal | int | None, source: str, at: datetime,
) -> Fact | None:
    """Say what a fact was in a year; None says that nobody knows it any more. Reports of the year that are still being
    compiled go back to draft, for their words may change; what was signed stays.

    Raises Refused: unknown-fact, not-a-count, source-needed, words-too-long; Denied.
    """
    authorise(by, P.COMPILE, agency)
    if key not in BY_HAND:
        raise Refused("unknown-fact", "没有这一项工作数据；没有保存")
    said = rules.source(source) if value is not None else ""
    number = _count(value, BY_HAND[key][0]) if value is not None else None
    before = Fact.objects.select_for_update().filter(agency=agency, year=year, key=key).first()
    if _same(before, number, said):
        return before
    reports = Compilation.objects.filter(agency=agency, year=year, state__in=EDITABLE, origin=Origin.RECORDS)
    for report in reports.order_by("pk"):
        put(*taken(report, Act.EDIT, at=at))
    made = _put(agency, year, key, number, said, by, at)
    record(
        FactSet(year, key, None if before is None else exact(before.value), number, said), by=by, at=at,
        subject_id=agency.pk, agency_id=agency.pk,
    )
    return made


def _put(
    agency: Agency, year: int, key: str, number: Decimal | None, source: str, by: Actor, at: datetime,
) -> Fact | None:
    if number is None:
        Fact.objects.filter(agency=agency, year=year, key=key).delete()
        return None
    said = {"value": number, "source": source, "entered_by_id": by.user_id, "entered_at": at}
    return Fact.objects.update_or_create(agency=agency, year=year, key=key, defaults=said)[0]


def _same(before: Fact | None, number: Decimal | None, source: str) -> bool:
    if before is None or number is None:
        return before is None and number is None
    return before.value == number and before.source == source


def _count(value: Decimal | int, name: str) -> Decimal:
    number = Decimal(value)
    if not number.is_finite() or number != number.to_integral_value() or not 0 <= number < MOST:
        raise Refused("not-a-count", "%(name)s应为不小于 0 的整数；没有保存", name=name)
    return Decimal(int(number))
