"""A step that is remembered leaves what the step itself leaves: every row, every file, what it returns."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests import remembered
from tests.compilations import makers

from gongkai.accounts.models import User
from gongkai.compilations import actions, assemble
from gongkai.compilations.models import Compilation
from gongkai.compilations.states import State

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="steps are remembered on SQLite alone"),
]
RANDOM = {("accounts_user", "password"), ("infra_stamp", "value")}  # an unusable one and a stamp are drawn
NOW = {("accounts_user", "date_joined")}


class Undo(Exception):
    """Takes back what was tried."""


@cache
def tables() -> dict[str, str]:
    """{table: its columns as SQL that gives them as they are stored}."""
    names = [row[0] for row in connection.connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return {
        table: ", ".join(
            f'quote("{row[1]}")' for row in connection.connection.execute(f'PRAGMA table_info("{table}")')
            if (table, row[1]) not in RANDOM | NOW
        )
        for table in names if not table.startswith(("search_", "sqlite_"))
    }


def told(folder: Path) -> dict[str, Any]:
    """Everything in the database, as it is stored, and every file."""
    ask = connection.connection.execute
    found: dict[str, Any] = {
        table: ask(f'SELECT {columns} FROM "{table}" ORDER BY 1').fetchall() for table, columns in tables().items()
    }
    found["keys"] = ask("SELECT name, seq FROM sqlite_sequence ORDER BY name").fetchall()
    found["index"] = ask("SELECT count(*) FROM search_row").fetchall()
    found["files"] = {str(f.relative_to(folder)): f.read_bytes() for f in folder.rglob("*") if f.is_file()}
    found["after"] = len(connection.run_on_commit)
    return found


def tried(folder: Path, take: Callable[[], Any], *, known: bool) -> tuple[dict[str, Any], Any]:
    """What a step leaves and what it returns; taken back afterwards."""
    before = {file for file in folder.rglob("*") if file.is_file()}
    try:
        with transaction.atomic(), remembered.followed_from_here():
            if not known:
                remembered.forget()
            returned = take()
            left = told(folder)
            raise Undo
    except Undo:
        for file in {file for file in folder.rglob("*") if file.is_file()} - before:
            file.unlink()
    return left, returned


def whole(state: str) -> tuple[makers.Office, Compilation]:
    of = makers.office()
    made = makers.at_state(of, state)
    makers.late(of)
    return of, made


@pytest.mark.parametrize("state", [State.SIGNED, State.RETURNED, State.PUBLISHED])
def test_a_remembered_course_leaves_what_the_course_leaves(tmp_path: Path, state: str) -> None:
    really, (office, made) = tried(tmp_path, lambda: whole(state), known=False)
    tried(tmp_path, lambda: whole(state), known=True)  # kept here at the latest
    again, (other, same) = tried(tmp_path, lambda: whole(state), known=True)
    assert again == really
    assert other == office
    assert {f.attname: getattr(same, f.attname) for f in same._meta.fields} == {
        f.attname: getattr(made, f.attname) for f in made._meta.fields}
    assert really["files"]


def test_what_is_remembered_is_not_built() -> None:
    """The first who takes a step takes it really; whoever comes after does not."""
    with transaction.atomic(), remembered.followed_from_here(), CaptureQueriesContext(connection) as first:
        of = makers.office(cases=makers.CASES[:1])
        makers.signed(of)
        transaction.set_rollback(True)
    with remembered.followed_from_here(), CaptureQueriesContext(connection) as second:
        of = makers.office(cases=makers.CASES[:1])
        made = makers.signed(of)
    assert made.state == State.SIGNED
    assert sum(q["sql"].startswith("SELECT") for q in second) * 5 < sum(q["sql"].startswith("SELECT") for q in first)


def test_whoever_wrote_in_between_is_not_forgotten() -> None:
    """Two offices alike, one of which has a number typed in: what was signed in the one is not what the other has."""
    made = []
    for value in (3, 4):
        try:
            with transaction.atomic(), remembered.followed_from_here():
                of = makers.office()
                actions.enter_cell(
                    by=of.clerk, compilation=makers.started(of), cell="t2.licences.decisions",
                    value=Decimal(value), source="台账", at=makers.moment(),
                )
                made.append(assemble.standing(makers.signed(of))["t2.licences.decisions"].value)
                raise Undo
        except Undo:
            pass
    assert made == [3, 4]


def test_signing_in_forgets_nothing(client: Client) -> None:
    with transaction.atomic():
        makers.signed(makers.office(cases=makers.CASES[:2]))
        transaction.set_rollback(True)
    with remembered.followed_from_here():
        of = makers.office(cases=makers.CASES[:2])
        client.force_login(User.objects.get(pk=of.clerk.user_id))
        with CaptureQueriesContext(connection) as asked:
            made = makers.signed(of)
    assert not any(q["sql"].startswith("SELECT") for q in asked)
    assert client.get(f"/desk/annual/{made.pk}/").status_code == 200
