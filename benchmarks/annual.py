"""The annual report of a province of one hundred agencies with a million applications: how long a compilation takes.

Rows are made in bulk, spread unevenly over the agencies and over eight years; with them reconsiderations and suits,
decisions and charges, documents (some made jointly). The year 2024 is compiled for the largest agency, for a middling
one, and consolidated; cells are opened. In the same run the same cells are asked for one query at a time, as a report
designer would, and recounted by pandas with the rows read first and with the rows already in memory. Every number of
every way is held against pandas; one that differs stops the run.

    python benchmarks/annual.py [--applications N] [--agencies N] [--rounds N] [--postgres URL] [--keep]
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
from decimal import Decimal
from typing import Any

YEAR = 2024
FORM = "2021"
FIRST, LAST = date(2018, 1, 2), date(2025, 12, 30)
AT = datetime(2026, 1, 2, 1, 0, tzinfo=UTC)
TARGETS = {"own": 1.0, "consolidated": 5.0, "open": 1.0}
COLUMNS = ("natural", "business", "research", "welfare", "legal", "other")
_WEIGHTS = (78, 12, 1, 2, 5, 2)


def main() -> None:
    """Print the table."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--applications", type=int, default=1_000_000)
    arguments.add_argument("--agencies", type=int, default=100)
    arguments.add_argument("--rounds", type=int, default=5)
    arguments.add_argument("--postgres", help="use a PostgreSQL database instead of SQLite")
    arguments.add_argument("--keep", action="store_true", help="use what the database already holds")
    chosen = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="gongkai-annual-") as folder:
        os.environ.update(GONGKAI_DATA=folder, DJANGO_SETTINGS_MODULE="gongkai.settings.demo")
        if chosen.postgres:
            os.environ["GONGKAI_DATABASE_URL"] = chosen.postgres
        from gongkai.infra.start import prepare

        prepare()
        begun = time.perf_counter()
        if not chosen.keep:
            fill(chosen.applications, chosen.agencies)
        told = sizes()
        print(f"{told}; made in {time.perf_counter() - begun:.0f} s; median of {chosen.rounds}, seconds on the clock, "
              f"load {os.getloadavg()[0]:.1f}")
        print(f"{'question':58} {'s':>8} {'CPU':>8}  target")
        for name, ask, target in questions():
            took, cpu = median(ask, chosen.rounds if not name.startswith(" ") else 1)
            verdict = "" if target is None else f"{target:.0f}: {'reached' if took <= target else 'MISSED'}"
            print(f"{name:58} {took:8.3f} {cpu:8.3f}  {verdict}", flush=True)


