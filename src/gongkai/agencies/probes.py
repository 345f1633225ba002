"""The tree's part of `gongkai doctor`."""

from __future__ import annotations

from gongkai.agencies.queries import drifted_paths, misplaced
from gongkai.infra.health import THOROUGH, Probe


def agencies() -> Probe:
    """Every path is its parent's path and its own key, and the history of moves ends in the present tree."""
    wrong = drifted_paths()
    if wrong:
        return Probe("agencies", False, f"{len(wrong)} 个机关的路径与上级不符，首个：{wrong[0].name}")
    astray = misplaced()
    if astray:
        return Probe("agencies", False, f"{len(astray)} 个机关的隶属沿革与现在的上级不符，首个：{astray[0].name}")
    return Probe("agencies", True, "机关目录的路径与上级一致，隶属沿革与现在的上级一致")


THOROUGH.append(agencies)
