import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import gongkai.participation.states


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('agencies', '0003_region'),
        ('publications', '0004_public_lists'),
        ('vault', '0001_identities'),
    ]

    operations = [
        migrations.CreateModel(
            name='Consultation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('question', models.TextField(verbose_name='征求意见的事项')),
                ('opens_on', models.DateField(verbose_name='开始日期')),
                ('closes_on', models.DateField(verbose_name='截止日期')),
                ('cancelled_on', models.DateField(blank=True, null=True, verbose_name='取消日期')),
                ('made_at', models.DateTimeField()),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency', verbose_name='机关')),
                ('publication', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='consultation', to='publications.publication', verbose_name='征求意见稿')),
                ('summary', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='publications.publication', verbose_name='意见采纳情况')),
            ],
            options={
                'verbose_name': '征求意见',
                'verbose_name_plural': '征求意见',
                'ordering': ['-closes_on', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('closes_on__gte', models.F('opens_on'))), name='consultation_period'), models.CheckConstraint(condition=models.Q(('question', ''), _negated=True), name='consultation_asks')],
            },
        ),
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[(gongkai.participation.states.Kind['QUESTION'], '政策咨询'), (gongkai.participation.states.Kind['COMMENT'], '征求意见反馈'), (gongkai.participation.states.Kind['SUGGESTION'], '主动公开建议'), (gongkai.participation.states.Kind['CORRECTION'], '信息更正申请')], max_length=20, verbose_name='种类')),
                ('number', models.CharField(max_length=40, verbose_name='编号')),
                ('state', models.CharField(choices=[('received', '待分办'), ('working', '办理中'), ('drafted', '待审核'), ('replied', '已答复'), ('closed', '已办结，不再处理')], max_length=20, verbose_name='状态')),
                ('revision', models.PositiveIntegerField(default=0)),
                ('token', models.UUIDField(unique=True)),
                ('code_digest', models.CharField(db_index=True, max_length=64)),
                ('sender_mask', models.CharField(blank=True, max_length=60, verbose_name='来信人')),
                ('subject', models.CharField(max_length=100, verbose_name='标题')),
                ('content', models.TextField(verbose_name='内容')),
                ('record', models.CharField(blank=True, max_length=300, verbose_name='有误的记录')),
                ('received_at', models.DateTimeField(verbose_name='收到时间')),
                ('due_on', models.DateField(verbose_name='答复期限')),
                ('outcome', models.CharField(blank=True, max_length=20, verbose_name='办理结果')),
                ('organ', models.CharField(blank=True, max_length=200, verbose_name='有权机关')),
                ('reply', models.TextField(blank=True, verbose_name='答复')),
                ('replied_at', models.DateTimeField(blank=True, null=True, verbose_name='答复时间')),
                ('closed_reason', models.CharField(blank=True, max_length=300, verbose_name='不予处理的理由')),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('public_question', models.TextField(blank=True, verbose_name='公开的问题')),
                ('public_reply', models.TextField(blank=True, verbose_name='公开的解答')),
                ('shown_at', models.DateTimeField(blank=True, null=True, verbose_name='公开时间')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency', verbose_name='机关')),
                ('consultation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='comments', to='participation.consultation')),
                ('drafted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('identity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.sealed')),
                ('leads_to', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='publications.publication')),
                ('publication', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='publications.publication', verbose_name='所问的信息')),
                ('replied_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('section', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.section', verbose_name='科室')),
                ('shown_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '公众来信',
                'verbose_name_plural': '公众来信',
                'ordering': ['-received_at', '-pk'],
                'indexes': [models.Index(fields=['agency', 'state', 'due_on'], name='message_due'), models.Index(fields=['agency', '-shown_at'], name='message_shown')],
                'constraints': [models.UniqueConstraint(fields=('agency', 'number'), name='message_number_once'), models.CheckConstraint(condition=models.Q(models.Q(('state', gongkai.participation.states.State['REPLIED']), _negated=True), models.Q(('replied_at__isnull', False), models.Q(('reply', ''), _negated=True), models.Q(('outcome', ''), _negated=True)), _connector='OR'), name='message_replied'), models.CheckConstraint(condition=models.Q(('replied_by__isnull', True), models.Q(('replied_by', models.F('drafted_by')), _negated=True), _connector='OR'), name='message_reply_by_another'), models.CheckConstraint(condition=models.Q(('shown_at__isnull', True), models.Q(('state', gongkai.participation.states.State['REPLIED']), models.Q(('public_question', ''), _negated=True), models.Q(('public_reply', ''), _negated=True)), _connector='OR'), name='message_shown_complete'), models.CheckConstraint(condition=models.Q(models.Q(('kind', gongkai.participation.states.Kind['COMMENT']), _negated=True), ('consultation__isnull', False), _connector='OR'), name='message_comment_on_something')],
            },
        ),
        migrations.CreateModel(
            name='MessageFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, verbose_name='文件名')),
                ('message', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='participation.message')),
                ('sealed_file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.sealedfile')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='MessageSeries',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20)),
                ('year', models.PositiveSmallIntegerField()),
                ('last', models.PositiveIntegerField(default=0)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('agency', 'kind', 'year'), name='message_series_once')],
            },
        ),
    ]
