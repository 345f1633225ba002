"""Lists and counts of what the public reads (publications.models.publication.PUBLIC)."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0003_region'),
        ('catalogue', '0001_items'),
        ('publications', '0003_wording_and_links'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='publication',
            index=models.Index(condition=models.Q(('published_on__isnull', False), ('withdrawn_at__isnull', True)), fields=['-published_on', '-id'], name='public_newest'),
        ),
        migrations.AddIndex(
            model_name='publication',
            index=models.Index(condition=models.Q(('published_on__isnull', False), ('withdrawn_at__isnull', True)), fields=['agency', '-published_on', '-id'], name='public_by_agency'),
        ),
        migrations.AddIndex(
            model_name='publication',
            index=models.Index(condition=models.Q(('published_on__isnull', False), ('withdrawn_at__isnull', True)), fields=['item', '-published_on', '-id'], name='public_by_item'),
        ),
        migrations.AddIndex(
            model_name='publication',
            index=models.Index(condition=models.Q(('published_on__isnull', False), ('withdrawn_at__isnull', True)), fields=['kind', '-published_on', '-id'], name='public_by_kind'),
        ),
        migrations.AddIndex(
            model_name='publication',
            index=models.Index(condition=models.Q(('published_on__isnull', False), ('withdrawn_at__isnull', True)), fields=['kind', 'topic', '-published_on', '-id'], name='public_by_topic'),
        ),
        migrations.AddIndex(
            model_name='publication',
            index=models.Index(condition=models.Q(('published_on__isnull', False), ('withdrawn_at__isnull', True)), fields=['kind', 'agency', 'topic', 'validity', 'published_on'], name='public_facets'),
        ),
        migrations.AddIndex(
            model_name='publication',
            index=models.Index(condition=models.Q(('published_on__isnull', False), ('withdrawn_at__isnull', True)), fields=['agency', 'item', 'kind', 'published_on', 'late_days'], name='public_counts'),
        ),
    ]
