"""Drawing instructions without anything that draws nothing: comments, marked content with its texts, unknown words."""

from __future__ import annotations

from typing import Any

import pikepdf

_KNOWN = frozenset(
    ["b", "B", "b*", "B*", "BI", "BT", "c", "cm", "CS", "cs", "d", "d0", "d1", "Do", "EI", "ET", "f", "F", "f*",
    "G", "g", "gs", "h", "i", "ID", "INLINE", "IMAGE", "j", "J", "K", "k", "l", "M", "m", "n", "q", "Q", "re",
    "RG", "rg", "ri", "s", "S", "sc", "SC", "scn", "SCN", "sh", "T*", "Tc", "Td", "TD", "Tf", "Tj", "TJ", "TL",
    "Tm", "Tr", "Ts", "Tw", "Tz", "v", "w", "W", "W*", "y", "'", '"']
) | {"INLINE IMAGE"}


def filtered(source: Any) -> tuple[bytes, bool]:
    """The instructions that draw, and True when some of them belong to a layer that can be switched."""
    kept = []
    layered = False
    for instruction in pikepdf.parse_content_stream(source):
        operator = str(instruction.operator)
        if operator in ("BDC", "DP"):
            operands = list(instruction.operands)
            layered = layered or bool(operands and operands[0] == pikepdf.Name.OC)
        if operator in _KNOWN:
            kept.append(instruction)
    return pikepdf.unparse_content_stream(kept), layered