def fill(applications: int, agencies: int) -> None:
    """The tree and everything that is counted."""
    from django.db import connection

    from gongkai.accounts.actor import machine
    from gongkai.agencies.actions import add
    from gongkai.agencies.models import Agency, Kind
    from gongkai.applications.models import Application
    from gongkai.disputes.models import Dispute, Proceeding
    from gongkai.statutory_registers.models import Document, Entry

    draw, by = random.Random(5), machine("benchmark")
    root = add(by=by, name="青澜省人民政府", at=AT, kind=Kind.GOVERNMENT, level="province")
    offices: list[Agency] = []
    for n in range(agencies):
        parent = root if n < 10 or not offices else draw.choice(offices[:10])
        kind = Kind.GOVERNMENT if n < 10 else Kind.DEPARTMENT
        offices.append(add(by=by, name=f"青澜省第{n + 1}机关", at=AT, parent=parent, kind=kind))
    weights = [1 / (n + 3) for n in range(agencies)]
    keys = [office.pk for office in offices]
    whose = draw.choices(keys, weights, k=applications)
    bulk(Application, _applications(draw, whose))
    disputed = list(Application.objects.order_by("pk").values_list("pk", "agency_id", "received_on")[::33])
    cases = list(_disputes(draw, disputed))
    bulk(Dispute, (case for case, _proceedings in cases))
    keyed = dict(Dispute.objects.values_list("number", "pk"))
    bulk(Proceeding, (one | {"dispute_id": keyed[case["number"]]} for case, several in cases for one in several))
    bulk(Entry, _entries(draw, draw.choices(keys, weights, k=applications // 2)))
    bulk(Document, _documents(draw, draw.choices(keys, k=applications // 50)))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def bulk(model: Any, rows: Iterator[dict[str, Any]]) -> None:
    """Write rows {attribute: value}; what a row does not say is the column's default."""
    from django.db import connection

    blank, fields = model(), [field for field in model._meta.concrete_fields if not field.primary_key]
    usual = {f.attname: f.get_db_prep_save(getattr(blank, f.attname), connection) for f in fields}
    columns = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    lines = (tuple(row.get(name, value) for name, value in usual.items()) for row in rows)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {model._meta.db_table} ({columns}) FROM STDIN") as copy:
                for line in lines:
                    copy.write_row(line)
        else:
            places = ", ".join(["?"] * len(fields))
            cursor.connection.executemany(
                f"INSERT INTO {model._meta.db_table} ({columns}) VALUES ({places})",
                (tuple(str(v) if isinstance(v, date | Decimal) else v for v in line) for line in lines),
            )
            cursor.connection.commit()


def sizes() -> str:
    """What the database holds."""
    from gongkai.agencies.models import Agency
    from gongkai.applications.models import Application
    from gongkai.disputes.models import Proceeding
    from gongkai.statutory_registers.models import Document, Entry

    found = [(model.objects.count(), word) for model, word in (
        (Application, "applications"), (Agency, "agencies"), (Proceeding, "proceedings"), (Entry, "register rows"),
        (Document, "documents"))]
    return ", ".join(f"{n:,} {word}" for n, word in found)


def _day(draw: random.Random) -> date:
    return FIRST + timedelta(draw.randrange((LAST - FIRST).days))


def _applications(draw: random.Random, whose: list[int]) -> Iterator[dict[str, Any]]:
    from gongkai.applications.states import State
    from gongkai.core.law.answers import ANSWERS

    answers = list(ANSWERS)
    for n, agency in enumerate(whose):
        arrived = _day(draw)
        ended = arrived + timedelta(draw.choice((3, 9, 20, 28, 41, 70)))
        still_open = ended > LAST or draw.random() < 0.005
        yield {
            "agency_id": agency, "number": f"{arrived.year}-{n:07d}",
            "channel": draw.choice(("online", "post", "in_person")),
            "state": State.ASSIGNED if still_open else State.ARCHIVED,
            "applicant_kind": "" if draw.random() < 0.001 else draw.choices(COLUMNS, _WEIGHTS)[0],
            "subject": f"第{n % 900}号地块征地补偿方案", "content": "申请公开上述信息。", "submitted_at": AT,
            "arrived_on": arrived, "confirmed_on": arrived, "received_on": arrived,
            "closed_on": None if still_open else ended, "answer_kind": "" if still_open else draw.choice(answers),
        }


def _disputes(draw: random.Random, applications: Any) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
    for n, (key, agency, received) in enumerate(applications):
        track = draw.choice(("reconsideration", "reconsideration", "direct", "after"))
        stages = ["reconsideration"] if track == "reconsideration" else ["first", "second"][:draw.randint(1, 2)]
        came, proceedings, state = received + timedelta(draw.randrange(40, 90)), [], "decided"
        for position, stage in enumerate(stages, 1):
            ended = came + timedelta(draw.randrange(30, 250))
            still_open = ended > LAST
            proceedings.append({
                "position": position, "stage": stage, "received_on": came, "decided_on": None if still_open else ended,
                "result": "" if still_open else draw.choice(("upheld", "upheld", "corrected", "other")),
            })
            state = "received" if still_open else "decided"
            came = ended + timedelta(draw.randrange(10, 30))
            if still_open:
                break
        yield {
            "agency_id": agency, "number": f"案{n:06d}", "track": track, "state": state, "subject": "不服答复",
            "application_id": key, "registered_at": AT,
        }, proceedings


def _entries(draw: random.Random, whose: list[int]) -> Iterator[dict[str, Any]]:
    kinds = ("licence", "licence", "service", "penalty", "penalty", "coercion", "fee", "procurement")
    for n, agency in enumerate(whose):
        register = draw.choice(kinds)
        yield {
            "agency_id": agency, "register": register, "on": _day(draw), "number": f"决{n:07d}", "subject": "决定",
            "added_at": AT,
            "amount": Decimal(draw.randrange(10**6)) / 100 if register in {"fee", "procurement"} else None,
        }


def _documents(draw: random.Random, whose: list[int]) -> Iterator[dict[str, Any]]:
    """One in ten is made jointly and kept by two agencies."""
    number, made, before = "", FIRST, 0
    for n, agency in enumerate(whose):
        joint = n % 10 == 9 and agency != before
        if not joint:
            number, made = f"青规〔{n}〕", _day(draw)
        before = agency
        ended = made + timedelta(draw.randrange(100, 2000)) if n % 4 == 0 and n % 10 not in {8, 9} else None
        ended = None if ended is None or ended > LAST else ended
        yield {
            "agency_id": agency, "kind": "normative", "title": f"办法{n}", "number": number, "made_on": made,
            "ending": "" if ended is None else "repealed", "ended_on": ended, "disclosed_on": made, "added_at": AT,
        }


def questions() -> Iterator[tuple[str, Callable[[], object], float | None]]:
    """(name, question, target in seconds); names that begin with a blank are the peers."""
    from django.db.models import Count

    from gongkai.agencies.models import Agency
    from gongkai.applications.models import Application
    from gongkai.compilations import members
    from gongkai.compilations.explain import explain, explain_members
    from gongkai.compilations.figures import compute, listed
    from gongkai.compilations.reach import consolidated, own
    from gongkai.core.report.forms import form

    root = Agency.objects.get(parent=None)
    ranked = list(Application.objects.order_by().values_list("agency").annotate(n=Count("pk")).order_by("-n"))
    large, middling = (Agency.objects.get(pk=ranked[at][0]) for at in (0, len(ranked) // 2))
    numbers = dict(ranked)
    frames = Frames()
    everybody = frozenset(Agency.objects.values_list("pk", flat=True))

    def held(cells: Any, agencies: frozenset[int]) -> None:
        expected = frames.recount(agencies)
        wrong = {
            cell: (figure.value, expected.get(cell, 0)) for cell, figure in cells.items()
            if figure.value != expected.get(cell, 0)
        }
        if wrong or not expected:
            raise SystemExit(f"differs from the recount: {wrong}")

    for agency in (large, middling):
        held(compute(own(agency, YEAR), FORM), frozenset({agency.pk}))
    held(compute(consolidated(root, YEAR), FORM), everybody)
    held(members.compute(root, YEAR, FORM), everybody)
    print("every compiled number equals the recount")

    yield f"one agency, the largest ({numbers[large.pk]:,} applications)", lambda: compute(
        own(large, YEAR), FORM), TARGETS["own"]
    yield f"one agency, a middling one ({numbers[middling.pk]:,})", lambda: compute(
        own(middling, YEAR), FORM), TARGETS["own"]
    yield "consolidated, from the records", lambda: compute(consolidated(root, YEAR), FORM), TARGETS["consolidated"]
    yield "consolidated, with its members and their ways", lambda: members.compute(
        root, YEAR, FORM), TARGETS["consolidated"]
    yield "a cell opened, 50 rows, the largest agency", lambda: explain(
        own(large, YEAR), "t3.granted.natural", form_id=FORM), TARGETS["open"]
    yield "a cell opened, every row, the largest agency", lambda: explain(
        own(large, YEAR), "t3.closed.total", form_id=FORM, limit=None), None
    yield "a cell opened, 50 rows, consolidated", lambda: explain_members(
        root, YEAR, "t3.closed.total", form_id=FORM), None

    def one_by_one(within: Any) -> Callable[[], object]:
        return lambda: {cell: listed(within, FORM, cell).value for cell in form(FORM).cells}

    yield "  one query a cell, the largest agency", one_by_one(own(large, YEAR)), None
    yield "  one query a cell, consolidated", one_by_one(consolidated(root, YEAR)), None
    yield "  pandas, rows read first, the largest agency", lambda: Frames(large.pk).recount(
        frozenset({large.pk})), None
    yield "  pandas, rows read first, consolidated", lambda: Frames().recount(everybody), None
    yield "  pandas, rows in memory, consolidated", lambda: frames.recount(everybody), None


class Frames:
    """The rows in memory, and the tables counted from them by nothing but pandas."""

    def __init__(self, agency: int | None = None) -> None:
        import pandas

        from gongkai.applications.models import Application
        from gongkai.disputes.models import Proceeding
        from gongkai.statutory_registers.models import Document, Entry

        def frame(model: Any, *columns: str, whose: str = "agency_id") -> Any:
            rows = model.objects.order_by("pk")
            if agency is not None:
                rows = rows.filter(**{whose: agency})
            made = pandas.DataFrame.from_records(rows.values_list(whose, *columns), columns=["agency", *columns])
            for column in columns:
                if column == "on" or column.endswith("_on"):
                    made[column] = pandas.to_datetime(made[column])
            return made

        self.applications = frame(Application, "received_on", "closed_on", "applicant_kind", "answer_kind")
        self.proceedings = frame(
            Proceeding, "dispute_id", "position", "dispute__track", "received_on", "decided_on", "result",
            whose="dispute__agency_id",
        )
        self.entries = frame(Entry, "register", "on", "amount")
        self.documents = frame(Document, "number", "made_on", "ended_on", "ending")

    def recount(self, agencies: frozenset[int]) -> dict[str, Any]:
        """Cell → number of form 2021."""
        cells: dict[str, Any] = {}
        self._applications(cells, agencies)
        self._disputes(cells, agencies)
        self._registers(cells, agencies)
        return cells

    def _applications(self, cells: dict[str, Any], agencies: frozenset[int]) -> None:
        import pandas

        from gongkai.core.law.answers import ANSWERS

        first, last = pandas.Timestamp(YEAR, 1, 1), pandas.Timestamp(YEAR, 12, 31)
        rows = self.applications
        rows = rows[rows["agency"].isin(agencies) & (rows["applicant_kind"] != "")]
        got, done = rows["received_on"], rows["closed_on"]
        chosen = {
            "new": rows[(got >= first) & (got <= last)],
            "carried_in": rows[(got < first) & (done.isna() | (done >= first))],
            "carried_out": rows[(got <= last) & (done.isna() | (done > last))],
        }
        closed = rows[(done >= first) & (done <= last)]
        row_of = {key: kind.row for key, kind in ANSWERS.items()}
        chosen |= {"closed": closed} | dict(iter(closed.groupby(closed["answer_kind"].map(row_of))))
        for row, found in chosen.items():
            for kind, n in found.groupby("applicant_kind").size().items():
                cells[f"t3.{row}.{kind}"] = int(n)
            cells[f"t3.{row}.total"] = len(found)

    def _disputes(self, cells: dict[str, Any], agencies: frozenset[int]) -> None:
        import pandas

        first, last = pandas.Timestamp(YEAR, 1, 1), pandas.Timestamp(YEAR, 12, 31)
        rows = self.proceedings
        rows = rows[rows["agency"].isin(agencies) & (rows["received_on"] <= last)]
        rows = rows.sort_values("position").groupby("dispute_id").tail(1)
        done = rows["decided_on"]
        rows = rows.assign(how=rows["result"].where((done >= first) & (done <= last), "")).assign()
        rows.loc[done.isna() | (done > last), "how"] = "pending"
        rows = rows[rows["how"] != ""]
        for (track, how), n in rows.groupby(["dispute__track", "how"]).size().items():
            cells[f"t4.{track}.{how}"] = int(n)
        for track, n in rows.groupby("dispute__track").size().items():
            cells[f"t4.{track}.total"] = int(n)

    def _registers(self, cells: dict[str, Any], agencies: frozenset[int]) -> None:
        import pandas

        first, last = pandas.Timestamp(YEAR, 1, 1), pandas.Timestamp(YEAR, 12, 31)
        rows = self.entries
        rows = rows[rows["agency"].isin(agencies) & (rows["on"] >= first) & (rows["on"] <= last)]
        for row, register in (("licences", "licence"), ("penalties", "penalty"), ("coercion", "coercion")):
            cells[f"t2.{row}.decisions"] = int((rows["register"] == register).sum())
        cells["t2.fees.amount"] = sum(rows[rows["register"] == "fee"]["amount"], Decimal(0)) / 10_000
        documents = self.documents[self.documents["agency"].isin(agencies)]
        if len(agencies) > 1:
            documents = documents.drop_duplicates("number")
        made, ended = documents["made_on"], documents["ended_on"]
        cells["t2.normative.made"] = int(((made >= first) & (made <= last)).sum())
        cells["t2.normative.repealed"] = int(((ended >= first) & (ended <= last)).sum())
        cells["t2.normative.in_force"] = int(((made <= last) & (ended.isna() | (ended > last))).sum())


def median(ask: Callable[[], object], rounds: int) -> tuple[float, float]:
    """Seconds on the clock and of this process's CPU; the first answer is not counted where there are several."""
    if rounds > 1:
        ask()
    clock, cpu = [], []
    for _ in range(rounds):
        begun, worked = time.perf_counter(), time.process_time()
        ask()
        clock.append(time.perf_counter() - begun)
        cpu.append(time.process_time() - worked)
    return statistics.median(clock), statistics.median(cpu)


if __name__ == "__main__":
    main()
