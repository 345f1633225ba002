"""Triggers that keep what was signed, on both engines: a sealed signing, its lists and its paper (the version of the
report, with the corrections laid over it) are neither altered nor removed.

A signing is sealed when its digest is written; until then the act that makes it adds its rows. Laid by a migration of
this room; one that alters these tables lays them again, and `gongkai doctor` looks whether they stand and computes the
digests anew: whoever owns the database can lift a trigger, and then the digest shows it.
"""

# ruff: noqa: S608 - triggers are made of our own names
from __future__ import annotations

from dataclasses import dataclass

from django.db.backends.base.base import BaseDatabaseWrapper

_SIGNING, _COUNTED = "compilations_signing", "compilations_counted"
_VERSION, _CORRECTION = "annual_reports_reportversion", "annual_reports_correction"
_PAPER = ("id", "report_id", "number", "file_id", "file_name", "file_kind", "form", "forms", "title", "reading")
_SIGNED = f"EXISTS (SELECT 1 FROM {_SIGNING} s WHERE s.version_id = %s AND s.digest <> '')"
_SEALED = f"EXISTS (SELECT 1 FROM {_SIGNING} s WHERE s.id = %s.signing_id AND s.digest <> '')"


@dataclass(frozen=True, slots=True)
class Rule:
    """Before `event` on `table`: when `bad` holds, the statement fails with `sentence`."""

    name: str
    table: str
    event: str  # INSERT, UPDATE, DELETE
    bad: str
    sentence: str


RULES: tuple[Rule, ...] = (
    Rule("signing_stands", _SIGNING, "UPDATE", "OLD.digest <> ''", "what was signed does not change"),
    Rule("signing_stays", _SIGNING, "DELETE", "OLD.id IS NOT NULL", "what was signed stays"),
    # SQLite's REPLACE takes a row away without asking the triggers of DELETE.
    Rule(
        "signing_not_replaced", _SIGNING, "INSERT",
        f"EXISTS (SELECT 1 FROM {_SIGNING} r WHERE r.id = NEW.id OR r.version_id = NEW.version_id"
        " OR (r.compilation_id = NEW.compilation_id AND r.number = NEW.number))", "what was signed is not replaced",
    ),
    Rule("list_stands", _COUNTED, "UPDATE", "OLD.id IS NOT NULL", "what was counted does not change"),
    Rule("list_stays", _COUNTED, "DELETE", "OLD.id IS NOT NULL", "what was counted stays"),
    Rule("list_is_whole", _COUNTED, "INSERT", _SEALED % "NEW", "nothing is added to what was signed"),
    Rule(
        "list_not_replaced", _COUNTED, "INSERT",
        f"EXISTS (SELECT 1 FROM {_COUNTED} r WHERE r.id = NEW.id OR (r.signing_id = NEW.signing_id"
        " AND r.source = NEW.source AND r.record = NEW.record))", "what was counted is not replaced",
    ),
    # Findings are made anew by every check and are no part of the paper.
    Rule(
        "paper_stands", _VERSION, "UPDATE",
        f"{_SIGNED % 'OLD.id'} AND ({' OR '.join(f'OLD.{name} {{differs}} NEW.{name}' for name in _PAPER)})",
        "a paper that was signed does not change",
    ),
    Rule("paper_not_replaced", _VERSION, "INSERT", _SIGNED % "NEW.id", "a paper that was signed is not replaced"),
    Rule("nothing_laid_over", _CORRECTION, "INSERT", _SIGNED % "NEW.version_id", "a paper that was signed is final"),
    Rule("nothing_mended", _CORRECTION, "UPDATE", _SIGNED % "OLD.version_id", "a paper that was signed is final"),
    Rule("nothing_taken_off", _CORRECTION, "DELETE", _SIGNED % "OLD.version_id", "a paper that was signed is final"),
)
_DIFFERS = {"sqlite": "IS NOT", "postgresql": "IS DISTINCT FROM"}


def lay(connection: BaseDatabaseWrapper) -> None:
    """Create the triggers; harmless when they stand already."""
    lift(connection)
    with connection.cursor() as cursor:
        for rule in RULES:
            for statement in _statements(rule, connection.vendor):
                cursor.execute(statement)


def lift(connection: BaseDatabaseWrapper) -> None:
    """Drop the triggers: for migrations and for the clearing of test databases."""
    with connection.cursor() as cursor:
        for rule in RULES:
            on = f" ON {rule.table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {_name(rule)}{on}")


def standing(connection: BaseDatabaseWrapper) -> set[str]:
    """Names of the rules whose trigger stands."""
    table, column = ("sqlite_master", "name") if connection.vendor == "sqlite" else ("pg_trigger", "tgname")
    kind = " AND type = 'trigger'" if connection.vendor == "sqlite" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table} WHERE {column} LIKE 'compilations_guard_%%'{kind}")
        names = {row[0] for row in cursor.fetchall()}
    return {rule.name for rule in RULES if _name(rule) in names}


def _name(rule: Rule) -> str:
    return f"compilations_guard_{rule.name}"


def _statements(rule: Rule, vendor: str) -> tuple[str, ...]:
    bad = rule.bad.replace("{differs}", _DIFFERS[vendor])
    if vendor == "sqlite":
        return (
            f"CREATE TRIGGER {_name(rule)} BEFORE {rule.event} ON {rule.table} FOR EACH ROW WHEN {bad} "
            f"BEGIN SELECT RAISE(ABORT, '{rule.sentence}'); END",
        )
    back = "OLD" if rule.event == "DELETE" else "NEW"
    return (
        f"CREATE OR REPLACE FUNCTION {_name(rule)}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {bad} THEN RAISE EXCEPTION '{rule.sentence}' USING ERRCODE = 'integrity_constraint_violation'; "
        f"END IF; RETURN {back}; END $$",
        f"CREATE TRIGGER {_name(rule)} BEFORE {rule.event} ON {rule.table} "
        f"FOR EACH ROW EXECUTE FUNCTION {_name(rule)}()",
    )
