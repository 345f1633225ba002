"""Links in what is published that lead nowhere any more, and whether an office wants them looked at."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import within
from gongkai.publications.permissions import PublicationPermission


class LinkWatch(models.Model):
    """An agency's wish to have its links looked at; off without a row. `cursor` is the publication looked at last, so
    that a long list is walked in bounded steps; `round_at` when the last walk through all of them ended."""

    agency = models.OneToOneField("agencies.Agency", on_delete=models.PROTECT, related_name="link_watch")
    on = models.BooleanField(_("检查链接"), default=False)
    cursor = models.BigIntegerField(default=0)
    looked_at = models.DateTimeField(null=True, blank=True)
    round_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.agency_id}"

    @property
    def access_path(self) -> str:
        """Where it belongs in the tree."""
        return self.agency.path


class DeadLinkQuerySet(models.QuerySet["DeadLink"]):
    """Dead links."""

    def visible_to(self, actor: Actor) -> DeadLinkQuerySet:
        """Those in publications of the agencies where one may see them."""
        return self.filter(within(actor, PublicationPermission.SEE, "publication__agency__path"))


class DeadLink(models.Model):
    """An address in a published body that did not answer. `reason` is a key of `deadlinks.REASONS`; `status` the
    number that the server answered, where it answered. Gone from the table when the link works again."""

    publication = models.ForeignKey("publications.Publication", on_delete=models.PROTECT, related_name="dead_links")
    url = models.CharField(_("链接"), max_length=1000)
    reason = models.CharField(_("原因"), max_length=20)
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    since = models.DateTimeField(_("自何时起"))
    checked_at = models.DateTimeField(_("最近检查"))

    objects = DeadLinkQuerySet.as_manager()

    class Meta:
        ordering = ["since", "pk"]
        verbose_name = verbose_name_plural = _("失效链接")
        constraints = [models.UniqueConstraint(fields=["publication", "url"], name="dead_link_once")]

    def __str__(self) -> str:
        return self.url
