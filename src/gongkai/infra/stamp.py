"""One value that changes with every act that changes a public page, so that no process serves a page of before.

`bump` is called inside the transaction of the act: the value and the change are committed together, and a roll-back
takes both back. Whoever keeps something made of public rows keeps it under the value that was read *before* the rows
were; it holds for as long as that value stands. The value is drawn at random and never counted: a database that was
restored from a backup cannot come to a value under which other pages are kept.
"""

from __future__ import annotations

import secrets

from django.db import connection

_BITS = 62
_ONLY = 1  # the key of the one row


def bump() -> None:
    """Everything that is kept of public pages is out of date when the surrounding transaction commits.

    On PostgreSQL the row stays locked until then: call it after the rows of the act were changed, before `record`.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO infra_stamp (id, value) VALUES (%s, %s) ON CONFLICT (id) DO UPDATE SET value = excluded.value",
            [_ONLY, secrets.randbits(_BITS)],
        )


def now() -> int:
    """The value that stands; one small query. 0 before the first act."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT value FROM infra_stamp WHERE id = 1")
        row = cursor.fetchone()
    return row[0] if row else 0
