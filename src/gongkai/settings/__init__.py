"""Settings: `base` reads the environment; `demo`, `production` and `test` say what differs.

DJANGO_SETTINGS_MODULE chooses; the command line defaults to `gongkai.settings.production` when GONGKAI_PRODUCTION
is set and to `gongkai.settings.demo` (a laptop) otherwise.
"""
