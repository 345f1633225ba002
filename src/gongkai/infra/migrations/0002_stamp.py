"""The stamp of public pages (infra.stamp)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("infra", "0001_pressure")]

    operations = [
        migrations.CreateModel(
            name="Stamp",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("value", models.BigIntegerField()),
            ],
        ),
    ]
