"""The list on the desk and the public answers are read by time: an index for each."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("participation", "0002_message_returned_for")]

    operations = [
        migrations.AddIndex(
            model_name="message", index=models.Index(fields=["-received_at", "-id"], name="message_received"),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                fields=["-shown_at", "-id"], name="message_public", condition=models.Q(shown_at__isnull=False),
            ),
        ),
    ]
