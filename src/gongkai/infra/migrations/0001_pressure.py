from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies: list[tuple[str, str]] = []
    operations = [
        migrations.CreateModel(
            name="Pressure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("lane", models.CharField(max_length=20)),
                ("key", models.CharField(max_length=64)),
                ("level", models.FloatField(default=0)),
                ("at", models.DateTimeField(db_index=True)),
            ],
            options={"constraints": [models.UniqueConstraint(fields=("lane", "key"), name="pressure_once")]},
        ),
    ]
