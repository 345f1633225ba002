"""Which engine this installation searches with: inside SQLite, or a derived index that follows the main database."""

from __future__ import annotations

from functools import cache

from django.conf import settings
from django.db import connection

from gongkai.search.derived import Derived
from gongkai.search.embedded import Embedded


def engine() -> Embedded | Derived:
    """The engine of GONGKAI_SEARCH and of the database in use."""
    return _engine(settings.GONGKAI_SEARCH, connection.vendor)


@cache
def _engine(name: str, vendor: str) -> Embedded | Derived:
    if name == "tantivy":
        from gongkai.search.tantivy.shelf import TantivyShelf

        return Derived(TantivyShelf())
    if vendor == "sqlite":
        return Embedded()
    from gongkai.search.fts5.shelf import FileShelf

    return Derived(FileShelf())
