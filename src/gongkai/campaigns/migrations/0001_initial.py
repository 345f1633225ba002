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
            name='Campaign',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='年度')),
                ('title', models.CharField(max_length=200, verbose_name='标题')),
                ('notice_number', models.CharField(blank=True, max_length=100, verbose_name='文号')),
                ('notice', models.TextField(verbose_name='通知内容')),
                ('due_on', models.DateField(verbose_name='提交期限')),
                ('publish_by', models.DateField(verbose_name='公布期限')),
                ('opened_at', models.DateTimeField(verbose_name='布置时间')),
                ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='结束时间')),
                ('opened_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('root', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='campaigns', to='agencies.agency', verbose_name='主管的政府')),
            ],
            options={
                'verbose_name': '年报工作',
                'verbose_name_plural': '年报工作',
                'ordering': ['-year', 'root__path'],
                'constraints': [models.UniqueConstraint(fields=('root', 'year'), name='one_campaign_a_year'), models.CheckConstraint(condition=models.Q(('publish_by__gte', models.F('due_on'))), name='campaign_published_after_due')],
            },
        ),
        migrations.CreateModel(
            name='Explanation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('cell', models.CharField(max_length=60, verbose_name='单元格')),
                ('reported', models.CharField(max_length=40, verbose_name='报送数')),
                ('computed', models.CharField(max_length=40, verbose_name='计算数')),
                ('text', models.CharField(max_length=500, verbose_name='说明')),
                ('made_at', models.DateTimeField(verbose_name='时间')),
                ('accepted_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('accepted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency', verbose_name='机关')),
                ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='explanations', to='campaigns.campaign')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '差异说明',
                'verbose_name_plural': '差异说明',
                'ordering': ['campaign', 'agency', 'cell', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_at__isnull', True)), fields=('campaign', 'agency', 'cell'), name='one_explanation_counts'), models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='explanation_says_why')],
            },
        ),
        migrations.CreateModel(
            name='Member',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='另定期限')),
                ('due_reason', models.CharField(blank=True, max_length=300, verbose_name='另定期限的理由')),
                ('exempt_reason', models.CharField(blank=True, max_length=300, verbose_name='不报的理由')),
                ('read_at', models.DateTimeField(blank=True, null=True, verbose_name='已阅时间')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency', verbose_name='机关')),
                ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='members', to='campaigns.campaign')),
                ('read_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '报送机关',
                'verbose_name_plural': '报送机关',
                'ordering': ['campaign', 'agency__path'],
                'constraints': [models.UniqueConstraint(fields=('campaign', 'agency'), name='member_once'), models.CheckConstraint(condition=models.Q(('due_on__isnull', True), models.Q(('due_reason', ''), _negated=True), _connector='OR'), name='member_own_date_says_why')],
            },
        ),
        migrations.CreateModel(
            name='Reminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(max_length=500, verbose_name='催报内容')),
                ('sent_at', models.DateTimeField(verbose_name='时间')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reminders', to='campaigns.member')),
                ('sent_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '催报',
                'verbose_name_plural': '催报',
                'ordering': ['-sent_at', '-pk'],
            },
        ),
    ]
