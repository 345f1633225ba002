"""The triggers that keep the paper of what was signed: its reading, its file, the corrections over it."""

from __future__ import annotations

from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from gongkai.compilations import guard


def lay(apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    guard.lay(editor.connection)


def lift(apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    guard.lift(editor.connection)


class Migration(migrations.Migration):
    dependencies = [("annual_reports", "0002_forms_of_tables"), ("compilations", "0002_submitted_and_guard")]

    operations = [migrations.RunPython(lay, lift)]
