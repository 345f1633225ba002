"""What waits for whom: the groups of the list, my work today, and what of my catalogue is due, stale or empty.

A group is a named narrowing; the number on the day's page and the list behind it are the same query.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, Min, OuterRef, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import may, within
from gongkai.accounts.roles import BY_KEY
from gongkai.calendars.queries import calendar_for
from gongkai.core import day
from gongkai.publications import withheld
from gongkai.publications.chips import SOON, with_chips
from gongkai.publications.kinds import Attribute, Relation
from gongkai.publications.models import GatePassage, Hand, Link, Publication, PublicationQuerySet, Withholding
from gongkai.publications.permissions import PublicationPermission as P
from gongkai.publications.states import IN_WORK, State

Words = str | Promise
COUNTED = 10_000  # rows that are counted; beyond it a number says "more"
_HEADED = Attribute.ACTIVE, ""  # what is meant to be published, or not yet decided


Scope = day.Scope
Narrow = Callable[[PublicationQuerySet, Scope], Any]


@dataclass(frozen=True, slots=True)
class Group:
    """A named part of the list. `permission` None: whoever sees a publication sees it here."""

    key: str
    name: Words
    told: Words
    narrow: Narrow
    permission: P | None = None
    date: str = "due_on"
    tone: str = ""


def _in(*states: State) -> Narrow:
    return lambda rows, scope: rows.filter(latest__state__in=states)  # noqa: ARG005


def in_work(rows: PublicationQuerySet) -> PublicationQuerySet:
    """What is in somebody's hands and meant for the public: its due date counts."""
    return rows.filter(latest__state__in=IN_WORK, latest__attribute__in=_HEADED)


def _not_by_me(rows: Any, scope: Scope) -> Any:
    """Who wrote on an edition neither reviews nor signs it."""
    return rows.filter(~Exists(Hand.objects.filter(edition=OuterRef("latest"), user_id=scope.actor.user_id)))


def _review(rows: PublicationQuerySet, scope: Scope) -> Any:
    return _not_by_me(rows.filter(latest__state=State.REVIEW), scope)


def _signature(rows: PublicationQuerySet, scope: Scope) -> Any:
    passed = GatePassage.objects.filter(edition=OuterRef("latest"), passed_by_id=scope.actor.user_id)
    return _not_by_me(rows.filter(latest__state=State.REVIEWED), scope).filter(~Exists(passed))


def _after(rows: PublicationQuerySet, scope: Scope) -> Any:  # noqa: ARG001
    """Published through the emergency lane, gates still open."""
    open_ = GatePassage.objects.filter(edition=OuterRef("current"), ahead=False, passed_by__isnull=True)
    return rows.filter(current__state=State.PUBLISHED, current__review_due_on__isnull=False).filter(Exists(open_))


def _interpretation(rows: PublicationQuerySet, scope: Scope) -> Any:  # noqa: ARG001
    """Planned and not yet public."""
    done = Link.objects.filter(
        target=OuterRef("pk"), relation=Relation.INTERPRETS, source__published_on__isnull=False,
        source__withdrawn_at__isnull=True,
    )
    return rows.filter(interpretation="planned", withdrawn_at__isnull=True).filter(~Exists(done))


def _mine(*states: State) -> Narrow:
    return lambda rows, scope: rows.filter(latest__state__in=states, latest__author_id=scope.actor.user_id)


def _never(rows: PublicationQuerySet, scope: Scope) -> Any:  # noqa: ARG001
    return rows.filter(published_on__isnull=False, withdrawn_at__isnull=True)


GROUPS: dict[str, Group] = {group.key: group for group in (
    Group("overdue", _("已过公开期限"), _("应当公开的日子已过，还没有发布（第二十六条）"),
          lambda r, s: in_work(r).filter(due_on__lt=s.today), tone="alert"),
    Group("today", _("今天到期"), _("今天是公开期限"), lambda r, s: in_work(r).filter(due_on=s.today), tone="ask"),
    Group("soon", _("三个工作日内到期"), _("明天起三个工作日内"),
          lambda r, s: in_work(r).filter(due_on__gt=s.today, due_on__lte=s.soon), tone="ask"),
    Group("submitted", _("科室报送待接收"), _("接收后整理送审，或者退回"), _in(State.SUBMITTED), P.HANDLE, tone="ask"),
    Group("returned", _("退回修改"), _("按退回意见改好后再送"), _mine(State.RETURNED), tone="ask"),
    Group("review", _("待我审查"), _("自己起草和修改过的不在内"), _review, P.REVIEW, tone="ask"),
    Group("signature", _("待我签发"), _("审查关口都已通过"), _signature, P.SIGN, tone="ask"),
    Group("publish", _("待发布"), _("已签发，等专人发布"), _in(State.SIGNED), P.PUBLISH, tone="ask"),
    Group("after", _("待补审"), _("应急发布的，余下关口须补审"), _after, P.REVIEW, "published_on", "ask"),
    Group("interpret", _("待解读"), _("已定解读方案，解读还没有发布"), _interpretation, P.HANDLE,
          "interpretation_due_on"),
    Group("drafts", _("我起草的"), _("起草中，还没有报送或者送审"), _mine(State.DRAFT)),
    Group("open", _("全部在办"), _("起草到待发布之间的"), lambda r, s: r.filter(latest__state__in=IN_WORK)),  # noqa: ARG005
    Group("public", _("公开中"), _("公众现在看得到的"), _never, date="published_on"),
    Group("late", _("逾期公开"), _("发布晚于公开期限"), lambda r, s: r.filter(late_days__gt=0), date="published_on"),  # noqa: ARG005
    Group("withdrawn", _("已撤下"), _("曾经公开，后来撤下的"), lambda r, s: r.filter(withdrawn_at__isnull=False),  # noqa: ARG005
          date="withdrawn_at"),
    Group("filed", _("不公开"), _("签发为依申请公开或者不予公开的"), _in(State.FILED), date="created_at"),
)}
GROUP_NAMES = {key: group.name for key, group in GROUPS.items()}
_NEWEST_FIRST = frozenset({"published_on", "withdrawn_at", "created_at"})
# What the first page of the day shows, the most pressing first.
DAY = ("overdue", "today", "soon", "returned", "submitted", "review", "signature", "publish", "after", "interpret",
       "drafts")
