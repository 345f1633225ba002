"""A letter put together: the office's data, the caller's context and the template in force → .docx and PDF."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings

from gongkai.agencies.models import Agency
from gongkai.core.errors import Refused
from gongkai.letters import filling, pdf, rendering, rules
from gongkai.letters.kinds import LetterKind
from gongkai.letters.models import LetterTemplate, NumberWord
from gongkai.letters.office import Office
from gongkai.letters.templates import template_for

_NEVER_REFUSED = frozenset({"receipt", "registration"})
VERIFY_PATH = "/letters/verify/"


@dataclass(frozen=True, slots=True)
class Made:
    """The files of a letter, and the office's template that they were made of (None: the built-in one).

    Without a Chinese font on the machine there is no PDF: a deadline of the law cannot wait for a font, and the Word
    file is the letter.
    """

    docx: bytes
    pdf: bytes | None
    template: LetterTemplate | None


def compose(
    agency: Agency, kind: LetterKind, context: Mapping[str, Any], *, on: date, number: str, code: str,
) -> Made:
    """Render a letter. Raises Refused as `filling.fill` and `pdf.write`; nothing is kept."""
    office, template = Office.of(agency), template_for(agency, kind.key)
    own = office.shown() | {"number": number, "code": rules.shown_code(code)}
    docx = rendering.render(template.data, filling.fill(kind, context, own, on), stamp(code))
    # What a citizen wrote must not keep a letter from going out, least of all the receipt of the application.
    words = None if kind.key in _NEVER_REFUSED else frozenset(str(context.get("requested") or ""))
    return Made(docx, _set(docx, kind, office, words), template.own)


def _set(docx: bytes, kind: LetterKind, office: Office, words: frozenset[str] | None) -> bytes | None:
    try:
        return pdf.write(docx, title=kind.title, author=office.organ, tolerated=words)
    except Refused as refusal:
        if refusal.code != "no-cjk-font":
            raise
        return None


def stamp(code: str) -> rendering.Stamp:
    """What the foot of a letter says. Without GONGKAI_PUBLIC_URL there is a code and no address."""
    public = str(getattr(settings, "GONGKAI_PUBLIC_URL", "") or "").rstrip("/")
    return rendering.Stamp(rules.shown_code(code), f"{public}{VERIFY_PATH}" if public else "")


def prefix_of(agency: Agency, kind: LetterKind) -> str:
    """青民公复: the office's word and the kind's."""
    return rules.prefix(Office.of(agency).letter_prefix, word_of(agency, kind))


def word_of(agency: Agency, kind: LetterKind) -> str:
    """The kind's word in this agency's numbers."""
    own = NumberWord.objects.filter(agency=agency, kind=kind.key).values_list("word", flat=True).first()
    return own or kind.word
