"""Text of which a reader sees one half: a value may begin in what is seen and end in what is not."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

HALF = "，与看得见的文字相连"  # behind the way in which the one half is hidden
# Stand inside a value, or between a label and its value.
_JOINTS = " \t\r\n\u3000\u00a0-－—–·.．*,，、:：（()）[]〔〕【】/★☆@_"


def touching(segments: Iterable[tuple[str, str]]) -> bool:
    """True when letters or digits of two (text, why hidden) that are hidden in different ways, or one of which is
    seen, stand side by side."""
    held = [(text, why) for text, why in segments if text.strip(_JOINTS)]
    return any(
        why != other and text.rstrip(_JOINTS)[-1:].isalnum() and after.lstrip(_JOINTS)[:1].isalnum()
        for (text, why), (after, other) in pairwise(held)
    )
