"""A made-up county: about thirty agencies, several years, a few planted mistakes.

青澜县 does not exist. Departments and townships report on their own; the county government's report is the sum of
all of them, as the law asks of a government's consolidated report.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from gongkai.core.report.forms import form_for_year
from gongkai.core.report.model import Report
from gongkai.core.report.samples.generate import consolidated, sample
from gongkai.core.report.samples.plant import PLANTABLE, Expected, plant


@dataclass(frozen=True, slots=True)
class SampleAgency:
    """An agency of the county. `kind` is government, department, township or street; `size` how many requests come."""

    name: str
    kind: str
    size: str


@dataclass(frozen=True, slots=True)
class SampleReport:
    """A report and the mistake that was put into it, None for most."""

    agency: SampleAgency
    year: int
    report: Report
    planted: Expected | None = None


GOVERNMENT = SampleAgency("青澜县人民政府", "government", "large")
_DEPARTMENTS = (
    ("人民政府办公室", "small"), ("发展和改革局", "small"), ("教育局", "small"), ("科学技术局", "none"),
    ("工业和信息化局", "none"), ("公安局", "small"), ("民政局", "small"), ("司法局", "none"), ("财政局", "small"),
    ("人力资源和社会保障局", "small"), ("自然资源局", "large"), ("生态环境局", "small"), ("住房和城乡建设局", "large"),
    ("交通运输局", "small"), ("水利局", "small"), ("农业农村局", "small"), ("文化和旅游局", "none"),
    ("卫生健康局", "small"), ("应急管理局", "none"), ("审计局", "none"), ("市场监督管理局", "small"),
)
_TOWNSHIPS = (
    ("云麓镇人民政府", "small"), ("枫坪镇人民政府", "none"), ("望溪镇人民政府", "small"), ("白芷镇人民政府", "none"),
    ("竹垭乡人民政府", "none"), ("松澜乡人民政府", "none"), ("城东街道办事处", "small"), ("城西街道办事处", "small"),
)
AGENCIES: tuple[SampleAgency, ...] = (
    GOVERNMENT,
    *(SampleAgency(f"青澜县{name}", "department", size) for name, size in _DEPARTMENTS),
    *(
        SampleAgency(f"青澜县{name}", "street" if name.endswith("街道办事处") else "township", size)
        for name, size in _TOWNSHIPS
    ),
)


def county(
    seed: int = 1, *, years: tuple[int, ...] = (2021, 2022, 2023), flawed: bool = True,
) -> Iterator[SampleReport]:
    """Every agency's report for every year, oldest year first, the county's own report last in each year.

    With `flawed`, each kind of mistake that the forms of those years allow is planted in one report of a member;
    the county's report is the sum of what the members ought to have reported, so it stays clean.
    """
    rng = Random(f"{seed}|county")  # noqa: S311 - reproducibility, not secrecy
    members = AGENCIES[1:]
    rules = _spread(rng, members, years) if flawed else {}
    before: dict[str, Report] = {}
    for year in years:
        reports = []
        for agency in members:
            report = sample(seed, agency=agency.name, year=year, size=agency.size, previous=before.get(agency.name))
            reports.append(report)
            rule = rules.get((agency.name, year))
            if rule is None:
                yield SampleReport(agency, year, report)
            else:
                broken, expected = plant(report, rule, rng)
                yield SampleReport(agency, year, broken, expected)
            before[agency.name] = report
        total = consolidated(reports, agency=GOVERNMENT.name, year=year)
        yield SampleReport(GOVERNMENT, year, total)


def _spread(rng: Random, members: tuple[SampleAgency, ...], years: tuple[int, ...]) -> dict[tuple[str, int], str]:
    """Which mistake goes where: rules that need requests go to agencies that have some, cross-year ones not first."""
    places: dict[tuple[str, int], str] = {}
    for rule, need in PLANTABLE.items():
        fitting = [
            (agency.name, year) for agency in members for year in years
            if (agency.name, year) not in places
            and (agency.size == "large" or not need.requests)
            and (not need.steady or len({form_for_year(y).id for y in (year - 1, year, year + 1)}) == 1)
            and not ((need.previous or need.steady) and any((agency.name, y) in places for y in (year - 1, year + 1)))
            and (year != years[0] or not need.previous)
            and need.form in {None, form_for_year(year).id}
            and (not need.previous or need.form in {None, form_for_year(year - 1).id})
        ]
        if fitting:
            places[rng.choice(fitting)] = rule
    return places
