import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('agencies', '0003_region'),
    ]

    operations = [
        migrations.CreateModel(
            name='CatalogueImport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, verbose_name='文件名')),
                ('sha256', models.CharField(max_length=64, verbose_name='校验值')),
                ('rows', models.PositiveIntegerField(verbose_name='导入行数')),
                ('refused', models.PositiveIntegerField(verbose_name='跳过行数')),
                ('at', models.DateTimeField(verbose_name='时间')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency', verbose_name='机关')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='操作人')),
            ],
            options={
                'verbose_name': '目录导入',
                'verbose_name_plural': '目录导入',
                'ordering': ['-at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Item',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=40, verbose_name='编码')),
                ('name', models.CharField(max_length=200, verbose_name='事项')),
                ('contents', models.TextField(blank=True, verbose_name='公开内容（要素）')),
                ('basis', models.TextField(blank=True, verbose_name='公开依据')),
                ('source', models.CharField(choices=[('statutory', '条例第二十条'), ('article21', '条例第二十一条'), ('basic', '基本目录'), ('standard', '基层标准目录'), ('own', '本机关自设'), ('block', '平台栏目')], default='own', max_length=20, verbose_name='来源')),
                ('domain', models.CharField(blank=True, max_length=60, verbose_name='领域')),
                ('mode', models.CharField(choices=[('permanent', '长期公开'), ('periodic', '定期公开'), ('irregular', '随时公开')], default='irregular', max_length=20, verbose_name='公开类型')),
                ('timing', models.CharField(blank=True, choices=[('before', '事前公开'), ('after', '事后公开')], max_length=10, verbose_name='公开环节')),
                ('limit_text', models.TextField(blank=True, verbose_name='公开时限')),
                ('limit_days', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='时限（工作日）')),
                ('at_once', models.BooleanField(default=False, verbose_name='实时公开')),
                ('period', models.CharField(blank=True, choices=[('month', '每月'), ('quarter', '每季度'), ('half_year', '每半年'), ('year', '每年')], max_length=10, verbose_name='周期')),
                ('fresh_days', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='多少天不更新即为过期')),
                ('audience', models.CharField(choices=[('all', '全社会'), ('group', '特定群体')], default='all', max_length=10, verbose_name='公开对象')),
                ('group', models.CharField(blank=True, max_length=200, verbose_name='特定群体')),
                ('method', models.CharField(choices=[('proactive', '主动公开'), ('on_request', '依申请公开')], default='proactive', max_length=12, verbose_name='公开方式')),
                ('tier', models.CharField(blank=True, choices=[('county', '县级'), ('township', '乡级'), ('both', '县级、乡级')], max_length=10, verbose_name='公开层级')),
                ('channels', models.JSONField(blank=True, default=list, verbose_name='公开渠道和载体')),
                ('aspects', models.JSONField(blank=True, default=list, verbose_name='五公开')),
                ('topic', models.CharField(blank=True, max_length=60, verbose_name='主题分类')),
                ('required', models.BooleanField(default=False, verbose_name='必须公开')),
                ('active', models.BooleanField(default=True, verbose_name='在用')),
                ('order', models.PositiveIntegerField(default=0, verbose_name='次序')),
                ('edition', models.PositiveIntegerField(default=1, verbose_name='版次')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='catalogue_items', to='agencies.agency', verbose_name='机关')),
                ('assigned_from', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='copies', to='catalogue.item', verbose_name='下达自')),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='责任人')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='catalogue.item', verbose_name='上级事项')),
                ('section', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='catalogue_items', to='agencies.section', verbose_name='责任科室')),
            ],
            options={
                'verbose_name': '公开事项',
                'verbose_name_plural': '公开事项',
                'ordering': ['agency_id', 'order', 'pk'],
                'indexes': [models.Index(fields=['agency', 'active', 'order'], name='catalogue_in_order'), models.Index(fields=['section', 'active'], name='catalogue_by_section')],
                'constraints': [models.UniqueConstraint(fields=('agency', 'code'), name='catalogue_code_once'), models.CheckConstraint(condition=models.Q(models.Q(('name', ''), _negated=True), models.Q(('code', ''), _negated=True)), name='catalogue_item_has_code_and_name'), models.CheckConstraint(condition=models.Q(('limit_days__isnull', True), ('limit_days__gt', 0), _connector='OR'), name='catalogue_limit_positive'), models.CheckConstraint(condition=models.Q(('fresh_days__isnull', True), ('fresh_days__gt', 0), _connector='OR'), name='catalogue_freshness_positive'), models.CheckConstraint(condition=models.Q(('edition__gt', 0)), name='catalogue_edition_positive')],
            },
        ),
        migrations.CreateModel(
            name='ItemEdition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name='版次')),
                ('from_on', models.DateField(verbose_name='自哪天起')),
                ('facts', models.JSONField(verbose_name='内容')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='理由')),
                ('at', models.DateTimeField(verbose_name='时间')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='操作人')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='editions', to='catalogue.item', verbose_name='公开事项')),
            ],
            options={
                'verbose_name': '事项版次',
                'verbose_name_plural': '事项版次',
                'ordering': ['item_id', 'number'],
                'constraints': [models.UniqueConstraint(fields=('item', 'number'), name='catalogue_edition_once'), models.CheckConstraint(condition=models.Q(('number__gt', 0)), name='catalogue_edition_number_positive')],
            },
        ),
    ]
