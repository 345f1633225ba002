"""The window: how wide, and whether it shows colours."""

from __future__ import annotations

import os
import shutil
import sys

_WIDEST = 140  # longer lines are hard to read


def room() -> int | None:
    """The width to draw for; None when the output goes to a file or a pipe and lines are better left whole."""
    return min(shutil.get_terminal_size().columns, _WIDEST) if sys.stdout.isatty() else None


def colour() -> bool:
    """Colours for a terminal that has them, unless NO_COLOR asks for none (https://no-color.org)."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return sys.stdout.isatty()
