"""Typed readers of environment variables: a bad value stops the start with one clear sentence.

Every reader accepts NAME or NAME_FILE, so that secrets can come from a mounted file and never stand in a process list.
"""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

_TRUE = frozenset({"1", "true", "yes", "on"})
_FALSE = frozenset({"0", "false", "no", "off"})


def text(name: str, default: str | None = None) -> str | None:
    """The value of NAME, or the stripped content of the file named by NAME_FILE, or `default`.

    Both set at once is refused: nobody could say which one holds.
    """
    value, file = os.environ.get(name), os.environ.get(f"{name}_FILE")
    if value and file:
        raise ImproperlyConfigured(f"{name} and {name}_FILE are both set; keep one of them.")
    if file:
        try:
            return Path(file).read_text("utf-8").strip()
        except OSError as error:
            raise ImproperlyConfigured(f"{name}_FILE={file} cannot be read: {error.strerror}.") from error
    return value or default


def boolean(name: str, default: bool) -> bool:
    """true/false, yes/no, on/off, 1/0."""
    value = text(name)
    if value is None:
        return default
    if value.lower() in _TRUE:
        return True
    if value.lower() in _FALSE:
        return False
    raise ImproperlyConfigured(f"{name}={value!r} is neither true nor false.")


def integer(name: str, default: int, *, least: int = 0) -> int:
    """A whole number not below `least`."""
    value = text(name)
    if value is None:
        return default
    try:
        number = int(value)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name}={value!r} is not a whole number.") from error
    if number < least:
        raise ImproperlyConfigured(f"{name}={number} is less than {least}.")
    return number


def names(name: str, default: tuple[str, ...] = ()) -> list[str]:
    """A list separated by commas."""
    value = text(name)
    return list(default) if value is None else [part.strip() for part in value.split(",") if part.strip()]


def data_folder(default: Path) -> Path:
    """GONGKAI_DATA, made when absent and readable by its owner alone."""
    folder = Path(text("GONGKAI_DATA") or default).expanduser().resolve()
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise ImproperlyConfigured(f"GONGKAI_DATA={folder} cannot be made: {error.strerror}.") from error
    return folder


def database(folder: Path) -> dict[str, object]:
    """The database of GONGKAI_DATABASE_URL (postgresql://user:password@host:port/name), else SQLite in `folder`."""
    url = text("GONGKAI_DATABASE_URL")
    if url is None:
        return sqlite(folder / "gongkai.sqlite3")
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return sqlite(Path(unquote(parts.path)))
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured(f"GONGKAI_DATABASE_URL begins with {parts.scheme!r}; use postgresql:// or sqlite:///.")
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or "") or text("GONGKAI_DATABASE_PASSWORD", ""),
        "HOST": query.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": query,
    }


def sqlite(path: Path, *, synchronous: str = "FULL") -> dict[str, object]:
    """SQLite that can be trusted under concurrency.

    IMMEDIATE takes the write lock when a transaction opens (deferred ones failed half-way under load), FULL keeps a
    committed row through a power cut, secure_delete leaves no deleted text in the file.
    """
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": f"PRAGMA journal_mode=WAL; PRAGMA synchronous={synchronous}; PRAGMA secure_delete=ON",
        },
    }


def secret_key(folder: Path, *, generate: bool) -> str:
    """GONGKAI_SECRET_KEY; on a laptop made once and kept in the data folder, in production it must be given."""
    given = text("GONGKAI_SECRET_KEY")
    if given is not None:
        if len(given) < 32:
            raise ImproperlyConfigured("GONGKAI_SECRET_KEY is shorter than 32 characters.")
        return given
    if not generate:
        raise ImproperlyConfigured("GONGKAI_SECRET_KEY (or GONGKAI_SECRET_KEY_FILE) must be set in production.")
    return _kept_secret(folder / "secret-key")


def _kept_secret(path: Path) -> str:
    import secrets

    try:
        # O_EXCL: of two processes starting at once, one makes the key and the other reads it.
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text("ascii").strip()
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(50))
    return path.read_text("ascii").strip()
