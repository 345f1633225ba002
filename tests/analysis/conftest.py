"""A county with a few bureaus, whose reports of several years are filed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest
from tests import remembered
from tests.factories import AT, SYSTEM, actor, agency, filed

from gongkai.accounts import roles
from gongkai.accounts.models import User
from gongkai.agencies.models import Agency
from gongkai.annual_reports import actions as annual
from gongkai.annual_reports.models import AnnualReport
from gongkai.core.report.model import Cell, Report, Status
from gongkai.core.report.samples import sample

NAMES = ("民政", "水利", "教育", "卫生健康", "交通运输", "财政")


@pytest.fixture(autouse=True)
def _what_is_built_alike_is_remembered(request: pytest.FixtureRequest) -> Iterator[None]:
    with remembered.followed(request):
        yield


@pytest.fixture
def county(db: None) -> Agency:
    return remembered.step("county", agency)


@pytest.fixture
def bureaus(county: Agency) -> list[Agency]:
    return remembered.step(
        ("bureaus", county.pk), lambda: [agency(f"青澜县{name}局", county) for name in NAMES],
    )


@pytest.fixture
def supervisor(county: Agency):
    return remembered.step(("supervisor", county.pk), lambda: actor(county, roles.Supervisor, "supervisor"))


@pytest.fixture
def desk(client, supervisor):
    """The browser of the supervisor."""
    client.force_login(User.objects.get(username="supervisor"))
    return client


def written(where: Agency, year: int, seed: int = 1, **cells: int | Decimal | None) -> AnnualReport:
    """A filed report in which some cells hold given numbers, or nothing (None); names with __ for dots."""
    return remembered.step(
        ("written", where.pk, year, seed, *sorted(cells.items(), key=str)),
        lambda: filed(SYSTEM, where, year, report=with_cells(sample(seed, agency=where.name, year=year), **cells)),
    )


def with_cells(drawn: Report, **cells: int | Decimal | None) -> Report:
    """A report with some cells set."""
    held = dict(drawn.cells)
    for name, value in cells.items():
        cell = name.replace("__", ".")
        status, raw = (Status.BLANK, "") if value is None else (Status.VALUE, str(value))
        held[cell] = held.get(cell, Cell(cell, Status.MISSING))._replace(status=status, value=value, raw=raw)
    return replace(drawn, cells=held)


def published(report: AnnualReport) -> AnnualReport:
    return annual.publish(by=SYSTEM, report=report, at=AT)
