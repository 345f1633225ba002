"""What is recorded about letters: kinds, numbers, hashes. No names, no text of a letter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from gongkai.ledger.events import Event, kind
from gongkai.letters.kinds import KINDS


def _title(key: str) -> str:
    return KINDS[key].title if key in KINDS else key


@kind
@dataclass(frozen=True)
class LetterIssued(Event):
    kind: ClassVar[str] = "letters.issued"
    subject_kind: ClassVar[str] = "letter"
    letter: str
    number: str
    about: str
    docx_sha256: str
    pdf_sha256: str

    def sentence(self) -> str:
        numbered = f" {self.number}" if self.number else ""
        return f"制发{_title(self.letter)}{numbered}（SHA-256 {self.pdf_sha256[:12]}…）"


@kind
@dataclass(frozen=True)
class LetterVoided(Event):
    kind: ClassVar[str] = "letters.voided"
    subject_kind: ClassVar[str] = "letter"
    letter: str
    number: str

    def sentence(self) -> str:
        return f"作废{_title(self.letter)}{f' {self.number}' if self.number else ''}，文号不再使用"


@kind
@dataclass(frozen=True)
class TemplateReplaced(Event):
    kind: ClassVar[str] = "letters.template_replaced"
    subject_kind: ClassVar[str] = "letter_template"
    letter: str
    sha256: str

    def sentence(self) -> str:
        return f"更换{_title(self.letter)}的模板（SHA-256 {self.sha256[:12]}…）"


@kind
@dataclass(frozen=True)
class TemplateRestored(Event):
    kind: ClassVar[str] = "letters.template_restored"
    subject_kind: ClassVar[str] = "letter_template"
    letter: str

    def sentence(self) -> str:
        return f"恢复{_title(self.letter)}的系统自带模板"


@kind
@dataclass(frozen=True)
class NumberWordSet(Event):
    kind: ClassVar[str] = "letters.number_word_set"
    subject_kind: ClassVar[str] = "number_word"
    letter: str
    before: str
    after: str

    def sentence(self) -> str:
        return f"{_title(self.letter)}的文种代字由“{self.before}”改为“{self.after}”"
