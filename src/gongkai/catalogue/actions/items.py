"""One item: added, changed, given to a section, retired, restored."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from gongkai.accounts.actor import Actor
from gongkai.accounts.models import Post, User
from gongkai.accounts.permissions import authorise, may
from gongkai.agencies.models import Agency, Section
from gongkai.catalogue import rules
from gongkai.catalogue.actions.editions import STEP, Stamp, last_order, put_changed, put_new, set_values
from gongkai.catalogue.events import ItemAdded, ItemAssigned, ItemChanged, ItemRestored, ItemRetired
from gongkai.catalogue.models import Item, Source
from gongkai.catalogue.permissions import CataloguePermission
from gongkai.core.errors import Refused
from gongkai.infra import locks
from gongkai.ledger.actions import record

EDITABLE = (
    "name", "contents", "basis", "domain", "subject", "mode", "timing", "limit_text", "limit_days", "period",
    "fresh_days", "audience", "group", "method", "tier", "channels", "aspects", "topic", "required",
)
_OWN_PREFIX = "own"


@transaction.atomic
def add_item(
    *, by: Actor, agency: Agency, name: str, on: date, at: datetime, code: str = "", parent: Item | None = None,
    **values: Any,
) -> Item:
    """Add an item of the agency's own, without a code under the next free one. `values` are fields of EDITABLE.

    Raises Refused: code-taken, parent-elsewhere, and what `rules.sound` raises; Denied; TypeError for another field.
    """
    authorise(by, CataloguePermission.MAINTAIN, agency)
    if unknown := set(values) - set(EDITABLE):
        raise TypeError(f"not a field to fill in: {sorted(unknown)}")
    locks.serialise(f"catalogue-{agency.pk}")
    codes = Item.objects.filter(agency=agency).values_list("code", flat=True)
    code = code.strip() or rules.next_code(parent.code if parent else _OWN_PREFIX, codes)
    if code in set(codes):
        raise Refused("code-taken", "目录里已有编码“%(taken)s”，请换一个；停用的事项可以恢复", taken=code)
    item = Item(agency=agency, code=code, name=name.strip(), source=Source.OWN, parent=parent)
    set_values(item, values | rules.derived(values.get("limit_text", ""), values.get("limit_days")))
    rules.sound(_said(item))
    if parent is not None:
        if parent.agency_id != agency.pk or parent.parent_id is not None or not parent.active:
            raise Refused("parent-elsewhere", "上级事项须是本机关目录里在用的一级事项")
        siblings = Item.objects.filter(parent=parent).order_by("-order").values_list("order", flat=True)
        item.order = siblings.first() or parent.order
    else:
        item.order = last_order(agency) + STEP
    put_new([item], Stamp(by, at, on))
    record(ItemAdded(item.code, item.name), by=by, at=at, subject_id=item.pk, agency_id=agency.pk)
    return item


@transaction.atomic
def change_item(
    *, by: Actor, item: Item, on: date, at: datetime, reason: str, seen: int | None = None, **values: Any,
) -> Item:
    """Change an item: a new edition from `on`, with its reason. Nothing changed makes none and records nothing. `seen`
    is the edition that the person had before their eyes.

    Raises Refused: changed-meanwhile, assigned-from-above, required, retired, reason-needed, edition-earlier, and what
    `rules.sound` raises; Denied; TypeError for another field.
    """
    authorise(by, CataloguePermission.MAINTAIN, item)
    if unknown := set(values) - set(EDITABLE):
        raise TypeError(f"not a field to change: {sorted(unknown)}")
    item = _locked(item)
    _in_use(item)
    _own_to_change(by, item)
    if seen is not None and seen != item.edition:
        raise Refused(
            "changed-meanwhile", "您打开之后别人已改为第 %(number)s 版，没有保存；请对照新的一版再改",
            number=item.edition,
        )
    if item.required and not values.get("required", True) and item.source != Source.OWN:
        _may_drop(by, item)
    words = values.get("limit_text", item.limit_text)
    kept = item.limit_days if words == item.limit_text else None  # a number belongs to its words
    changed = set_values(item, values | rules.derived(words, values.get("limit_days", kept)))
    if not changed:
        return item
    reason = rules.reason_given(reason)
    rules.sound(_said(item))
    put_changed([item], changed, Stamp(by, at, on, reason))
    record(
        ItemChanged(item.code, item.name, item.edition, sorted(changed), on, reason), by=by, at=at, subject_id=item.pk,
        agency_id=item.agency_id,
    )
    return item


@transaction.atomic
def assign(
    *, by: Actor, item: Item, section: Section | None, owner: User | None, on: date, at: datetime,
) -> Item:
    """Say which section answers for an item and who looks after it (R3-8: a named person for each).

    Raises Refused: retired, section-elsewhere, owner-elsewhere, edition-earlier; Denied.
    """
    authorise(by, CataloguePermission.MAINTAIN, item)
    item = _locked(item)
    _in_use(item)
    if section is not None and (section.agency_id != item.agency_id or not section.active):
        raise Refused("section-elsewhere", "责任科室须是本机关在用的科室")
    if owner is not None and not (
        owner.is_active and Post.objects.held_on(on).filter(user=owner, agency_id=item.agency_id).exists()
    ):
        raise Refused("owner-elsewhere", "责任人须在本机关有岗位，请先安排岗位")
    changed = set_values(item, {"section": section, "owner": owner})
    if changed:
        put_changed([item], changed, Stamp(by, at, on, "责任科室和责任人"))
        record(
            ItemAssigned(item.code, item.name, section.name if section else "", owner.pk if owner else None), by=by,
            at=at, subject_id=item.pk, agency_id=item.agency_id,
        )
    return item


@transaction.atomic
def retire_item(*, by: Actor, item: Item, reason: str, on: date, at: datetime) -> Item:
    """Take an item out of use. What was published under it stays.

    Raises Refused: retired, required, assigned-from-above, has-children, reason-needed, edition-earlier; Denied.
    """
    authorise(by, CataloguePermission.MAINTAIN, item)
    item = _locked(item)
    _in_use(item)
    _own_to_change(by, item)
    if item.required:
        _may_drop(by, item)
    if Item.objects.filter(parent=item, active=True).exists():
        raise Refused("has-children", "“%(name)s”之下还有在用的事项，请先停用它们", name=item.name)
    reason = rules.reason_given(reason)
    item.active = False
    put_changed([item], ["active"], Stamp(by, at, on, reason))
    record(
        ItemRetired(item.code, item.name, reason), by=by, at=at, subject_id=item.pk, agency_id=item.agency_id,
    )
    return item


@transaction.atomic
def restore_item(*, by: Actor, item: Item, reason: str, on: date, at: datetime) -> Item:
    """Put a retired item into use again. Raises Refused: in-use, parent-retired, reason-needed, edition-earlier;
    Denied."""
    authorise(by, CataloguePermission.MAINTAIN, item)
    item = _locked(item)
    if item.active:
        raise Refused("in-use", "“%(name)s”在用，不用恢复", name=item.name)
    if item.parent is not None and not item.parent.active:
        raise Refused("parent-retired", "上级事项“%(name)s”已停用，请先恢复它", name=item.parent.name)
    reason = rules.reason_given(reason)
    item.active = True
    put_changed([item], ["active"], Stamp(by, at, on, reason))
    record(
        ItemRestored(item.code, item.name, reason), by=by, at=at, subject_id=item.pk, agency_id=item.agency_id,
    )
    return item


def _locked(item: Item) -> Item:
    return Item.objects.select_for_update(of=("self",), no_key=True).select_related("agency", "parent").get(pk=item.pk)


def _in_use(item: Item) -> None:
    if not item.active:
        raise Refused("retired", "“%(name)s”已停用，没有改动；请先恢复", name=item.name)


def _own_to_change(by: Actor, item: Item) -> None:
    if item.assigned_from_id is not None and not may(by, CataloguePermission.ASSIGN, item):
        raise Refused(
            "assigned-from-above", "“%(name)s”是上级下达的事项，内容由上级修改；科室和责任人可以自行安排（第二十二条）",
            name=item.name,
        )


def _may_drop(by: Actor, item: Item) -> None:
    if not may(by, CataloguePermission.ASSIGN, item):
        raise Refused("required", "“%(name)s”是必须公开的事项，不能停用；确实不适用的，请主管部门停用", name=item.name)


def _said(item: Item) -> dict[str, Any]:
    return {field: getattr(item, field) for field in (*EDITABLE, "code", "source")}
