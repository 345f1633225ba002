"""Refuse UPDATE and DELETE on the ledger."""

from __future__ import annotations

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from gongkai.ledger import guard


def lay(_apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    guard.lay(schema_editor.connection)


def lift(_apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    guard.lift(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = [migrations.RunPython(lay, lift)]
