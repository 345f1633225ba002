"""The only writes to the tree of agencies."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Concat, Substr
from django.utils import timezone

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import authorise
from gongkai.agencies import past, rules
from gongkai.agencies.events import (
    AgencyAbolished,
    AgencyAdded,
    AgencyChanged,
    AgencyMoved,
    AgencyRenamed,
    OfficeDescribed,
    SectionSet,
)
from gongkai.agencies.following import MOVED
from gongkai.agencies.models import Agency, DisclosureOffice, FormerName, Kind, Level, Placement, Section, Succession
from gongkai.agencies.permissions import AgencyPermission
from gongkai.core.errors import Refused
from gongkai.core.workdays import region_code
from gongkai.infra import locks, stamp
from gongkai.ledger.actions import record

EDITABLE = ("short_name", "kind", "level", "credit_code", "valid_from", "valid_to", "region")
DESCRIBED = (
    "name", "address", "postcode", "hours", "phone", "fax", "email", "channels", "letter_prefix", "review_organ",
    "court", "payment", "classification", "obtaining",
)


@transaction.atomic
def add(
    *, by: Actor, name: str, at: datetime, parent: Agency | None = None, kind: str = Kind.DEPARTMENT,
    level: str = Level.COUNTY, short_name: str = "", credit_code: str = "", valid_from: date | None = None,
    valid_to: date | None = None, region: str = "",
) -> Agency:
    """Enter an agency below `parent`. Raises Refused: name-needed, name-taken, credit-code, dates, unknown-region;
    Denied."""
    authorise(by, AgencyPermission.MANAGE, parent)
    locks.serialise("agency-tree")
    name = name.strip()
    _name_is_free(name)
    rules.credit_code(credit_code)
    rules.dates(valid_from, valid_to)
    parent_path = Agency.objects.values_list("path", flat=True).get(pk=parent.pk) if parent else ""
    # The path holds the key, which the insert gives: a placeholder first, both in one transaction.
    agency = Agency.objects.create(
        name=name, short_name=short_name.strip(), kind=kind, level=level, credit_code=credit_code, parent=parent,
        path=f"new-{name}"[:128], valid_from=valid_from, valid_to=valid_to, region=region_code(region),
    )
    agency.path = rules.path_under(parent_path, agency.pk)
    agency.save(update_fields=["path"])
    Placement.objects.create(agency=agency, parent=parent)
    stamp.bump()
    record(
        AgencyAdded(name, parent.pk if parent else None), by=by, at=at, subject_id=agency.pk, agency_id=agency.pk,
    )
    return agency


@transaction.atomic
def change(*, by: Actor, agency: Agency, at: datetime, **values: object) -> Agency:
    """Change what is not name or place: short_name, kind, level, credit_code, valid_from, valid_to, region.

    Nothing changed records nothing. Raises Refused, Denied, and TypeError for another field.
    """
    authorise(by, AgencyPermission.MANAGE, agency)
    if unknown := set(values) - set(EDITABLE):
        raise TypeError(f"not editable here: {sorted(unknown)}")
    locks.serialise("agency-tree")
    agency = Agency.objects.select_for_update(of=("self",), no_key=True).get(pk=agency.pk)
    if "region" in values:
        values["region"] = region_code(str(values["region"]))
    before = {field: getattr(agency, field) for field in values}
    for field, value in values.items():
        setattr(agency, field, value)
    rules.credit_code(agency.credit_code)
    rules.dates(agency.valid_from, agency.valid_to)
    changed = {
        field: [_said(before[field]), _said(value)] for field, value in values.items() if before[field] != value
    }
    if changed:
        agency.save(update_fields=list(changed))
        stamp.bump()
        record(AgencyChanged(changed), by=by, at=at, subject_id=agency.pk, agency_id=agency.pk)
    return agency


@transaction.atomic
def rename(*, by: Actor, agency: Agency, name: str, on: date, at: datetime) -> Agency:
    """Give a new name from `on`; the old one is kept and still found. Raises Refused: name-needed, name-taken."""
    authorise(by, AgencyPermission.MANAGE, agency)
    locks.serialise("agency-tree")
    agency = Agency.objects.select_for_update(of=("self",), no_key=True).get(pk=agency.pk)
    name, before = name.strip(), agency.name
    if name == before:
        return agency
    _name_is_free(name)
    FormerName.objects.create(agency=agency, name=before, until=on)
    agency.name = name
    agency.save(update_fields=["name"])
    stamp.bump()
    record(AgencyRenamed(before, name, on), by=by, at=at, subject_id=agency.pk, agency_id=agency.pk)
    return agency


@transaction.atomic
def move(
    *, by: Actor, agency: Agency, parent: Agency | None, at: datetime, on: date | None = None, document: str = "",
) -> Agency:
    """Put an agency with everything below it under another parent from the day `on` (the day of `at` with None), by the
    order of `document`; all paths change at once or none. Years that ended before that day keep the tree as it was
    (`past`); who supervises whom changes now. What other rooms keep by path follows (`following.MOVED`).

    A move that takes effect on the day of the last one takes its place: so a slip is mended. Raises Refused:
    there-already, cycle, too-deep, words-too-long, and what `rules.move_day` refuses; Denied without the permission at
    both ends.
    """
    authorise(by, AgencyPermission.MANAGE, agency)
    authorise(by, AgencyPermission.MANAGE, parent)
    locks.serialise("agency-tree")
    # Paths are keys: rows that get another one are closed even to those who only refer to them, which others do when
    # they commit. Whoever holds what this act waits for must not wait for it: the stamp and the ledger come first.
    stamp.bump()
    locks.serialise("ledger")
    agency = Agency.objects.select_for_update(of=("self",), no_key=True).get(pk=agency.pk)
    parent = Agency.objects.get(pk=parent.pk) if parent else None
    parent_path = parent.path if parent else ""
    document, since = rules.document(document), on or timezone.localdate(at)
    if agency.parent_id == (parent.pk if parent else None):
        return _there_already(agency, on)
    rules.move(agency.path, parent_path)
    old, new = agency.path, rules.path_under(parent_path, agency.pk)
    subtree = Agency.objects.subtree(agency)
    deepest = max(len(path) for path in subtree.values_list("path", flat=True))
    if deepest - len(old) + len(new) > rules.WIDTH * rules.DEEPEST:
        raise Refused("too-deep", "移动后机关层级超过 %(most)s 级", most=rules.DEEPEST)
    _placed(agency, parent, since, document, timezone.localdate(at))
    before_parent_id = agency.parent_id
    moved = subtree.update(path=Concat(Value(new), Substr("path", len(old) + 1)))
    Agency.objects.filter(pk=agency.pk).update(parent=parent)
    agency.refresh_from_db()
    for follow in MOVED:
        follow(agency)
    record(
        AgencyMoved(before_parent_id, agency.parent_id, moved, since, document), by=by, at=at, subject_id=agency.pk,
        agency_id=agency.pk,
    )
    return agency


@transaction.atomic
def abolish(*, by: Actor, agency: Agency, on: date, at: datetime, successors: Iterable[Agency] = ()) -> Agency:
    """End an agency with the day before `on`; `successors` take over its duties (merger, split).

    Raises Refused: abolished-already, dates, has-members when agencies below it still stand; Denied.
    """
    authorise(by, AgencyPermission.MANAGE, agency)
    locks.serialise("agency-tree")
    agency = Agency.objects.select_for_update(of=("self",), no_key=True).get(pk=agency.pk)
    if agency.valid_to is not None:
        raise Refused("abolished-already", "%(agency)s已于%(on)s撤销", agency=agency.name, on=agency.valid_to)
    rules.dates(agency.valid_from, on)
    if Agency.objects.below(agency).in_force(on).exists():
        raise Refused("has-members", "%(agency)s之下还有机关，请先移动或撤销它们", agency=agency.name)
    heirs = list(successors)
    agency.valid_to = on
    agency.save(update_fields=["valid_to"])
    for heir in heirs:
        Succession.objects.create(predecessor=agency, successor=heir, on=on)
    stamp.bump()
    record(
        AgencyAbolished(on, [heir.pk for heir in heirs]), by=by, at=at, subject_id=agency.pk, agency_id=agency.pk,
    )
    return agency


@transaction.atomic
def describe_office(*, by: Actor, agency: Agency, on: date, at: datetime, **values: object) -> DisclosureOffice:
    """Say how the public reaches the disclosure office (Art. 12). Nothing changed records nothing.

    Raises Refused for a channel that the law does not know, Denied, and TypeError for another field.
    """
    authorise(by, AgencyPermission.DESCRIBE, agency)
    if unknown := set(values) - set(DESCRIBED):
        raise TypeError(f"not part of the guide: {sorted(unknown)}")
    rules.channels(values.get("channels", []))
    locks.serialise(f"office-{agency.pk}")
    office, _new = DisclosureOffice.objects.get_or_create(agency=agency)
    before = {field: getattr(office, field) for field in values}
    changed = {field: [_said(before[field]), _said(value)] for field, value in values.items() if before[field] != value}
    if changed:
        for field in changed:
            setattr(office, field, values[field])
        office.described_on = on
        office.save(update_fields=[*changed, "described_on"])
        stamp.bump()
        record(OfficeDescribed(changed), by=by, at=at, subject_id=agency.pk, agency_id=agency.pk)
    return office


@transaction.atomic
def set_section(*, by: Actor, agency: Agency, name: str, at: datetime, active: bool = True) -> Section:
    """Enter a section (科室), or close and reopen it: what was assigned to it stays. Raises Refused, Denied."""
    authorise(by, AgencyPermission.DESCRIBE, agency)
    name = name.strip()
    if not name:
        raise Refused("name-needed", "请写明科室名称")
    locks.serialise(f"office-{agency.pk}")
    section, new = Section.objects.get_or_create(agency=agency, name=name, defaults={"active": active})
    if new or section.active != active:
        section.active = active
        section.save(update_fields=["active"])
        record(SectionSet(section.pk, name, active), by=by, at=at, subject_id=agency.pk, agency_id=agency.pk)
    return section


def _there_already(agency: Agency, on: date | None) -> Agency:
    """Nothing to do; another day than the one on record is not taken silently. Raises Refused: there-already."""
    last = agency.placements.last()
    if on is not None and last is not None and last.since is not None and last.since != on:
        raise Refused(
            "there-already",
            "%(agency)s自%(since)s起就在这个上级之下；日期登记错了的，先以同一天移回原来的上级，再重新移动",
            agency=agency.name, since=last.since,
        )
    return agency


def _placed(agency: Agency, parent: Agency | None, since: date, document: str, today: date) -> None:
    """Write the history down. Raises Refused for a day that contradicts it, or on which there would be a ring."""
    if not agency.placements.exists():
        Placement.objects.create(agency=agency, parent_id=agency.parent_id)
    *earlier, last = agency.placements.all()
    rules.move_day(
        since, today=today, last=last.since, founded=agency.valid_from, above=parent.name if parent else "",
        above_from=parent.valid_from if parent else None, above_to=parent.valid_to if parent else None,
    )
    if parent is not None:
        for day in past.days_of_moves(since):
            then = past.tree(day)
            rules.move(then.path(agency.path), then.path(parent.path))
    if last.since == since:
        last.delete()
        last = earlier[-1]
    if last.parent_id != (parent.pk if parent else None):
        Placement.objects.create(agency=agency, parent=parent, since=since, document=document)


def _name_is_free(name: str) -> None:
    if not name:
        raise Refused("name-needed", "机关名称不能为空")
    if len(name) > 120:
        raise Refused("name-too-long", "机关名称不能超过 120 个字")
    if Agency.objects.filter(name=name, valid_to__isnull=True).exists():
        raise Refused("name-taken", "已有现行机关“%(name)s”", name=name)


def _said(value: object) -> str:
    return "" if value is None else str(value)
