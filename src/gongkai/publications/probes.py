"""This room's part of `gongkai doctor`: the gates stand in the database, and cached dates are those of the clock."""

from __future__ import annotations

from django.db import connection

from gongkai.infra.health import PROBES, THOROUGH, Probe
from gongkai.publications import guard
from gongkai.publications.drift import drifted
from gongkai.publications.models import Publication
from gongkai.publications.states import IN_WORK


def gates() -> Probe:
    """Every trigger that keeps the gates stands."""
    missing = {rule.name for rule in guard.RULES} - guard.standing(connection)
    if missing:
        return Probe("publication gates", False, f"数据库缺少 {len(missing)} 条先审后发的约束，请运行 gongkai migrate")
    return Probe("publication gates", True, f"先审后发的 {len(guard.RULES)} 条数据库约束都在")


def due_dates() -> Probe:
    """The due dates in lists are those of the clock."""
    wrong = drifted()
    if wrong:
        return Probe(
            "publication dates", False,
            f"{len(wrong)} 条信息的公开期限与记录不符，首条为第 {wrong[0].pk} 号，请重新计算",
        )
    count = Publication.objects.filter(latest__state__in=IN_WORK).count()
    return Probe("publication dates", True, f"{count} 条在办信息的公开期限与记录一致")


PROBES.append(gates)
THOROUGH.append(due_dates)
