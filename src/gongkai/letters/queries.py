"""Reads with a name. Nothing here shows who a letter is for, except the document itself."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.db.models import Q, QuerySet

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import may
from gongkai.agencies.models import Agency
from gongkai.core.errors import Refused
from gongkai.letters import rules
from gongkai.letters.kinds import KINDS, LetterKind
from gongkai.letters.models import Letter, LetterTemplate, NumberWord
from gongkai.letters.permissions import LetterPermission
from gongkai.letters.templates import template_for
from gongkai.vault.queries import open_file

__all__ = [
    "TemplateRow", "Verification", "document", "letter", "letters_of", "may_open", "register", "template_for",
    "templates_of", "verify",
]


@dataclass(frozen=True, slots=True)
class Verification:
    """What anybody who holds the code may know: no applicant, no content."""

    organ: str
    title: str
    number: str
    on: date
    voided: bool
    voided_on: date | None
    pdf_sha256: str
    docx_sha256: str

    def same(self, data: bytes) -> str:
        """Which of the two files these bytes are: "pdf", "docx" or ""."""
        found = hashlib.sha256(data).hexdigest()
        for name, known in (("pdf", self.pdf_sha256), ("docx", self.docx_sha256)):
            if hmac.compare_digest(found, known):
                return name
        return ""


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """A kind of letter in an office: its template and its word."""

    kind: LetterKind
    own: LetterTemplate | None
    word: str


def letter(actor: Actor, pk: int) -> Letter:
    """One letter of the actor's reach. Raises Letter.DoesNotExist."""
    return Letter.objects.visible_to(actor).select_related("agency").get(pk=pk)


def letters_of(subject_kind: str, subject_id: int) -> QuerySet[Letter]:
    """The letters about one thing, in the order in which they went out."""
    about = Letter.objects.filter(subject_kind=subject_kind, subject_id=subject_id)
    return about.select_related("agency").order_by("pk")


def document(letter: Letter, to: Literal["docx", "pdf"]) -> bytes:
    """The file as it went out. Who may have it is for the caller to know.

    Raises Refused: letter-without-pdf, and what the vault refuses when it was destroyed.
    """
    if to == "docx":
        return open_file(letter.docx)
    if letter.pdf is None:
        raise Refused("letter-without-pdf", "这份文书制发时服务器没有中文字体，只有 Word 文件；请下载 Word 文件")
    return open_file(letter.pdf)


def may_open(actor: Actor, letter: Letter) -> bool:
    """Whether staff may read the letter itself."""
    return may(actor, LetterPermission.OPEN, letter)


def verify(code: str) -> Verification | None:
    """What a code stands for. A code that cannot be one is looked for all the same, so time tells nothing."""
    found = Letter.objects.select_related("agency").filter(code=rules.typed_code(code)).first()
    if found is None:
        return None
    return Verification(
        organ=found.agency.name, title=found.title, number=found.number, on=found.on, voided=found.voided,
        voided_on=found.voided_at.date() if found.voided_at else None, pdf_sha256=found.pdf_sha256,
        docx_sha256=found.docx_sha256,
    )


def register(
    actor: Actor, *, kind: str = "", state: str = "", year: int | None = None, text: str = "",
) -> QuerySet[Letter]:
    """The register of letters (发文登记簿), newest first."""
    rows = Letter.objects.visible_to(actor).select_related("agency")
    wanted = Q()
    if kind:
        wanted &= Q(kind=kind)
    if state:
        wanted &= Q(state=state)
    if year:
        wanted &= Q(year=year)
    if text:
        wanted &= Q(number__icontains=text)
    return rows.filter(wanted).order_by("-on", "-pk")


def templates_of(agency: Agency) -> list[TemplateRow]:
    """Every kind with what holds in this agency."""
    own = {t.kind: t for t in LetterTemplate.objects.filter(agency=agency, until__isnull=True)}
    words = dict(NumberWord.objects.filter(agency=agency).values_list("kind", "word"))
    return [
        TemplateRow(kind, own.get(kind.key), words.get(kind.key, kind.word)) for kind in KINDS.values()
    ]
