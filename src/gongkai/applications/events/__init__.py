"""What is recorded about applications. Never a name, a number, an address or a word of the applicant."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

for _part in iter_modules(__path__):
    import_module(f"{__name__}.{_part.name}")
