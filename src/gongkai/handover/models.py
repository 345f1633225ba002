"""Batches for archives and libraries: what was handed over, in which words, and the receipt (Art. 25)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import within
from gongkai.handover.periods import FREQUENCY_NAMES, Frequency, Period
from gongkai.handover.permissions import HandoverPermission


class ReceiverQuerySet(models.QuerySet["Receiver"]):
    """Receivers."""

    def visible_to(self, actor: Actor) -> ReceiverQuerySet:
        """Those of the agencies where one's duty is to see the batches."""
        return self.filter(within(actor, HandoverPermission.SEE, "agency__path"))


class Receiver(models.Model):
    """Where an agency hands its published information over, and how often."""

    KINDS = [("archive", _("国家档案馆")), ("library", _("公共图书馆")), ("hall", _("政务服务场所"))]

    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+", verbose_name=_("机关"))
    kind = models.CharField(_("类别"), max_length=20, choices=KINDS)
    name = models.CharField(_("名称"), max_length=120)
    frequency = models.CharField(
        _("周期"), max_length=20, choices=list(FREQUENCY_NAMES.items()), default=Frequency.QUARTERLY,
    )
    since = models.DateField(_("自"))  # the period of this day is the first one owed
    active = models.BooleanField(_("在用"), default=True)

    objects = ReceiverQuerySet.as_manager()

    class Meta:
        ordering = ["agency_id", "pk"]
        verbose_name = verbose_name_plural = _("接收单位")
        constraints = [
            models.UniqueConstraint(fields=["agency", "name"], name="receiver_once"),
            models.CheckConstraint(condition=~Q(name=""), name="receiver_has_name"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def access_path(self) -> str:
        """Where it belongs in the tree."""
        return self.agency.path


class BatchQuerySet(models.QuerySet["Batch"]):
    """Batches."""

    def visible_to(self, actor: Actor) -> BatchQuerySet:
        """Those of the agencies where one's duty is to see them."""
        return self.filter(within(actor, HandoverPermission.SEE, "receiver__agency__path"))


class Batch(models.Model):
    """What is handed to one receiver for one period; without items it is the nil return (零报告).

    A receiver gets one batch for a period; what must be replaced later goes as a supplement with the number of the
    formal letter that asks for it. `manifest` is the SHA-256 of the list of checksums: the receipt speaks of it.
    """

    receiver = models.ForeignKey(Receiver, on_delete=models.PROTECT, related_name="batches")
    first_on = models.DateField(_("起"))
    last_on = models.DateField(_("止"))
    supplement = models.PositiveSmallIntegerField(_("补充批次"), default=0)
    letter_number = models.CharField(_("公函文号"), max_length=100, blank=True)
    items_count = models.PositiveIntegerField(_("件数"))
    manifest = models.CharField(_("清单校验值"), max_length=64)
    made_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(_("编制时间"))
    sent_on = models.DateField(_("移交日期"), null=True, blank=True)
    received_on = models.DateField(_("接收日期"), null=True, blank=True)
    receipt_number = models.CharField(_("回执号"), max_length=100, blank=True)
    received_by = models.CharField(_("接收人"), max_length=60, blank=True)

    objects = BatchQuerySet.as_manager()

    class Meta:
        ordering = ["-first_on", "-pk"]
        verbose_name = verbose_name_plural = _("移交批次")
        constraints = [
            models.UniqueConstraint(fields=["receiver", "first_on", "last_on", "supplement"], name="batch_once"),
            models.CheckConstraint(condition=Q(last_on__gte=F("first_on")), name="batch_period"),
            models.CheckConstraint(
                condition=Q(received_on__isnull=True) | Q(sent_on__isnull=False, received_on__gte=F("sent_on")),
                name="batch_received_after_sent",
            ),
            models.CheckConstraint(
                condition=Q(supplement=0) | ~Q(letter_number=""), name="batch_supplement_by_letter",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period.name}"

    @property
    def access_path(self) -> str:
        """Where it belongs in the tree."""
        return self.receiver.agency.path

    @property
    def period(self) -> Period:
        """The days that it covers."""
        return Period(self.first_on, self.last_on)

    @property
    def nil(self) -> bool:
        """Whether it says that there was nothing to hand over."""
        return self.items_count == 0


class BatchItem(models.Model):
    """One line of a batch, as it was on the day: a later edition does not change what was handed over."""

    class Change(models.TextChoices):
        NEW = "new", _("新增")
        CHANGED = "changed", _("修订替换")
        WITHDRAWN = "withdrawn", _("撤下告知")

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="items")
    order = models.PositiveIntegerField(_("序号"))
    change = models.CharField(_("变动"), max_length=10, choices=Change.choices, default=Change.NEW)
    publication = models.ForeignKey("publications.Publication", on_delete=models.PROTECT, related_name="+")
    edition = models.ForeignKey("publications.Edition", on_delete=models.PROTECT, related_name="+")
    index_number = models.CharField(_("索引号"), max_length=100)
    title = models.CharField(_("名称"), max_length=300)
    document_number = models.CharField(_("文号"), max_length=100, blank=True)
    formed_on = models.DateField(_("成文日期"), null=True, blank=True)
    published_on = models.DateField(_("发布日期"))
    digest = models.CharField(_("校验值"), max_length=64)

    class Meta:
        ordering = ["order"]
        verbose_name = verbose_name_plural = _("移交清单")
        constraints = [
            models.UniqueConstraint(fields=["batch", "order"], name="batch_item_order"),
            models.UniqueConstraint(fields=["batch", "publication"], name="batch_item_once"),
        ]

    def __str__(self) -> str:
        return self.index_number
