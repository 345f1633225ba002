"""Agencies as a tree over time."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import beneath

WIDTH = 8  # digits of one level in a path


class Kind(models.TextChoices):
    """What an agency is; the catalogue and some checks depend on it."""

    GOVERNMENT = "government", _("人民政府")
    DEPARTMENT = "department", _("政府部门")
    TOWNSHIP = "township", _("乡镇人民政府")
    STREET = "street", _("街道办事处")
    DISPATCHED = "dispatched", _("派出机关")
    INSTITUTION = "institution", _("法律法规授权组织")
    ENTERPRISE = "enterprise", _("公共企事业单位")


class Level(models.TextChoices):
    """The administrative level that an agency belongs to."""

    NATIONAL = "national", _("国家")
    PROVINCE = "province", _("省")
    CITY = "city", _("市")
    COUNTY = "county", _("县")
    TOWNSHIP = "township", _("乡")


class AgencyQuerySet(models.QuerySet["Agency"]):
    """Agencies."""

    def visible_to(self, actor: Actor) -> AgencyQuerySet:  # noqa: ARG002
        """Which agencies exist is public knowledge (Art. 12: the guide names them)."""
        return self.all()

    def in_force(self, on: date) -> AgencyQuerySet:
        """Agencies that exist on a day; the day of abolition no longer counts."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=on), Q(valid_to__isnull=True) | Q(valid_to__gt=on),
        )

    def in_force_during(self, year: int) -> AgencyQuerySet:
        """Agencies that existed on the last day of a year: they owe its report."""
        return self.in_force(date(year, 12, 31))

    def subtree(self, root: Agency) -> AgencyQuerySet:
        """`root` and everything below it."""
        return self.filter(beneath(root.path, "path"))

    def below(self, root: Agency) -> AgencyQuerySet:
        """Everything below `root`, without it."""
        return self.subtree(root).exclude(pk=root.pk)


class Agency(models.Model):
    """An organ that owes disclosure. `name` is the full official name, unique among those in force.

    `path` is maintained by actions: the zero-padded keys of the ancestors and of itself, eight digits a level, so
    that a subtree is a range and text order is the same in every collation.
    """

    name = models.CharField(_("名称"), max_length=120)
    short_name = models.CharField(_("简称"), max_length=60, blank=True)
    kind = models.CharField(_("类型"), max_length=20, choices=Kind.choices, default=Kind.DEPARTMENT)
    level = models.CharField(_("层级"), max_length=20, choices=Level.choices, default=Level.COUNTY)
    credit_code = models.CharField(_("统一社会信用代码"), max_length=18, blank=True)
    # Whose local holidays its clocks follow (core.workdays); blank: those of the agency above.
    region = models.CharField(_("地区"), max_length=6, blank=True)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("上级"),
    )
    path = models.CharField(_("路径"), max_length=WIDTH * 16, unique=True)
    valid_from = models.DateField(_("生效日期"), null=True, blank=True)
    valid_to = models.DateField(_("失效日期"), null=True, blank=True)

    objects = AgencyQuerySet.as_manager()

    class Meta:
        ordering = ["path"]
        verbose_name = _("机关")
        verbose_name_plural = _("机关")
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="agency_has_name"),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="agency_not_its_own_parent"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_from__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="agency_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                fields=["name"], condition=Q(valid_to__isnull=True), name="agency_name_in_force",
            ),
            models.UniqueConstraint(
                fields=["credit_code"], condition=~Q(credit_code="") & Q(valid_to__isnull=True),
                name="agency_credit_code_in_force",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def access_path(self) -> str:
        """Where it stands in the tree."""
        return self.path

    @property
    def depth(self) -> int:
        """0 for a root."""
        return len(self.path) // WIDTH - 1

    @property
    def ancestor_paths(self) -> list[str]:
        """Paths from the root down to the parent."""
        return [self.path[:end] for end in range(WIDTH, len(self.path), WIDTH)]


class FormerName(models.Model):
    """A name that an agency bore until a day. Old reports carry old names, so they are found by them."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="former_names", verbose_name=_("机关"))
    name = models.CharField(_("曾用名"), max_length=120, db_index=True)
    until = models.DateField(_("用到"))

    class Meta:
        ordering = ["until"]
        verbose_name = _("曾用名")
        verbose_name_plural = _("曾用名")
        constraints = [
            models.UniqueConstraint(fields=["agency", "name", "until"], name="former_name_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Succession(models.Model):
    """The duties of `predecessor` went to `successor` on a day; a merger or a split is several rows."""

    predecessor = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="inheritances")
    on = models.DateField(_("日期"))

    class Meta:
        ordering = ["on"]
        verbose_name = _("承继")
        verbose_name_plural = _("承继")
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="succession_once"),
            models.CheckConstraint(condition=~Q(predecessor=F("successor")), name="succession_between_two"),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"


class Placement(models.Model):
    """Under which agency one lay from a day on, until its next placement; `since` is empty for the beginning, `parent`
    for the top of a tree. The last one is the present place, which `Agency.parent` and `path` repeat."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="placements", verbose_name=_("机关"))
    parent = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("上级"))
    since = models.DateField(_("自哪天起"), null=True, db_index=True)
    document = models.CharField(_("文号"), max_length=60, blank=True)

    class Meta:
        ordering = ["agency_id", F("since").asc(nulls_first=True)]
        verbose_name = _("隶属")
        verbose_name_plural = _("隶属")
        constraints = [
            models.UniqueConstraint(fields=["agency", "since"], name="placement_once_a_day"),
            models.UniqueConstraint(
                fields=["agency"], condition=Q(since__isnull=True), name="placement_one_beginning",
            ),
            models.CheckConstraint(condition=~Q(parent=F("agency")), name="placement_not_below_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.agency} ← {self.parent or '—'}"


from gongkai.agencies.offices import DisclosureOffice, Section  # noqa: E402

__all__ = [
    "Agency", "AgencyQuerySet", "DisclosureOffice", "FormerName", "Kind", "Level", "Placement", "Section", "Succession",
]
