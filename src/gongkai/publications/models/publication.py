"""The publication: what stays the same over all its editions."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import within
from gongkai.publications.kinds import (
    KIND_NAMES,
    ORIGIN_NAMES,
    POLICIES,
    RELATION_NAMES,
    VALIDITY_NAMES,
    WITHDRAWAL_NAMES,
    Kind,
    Origin,
)
from gongkai.publications.permissions import PublicationPermission

# The condition of what the public reads now, as indexes and queries both say it.
PUBLIC = Q(published_on__isnull=False, withdrawn_at__isnull=True)


class PublicationQuerySet(models.QuerySet["Publication"]):
    """Publications."""

    def visible_to(self, actor: Actor) -> PublicationQuerySet:
        """What one may see on the desk: those of one's reach; a contributor's are those of the own section."""
        reach = within(actor, PublicationPermission.SEE, "agency__path")
        sections = [h.section_id for h in actor.holdings if h.role == "contributor" and h.section_id is not None]
        if sections:
            reach |= Q(section_id__in=sections)
        return self.filter(reach)

    def published(self) -> PublicationQuerySet:
        """What the public reads now."""
        return self.filter(PUBLIC)

    def policies(self) -> PublicationQuerySet:
        """What the policy library holds."""
        return self.published().filter(kind__in=POLICIES)

    def with_address(self) -> PublicationQuerySet:
        """Everything that ever had a public address; a withdrawn one says so."""
        return self.filter(first_published_at__isnull=False)


class Publication(models.Model):
    """A document without state: its place, its number, and what lists show of the edition that stands.

    `index_number` (索引号) is given at the first publication and never changes, nor does the address, which is the key.
    `title`, `document_number`, `formed_on`, `topic`, `summary` and `published_on` are those of the edition that stands
    (`current`), copied at publication so that a list is one query. Before the first publication they are those of the
    latest draft, for the desk. `due_on` is a cache of `core.deadlines.publish_due`; `gongkai doctor` makes it anew.
    """

    agency = models.ForeignKey(
        "agencies.Agency", on_delete=models.PROTECT, related_name="publications", verbose_name=_("公开主体"),
    )
    section = models.ForeignKey(
        "agencies.Section", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("科室"),
    )
    item = models.ForeignKey(
        "catalogue.Item", on_delete=models.PROTECT, null=True, blank=True, related_name="publications",
        verbose_name=_("目录事项"),
    )
    kind = models.CharField(_("体裁"), max_length=20, choices=list(KIND_NAMES.items()), default=Kind.OTHER)
    origin = models.CharField(_("信息来源"), max_length=20, choices=list(ORIGIN_NAMES.items()), default=Origin.MADE)
    index_number = models.CharField(_("索引号"), max_length=100, null=True, blank=True, unique=True)

    title = models.CharField(_("名称"), max_length=300)
    document_number = models.CharField(_("文号"), max_length=100, blank=True)
    summary = models.CharField(_("内容概述"), max_length=500, blank=True)
    topic = models.CharField(_("主题分类"), max_length=60, blank=True)
    formed_on = models.DateField(_("成文日期"), null=True, blank=True)
    validity = models.CharField(
        _("有效性"), max_length=20, choices=list(VALIDITY_NAMES.items()), blank=True, default="",
    )
    effective_on = models.DateField(_("生效日期"), null=True, blank=True)
    expires_on = models.DateField(_("失效日期"), null=True, blank=True)
    ended_on = models.DateField(_("废止、失效之日"), null=True, blank=True)

    latest = models.ForeignKey(
        "publications.Edition", on_delete=models.PROTECT, null=True, blank=True, related_name="+",
    )
    current = models.ForeignKey(
        "publications.Edition", on_delete=models.PROTECT, null=True, blank=True, related_name="+",
    )
    first_published_at = models.DateTimeField(_("首次发布"), null=True, blank=True)
    published_on = models.DateField(_("发布日期"), null=True, blank=True)    # of the first edition: lists go by it
    updated_at = models.DateTimeField(_("最近更新"), null=True, blank=True)  # of the current edition
    changed_on = models.DateField(_("信息变更日期"), null=True, blank=True)
    due_on = models.DateField(_("公开期限"), null=True, blank=True)
    due_settled = models.BooleanField(default=True)
    late_days = models.PositiveSmallIntegerField(_("逾期工作日"), null=True, blank=True)
    channels = models.JSONField(_("公开渠道"), default=list)

    withdrawn_at = models.DateTimeField(_("撤下时间"), null=True, blank=True)
    withdrawal = models.CharField(_("撤下原因"), max_length=20, choices=list(WITHDRAWAL_NAMES.items()), blank=True)
    withdrawal_note = models.CharField(_("对外说明"), max_length=300, blank=True)

    interpretation = models.CharField(_("解读"), max_length=20, blank=True)          # "", planned, exempt
    interpretation_form = models.CharField(_("解读形式"), max_length=20, blank=True)
    interpretation_due_on = models.DateField(_("解读期限"), null=True, blank=True)
    interpretation_reason = models.CharField(_("不解读的理由"), max_length=300, blank=True)

    # What it was made from: an application whose reply is worth everybody's while (Art. 44), a suggestion, an import.
    source = models.CharField(_("来源"), max_length=60, blank=True)
    created_at = models.DateTimeField(_("登记时间"))

    objects = PublicationQuerySet.as_manager()

    class Meta:
        ordering = ["-published_on", "-pk"]
        verbose_name = verbose_name_plural = _("主动公开信息")
        indexes = [
            models.Index(fields=["agency", "-published_on", "-id"], name="publication_by_agency"),
            models.Index(fields=["item", "-published_on", "-id"], name="publication_by_item"),
            models.Index(fields=["kind", "-published_on", "-id"], name="publication_by_kind"),
            models.Index(fields=["-published_on", "-id"], name="publication_newest"),
            models.Index(fields=["agency", "due_on"], name="publication_due"),
            # What the public reads: lists walk these in their order, counts never touch the rows.
            models.Index(fields=["-published_on", "-id"], name="public_newest", condition=PUBLIC),
            models.Index(
                fields=["agency", "-published_on", "-id"], name="public_by_agency", condition=PUBLIC,
            ),
            models.Index(fields=["item", "-published_on", "-id"], name="public_by_item", condition=PUBLIC),
            models.Index(fields=["kind", "-published_on", "-id"], name="public_by_kind", condition=PUBLIC),
            models.Index(
                fields=["kind", "topic", "-published_on", "-id"], name="public_by_topic", condition=PUBLIC,
            ),
            models.Index(
                fields=["kind", "agency", "topic", "validity", "published_on"], name="public_facets", condition=PUBLIC,
            ),
            models.Index(
                fields=["agency", "item", "kind", "published_on", "late_days"], name="public_counts", condition=PUBLIC,
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="publication_has_title"),
            models.CheckConstraint(
                condition=Q(first_published_at__isnull=True) | Q(index_number__isnull=False),
                name="publication_published_has_index",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawal=""), name="publication_withdrawn_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def access_path(self) -> str:
        """Where it belongs in the tree."""
        return self.agency.path

    @property
    def is_public(self) -> bool:
        """Whether the public reads it now."""
        return self.published_on is not None and self.withdrawn_at is None

    @property
    def is_policy(self) -> bool:
        """Whether the policy library holds it."""
        return self.kind in POLICIES

    def in_force_on(self, on: date) -> bool:
        """Whether a policy document is in force on a day."""
        begins, ends = self.effective_on or self.formed_on, self.ended_on or self.expires_on
        return (begins is None or begins <= on) and (ends is None or on < ends)


class Link(models.Model):
    """How a publication stands to another; the page of each names the other."""

    source = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="links")
    target = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="backlinks")
    relation = models.CharField(_("关系"), max_length=20, choices=[(k, v[0]) for k, v in RELATION_NAMES.items()])
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["source", "target", "relation"], name="link_once"),
            models.CheckConstraint(condition=~Q(source=F("target")), name="link_between_two"),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} {self.relation} {self.target_id}"
