"""Regular expressions that are compiled when they are first used.

To compile one takes longer than to use it on a report, a report meets only a part of them, and the command line
begins anew for every call.
"""

from __future__ import annotations

import re
from typing import Any, cast


def lazy(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Like re.compile, at once; the work is done by the first call of a method. A faulty pattern fails only then."""
    return cast("re.Pattern[str]", _Lazy(pattern, flags))


class _Lazy:
    def __init__(self, pattern: str, flags: int) -> None:
        self._source = pattern, flags

    def __getattr__(self, name: str) -> Any:
        # Asked once for each method: from then on it stands in the instance itself.
        found = getattr(re.compile(*self._source), name)
        setattr(self, name, found)
        return found
