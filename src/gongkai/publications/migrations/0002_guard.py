"""Lays the triggers that keep the gates (publications.guard)."""

from __future__ import annotations

from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from gongkai.publications import guard


def lay(apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    guard.lay(editor.connection)


def lift(apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    guard.lift(editor.connection)


class Migration(migrations.Migration):
    dependencies = [("publications", "0001_initial")]

    operations = [migrations.RunPython(lay, lift)]
