import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('agencies', '0002_offices'),
        ('files', '0001_initial'),
        ('vault', '0001_identities'),
    ]

    operations = [
        migrations.CreateModel(
            name='LetterTemplate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40, verbose_name='文种')),
                ('name', models.CharField(max_length=120, verbose_name='文件名')),
                ('since', models.DateTimeField(verbose_name='启用时间')),
                ('until', models.DateTimeField(blank=True, null=True, verbose_name='停用时间')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency', verbose_name='机关')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
            ],
            options={
                'verbose_name': '文书模板',
                'verbose_name_plural': '文书模板',
                'ordering': ['-since', '-pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('until__isnull', True)), fields=('agency', 'kind'), name='letter_template_in_force'), models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='letter_template_ends_after_it_begins')],
            },
        ),
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40, verbose_name='文种')),
                ('subject_kind', models.CharField(max_length=40, verbose_name='事项类型')),
                ('subject_id', models.BigIntegerField(verbose_name='事项编号')),
                ('prefix', models.CharField(blank=True, max_length=140, verbose_name='代字')),
                ('year', models.PositiveSmallIntegerField(verbose_name='年份')),
                ('serial', models.PositiveIntegerField(blank=True, null=True, verbose_name='序号')),
                ('number', models.CharField(blank=True, db_index=True, max_length=180, verbose_name='文号')),
                ('on', models.DateField(verbose_name='日期')),
                ('code', models.CharField(max_length=16, unique=True, verbose_name='核验码')),
                ('state', models.CharField(choices=[('issued', '已制发'), ('voided', '已作废')], default='issued', max_length=10, verbose_name='状态')),
                ('issued_at', models.DateTimeField(verbose_name='制发时间')),
                ('voided_at', models.DateTimeField(blank=True, null=True, verbose_name='作废时间')),
                ('void_reason', models.CharField(blank=True, max_length=300, verbose_name='作废理由')),
                ('docx_sha256', models.CharField(max_length=64)),
                ('pdf_sha256', models.CharField(max_length=64)),
                ('idempotency', models.CharField(blank=True, max_length=100)),
                ('addressee', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.sealed', verbose_name='收件人')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='letters', to='agencies.agency', verbose_name='机关')),
                ('docx', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.sealedfile')),
                ('pdf', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.sealedfile')),
                ('template', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='letters.lettertemplate', verbose_name='模板')),
            ],
            options={
                'verbose_name': '文书',
                'verbose_name_plural': '文书',
                'ordering': ['-on', '-pk'],
                'indexes': [models.Index(fields=['subject_kind', 'subject_id'], name='letter_subject'), models.Index(fields=['agency', '-on', '-id'], name='letter_register')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('serial__isnull', False)), fields=('agency', 'prefix', 'year', 'serial'), name='letter_number_once'), models.UniqueConstraint(condition=models.Q(('idempotency', ''), _negated=True), fields=('agency', 'idempotency'), name='letter_asked_once'), models.CheckConstraint(condition=models.Q(models.Q(('number', ''), ('serial__isnull', True)), models.Q(('serial__gte', 1), models.Q(('number', ''), _negated=True)), _connector='OR'), name='letter_numbered_or_not'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'issued'), ('void_reason', ''), ('voided_at__isnull', True)), models.Q(('state', 'voided'), ('voided_at__isnull', False), models.Q(('void_reason', ''), _negated=True)), _connector='OR'), name='letter_void_says_why')],
            },
        ),
        migrations.CreateModel(
            name='NumberWord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40, verbose_name='文种')),
                ('word', models.CharField(max_length=12, verbose_name='代字')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency', verbose_name='机关')),
            ],
            options={
                'verbose_name': '文种代字',
                'verbose_name_plural': '文种代字',
                'constraints': [models.UniqueConstraint(fields=('agency', 'kind'), name='number_word_once'), models.CheckConstraint(condition=models.Q(('word', ''), _negated=True), name='number_word_said')],
            },
        ),
    ]
