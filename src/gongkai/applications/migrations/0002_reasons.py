"""Whether the reasons asked for under Art. 35 came, when, and whether they are reasonable."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("applications", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="application", name="reasons_due_on",
            field=models.DateField(blank=True, null=True, verbose_name="说明理由期限"),
        ),
        migrations.AddField(
            model_name="application", name="reasons_given_on",
            field=models.DateField(blank=True, null=True, verbose_name="登记理由日期"),
        ),
        migrations.AddField(
            model_name="application", name="reasons_accepted",
            field=models.BooleanField(blank=True, null=True, verbose_name="理由合理"),
        ),
    ]
