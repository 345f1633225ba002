"""An edition: the words, files and metadata that were reviewed, signed and published together."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongkai.accounts.actor import Actor
from gongkai.publications.kinds import ATTRIBUTE_NAMES, Attribute
from gongkai.publications.states import STATE_NAMES, State


class EditionQuerySet(models.QuerySet["Edition"]):
    """Editions."""

    def visible_to(self, actor: Actor) -> EditionQuerySet:
        """Those of publications that one may see."""
        from gongkai.publications.models.publication import Publication

        return self.filter(publication__in=Publication.objects.visible_to(actor))


class Edition(models.Model):
    """One version of a publication, from the draft to its end.

    `digest` is the SHA-256 of everything that would be public (`content.digest_of`): metadata, body, the checksums of
    the cleaned files. It is set when the edition is sent to review; gates, signature and publication each carry it, so
    that nobody signs one text and publishes another. From then on the database refuses to change the words.
    `attribute` is the drafter's proposal, `decided_attribute` the signatory's decision.
    """

    publication = models.ForeignKey("publications.Publication", on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveSmallIntegerField(_("版次"))
    state = models.CharField(_("状态"), max_length=20, choices=[(s.value, n) for s, n in STATE_NAMES.items()])
    revision = models.PositiveIntegerField(default=0)

    title = models.CharField(_("名称"), max_length=300)
    document_number = models.CharField(_("文号"), max_length=100, blank=True)
    issuing_organ = models.CharField(_("发文机关"), max_length=200, blank=True)
    lead_organ = models.CharField(_("牵头机关"), max_length=200, blank=True)
    joint_organs = models.JSONField(_("联合发文机关"), default=list)
    formed_on = models.DateField(_("成文日期"), null=True, blank=True)
    effective_on = models.DateField(_("生效日期"), null=True, blank=True)
    expires_on = models.DateField(_("失效日期"), null=True, blank=True)
    topic = models.CharField(_("主题分类"), max_length=60, blank=True)
    served = models.CharField(_("服务对象"), max_length=60, blank=True)
    keywords = models.CharField(_("关键词"), max_length=200, blank=True)
    summary = models.CharField(_("内容概述"), max_length=500, blank=True)
    body = models.TextField(_("正文"), blank=True)          # cleaned HTML
    text = models.TextField(blank=True)                     # the same without markup, for search and screening

    attribute = models.CharField(_("公开属性"), max_length=20, choices=list(ATTRIBUTE_NAMES.items()), blank=True)
    attribute_ground = models.CharField(_("不公开的依据"), max_length=40, blank=True)  # key of core.law GROUNDS
    attribute_reason = models.TextField(_("属性说明"), blank=True)
    attribute_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_attribute = models.CharField(
        _("签发的公开属性"), max_length=20, choices=list(ATTRIBUTE_NAMES.items()), blank=True,
    )
    change_note = models.CharField(_("修订说明"), max_length=300, blank=True)   # public, from the second edition on
    lane = models.CharField(_("通道"), max_length=20, default="normal")
    lane_reason = models.CharField(_("应急理由"), max_length=300, blank=True)

    author = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    apart = models.BooleanField(default=False)              # each gate a person of its own
    digest = models.CharField(max_length=64, blank=True)
    screened = models.CharField(max_length=20, blank=True)  # verdict on the words: pass, warn, block
    screening = models.JSONField(default=list)              # its findings, as `gongkai screen --json` gives them
    warnings_accepted_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+",
    )
    return_remark = models.TextField(_("退回意见"), blank=True)

    signed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_on = models.DateField(_("签发日期"), null=True, blank=True)
    signed_digest = models.CharField(max_length=64, blank=True)
    published_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    published_at = models.DateTimeField(_("发布时间"), null=True, blank=True)
    review_due_on = models.DateField(_("补审期限"), null=True, blank=True)     # emergency lane
    ended_at = models.DateTimeField(null=True, blank=True)                     # superseded, withdrawn, discarded

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        verbose_name = verbose_name_plural = _("版次")
        # The few that are in work are found among the many that are over.
        indexes = [models.Index(fields=["state"], name="edition_state")]
        constraints = [
            models.UniqueConstraint(fields=["publication", "number"], name="edition_number_once"),
            models.UniqueConstraint(
                fields=["publication"], condition=Q(state=State.PUBLISHED), name="edition_published_once",
            ),
            models.UniqueConstraint(
                fields=["publication"],
                condition=Q(state__in=["draft", "submitted", "returned", "review", "reviewed", "signed"]),
                name="edition_one_in_work",
            ),
            # What is published was decided to be, by somebody who signed these very words; guard.py holds the rest.
            models.CheckConstraint(
                condition=~Q(state__in=["signed", "published", "superseded", "withdrawn", "filed"])
                | Q(signed_by__isnull=False, signed_at__isnull=False, signed_digest=models.F("digest"))
                & ~Q(digest="") & ~Q(decided_attribute=""),
                name="edition_signed_as_it_is",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["published", "superseded", "withdrawn"])
                | Q(decided_attribute=Attribute.ACTIVE, published_at__isnull=False),
                name="edition_published_is_active",
            ),
            models.CheckConstraint(
                condition=Q(signed_by__isnull=True) | ~Q(signed_by=models.F("author")),
                name="edition_signed_by_another",
            ),
            models.CheckConstraint(
                condition=Q(lane="normal") | ~Q(lane_reason=""), name="edition_emergency_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.publication_id} 第{self.number}版"

    @property
    def access_path(self) -> str:
        """Where it belongs in the tree."""
        return self.publication.access_path


class Attachment(models.Model):
    """A file of an edition. The original stays sealed; what the public gets is the cleaned one, with its checksum.

    `verdict` and `findings` are of the cleaned file; `original_findings` what the original held (masked excerpts).
    A cleaned file of which something could not be screened (pictures) waits for `checked_by`: a person who looked.
    """

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="attachments")
    order = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(_("文件名"), max_length=200)
    original = models.ForeignKey("vault.SealedFile", on_delete=models.PROTECT, related_name="+")
    original_name = models.CharField(max_length=200)
    original_sha256 = models.CharField(max_length=64)
    original_findings = models.JSONField(default=list)
    cleaned = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    size = models.BigIntegerField(default=0)
    format = models.CharField(max_length=20, blank=True)
    text = models.TextField(blank=True)
    verdict = models.CharField(max_length=20)   # pass, warn, block, unreadable
    findings = models.JSONField(default=list)
    removed = models.JSONField(default=list)
    needs_look = models.BooleanField(default=False)         # something in it could not be screened
    checked_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    checked_at = models.DateTimeField(null=True, blank=True)
    added_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = verbose_name_plural = _("附件")
        constraints = [
            models.CheckConstraint(
                condition=Q(cleaned__isnull=True) | Q(verdict__in=["pass", "warn"]) & ~Q(sha256=""),
                name="attachment_clean_passed",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Hand(models.Model):
    """Somebody who wrote on an edition: drafted it, changed it, added a file. None of them reviews or signs it."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="hands")
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["edition", "user"], name="hand_once")]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.user_id}"
