"""The registers behind table 二: documents, decisions, charges, purchases, and the items in stock (Art. 20)."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import within
from gongkai.statutory_registers.permissions import RegisterPermission
from gongkai.statutory_registers.registers import (
    AMOUNT_NEEDED,
    DOCUMENT_NAMES,
    ENDING_NAMES,
    REGISTER_NAMES,
    SHOWN_NAMES,
    Shown,
)


class DocumentQuerySet(models.QuerySet["Document"]):
    """Documents of the register."""

    def visible_to(self, actor: Actor) -> DocumentQuerySet:
        """Those of the agencies where one's duty is to see the registers."""
        return self.filter(within(actor, RegisterPermission.SEE, "agency__path"))

    def in_force_on(self, on: date) -> DocumentQuerySet:
        """Made and not ended by the end of a day; one whose day of expiry has come has lapsed, marked or not."""
        return self.filter(
            Q(ended_on__isnull=True) | Q(ended_on__gt=on), Q(expires_on__isnull=True) | Q(expires_on__gt=on),
            made_on__lte=on,
        )


class Document(models.Model):
    """A regulation or normative document in the register, whether or not it was published (Art. 20, item 1).

    `publication` is how the public reads it; without one `unpublished_reason` says why it lawfully is not.
    """

    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+", verbose_name=_("机关"))
    kind = models.CharField(_("种类"), max_length=20, choices=list(DOCUMENT_NAMES.items()))
    title = models.CharField(_("名称"), max_length=300)
    number = models.CharField(_("文号"), max_length=100, blank=True)
    made_on = models.DateField(_("制发日期"))
    effective_on = models.DateField(_("生效日期"), null=True, blank=True)
    expires_on = models.DateField(_("有效期至"), null=True, blank=True)
    ending = models.CharField(_("去向"), max_length=10, choices=list(ENDING_NAMES.items()), blank=True, default="")
    ended_on = models.DateField(_("废止、失效之日"), null=True, blank=True)
    ended_by = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="ends", verbose_name=_("由此件废止"),
    )
    filing_number = models.CharField(_("备案号"), max_length=100, blank=True)
    disclosed_on = models.DateField(_("公开日期"), null=True, blank=True)
    publication = models.OneToOneField(
        "publications.Publication", on_delete=models.PROTECT, null=True, blank=True, related_name="register_document",
        verbose_name=_("公开的文本"),
    )
    unpublished_reason = models.CharField(_("不公开的依据"), max_length=300, blank=True)
    imported = models.ForeignKey(
        "statutory_registers.Import", on_delete=models.PROTECT, null=True, blank=True, related_name="+",
    )
    added_at = models.DateTimeField()

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["-made_on", "-pk"]
        verbose_name = verbose_name_plural = _("规范性文件台账")
        indexes = [models.Index(fields=["agency", "kind", "-made_on"], name="register_document_made")]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "kind", "number"], condition=~Q(number=""), name="register_document_once",
            ),
            models.CheckConstraint(
                condition=Q(ending="", ended_on__isnull=True) | ~Q(ending="") & Q(ended_on__gte=F("made_on")),
                name="register_document_ends",
            ),
            models.CheckConstraint(condition=~Q(ended_by=F("id")), name="register_document_ended_by_another"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def access_path(self) -> str:
        """Where it belongs in the tree."""
        return self.agency.path


class EntryQuerySet(models.QuerySet["Entry"]):
    """Rows of the other registers."""

    def visible_to(self, actor: Actor) -> EntryQuerySet:
        """Those of the agencies where one's duty is to see the registers."""
        return self.filter(within(actor, RegisterPermission.SEE, "agency__path"))

    def of_year(self, year: int) -> EntryQuerySet:
        """Those that the report of a year counts."""
        return self.filter(on__gte=date(year, 1, 1), on__lte=date(year, 12, 31))


class Entry(models.Model):
    """One decision, charge or purchase. All count, published or lawfully not; whom it concerned is not kept here."""

    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+", verbose_name=_("机关"))
    register = models.CharField(_("台账"), max_length=20, choices=list(REGISTER_NAMES.items()))
    on = models.DateField(_("日期"))
    number = models.CharField(_("文号、编号"), max_length=100, blank=True)
    subject = models.CharField(_("事项"), max_length=300)
    amount = models.DecimalField(_("金额（元）"), max_digits=14, decimal_places=2, null=True, blank=True)
    item = models.ForeignKey(
        "statutory_registers.PowerItem", on_delete=models.PROTECT, null=True, blank=True, related_name="entries",
        verbose_name=_("权责事项"),
    )
    shown = models.CharField(_("公示"), max_length=20, choices=list(SHOWN_NAMES.items()), default=Shown.NOT_YET)
    shown_on = models.DateField(_("公示日期"), null=True, blank=True)
    shown_reason = models.CharField(_("不公示的依据"), max_length=300, blank=True)
    publication = models.ForeignKey(
        "publications.Publication", on_delete=models.PROTECT, null=True, blank=True, related_name="+",
    )
    cancelled_on = models.DateField(_("注销登记"), null=True, blank=True)
    cancelled_reason = models.CharField(_("注销理由"), max_length=300, blank=True)
    imported = models.ForeignKey(
        "statutory_registers.Import", on_delete=models.PROTECT, null=True, blank=True, related_name="+",
    )
    added_at = models.DateTimeField()

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-pk"]
        verbose_name = verbose_name_plural = _("法定台账")
        indexes = [
            models.Index(fields=["agency", "register", "-on", "-id"], name="register_entry_on"),
            models.Index(fields=["agency", "register", "shown", "on"], name="register_entry_shown"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "register", "number"], condition=~Q(number="") & Q(cancelled_on__isnull=True),
                name="register_entry_once",
            ),
            models.CheckConstraint(
                condition=~Q(register__in=sorted(AMOUNT_NEEDED)) | Q(amount__isnull=False, amount__gte=0),
                name="register_entry_amount",
            ),
            models.CheckConstraint(
                condition=~Q(shown=Shown.SHOWN) | Q(shown_on__gte=F("on")), name="register_entry_shown_after",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_on__isnull=True) | ~Q(cancelled_reason=""), name="register_entry_cancelled",
            ),
        ]

    def __str__(self) -> str:
        return self.number or self.subject

    @property
    def access_path(self) -> str:
        """Where it belongs in the tree."""
        return self.agency.path


