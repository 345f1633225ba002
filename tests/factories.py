"""Small makers of what many tests need. Everything goes through actions, so a factory cannot make an unlawful state."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from gongkai.accounts import roles
from gongkai.accounts.actor import Actor, machine
from gongkai.accounts.models import Post, User
from gongkai.accounts.queries import actor_for
from gongkai.agencies import actions as agencies
from gongkai.agencies.models import Agency, Kind, Level
from gongkai.annual_reports import actions as annual
from gongkai.annual_reports.models import AnnualReport, Scope, UploadBatch, UploadItem
from gongkai.core.report.model import Report
from gongkai.core.report.samples import sample
from gongkai.core.report.writers import write

AT = datetime(2024, 3, 4, 9, 0, tzinfo=UTC)
ON = date(2024, 3, 4)
SYSTEM = machine("测试")


def agency(name: str = "青澜县人民政府", parent: Agency | None = None, **values: Any) -> Agency:
    """An agency; governments and departments by their name."""
    kind = Kind.GOVERNMENT if name.endswith("县人民政府") else Kind.DEPARTMENT
    return agencies.add(by=SYSTEM, name=name, parent=parent, at=AT, **({"kind": kind, "level": Level.COUNTY} | values))


def user(username: str = "clerk", name: str = "测试员") -> User:
    """A person who cannot sign in with a password."""
    return User.objects.create_user(username, None, name=name)


def actor(where: Agency, role: type[roles.Role] = roles.Clerk, username: str | None = None) -> Actor:
    """A person in a post, as an actor."""
    person = user(username or f"{role.key}-{where.pk}")
    Post.objects.create(user=person, agency=where, role=role.key, valid_from=date(2020, 1, 1))
    return actor_for(person, on=ON)


def file_of(report: Report, to: str = "json") -> bytes:
    """A report as the bytes of a file."""
    return write(report, to)


def uploaded(by: Actor, where: Agency, *files: tuple[str, bytes]) -> UploadBatch:
    """A batch handed in by `by`. Its files are read when the surrounding transaction commits, or by `read_all`."""
    return annual.upload(
        by=by, agency=where, files=[annual.Incoming(name, [data]) for name, data in files], at=AT,
    )


def read_all(batch: UploadBatch) -> list[UploadItem]:
    """Read what waits, as the worker would."""
    for item in batch.items.all():
        annual.read(item_id=item.pk, at=AT)
    return list(batch.items.select_related("batch__agency").order_by("position"))


def filed(by: Actor, where: Agency, year: int = 2023, *, scope: str = Scope.OWN, report: Report | None = None,
          seed: int = 1) -> AnnualReport:
    """A report that went through upload, reading and confirmation."""
    report = report or sample(seed, agency=where.name, year=year)
    batch = uploaded(by, where, (f"{where.name}{year}.json", file_of(report)))
    (item,) = read_all(batch)
    version = annual.confirm(by=by, item=item, agency=where, year=year, scope=scope, at=AT)
    return version.report
