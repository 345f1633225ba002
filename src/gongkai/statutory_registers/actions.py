"""The only writes to the registers behind table 二. A row that was wrong is cancelled with a reason, never removed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import authorise
from gongkai.agencies.models import Agency
from gongkai.core.errors import Refused
from gongkai.core.screening.short import holds_personal
from gongkai.infra import locks
from gongkai.ledger.actions import record
from gongkai.publications.models import Publication
from gongkai.statutory_registers import rules
from gongkai.statutory_registers.events import (
    DocumentChanged,
    DocumentEnded,
    DocumentEntered,
    DocumentLinked,
    EntryAdded,
    EntryCancelled,
    EntryShown,
    ItemAdded,
    ItemEnded,
    RowsExported,
    RowsImported,
)
from gongkai.statutory_registers.importing import Looked, numbers_there, rows_of
from gongkai.statutory_registers.models import Document, Entry, Import, PowerItem
from gongkai.statutory_registers.permissions import RegisterPermission as P
from gongkai.statutory_registers.registers import WITH_ITEMS, DocumentKind, Ending

_BATCH = 1000
# What may be corrected, and how the ledger names it.
_CORRECTABLE = {
    "title": "名称", "number": "文号", "made_on": "制发日期", "effective_on": "生效日期", "expires_on": "有效期至",
    "filing_number": "备案号", "disclosed_on": "公开日期",
}


@transaction.atomic
def enter_document(
    *, by: Actor, agency: Agency, kind: str, title: str, made_on: date, at: datetime, number: str = "",
    effective_on: date | None = None, expires_on: date | None = None, filing_number: str = "",
    disclosed_on: date | None = None, publication: Publication | None = None, unpublished_reason: str = "",
) -> Document:
    """Enter a regulation or normative document that was made.

    Raises Refused: document-kind, words-missing, words-too-long, future-date, wrong-order, number-taken,
    publication-elsewhere, publication-taken; Denied.
    """
    authorise(by, P.KEEP, agency)
    if kind not in set(DocumentKind):
        raise Refused("document-kind", "请选择规章或者行政规范性文件")
    today = timezone.localdate(at)
    title, number = rules.named(title, "名称"), rules.numbered(number)
    rules.not_to_come(made_on, "制发日期", today)
    rules.document_days(made_on, effective_on, expires_on)
    locks.serialise(f"registers-{agency.pk}")
    _number_is_free(agency, kind, number)
    if publication is not None:
        _fits(agency, publication)
        disclosed_on = disclosed_on or publication.published_on
    if disclosed_on is not None:
        rules.not_to_come(disclosed_on, "公开日期", today)
    document = Document.objects.create(
        agency=agency, kind=kind, title=title, number=number, made_on=made_on, effective_on=effective_on,
        expires_on=expires_on, filing_number=filing_number.strip()[:100], disclosed_on=disclosed_on,
        publication=publication, unpublished_reason=" ".join(unpublished_reason.split())[:300], added_at=at,
    )
    record(DocumentEntered(number, made_on), by=by, at=at, subject_id=document.pk, agency_id=agency.pk)
    return document


@transaction.atomic
def correct_document(*, by: Actor, document: Document, at: datetime, **values: Any) -> Document:
    """Correct what was entered wrongly: title, number, made_on, effective_on, expires_on, filing_number, disclosed_on.

    Nothing changed records nothing. Raises Refused as `enter_document`, wrong-order for an end before the making;
    Denied; TypeError for another field.
    """
    authorise(by, P.KEEP, document)
    now = Document.objects.select_for_update(of=("self",), no_key=True).select_related("agency").get(pk=document.pk)
    unknown = values.keys() - _CORRECTABLE.keys()
    if unknown:
        raise TypeError(f"not correctable: {', '.join(sorted(unknown))}")
    changed = [name for name, value in values.items() if getattr(now, name) != value]
    if not changed:
        return now
    for name in changed:
        setattr(now, name, values[name])
    today = timezone.localdate(at)
    now.title, now.number = rules.named(now.title, "名称"), rules.numbered(now.number)
    now.filing_number = now.filing_number.strip()[:100]
    rules.not_to_come(now.made_on, "制发日期", today)
    if now.disclosed_on is not None:
        rules.not_to_come(now.disclosed_on, "公开日期", today)
    rules.document_days(now.made_on, now.effective_on, now.expires_on)
    if now.ended_on is not None and now.ended_on < now.made_on:
        raise Refused("wrong-order", "废止、失效之日早于成文日期；没有保存，请核对")
    if "number" in changed:
        locks.serialise(f"registers-{now.agency_id}")
        _number_is_free(now.agency, now.kind, now.number)
    now.save(update_fields=changed)
    record(
        DocumentChanged([_CORRECTABLE[name] for name in changed]), by=by, at=at, subject_id=now.pk,
        agency_id=now.agency_id,
    )
    return now


@transaction.atomic
def end_document(
    *, by: Actor, document: Document, ending: str, on: date, at: datetime, ended_by: Document | None = None,
) -> Document:
    """Record that a document was repealed or has lapsed; `ended_by` is the document that repealed it.

    Raises Refused: ending-kind, already-ended, wrong-order, future-date, ended-by; Denied.
    """
    authorise(by, P.KEEP, document)
    now = Document.objects.select_for_update(of=("self",), no_key=True).get(pk=document.pk)
    if now.ending:
        raise Refused("already-ended", "这份文件已于%(day)s登记为不再有效", day=now.ended_on or "")
    said = rules.ending(ending, on, now.made_on, timezone.localdate(at))
    if ended_by is not None and (ended_by.pk == now.pk or ended_by.agency_id != now.agency_id):
        raise Refused("ended-by", "废止它的文件须是本机关的另一份文件；没有保存")
    now.ending, now.ended_on, now.ended_by = said, on, ended_by if said is Ending.REPEALED else None
    now.save(update_fields=["ending", "ended_on", "ended_by"])
    record(
        DocumentEnded(said, on, ended_by.pk if ended_by else None), by=by, at=at, subject_id=now.pk,
        agency_id=now.agency_id,
    )
    return now


@transaction.atomic
def link_document(
    *, by: Actor, document: Document, at: datetime, publication: Publication | None = None, reason: str = "",
) -> Document:
    """Say where the public reads a document, or on what ground it does not.

    Raises Refused: publication-elsewhere, publication-taken, words-missing; Denied.
    """
    authorise(by, P.KEEP, document)
    now = Document.objects.select_for_update(of=("self",), no_key=True).select_related("agency").get(pk=document.pk)
    if publication is not None:
        _fits(now.agency, publication, besides=now)
        now.publication, now.unpublished_reason = publication, ""
        now.disclosed_on = now.disclosed_on or publication.published_on
    else:
        now.publication, now.unpublished_reason = None, rules.named(reason, "不公开的依据", rules.REASON_MOST)
        _nobody_in(now.unpublished_reason)
    now.save(update_fields=["publication", "unpublished_reason", "disclosed_on"])
    record(
        DocumentLinked(publication.pk if publication else None, now.unpublished_reason), by=by, at=at,
        subject_id=now.pk, agency_id=now.agency_id,
    )
    return now


@transaction.atomic
def add_entry(
    *, by: Actor, agency: Agency, register: str, on: date, subject: str, at: datetime, number: str = "",
    amount: object = None, item: PowerItem | None = None, shown: str = "not_yet", shown_on: date | None = None,
    shown_reason: str = "",
) -> Entry:
    """Enter a decision, charge or purchase.

    Raises Refused: register, words-missing, words-too-long, future-date, amount-missing, amount-shape, personal,
    number-taken, item-elsewhere, what `rules.shown` refuses; Denied.
    """
    authorise(by, P.KEEP, agency)
    kept, today = rules.register_of(register), timezone.localdate(at)
    subject = rules.named(subject, "事项")
    _nobody_in(subject)
    rules.not_to_come(on, "日期", today)
    number = rules.numbered(number)
    locks.serialise(f"registers-{agency.pk}")
    taken = Entry.objects.filter(agency=agency, register=kept, number=number, cancelled_on__isnull=True)
    if number and taken.exists():
        raise Refused("number-taken", "%(number)s已在台账中，没有重复登记", number=number)
    if item is not None and (item.agency_id != agency.pk or item.register != kept):
        raise Refused("item-elsewhere", "所选事项不属于这一台账；没有保存")
    _nobody_in(shown_reason)
    state, day, reason = rules.shown(shown, shown_on, shown_reason, on, today)
    entry = Entry.objects.create(
        agency=agency, register=kept, on=on, number=number, subject=subject, amount=rules.amount(kept, amount),
        item=item, shown=state, shown_on=day, shown_reason=reason, added_at=at,
    )
    record(EntryAdded(kept, on), by=by, at=at, subject_id=entry.pk, agency_id=agency.pk)
    return entry


@transaction.atomic
def show_entry(
    *, by: Actor, entry: Entry, shown: str, at: datetime, on: date | None = None, reason: str = "",
    publication: Publication | None = None,
) -> Entry:
    """Record that a decision was shown to the public, or on what ground it is not.

    Raises Refused: cancelled, publication-elsewhere, what `rules.shown` refuses; Denied.
    """
    authorise(by, P.KEEP, entry)
    now = Entry.objects.select_for_update(of=("self",), no_key=True).get(pk=entry.pk)
    if now.cancelled_on is not None:
        raise Refused("cancelled", "这一行已经注销，不能再改")
    if publication is not None:
        if publication.agency_id != now.agency_id or not publication.is_public:
            raise Refused("publication-elsewhere", "所选信息不是本机关已公开的信息；没有保存")
        on = on or publication.published_on
    _nobody_in(reason)
    now.shown, now.shown_on, now.shown_reason = rules.shown(shown, on, reason, now.on, timezone.localdate(at))
    now.publication = publication
    now.save(update_fields=["shown", "shown_on", "shown_reason", "publication"])
    record(EntryShown(now.shown, now.shown_on), by=by, at=at, subject_id=now.pk, agency_id=now.agency_id)
    return now


@transaction.atomic
def cancel_entry(*, by: Actor, entry: Entry, reason: str, at: datetime) -> Entry:
    """Take a wrong row out of the count; it stays, marked. Raises Refused: words-missing, cancelled; Denied."""
    authorise(by, P.KEEP, entry)
    now = Entry.objects.select_for_update(of=("self",), no_key=True).get(pk=entry.pk)
    if now.cancelled_on is not None:
        raise Refused("cancelled", "这一行已经注销，不能再改")
    said = rules.named(reason, "注销理由", rules.REASON_MOST)
    _nobody_in(said)
    now.cancelled_on, now.cancelled_reason = timezone.localdate(at), said
    now.save(update_fields=["cancelled_on", "cancelled_reason"])
    record(EntryCancelled(said), by=by, at=at, subject_id=now.pk, agency_id=now.agency_id)
    return now


@transaction.atomic
def add_item(
    *, by: Actor, agency: Agency, register: str, name: str, from_on: date, at: datetime, code: str = "",
    basis: str = "",
) -> PowerItem:
    """Enter an item of power or charge. Raises Refused: register, words-missing, words-too-long, item-there; Denied."""
    authorise(by, P.KEEP, agency)
    kept, called = rules.register_of(register), rules.named(name, "事项名称")
    if kept not in WITH_ITEMS:
        raise Refused("register", "没有这一种台账")
    if PowerItem.objects.filter(agency=agency, register=kept, name=called, to_on__isnull=True).exists():
        raise Refused("item-there", "这一事项已在清单中")
    item = PowerItem.objects.create(
        agency=agency, register=kept, name=called, code=code.strip()[:60], basis=" ".join(basis.split())[:500],
        from_on=from_on,
    )
    record(ItemAdded(kept, from_on), by=by, at=at, subject_id=item.pk, agency_id=agency.pk)
    return item


@transaction.atomic
def end_item(*, by: Actor, item: PowerItem, on: date, at: datetime) -> PowerItem:
    """Record that an item was abolished on a day. Raises Refused: already-ended, wrong-order; Denied."""
    authorise(by, P.KEEP, item)
    now = PowerItem.objects.select_for_update(of=("self",), no_key=True).get(pk=item.pk)
    if now.to_on is not None:
        raise Refused("already-ended", "这一事项已于%(day)s取消", day=now.to_on)
    if on < now.from_on:
        raise Refused("wrong-order", "取消之日早于开始之日；没有保存，请核对")
    now.to_on = on
    now.save(update_fields=["to_on"])
    record(ItemEnded(on), by=by, at=at, subject_id=now.pk, agency_id=now.agency_id)
    return now


@transaction.atomic
def import_rows(*, by: Actor, looked: Looked, at: datetime, skip_refused: bool = False) -> Import:
    """Take over a spreadsheet that was looked at, in one transaction; refused rows stop it unless `skip_refused`.

    Raises Refused: rows-refused, nothing-to-import, rows-changed; Denied.
    """
    authorise(by, P.IMPORT, looked.agency)
    if looked.refused and not skip_refused:
        raise Refused(
            "rows-refused", "有 %(count)s 行不能导入，什么都没有写入；改好表格，或者选择跳过这些行",
            count=len({one.row for one in looked.refused}),
        )
    if not looked.rows:
        raise Refused("nothing-to-import", "没有可以导入的行；什么都没有写入")
    locks.serialise(f"registers-{looked.agency.pk}")
    if numbers_there(looked):
        raise Refused("rows-changed", "检查以后台账里登记了相同的文号，什么都没有写入；请重新检查一次")
    made = Import.objects.create(
        agency=looked.agency, register=looked.register, name=looked.name[:200], sha256=looked.sha256,
        rows=len(looked.rows), refused=len({one.row for one in looked.refused}), at=at, by_id=by.user_id,
    )
    model, rows = rows_of(looked, imported=made, at=at)
    model.objects.bulk_create(rows, batch_size=_BATCH)  # type: ignore[attr-defined]
    record(
        RowsImported(looked.register, made.rows, made.refused, looked.sha256), by=by, at=at, subject_id=made.pk,
        agency_id=looked.agency.pk,
    )
    return made


@transaction.atomic
def note_export(*, by: Actor, agency: Agency | None, register: str, rows: int, form: str, at: datetime) -> None:
    """Note that a register left the system. `agency` is None for rows of several. Raises Denied."""
    authorise(by, P.EXPORT, agency)
    record(RowsExported(register, rows, form), by=by, at=at, agency_id=agency.pk if agency else None)


def _number_is_free(agency: Agency, kind: str, number: str) -> None:
    if number and Document.objects.filter(agency=agency, kind=kind, number=number).exists():
        raise Refused("number-taken", "%(number)s已在台账中，没有重复登记", number=number)


def _fits(agency: Agency, publication: Publication, *, besides: Document | None = None) -> None:
    if publication.agency_id != agency.pk or not publication.is_public:
        raise Refused("publication-elsewhere", "所选信息不是本机关已公开的信息；没有保存")
    taken = Document.objects.filter(publication=publication)
    if besides is not None:
        taken = taken.exclude(pk=besides.pk)
    if taken.exists():
        raise Refused("publication-taken", "所选信息已关联台账里的另一份文件；没有保存")


def _nobody_in(text: str) -> None:
    """A register is read by many and exported: numbers of persons have no place in it."""
    if holds_personal(text):
        raise Refused("personal", "文字里有身份证号、电话、银行卡号等个人信息，没有保存；请删去后再保存")


