"""Papers for the applicant at the counter: the receipt, the secret code once more, the proof of service in person."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import authorise
from gongkai.agencies.models import DisclosureOffice
from gongkai.applications import codes, naming, order
from gongkai.applications.correspondence import SUBJECT_KIND, issue
from gongkai.applications.events.papers import CodeHandedOver, ReceiptIssued, ServiceReceiptIssued
from gongkai.applications.models import Application, Service, ServiceWay
from gongkai.applications.permissions import ApplicationPermission as P
from gongkai.applications.rules import papers as rules
from gongkai.core.errors import Refused
from gongkai.ledger.actions import record
from gongkai.letters.models import Letter
from gongkai.letters.queries import letters_of


@transaction.atomic
def issue_receipt(*, by: Actor, application: Application, at: datetime) -> Letter:
    """The receipt of an application (接收回执): number, what was asked, the day of arrival, what comes next. Issued
    once; asked for again, the same letter comes back, after a voided one a new one.

    It never holds the secret code: letters are kept and opened by more people than may know it. Raises Refused:
    receipt-split, receipt-imported, what letters and vault refuse; Denied.
    """
    authorise(by, P.REGISTER, application)
    now = _held(application)
    rules.receipt(now.state, imported=now.imported_id is not None)
    standing, key = _standing(now, "receipt")
    if standing is not None:
        return standing
    letter = issue(
        now, "receipt", by=by, on=order.today_at(at), at=at, key=key,
        remark=rules.what_comes_next(now.state, coded=bool(now.code_digest)),
    )
    record(ReceiptIssued(letter.number), by=by, at=at, subject_id=now.pk, agency_id=now.agency_id)
    return letter


@transaction.atomic
def hand_over_code(*, by: Actor, application: Application, reason: str, at: datetime) -> str:
    """The secret code, to be printed once for whoever has proved to be the applicant: registered in person, or lost.

    The ledger keeps who and why, never the code. Raises Refused: reason-needed, reason-code, code-none, code-lost, the
    vault's;
    Denied.
    """
    authorise(by, P.REGISTER, application)
    now = _held(application)
    said = naming.for_ledger(now, reason)
    if not said:
        raise Refused("reason-needed", "请写明为什么打印查询码、怎样核对的身份；没有打印")
    code = codes.code_for(now)
    if codes.plain(code) in "".join(map(codes.plain, said)):  # letter by letter: `plain` reads no more than a code
        raise Refused("reason-code", "理由里不要写查询码；没有打印")
    record(CodeHandedOver(said), by=by, at=at, subject_id=now.pk, agency_id=now.agency_id)
    return code


@transaction.atomic
def issue_service_receipt(*, by: Actor, application: Application, at: datetime) -> Letter:
    """The proof of service (送达回证) for a reply that is handed over: printed while it waits, to be signed by the
    applicant, or filled in afterwards. Issued once; asked for again, the same letter comes back.

    Raises Refused: service-receipt-early, service-receipt-way, what letters and vault refuse; Denied.
    """
    authorise(by, P.HANDLE, application)
    now = _held(application)
    service = Service.objects.filter(application=now, reply=True).first()
    rules.service_receipt(now.state, way=service.way if service else "", delivery=now.delivery)
    standing, key = _standing(now, "service_receipt")
    if standing is not None:
        return standing
    letter = issue(
        now, "service_receipt", by=by, on=order.today_at(at), at=at, key=key,
        served_title=_reply(now).title, served_number=now.reply_number, served_by=str(ServiceWay.IN_PERSON.label),
        served_address=_place(now), served_on=service.on if service else None,
        proof=service.proof_number if service else None,
    )
    record(ServiceReceiptIssued(), by=by, at=at, subject_id=now.pk, agency_id=now.agency_id)
    return letter


def _standing(now: Application, kind: str) -> tuple[Letter | None, str]:
    """The letter of a kind that holds, and under which key another one would be issued."""
    issued = list(letters_of(SUBJECT_KIND, now.pk).filter(kind=kind))
    return next((one for one in issued if not one.voided), None), f"{kind}-{len(issued) + 1}"


def _held(application: Application) -> Application:
    """The row, locked: of two clicks at once the second sees what the first has done."""
    rows = Application.objects.select_for_update(of=("self",)).select_related("agency", "identity")
    return rows.get(pk=application.pk)


def _reply(now: Application) -> Letter:
    """The letter that is handed over: the last that was signed."""
    signed = now.drafts.filter(signed_at__isnull=False, letter_id__isnull=False).order_by("-number")
    return Letter.objects.get(pk=signed.values_list("letter_id", flat=True)[0])


def _place(now: Application) -> str:
    """In person it is handed over where the office sits, not where the applicant lives."""
    office = DisclosureOffice.objects.filter(agency_id=now.agency_id).first()
    return (office.address if office is not None else "") or now.agency.name
