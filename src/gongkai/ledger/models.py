"""One table, only ever appended to."""

from __future__ import annotations

from django.db import models

from gongkai.ledger.chain import Link
from gongkai.ledger.events import retell


class Entry(models.Model):
    """An event as it was recorded.

    No foreign keys: the record must outlive what it speaks of and can never block or follow a change there. `at` is
    kept as the ISO text that was hashed. Triggers (migration 0002) refuse UPDATE and DELETE on both engines.
    """

    sequence = models.BigIntegerField("序号", primary_key=True)
    at = models.CharField("时间", max_length=40)
    kind = models.CharField("事件", max_length=80)
    subject_kind = models.CharField("对象类型", max_length=40)
    subject_id = models.CharField("对象编号", max_length=40)
    agency_id = models.BigIntegerField("机关编号", null=True)
    actor_id = models.BigIntegerField("操作人编号", null=True)
    actor_name = models.CharField("操作人", max_length=150)
    payload = models.TextField("内容")
    previous = models.CharField("上一条校验值", max_length=64)
    digest = models.CharField("校验值", max_length=64, unique=True)

    class Meta:
        ordering = ["sequence"]
        indexes = [
            models.Index(fields=["subject_kind", "subject_id", "sequence"], name="ledger_subject"),
            models.Index(fields=["agency_id", "sequence"], name="ledger_agency"),
        ]
        verbose_name = verbose_name_plural = "台账"

    def __str__(self) -> str:
        return f"{self.sequence} {self.kind}"

    @property
    def sentence(self) -> str:
        """What happened, in words."""
        return retell(self.kind, self.payload)

    def link(self) -> Link:
        """This row as a link of the chain."""
        return Link(
            self.sequence, self.at, self.kind, self.subject_kind, self.subject_id, self.agency_id, self.actor_id,
            self.actor_name, self.payload, self.previous, self.digest,
        )
