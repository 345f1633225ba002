"""Typed readers of environment variables: a bad value stops the start with one clear sentence.

Every reader accepts NAME or NAME_FILE, so that secrets can come from a mounted file and never stand in a process list.
"""

from __future__ import annotations

import base64
import fcntl
import json
import os
import secrets
import tempfile
from collections.abc import Callable
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any
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


def whole_numbers(name: str, parts: list[str]) -> list[int]:
    """The parts of a list (`names`) as whole numbers from 0; what is none stops the start."""
    if not all(part.isdecimal() for part in parts):
        raise ImproperlyConfigured(f"{name}={','.join(parts)!r} is not a list of whole numbers.")
    return [int(part) for part in parts]


def readings(name: str, of: Callable[..., Any]) -> dict[str, Any]:
    """What an office decides otherwise than `of`, a dataclass of the law with a default for everything.

    NAME is a JSON object of its fields: true and false, whole numbers, text, dates as "2024-01-01", lists of text. What
    is not named keeps its default; a field that does not exist or a value of another kind stops the start.
    """
    value = text(name)
    if value is None:
        return {}
    try:
        given = json.loads(value)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} is not a JSON object.") from error
    if not isinstance(given, dict):
        raise ImproperlyConfigured(f"{name} is not a JSON object.")
    usual = of()
    known = {field.name: getattr(usual, field.name) for field in fields(usual)}
    made = {}
    for key, said in given.items():
        if key not in known:
            raise ImproperlyConfigured(f"{name} has no field {key!r}; it knows {', '.join(known)}.")
        made[key] = _of_kind(f"{name}: {key}", said, known[key])
    try:
        of(**made)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name}: {error}") from error
    return made


def _of_kind(name: str, said: Any, usual: Any) -> Any:
    """The value in the kind of its default."""
    if isinstance(usual, frozenset) and isinstance(said, list) and all(isinstance(one, str) for one in said):
        return frozenset(said)
    if isinstance(usual, date) and isinstance(said, str):
        try:
            return date.fromisoformat(said)
        except ValueError as error:
            raise ImproperlyConfigured(f"{name} is not a date such as 2024-01-01.") from error
    if type(said) is not type(usual):  # true is no number here, nor 1 a yes
        raise ImproperlyConfigured(f"{name} must be of the kind of its default, {usual!r}.")
    if isinstance(said, int) and not isinstance(said, bool) and said < 1:
        raise ImproperlyConfigured(f"{name}={said} is less than 1.")
    return said


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


_MAPPED_BYTES = 1 << 30  # of addresses, not of memory


def sqlite(path: Path, *, synchronous: str = "FULL") -> dict[str, object]:
    """SQLite that can be trusted under concurrency.

    IMMEDIATE takes the write lock when a transaction opens (deferred ones failed half-way under load), FULL keeps a
    committed row through a power cut, secure_delete leaves no deleted text in the file. Reading through a map of the
    file saves a call of the system for every page of it that is not in SQLite's small cache: a sixth of a public list.
    """
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        # Opening the file and its pragmas cost more than a whole public page: a thread keeps its connection.
        "CONN_MAX_AGE": 60,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                f"PRAGMA journal_mode=WAL; PRAGMA synchronous={synchronous}; PRAGMA secure_delete=ON; "
                f"PRAGMA mmap_size={_MAPPED_BYTES}"
            ),
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
    return kept_once(folder / "secret-key", lambda: secrets.token_urlsafe(50))


def vault_keys(folder: Path, *, generate: bool) -> tuple[bytes, ...]:
    """GONGKAI_VAULT_KEY: keys of 16 bytes in base64, separated by commas; the first encrypts, all decrypt.

    On a laptop one is made on first use and kept in the data folder; in production it must be given, because a key
    that lies in the backup of the database protects nothing.
    """
    given = text("GONGKAI_VAULT_KEY")
    if given is None:
        if not generate:
            raise ImproperlyConfigured(
                "GONGKAI_VAULT_KEY (or GONGKAI_VAULT_KEY_FILE) must be set in production: it opens the applicants' "
                "identities, and whoever loses it loses them."
            )
        given = kept_once(folder / "keys" / "vault.key", lambda: base64.b64encode(secrets.token_bytes(16)).decode())
    parts = [part.strip() for part in given.split(",") if part.strip()]
    keys = tuple(_sixteen_bytes(part) for part in parts)
    if not keys or len(set(keys)) != len(keys):
        raise ImproperlyConfigured("GONGKAI_VAULT_KEY holds no key, or the same key twice.")
    return keys


def _sixteen_bytes(part: str) -> bytes:
    try:
        key = base64.b64decode(part, validate=True)
    except ValueError:
        key = b""
    if len(key) != 16:
        # What was given is a secret and is not repeated here.
        raise ImproperlyConfigured("GONGKAI_VAULT_KEY: each key must be 16 bytes in base64 (24 characters).")
    return key


def kept_once(path: Path, make: Callable[[], str]) -> str:
    """The secret in `path`, made when there is none.

    Written whole under another name, flushed to disk and then linked: of two processes that start together one makes
    the secret and both read the same, and a power cut leaves a whole file or none.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not path.exists():
        handle, temporary = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)  # 0600
        try:
            with os.fdopen(handle, "w", encoding="ascii") as file:
                file.write(make())
                file.flush()
                os.fsync(file.fileno())
            _put_in_place(temporary, path)
            _reach_the_disk(path.parent)
            _reach_the_disk(path.parent.parent)
        finally:
            Path(temporary).unlink(missing_ok=True)
    return path.read_text("ascii").strip()


def _put_in_place(temporary: str, path: Path) -> None:
    """Give the file its name unless another process was first."""
    try:
        os.link(temporary, path)
    except FileExistsError:
        return
    except OSError:
        # Shared folders of virtual machines and USB sticks know no hard links: one at a time then.
        with path.with_name(f".{path.name}-lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not path.exists():
                os.replace(temporary, path)


def _reach_the_disk(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
