"""Identities at rest: ciphertexts and masks, nothing that can be read without a key."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import within
from gongkai.vault.permissions import VaultPermission


class SealedQuerySet(models.QuerySet["Sealed"]):
    """Identities."""

    def visible_to(self, actor: Actor) -> SealedQuerySet:
        """Those of one's reach, masked: revealing is an act of its own."""
        return self.filter(within(actor, VaultPermission.SEE_MASKED, "agency__path"))


class Sealed(models.Model):
    """Who asks. `fields` holds {field: ciphertext}, `masks` {field: what may be seen}.

    The uuid is part of what each ciphertext is bound to and never changes. Not a column for each field: an
    applicant who is a person and one who is an organisation give different things, and no query ever looks inside.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+", verbose_name=_("机关"))
    fields = models.JSONField(_("密文"), default=dict)
    masks = models.JSONField(_("隐去后"), default=dict)
    created_at = models.DateTimeField(_("登记时间"))
    destroyed_at = models.DateTimeField(_("销毁时间"), null=True, blank=True)

    objects = SealedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("申请人身份")

    def __str__(self) -> str:
        return f"sealed {self.pk}"

    @property
    def access_path(self) -> str:
        """Where it belongs in the tree."""
        return self.agency.path


class SealedFileQuerySet(models.QuerySet["SealedFile"]):
    """Encrypted files."""

    def visible_to(self, actor: Actor) -> SealedFileQuerySet:
        """Nobody lists them: they are reached through the application that they prove."""
        return self.all() if actor.machine else self.none()


class SealedFile(models.Model):
    """A file that was encrypted before it reached the store. Its own key stands here, sealed; empty when destroyed."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    stored = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    key = models.CharField(_("加密的密钥"), max_length=120, blank=True)
    size = models.BigIntegerField(_("原文件字节数"))
    created_at = models.DateTimeField(_("存入时间"))

    objects = SealedFileQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("加密附件")
        constraints = [models.CheckConstraint(condition=models.Q(size__gte=0), name="sealed_file_size")]

    def __str__(self) -> str:
        return f"sealed file {self.pk}"
