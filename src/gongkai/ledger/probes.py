"""The ledger's part of `gongkai doctor`."""

from __future__ import annotations

from gongkai.infra.health import THOROUGH, Probe
from gongkai.ledger import queries


def ledger() -> Probe:
    """The chain holds, against the anchors noted before."""
    found = queries.faults(queries.anchors())
    if found:
        return Probe("ledger", False, f"台账有 {len(found)} 处问题，首处：{found[0].sentence}")
    return Probe("ledger", True, f"台账 {queries.head()[0]} 条，完好")


THOROUGH.append(ledger)