class PowerItemQuerySet(models.QuerySet["PowerItem"]):
    """Items in stock."""

    def visible_to(self, actor: Actor) -> PowerItemQuerySet:
        """Those of the agencies where one's duty is to see the registers."""
        return self.filter(within(actor, RegisterPermission.SEE, "agency__path"))

    def in_force_on(self, on: date) -> PowerItemQuerySet:
        """Those that an agency has at the end of a day."""
        return self.filter(Q(to_on__isnull=True) | Q(to_on__gt=on), from_on__lte=on)


class PowerItem(models.Model):
    """An item of an agency's powers or charges: how many there are, come and go (the form of 2019 counts them)."""

    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+", verbose_name=_("机关"))
    register = models.CharField(_("台账"), max_length=20, choices=list(REGISTER_NAMES.items()))
    code = models.CharField(_("编码"), max_length=60, blank=True)
    name = models.CharField(_("事项名称"), max_length=300)
    basis = models.CharField(_("依据"), max_length=500, blank=True)
    from_on = models.DateField(_("自"))
    to_on = models.DateField(_("至"), null=True, blank=True)

    objects = PowerItemQuerySet.as_manager()

    class Meta:
        ordering = ["agency_id", "register", "code", "pk"]
        verbose_name = verbose_name_plural = _("权责和收费事项")
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "register", "name"], condition=Q(to_on__isnull=True), name="power_item_once",
            ),
            models.CheckConstraint(
                condition=Q(to_on__isnull=True) | Q(to_on__gte=F("from_on")), name="power_item_ends",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def access_path(self) -> str:
        """Where it belongs in the tree."""
        return self.agency.path


class Import(models.Model):
    """A spreadsheet that was taken over: which file, which register, how many rows."""

    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    register = models.CharField(max_length=20)
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    rows = models.PositiveIntegerField()
    refused = models.PositiveIntegerField(default=0)
    at = models.DateTimeField()
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name
