"""Why a reply went back to who wrote it."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("participation", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="message", name="returned_for",
            field=models.CharField(blank=True, max_length=300, verbose_name="退回意见"),
        ),
    ]
