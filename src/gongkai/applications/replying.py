"""Reads for whoever drafts a reply: kinds to choose from, what the case already knows, and the text for publication."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from gongkai.applications import frequency, naming, numbers
from gongkai.applications.correspondence import SUBJECT_KIND
from gongkai.applications.models import Application, Consultation, Opinion, ReplyDraft, Use
from gongkai.applications.rules import reply as rules
from gongkai.applications.states import CLOSED
from gongkai.core.deadlines import PauseKind
from gongkai.core.errors import Refused
from gongkai.core.law.answers import ANSWERS, AnswerKind
from gongkai.core.law.articles import cite
from gongkai.core.text.redact import Leak, leaks, remove_tokens
from gongkai.letters.models import Letter
from gongkai.letters.queries import letters_of


@dataclass(frozen=True, slots=True)
class Choice:
    """A kind of answer as the page offers it: its article in words, why it cannot be chosen now (empty when it can),
    and what the case already says for its fields."""

    kind: AnswerKind
    article: str
    why_not: Refused | None
    suggested: dict[str, Any]


def choices(application: Application, today: date) -> list[Choice]:
    """Every kind that a draft may have, in the order of table three."""
    case = case_of(application, today)
    return [
        Choice(kind, cite(kind.article) if kind.article else "", _why_not(kind, case), suggested(application, kind))
        for key, kind in ANSWERS.items() if key not in rules.BY_ANOTHER_ACT
    ]


def suggested(application: Application, kind: AnswerKind) -> dict[str, Any]:
    """What the case knows already for the fields of a kind."""
    names = {field.name for field in kind.fields}
    known: dict[str, Any] = {}
    if "reasons_asked_on" in names and application.reasons_asked_on is not None:
        known["reasons_asked_on"] = application.reasons_asked_on.isoformat()
    if "consultation" in names:
        known["consultation"] = "；".join(_told(asked) for asked in _third_parties(application))
    if "earlier_number" in names and application.repeats is not None:
        known["earlier_number"] = application.repeats.number
    if "searched_by" in names and application.section is not None:
        known["searched_by"] = application.section.name
    return {name: value for name, value in known.items() if value}


def earlier_of(application: Application, number: str) -> Application | None:
    """The application of the same register that a number names, by its own number or that of its reply."""
    typed = numbers.typed(number)
    if not typed:
        return None
    rows = Application.objects.filter(agency_id=application.agency_id)
    return rows.filter(number=typed).first() or rows.filter(reply_number=number.strip()).order_by("pk").first()


def case_of(application: Application, today: date, earlier: Application | None = None) -> rules.Case:
    """The facts of a case on which the kind of answer depends."""
    keys = (application.applicant_key, earlier.applicant_key) if earlier is not None else ("", "")
    return rules.Case(
        today=today, arrived_on=application.arrived_on, corrected=application.corrected_on is not None,
        reasons_asked_on=application.reasons_asked_on, reasons_due_on=application.reasons_due_on,
        reasons_sent=application.reasons_sent_on is not None, reasons_accepted=application.reasons_accepted,
        third_parties=tuple((asked.opinion, asked.overridden) for asked in _third_parties(application)),
        earlier=None if earlier is None else rules.Earlier(
            earlier.pk == application.pk, not all(keys) or keys[0] == keys[1], earlier.state in CLOSED,
        ),
    )


def letter_context(application: Application, draft: ReplyDraft, on: date) -> dict[str, Any]:
    """What the letter of a draft says beside the case itself."""
    kind = ANSWERS[draft.answer_kind]
    said: dict[str, Any] = {"facts": draft.body}
    for field in kind.fields:
        value = draft.values.get(field.name)
        if value:
            said[field.name] = date.fromisoformat(value) if field.kind == "date" else value
    if kind.letter == "reply_refused":
        said["ground"] = kind.key
    if kind.discloses:
        names = application.attachments.filter(use=Use.REPLY).order_by("pk").values_list("name", flat=True)
        said["provided"] = "；".join(names)
    if kind.key == "repeat" and application.repeats is not None:
        said["earlier_number"] = _earlier(application.repeats)
    if kind.key == "unclear":
        said["corrected_on"] = application.corrected_on
        notice = notice_of(application, "correction_notice")
        if notice is not None:
            said["notice_number"], said["notice_on"] = notice.number, notice.on
    if kind.key == "excessive":
        said["history"] = frequency.history(application, on)
    return said


def notice_of(application: Application, kind: str) -> Letter | None:
    """The last letter of a kind that went out in this case."""
    return letters_of(SUBJECT_KIND, application.pk).filter(kind=kind).last()


def publication_proposal(application: Application) -> tuple[str, str, dict[str, int], list[Leak]]:
    """The reply as a text for everybody (Art. 44): title, body, how often each kind of token was taken out, and what
    may still tell who asked. Raises Refused: vault-key, vault-damaged."""
    tokens = naming.all_tokens_of(application)
    title = remove_tokens(application.subject, tokens)
    body = remove_tokens("\n".join(_published(application)), tokens)
    removed = Counter(title.counts) + Counter(body.counts)
    return title.text, body.text, dict(removed), [*leaks(title.text, tokens), *leaks(body.text, tokens)]


def _published(application: Application) -> Iterator[str]:
    """The paragraphs: what was asked, what was answered. The applicant's own text is not among them."""
    yield f"申请事项：{application.subject}"
    kind = ANSWERS.get(application.answer_kind)
    if kind is not None:
        yield f"办理结果：{kind.name}"
    draft = application.drafts.filter(signed_at__isnull=False).order_by("-number").first()
    if draft is None or kind is None:
        return
    if draft.body:
        yield draft.body
    for field in kind.fields:
        value = draft.values.get(field.name)
        if value and field.name not in {"way", "time"}:  # how the applicant got it is nobody else's concern
            yield f"{field.label}：{_said(value)}"
    names = list(application.attachments.filter(use=Use.REPLY).order_by("pk").values_list("name", flat=True))
    if names:
        yield f"提供的信息：{'；'.join(names)}"


def _said(value: Any) -> str:
    if isinstance(value, list):
        return "；".join(str(row.get("what", "")) for row in value)
    return str(value)


def _why_not(kind: AnswerKind, case: rules.Case) -> Refused | None:
    try:
        rules.fits(kind, case)
    except Refused as refused:
        return refused
    return None


def _third_parties(application: Application) -> list[Consultation]:
    return list(application.consultations.filter(kind=PauseKind.THIRD_PARTY, ended_on__isnull=False).order_by("pk"))


def _told(asked: Consultation) -> str:
    letter = Letter.objects.filter(pk=asked.letter_id).first()
    number = f"（{letter.number}）" if letter is not None and letter.number else ""
    return f"本机关于{_paper(asked.sent_on)}书面征求第三方意见{number}，第三方{Opinion(asked.opinion).label}"


def _earlier(earlier: Application) -> str:
    said = [f"{earlier.number}号申请"]
    if earlier.reply_number:
        said.append(f"答复文号{earlier.reply_number}")
    if earlier.closed_on is not None:
        said.append(_paper(earlier.closed_on))
    return "，".join(said)


def _paper(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
