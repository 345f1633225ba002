"""Files that wait beside an unfinished form: a browser cannot be given them back, so the server keeps them for a day.

They lie under DATA/drafts/<draft>/, each encrypted with a key of its own that stands, sealed, in the visitor's session
alone: whoever has the disk or its backup has noise.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings

from gongkai.core.errors import Refused
from gongkai.files.names import safe
from gongkai.infra.keys import KEY_BYTES, keyring
from gongkai.vault import proofs

_PURPOSE = "draft file"
_DAY = 86_400
ROOM = 2 * 1024 ** 3  # bytes of all unfinished forms together


def keep(draft: str, name: str, chunks: Iterable[bytes], size: int) -> dict[str, Any]:
    """Encrypt and keep one file; what comes back is all that opens it. Raises Refused: drafts-full, disk-full."""
    folder = _root() / draft
    if not folder.exists():
        clear_old()
    if _used() + size > ROOM:
        raise Refused(
            "drafts-full", "现在提交的人很多，附件暂时存不下；文字已保留，请过几分钟再附，或勾选“现在无法上传”",
        )
    uuid, key = uuid4(), os.urandom(KEY_BYTES)
    path = folder / uuid.hex
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.writelines(proofs.encrypted(chunks, key, uuid))
    except OSError as error:
        path.unlink(missing_ok=True)
        raise Refused("disk-full", "服务器暂时存不下附件；文字已保留，请过几分钟再附，或勾选“现在无法上传”") from error
    sealed = keyring().seal(key, purpose=_PURPOSE, bound_to=uuid.bytes)
    return {"file": uuid.hex, "name": safe(name), "size": size, "key": sealed}


def opened(draft: str, entry: dict[str, Any]) -> bytes:
    """The bytes of a kept file. Raises FileNotFoundError when its day is over, Refused when it was changed."""
    uuid = UUID(hex=entry["file"])
    key = keyring().open(entry["key"], purpose=_PURPOSE, bound_to=uuid.bytes)
    return proofs.decrypted((_root() / draft / uuid.hex).read_bytes(), key, uuid)


def there(draft: str, entry: dict[str, Any]) -> bool:
    """Whether a kept file is still there."""
    return (_root() / draft / UUID(hex=entry["file"]).hex).exists()


def drop(draft: str, entry: dict[str, Any] | None = None) -> None:
    """Forget one file, or all of a draft."""
    folder = _root() / draft
    if entry is not None:
        (folder / UUID(hex=entry["file"]).hex).unlink(missing_ok=True)
    else:
        shutil.rmtree(folder, ignore_errors=True)


def clear_old() -> None:
    """Forget what was kept longer than a day. Another process may do the same at this moment."""
    for folder in _root().iterdir():
        with suppress(FileNotFoundError):
            if folder.stat().st_mtime < time.time() - _DAY:
                shutil.rmtree(folder, ignore_errors=True)


def _root() -> Path:
    root = Path(settings.GONGKAI_DATA) / "drafts"
    root.mkdir(parents=True, exist_ok=True, mode=0o700)
    return root


def _used() -> int:
    used = 0
    for path in _root().glob("*/*"):
        with suppress(FileNotFoundError):
            used += path.stat().st_size
    return used
