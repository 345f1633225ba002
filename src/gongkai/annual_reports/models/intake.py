"""The way in: batches of uploaded files."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import within
from gongkai.annual_reports.models.report import Scope
from gongkai.annual_reports.permissions import AnnualReportPermission
from gongkai.annual_reports.states import ITEM_NAMES, ItemState


class UploadBatchQuerySet(models.QuerySet["UploadBatch"]):
    """Batches."""

    def visible_to(self, actor: Actor) -> UploadBatchQuerySet:
        """Those of one's own agency, or of the agencies that one supervises. Never the public."""
        return self.filter(within(actor, AnnualReportPermission.UPLOAD, "agency__path"))


class UploadBatch(models.Model):
    """What one person handed in at one time. `token` comes from the form: sent twice, it is the same batch."""

    token = models.UUIDField(_("表单编号"), unique=True, default=uuid.uuid4)
    agency = models.ForeignKey(
        "agencies.Agency", on_delete=models.PROTECT, related_name="+", verbose_name=_("报送机关"),
    )
    uploaded_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    uploaded_at = models.DateTimeField(_("上传时间"))

    objects = UploadBatchQuerySet.as_manager()

    class Meta:
        ordering = ["-uploaded_at", "-pk"]
        verbose_name = _("上传批次")
        verbose_name_plural = _("上传批次")

    def __str__(self) -> str:
        return f"{self.agency} {self.uploaded_at:%Y-%m-%d %H:%M}"

    @property
    def access_path(self) -> str:
        """Where it stands in the tree."""
        return self.agency.path


class UploadItemQuerySet(models.QuerySet["UploadItem"]):
    """Items."""

    def visible_to(self, actor: Actor) -> UploadItemQuerySet:
        """Those of the batches that the actor may see."""
        return self.filter(within(actor, AnnualReportPermission.UPLOAD, "batch__agency__path"))


class UploadItem(models.Model):
    """One file of a batch on its way to becoming a report.

    `recognised_*` is what the program believes, with `candidates` [{agency, score, why}] beside it; `agency`, `year`
    and `scope` are what a person confirmed.
    """

    batch = models.ForeignKey(UploadBatch, on_delete=models.PROTECT, related_name="items")
    position = models.PositiveIntegerField(_("序号"))
    name = models.CharField(_("文件名"), max_length=255)
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField(
        _("状态"), max_length=10, choices=[(s.value, n) for s, n in ITEM_NAMES.items()], default=ItemState.STORED,
    )
    refused_code = models.CharField(_("原因代码"), max_length=60, blank=True)
    refused_message = models.CharField(_("原因"), max_length=500, blank=True)
    started_at = models.DateTimeField(_("开始读取"), null=True)
    attempts = models.PositiveSmallIntegerField(_("读取次数"), default=0)
    reading = models.JSONField(_("读取结果"), null=True)
    findings = models.JSONField(_("检查结果"), default=list)
    candidates = models.JSONField(_("候选机关"), default=list)
    recognised_agency = models.ForeignKey(
        "agencies.Agency", on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("认出的机关"),
    )
    recognised_year = models.PositiveSmallIntegerField(_("认出的年度"), null=True)
    agency = models.ForeignKey(
        "agencies.Agency", on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("机关"),
    )
    year = models.PositiveSmallIntegerField(_("年度"), null=True)
    scope = models.CharField(_("范围"), max_length=12, choices=Scope.choices, blank=True)
    confirmed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(_("确认时间"), null=True)
    version = models.OneToOneField(
        "ReportVersion", on_delete=models.PROTECT, null=True, related_name="item", verbose_name=_("成为的版本"),
    )
    duplicate_of = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")

    objects = UploadItemQuerySet.as_manager()

    class Meta:
        ordering = ["batch", "position"]
        verbose_name = _("上传文件")
        verbose_name_plural = _("上传文件")
        constraints = [
            models.UniqueConstraint(fields=["batch", "position"], name="item_position_once"),
            models.CheckConstraint(
                condition=~Q(state=ItemState.CONFIRMED)
                | Q(agency__isnull=False, year__isnull=False, version__isnull=False, confirmed_at__isnull=False),
                name="confirmed_item_says_what",
            ),
            models.CheckConstraint(
                condition=~Q(state=ItemState.REFUSED) | ~Q(refused_code=""), name="refused_item_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(state=ItemState.DUPLICATE) | Q(duplicate_of__isnull=False), name="duplicate_says_of_what",
            ),
            models.CheckConstraint(
                condition=Q(state=ItemState.REFUSED) | Q(file__isnull=False), name="item_is_stored",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "started_at"], name="item_state_started"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def access_path(self) -> str:
        """Where it stands in the tree: with whoever handed it in."""
        return self.batch.agency.path

    @property
    def state_name(self) -> str:
        """The state in words."""
        return ITEM_NAMES[ItemState(self.state)]
