"""Due dates a second on one core: received dates over eight years, with extensions and pauses.

Beside ours, in the same run and on the same facts, taking turns in every round: a day-by-day walk with
`chinesecalendar`, numpy's `busday_offset` with the same holidays and a Saturday-Sunday week (what most software does:
it knows no make-up working days), and, where they can be imported, `workalendar` and `holidays`. Everybody's answers
are held against the walk. Ratios travel between machines, absolute figures do not.

    python benchmarks/deadlines.py [--rounds N] [--facts N] [--profile]
"""

from __future__ import annotations

import argparse
import cProfile
import json
import pstats
import random
import statistics
import time
from collections.abc import Callable
from datetime import date, timedelta
from importlib.util import find_spec

import chinese_calendar
import numpy

from gongkai.core.deadlines import Channel, Facts, Pause, check_order, reply_day, reply_due
from gongkai.core.deadlines.reading import question
from gongkai.core.workdays import shipped

FIRST, LAST = date(2019, 1, 2), date(2026, 8, 31)
DAY = timedelta(days=1)
OURS = "gongkai reply_day"
Answers = list[date | None]
Job = Callable[[list[Facts]], Answers]


def main() -> None:
    """Print the table."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--rounds", type=int, default=5)
    arguments.add_argument("--facts", type=int, default=20_000)
    arguments.add_argument("--profile", action="store_true")
    chosen = arguments.parse_args()
    given = facts(chosen.facts)
    if chosen.profile:
        profile(given)
        return
    right = walk(given)
    paces: dict[str, list[float]] = {}
    wrong: dict[str, int] = {}
    for _ in range(chosen.rounds):
        for name, job in jobs().items():
            begun = time.process_time()
            answers = job(given)
            paces.setdefault(name, []).append(len(given) / (time.process_time() - begun))
            wrong[name] = sum(a != b for a, b in zip(answers, right, strict=True))
    ours = statistics.median(paces[OURS])
    print(f"{'what':44} {'dates/s':>10} {'µs each':>8} {'ours faster by':>14}  wrong")
    for name, measured in paces.items():
        pace = statistics.median(measured)
        share = f"{100 * wrong[name] / len(given):.1f} %"
        print(f"{name:44} {pace:10,.0f} {1e6 / pace:8.1f} {ours / pace:13.1f}×  {share}")


def jobs() -> dict[str, Job]:
    """Ours in three depths, then the others."""
    found: dict[str, Job] = {
        OURS: dates_alone, "gongkai reply_due, every step in words": explained,
        "gongkai due --batch, JSON in and out": from_json, "day-by-day walk on chinesecalendar": walk,
        "numpy busday_offset, no make-up days": busdays,
    }
    if find_spec("workalendar"):
        found["workalendar China"] = with_workalendar
    if find_spec("holidays"):
        found["holidays CN, no make-up days"] = with_holidays
    return found


def facts(count: int) -> list[Facts]:
    """Applications over eight years; a fifth extended, a third with one or two consultations."""
    chance = random.Random(2026)
    made = []
    for _ in range(count):
        start = FIRST + timedelta(days=chance.randrange((LAST - FIRST).days))
        pauses = []
        for _ in range(chance.choice((0, 0, 1, 2)) if chance.random() < 0.6 else 0):
            sent = start + timedelta(days=chance.randrange(1, 20))
            pauses.append(Pause(sent, sent + timedelta(days=chance.randrange(1, 15))))
        made.append(Facts(start, Channel.POST, pauses=tuple(pauses), extended=20 if chance.random() < 0.2 else 0))
    return made


def dates_alone(given: list[Facts]) -> Answers:
    """What recomputing the open cases after a new year costs."""
    calendar = shipped()
    return [reply_day(one, calendar)[0] for one in given]


def explained(given: list[Facts]) -> Answers:
    """With all steps."""
    calendar = shipped()
    return [reply_due(one, calendar).due_on for one in given]


def from_json(given: list[Facts]) -> Answers:
    """The whole way of a line of `gongkai due --batch`, without the pipe."""
    answers: Answers = []
    for one in given:
        line = json.dumps({
            "received": one.arrived.isoformat(), "channel": "post", "extended": one.extended,
            "consults": [f"{pause.sent}:{pause.ended}" for pause in one.pauses],
        })
        asked = question(json.loads(line))
        check_order(asked.facts, None, shipped())
        told = json.dumps(reply_due(asked.facts, shipped()).as_json(), ensure_ascii=False)
        answers.append(date.fromisoformat(json.loads(told)["due_on"]))
    return answers


def walk(given: list[Facts]) -> Answers:
    """One day after another, as plainly as can be."""
    return [counted(one, lambda day: chinese_calendar.is_workday(day)) for one in given]


def counted(one: Facts, works: Callable[[date], bool]) -> date:
    """The reply's due date by a calendar that only answers for a day."""
    left, day = 20 + one.extended, one.arrived
    while left:
        day += DAY
        if works(day) and not any(p.sent < day <= (p.ended or p.sent) for p in one.pauses):
            left -= 1
    return day


def busdays(given: list[Facts]) -> Answers:
    """Pauses by the same fixed point as ours; holidays and weekends, but no Saturday or Sunday that is worked."""
    off = sorted(day for day in chinese_calendar.holidays if day >= FIRST)
    calendar = numpy.busdaycalendar(holidays=numpy.array(off, dtype="datetime64[D]"))
    answers: Answers = []
    for one in given:
        days, due = 20 + one.extended, one.arrived
        while True:
            after = numpy.busday_offset(one.arrived, days, roll="backward", busdaycal=calendar).astype(date)
            if after == due:
                break
            due = after
            days = 20 + one.extended + paused(one, due, calendar)
        answers.append(due)
    return answers


def paused(one: Facts, due: date, calendar: numpy.busdaycalendar) -> int:
    """Working days in the joined pauses up to `due`."""
    total, reached = 0, one.arrived
    for pause in sorted(one.pauses, key=lambda pause: pause.sent):
        first, last = max(pause.sent, reached), min(pause.ended or pause.sent, due)
        if last > first:
            total += int(numpy.busday_count(first + DAY, last + DAY, busdaycal=calendar))
            reached = last
    return total


def with_workalendar(given: list[Facts]) -> Answers:
    """`workalendar`, asked day by day."""
    from workalendar.asia import China

    calendar = China()
    return [counted(one, calendar.is_working_day) for one in given]


def with_holidays(given: list[Facts]) -> Answers:
    """`holidays`, asked day by day, weekends off."""
    import holidays

    off = holidays.country_holidays("CN", years=range(2019, 2027))
    return [counted(one, lambda day: day.weekday() < 5 and day not in off) for one in given]


def profile(given: list[Facts]) -> None:
    """Where the time goes in the explained answer."""
    with cProfile.Profile() as watched:
        explained(given)
    pstats.Stats(watched).sort_stats("tottime").print_stats(15)


if __name__ == "__main__":
    main()
