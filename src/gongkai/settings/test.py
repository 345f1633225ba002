"""Tests: a database file of this process (threads share it, colleagues do not), tasks at once, cheap passwords."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_FOLDER = Path(tempfile.mkdtemp(prefix="gongkai-test-"))
_OWNER = os.getpid()


def _clear() -> None:
    # A forked child inherits this hook and must not take the folder from under its parent.
    if os.getpid() == _OWNER:
        shutil.rmtree(_FOLDER, ignore_errors=True)


atexit.register(_clear)
os.environ["GONGKAI_DATA"] = str(_FOLDER)

from gongkai.settings import env  # noqa: E402
from gongkai.settings.base import *  # noqa: E402, F403
from gongkai.settings.base import DATABASES  # noqa: E402

# Nothing is collected in tests, but the folder that static files are served from must exist.
(_FOLDER / "static").mkdir()
SECRET_KEY = "only-for-tests-" + "x" * 40
GONGKAI_VAULT_KEYS = (b"0123456789abcdef",)
GONGKAI_REQUIRE_MFA = False
GONGKAI_REQUIRE_MFA_OF = ()
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
ACCOUNT_RATE_LIMITS = False
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # No power cut is survived here, so nothing is gained by waiting for the disk.
    DATABASES = {"default": env.sqlite(_FOLDER / "unused.sqlite3", synchronous="OFF")}
    DATABASES["default"]["TEST"] = {"NAME": str(_FOLDER / "test.sqlite3")}
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 0
