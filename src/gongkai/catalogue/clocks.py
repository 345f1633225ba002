"""An item's clocks for the rooms above: which limits its information has, and when it counts as stale."""

from __future__ import annotations

from gongkai.catalogue.models import Item
from gongkai.core.catalogue.freshness import FreshnessRule
from gongkai.core.catalogue.limits import Limit, LimitKind, parse_limits, shortest_days


def limits_of(item: Item) -> tuple[Limit, ...]:
    """The limits for `core.deadlines.publish_due`: those of the words, and what a person put in where the words give
    none."""
    limits = parse_limits(item.limit_text)
    if item.limit_days is not None and shortest_days(limits) is None:
        limits += (Limit(LimitKind.WORKING_DAYS, item.limit_days, text=item.limit_text),)
    if item.at_once and not limits:
        limits += (Limit(LimitKind.AT_ONCE, text="实时公开"),)
    return limits


def freshness_rule(item: Item) -> FreshnessRule:
    """The rule for `core.catalogue.freshness.freshness`."""
    return FreshnessRule(item.mode, item.period, item.fresh_days)
