"""The board of a campaign: where every member stands, read in six queries however many there are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.db.models import Count, Max, Q
from django.utils.translation import gettext_lazy as _

from gongkai.accounts.actor import Actor
from gongkai.annual_reports.models import AnnualReport, UploadItem
from gongkai.annual_reports.states import ItemState
from gongkai.campaigns import queries, rules
from gongkai.campaigns.models import Campaign, Member, Reminder
from gongkai.compilations.models import Compilation
from gongkai.compilations.states import State


class Standing(StrEnum):
    """Where a member stands, for the board."""

    MISSING = "missing"      # nothing was begun
    FILED = "filed"          # a file is here and was not handed in
    DRAFT = "draft"          # being compiled
    SIGNED = "signed"        # signed, not submitted
    SUBMITTED = "submitted"  # waits for the supervisor
    RETURNED = "returned"
    APPROVED = "approved"
    PUBLISHED = "published"
    EXEMPT = "exempt"


STANDING_NAMES: dict[Standing, Any] = {
    Standing.MISSING: _("未开始"), Standing.FILED: _("有文件，未报送"), Standing.DRAFT: _("编制中"),
    Standing.SIGNED: _("已签发，待提交"), Standing.SUBMITTED: _("已提交，待核准"), Standing.RETURNED: _("已退回"),
    Standing.APPROVED: _("已核准，待公布"), Standing.PUBLISHED: _("已公布"), Standing.EXEMPT: _("登记不报"),
}
TONES: dict[Standing, str] = {
    Standing.RETURNED: "tag-warning", Standing.SUBMITTED: "tag-busy", Standing.SIGNED: "tag-busy",
    Standing.APPROVED: "tag-good", Standing.PUBLISHED: "tag-good",
}
_OF_STATE = {
    State.DRAFT: Standing.DRAFT, State.CHECKED: Standing.DRAFT, State.SIGNED: Standing.SIGNED,
    State.SUBMITTED: Standing.SUBMITTED, State.RETURNED: Standing.RETURNED, State.APPROVED: Standing.APPROVED,
    State.PUBLISHED: Standing.PUBLISHED,
}
_AWAITED = frozenset({Standing.MISSING, Standing.FILED, Standing.DRAFT, Standing.SIGNED})


@dataclass(frozen=True, slots=True)
class Row:
    """One member. `late` is how many days after the last day it was submitted, or is awaited by today."""

    pk: int
    agency_id: int
    agency: str
    path: str
    scope: str
    standing: Standing
    due_on: date
    own_day: bool
    late: int
    submitted_at: datetime | None
    compilation: int | None
    by_file: bool
    report: int | None
    errors: int
    inconsistencies: int
    warnings: int
    differences: int
    unexplained: int
    read_at: datetime | None
    reminded: int
    reminded_at: datetime | None
    exempt_reason: str = ""

    @property
    def standing_name(self) -> Any:
        """Where it stands, in words."""
        return STANDING_NAMES[self.standing]

    @property
    def tone(self) -> str:
        """The tag's class."""
        return TONES.get(self.standing, "")

    @property
    def awaited(self) -> bool:
        """Not handed in yet."""
        return self.standing in _AWAITED

    @property
    def depth(self) -> int:
        """How deep it stands in the tree."""
        return len(self.path) // 8


@dataclass(frozen=True, slots=True)
class Totals:
    """What the cards show."""

    members: int
    standings: dict[str, int]
    late: int
    errors: int
    inconsistencies: int
    unexplained: int
    unread: int
    unreadable: int
    to_confirm: int

    @property
    def done(self) -> bool:
        """Everybody's report is public."""
        return self.members > 0 and self.standings.get(Standing.PUBLISHED, 0) == self.members


def rows_of(campaign: Campaign, today: date, actor: Actor | None = None) -> list[Row]:
    """Everybody of a campaign in the order of the tree; of what the actor may see, where one is given."""
    members = Member.objects.filter(campaign=campaign, left_at__isnull=True)
    if actor is not None:
        members = members.visible_to(actor)
    works = {(w["agency"], w["scope"]): w for w in Compilation.objects.filter(
        year=campaign.year, agency__in=members.order_by().values("agency"),
    ).order_by().values("pk", "agency", "scope", "state", "origin", "submitted_at", "late_days")}
    reports = {(r["agency"], r["scope"]): r for r in AnnualReport.objects.filter(
        year=campaign.year, agency__in=members.order_by().values("agency"), current__isnull=False,
    ).order_by().values("pk", "agency", "scope", "current__errors", "current__inconsistencies", "current__warnings")}
    differing = {(d["agency"], d["scope"]): d for d in queries.differences(campaign).order_by().values(
        "agency", "scope",
    ).annotate(n=Count("pk"), open=Count("pk", filter=Q(explained=False)))}
    urged = {r["member"]: r for r in Reminder.objects.filter(member__campaign=campaign).order_by().values(
        "member",
    ).annotate(n=Count("pk"), last=Max("sent_at"))}
    shown = members.order_by("agency__path", "scope").values(
        "pk", "agency", "agency__name", "agency__path", "scope", "due_on", "exempt_reason", "read_at",
    )
    return [
        _row(campaign, today, m, works.get((m["agency"], m["scope"])), reports.get((m["agency"], m["scope"])),
             differing.get((m["agency"], m["scope"])), urged.get(m["pk"]))
        for m in shown
    ]


