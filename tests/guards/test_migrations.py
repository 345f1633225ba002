"""Migrations: numbered, complete, and the ledger's triggers stand after them on this engine."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

APPS = ("accounts", "agencies", "annual_reports", "files", "ledger")
ROOT = Path(__file__).resolve().parents[2] / "src" / "gongkai"


@pytest.mark.django_db
def test_no_model_has_changed_without_a_migration():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.parametrize("app", APPS)
def test_migrations_are_numbered_without_gap_or_twin(app):
    names = sorted(p.name for p in (ROOT / app / "migrations").glob("[0-9]*.py"))
    assert [int(name[:4]) for name in names] == list(range(1, len(names) + 1))
    assert all(re.fullmatch(r"\d{4}_[a-z0-9_]+\.py", name) for name in names)
    assert not [name for name in names if "auto" in name]


@pytest.mark.django_db
def test_the_ledgers_triggers_stand():
    query = {
        "sqlite": "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'ledger_entry'",
        "postgresql": "SELECT count(*) FROM pg_trigger WHERE tgrelid = 'ledger_entry'::regclass AND NOT tgisinternal",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(query)
        assert cursor.fetchone()[0] == 2
