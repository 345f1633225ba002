"""Reading the tree."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery

from gongkai.accounts.actor import Actor
from gongkai.accounts.roles import BY_KEY
from gongkai.agencies import rules
from gongkai.agencies.models import Agency, Placement


def roots(on: date) -> QuerySet[Agency]:
    """The tops of the tree on a day, with the number of agencies right below each."""
    return with_children(Agency.objects.filter(parent__isnull=True).in_force(on), on).order_by("path")


def children(agency: Agency, on: date) -> QuerySet[Agency]:
    """Right below `agency` on a day, governments and departments before townships by their path."""
    return with_children(Agency.objects.filter(parent=agency).in_force(on), on).order_by("path")


def with_children(agencies: QuerySet[Agency], on: date) -> QuerySet[Agency]:
    """Annotates `members`: how many agencies stand right below on a day."""
    alive = Q(children__valid_to__isnull=True) | Q(children__valid_to__gt=on)
    return agencies.annotate(members=Count("children", filter=alive & Q(children__isnull=False)))


def ancestors(agency: Agency) -> list[Agency]:
    """From the root down to the parent, for breadcrumbs: one query."""
    return list(Agency.objects.filter(path__in=agency.ancestor_paths).order_by("path"))


def placements(agency: Agency) -> QuerySet[Placement]:
    """Under whom it lay since when, oldest first."""
    return agency.placements.select_related("parent")

def home(actor: Actor) -> Agency | None:
    """Where the actor's desk opens: the agency of the first post, one with reach below it preferred."""
    posts = sorted(actor.holdings, key=lambda h: (not BY_KEY[h.role].subtree, h.agency_path))
    return Agency.objects.filter(pk=posts[0].agency_id).first() if posts else None


def search(text: str, on: date) -> QuerySet[Agency]:
    """Agencies whose name, short name or former name contains `text`."""
    found = Q(name__icontains=text) | Q(short_name__icontains=text) | Q(former_names__name__icontains=text)
    return Agency.objects.filter(found).in_force(on).distinct()


def heirs(agency: Agency) -> list[Agency]:
    """Who took over the duties of an agency that ended."""
    return list(Agency.objects.filter(inheritances__predecessor=agency).order_by("path"))


def misplaced() -> list[Agency]:
    """Agencies whose history does not end where they stand now, or that have none. Must be empty; `doctor` asks."""
    last = Placement.objects.filter(agency=OuterRef("pk")).order_by(F("since").desc(nulls_last=True))
    rows = Agency.objects.annotate(known=Exists(last), placed=Subquery(last.values("parent")[:1]))
    return [a for a in rows.only("id", "name", "path", "parent_id") if not a.known or a.placed != a.parent_id]


def drifted_paths() -> list[Agency]:
    """Agencies whose path is not parent's path + own key. Must be empty; `doctor` asks."""
    rows = Agency.objects.annotate(parent_path=F("parent__path")).only("id", "name", "path", "parent_id")
    return [a for a in rows if a.path != rules.path_under(a.parent_path or "", a.pk)]
