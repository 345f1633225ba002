"""Disputes that registers brought along, kept so far among the columns of an application, become rows."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

from django.db import migrations

from gongkai.core.deadlines import answer_due
from gongkai.core.workdays import shipped

MARKS = {"reconsideration": "议", "direct": "诉", "after": "诉"}


def move(apps: Any, _schema: Any) -> None:
    """A row and its proceeding for each dispute of each application; then the column is empty."""
    applications = apps.get_model("applications", "Application").objects
    series = apps.get_model("disputes", "DisputeSeries").objects
    last: dict[tuple[int, str, int], int] = defaultdict(int)
    rows = applications.filter(extra__has_key="disputes").select_related("imported")
    for application in rows.order_by("agency_id", "received_on", "pk").iterator(chunk_size=500):
        reviewed = None
        for kept in sorted(application.extra.pop("disputes"), key=lambda one: one["kind"] != "reconsideration"):
            dispute = _made(apps, application, kept, last, reviewed)
            reviewed = dispute if kept["kind"] == "reconsideration" else reviewed
        applications.filter(pk=application.pk).update(extra=application.extra)
    for (agency, mark, year), number in last.items():
        series.create(agency_id=agency, mark=mark, year=year, last=number)


def _made(apps: Any, application: Any, kept: dict[str, Any], last: dict[tuple[int, str, int], int],
          reviewed: Any) -> Any:
    received = date.fromisoformat(kept["received"])
    decided = date.fromisoformat(kept["decided"]) if kept.get("decided") else None
    key = (application.agency_id, MARKS[kept["kind"]], received.year)
    last[key] += 1
    silent = application.closed_on is None or application.closed_on > received
    dispute = apps.get_model("disputes", "Dispute").objects.create(
        agency_id=application.agency_id, number=f"{key[1]}{key[2]}-{last[key]:04d}", track=kept["kind"],
        against="silence" if silent else "reply", state="closed" if decided else "received", closed_on=decided,
        subject=application.subject, application_id=application.pk, identity_id=application.identity_id,
        party_mask=application.applicant_mask, imported_id=application.imported_id,
        follows=reviewed if kept["kind"] == "after" else None,
        registered_at=application.imported.at if application.imported else application.submitted_at,
    )
    stage = "reconsideration" if kept["kind"] == "reconsideration" else "first"
    due = answer_due(stage, received, False, shipped())
    apps.get_model("disputes", "Proceeding").objects.create(
        dispute=dispute, position=1, stage=stage, received_on=received, decided_on=decided,
        result="" if kept["result"] == "pending" else kept["result"], answer_due_on=due.due_on,
        answer_due_status=due.status,
    )
    return dispute


def back(apps: Any, _schema: Any) -> None:
    """The column as it was, of the disputes that came with a register; others have no place in it."""
    applications = apps.get_model("applications", "Application").objects
    columns: dict[int, list[dict[str, Any]]] = defaultdict(list)
    rows = apps.get_model("disputes", "Proceeding").objects.filter(dispute__imported__isnull=False)
    for row in rows.select_related("dispute").order_by("dispute_id", "position"):
        columns[row.dispute.application_id].append({
            "kind": row.dispute.track, "received": row.received_on.isoformat(),
            "decided": row.decided_on and row.decided_on.isoformat(), "result": row.result or "pending",
        })
    for application in applications.filter(pk__in=list(columns)).iterator(chunk_size=500):
        application.extra["disputes"] = columns[application.pk]
        applications.filter(pk=application.pk).update(extra=application.extra)


class Migration(migrations.Migration):

    dependencies = [("disputes", "0002_series_and_remand"), ("applications", "0008_closed_says_how")]

    operations = [migrations.RunPython(move, back)]
