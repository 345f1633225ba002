"""Out of the house: service, its proof, and the archive (Arts. 33, 40, 45). The day of posting is the day of reply."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.conf import settings
from django.db import transaction

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import authorise
from gongkai.agencies.models import DisclosureOffice
from gongkai.applications import following, naming, order
from gongkai.applications.actions.additions import attach
from gongkai.applications.actions.taking import put, taken
from gongkai.applications.events.reply import Archived, Served, ServiceProved
from gongkai.applications.models import Application, Service, Use
from gongkai.applications.permissions import ApplicationPermission as P
from gongkai.applications.rules import reply as rules
from gongkai.applications.states import Act
from gongkai.applications.submission import Incoming
from gongkai.core.errors import Refused
from gongkai.core.law.retention import RetentionSettings, retention
from gongkai.ledger.actions import record

_PROOF_MOST = 60


@transaction.atomic
def serve(
    *, by: Actor, application: Application, way: str, on: date, proof_number: str = "", at: datetime,
    seen: int | None = None,
) -> Service:
    """Note that the signed reply went out, once: the case is closed on the day of posting or handing over.

    The same act again (a connection lost after sending) gives the service that is there. Raises Refused:
    already-served, way, way-not-chosen, way-not-described, future-date, too-early, not-now, changed-meanwhile; Denied.
    """
    authorise(by, P.HANDLE, application)
    proof_number = proof_number.strip()[:_PROOF_MOST]
    Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    done = Service.objects.filter(application=application, reply=True).first()
    if done is not None:
        if (done.way, done.on, done.proof_number) == (way, on, proof_number):
            return done
        raise Refused("already-served", "答复已于%(on)s送达，没有再送；签收日期和凭证请用“登记送达证明”", on=done.on)
    now, state = taken(application, Act.SERVE, seen=seen)
    office = DisclosureOffice.objects.filter(agency_id=now.agency_id).first()
    rules.service(way, delivery=now.delivery, channels=office.channels if office is not None else ())
    rules.served(on, now.signed_on, order.today_at(at))
    signed = now.drafts.filter(signed_at__isnull=False).order_by("-number").first()
    late = order.late_by(now, now.due_on, on)
    service = Service.objects.create(
        application=now, letter_id=signed.letter_id if signed else None, way=way, on=on, proof_number=proof_number,
        by_id=by.user_id, at=at, reply=True,
    )
    now.closed_on = on
    put(now, state)
    record(Served(way, on, proof_number, late), by=by, at=at, subject_id=now.pk, agency_id=now.agency_id)
    return service


@transaction.atomic
def prove_service(
    *, by: Actor, application: Application, received_on: date | None = None, proof_number: str = "",
    files: Iterable[Incoming] = (), at: datetime,
) -> Service | None:
    """Add what proves the service: the day of receipt, the number of the item, scans. The closing day stays.

    For a case that was closed by a letter without a served reply only scans are kept (None comes back). Raises
    Refused: nothing-proved, no-service, future-date, too-early, not-now; Denied.
    """
    authorise(by, P.HANDLE, application)
    now, state = taken(application, Act.PROVE)
    sent, number = list(files), proof_number.strip()[:_PROOF_MOST]
    if received_on is None and not number and not sent:
        raise Refused("nothing-proved", "请填写签收日期、邮件号，或者选择证明文件；没有保存")
    service = Service.objects.filter(application=now, reply=True).first()
    if service is None and (received_on is not None or number):
        raise Refused("no-service", "这件申请没有登记过答复的送达，只能附证明文件")
    if service is not None:
        if received_on is not None:
            rules.received(received_on, service.on, order.today_at(at))
            service.received_on = received_on
        service.proof_number = number or service.proof_number
        service.save(update_fields=["received_on", "proof_number"])
    kept = attach(by=by, application=now, use=Use.PROOF, files=sent, at=at) if sent else []
    now.refresh_from_db()
    put(now, state)
    record(
        ServiceProved(received_on, naming.for_ledger(now, number), len(kept)), by=by, at=at, subject_id=now.pk,
        agency_id=now.agency_id,
    )
    return service


@transaction.atomic
def archive(
    *, by: Actor, application: Application, on: date, at: datetime, seen: int | None = None,
) -> Application:
    """Put the closed case away; how long it is kept follows from its closing day (Art. 45; years are settings).

    Raises Refused: future-date, too-early, not-now, changed-meanwhile; Denied.
    """
    authorise(by, P.HANDLE, application)
    now, state = taken(application, Act.ARCHIVE, seen=seen)
    rules.archived(on, now.closed_on, order.today_at(at))
    assert now.closed_on is not None  # the table leads here from closed states alone
    kept = retention(
        now.closed_on, disputed=following.disputed(now),
        settings=RetentionSettings(settings.GONGKAI_RETENTION_YEARS, settings.GONGKAI_RETENTION_DISPUTED_YEARS),
    )
    now.archived_on, now.retain_until = on, kept.last_day
    put(now, state)
    record(Archived(on, kept.last_day), by=by, at=at, subject_id=now.pk, agency_id=now.agency_id)
    return now
