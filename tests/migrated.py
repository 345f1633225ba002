"""A migrated SQLite database, made once and copied: a hundred migrations take a dozen seconds of every process else.

It is kept in `.pytest_cache/` under a name made of everything that decides what it holds (`key`), so that another
migration, guard or library begins another file. Who copies it still runs what it does not hold: `migrate` looks.
"""

from __future__ import annotations

import ast
import fcntl
import hashlib
import os
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SOURCE, PACKAGE = ROOT / "src", "gongkai"
FOLDER = ROOT / ".pytest_cache" / "migrated"


def copy_to(target: Path) -> None:
    """A database as migrations leave it. The first that asks makes it, whoever asks meanwhile waits."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    kept = FOLDER / f"{key()}.db"
    with (FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            making = kept.with_suffix(f".{os.getpid()}")
            try:
                _migrate(making)
                for old in FOLDER.glob("*.db"):
                    old.unlink()
                os.replace(making, kept)
            finally:
                making.unlink(missing_ok=True)
        shutil.copyfile(kept, target)


def _migrate(path: Path) -> None:
    """Run every migration on a new file, in this process and beside its own connection."""
    from django.core.management import call_command
    from django.db import connections

    connection = connections["default"]
    connection.close()
    before, connection.settings_dict["NAME"] = connection.settings_dict["NAME"], str(path)
    try:
        call_command("migrate", verbosity=0, interactive=False, run_syncdb=True)
        with connection.cursor() as cursor:  # whole in one file: nothing may be left in the log beside it
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before


def key() -> str:
    """A digest of the migrations of every app, of what they import of ours, and of the libraries."""
    import django
    from django.apps import apps

    told = hashlib.sha256(f"{sys.version} {sqlite3.sqlite_version} {django.__version__}".encode())
    files: set[Path] = {Path(__file__)}
    for app in apps.get_app_configs():
        files.update(Path(app.path).glob("migrations/*.py"))
    for file in sorted(_with_imports(files)):
        told.update(f"{file}\n".encode() + file.read_bytes())
    return told.hexdigest()[:32]


def _with_imports(files: set[Path]) -> set[Path]:
    """The files, what they import of ours, what that imports and so on, and the tables of data beside all that."""
    found: set[Path] = set()
    asked = set(files)
    while asked:
        found |= asked
        asked = {ours for file in asked for ours in _imported(file)} - found
    beside = {file.parent for file in found if file.is_relative_to(SOURCE)}
    return found | {table for folder in beside for table in folder.rglob("*.toml")}


def _imported(file: Path) -> Iterator[Path]:
    for node in ast.walk(ast.parse(file.read_bytes())):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        for name in names:
            parts = name.split(".")
            if parts[0] == PACKAGE:
                for end in range(1, len(parts) + 1):  # a package is imported before what is in it
                    at = SOURCE.joinpath(*parts[:end])
                    yield from (one for one in (at / "__init__.py", at.with_suffix(".py")) if one.exists())
