"""The statutory items for an agency of its kind and level (Arts. 12, 20, 21)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import authorise
from gongkai.agencies.models import Agency
from gongkai.catalogue import rules
from gongkai.catalogue.actions.editions import STEP, Stamp, last_order, put_new
from gongkai.catalogue.events import SkeletonAdopted
from gongkai.catalogue.models import Item
from gongkai.catalogue.permissions import CataloguePermission
from gongkai.core.catalogue.skeleton import Template, skeleton
from gongkai.infra import locks
from gongkai.ledger.actions import record


@transaction.atomic
def adopt_skeleton(*, by: Actor, agency: Agency, on: date, at: datetime) -> list[Item]:
    """Add the statutory items that the agency does not have yet; the items added. Done again, it adds nothing, changes
    nothing and records nothing. Raises Denied."""
    authorise(by, CataloguePermission.MAINTAIN, agency)
    locks.serialise(f"catalogue-{agency.pk}")
    held = set(Item.objects.filter(agency=agency).values_list("code", flat=True))
    order = last_order(agency)
    wanted = [template for template in skeleton(agency.kind, agency.level) if template.code not in held]
    if not wanted:
        return []
    items = [_item(template, agency, order + STEP * at_) for at_, template in enumerate(wanted, 1)]
    made = put_new(items, Stamp(by, at, on, "采用法定目录"))
    record(SkeletonAdopted(len(made)), by=by, at=at, subject_id=agency.pk, agency_id=agency.pk)
    return made


def _item(template: Template, agency: Agency, order: int) -> Item:
    return Item(
        agency=agency, code=template.code, name=template.name, contents=template.contents,
        basis=f"《中华人民共和国政府信息公开条例》第{_ARTICLES[template.article]}条", source=template.source,
        mode=template.mode, timing=template.timing, limit_text=template.limit, period=template.period,
        fresh_days=template.fresh_days, aspects=list(template.aspects), required=template.required, order=order,
        channels=["website"], **rules.derived(template.limit),
    )


_ARTICLES = {"12": "十二", "20": "二十", "21": "二十一", "22": "二十二", "45": "四十五"}
