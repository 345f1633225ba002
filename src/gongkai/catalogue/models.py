"""The catalogue of an agency (公开目录): items as they stand, and every edition that they had (Arts. 12, 20 to 22)."""

from __future__ import annotations

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import within
from gongkai.catalogue.permissions import CataloguePermission


class Source(models.TextChoices):
    """Where an item comes from."""

    STATUTORY = "statutory", _("条例第二十条")
    ARTICLE_21 = "article21", _("条例第二十一条")
    BASIC = "basic", _("基本目录")
    STANDARD = "standard", _("基层标准目录")
    OWN = "own", _("本机关自设")
    BLOCK = "block", _("平台栏目")


class Mode(models.TextChoices):
    """How long publication lasts: for good, at fixed times, or as things happen."""

    PERMANENT = "permanent", _("长期公开")
    PERIODIC = "periodic", _("定期公开")
    IRREGULAR = "irregular", _("随时公开")


class Timing(models.TextChoices):
    """Before or after the decision or act that the item is about."""

    BEFORE = "before", _("事前公开")
    AFTER = "after", _("事后公开")


class Period(models.TextChoices):
    """How often a periodic item is due."""

    MONTH = "month", _("每月")
    QUARTER = "quarter", _("每季度")
    HALF_YEAR = "half_year", _("每半年")
    YEAR = "year", _("每年")


class Audience(models.TextChoices):
    """公开对象 of the standard catalogue."""

    ALL = "all", _("全社会")
    GROUP = "group", _("特定群体")


class Method(models.TextChoices):
    """公开方式 of the standard catalogue."""

    PROACTIVE = "proactive", _("主动公开")
    ON_REQUEST = "on_request", _("依申请公开")


class Tier(models.TextChoices):
    """公开层级 of the standard catalogue."""

    COUNTY = "county", _("县级")
    TOWNSHIP = "township", _("乡级")
    BOTH = "both", _("县级、乡级")


class ItemQuerySet(models.QuerySet["Item"]):
    """Items."""

    def visible_to(self, actor: Actor) -> ItemQuerySet:
        """The public sees what stands; staff see also what was retired, in the agencies of their posts."""
        if actor.is_public:
            return self.public()
        return self.filter(within(actor, CataloguePermission.SEE, "agency__path"))

    def public(self) -> ItemQuerySet:
        """What stands today: which items there are is public (Art. 12)."""
        return self.filter(active=True)

    def leaves(self) -> ItemQuerySet:
        """Those under which information is published: a heading that has items of its own in use is none."""
        return self.filter(~models.Exists(Item.objects.filter(parent=models.OuterRef("pk"), active=True)))


