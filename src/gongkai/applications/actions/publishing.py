"""From a reply to proactive publication (Art. 44): one click, nobody of the case left in the text."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from html import escape

from django.db import transaction

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import authorise
from gongkai.applications import naming
from gongkai.applications.actions.taking import put, taken
from gongkai.applications.events.reply import PublicationDrafted
from gongkai.applications.models import Application, PublicationDraft
from gongkai.applications.permissions import ApplicationPermission as P
from gongkai.applications.rules import reply as rules
from gongkai.applications.rules.handling import words
from gongkai.applications.states import Act
from gongkai.core.errors import Refused
from gongkai.core.law.answers import ANSWERS
from gongkai.core.text.redact import leaks, remove_tokens
from gongkai.ledger.actions import record
from gongkai.publications import actions as publications
from gongkai.publications.kinds import Kind

_TITLE_MOST = 300
_WHY = "由依申请公开转为主动公开（第四十四条）"
_BODY_MOST = 100_000


@transaction.atomic
def draft_publication(
    *, by: Actor, application: Application, title: str, body: str, at: datetime,
) -> PublicationDraft:
    """Make a served reply a draft for everybody; the applicant and persons who were asked are taken out again.

    The draft joins the publications of the agency and passes its gates there.

    What was typed since the proposal is searched too: text in which somebody can still be found is not kept. A
    draft that is there comes back as it is. Raises Refused: nothing-disclosed, applicant-left, words-missing,
    words-too-long, not-now; Denied.
    """
    authorise(by, P.HANDLE, application)
    now, state = taken(application, Act.PUBLISH_DRAFT)
    there = PublicationDraft.objects.filter(application=now).first()
    if there is not None:
        return there
    answer = ANSWERS.get(now.answer_kind)
    rules.publishable(answer is not None and answer.discloses)
    tokens = naming.all_tokens_of(now)
    cleaned = [remove_tokens(words(name, text, most), tokens) for name, text, most in (
        ("标题", title, _TITLE_MOST), ("正文", body, _BODY_MOST),
    )]
    left = [leak for part in cleaned for leak in leaks(part.text, tokens) if leak.certain]
    if left:
        raise Refused(
            "applicant-left", "稿子里还有当事人的%(kinds)s，没有保存；请改写这些地方：%(places)s",
            kinds=naming.kinds_of(left), places=naming.places_of(left),
        )
    removed = sum((Counter(part.counts) for part in cleaned), Counter())
    edition = publications.draft(
        by=by, agency=now.agency, kind=Kind.OTHER, title=cleaned[0].text, body=_paragraphs(cleaned[1].text),
        section=now.section, source=f"application:{now.pk}", at=at,
        values={"attribute": "active", "attribute_reason": _WHY},
    )
    draft = PublicationDraft.objects.create(
        application=now, title=cleaned[0].text, body=cleaned[1].text, publication=edition.publication,
        removed=dict(removed), made_at=at, by_id=by.user_id,
    )
    put(now, state)
    record(PublicationDrafted(removed.total()), by=by, at=at, subject_id=now.pk, agency_id=now.agency_id)
    return draft


def _paragraphs(text: str) -> str:
    """Plain text as the body of a publication."""
    return "".join(f"<p>{escape(line.strip())}</p>" for line in text.splitlines() if line.strip())
