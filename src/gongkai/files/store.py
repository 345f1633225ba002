"""The content-addressed store on disk: DATA/files/ab/cd/<sha256>.

A file counts as stored only when its bytes and its name in the folder have reached the disk: write to a temporary
name, fsync, rename, fsync the folder. A crash leaves either the whole file or a temporary one that nobody reads.
"""

from __future__ import annotations

import errno
import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from gongkai.core.errors import Refused

_CHUNK = 1024 * 1024
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


@dataclass(frozen=True, slots=True)
class Kept:
    """What was put: its hash and size."""

    sha256: str
    size: int


def put(chunks: Iterable[bytes], *, limit: int | None = None) -> Kept:
    """Keep the bytes durably and return their hash.

    Raises Refused: too-large past `limit`, disk-full. Nothing is left then.
    """
    with _room():
        return _put(chunks, limit)


def _put(chunks: Iterable[bytes], limit: int | None) -> Kept:
    root = _root()
    handle, temporary = tempfile.mkstemp(prefix=".incoming-", dir=root)
    digest, size = hashlib.sha256(), 0
    try:
        with os.fdopen(handle, "wb") as file:
            for chunk in chunks:
                size += len(chunk)
                if limit is not None and size > limit:
                    raise Refused("too-large", f"文件超过 {limit // _CHUNK} MB，没有保存；请压缩图片或拆分后再上传")
                digest.update(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        target = path(digest.hexdigest())
        if not target.exists():
            _make(target.parent, root)
            os.replace(temporary, target)
            _sync(target.parent)
        return Kept(digest.hexdigest(), size)
    finally:
        Path(temporary).unlink(missing_ok=True)


def path(sha256: str) -> Path:
    """Where the bytes of a hash are. Raises ValueError for anything that is not a SHA-256 in hex."""
    if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):
        raise ValueError("not a SHA-256")
    return _root() / sha256[:2] / sha256[2:4] / sha256


def read(sha256: str) -> bytes:
    """The bytes of a hash. Raises FileNotFoundError when they are gone, and Refused when they have changed."""
    data = path(sha256).read_bytes()
    if hashlib.sha256(data).hexdigest() != sha256:
        raise Refused("file-damaged", "存储的文件与登记的校验值不符，请从备份恢复")
    return data


def intact(sha256: str) -> bool:
    """Whether the bytes of a hash are there and unchanged."""
    try:
        read(sha256)
    except (OSError, Refused):
        return False
    return True


@contextmanager
def _room() -> Iterator[None]:
    """A disk without room, or a used-up quota, is told in one sentence."""
    try:
        yield
    except OSError as error:
        if error.errno not in _FULL:
            raise
        raise Refused(
            "disk-full", "服务器磁盘已满，这次上传没有保存任何文件；请联系管理员腾出空间后重新上传"
        ) from error


def _root() -> Path:
    root = Path(settings.GONGKAI_DATA) / "files"
    root.mkdir(parents=True, exist_ok=True, mode=0o700)
    return root


def _make(folder: Path, root: Path) -> None:
    # Each new folder is an entry in its parent that must reach the disk as well.
    missing = [f for f in (folder.parent, folder) if not f.exists()]
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for made in missing:
        _sync(made.parent)
    if folder.parent == root:
        _sync(root)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
