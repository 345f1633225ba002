"""How an index stands to its sources, for doctor."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class State:
    """Entries kept and wanted, changes not followed yet, and whether it is being built."""

    kept: int
    wanted: int
    behind: int
    building: bool
