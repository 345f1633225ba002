"""The words of a report: written text by text, or drafted anew from the numbers of now."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from gongkai.accounts.actor import Actor
from gongkai.compilations import assemble, facts
from gongkai.compilations.actions.parts import editing, put
from gongkai.compilations.events import ProseRedrafted, ProseWritten
from gongkai.compilations.models import Compilation, Prose
from gongkai.compilations.narrative.draft import KEYS, Key
from gongkai.compilations.narrative.fill import TOKEN
from gongkai.compilations.permissions import CompilationPermission as P
from gongkai.compilations.permissions import authorise
from gongkai.compilations.states import Act
from gongkai.core.errors import Refused
from gongkai.core.report.writers.outline import printable
from gongkai.core.text.unseen import seen as unmarked
from gongkai.ledger.actions import record

LONGEST = 20_000  # characters of one text


@transaction.atomic
def write(
    *, by: Actor, compilation: Compilation, section: int, aspect: int = 0, body: str, at: datetime,
    seen: int | None = None,
) -> Prose:
    """Let a text of the report be `body`, with names of facts in braces. `seen` is the revision of the text (not of the
    report) that was looked at: two people may write two texts at once. The same words again change nothing.

    Raises Refused: no-such-text, unknown-fact, words-too-long, changed-meanwhile, from-a-file, not-now; Denied.
    """
    authorise(by, P.COMPILE, compilation, compilation.scope)
    said = _tidy(body)
    now, state = editing(compilation, Act.EDIT, at=at)
    if (section, aspect) not in KEYS:
        raise Refused("no-such-text", "年报没有这一段正文；没有保存")
    _known(said, now)
    before = Prose.objects.filter(compilation=now, section=section, aspect=aspect).first()
    if seen is not None and seen != (before.revision if before is not None else 0):
        raise Refused(
            "changed-meanwhile", "您打开以后有人改过这一段，没有保存；您写的还在下面，请对照最新的文字再保存",
        )
    if before is not None and said == (before.body if before.revision else assemble.drafted(now)[section, aspect]):
        return before  # who saves a draft as it stands has written nothing: it goes on following the numbers
    text = _put(now, before, (section, aspect), said, by, at)
    put(now, state)
    record(ProseWritten(section, aspect, len(said)), by=by, at=at, subject_id=now.pk, agency_id=now.agency_id)
    return text


@transaction.atomic
def redraft(
    *, by: Actor, compilation: Compilation, at: datetime, only: Collection[Key] | None = None, seen: int | None = None,
) -> int:
    """Put the draft of now in the place of what was written: of the texts `only`, or of all. Gives how many changed;
    a text that nobody has touched is the draft of now anyway.

    Raises Refused: no-such-text, changed-meanwhile, from-a-file, not-now; Denied.
    """
    authorise(by, P.COMPILE, compilation, compilation.scope)
    now, state = editing(compilation, Act.EDIT, at=at, seen=seen)
    wanted = tuple(KEYS if only is None else only)
    if not set(wanted) <= set(KEYS):
        raise Refused("no-such-text", "年报没有这一段正文；没有保存")
    drafted = assemble.drafted(now)
    kept = {(row.section, row.aspect): row for row in now.prose.all()}
    changed = [key for key in wanted if key in kept and kept[key].revision and kept[key].body != drafted[key]]
    for key in changed:
        _put(now, kept[key], key, drafted[key], by, at)
    if changed:
        put(now, state)
        record(ProseRedrafted(len(changed)), by=by, at=at, subject_id=now.pk, agency_id=now.agency_id)
    return len(changed)


def _tidy(body: str) -> str:
    """Text as it is kept: one kind of line end, nothing that no file may hold. Raises Refused: words-too-long."""
    said = printable(unmarked(body.replace("\r\n", "\n").replace("\r", "\n"))).strip()
    if len(said) > LONGEST:
        raise Refused("words-too-long", "最多 %(most)s 个字，现在 %(now)s 个；没有保存", most=LONGEST, now=len(said))
    return said


def _known(body: str, compilation: Compilation) -> None:
    """Every name in braces is that of a fact."""
    names = facts.names(compilation.form)
    unknown = [match[1] for match in TOKEN.finditer(body) if match[1] not in names]
    if unknown:
        raise Refused(
            "unknown-fact", "没有名为“%(name)s”的数字，没有保存；您写的还在下面，请从名称表里选一个，或者去掉花括号",
            name=unknown[0],
        )


def _put(compilation: Compilation, before: Prose | None, key: Key, body: str, by: Actor, at: datetime) -> Prose:
    text = before or Prose(compilation=compilation, section=key[0], aspect=key[1])
    text.body, text.edited_by_id, text.edited_at = body, by.user_id, at
    text.revision += 1
    text.save()
    return text
