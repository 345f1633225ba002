import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import gongkai.compilations.states


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('agencies', '0003_region'),
        ('annual_reports', '0002_forms_of_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Compilation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='年度')),
                ('scope', models.CharField(choices=[('own', '本机关'), ('consolidated', '本级汇总')], default='own', max_length=12, verbose_name='范围')),
                ('form', models.CharField(max_length=8, verbose_name='表式')),
                ('origin', models.CharField(choices=[('records', 'records'), ('file', 'file')], default=gongkai.compilations.states.Origin['RECORDS'], max_length=10)),
                ('state', models.CharField(choices=[('draft', '编制中'), ('checked', '待签发'), ('signed', '待提交'), ('submitted', '待核准'), ('returned', '已退回'), ('approved', '待公布'), ('published', '已公布')], default=gongkai.compilations.states.State['DRAFT'], max_length=10, verbose_name='状态')),
                ('started_at', models.DateTimeField(verbose_name='开始编制')),
                ('checked_at', models.DateTimeField(blank=True, null=True, verbose_name='核对时间')),
                ('findings', models.JSONField(default=list, verbose_name='检查结果')),
                ('submitted_at', models.DateTimeField(blank=True, null=True, verbose_name='提交时间')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='应提交日期')),
                ('late_days', models.PositiveSmallIntegerField(default=0, verbose_name='逾期天数')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='核准、退回时间')),
                ('published_at', models.DateTimeField(blank=True, null=True, verbose_name='公布时间')),
                ('revision', models.PositiveIntegerField(default=0)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='compilations', to='agencies.agency', verbose_name='机关')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('report', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='compilation', to='annual_reports.annualreport')),
                ('started_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '年报编制',
                'verbose_name_plural': '年报编制',
                'ordering': ['-year', 'agency__path', 'scope'],
                'indexes': [models.Index(fields=['year', 'state'], name='compilation_year_state')],
                'constraints': [models.UniqueConstraint(fields=('agency', 'year', 'scope'), name='one_compilation_a_year'), models.CheckConstraint(condition=models.Q(('year__gte', 2008), ('year__lte', 2100)), name='compilation_year_plausible'), models.CheckConstraint(condition=models.Q(('state__in', [gongkai.compilations.states.State['DRAFT'], gongkai.compilations.states.State['CHECKED'], gongkai.compilations.states.State['RETURNED']]), ('report__isnull', False), _connector='OR'), name='signed_compilation_has_report'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', [gongkai.compilations.states.State['SUBMITTED'], gongkai.compilations.states.State['APPROVED']]), _negated=True), ('submitted_at__isnull', False), _connector='OR'), name='submitted_compilation_has_a_time')],
            },
        ),
        migrations.CreateModel(
            name='Entered',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('cell', models.CharField(max_length=60, verbose_name='单元格')),
                ('value', models.DecimalField(decimal_places=6, max_digits=20, verbose_name='数值')),
                ('source', models.CharField(max_length=300, verbose_name='来源')),
                ('entered_at', models.DateTimeField(verbose_name='填报时间')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('compilation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entered', to='compilations.compilation')),
                ('entered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '手工填报',
                'verbose_name_plural': '手工填报',
                'ordering': ['compilation', 'cell', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_at__isnull', True)), fields=('compilation', 'cell'), name='one_entry_counts'), models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='entry_says_its_source')],
            },
        ),
        migrations.CreateModel(
            name='Fact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='年度')),
                ('key', models.CharField(max_length=40, verbose_name='事项')),
                ('value', models.DecimalField(decimal_places=2, max_digits=16, verbose_name='数值')),
                ('source', models.CharField(max_length=300, verbose_name='来源')),
                ('entered_at', models.DateTimeField(verbose_name='填报时间')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency', verbose_name='机关')),
                ('entered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '年度工作数据',
                'verbose_name_plural': '年度工作数据',
                'ordering': ['agency', 'year', 'key'],
                'constraints': [models.UniqueConstraint(fields=('agency', 'year', 'key'), name='one_fact_a_year')],
            },
        ),
        migrations.CreateModel(
            name='Prose',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('section', models.PositiveSmallIntegerField(verbose_name='部分')),
                ('aspect', models.PositiveSmallIntegerField(default=0, verbose_name='方面')),
                ('body', models.TextField(blank=True, verbose_name='正文')),
                ('edited_at', models.DateTimeField(verbose_name='修改时间')),
                ('revision', models.PositiveIntegerField(default=0)),
                ('compilation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='prose', to='compilations.compilation')),
                ('edited_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '年报正文',
                'verbose_name_plural': '年报正文',
                'ordering': ['compilation', 'section', 'aspect'],
                'constraints': [models.UniqueConstraint(fields=('compilation', 'section', 'aspect'), name='one_text_a_section'), models.CheckConstraint(condition=models.Q(('aspect__lte', 5), ('section__gte', 1), ('section__lte', 6)), name='prose_section')],
            },
        ),
        migrations.CreateModel(
            name='Remark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('approved', models.BooleanField(verbose_name='核准')),
                ('text', models.TextField(blank=True, verbose_name='意见')),
                ('made_at', models.DateTimeField(verbose_name='时间')),
                ('compilation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='remarks', to='compilations.compilation')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='annual_reports.reportversion')),
            ],
            options={
                'verbose_name': '核对意见',
                'verbose_name_plural': '核对意见',
                'ordering': ['-made_at', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('approved', True), models.Q(('text', ''), _negated=True), _connector='OR'), name='return_says_why')],
            },
        ),
        migrations.CreateModel(
            name='Signing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='次序')),
                ('kind', models.CharField(choices=[('signed', '签发'), ('erratum', '更正')], default='signed', max_length=10)),
                ('cells', models.JSONField(default=dict)),
                ('prose', models.JSONField(default=dict)),
                ('changes', models.JSONField(default=dict)),
                ('reason', models.CharField(blank=True, max_length=500, verbose_name='更正理由')),
                ('digest', models.CharField(max_length=64)),
                ('signed_on', models.DateField(verbose_name='签发日期')),
                ('signed_at', models.DateTimeField()),
                ('compilation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signings', to='compilations.compilation')),
                ('signed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('version', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='signing', to='annual_reports.reportversion')),
            ],
            options={
                'verbose_name': '签发',
                'verbose_name_plural': '签发',
                'ordering': ['compilation', 'number'],
                'constraints': [models.UniqueConstraint(fields=('compilation', 'number'), name='signing_number_once'), models.CheckConstraint(condition=models.Q(('kind', 'signed'), models.Q(('reason', ''), _negated=True), _connector='OR'), name='erratum_says_why')],
            },
        ),
        migrations.CreateModel(
            name='Counted',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(choices=[('application', '申请'), ('dispute', '复议、诉讼'), ('document', '文件'), ('entry', '台账记录'), ('power', '权责事项'), ('hand', '手工填报'), ('member', '下级机关的年报')], max_length=12)),
                ('record', models.BigIntegerField()),
                ('label', models.CharField(max_length=200, verbose_name='编号')),
                ('cells', models.JSONField(default=list)),
                ('facts', models.JSONField(default=dict)),
                ('signing', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='counted', to='compilations.signing')),
            ],
            options={
                'verbose_name': '计数的记录',
                'verbose_name_plural': '计数的记录',
                'ordering': ['signing', 'source', 'record'],
                'indexes': [models.Index(fields=['source', 'record'], name='counted_record')],
                'constraints': [models.UniqueConstraint(fields=('signing', 'source', 'record'), name='counted_once')],
            },
        ),
        migrations.CreateModel(
            name='Waiver',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=60, verbose_name='规则')),
                ('cells', models.JSONField(default=list, verbose_name='单元格')),
                ('message', models.CharField(max_length=1000, verbose_name='问题')),
                ('reason', models.CharField(max_length=500, verbose_name='理由')),
                ('made_at', models.DateTimeField(verbose_name='时间')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('compilation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='waivers', to='compilations.compilation')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '放行理由',
                'verbose_name_plural': '放行理由',
                'ordering': ['compilation', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='waiver_says_why')],
            },
        ),
    ]
