"""The only writes of the letters room: a letter goes out, a letter is void, an office changes a template or a word.

Whoever calls `issue` has decided by its own rules that the letter may go out, and runs it in its own transaction: the
number exists if and only if the act does.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import authorise
from gongkai.agencies.models import Agency
from gongkai.core.errors import Refused
from gongkai.files.actions import keep
from gongkai.files.names import safe
from gongkai.infra import locks
from gongkai.ledger.actions import record
from gongkai.letters import composing, rules, states, uploads
from gongkai.letters.events import LetterIssued, LetterVoided, NumberWordSet, TemplateReplaced, TemplateRestored
from gongkai.letters.kinds import KINDS
from gongkai.letters.models import Letter, LetterTemplate, NumberWord
from gongkai.letters.permissions import LetterPermission
from gongkai.vault.actions import seal_file
from gongkai.vault.models import Sealed, SealedFile

LIMIT = 20 * 1024 * 1024  # bytes of one letter, far above what a template and MOST characters can make


@transaction.atomic
def issue(
    *, by: Actor, agency: Agency, kind: str, subject_kind: str, subject_id: int, context: Mapping[str, Any], on: date,
    at: datetime, addressee: Sealed | None = None, idempotency: str = "",
) -> Letter:
    """Number, render and keep a letter; with the same `idempotency` again the same letter comes back.

    Numbers run per agency, prefix and year without gaps: a refusal rolls the number back with the transaction.
    Raises Refused: letter-field-missing, letter-field-shape, letter-ground, letter-too-long, missing-glyphs;
    Denied; KeyError for an unknown kind, ValueError when the idempotency key belongs to another letter.
    """
    authorise(by, LetterPermission.ISSUE, agency)
    about = KINDS[kind]
    # Numbers are given one at a time. The ledger's own lock, because every issue ends in the ledger: with a second
    # lock, a caller that has recorded something already and one that has not could wait for each other.
    locks.serialise("ledger")
    if idempotency and (asked := Letter.objects.filter(agency=agency, idempotency=idempotency).first()) is not None:
        if (asked.kind, asked.subject_kind, asked.subject_id) != (kind, subject_kind, subject_id):
            raise ValueError(f"idempotency key of letter {asked.pk} used for another letter")
        return asked
    prefix = composing.prefix_of(agency, about) if about.numbered else ""
    serial = _next_serial(agency, prefix, on.year) if about.numbered else None
    number = rules.number(prefix, on.year, serial) if serial is not None else ""
    code = rules.new_code()
    made = composing.compose(agency, about, context, on=on, number=number, code=code)
    letter = Letter.objects.create(
        agency=agency, kind=kind, subject_kind=subject_kind, subject_id=subject_id, prefix=prefix, year=on.year,
        serial=serial, number=number, on=on, code=code, issued_at=at, addressee=addressee, template=made.template,
        docx=_sealed(made.docx, at), pdf=_sealed(made.pdf, at) if made.pdf else None,
        idempotency=idempotency, docx_sha256=hashlib.sha256(made.docx).hexdigest(),
        pdf_sha256=hashlib.sha256(made.pdf).hexdigest() if made.pdf else "",
    )
    record(
        LetterIssued(kind, number, f"{subject_kind} {subject_id}", letter.docx_sha256, letter.pdf_sha256),
        by=by, at=at, subject_id=letter.pk, agency_id=agency.pk,
    )
    return letter


@transaction.atomic
def void(*, by: Actor, letter: Letter, reason: str, at: datetime) -> Letter:
    """Take a wrong letter out of use. It stays in the register with its number, which no other letter gets.

    Raises Refused: letter-voided-already, reason-needed, reason-too-long; Denied.
    """
    authorise(by, LetterPermission.VOID, letter)
    row = Letter.objects.select_for_update(of=("self",)).select_related("agency").get(pk=letter.pk)
    row.state, row.void_reason, row.voided_at = states.void(row.state, str(row)), rules.check_reason(reason), at
    row.save(update_fields=["state", "void_reason", "voided_at"])
    # The reason is typed by a person and may name somebody: it stays in the row, out of the ledger.
    record(LetterVoided(row.kind, row.number), by=by, at=at, subject_id=row.pk, agency_id=row.agency_id)
    return row


@transaction.atomic
def replace_template(
    *, by: Actor, agency: Agency, kind: str, file: Iterable[bytes], name: str, at: datetime,
) -> LetterTemplate:
    """Put an office's own template in place of the one that holds. Letters that went out stay as they are.

    Raises Refused: what `uploads.receive` finds wrong; Denied; KeyError for an unknown kind.
    """
    authorise(by, LetterPermission.MANAGE_TEMPLATES, agency)
    data = uploads.receive(file, KINDS[kind])
    locks.serialise(f"letter-template-{agency.pk}")
    stored, _new = keep([data], at=at)
    LetterTemplate.objects.filter(agency=agency, kind=kind, until__isnull=True).update(until=at)
    template = LetterTemplate.objects.create(
        agency=agency, kind=kind, name=safe(name, "模板.docx"), file=stored, since=at,
    )
    record(TemplateReplaced(kind, stored.sha256), by=by, at=at, subject_id=template.pk, agency_id=agency.pk)
    return template


@transaction.atomic
def restore_template(*, by: Actor, agency: Agency, kind: str, at: datetime) -> LetterTemplate:
    """Go back to the built-in template; the office's own is kept. Raises Refused: template-built-in; Denied."""
    authorise(by, LetterPermission.MANAGE_TEMPLATES, agency)
    own = LetterTemplate.objects.select_for_update().filter(agency=agency, kind=kind, until__isnull=True).first()
    if own is None:
        raise Refused("template-built-in", "“%(kind)s”用的就是系统自带模板，没有变动", kind=KINDS[kind].title)
    own.until = at
    own.save(update_fields=["until"])
    record(TemplateRestored(kind), by=by, at=at, subject_id=own.pk, agency_id=agency.pk)
    return own


@transaction.atomic
def set_word(*, by: Actor, agency: Agency, kind: str, word: str, at: datetime) -> NumberWord:
    """Choose the word of a kind in this agency's document numbers (公复 in 青民公复〔2026〕1号). Numbers given stay.

    Raises Refused: number-word, not-numbered; Denied.
    """
    authorise(by, LetterPermission.MANAGE_TEMPLATES, agency)
    about = KINDS[kind]
    if not about.numbered:
        raise Refused("not-numbered", "“%(kind)s”不编文号，没有变动", kind=about.title)
    word, before = rules.check_word(word), composing.word_of(agency, about)
    row, _new = NumberWord.objects.update_or_create(agency=agency, kind=kind, defaults={"word": word})
    if word != before:
        record(NumberWordSet(kind, before, word), by=by, at=at, subject_id=row.pk, agency_id=agency.pk)
    return row


def _next_serial(agency: Agency, prefix: str, year: int) -> int:
    given = Letter.objects.filter(agency=agency, prefix=prefix, year=year).aggregate(last=Max("serial"))["last"]
    return (given or 0) + 1


def _sealed(data: bytes, at: datetime) -> SealedFile:
    return seal_file(chunks=[data], at=at, limit=LIMIT)[1]