OWN = frozenset({"review", "signature", "after", "returned"})


@dataclass(frozen=True, slots=True)
class Behind:
    """An agency or a section that is late: its key, name, how many, the earliest date."""

    key: int | None
    name: str
    count: int
    earliest: date


@dataclass(frozen=True, slots=True)
class Day(day.Day[Group, Publication]):
    """The publications' part of the first page."""

    below: list[Behind]
    sections: list[Behind]
    watches: bool
    reassess: list[Withholding]
    reassess_total: int


def day_of(actor: Actor) -> tuple[str, ...]:
    """The groups of the first page in the order of a person: who reviews or signs, and does not handle, has that first.
    What is late in the whole office comes after it."""
    return DAY if may(actor, P.HANDLE) else tuple(sorted(DAY, key=lambda key: key not in OWN))


def scope_of(actor: Actor, today: date) -> Scope:
    """The scope of a person on a day."""
    return Scope(actor, today, calendar_for().add(today, SOON))


def narrowed(rows: PublicationQuerySet, key: str, scope: Scope) -> Any:
    """The rows of a group that this person may work on, by the group's own date; all rows for an unknown group."""
    group = GROUPS.get(key)
    if group is None:
        return rows
    if group.permission is not None:
        rows = rows.filter(within(scope.actor, group.permission, "agency__path"))
    by = F(group.date)
    # As the indexes of the table run, so that the first page is read from one.
    order = (by.desc(nulls_last=True), "-pk") if group.date in _NEWEST_FIRST else (by.asc(nulls_last=True), "pk")
    return group.narrow(rows, scope).order_by(*order)


def capped(rows: Any, most: int = COUNTED) -> tuple[int, bool]:
    """How many rows there are, counted no further than `most`: (count, whether there may be more)."""
    count = rows.order_by()[:most + 1].count()
    return min(count, most), count > most


def works_on_publications(actor: Actor) -> bool:
    """Whether a post of this person works on publications rather than watching over others who do."""
    return any(not BY_KEY[h.role].subtree for h in actor.holdings) and (may(actor, P.SEE) or may(actor, P.CONTRIBUTE))


def work_for(actor: Actor, today: date, first: int = 4) -> Day:
    """What waits for this person: own duties with their first rows; for heads and supervisors, who is late."""
    scope, rows = scope_of(actor, today), Publication.objects.visible_to(actor)
    works = works_on_publications(actor)
    queues = day.waiting(
        GROUPS, day_of(actor) if works else (), lambda key: narrowed(rows, key, scope), capped, first,
        lambda found: found.select_related("agency", "section", "latest").defer("latest__body", "latest__text"),
    )
    with_chips([row for queue in queues for row in queue.rows], today)
    watches = any(BY_KEY[h.role].subtree and may(actor, P.SEE) for h in actor.holdings)
    heads = works and may(actor, P.RULES)
    looks, looks_total = withheld.due_for(actor, today, first)
    return Day(
        queues, works, _behind(actor, today, "agency", P.SEE) if watches else [],
        _behind(actor, today, "section", P.RULES) if heads else [], watches, looks, looks_total,
    )


def _behind(actor: Actor, today: date, by: str, permission: P, most: int = 20) -> list[Behind]:
    """Agencies or sections that are late, the most first. What has no section stands without a name."""
    rows = in_work(Publication.objects.filter(within(actor, permission, "agency__path"))).filter(due_on__lt=today)
    found = rows.order_by().values_list(f"{by}_id", f"{by}__name").annotate(Count("pk"), Min("due_on"))
    return [Behind(key, name or "", n, on) for key, name, n, on in found.order_by("-pk__count", f"{by}_id")[:most]]


def own_sections(actor: Actor) -> Q:
    """The catalogue items that a contributor answers for: those of the own section, and those that name the person."""
    sections = [h.section_id for h in actor.holdings if h.section_id is not None]
    return Q(section_id__in=sections) | Q(owner_id=actor.user_id)
