"""One at a time, on both engines.

Rows that others refer to (agencies, people, items, publications) are locked with `no_key=True`: what refers to a row
looks at it again when it commits, holding the ledger, and must not wait there for somebody who waits for the ledger.
"""

from __future__ import annotations

import zlib

from django.db import connection


def serialise(name: str) -> None:
    """Hold the lock `name` until the surrounding transaction ends.

    SQLite needs nothing: an IMMEDIATE transaction is already the only writer. PostgreSQL takes an advisory lock,
    which the server gives back at commit, roll-back or loss of the connection. Raises RuntimeError outside a
    transaction, where the lock would be gone at once.
    """
    if not connection.in_atomic_block:
        raise RuntimeError(f"serialise({name!r}) outside a transaction protects nothing")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [zlib.crc32(name.encode())])
