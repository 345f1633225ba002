"""Which version was submitted; files as a source; the triggers that keep what was signed (compilations.guard)."""

from __future__ import annotations

from typing import Any

import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from gongkai.compilations import guard


def lay(apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    guard.lay(editor.connection)


def lift(apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    guard.lift(editor.connection)


class Migration(migrations.Migration):
    dependencies = [("annual_reports", "0002_forms_of_tables"), ("compilations", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="compilation",
            name="submitted",
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="annual_reports.reportversion", verbose_name="提交的版本"),
        ),
        migrations.AlterField(
            model_name="signing",
            name="digest",
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AlterField(
            model_name="counted",
            name="source",
            field=models.CharField(choices=[("application", "申请"), ("dispute", "复议、诉讼"), ("document", "文件"), ("entry", "台账记录"), ("power", "权责事项"), ("hand", "手工填报"), ("member", "下级机关的年报"), ("file", "报送的文件")], max_length=12),
        ),
        migrations.RunPython(lay, lift),
    ]
