import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import gongkai.disputes.states


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('agencies', '0003_region'),
        ('applications', '0007_publication'),
        ('publications', '0005_edition_state'),
        ('vault', '0001_identities'),
    ]

    operations = [
        migrations.CreateModel(
            name='Dispute',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=100, verbose_name='登记号')),
                ('track', models.CharField(choices=[('reconsideration', '行政复议'), ('direct', '行政诉讼（未经复议直接起诉）'), ('after', '行政诉讼（复议后起诉）')], max_length=20, verbose_name='类别')),
                ('state', models.CharField(choices=[('received', '待答复'), ('answered', '待决定'), ('decided', '已决定'), ('closed', '已了结'), ('cancelled', '误登作废')], max_length=20, verbose_name='状态')),
                ('against', models.CharField(choices=[('reply', '对答复不服'), ('silence', '逾期没有答复'), ('publication', '对公开的信息不服'), ('other', '其他')], default=gongkai.disputes.states.Against['REPLY'], max_length=20, verbose_name='争议事项')),
                ('subject', models.CharField(max_length=300, verbose_name='案由')),
                ('party_mask', models.CharField(blank=True, max_length=60, verbose_name='申请人、原告')),
                ('third_party', models.BooleanField(default=False, verbose_name='第三人提起')),
                ('note', models.TextField(blank=True, verbose_name='备注')),
                ('closed_on', models.DateField(blank=True, null=True, verbose_name='了结日期')),
                ('registered_at', models.DateTimeField(verbose_name='登记时间')),
                ('revision', models.PositiveIntegerField(default=0)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='disputes', to='agencies.agency', verbose_name='机关')),
                ('application', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='disputes', to='applications.application', verbose_name='所涉申请')),
                ('follows', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='followed_by', to='disputes.dispute', verbose_name='复议案')),
                ('handler', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='经办人')),
                ('identity', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.sealed')),
                ('imported', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='disputes', to='applications.registerimport')),
                ('publication', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='disputes', to='publications.publication', verbose_name='所涉公开信息')),
            ],
            options={
                'verbose_name': '复议、诉讼案件',
                'verbose_name_plural': '复议、诉讼案件',
                'ordering': ['-registered_at', '-pk'],
                'indexes': [models.Index(fields=['agency', 'track', 'state'], name='dispute_agency_track'), models.Index(fields=['agency', '-registered_at'], name='dispute_newest')],
                'constraints': [models.UniqueConstraint(fields=('agency', 'number'), name='dispute_number_once'), models.CheckConstraint(condition=models.Q(('number', ''), _negated=True), name='dispute_has_number'), models.CheckConstraint(condition=models.Q(('subject', ''), _negated=True), name='dispute_has_subject'), models.CheckConstraint(condition=models.Q(('follows', models.F('id')), _negated=True), name='dispute_follows_another'), models.CheckConstraint(condition=models.Q(models.Q(('state', gongkai.disputes.states.State['CLOSED']), _negated=True), ('closed_on__isnull', False), _connector='OR'), name='dispute_closed_has_a_day')],
            },
        ),
        migrations.CreateModel(
            name='Proceeding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(verbose_name='序号')),
                ('stage', models.CharField(choices=[('reconsideration', '复议'), ('first', '一审'), ('second', '二审'), ('retrial', '再审')], max_length=20, verbose_name='审级')),
                ('body', models.CharField(blank=True, max_length=120, verbose_name='复议机关、法院')),
                ('case_number', models.CharField(blank=True, max_length=100, verbose_name='案号')),
                ('filed_on', models.DateField(blank=True, null=True, verbose_name='申请、起诉日期')),
                ('accepted_on', models.DateField(blank=True, null=True, verbose_name='受理、立案日期')),
                ('received_on', models.DateField(verbose_name='收到通知日期')),
                ('simple', models.BooleanField(default=False, verbose_name='适用简易程序')),
                ('answer_due_on', models.DateField(blank=True, null=True, verbose_name='答复、答辩期限')),
                ('answer_due_status', models.CharField(blank=True, max_length=12)),
                ('answered_on', models.DateField(blank=True, null=True, verbose_name='答复、答辩日期')),
                ('decision_due_on', models.DateField(blank=True, null=True, verbose_name='审理期限')),
                ('decided_on', models.DateField(blank=True, null=True, verbose_name='决定、裁判日期')),
                ('served_on', models.DateField(blank=True, null=True, verbose_name='收到决定、裁判日期')),
                ('result', models.CharField(blank=True, choices=[('upheld', '结果维持'), ('corrected', '结果纠正'), ('other', '其他结果')], max_length=20, verbose_name='结果')),
                ('ending', models.CharField(blank=True, choices=[('', ''), ('revoked', '撤销'), ('changed', '变更'), ('unlawful', '确认违法'), ('ordered', '责令履行'), ('withdrawn', '撤回'), ('dismissed', '驳回复议申请或者起诉'), ('not_accepted', '不予受理或者不予立案'), ('mediated', '调解、和解'), ('terminated', '终止、终结')], default=gongkai.disputes.states.Ending['NONE'], max_length=20, verbose_name='具体结果')),
                ('decision_number', models.CharField(blank=True, max_length=100, verbose_name='决定、裁判文号')),
                ('reasons', models.TextField(blank=True, verbose_name='理由要点')),
                ('dispute', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proceedings', to='disputes.dispute')),
            ],
            options={
                'verbose_name': '审理程序',
                'verbose_name_plural': '审理程序',
                'ordering': ['dispute', 'position'],
                'indexes': [models.Index(fields=['dispute', 'received_on'], name='proceeding_received')],
                'constraints': [models.UniqueConstraint(fields=('dispute', 'position'), name='proceeding_position_once'), models.CheckConstraint(condition=models.Q(models.Q(('decided_on__isnull', True), ('result', '')), models.Q(('decided_on__isnull', False), models.Q(('result', ''), _negated=True)), _connector='OR'), name='proceeding_decided_with_result'), models.CheckConstraint(condition=models.Q(('decided_on__isnull', True), ('decided_on__gte', models.F('received_on')), _connector='OR'), name='proceeding_decided_after_receipt'), models.CheckConstraint(condition=models.Q(('answered_on__isnull', True), ('answered_on__gte', models.F('received_on')), _connector='OR'), name='proceeding_answered_after_receipt')],
            },
        ),
        migrations.CreateModel(
            name='DisputePaper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('notice', '受理、应诉通知书'), ('petition', '申请书、起诉状副本'), ('answer', '答复书、答辩状'), ('evidence', '证据、依据'), ('decision', '决定书、裁判文书'), ('reply', '重新作出的答复'), ('other', '其他')], default='other', max_length=20, verbose_name='种类')),
                ('name', models.CharField(max_length=255, verbose_name='文件名')),
                ('size', models.PositiveBigIntegerField(verbose_name='大小')),
                ('sha256', models.CharField(max_length=64)),
                ('added_at', models.DateTimeField(verbose_name='附入时间')),
                ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('dispute', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='papers', to='disputes.dispute')),
                ('sealed', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.sealedfile')),
                ('proceeding', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='papers', to='disputes.proceeding')),
            ],
            options={
                'verbose_name': '案件材料',
                'verbose_name_plural': '案件材料',
                'ordering': ['dispute', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('dispute', 'sha256'), name='dispute_paper_once')],
            },
        ),
        migrations.CreateModel(
            name='Rehandling',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_on', models.DateField(verbose_name='起算日期')),
                ('days', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='期限')),
                ('working', models.BooleanField(default=True, verbose_name='工作日')),
                ('due_on', models.DateField(verbose_name='重新答复期限')),
                ('due_status', models.CharField(blank=True, max_length=12)),
                ('done_on', models.DateField(blank=True, null=True, verbose_name='重新答复日期')),
                ('answer_kind', models.CharField(blank=True, max_length=40, verbose_name='重新答复的结果')),
                ('reply_number', models.CharField(blank=True, max_length=200, verbose_name='重新答复文号')),
                ('lifted_on', models.DateField(blank=True, null=True, verbose_name='解除日期')),
                ('lifted_reason', models.CharField(blank=True, max_length=300, verbose_name='解除理由')),
                ('application', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='rehandlings', to='applications.application')),
                ('dispute', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rehandlings', to='disputes.dispute')),
                ('proceeding', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='rehandling', to='disputes.proceeding')),
            ],
            options={
                'verbose_name': '重新答复',
                'verbose_name_plural': '重新答复',
                'ordering': ['due_on', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('done_on__isnull', True), models.Q(('answer_kind', ''), _negated=True), _connector='OR'), name='rehandling_done_says_how'), models.CheckConstraint(condition=models.Q(('lifted_on__isnull', True), models.Q(('lifted_reason', ''), _negated=True), _connector='OR'), name='rehandling_lifted_says_why')],
            },
        ),
    ]
