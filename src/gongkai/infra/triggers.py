"""Triggers that refuse a statement, on both engines: rules as data, laid by migrations, looked for by `gongkai doctor`.

A rule is a condition over OLD and NEW that must not hold, written for PostgreSQL; SQLite before 3.39 says IS NOT for
its IS DISTINCT FROM.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.backends.base.base import BaseDatabaseWrapper


@dataclass(frozen=True, slots=True)
class Rule:
    """Before `event` on `table`: when `bad` holds, the statement fails with `sentence`."""

    name: str
    table: str
    event: str  # INSERT, UPDATE, DELETE
    bad: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Guard:
    """The rules of a room. `room` begins the names of their triggers and never changes."""

    room: str
    rules: tuple[Rule, ...]

    def lay(self, connection: BaseDatabaseWrapper) -> None:
        """Create the triggers; harmless when they stand already."""
        self.lift(connection)
        with connection.cursor() as cursor:
            for rule in self.rules:
                for statement in self.statements(rule, connection.vendor):
                    cursor.execute(statement)

    def lift(self, connection: BaseDatabaseWrapper) -> None:
        """Drop the triggers: for migrations and for the clearing of test databases."""
        with connection.cursor() as cursor:
            for rule in self.rules:
                on = f" ON {rule.table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {self.trigger(rule)}{on}")

    def standing(self, connection: BaseDatabaseWrapper) -> set[str]:
        """Names of the rules whose trigger stands."""
        table, column = ("sqlite_master", "name") if connection.vendor == "sqlite" else ("pg_trigger", "tgname")
        kind = " AND type = 'trigger'" if connection.vendor == "sqlite" else ""
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {column} FROM {table} WHERE {column} LIKE '{self.room}_guard_%%'{kind}"  # noqa: S608 - ours
            )
            names = {row[0] for row in cursor.fetchall()}
        return {rule.name for rule in self.rules if self.trigger(rule) in names}

    def trigger(self, rule: Rule) -> str:
        """The name of a rule's trigger."""
        return f"{self.room}_guard_{rule.name}"

    def statements(self, rule: Rule, vendor: str) -> tuple[str, ...]:
        """What creates a rule's trigger."""
        name = self.trigger(rule)
        if vendor == "sqlite":
            bad = rule.bad.replace(" IS DISTINCT FROM ", " IS NOT ")
            return (
                f"CREATE TRIGGER {name} BEFORE {rule.event} ON {rule.table} FOR EACH ROW WHEN {bad} "
                f"BEGIN SELECT RAISE(ABORT, '{rule.sentence}'); END",
            )
        back = "OLD" if rule.event == "DELETE" else "NEW"
        return (
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF {rule.bad} THEN RAISE EXCEPTION '{rule.sentence}' USING ERRCODE = 'integrity_constraint_violation'; "
            f"END IF; RETURN {back}; END $$",
            f"CREATE TRIGGER {name} BEFORE {rule.event} ON {rule.table} FOR EACH ROW EXECUTE FUNCTION {name}()",
        )
