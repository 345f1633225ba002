"""The office's list of wrong words: one more, one less, many at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import authorise
from gongkai.agencies.models import Agency
from gongkai.core.errors import Refused
from gongkai.ledger.actions import record
from gongkai.publications.events.desk import WordingRemoved, WordingSet, WordingsImported
from gongkai.publications.models import Wording
from gongkai.publications.permissions import PublicationPermission as P
from gongkai.publications.rules.wording import Row, checked

MOST = 5_000  # words that one agency keeps


@transaction.atomic
def set_wording(*, by: Actor, agency: Agency, wrong: str, right: str, at: datetime, note: str = "") -> Wording:
    """Add a word, or say something else of one that is there already.

    `right` empty: the word must not stand at all. Raises Refused: wording-empty, wording-long, wording-same,
    wording-many; Denied.
    """
    authorise(by, P.RULES, agency)
    row = checked((wrong, right, note))
    if not Wording.objects.filter(agency=agency, wrong=row[0]).exists():
        _room(agency, 1)
    kept, _new = Wording.objects.update_or_create(
        agency=agency, wrong=row[0], defaults={"right": row[1], "note": row[2], "by_id": by.user_id, "at": at},
    )
    record(WordingSet(kept.wrong, kept.right), by=by, at=at, subject_id=kept.pk, agency_id=agency.pk)
    return kept


@transaction.atomic
def remove_wording(*, by: Actor, wording: Wording, at: datetime) -> None:
    """Take a word off the list; removed already is removed. Raises Denied."""
    authorise(by, P.RULES, wording)
    gone, _each = Wording.objects.filter(pk=wording.pk, agency=wording.agency_id).delete()
    if gone:
        record(WordingRemoved(wording.wrong), by=by, at=at, subject_id=wording.pk, agency_id=wording.agency_id)


@transaction.atomic
def import_wordings(*, by: Actor, agency: Agency, rows: Sequence[Row], at: datetime) -> tuple[int, int]:
    """Many words at once, all or none: (added, changed).

    Raises Refused: wording-row naming the row that is wrong, wording-many; Denied.
    """
    authorise(by, P.RULES, agency)
    known = {one.wrong: one for one in Wording.objects.filter(agency=agency)}
    given: dict[str, Row] = {}
    for number, row in enumerate(rows, 2):
        try:
            said = checked(row)
        except Refused as refusal:
            raise Refused("wording-row", "第%(row)s行：%(why)s", row=number, why=refusal.message) from refusal
        given[said[0]] = said
    new = [row for wrong, row in given.items() if wrong not in known]
    other = [
        row for wrong, row in given.items() if wrong in known and (known[wrong].right, known[wrong].note) != row[1:]
    ]
    _room(agency, len(new))
    Wording.objects.bulk_create([
        Wording(agency=agency, wrong=wrong, right=right, note=note, by_id=by.user_id, at=at)
        for wrong, right, note in new
    ])
    for wrong, right, note in other:
        Wording.objects.filter(pk=known[wrong].pk).update(right=right, note=note, by_id=by.user_id, at=at)
    if new or other:
        record(WordingsImported(len(new), len(other)), by=by, at=at, agency_id=agency.pk)
    return len(new), len(other)


def _room(agency: Agency, more: int) -> None:
    if Wording.objects.filter(agency=agency).count() + more > MOST:
        raise Refused("wording-many", "一个机关最多保留%(most)s条错误写法；没有保存", most=MOST)
