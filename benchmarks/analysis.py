"""Ratios, ranks, tints and odd numbers of 2,000 agencies in six years: 12,000 reports, 2.4 million cells.

Reports are put into a fresh SQLite file in bulk, every cell of both forms filled, and asked for as the pages of the
analysis ask. `--postgres URL` asks a PostgreSQL database instead. Medians of `--rounds`; the target is one second.

    python benchmarks/analysis.py [--agencies N] [--rounds N] [--data FOLDER] [--postgres URL]
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

YEARS = range(2019, 2025)
TARGET = 1.0
AT = datetime(2025, 1, 20, tzinfo=UTC)


def main() -> None:
    """Print the table."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--agencies", type=int, default=2_000)
    arguments.add_argument("--rounds", type=int, default=5)
    arguments.add_argument("--data", help="a folder to fill once and use again")
    arguments.add_argument("--postgres", help="a database to fill and ask instead of SQLite")
    chosen = arguments.parse_args()
    folder = chosen.data or tempfile.mkdtemp(prefix="gongkai-analysis-")
    os.environ.update(GONGKAI_DATA=folder, DJANGO_SETTINGS_MODULE="gongkai.settings.demo", GONGKAI_LOG_LEVEL="ERROR")
    if chosen.postgres:
        os.environ["GONGKAI_DATABASE_URL"] = chosen.postgres
    try:
        measure(chosen)
    finally:
        if not chosen.data:
            shutil.rmtree(folder, ignore_errors=True)


def measure(chosen: argparse.Namespace) -> None:
    """Fill and ask."""
    from gongkai.infra.start import prepare

    prepare()
    begun = time.perf_counter()
    made = fill(chosen.agencies)
    if made:
        print(f"{made} cells made in {time.perf_counter() - begun:.0f} s")
    for name, ask in questions().items():
        took = []
        for _ in range(chosen.rounds):
            begun = time.perf_counter()
            ask()
            took.append(time.perf_counter() - begun)
        middle = statistics.median(took)
        print(f"{name:52} {middle * 1000:7.0f} ms  {'reached' if middle <= TARGET else 'MISSED'}", flush=True)
    print("load average", os.getloadavg())


def questions() -> dict[str, Callable[[], Any]]:
    """As the pages ask."""
    from gongkai.accounts.actor import machine
    from gongkai.agencies.models import Agency
    from gongkai.analysis import heat, oddities, population, ranking, values
    from gongkai.analysis.measures import CELLS
    from gongkai.analysis.measures import measure as named
    from gongkai.analysis.ratios import RATIOS

    actor, root = machine("benchmark"), Agency.objects.get(parent__isnull=True)
    agencies, last, years = population.below(root, YEARS[-1]), YEARS[-1], list(YEARS)
    ratios = [named(key) for key in RATIOS]

    def rank(key: str) -> Any:
        table = values.table(actor, agencies, years, [named(key)])
        return ranking.ranked(table, population.listed(agencies), key, last)

    def tints(measures: list[Any], asked: list[int]) -> Any:
        table = values.table(actor, agencies, asked, measures)
        return heat.lines(table, population.listed(agencies), heat.columns(table))

    def peers() -> Any:
        return oddities.among_peers(values.table(actor, agencies, [last], ratios), population.listed(agencies), last)

    def own(keys: list[str]) -> Any:
        table = values.table(actor, agencies, years, [named(key) for key in keys])
        return oddities.among_years(table, population.listed(agencies), last)

    return {
        "ranked by one ratio, six years": lambda: rank("disclosed"),
        "ranked by an amount, six years": lambda: rank("t2.fees.amount"),
        "ranked by 其他处理 of both forms, six years": lambda: rank("otherwise"),
        "heat: one ratio × six years": lambda: tints([named("disclosed")], years),
        "heat: every ratio × one year": lambda: tints(ratios, [last]),
        "heat: fourteen counts × one year": lambda: tints([named(key) for key in CELLS[:14]], [last]),
        "odd among peers: every ratio, one year": peers,
        "odd among own years: one ratio": lambda: own(["disclosed"]),
        "odd among own years: one count": lambda: own(["t3.new.total"]),
    }


def fill(agencies: int) -> int:
    """A government with departments; every report with every cell of its form."""
    from django.db import transaction

    from gongkai.agencies.models import Agency, Kind
    from gongkai.agencies.rules import path_under
    from gongkai.annual_reports.models import AnnualReport, FiledCell, ReportVersion
    from gongkai.annual_reports.states import ReportState
    from gongkai.core.report.forms import form_for_year
    from gongkai.files.models import StoredFile

    if Agency.objects.exists():
        return 0
    drawn, made = random.Random(2025), 0
    with transaction.atomic():
        root = Agency.objects.create(name="青澜市人民政府", kind=Kind.GOVERNMENT, path="x")
        root.path = path_under("", root.pk)
        root.save()
        members = Agency.objects.bulk_create(
            Agency(name=f"青澜市第{n}局", parent=root, path=f"x{n}") for n in range(1, agencies)
        )
        for one in members:
            one.path = path_under(root.path, one.pk)
        Agency.objects.bulk_update(members, ["path"], batch_size=500)
        file = StoredFile.objects.create(sha256="0" * 64, size=1, stored_at=AT)
        for year in YEARS:
            form = form_for_year(year)
            reports = AnnualReport.objects.bulk_create([
                AnnualReport(agency=one, year=year, filed_at=AT) for one in [root, *members]
            ], batch_size=500)
            versions = ReportVersion.objects.bulk_create([
                ReportVersion(report=one, number=1, file=file, file_name="x.json", form=form.id, reading={}, engine="0",
                              forms={"t2": form.id, "t3": form.id}, checked_at=AT, filed_at=AT) for one in reports
            ], batch_size=500)
            for one, version in zip(reports, versions, strict=True):
                one.current = one.published = version
                one.state, one.published_at = ReportState.PUBLISHED, AT
            AnnualReport.objects.bulk_update(reports, ["current", "published", "state", "published_at"], batch_size=200)
            for version in versions:
                FiledCell.objects.bulk_create([
                    FiledCell(version=version, cell=spec.id, status="value", value=Decimal(drawn.randint(0, 400)),
                              unit="万元" if spec.kind == "amount" else "") for spec in form.cells.values()
                ], batch_size=140)
                made += len(form.cells)
    return made


if __name__ == "__main__":
    main()