def totals(rows: Iterable[Row], campaign: Campaign) -> Totals:
    """The cards over a list of rows; one query for the files."""
    owing = [row for row in rows if row.standing is not Standing.EXEMPT]
    files = dict(UploadItem.objects.filter(batch__handed__campaign=campaign).order_by().values_list("state").annotate(
        n=Count("pk"),
    ))
    return Totals(
        members=len(owing), standings=dict(Counter(row.standing for row in owing)),
        late=sum(row.late > 0 for row in owing), errors=sum(row.errors > 0 for row in owing),
        inconsistencies=sum(row.inconsistencies > 0 for row in owing), unexplained=sum(r.unexplained for r in owing),
        unread=sum(row.read_at is None for row in owing), unreadable=files.get(ItemState.REFUSED, 0),
        to_confirm=files.get(ItemState.READ, 0),
    )


FOUND: dict[str, tuple[Any, Callable[[Row], bool]]] = {
    "late": (_("逾期"), lambda r: r.late > 0),
    "awaited": (_("还没有提交"), lambda r: r.awaited),
    "error": (_("有错误"), lambda r: r.errors > 0),
    "inconsistency": (_("有矛盾"), lambda r: r.inconsistencies > 0),
    "unexplained": (_("有没有说明的差异"), lambda r: r.unexplained > 0),
    "unread": (_("通知还没有签收"), lambda r: r.read_at is None),
}
SORTS: dict[str, tuple[Any, Callable[[Row], Any]]] = {
    "": (_("机关顺序"), lambda r: r.path),
    "late": (_("逾期天数"), lambda r: (-r.late, r.path)),
    "due": (_("提交期限"), lambda r: (r.due_on, r.path)),
    "findings": (_("问题多少"), lambda r: (-r.errors, -r.inconsistencies, -r.warnings, r.path)),
    "differences": (_("差异多少"), lambda r: (-r.unexplained, -r.differences, r.path)),
}


def narrowed(
    rows: Iterable[Row], *, standing: str = "", found: str = "", text: str = "", sort: str = "",
) -> list[Row]:
    """The rows of a filter, in an order; what a filter does not know it does not narrow."""
    chosen = [
        row for row in rows
        if (not standing or row.standing == standing) and (not text or text in row.agency)
        and (found not in FOUND or (row.standing is not Standing.EXEMPT and FOUND[found][1](row)))
    ]
    return sorted(chosen, key=SORTS.get(sort, SORTS[""])[1])


def _row(
    campaign: Campaign, today: date, member: dict[str, Any], work: dict[str, Any] | None,
    report: dict[str, Any] | None, differing: dict[str, Any] | None, urged: dict[str, Any] | None,
) -> Row:
    due = member["due_on"] or campaign.due_on
    standing = Standing.FILED if report and not work else Standing.MISSING
    if work is not None:
        standing = _OF_STATE[State(work["state"])]
    if member["exempt_reason"]:
        standing = Standing.EXEMPT
    late = work["late_days"] if work else 0
    if standing in _AWAITED and not (work and work["submitted_at"]):
        late = rules.late_days(due, today)
    counted = report or {}
    return Row(
        pk=member["pk"], agency_id=member["agency"], agency=member["agency__name"], path=member["agency__path"],
        scope=member["scope"], standing=standing, due_on=due, own_day=member["due_on"] is not None,
        late=0 if standing is Standing.EXEMPT else late, submitted_at=work["submitted_at"] if work else None,
        compilation=work["pk"] if work else None, by_file=bool(work) and work["origin"] == "file",
        report=report["pk"] if report else None, errors=counted.get("current__errors", 0),
        inconsistencies=counted.get("current__inconsistencies", 0), warnings=counted.get("current__warnings", 0),
        differences=differing["n"] if differing else 0, unexplained=differing["open"] if differing else 0,
        read_at=member["read_at"], reminded=urged["n"] if urged else 0, reminded_at=urged["last"] if urged else None,
        exempt_reason=member["exempt_reason"],
    )
