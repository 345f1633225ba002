"""Letters that went out, the templates that offices put in place of ours, and their words in document numbers."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import within
from gongkai.letters.kinds import KINDS, LetterKind
from gongkai.letters.permissions import LetterPermission
from gongkai.letters.rules import shown_code
from gongkai.letters.states import LetterState


class LetterQuerySet(models.QuerySet["Letter"]):
    """Letters."""

    def visible_to(self, actor: Actor) -> LetterQuerySet:
        """Those of the agencies whose register the actor may see."""
        return self.filter(within(actor, LetterPermission.SEE, "agency__path"))


class Letter(models.Model):
    """A letter as it went out. Its files are encrypted; the hashes are of the plain bytes, for verification.

    `subject_kind` and `subject_id` say what it is about without a foreign key: this room does not know the rooms above.
    `serial` is the place in (agency, prefix, year), without gaps; empty for papers that bear no number.
    """

    agency = models.ForeignKey(
        "agencies.Agency", on_delete=models.PROTECT, related_name="letters", verbose_name=_("机关"),
    )
    kind = models.CharField(_("文种"), max_length=40)
    subject_kind = models.CharField(_("事项类型"), max_length=40)
    subject_id = models.BigIntegerField(_("事项编号"))
    prefix = models.CharField(_("代字"), max_length=140, blank=True)
    year = models.PositiveSmallIntegerField(_("年份"))
    serial = models.PositiveIntegerField(_("序号"), null=True, blank=True)
    number = models.CharField(_("文号"), max_length=180, blank=True, db_index=True)
    on = models.DateField(_("日期"))
    code = models.CharField(_("核验码"), max_length=16, unique=True)
    state = models.CharField(_("状态"), max_length=10, choices=LetterState.choices(), default=LetterState.ISSUED.value)
    issued_at = models.DateTimeField(_("制发时间"))
    voided_at = models.DateTimeField(_("作废时间"), null=True, blank=True)
    void_reason = models.CharField(_("作废理由"), max_length=300, blank=True)
    addressee = models.ForeignKey(
        "vault.Sealed", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("收件人"),
    )
    docx = models.ForeignKey("vault.SealedFile", on_delete=models.PROTECT, related_name="+")
    # None where the machine had no Chinese font when it went out.
    pdf = models.ForeignKey("vault.SealedFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    docx_sha256 = models.CharField(max_length=64)
    pdf_sha256 = models.CharField(max_length=64, blank=True)
    template = models.ForeignKey(
        "letters.LetterTemplate", on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("模板"),
    )
    idempotency = models.CharField(max_length=100, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-pk"]
        verbose_name = verbose_name_plural = _("文书")
        indexes = [
            models.Index(fields=["subject_kind", "subject_id"], name="letter_subject"),
            models.Index(fields=["agency", "-on", "-id"], name="letter_register"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "prefix", "year", "serial"], condition=Q(serial__isnull=False),
                name="letter_number_once",
            ),
            models.UniqueConstraint(
                fields=["agency", "idempotency"], condition=~Q(idempotency=""), name="letter_asked_once",
            ),
            models.CheckConstraint(
                condition=Q(serial__isnull=True, number="") | (Q(serial__gte=1) & ~Q(number="")),
                name="letter_numbered_or_not",
            ),
            models.CheckConstraint(
                condition=(Q(state=LetterState.ISSUED.value, voided_at__isnull=True, void_reason=""))
                | (Q(state=LetterState.VOIDED.value, voided_at__isnull=False) & ~Q(void_reason="")),
                name="letter_void_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.number or f"{self.title} {self.pk}"

    @property
    def access_path(self) -> str:
        """Where it belongs in the tree."""
        return self.agency.path

    @property
    def about(self) -> LetterKind:
        """Its kind as data."""
        return KINDS[self.kind]

    @property
    def title(self) -> str:
        """What it is called."""
        return KINDS[self.kind].title if self.kind in KINDS else self.kind

    @property
    def shown_code(self) -> str:
        """The code as it stands on paper."""
        return shown_code(self.code)

    @property
    def voided(self) -> bool:
        """Whether it was withdrawn from use."""
        return self.state == LetterState.VOIDED


class LetterTemplateQuerySet(models.QuerySet["LetterTemplate"]):
    """Templates of offices."""

    def visible_to(self, actor: Actor) -> LetterTemplateQuerySet:
        """Those of agencies whose templates the actor manages."""
        return self.filter(within(actor, LetterPermission.MANAGE_TEMPLATES, "agency__path"))


class LetterTemplate(models.Model):
    """A template that an office put in place of the built-in one; `until` is set when it no longer holds."""

    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+", verbose_name=_("机关"))
    kind = models.CharField(_("文种"), max_length=40)
    name = models.CharField(_("文件名"), max_length=120)
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField(_("启用时间"))
    until = models.DateTimeField(_("停用时间"), null=True, blank=True)

    objects = LetterTemplateQuerySet.as_manager()

    class Meta:
        ordering = ["-since", "-pk"]
        verbose_name = verbose_name_plural = _("文书模板")
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "kind"], condition=Q(until__isnull=True), name="letter_template_in_force",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="letter_template_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def access_path(self) -> str:
        """Where it belongs in the tree."""
        return self.agency.path


class NumberWordQuerySet(models.QuerySet["NumberWord"]):
    """Words in document numbers."""

    def visible_to(self, actor: Actor) -> NumberWordQuerySet:
        """They stand on every letter; staff who see the register see them."""
        return self.filter(within(actor, LetterPermission.SEE, "agency__path"))


class NumberWord(models.Model):
    """The word that an office writes for a kind in document numbers, where it is not ours."""

    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+", verbose_name=_("机关"))
    kind = models.CharField(_("文种"), max_length=40)
    word = models.CharField(_("代字"), max_length=12)

    objects = NumberWordQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("文种代字")
        constraints = [
            models.UniqueConstraint(fields=["agency", "kind"], name="number_word_once"),
            models.CheckConstraint(condition=~Q(word=""), name="number_word_said"),
        ]

    def __str__(self) -> str:
        return self.word
