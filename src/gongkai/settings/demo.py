"""A laptop: SQLite and a key made on first use, plain http on this machine only."""

from __future__ import annotations

from gongkai.settings import env
from gongkai.settings.base import *  # noqa: F403
from gongkai.settings.base import DATA

SECRET_KEY = env.secret_key(DATA, generate=True)
GONGKAI_VAULT_KEYS = env.vault_keys(DATA, generate=True)
DEBUG = env.boolean("GONGKAI_DEBUG", False)