class Item(models.Model):
    """A thing that an agency must publish.

    `limit_text` is what the catalogue says, `limit_days` the shortest limit in working days that was understood in it,
    `at_once` that it must come out in real time. `fresh_days` overrides after how many days without an update the item
    is stale; without it `core.catalogue.freshness` decides by mode and period. `section` answers for it, `owner` is the
    person. `assigned_from` is the item above that it was copied from: such an item is not retired by the agency itself.
    """

    agency = models.ForeignKey(
        "agencies.Agency", on_delete=models.PROTECT, related_name="catalogue_items", verbose_name=_("机关"),
    )
    code = models.CharField(_("编码"), max_length=40)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("上级事项"),
    )
    name = models.CharField(_("事项"), max_length=200)
    contents = models.TextField(_("公开内容（要素）"), blank=True)
    basis = models.TextField(_("公开依据"), blank=True)
    source = models.CharField(_("来源"), max_length=20, choices=Source.choices, default=Source.OWN)
    domain = models.CharField(_("领域"), max_length=60, blank=True)
    subject = models.CharField(_("公开主体"), max_length=200, blank=True)
    section = models.ForeignKey(
        "agencies.Section", on_delete=models.PROTECT, null=True, blank=True, related_name="catalogue_items",
        verbose_name=_("责任科室"),
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("责任人"),
    )
    mode = models.CharField(_("公开类型"), max_length=20, choices=Mode.choices, default=Mode.IRREGULAR)
    timing = models.CharField(_("公开环节"), max_length=10, choices=Timing.choices, blank=True)
    limit_text = models.TextField(_("公开时限"), blank=True)
    limit_days = models.PositiveSmallIntegerField(_("时限（工作日）"), null=True, blank=True)
    at_once = models.BooleanField(_("实时公开"), default=False)
    period = models.CharField(_("周期"), max_length=10, choices=Period.choices, blank=True)
    fresh_days = models.PositiveSmallIntegerField(_("多少天不更新即为过期"), null=True, blank=True)
    audience = models.CharField(_("公开对象"), max_length=10, choices=Audience.choices, default=Audience.ALL)
    group = models.CharField(_("特定群体"), max_length=200, blank=True)
    method = models.CharField(_("公开方式"), max_length=12, choices=Method.choices, default=Method.PROACTIVE)
    tier = models.CharField(_("公开层级"), max_length=10, choices=Tier.choices, blank=True)
    channels = models.JSONField(_("公开渠道和载体"), default=list, blank=True)
    aspects = models.JSONField(_("五公开"), default=list, blank=True)
    topic = models.CharField(_("主题分类"), max_length=60, blank=True)
    required = models.BooleanField(_("必须公开"), default=False)
    active = models.BooleanField(_("在用"), default=True)
    order = models.PositiveIntegerField(_("次序"), default=0)
    edition = models.PositiveIntegerField(_("版次"), default=1)
    assigned_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="copies", verbose_name=_("下达自"),
    )

    objects = ItemQuerySet.as_manager()

    class Meta:
        ordering = ["agency_id", "order", "pk"]
        verbose_name = verbose_name_plural = _("公开事项")
        constraints = [
            models.UniqueConstraint(fields=["agency", "code"], name="catalogue_code_once"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(code=""), name="catalogue_item_has_code_and_name"),
            models.CheckConstraint(
                condition=Q(limit_days__isnull=True) | Q(limit_days__gt=0), name="catalogue_limit_positive",
            ),
            models.CheckConstraint(
                condition=Q(fresh_days__isnull=True) | Q(fresh_days__gt=0), name="catalogue_freshness_positive",
            ),
            models.CheckConstraint(condition=Q(edition__gt=0), name="catalogue_edition_positive"),
        ]
        indexes = [
            models.Index(fields=["agency", "active", "order"], name="catalogue_in_order"),
            models.Index(fields=["section", "active"], name="catalogue_by_section"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def access_path(self) -> str:
        """Where it belongs in the tree."""
        return self.agency.path


class ItemEditionQuerySet(models.QuerySet["ItemEdition"]):
    """Editions. Rows are only added."""

    def visible_to(self, actor: Actor) -> ItemEditionQuerySet:
        """Those of the items of the actor's agencies."""
        return self.filter(within(actor, CataloguePermission.SEE, "item__agency__path"))

    def update(self, **_values: Any) -> NoReturn:
        """History is not rewritten."""
        raise TypeError("an edition is never changed")

    def delete(self) -> NoReturn:
        """History is not thrown away."""
        raise TypeError("an edition is never deleted")


class ItemEdition(models.Model):
    """An item as it stood from a day on. `facts` is what `catalogue.facts.facts_of` says of it; append only."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="editions", verbose_name=_("公开事项"))
    number = models.PositiveIntegerField(_("版次"))
    from_on = models.DateField(_("自哪天起"))
    facts = models.JSONField(_("内容"))
    reason = models.CharField(_("理由"), max_length=300, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("操作人"),
    )
    at = models.DateTimeField(_("时间"))

    objects = ItemEditionQuerySet.as_manager()

    class Meta:
        ordering = ["item_id", "number"]
        verbose_name = verbose_name_plural = _("事项版次")
        constraints = [
            models.UniqueConstraint(fields=["item", "number"], name="catalogue_edition_once"),
            models.CheckConstraint(condition=Q(number__gt=0), name="catalogue_edition_number_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.item_id}#{self.number}"


class CatalogueImportQuerySet(models.QuerySet["CatalogueImport"]):
    """Imports."""

    def visible_to(self, actor: Actor) -> CatalogueImportQuerySet:
        """Those of the agencies whose catalogue the actor may see."""
        return self.filter(within(actor, CataloguePermission.SEE, "agency__path"))


class CatalogueImport(models.Model):
    """A standard catalogue that was read in: which file, how many rows went in, how many were left out."""

    agency = models.ForeignKey(
        "agencies.Agency", on_delete=models.PROTECT, related_name="+", verbose_name=_("机关"),
    )
    name = models.CharField(_("文件名"), max_length=200)
    sha256 = models.CharField(_("校验值"), max_length=64)
    rows = models.PositiveIntegerField(_("导入行数"))
    refused = models.PositiveIntegerField(_("跳过行数"))
    at = models.DateTimeField(_("时间"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("操作人"),
    )

    objects = CatalogueImportQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = verbose_name_plural = _("目录导入")

    def __str__(self) -> str:
        return self.name
