"""By when information must be out (Art. 26), explained so that a person can check it by hand.

Several limits run side by side and the earliest is the due date: the law's twenty working days from forming or the last
change, what another law sets in their place, the item's own limit in the catalogue, and the organ's own limit from
signing (one office gives itself three working days).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from gongkai.core.catalogue.limits import Limit, LimitKind
from gongkai.core.deadlines.facts import Deadline, Status, Step
from gongkai.core.deadlines.telling import first_counted, passed, said, unknown
from gongkai.core.workdays import Calendar

PUBLISH_DAYS = 20  # Art. 26


@dataclass(frozen=True, slots=True)
class OtherLaw:
    """A law or regulation that sets another limit than Art. 26, shorter or longer: working days, and its name."""

    days: int
    source: str


@dataclass(frozen=True, slots=True)
class PublishFacts:
    """The dates of one piece of information. `limits` are those of its catalogue item; `own_days_after_signing` is the
    organ's own limit in working days."""

    formed_on: date
    changed_on: date | None = None
    signed_on: date | None = None
    limits: tuple[Limit, ...] = ()
    own_days_after_signing: int | None = None
    other_law: OtherLaw | None = None


@dataclass(frozen=True, slots=True)
class _Candidate:
    """One limit that runs: the day it runs from, which is not counted, its working days, and its words."""

    start: date
    days: int  # 0: the day itself
    what: str
    article: str = ""
    source: str = ""


def publish_due(facts: PublishFacts, calendar: Calendar) -> Deadline:
    """The day by which it must be out. Provisional where an unknown day could still move it.

    Limits that cannot be reckoned (及时公开, or words that are not understood) stand as steps without a day. Raises
    ValueError for a limit below one working day.
    """
    running = list(_candidates(facts))
    dues = [calendar.add(one.start, one.days) if one.days else one.start for one in running]
    due = min(dues)
    first = running[dues.index(due)]
    steps = [_begun(facts)]
    steps += [_told(one, on, calendar) for one, on in zip(running, dues, strict=True)]
    steps += [_words(limit) for limit in facts.limits if limit.kind in {LimitKind.PROMPT, LimitKind.UNSPECIFIED}]
    if first.days:
        steps += passed(calendar, first.start, due)
    # Only days up to the end found could bring another limit before it.
    guessed = [step for one in running if one.days and (step := unknown(calendar, one.start, due)) is not None]
    status: Status = "provisional" if guessed else "settled"
    steps.append(Step(due, f"以上最早的是{said(due)}，应在当日之前（含当日）公开", "26"))
    return Deadline(due, status, (*steps, *guessed[:1]))


def _begins(facts: PublishFacts) -> date:
    """Forming or the last change, whichever is later: a change starts the time again."""
    return max(facts.formed_on, facts.changed_on or facts.formed_on)


def _candidates(facts: PublishFacts) -> Iterator[_Candidate]:
    start = _begins(facts)
    if facts.other_law is not None:
        yield _Candidate(start, _positive(facts.other_law.days), "另有规定的公开期限", "26", facts.other_law.source)
    else:
        yield _Candidate(start, PUBLISH_DAYS, "法定公开期限", "26")
    for limit in facts.limits:
        about = f"（{limit.of_what}）" if limit.of_what else ""
        if limit.kind is LimitKind.WORKING_DAYS and limit.days is not None:
            yield _Candidate(start, _positive(limit.days), f"目录规定的公开时限{about}", source=limit.text)
        elif limit.kind is LimitKind.AT_ONCE:
            yield _Candidate(start, 0, f"目录规定实时公开{about}", source=limit.text)
    if facts.signed_on is not None and facts.own_days_after_signing is not None:
        yield _Candidate(facts.signed_on, _positive(facts.own_days_after_signing), "本机关规定的签发后公开期限")


def _positive(days: int) -> int:
    if days < 1:
        raise ValueError("a limit is at least one working day")
    return days


def _begun(facts: PublishFacts) -> Step:
    if facts.changed_on is not None and facts.changed_on > facts.formed_on:
        changed = f"{said(facts.changed_on)}变更，期限自变更之日起算"
        return Step(facts.changed_on, f"信息形成于{said(facts.formed_on)}，{changed}", "26")
    return Step(facts.formed_on, f"信息形成于{said(facts.formed_on)}，期限自形成之日起算", "26")


def _told(one: _Candidate, due: date, calendar: Calendar) -> Step:
    if not one.days:
        return Step(due, f"{one.what}，应在{said(due)}当日公开", one.article, one.source)
    first = first_counted(calendar, one.start)
    counted = f"自{said(one.start)}起 {one.days} 个工作日，当日不计入，第 1 个工作日为{said(first)}"
    return Step(due, f"{one.what}，{counted}，到{said(due)}", one.article, one.source)


def _words(limit: Limit) -> Step:
    about = f"（{limit.of_what}）" if limit.of_what else ""
    if limit.kind is LimitKind.PROMPT:
        return Step(None, f"目录规定及时公开{about}，没有具体天数，请尽早公开", "", limit.text)
    return Step(None, "目录的公开时限不能换算成工作日，请按原文掌握", "", limit.text)
