"""An office: keys are given, a second factor is asked for, cookies travel over https, static files carry their hash."""

from __future__ import annotations

from gongkai.settings import env
from gongkai.settings.base import *  # noqa: F403
from gongkai.settings.base import DATA, STORAGES

SECRET_KEY = env.secret_key(DATA, generate=False)
GONGKAI_VAULT_KEYS = env.vault_keys(DATA, generate=False)
GONGKAI_REQUIRE_MFA = env.boolean("GONGKAI_REQUIRE_MFA", True)
SESSION_COOKIE_SECURE = env.boolean("GONGKAI_HTTPS", True)
CSRF_COOKIE_SECURE = SESSION_COOKIE_SECURE
SECURE_HSTS_SECONDS = env.integer("GONGKAI_HSTS_SECONDS", 31_536_000) if SESSION_COOKIE_SECURE else 0
if env.boolean("GONGKAI_BEHIND_PROXY", False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}}
WHITENOISE_USE_FINDERS = False
# Redirecting to https is the work of the proxy that holds the certificate; sub-domains and preloading are for the owner
# of the whole domain to decide.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W008", "security.W021"]
