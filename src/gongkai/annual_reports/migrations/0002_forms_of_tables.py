from django.db import migrations, models


def fill(apps, schema_editor):
    """The forms stand in the reading; roll-ups need them beside it, without loading the reading."""
    versions = apps.get_model("annual_reports", "ReportVersion").objects
    for version in versions.only("pk", "reading").iterator(chunk_size=100):
        versions.filter(pk=version.pk).update(forms=version.reading.get("forms", {}))


class Migration(migrations.Migration):

    dependencies = [
        ("annual_reports", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="reportversion",
            name="forms",
            field=models.JSONField(default=dict, verbose_name="各表的表式"),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
