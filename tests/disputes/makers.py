"""Disputes for tests in any state, made through the real actions. Every person here is invented."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from tests.applications.makers import PDF, registered
from tests.factories import SYSTEM

from gongkai.accounts.actor import Actor
from gongkai.agencies.models import Agency
from gongkai.applications.models import Application
from gongkai.disputes import actions
from gongkai.disputes.models import Dispute, DisputePaper, Proceeding, Rehandling
from gongkai.disputes.states import STAGES_OF, Against, Ending, Result, Track

ON = date(2026, 4, 1)          # the notice reached the organ
ANSWERED = date(2026, 4, 10)
DECIDED = date(2026, 5, 20)
SERVED = date(2026, 5, 25)
LATER = date(2026, 11, 20)     # nothing in these stories lies after it
THIRD = {"organisation": "青澜县远山建材有限公司", "credit_code": "91350100M000100Y51", "contact_name": "上官云章"}


def moment(on: date = LATER) -> datetime:
    """Ten in the morning of a day, in Shanghai."""
    return datetime.combine(on, time(10), tzinfo=ZoneInfo("Asia/Shanghai"))


def application(agency: Agency, arrived_on: date = date(2026, 3, 4), **values: Any) -> Application:
    """An application of the agency that came before the dispute."""
    return registered(agency, arrived_on=arrived_on, at=moment(arrived_on), **values)


def received(agency: Agency, track: str = Track.RECONSIDERATION, *, by: Actor = SYSTEM, on: date = ON,
             at: datetime | None = None, **values: Any) -> Dispute:
    """A case whose notice has come and that waits for an answer."""
    values = {"against": Against.REPLY, "subject": "对政府信息公开答复不服"} | values
    return actions.register(by=by, agency=agency, track=track, received_on=on, at=at or moment(), **values)


def answered(agency: Agency, track: str = Track.RECONSIDERATION, *, by: Actor = SYSTEM, on: date = ANSWERED,
             **values: Any) -> Dispute:
    """A case that was answered and waits for a decision."""
    case = received(agency, track, by=by, **values)
    return actions.answer(by=by, dispute=case, on=on, at=moment())


def decided(agency: Agency, track: str = Track.RECONSIDERATION, *, by: Actor = SYSTEM, result: str = Result.UPHELD,
            ending: str | None = None, on: date = DECIDED, served_on: date | None = SERVED, redo: bool = True,
            redo_reason: str = "", redo_days: int | None = None, redo_working: bool = True, **values: Any) -> Dispute:
    """A case with a result; corrected ones leave a duty to reply anew."""
    case = answered(agency, track, by=by, **values)
    return actions.decide(
        by=by, dispute=case, result=result, ending=usual(result) if ending is None else ending, on=on,
        served_on=served_on, decision_number="青政复决〔2026〕12号", reasons="事实清楚，程序合法", redo=redo,
        redo_reason=redo_reason, redo_days=redo_days, redo_working=redo_working, at=moment(),
    )


def corrected(agency: Agency, track: str = Track.RECONSIDERATION, **values: Any) -> Dispute:
    """A case in which the organ lost and has to reply anew."""
    return decided(agency, track, result=Result.CORRECTED, **values)


def appealed(agency: Agency, track: str = Track.DIRECT, *, by: Actor = SYSTEM, received_on: date = date(2026, 6, 10),
             ours: bool = False, **values: Any) -> Dispute:
    """A suit that has gone on to second instance."""
    case = decided(agency, track, by=by, **values)
    return actions.appeal(
        by=by, dispute=case, stage="second", received_on=received_on, body="云州市中级人民法院",
        case_number="（2026）云01行终77号", ours=ours, at=moment(),
    )


def closed(agency: Agency, track: str = Track.RECONSIDERATION, *, by: Actor = SYSTEM, **values: Any) -> Dispute:
    """A case that was put away."""
    case = decided(agency, track, by=by, **values)
    for duty in case.rehandlings.open():
        fulfilled(duty, by=by)
    return actions.close(by=by, dispute=case, on=LATER, at=moment())


def cancelled(agency: Agency, track: str = Track.RECONSIDERATION, *, by: Actor = SYSTEM, **values: Any) -> Dispute:
    """A mistaken entry."""
    return actions.cancel(by=by, dispute=received(agency, track, by=by, **values), reason="重复登记", at=moment())


def fulfilled(duty: Rehandling, *, by: Actor = SYSTEM, on: date = date(2026, 6, 15)) -> Rehandling:
    """The organ has replied anew."""
    return actions.fulfil(
        by=by, rehandling=duty, answer_kind="granted", reply_number="青民公复〔2026〕31号", on=on, at=moment(),
    )


def paper(case: Dispute, *, by: Actor = SYSTEM, kind: str = "notice", name: str = "受理通知书.pdf",
          data: bytes = PDF, proceeding: Proceeding | None = None) -> DisputePaper:
    """A file of the case."""
    return actions.attach(
        by=by, dispute=case, name=name, data=data, kind=kind, proceeding=proceeding, at=moment(),
    )


def in_state(agency: Agency, state: str, track: str = Track.RECONSIDERATION, **values: Any) -> Dispute:
    """A case in any state: received, answered, decided, closed, cancelled."""
    make = {
        "received": received, "answered": answered, "decided": decided, "closed": closed, "cancelled": cancelled,
    }
    return make[state](agency, track, **values)


def usual(result: str) -> str:
    """What a result most often is in particular."""
    known = {Result.UPHELD: Ending.NONE, Result.CORRECTED: Ending.REVOKED, Result.OTHER: Ending.WITHDRAWN}
    return known[Result(result)]


def first_stage(track: str) -> str:
    """The instance with which a track begins."""
    return STAGES_OF[Track(track)][0]


def fresh(case: Dispute) -> Dispute:
    """The row as it is now."""
    return Dispute.objects.select_related("agency", "application").get(pk=case.pk)
