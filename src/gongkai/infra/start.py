"""Starting Django for a command: which settings, and a database that is ready."""

from __future__ import annotations

import os

import django


def prepare(*, migrate: bool = True) -> None:
    """Set Django up once and bring the database to the present structure.

    GONGKAI_PRODUCTION=1 chooses the production settings, DJANGO_SETTINGS_MODULE any other; a laptop needs neither.
    """
    from django.core.exceptions import ImproperlyConfigured

    production = os.environ.get("GONGKAI_PRODUCTION", "").lower() in {"1", "true", "yes", "on"}
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", f"gongkai.settings.{'production' if production else 'demo'}")
    try:
        django.setup()
    except ImproperlyConfigured as error:
        raise SystemExit(f"配置有误：{error}") from None
    if migrate:
        bring_up_to_date()


def bring_up_to_date() -> None:
    """Run the migrations that wait, if any; looking costs a few milliseconds."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0, interactive=False)
