"""What pages of one organ share: its statutory blocks, and what its guide says of how to reach it."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from gongkai.agencies.models import Agency, DisclosureOffice
from gongkai.agencies.queries import ancestors
from gongkai.annual_reports import queries
from gongkai.annual_reports.models import AnnualReport


def office_of(agency: Agency) -> DisclosureOffice | None:
    """The described disclosure office of an agency; None while nobody has described it."""
    return DisclosureOffice.objects.filter(agency=agency, described_on__isnull=False).select_related("agency").first()


def takes(office: DisclosureOffice | None, channel: str) -> bool:
    """Whether a channel is open. In person and by post can never be refused; of the others the guide decides, and
    where no guide says anything the applicant's choice holds (Art. 29)."""
    return office is None or channel in {"in_person", "post"} or channel in office.channels


def published_by(agency: Agency) -> QuerySet[AnnualReport]:
    """The published reports of one agency."""
    return queries.published_reports().filter(agency=agency).select_related(None).select_related("agency")


def frame(agency: Agency, current: str, reports: bool | None = None) -> dict[str, Any]:
    """What the frame of an organ's pages shows: blocks that exist, the one that is open, how to reach the office."""
    office = office_of(agency)
    there = published_by(agency).exists() if reports is None else reports
    exist = {"guide": office is not None, "reports": there, "apply": agency.valid_to is None}
    return {
        "agency": agency, "above": ancestors(agency), "office": office, "current_block": current,
        "blocks": [block for block, shown in exist.items() if shown or block == current],
        "online": takes(office, "online"),
    }
