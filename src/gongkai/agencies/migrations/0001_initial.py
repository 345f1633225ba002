import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Agency',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='名称')),
                ('short_name', models.CharField(blank=True, max_length=60, verbose_name='简称')),
                ('kind', models.CharField(choices=[('government', '人民政府'), ('department', '政府部门'), ('township', '乡镇人民政府'), ('street', '街道办事处'), ('dispatched', '派出机关'), ('institution', '法律法规授权组织'), ('enterprise', '公共企事业单位')], default='department', max_length=20, verbose_name='类型')),
                ('level', models.CharField(choices=[('national', '国家'), ('province', '省'), ('city', '市'), ('county', '县'), ('township', '乡')], default='county', max_length=20, verbose_name='层级')),
                ('credit_code', models.CharField(blank=True, max_length=18, verbose_name='统一社会信用代码')),
                ('path', models.CharField(max_length=128, unique=True, verbose_name='路径')),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='生效日期')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='失效日期')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='agencies.agency', verbose_name='上级')),
            ],
            options={
                'verbose_name': '机关',
                'verbose_name_plural': '机关',
                'ordering': ['path'],
                'constraints': [models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='agency_has_name'), models.CheckConstraint(condition=models.Q(('parent', models.F('id')), _negated=True), name='agency_not_its_own_parent'), models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_from__isnull', True), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='agency_ends_after_it_begins'), models.UniqueConstraint(condition=models.Q(('valid_to__isnull', True)), fields=('name',), name='agency_name_in_force'), models.UniqueConstraint(condition=models.Q(models.Q(('credit_code', ''), _negated=True), ('valid_to__isnull', True)), fields=('credit_code',), name='agency_credit_code_in_force')],
            },
        ),
        migrations.CreateModel(
            name='FormerName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(db_index=True, max_length=120, verbose_name='曾用名')),
                ('until', models.DateField(verbose_name='用到')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='former_names', to='agencies.agency', verbose_name='机关')),
            ],
            options={
                'verbose_name': '曾用名',
                'verbose_name_plural': '曾用名',
                'ordering': ['until'],
                'constraints': [models.UniqueConstraint(fields=('agency', 'name', 'until'), name='former_name_once')],
            },
        ),
        migrations.CreateModel(
            name='Succession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField(verbose_name='日期')),
                ('predecessor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='successions', to='agencies.agency')),
                ('successor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='inheritances', to='agencies.agency')),
            ],
            options={
                'verbose_name': '承继',
                'verbose_name_plural': '承继',
                'ordering': ['on'],
                'constraints': [models.UniqueConstraint(fields=('predecessor', 'successor'), name='succession_once'), models.CheckConstraint(condition=models.Q(('predecessor', models.F('successor')), _negated=True), name='succession_between_two')],
            },
        ),
    ]
