"""The reply: drafted, reviewed by others, signed (Arts. 17, 33, 36). Each version stands and falls by itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import authorise, may
from gongkai.applications import correspondence, naming, order, replying
from gongkai.applications.actions.taking import put, taken
from gongkai.applications.clock import deadline_of
from gongkai.applications.events.reply import Drafted, DraftReturned, Reviewed, Signed, Submitted
from gongkai.applications.models import Application, ReplyDraft, Review, ReviewKind, Verdict
from gongkai.applications.permissions import ApplicationPermission as P
from gongkai.applications.queries import current_draft
from gongkai.applications.rules import reply as rules
from gongkai.applications.rules.handling import words
from gongkai.applications.states import Act, State
from gongkai.core.errors import Refused
from gongkai.core.law.answers import ANSWERS
from gongkai.ledger.actions import record


@transaction.atomic
def draft_reply(
    *, by: Actor, application: Application, answer_kind: str, values: Mapping[str, Any], body: str, at: datetime,
    seen: int | None = None,
) -> ReplyDraft:
    """Write a version of the reply; reviews of earlier versions do not count for it.

    A contributor may draft what is assigned to the own section. A repeat is linked to the application that it
    repeats where the register has it. Raises Refused: answer-kind, answer-by-act, answer-incomplete (an Incomplete
    with the fields), what `rules.fits` refuses, words-too-long, not-now, changed-meanwhile; Denied.
    """
    authorise(by, _drafting(by, application), application)
    now, state = taken(application, Act.DRAFT, seen=seen)
    authorise(by, _drafting(by, now), now)  # the section may be another one since
    kind = rules.kind_of(answer_kind)
    if kind.key == "excessive" and now.reasons_asked_on is not None:
        values = {**values, "reasons_asked_on": now.reasons_asked_on}
    said = rules.clean(kind, values)
    earlier = replying.earlier_of(now, said.get("earlier_number", "")) if kind.key == "repeat" else None
    rules.check(kind, said, replying.case_of(now, order.today_at(at), earlier))
    if len(body) > rules.BODY_MOST:
        raise Refused("words-too-long", "%(name)s不能超过 %(most)s 个字；没有保存", name="正文", most=rules.BODY_MOST)
    last = current_draft(now)
    draft = ReplyDraft.objects.create(
        application=now, number=1 if last is None else last.number + 1, answer_kind=kind.key, values=said,
        body=body.strip(), by_id=by.user_id, at=at,
    )
    now.repeats = earlier
    put(now, state)
    record(Drafted(draft.number, kind.key), by=by, at=at, subject_id=now.pk, agency_id=now.agency_id)
    return draft


@transaction.atomic
def submit_for_review(
    *, by: Actor, application: Application, at: datetime, seen: int | None = None,
) -> ReplyDraft:
    """Hand the latest draft to those who did not write it (Art. 17). A draft that came back is written anew first.

    Raises Refused: returned, not-now, changed-meanwhile; Denied.
    """
    authorise(by, P.HANDLE, application)
    now, state = taken(application, Act.SUBMIT, seen=seen)
    draft = _latest(now)
    rules.submittable(draft.submitted_at is not None)
    draft.submitted_at = at
    draft.save(update_fields=["submitted_at"])
    put(now, state)
    record(Submitted(draft.number), by=by, at=at, subject_id=now.pk, agency_id=now.agency_id)
    return draft


@transaction.atomic
def review(
    *, by: Actor, application: Application, kind: str, verdict: str, remark: str = "", at: datetime,
    seen: int | None = None,
) -> Review:
    """Give a verdict on the draft in review: secrecy or legality, by somebody who did not write it (Art. 17).

    When both have passed it waits for the signature; one that returns it sends it back to the drafter. Raises
    Refused: own-draft, review-kind, verdict, remark-missing, already-reviewed, not-now, changed-meanwhile; Denied.
    """
    authorise(by, P.REVIEW, application)
    now, state = taken(application, Act.REVIEW, seen=seen)
    draft = _latest(now)
    rules.by_another("审查", draft.by_id, by.user_id)
    passed = _passed(draft)
    said = rules.verdict(kind, verdict, remark, passed)
    given = Review.objects.create(
        draft=draft, kind=ReviewKind(kind), verdict=Verdict(verdict), remark=said, by_id=by.user_id, at=at,
    )
    if verdict == Verdict.RETURN:
        state = State.DRAFTED
    elif not rules.both({*passed, kind}):
        state = State.REVIEW
    put(now, state)
    record(
        Reviewed(draft.number, kind, verdict, naming.for_ledger(now, said)), by=by, at=at, subject_id=now.pk,
        agency_id=now.agency_id,
    )
    return given


@transaction.atomic
def return_draft(
    *, by: Actor, application: Application, remark: str, at: datetime, seen: int | None = None,
) -> ReplyDraft:
    """Send the draft back instead of signing or reviewing it further.

    Raises Refused: words-missing, not-now, changed-meanwhile; Denied.
    """
    authorise(by, P.SIGN if may(by, P.SIGN, application) else P.REVIEW, application)
    now, state = taken(application, Act.RETURN, seen=seen)
    draft, said = _latest(now), words("退回的理由", remark)
    put(now, state)
    record(
        DraftReturned(draft.number, naming.for_ledger(now, said)), by=by, at=at, subject_id=now.pk,
        agency_id=now.agency_id,
    )
    return draft


@transaction.atomic
def sign(
    *, by: Actor, application: Application, on: date, at: datetime, seen: int | None = None,
) -> ReplyDraft:
    """Sign the draft that passed both reviews: the reply gets its number and its letter, and nothing changes it.

    After the due date it is still signed, and recorded as late: the law knows no refusal to answer late (Art. 33).
    Raises Refused: own-draft, not-reviewed, future-date, too-early, not-now, changed-meanwhile, what
    `correspondence.issue` refuses; Denied.
    """
    authorise(by, P.SIGN, application)
    now, state = taken(application, Act.SIGN, seen=seen)
    draft = _latest(now)
    rules.by_another("签发", draft.by_id, by.user_id)
    if not rules.both(_passed(draft)):
        raise Refused("not-reviewed", "这一稿的两项审查没有都通过，不能签发（第十七条）")
    opinions = [asked.ended_on for asked in now.consultations.all() if asked.ended_on is not None]
    rules.signing(on, after=(
        ("收到申请的日期", order.started_on(now)), ("收到意见的日期", max(opinions, default=None)),
        ("登记理由日期", now.reasons_given_on),
    ), today=order.today_at(at))
    due_on, kind = deadline_of(now).due_on, ANSWERS[draft.answer_kind]
    letter = correspondence.issue(
        now, kind.letter, by=by, on=on, at=at, key=f"reply-{draft.pk}", **replying.letter_context(now, draft, on),
    )
    draft.signed_by_id, draft.signed_at, draft.letter_id = by.user_id, at, letter.pk
    draft.save(update_fields=["signed_by", "signed_at", "letter_id"])
    now.answer_kind, now.reply_number, now.signed_on = kind.key, letter.number, on
    put(now, state)
    late = order.late_by(now, due_on, on)
    record(
        Signed(draft.number, kind.key, letter.number, on, late), by=by, at=at, subject_id=now.pk,
        agency_id=now.agency_id,
    )
    return draft


def _drafting(by: Actor, application: Application) -> P:
    """A contributor drafts for the own section; whoever handles applications drafts any."""
    own = application.handled_in(by) and not may(by, P.HANDLE, application)
    return P.CONTRIBUTE if own else P.HANDLE


def _latest(application: Application) -> ReplyDraft:
    draft = current_draft(application)
    if draft is None:
        raise Refused("no-draft", "还没有答复的稿子；请先拟稿")
    return draft


def _passed(draft: ReplyDraft) -> set[str]:
    return set(draft.reviews.filter(verdict=Verdict.PASS).values_list("kind", flat=True))
