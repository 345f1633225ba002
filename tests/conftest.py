"""What every test needs: no network (pyproject), a database whose ledger can be cleared between tests."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import TransactionTestCase
from hypothesis import settings

# Typer decides at import whether it draws boxes; `gongkai.cli.main` says no, but a test may import Typer before it.
os.environ.setdefault("TYPER_USE_RICH", "0")

# How many examples a property takes that names no number: few where somebody waits, more in `.ci/run`.
settings.register_profile("short", max_examples=30)
settings.register_profile("thorough", max_examples=100)
settings.load_profile(os.environ.get("GONGKAI_EXAMPLES") or "short")


@pytest.fixture(scope="session", autouse=True)
def _clear_the_ledger_between_transactional_tests() -> Iterator[None]:
    """Tests that commit are followed by a flush, which the ledger's triggers would refuse: lift them around it."""
    from django.db import connection

    from gongkai.compilations import guard as signings
    from gongkai.ledger import guard
    from gongkai.publications import guard as gates

    flush = TransactionTestCase._fixture_teardown

    def lifted(self: TransactionTestCase) -> Any:
        guard.lift(connection)
        gates.lift(connection)
        signings.lift(connection)
        try:
            return flush(self)
        finally:
            _empty_the_index()
            guard.lay(connection)
            gates.lay(connection)
            signings.lay(connection)

    TransactionTestCase._fixture_teardown = lifted  # type: ignore[method-assign]
    yield
    TransactionTestCase._fixture_teardown = flush  # type: ignore[method-assign]


def _empty_the_index() -> None:
    """The search index inside SQLite is no model, so a flush leaves it; what one test published is not another's."""
    from django.db import connection

    from gongkai.search.fts5 import schema

    if connection.vendor == "sqlite":
        connection.ensure_connection()
        if connection.connection.execute("SELECT EXISTS (SELECT 1 FROM search_row)").fetchone()[0]:
            schema.clear(connection.connection)


@pytest.fixture(autouse=True)
def _chinese_font(request: pytest.FixtureRequest) -> None:
    """A test that is marked `chinese_font` looks at a PDF: without a font it is skipped and says so. `.ci/run` installs
    one, so that nothing is skipped there."""
    if request.node.get_closest_marker("chinese_font") is not None:
        from gongkai.core.errors import Refused
        from gongkai.letters import fonts

        try:
            fonts.families("仿宋")
        except Refused:
            pytest.skip("no Chinese font on this machine (Debian: fonts-noto-cjk)")


@pytest.fixture(autouse=True)
def _folder_of_its_own(request: pytest.FixtureRequest) -> None:
    """A test with a database has a data folder of its own: files and anchors of one are not those of another."""
    if request.node.get_closest_marker("django_db") is not None or "db" in request.fixturenames:
        settings = request.getfixturevalue("settings")
        settings.GONGKAI_DATA = request.getfixturevalue("tmp_path")


@pytest.fixture(autouse=True)
def _no_page_of_another_test(request: pytest.FixtureRequest) -> None:
    """Pages are kept under a stamp of the database; what a test rolls back, the next one may not find."""
    if request.node.get_closest_marker("django_db") is not None or "db" in request.fixturenames:
        from gongkai.portal.keeping import STORE
        from gongkai.portal.templatetags import drawn

        STORE.clear()
        drawn.forget()
