import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import gongkai.handover.periods


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('agencies', '0003_region'),
        ('publications', '0004_public_lists'),
    ]

    operations = [
        migrations.CreateModel(
            name='Receiver',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('archive', '国家档案馆'), ('library', '公共图书馆'), ('hall', '政务服务场所')], max_length=20, verbose_name='类别')),
                ('name', models.CharField(max_length=120, verbose_name='名称')),
                ('frequency', models.CharField(choices=[(gongkai.handover.periods.Frequency['HALF_MONTHLY'], '每半月'), (gongkai.handover.periods.Frequency['MONTHLY'], '每月'), (gongkai.handover.periods.Frequency['QUARTERLY'], '每季度')], default=gongkai.handover.periods.Frequency['QUARTERLY'], max_length=20, verbose_name='周期')),
                ('since', models.DateField(verbose_name='自')),
                ('active', models.BooleanField(default=True, verbose_name='在用')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency', verbose_name='机关')),
            ],
            options={
                'verbose_name': '接收单位',
                'verbose_name_plural': '接收单位',
                'ordering': ['agency_id', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('agency', 'name'), name='receiver_once'), models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='receiver_has_name')],
            },
        ),
        migrations.CreateModel(
            name='Batch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('first_on', models.DateField(verbose_name='起')),
                ('last_on', models.DateField(verbose_name='止')),
                ('supplement', models.PositiveSmallIntegerField(default=0, verbose_name='补充批次')),
                ('letter_number', models.CharField(blank=True, max_length=100, verbose_name='公函文号')),
                ('items_count', models.PositiveIntegerField(verbose_name='件数')),
                ('manifest', models.CharField(max_length=64, verbose_name='清单校验值')),
                ('made_at', models.DateTimeField(verbose_name='编制时间')),
                ('sent_on', models.DateField(blank=True, null=True, verbose_name='移交日期')),
                ('received_on', models.DateField(blank=True, null=True, verbose_name='接收日期')),
                ('receipt_number', models.CharField(blank=True, max_length=100, verbose_name='回执号')),
                ('received_by', models.CharField(blank=True, max_length=60, verbose_name='接收人')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('receiver', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='batches', to='handover.receiver')),
            ],
            options={
                'verbose_name': '移交批次',
                'verbose_name_plural': '移交批次',
                'ordering': ['-first_on', '-pk'],
                'constraints': [models.UniqueConstraint(fields=('receiver', 'first_on', 'last_on', 'supplement'), name='batch_once'), models.CheckConstraint(condition=models.Q(('last_on__gte', models.F('first_on'))), name='batch_period'), models.CheckConstraint(condition=models.Q(('received_on__isnull', True), models.Q(('received_on__gte', models.F('sent_on')), ('sent_on__isnull', False)), _connector='OR'), name='batch_received_after_sent'), models.CheckConstraint(condition=models.Q(('supplement', 0), models.Q(('letter_number', ''), _negated=True), _connector='OR'), name='batch_supplement_by_letter')],
            },
        ),
        migrations.CreateModel(
            name='BatchItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveIntegerField(verbose_name='序号')),
                ('change', models.CharField(choices=[('new', '新增'), ('changed', '修订替换'), ('withdrawn', '撤下告知')], default='new', max_length=10, verbose_name='变动')),
                ('index_number', models.CharField(max_length=100, verbose_name='索引号')),
                ('title', models.CharField(max_length=300, verbose_name='名称')),
                ('document_number', models.CharField(blank=True, max_length=100, verbose_name='文号')),
                ('formed_on', models.DateField(blank=True, null=True, verbose_name='成文日期')),
                ('published_on', models.DateField(verbose_name='发布日期')),
                ('digest', models.CharField(max_length=64, verbose_name='校验值')),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='handover.batch')),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='publications.edition')),
                ('publication', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='publications.publication')),
            ],
            options={
                'verbose_name': '移交清单',
                'verbose_name_plural': '移交清单',
                'ordering': ['order'],
                'constraints': [models.UniqueConstraint(fields=('batch', 'order'), name='batch_item_order'), models.UniqueConstraint(fields=('batch', 'publication'), name='batch_item_once')],
            },
        ),
    ]
