"""Where every agency stands now, it has stood from the beginning: nobody wrote down the moves before."""

from django.db import migrations

BATCH = 2000


def fill(apps, schema_editor):
    """One beginning for every agency that has no history."""
    agency, placement = apps.get_model("agencies", "Agency"), apps.get_model("agencies", "Placement")
    rows = agency.objects.filter(placements__isnull=True).order_by("pk").values_list("pk", "parent_id")
    placement.objects.bulk_create(
        [placement(agency_id=pk, parent_id=parent, since=None) for pk, parent in rows], batch_size=BATCH,
    )


class Migration(migrations.Migration):

    dependencies = [
        ("agencies", "0004_placements"),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
