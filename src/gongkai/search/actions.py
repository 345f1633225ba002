"""The acts on synonyms."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import Denied, authorise, within
from gongkai.agencies.models import Agency
from gongkai.core.errors import Refused
from gongkai.core.text.fold import squeeze
from gongkai.infra import locks
from gongkai.ledger.actions import record
from gongkai.search import defaults
from gongkai.search.events import SynonymAdded, SynonymRemoved
from gongkai.search.models import Synonym
from gongkai.search.permissions import SearchPermission
from gongkai.search.tokens import folded

LONGEST = 40


@transaction.atomic
def add_synonym(*, by: Actor, agency: Agency | None, said: str, official: str, at: datetime) -> Synonym:
    """Whoever looks for `said` is also shown `official`, in an agency's search or (None) in everybody's.

    What is there already is given back and nothing is recorded. Raises Refused: synonym-empty, synonym-long,
    synonym-same; Denied without the permission over the agency, for everybody over the top of a tree.
    """
    authorise(by, SearchPermission.SYNONYMS, agency)
    _for_everybody(by, agency)
    said, official = squeeze(said), squeeze(official)
    if len(folded(said)) < 2 or len(folded(official)) < 2:
        raise Refused("synonym-empty", "俗称和规范用语都要写，各不少于两个字；没有加入")
    if max(len(said), len(official)) > LONGEST:
        raise Refused("synonym-long", "俗称和规范用语各不超过 %(longest)s 个字；没有加入", longest=LONGEST)
    if folded(said) == folded(official) or any(letter.isspace() for letter in said):
        raise Refused("synonym-same", "俗称应是一个不含空格的词，并且与规范用语不同；没有加入")
    locks.serialise("synonyms")
    row = Synonym.objects.filter(agency=agency, said=said, official=official).first()
    if row is not None and not row.dropped:
        return row
    if row is not None:
        row.dropped, row.made_at = False, at
        row.save(update_fields=["dropped", "made_at"])
    else:
        row = Synonym.objects.create(agency=agency, said=said, official=official, made_at=at)
    record(SynonymAdded(said, official), by=by, at=at, subject_id=row.pk, agency_id=agency.pk if agency else None)
    return row


@transaction.atomic
def remove_synonym(*, by: Actor, agency: Agency | None, said: str, official: str, at: datetime) -> None:
    """Take a pair back; of one that comes with the program it is noted that this installation does without.

    Raises Refused synonym-absent when there is none; Denied as for adding.
    """
    authorise(by, SearchPermission.SYNONYMS, agency)
    _for_everybody(by, agency)
    locks.serialise("synonyms")
    row = Synonym.objects.filter(agency=agency, said=said, official=official, dropped=False).first()
    shipped = agency is None and (said, official) in defaults.pairs()
    gone = Synonym.objects.filter(agency=None, said=said, official=official, dropped=True).exists()
    if row is None and (not shipped or gone):
        raise Refused("synonym-absent", "这一对词已经不在同义词里了；没有改动")
    if shipped:
        Synonym.objects.update_or_create(
            agency=None, said=said, official=official, defaults={"dropped": True, "made_at": at},
        )
    elif row is not None:
        row.delete()
    record(
        SynonymRemoved(said, official), by=by, at=at, subject_id=row.pk if row and row.pk else None,
        agency_id=agency.pk if agency else None,
    )


def _for_everybody(by: Actor, agency: Agency | None) -> None:
    """What holds for all agencies needs a post over the top of a tree. Raises Denied."""
    if agency is not None or by.machine:
        return
    if not Agency.objects.filter(within(by, SearchPermission.SYNONYMS, "path"), parent__isnull=True).exists():
        raise Denied(SearchPermission.SYNONYMS)
