"""Triggers that refuse to change what was recorded, on both engines.

They stop a careless statement and a careless programmer; whoever owns the database can drop them, and then the
chain shows it. Laid by migration 0002; lifted only by its reversal and around the clearing of test databases.
"""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

_TABLE = "ledger_entry"
_SENTENCE = "the ledger is append-only"
_LAY = {
    "sqlite": (
        f"CREATE TRIGGER IF NOT EXISTS {_TABLE}_no_update BEFORE UPDATE ON {_TABLE} "
        f"BEGIN SELECT RAISE(ABORT, '{_SENTENCE}'); END",
        f"CREATE TRIGGER IF NOT EXISTS {_TABLE}_no_delete BEFORE DELETE ON {_TABLE} "
        f"BEGIN SELECT RAISE(ABORT, '{_SENTENCE}'); END",
    ),
    "postgresql": (
        f"CREATE OR REPLACE FUNCTION {_TABLE}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{_SENTENCE}'; END $$",
        f"CREATE OR REPLACE TRIGGER {_TABLE}_no_change BEFORE UPDATE OR DELETE ON {_TABLE} "
        f"FOR EACH ROW EXECUTE FUNCTION {_TABLE}_refuse()",
        f"CREATE OR REPLACE TRIGGER {_TABLE}_no_truncate BEFORE TRUNCATE ON {_TABLE} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {_TABLE}_refuse()",
    ),
}
_LIFT = {
    "sqlite": (f"DROP TRIGGER IF EXISTS {_TABLE}_no_update", f"DROP TRIGGER IF EXISTS {_TABLE}_no_delete"),
    "postgresql": (
        f"DROP TRIGGER IF EXISTS {_TABLE}_no_change ON {_TABLE}",
        f"DROP TRIGGER IF EXISTS {_TABLE}_no_truncate ON {_TABLE}",
    ),
}


def lay(connection: BaseDatabaseWrapper) -> None:
    """Create the triggers; harmless when they stand already."""
    _run(connection, _LAY)


def lift(connection: BaseDatabaseWrapper) -> None:
    """Drop the triggers."""
    _run(connection, _LIFT)


def _run(connection: BaseDatabaseWrapper, statements: dict[str, tuple[str, ...]]) -> None:
    with connection.cursor() as cursor:
        for statement in statements[connection.vendor]:
            cursor.execute(statement)
