"""What is recorded about publications: numbers, kinds, digests. Never a title or a word of a draft."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

for _part in iter_modules(__path__):
    import_module(f"{__name__}.{_part.name}")
