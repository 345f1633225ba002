"""The register of one office with 100,000 applications: how long the list, its filters, my work and the count take.

Rows are made in bulk in a fresh SQLite file (their facts are drawn at random, each kind of answer and state occurs).
Every question is asked `--rounds` times and the median is printed in milliseconds; the target is 200. Beside the count
of table 三 a pandas data frame in memory answers the same question in the same run: what a spreadsheet user would do.

    python benchmarks/register.py [--applications N] [--rounds N] [--postgres URL]
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock
from typing import Any

TODAY = date(2026, 11, 20)
TARGET = 200.0


def main() -> None:
    """Print the table."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--applications", type=int, default=100_000)
    arguments.add_argument("--rounds", type=int, default=7)
    arguments.add_argument("--postgres", help="ask a PostgreSQL database (emptied first) instead of SQLite")
    chosen = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="gongkai-register-") as folder:
        os.environ.update(GONGKAI_DATA=folder, DJANGO_SETTINGS_MODULE="gongkai.settings.demo")
        if chosen.postgres:
            os.environ["GONGKAI_DATABASE_URL"] = chosen.postgres
        from gongkai.infra.start import prepare

        prepare()
        actor = fill(chosen.applications)
        print(f"{chosen.applications} applications of one agency, median of {chosen.rounds}, milliseconds")
        print(f"{'question':44} {'ms':>8}  target {TARGET:.0f}")
        for name, ask in questions(actor):
            took = median(ask, chosen.rounds)
            print(f"{name:44} {took:8.1f}  {'reached' if took <= TARGET else 'MISSED'}")


def fill(count: int) -> Any:
    """One agency, its clerk, and the rows. Returns the clerk as an actor."""
    from django.db import connection
    from django.utils import timezone

    from gongkai.accounts import roles
    from gongkai.accounts.actions import appoint, create_user
    from gongkai.accounts.actor import machine
    from gongkai.accounts.queries import actor_for
    from gongkai.agencies.actions import add
    from gongkai.applications.models import Application

    by, at = machine("benchmark"), timezone.now()
    agency = add(by=by, name="青澜县自然资源局", at=at)
    user = create_user(by=by, username="clerk", name="林晓", password=None, at=at)
    appoint(by=by, user=user, agency=agency, role=roles.HeadOfOffice.key, on=date(2020, 1, 1), at=at)
    Application.objects.bulk_create(rows(count, agency.pk, user.pk), batch_size=2000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return actor_for(user, on=TODAY)


def rows(count: int, agency_id: int, user_id: int) -> Iterator[Any]:
    """Applications of six years, one in fifty still open."""
    from gongkai.applications.models import Application
    from gongkai.applications.states import OPEN, State
    from gongkai.core.law.answers import ANSWERS
    from gongkai.core.law.applicants import ApplicantKind
    from gongkai.core.workdays import shipped

    draw, calendar = random.Random(20), shipped()
    kinds, answers, open_states = list(ApplicantKind), list(ANSWERS), sorted(OPEN)
    things = ("征地补偿方案", "用地预审意见", "规划许可证", "处罚决定书", "采购合同", "林地审核同意书", "会议纪要")
    first = date(2021, 1, 4)
    for n in range(count):
        still_open = draw.random() < 0.02
        arrived = TODAY - timedelta(draw.randrange(45)) if still_open else first + timedelta(
            draw.randrange((TODAY - first).days - 60))
        due = calendar.add(arrived, 20)
        closed = None if still_open else calendar.add(arrived, draw.randrange(1, 24))
        yield Application(
            agency_id=agency_id, number=f"{arrived.year}-{n:06d}", channel=draw.choice(("online", "post", "in_person")),
            state=draw.choice(open_states) if still_open else State.ARCHIVED, applicant_kind=draw.choice(kinds),
            applicant_key=f"{draw.randrange(count // 3):064x}", applicant_mask="张**",
            subject=f"{draw.choice(('枫坪镇', '云麓镇', '柳溪村'))}{n % 900}号地块{draw.choice(things)}",
            content="申请公开上述信息。", submitted_at=datetime.combine(arrived, clock(9), tzinfo=UTC),
            arrived_on=arrived, confirmed_on=arrived, received_on=arrived, due_on=due, due_status="settled",
            closed_on=closed, answer_kind="" if still_open else draw.choice(answers),
            reply_number="" if still_open else f"青公复〔{arrived.year}〕{n}号", handler_id=user_id if n % 3 else None,
        )


def questions(actor: Any) -> Iterator[tuple[str, Callable[[], object]]]:
    """Each question by name, asked in full: rows, and the totals that the page shows."""
    import pandas

    from gongkai.applications import figures, queries, work
    from gongkai.applications.models import Application
    from gongkai.core.workdays import shipped

    soon = shipped().add(TODAY, 5)

    def page(**filters: Any) -> Callable[[], object]:
        def ask() -> object:
            listed = queries.listing(actor, queries.Filters(**filters), TODAY, soon)
            return list(listed[:50]), queries.capped_total(listed)

        return ask

    yield "list, newest first", page()
    yield "filter: open, by due date", page(group="open")
    yield "filter: overdue", page(group="overdue")
    yield "filter: one year and kind of applicant", page(year=2024, applicant_kind="natural")
    yield "filter: one outcome", page(answer_kind="refused_process")
    yield "filter: words in the subject (many hits)", page(q="规划许可证")
    yield "filter: words in the subject (no hit)", page(q="不存在的事项")
    yield "filter: part of a number", page(q="2024-0001")
    yield "my work today", lambda: work.work_for(actor, TODAY)
    yield "table 三 of a year", lambda: figures.table_three(Application.objects.visible_to(actor), 2024)
    frame = pandas.DataFrame(Application.objects.values("answer_kind", "applicant_kind", "received_on", "closed_on"))
    yield "  the same in pandas, rows already in memory", lambda: _in_pandas(frame)
    yield "  the same in pandas, rows read first", lambda: _in_pandas(pandas.DataFrame(
        Application.objects.values("answer_kind", "applicant_kind", "received_on", "closed_on")))


def _in_pandas(frame: Any) -> object:
    first, last = date(2024, 1, 1), date(2024, 12, 31)
    received, closed = frame["received_on"], frame["closed_on"]
    new = frame[(received >= first) & (received <= last)]
    ended = frame[closed.notna() & (closed >= first) & (closed <= last)]
    return new.groupby("applicant_kind").size(), ended.groupby(["answer_kind", "applicant_kind"]).size()


def median(ask: Callable[[], object], rounds: int) -> float:
    """Milliseconds; the first answer is not counted."""
    ask()
    taken = []
    for _ in range(rounds):
        begun = time.perf_counter()
        ask()
        taken.append((time.perf_counter() - begun) * 1000)
    return statistics.median(taken)


if __name__ == "__main__":
    main()
