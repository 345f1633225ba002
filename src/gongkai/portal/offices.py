"""What pages of one organ share: its statutory blocks, and what its guide says of how to reach it."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gongkai.agencies.models import Agency, DisclosureOffice
from gongkai.agencies.queries import ancestors
from gongkai.annual_reports import queries
from gongkai.annual_reports.models import AnnualReport
from gongkai.portal.keeping import remembered


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


class Block(NamedTuple):
    """One of the blocks of the unified platform (国办公开办函〔2019〕61号)."""

    key: str
    name: str
    href: str


def blocks_of(agency: Agency) -> list[Block]:
    """The blocks in their order. All stand there from the beginning, the same on every platform; only who no longer
    exists takes no applications."""
    names = {
        "guide": _("政府信息公开指南"), "rules": _("政府信息公开制度"), "content": _("法定主动公开内容"),
        "reports": _("政府信息公开年报"), "apply": _("依申请公开"),
    }
    return [
        Block(key, name, reverse(f"portal:{key}", args=[agency.pk])) for key, name in names.items()
        if key != "apply" or agency.valid_to is None
    ]


def frame(agency: Agency, current: str, request: HttpRequest | None = None) -> dict[str, Any]:
    """What the frame of an organ's pages shows: the blocks, the one that is open, how to reach the office.

    With a request the reading is done once for all pages until something public changes.
    """
    shown = _frame(agency) if request is None else frame_of(agency.pk, current, request)
    return shown | {"current_block": current, "current_place": current}


def frame_of(agency_id: int, current: str, request: HttpRequest) -> dict[str, Any]:
    """The same for the key of an agency, which is in what comes back. Raises Agency.DoesNotExist."""
    shown = remembered(
        request, ("frame", agency_id, get_language()), lambda: _frame(Agency.objects.get(pk=agency_id)),
    )
    return shown | {"current_block": current, "current_place": current}  # type: ignore[no-any-return]


def _frame(agency: Agency) -> dict[str, Any]:
    office = office_of(agency)
    return {
        "agency": agency, "above": ancestors(agency), "office": office, "blocks": blocks_of(agency),
        "online": takes(office, "online"), "home": reverse("portal:agency", args=[agency.pk]),
    }
