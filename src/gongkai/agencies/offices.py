"""The office inside an agency: its sections, and how the public reaches its disclosure office (Arts. 4, 12)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongkai.accounts.actor import Actor


class Section(models.Model):
    """A section (科室) of an agency, to which applications are assigned and in which contributors work."""

    agency = models.ForeignKey(
        "agencies.Agency", on_delete=models.PROTECT, related_name="sections", verbose_name=_("机关"),
    )
    name = models.CharField(_("名称"), max_length=60)
    active = models.BooleanField(_("在用"), default=True)

    class Meta:
        ordering = ["agency_id", "pk"]
        verbose_name = verbose_name_plural = _("科室")
        constraints = [
            models.UniqueConstraint(fields=["agency", "name"], name="section_once"),
            models.CheckConstraint(condition=~Q(name=""), name="section_has_name"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def access_path(self) -> str:
        """Where it belongs in the tree."""
        return self.agency.path


class DisclosureOfficeQuerySet(models.QuerySet["DisclosureOffice"]):
    """Descriptions of offices."""

    def visible_to(self, actor: Actor) -> DisclosureOfficeQuerySet:  # noqa: ARG002
        """The guide is public (Art. 12)."""
        return self.all()


class DisclosureOffice(models.Model):
    """What the guide (指南) says of an agency's disclosure office, and what its letters are made out with.

    In person and by post can never be refused; `channels` lists the others that bind the agency because the guide
    describes them: online, fax, email.
    """

    agency = models.OneToOneField(
        "agencies.Agency", on_delete=models.PROTECT, related_name="office", verbose_name=_("机关"),
    )
    name = models.CharField(_("公开工作机构名称"), max_length=120, blank=True)
    address = models.CharField(_("办公地址"), max_length=200, blank=True)
    postcode = models.CharField(_("邮政编码"), max_length=6, blank=True)
    hours = models.CharField(_("办公时间"), max_length=200, blank=True)
    phone = models.CharField(_("联系电话"), max_length=60, blank=True)
    fax = models.CharField(_("传真号码"), max_length=60, blank=True)
    email = models.CharField(_("电子邮箱"), max_length=120, blank=True)
    channels = models.JSONField(_("受理渠道"), default=list)
    letter_prefix = models.CharField(_("发文机关代字"), max_length=20, blank=True)
    review_organ = models.CharField(_("行政复议机关"), max_length=120, blank=True)
    court = models.CharField(_("管辖法院"), max_length=120, blank=True)
    payment = models.TextField(_("缴费方式"), blank=True)
    classification = models.TextField(_("信息的分类和编排"), blank=True)
    obtaining = models.TextField(_("获取方式"), blank=True)
    described_on = models.DateField(_("指南更新日期"), null=True, blank=True)

    objects = DisclosureOfficeQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("公开工作机构")

    def __str__(self) -> str:
        return self.name or str(self.agency)

    @property
    def access_path(self) -> str:
        """Where it belongs in the tree."""
        return self.agency.path
