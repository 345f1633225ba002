import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import gongkai.annual_reports.states
import gongkai.core.report.model


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('agencies', '0001_initial'),
        ('files', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='AnnualReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='年度')),
                ('scope', models.CharField(choices=[('own', '本机关'), ('consolidated', '本级汇总')], default='own', max_length=12, verbose_name='范围')),
                ('state', models.CharField(choices=[('filed', '已收'), ('published', '已公开'), ('withdrawn', '已撤下')], default=gongkai.annual_reports.states.ReportState['FILED'], max_length=10, verbose_name='状态')),
                ('published_at', models.DateTimeField(null=True, verbose_name='公开时间')),
                ('filed_at', models.DateTimeField(verbose_name='收到时间')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='annual_reports', to='agencies.agency', verbose_name='机关')),
            ],
            options={
                'verbose_name': '年报',
                'verbose_name_plural': '年报',
                'ordering': ['-year', 'agency__path', 'scope'],
                'indexes': [models.Index(fields=['year', 'state'], name='report_year_state')],
                'constraints': [models.UniqueConstraint(fields=('agency', 'year', 'scope'), name='one_report_a_year'), models.CheckConstraint(condition=models.Q(('year__gte', 2008), ('year__lte', 2100)), name='report_year_plausible')],
            },
        ),
        migrations.CreateModel(
            name='ReportVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name='版本')),
                ('file_name', models.CharField(max_length=255, verbose_name='文件名')),
                ('file_kind', models.CharField(blank=True, max_length=12, verbose_name='格式')),
                ('form', models.CharField(blank=True, max_length=8, verbose_name='表式')),
                ('title', models.CharField(blank=True, max_length=300, verbose_name='标题')),
                ('reading', models.JSONField(verbose_name='读取结果')),
                ('findings', models.JSONField(default=list, verbose_name='检查结果')),
                ('errors', models.PositiveIntegerField(default=0, verbose_name='错误')),
                ('inconsistencies', models.PositiveIntegerField(default=0, verbose_name='矛盾')),
                ('warnings', models.PositiveIntegerField(default=0, verbose_name='提醒')),
                ('engine', models.CharField(max_length=20, verbose_name='程序版本')),
                ('checked_at', models.DateTimeField(verbose_name='检查时间')),
                ('filed_at', models.DateTimeField(verbose_name='报送时间')),
                ('based_on', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='annual_reports.reportversion', verbose_name='沿用')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile', verbose_name='文件')),
                ('filed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='annual_reports.annualreport')),
            ],
            options={
                'verbose_name': '年报版本',
                'verbose_name_plural': '年报版本',
                'ordering': ['report', 'number'],
                'constraints': [models.UniqueConstraint(fields=('report', 'number'), name='version_number_once')],
            },
        ),
        migrations.CreateModel(
            name='FiledCell',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('cell', models.CharField(max_length=60, verbose_name='单元')),
                ('status', models.CharField(choices=[('value', 'value'), ('blank', 'blank'), ('missing', 'missing'), ('unreadable', 'unreadable')], max_length=10, verbose_name='状况')),
                ('value', models.DecimalField(decimal_places=6, max_digits=24, null=True, verbose_name='值')),
                ('unit', models.CharField(blank=True, max_length=4, verbose_name='单位')),
                ('raw', models.CharField(max_length=200, null=True, verbose_name='原文')),
                ('corrected', models.BooleanField(default=False, verbose_name='更正过')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='cells', to='annual_reports.reportversion')),
            ],
            options={
                'verbose_name': '单元',
                'verbose_name_plural': '单元',
                'constraints': [models.UniqueConstraint(fields=('version', 'cell'), name='cell_once_a_version'), models.CheckConstraint(condition=models.Q(models.Q(('status', gongkai.core.report.model.Status['VALUE']), ('value__isnull', False)), models.Q(models.Q(('status', gongkai.core.report.model.Status['VALUE']), _negated=True), ('value__isnull', True)), _connector='OR'), name='cell_value_iff_value')],
            },
        ),
        migrations.CreateModel(
            name='Correction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('cell', models.CharField(max_length=60, verbose_name='单元')),
                ('value', models.DecimalField(decimal_places=6, max_digits=24, null=True, verbose_name='更正为')),
                ('unit', models.CharField(blank=True, max_length=4, verbose_name='单位')),
                ('reason', models.CharField(max_length=500, verbose_name='理由')),
                ('made_at', models.DateTimeField(verbose_name='更正时间')),
                ('withdrawn_at', models.DateTimeField(null=True, verbose_name='撤回时间')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='annual_reports.reportversion')),
            ],
            options={
                'verbose_name': '更正',
                'verbose_name_plural': '更正',
                'ordering': ['made_at', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_at__isnull', True)), fields=('version', 'cell'), name='one_correction_in_force'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='correction_has_reason')],
            },
        ),
        migrations.AddField(
            model_name='annualreport',
            name='current',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='annual_reports.reportversion', verbose_name='现行版本'),
        ),
        migrations.AddField(
            model_name='annualreport',
            name='published',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='annual_reports.reportversion', verbose_name='公开版本'),
        ),
        migrations.CreateModel(
            name='UploadBatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.UUIDField(default=uuid.uuid4, unique=True, verbose_name='表单编号')),
                ('uploaded_at', models.DateTimeField(verbose_name='上传时间')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency', verbose_name='报送机关')),
                ('uploaded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '上传批次',
                'verbose_name_plural': '上传批次',
                'ordering': ['-uploaded_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='UploadItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField(verbose_name='序号')),
                ('name', models.CharField(max_length=255, verbose_name='文件名')),
                ('state', models.CharField(choices=[('stored', '已保存，等待读取'), ('reading', '正在读取'), ('read', '待确认'), ('confirmed', '已确认'), ('refused', '未收'), ('duplicate', '重复文件')], default=gongkai.annual_reports.states.ItemState['STORED'], max_length=10, verbose_name='状态')),
                ('refused_code', models.CharField(blank=True, max_length=60, verbose_name='原因代码')),
                ('refused_message', models.CharField(blank=True, max_length=500, verbose_name='原因')),
                ('started_at', models.DateTimeField(null=True, verbose_name='开始读取')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='读取次数')),
                ('reading', models.JSONField(null=True, verbose_name='读取结果')),
                ('findings', models.JSONField(default=list, verbose_name='检查结果')),
                ('candidates', models.JSONField(default=list, verbose_name='候选机关')),
                ('recognised_year', models.PositiveSmallIntegerField(null=True, verbose_name='认出的年度')),
                ('year', models.PositiveSmallIntegerField(null=True, verbose_name='年度')),
                ('scope', models.CharField(blank=True, choices=[('own', '本机关'), ('consolidated', '本级汇总')], max_length=12, verbose_name='范围')),
                ('confirmed_at', models.DateTimeField(null=True, verbose_name='确认时间')),
                ('agency', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency', verbose_name='机关')),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='annual_reports.uploadbatch')),
                ('confirmed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('duplicate_of', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='annual_reports.uploaditem')),
                ('file', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
                ('recognised_agency', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency', verbose_name='认出的机关')),
                ('version', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='item', to='annual_reports.reportversion', verbose_name='成为的版本')),
            ],
            options={
                'verbose_name': '上传文件',
                'verbose_name_plural': '上传文件',
                'ordering': ['batch', 'position'],
                'indexes': [models.Index(fields=['state', 'started_at'], name='item_state_started')],
                'constraints': [models.UniqueConstraint(fields=('batch', 'position'), name='item_position_once'), models.CheckConstraint(condition=models.Q(models.Q(('state', gongkai.annual_reports.states.ItemState['CONFIRMED']), _negated=True), models.Q(('agency__isnull', False), ('confirmed_at__isnull', False), ('version__isnull', False), ('year__isnull', False)), _connector='OR'), name='confirmed_item_says_what'), models.CheckConstraint(condition=models.Q(models.Q(('state', gongkai.annual_reports.states.ItemState['REFUSED']), _negated=True), models.Q(('refused_code', ''), _negated=True), _connector='OR'), name='refused_item_says_why'), models.CheckConstraint(condition=models.Q(models.Q(('state', gongkai.annual_reports.states.ItemState['DUPLICATE']), _negated=True), ('duplicate_of__isnull', False), _connector='OR'), name='duplicate_says_of_what'), models.CheckConstraint(condition=models.Q(('state', gongkai.annual_reports.states.ItemState['REFUSED']), ('file__isnull', False), _connector='OR'), name='item_is_stored')],
            },
        ),
        migrations.AddConstraint(
            model_name='annualreport',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', gongkai.annual_reports.states.ReportState['PUBLISHED']), _negated=True), models.Q(('published__isnull', False), ('published_at__isnull', False)), _connector='OR'), name='published_report_has_version'),
        ),
    ]
