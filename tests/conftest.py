"""What every test needs: no network (pyproject), a database whose ledger can be cleared between tests."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import TransactionTestCase
from hypothesis import HealthCheck, settings
from tests.effort import PROFILE

# Typer decides at import whether it draws boxes; `gongkai.cli.main` says no, but a test may import Typer before it.
os.environ.setdefault("TYPER_USE_RICH", "0")

# How many examples a property takes that names no number: few where somebody waits, more in `.ci/run`.
# How long drawing an example takes says how busy the machine is, and nothing about the property.
SLOW = (HealthCheck.too_slow,)
settings.register_profile("short", max_examples=20, suppress_health_check=SLOW)
settings.register_profile("usual", max_examples=20, suppress_health_check=SLOW)
settings.register_profile("thorough", max_examples=100, suppress_health_check=SLOW)
settings.load_profile(PROFILE)
FEWEST = 20


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A number that a property names is what `.ci/run` takes; where somebody waits, it takes a third, twenty at least.

    A number below twenty is named where each example costs a second: there it takes half. A state machine names both
    numbers itself (`effort.times`), because what it must have reached is asserted after it.
    """
    written = (getattr(item, "obj", None) for item in items)
    for property_ in {getattr(one, "__func__", one) for one in written}:  # one that has parameters is many items
        named = getattr(property_, "_hypothesis_internal_use_settings", None)
        if named is not None and (fewer := _fewer(named.max_examples)) != named.max_examples:
            property_._hypothesis_internal_use_settings = settings(named, max_examples=fewer)


def _fewer(named: int) -> int:
    if PROFILE == "thorough":
        return named
    if named > FEWEST:
        return max(FEWEST, named // 3)
    return (named + 1) // 2 if PROFILE == "short" and named < FEWEST else named


def pytest_collection_finish() -> None:
    """What was imported and collected lives to the end: the collector of garbage need not walk it again and again.

    It comes more rarely, too: Python's usual pace is made for programs that hold little.
    """
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """On SQLite a copy of a migrated database is in place before pytest-django looks; it runs what is missing there."""
    from django.db import connection

    return connection.vendor == "sqlite"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, django_db_keepdb: bool, django_db_blocker: Any,
) -> Iterator[None]:
    from django.db import connection
    from tests import migrated

    if django_db_keepdb:
        with django_db_blocker.unblock():
            migrated.copy_to(Path(connection.settings_dict["TEST"]["NAME"]))
    yield
    if django_db_keepdb:  # the file goes with its folder (gongkai.settings.test)
        with django_db_blocker.unblock():
            connection.close()


@pytest.fixture(scope="session")
def lay_migrated(django_db_keepdb: bool, django_db_blocker: Any) -> Callable[[Path], None]:
    """Lays a migrated database into the data folder of a process whose first start is not what the test looks at.

    Where the suite runs on PostgreSQL nothing is laid, and such a process migrates for itself.
    """
    def lay(folder: Path) -> None:
        from tests import migrated

        if django_db_keepdb:
            with django_db_blocker.unblock():
                migrated.copy_to(folder / "gongkai.sqlite3")

    return lay


@pytest.fixture(scope="session", autouse=True)
def _static_files_are_listed_once() -> Iterator[None]:
    """Every test client builds the middleware anew, and WhiteNoise lists all static files then: that list is kept."""
    from django.conf import settings
    from whitenoise.middleware import WhiteNoiseMiddleware

    scan = WhiteNoiseMiddleware.add_files_from_finders
    kept: dict[tuple[str, ...], dict[str, Any]] = {}

    def once(self: WhiteNoiseMiddleware) -> None:
        named = ("STATICFILES_DIRS", "STATICFILES_FINDERS", "STATIC_ROOT", "STATIC_URL", "STORAGES", "DEBUG")
        key = tuple(repr(getattr(settings, name)) for name in named)
        if key not in kept:
            scan(self)
            kept[key] = dict(self.files)
        self.files.update(kept[key])

    WhiteNoiseMiddleware.add_files_from_finders = once
    yield
    WhiteNoiseMiddleware.add_files_from_finders = scan


@pytest.fixture(scope="session", autouse=True)
def _clear_the_ledger_between_transactional_tests() -> Iterator[None]:
    """Tests that commit are followed by a flush, which the ledger's triggers would refuse: lift them around it."""
    from django.core.management.commands import flush as command
    from django.db import connection

    from gongkai.compilations import guard as signings
    from gongkai.ledger import guard
    from gongkai.publications import guard as gates

    flush = TransactionTestCase._fixture_teardown
    after = command.emit_post_migrate_signal

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
    # After a flush Django writes its own permissions again, hundreds of rows. Nothing asks for them: roles are ours.
    command.emit_post_migrate_signal = lambda *_args, **_named: None
    yield
    command.emit_post_migrate_signal = after
    TransactionTestCase._fixture_teardown = flush  # type: ignore[method-assign]


def _empty_the_index() -> None:
    """The search index inside SQLite is no model, so a flush leaves it; what one test published is not another's."""
    from django.db import connection

    from gongkai.search.fts5 import schema

    if connection.vendor == "sqlite":
        connection.ensure_connection()
        if connection.connection.execute("SELECT EXISTS (SELECT 1 FROM search_row)").fetchone()[0]:
            schema.clear(connection.connection)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """A test that is marked `chinese_font` looks at a PDF: without a font it is skipped and says so. `.ci/run` installs
    one, so that nothing is skipped there."""
    if item.get_closest_marker("chinese_font") is not None:
        from gongkai.core.errors import Refused
        from gongkai.letters import fonts

        try:
            fonts.families("仿宋")
        except Refused:
            pytest.skip("no Chinese font on this machine (Debian: fonts-noto-cjk)")


@pytest.fixture(autouse=True)
def _nothing_of_another_test(request: pytest.FixtureRequest) -> None:
    """A test with a database has a data folder of its own: files and anchors of one are not those of another. Pages are
    kept under a stamp of the database: what one test rolls back, the next one may not find."""
    if request.node.get_closest_marker("django_db") is not None or "db" in request.fixturenames:
        settings = request.getfixturevalue("settings")
        settings.GONGKAI_DATA = request.getfixturevalue("tmp_path")
        from gongkai.portal.keeping import STORE
        from gongkai.portal.templatetags import drawn

        STORE.clear()
        drawn.forget()
