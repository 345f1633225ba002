"""Laying out static files for production: under names that carry their hash, and again only when they have changed."""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

import gongkai


def lay_out() -> bool:
    """Collect and compress what the pages need; returns whether there was anything to do.

    On a laptop the files are found where they lie and nothing is collected.
    """
    root = Path(settings.STATIC_ROOT)
    root.mkdir(parents=True, exist_ok=True)
    if settings.WHITENOISE_USE_FINDERS:
        return False
    # Beside the folder, for what lies in it is served.
    note, now = root.with_name(f"{root.name}.laid-out"), _fingerprint()
    if (root / "staticfiles.json").exists() and note.exists() and note.read_text("ascii") == now:
        return False
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    note.write_text(now, "ascii")
    return True


def _fingerprint() -> str:
    """Changes with the program's version and with the place, size or time of any file."""
    digest = hashlib.sha256(gongkai.__version__.encode())
    found = sorted(
        (name, storage.path(name)) for finder in get_finders() for name, storage in finder.list([])
    )
    for name, path in found:
        at = Path(path).stat()
        digest.update(f"{name}\0{path}\0{at.st_size}\0{at.st_mtime_ns}\n".encode())
    return digest.hexdigest()
