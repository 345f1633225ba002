import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import gongkai.statutory_registers.registers


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('agencies', '0003_region'),
        ('publications', '0003_wording_and_links'),
    ]

    operations = [
        migrations.CreateModel(
            name='Import',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('register', models.CharField(max_length=20)),
                ('name', models.CharField(max_length=200)),
                ('sha256', models.CharField(max_length=64)),
                ('rows', models.PositiveIntegerField()),
                ('refused', models.PositiveIntegerField(default=0)),
                ('at', models.DateTimeField()),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='PowerItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('register', models.CharField(choices=[(gongkai.statutory_registers.registers.Register['LICENCE'], '行政许可'), (gongkai.statutory_registers.registers.Register['SERVICE'], '其他对外管理服务事项'), (gongkai.statutory_registers.registers.Register['PENALTY'], '行政处罚'), (gongkai.statutory_registers.registers.Register['COERCION'], '行政强制'), (gongkai.statutory_registers.registers.Register['FEE'], '行政事业性收费'), (gongkai.statutory_registers.registers.Register['PROCUREMENT'], '政府集中采购')], max_length=20, verbose_name='台账')),
                ('code', models.CharField(blank=True, max_length=60, verbose_name='编码')),
                ('name', models.CharField(max_length=300, verbose_name='事项名称')),
                ('basis', models.CharField(blank=True, max_length=500, verbose_name='依据')),
                ('from_on', models.DateField(verbose_name='自')),
                ('to_on', models.DateField(blank=True, null=True, verbose_name='至')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency', verbose_name='机关')),
            ],
            options={
                'verbose_name': '权责和收费事项',
                'verbose_name_plural': '权责和收费事项',
                'ordering': ['agency_id', 'register', 'code', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('to_on__isnull', True)), fields=('agency', 'register', 'name'), name='power_item_once'), models.CheckConstraint(condition=models.Q(('to_on__isnull', True), ('to_on__gte', models.F('from_on')), _connector='OR'), name='power_item_ends')],
            },
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('register', models.CharField(choices=[(gongkai.statutory_registers.registers.Register['LICENCE'], '行政许可'), (gongkai.statutory_registers.registers.Register['SERVICE'], '其他对外管理服务事项'), (gongkai.statutory_registers.registers.Register['PENALTY'], '行政处罚'), (gongkai.statutory_registers.registers.Register['COERCION'], '行政强制'), (gongkai.statutory_registers.registers.Register['FEE'], '行政事业性收费'), (gongkai.statutory_registers.registers.Register['PROCUREMENT'], '政府集中采购')], max_length=20, verbose_name='台账')),
                ('on', models.DateField(verbose_name='日期')),
                ('number', models.CharField(blank=True, max_length=100, verbose_name='文号、编号')),
                ('subject', models.CharField(max_length=300, verbose_name='事项')),
                ('amount', models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name='金额（元）')),
                ('shown', models.CharField(choices=[(gongkai.statutory_registers.registers.Shown['NOT_YET'], '待公示'), (gongkai.statutory_registers.registers.Shown['SHOWN'], '已公示'), (gongkai.statutory_registers.registers.Shown['LAWFULLY_NOT'], '依法不公示')], default=gongkai.statutory_registers.registers.Shown['NOT_YET'], max_length=20, verbose_name='公示')),
                ('shown_on', models.DateField(blank=True, null=True, verbose_name='公示日期')),
                ('shown_reason', models.CharField(blank=True, max_length=300, verbose_name='不公示的依据')),
                ('cancelled_on', models.DateField(blank=True, null=True, verbose_name='注销登记')),
                ('cancelled_reason', models.CharField(blank=True, max_length=300, verbose_name='注销理由')),
                ('added_at', models.DateTimeField()),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency', verbose_name='机关')),
                ('publication', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='publications.publication')),
                ('imported', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='statutory_registers.import')),
                ('item', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='statutory_registers.poweritem', verbose_name='权责事项')),
            ],
            options={
                'verbose_name': '法定台账',
                'verbose_name_plural': '法定台账',
                'ordering': ['-on', '-pk'],
                'indexes': [models.Index(fields=['agency', 'register', '-on', '-id'], name='register_entry_on'), models.Index(fields=['agency', 'register', 'shown', 'on'], name='register_entry_shown')],
                'constraints': [models.UniqueConstraint(condition=models.Q(models.Q(('number', ''), _negated=True), ('cancelled_on__isnull', True)), fields=('agency', 'register', 'number'), name='register_entry_once'), models.CheckConstraint(condition=models.Q(models.Q(('register__in', [gongkai.statutory_registers.registers.Register['FEE'], gongkai.statutory_registers.registers.Register['PROCUREMENT']]), _negated=True), models.Q(('amount__gte', 0), ('amount__isnull', False)), _connector='OR'), name='register_entry_amount'), models.CheckConstraint(condition=models.Q(models.Q(('shown', gongkai.statutory_registers.registers.Shown['SHOWN']), _negated=True), ('shown_on__gte', models.F('on')), _connector='OR'), name='register_entry_shown_after'), models.CheckConstraint(condition=models.Q(('cancelled_on__isnull', True), models.Q(('cancelled_reason', ''), _negated=True), _connector='OR'), name='register_entry_cancelled')],
            },
        ),
        migrations.CreateModel(
            name='Document',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[(gongkai.statutory_registers.registers.DocumentKind['REGULATION'], '规章'), (gongkai.statutory_registers.registers.DocumentKind['NORMATIVE'], '行政规范性文件')], max_length=20, verbose_name='种类')),
                ('title', models.CharField(max_length=300, verbose_name='名称')),
                ('number', models.CharField(blank=True, max_length=100, verbose_name='文号')),
                ('made_on', models.DateField(verbose_name='制发日期')),
                ('effective_on', models.DateField(blank=True, null=True, verbose_name='生效日期')),
                ('expires_on', models.DateField(blank=True, null=True, verbose_name='有效期至')),
                ('ending', models.CharField(blank=True, choices=[(gongkai.statutory_registers.registers.Ending['NONE'], ''), (gongkai.statutory_registers.registers.Ending['REPEALED'], '废止'), (gongkai.statutory_registers.registers.Ending['LAPSED'], '失效')], default='', max_length=10, verbose_name='去向')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='废止、失效之日')),
                ('filing_number', models.CharField(blank=True, max_length=100, verbose_name='备案号')),
                ('disclosed_on', models.DateField(blank=True, null=True, verbose_name='公开日期')),
                ('unpublished_reason', models.CharField(blank=True, max_length=300, verbose_name='不公开的依据')),
                ('added_at', models.DateTimeField()),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency', verbose_name='机关')),
                ('ended_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='ends', to='statutory_registers.document', verbose_name='由此件废止')),
                ('publication', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='register_document', to='publications.publication', verbose_name='公开的文本')),
                ('imported', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='statutory_registers.import')),
            ],
            options={
                'verbose_name': '规范性文件台账',
                'verbose_name_plural': '规范性文件台账',
                'ordering': ['-made_on', '-pk'],
                'indexes': [models.Index(fields=['agency', 'kind', '-made_on'], name='register_document_made')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('number', ''), _negated=True), fields=('agency', 'kind', 'number'), name='register_document_once'), models.CheckConstraint(condition=models.Q(models.Q(('ended_on__isnull', True), ('ending', '')), models.Q(models.Q(('ending', ''), _negated=True), ('ended_on__gte', models.F('made_on'))), _connector='OR'), name='register_document_ends'), models.CheckConstraint(condition=models.Q(('ended_by', models.F('id')), _negated=True), name='register_document_ended_by_another')],
            },
        ),
    ]
