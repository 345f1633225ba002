"""The WSGI application that granian (or any other server) loads."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.settings.production")
_django = get_wsgi_application()

from django.conf import settings  # noqa: E402
from django.utils.module_loading import import_string  # noqa: E402

# What stands before Django is named in the settings: rooms above this one provide it.
application = import_string(settings.FRONT)(_django)
