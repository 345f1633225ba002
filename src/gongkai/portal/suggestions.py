"""Before somebody asks: what may be public already (Art. 36(1)), and whether another organ would know (Art. 36(5)).

Only looks at what the portal itself shows, and never stands in the way.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from gongkai.agencies import queries as agencies
from gongkai.agencies.models import Agency, DisclosureOffice
from gongkai.annual_reports.models import AnnualReport
from gongkai.annual_reports.queries import published_reports

MOST = 6
_REPORT = re.compile(r"年报|年度报告|信息公开工作(?:情况|总结)")
_GUIDE = re.compile(r"指南|联系方式|联系电话|办公(?:地址|时间|电话)|怎么申请|如何申请|申请(?:渠道|方式|办法)")
_YEAR = re.compile(r"(?<!\d)20[0-4]\d(?!\d)")
_TAILS = (16, 12, 9, 7, 6, 5, 4, 3)
_MOST_SEARCHES = 24
# The last characters of an organ's name; what stands before is tried from long to short.
_ORGAN = re.compile(r"[\u4e00-\u9fff]{2,20}?(?:委员会|办公室|办事处|人民政府|管理处|局|厅|镇|乡)")


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What to look at first."""

    reports: list[AnnualReport] = field(default_factory=list)
    guide: DisclosureOffice | None = None
    organs: list[Agency] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.reports or self.guide or self.organs)


def suggest(text: str, agency: Agency, today: date) -> Suggestions:
    """For what somebody is about to ask of `agency`."""
    text = text[:2000]
    organs = [organ for organ in mentioned(text, agency, today) if organ.pk != agency.pk]
    reports: list[AnnualReport] = []
    if _REPORT.search(text):
        rows = published_reports().filter(agency__in=[agency, *organs])
        years = {int(year) for year in _YEAR.findall(text)}
        reports = list((rows.filter(year__in=years) if years else rows)[:MOST])
    guide = DisclosureOffice.objects.filter(agency=agency, described_on__isnull=False).first()
    return Suggestions(reports, guide if guide and _GUIDE.search(text) else None, organs[:MOST])


def mentioned(text: str, near: Agency, today: date) -> list[Agency]:
    """Organs that a text names, the whole name or its last words; of several, those of the same place first."""
    found: dict[int, Agency] = {}
    searches = 0
    for said in dict.fromkeys(_ORGAN.findall(text)):
        for tail in dict.fromkeys(said[-length:] for length in _TAILS):
            if searches == _MOST_SEARCHES or len(found) > MOST:
                return list(found.values())
            searches += 1
            hits = list(agencies.search(tail, today).order_by("path")[:40])
            # A tail that half the county shares says nothing, unless it is how their names end.
            named = [hit for hit in hits if tail == hit.short_name or hit.name.endswith(tail)]
            named = named or (hits if len(hits) < 5 else [])
            if named:
                local = [hit for hit in named if _together(hit, near)]
                for hit in (local or named)[:2]:
                    found.setdefault(hit.pk, hit)
                break
    return list(found.values())


def _together(one: Agency, other: Agency) -> bool:
    """Whether one stands above the other, or both under the same parent."""
    return one.parent_id == other.parent_id or other.path.startswith(one.path) or one.path.startswith(other.path)
