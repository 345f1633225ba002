"""Which files a case's bundle holds, in the order of its list. Nothing is read yet."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Literal

from django.utils import timezone

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import may
from gongkai.applications.correspondence import SUBJECT_KIND
from gongkai.applications.models import Application, Use
from gongkai.applications.permissions import ApplicationPermission
from gongkai.disputes.bundle import extract, sheets
from gongkai.disputes.models import Dispute, PaperKind
from gongkai.files import store
from gongkai.letters.models import Letter
from gongkai.letters.permissions import LetterPermission
from gongkai.letters.queries import document, letters_of
from gongkai.publications.models import Publication
from gongkai.vault.models import SealedFile
from gongkai.vault.permissions import VaultPermission
from gongkai.vault.queries import open_file


class Part(StrEnum):
    """What a person may choose to enclose."""

    CASE = "case"
    APPLICATION = "application"
    MATERIALS = "materials"
    LETTERS = "letters"
    WORKING = "working"
    PUBLICATION = "publication"
    PAPERS = "papers"
    LEDGER = "ledger"


PART_NAMES: dict[Part, str] = {
    Part.CASE: "案件情况", Part.APPLICATION: "申请和办理情况", Part.MATERIALS: "申请人提交和往来的材料",
    Part.LETTERS: "发出的文书", Part.WORKING: "内部办理材料", Part.PUBLICATION: "公开的信息", Part.PAPERS: "案件材料",
    Part.LEDGER: "办理记录和核验结果",
}
# What a file is there to prove, as evidence lists say it.
_PROVES: dict[Part, str] = {
    Part.CASE: "案件的由来和进程", Part.APPLICATION: "收到申请的时间、内容和办理经过",
    Part.MATERIALS: "申请人提交的内容", Part.LETTERS: "依法告知和答复", Part.WORKING: "查找、审查的经过",
    Part.PUBLICATION: "已经公开的内容", Part.PAPERS: "", Part.LEDGER: "各步骤的时间和办理人",
}
_USES: dict[str, str] = {
    Use.OPINION: "征求意见的经过", Use.PROOF: "答复已经送达", Use.REPLY: "提供给申请人的信息",
    Use.IDENTITY: "申请人的身份",
}
DENIED_PROOF = "岗位没有查看申请人身份的权限，未附"
DENIED_LETTER = "岗位没有打开文书的权限，未附"


@dataclass(frozen=True, slots=True)
class Piece:
    """A file of the bundle. `read` gives its bytes when its turn comes; `sealed` is what that decrypts, `proof` says
    that it proves an identity. With `why_not` it stands in the list alone."""

    part: Part
    title: str
    ending: str
    read: Callable[[], bytes]
    number: str = ""
    on: date | None = None
    proves: str = ""
    sealed: SealedFile | None = None
    proof: bool = False
    why_not: str = ""


def pieces(actor: Actor, dispute: Dispute, parts: Collection[Part], at: datetime) -> Iterator[Piece]:
    """The files of a case that were chosen, those of the case first. What this person may not open is told."""
    on, row = timezone.localdate(at), dispute.application
    opens = row is not None and works_on(actor, row)
    if Part.CASE in parts:
        yield Piece(Part.CASE, "案件情况", "docx", lambda: sheets.case(dispute), dispute.number, on,
                    _PROVES[Part.CASE])
    if row is not None and opens:
        yield from _of_application(actor, row, parts, on)
    if Part.PUBLICATION in parts and dispute.publication is not None:
        yield from _of_publication(actor, dispute.publication)
    if Part.PAPERS in parts:
        yield from _papers(dispute)
    if Part.LEDGER in parts:
        told = extract.Extract(dispute, row if opens else None, at)
        yield Piece(Part.LEDGER, "办理记录摘录", "docx", told.document, "", on, _PROVES[Part.LEDGER])
        yield Piece(Part.LEDGER, "办理记录摘录", "csv", told.table, "", on, _PROVES[Part.LEDGER])


def works_on(actor: Actor, row: Application) -> bool:
    """Whether this person works on the application, rather than watching over those who do."""
    P = ApplicationPermission  # noqa: N806 - as everywhere
    return any(may(actor, asked, row) for asked in (P.HANDLE, P.REVIEW, P.SIGN))


def _of_application(actor: Actor, row: Application, parts: Collection[Part], on: date) -> Iterator[Piece]:
    if Part.APPLICATION in parts:
        yield Piece(Part.APPLICATION, "申请和办理情况", "docx", lambda: sheets.application(row), row.number, on,
                    _PROVES[Part.APPLICATION])
    reveals = may(actor, VaultPermission.REVEAL, row)
    for one in row.attachments.select_related("sealed_file__stored").order_by("pk"):
        part = Part.WORKING if one.use == Use.WORKING else Part.MATERIALS
        if part not in parts:
            continue
        proof = one.use == Use.IDENTITY
        stem, _dot, ending = one.name.rpartition(".")
        yield Piece(
            part, f"{Use(one.use).label}：{stem or ending}", ending if stem else "bin", _opening(one.sealed_file), "",
            timezone.localdate(one.added_at), _USES.get(one.use, _PROVES[part]), one.sealed_file, proof,
            DENIED_PROOF if proof and not reveals else "",
        )
    if Part.LETTERS in parts:
        for letter in letters_of(SUBJECT_KIND, row.pk).select_related("docx__stored", "pdf__stored"):
            yield from _letter(actor, letter)


def _letter(actor: Actor, letter: Letter) -> Iterator[Piece]:
    """A letter as it went out: the PDF, which is what the applicant has, and the Word file that it was made from."""
    title = f"{letter.title}（已作废）" if letter.voided else letter.title
    why_not = "" if may(actor, LetterPermission.OPEN, letter) else DENIED_LETTER
    endings: tuple[Literal["docx", "pdf"], ...] = ("pdf", "docx") if letter.pdf_id else ("docx",)
    for to in endings:
        yield Piece(
            Part.LETTERS, title, to, _document(letter, to), letter.number, letter.on, _PROVES[Part.LETTERS],
            letter.pdf if to == "pdf" else letter.docx, why_not=why_not,
        )


def _of_publication(actor: Actor, row: Publication) -> Iterator[Piece]:
    """What the public reads, or what stands on the desk for who may see it there."""
    if not row.is_public and not Publication.objects.visible_to(actor).filter(pk=row.pk).exists():
        return
    edition = row.current or row.latest
    if edition is None:
        return
    on = row.published_on or edition.formed_on
    yield Piece(Part.PUBLICATION, f"公开的信息：{edition.title}", "html", lambda: sheets.publication(edition),
                edition.document_number or row.index_number or "", on, _PROVES[Part.PUBLICATION])
    for one in edition.attachments.select_related("cleaned"):
        if one.cleaned is not None:
            stem, _dot, ending = one.name.rpartition(".")
            yield Piece(Part.PUBLICATION, f"附件：{stem or ending}", ending if stem else "bin",
                        _stored(one.cleaned.sha256), "", on, _PROVES[Part.PUBLICATION])


def _papers(dispute: Dispute) -> Iterator[Piece]:
    for one in dispute.papers.select_related("sealed__stored", "proceeding").order_by("pk"):
        stem, _dot, ending = one.name.rpartition(".")
        number = one.proceeding.case_number if one.proceeding is not None else ""
        yield Piece(
            Part.PAPERS, f"{PaperKind(one.kind).label}：{stem or ending}", ending if stem else "bin",
            _opening(one.sealed), number, timezone.localdate(one.added_at), "", one.sealed,
        )


def _opening(sealed: SealedFile) -> Callable[[], bytes]:
    return lambda: open_file(sealed)


def _stored(sha256: str) -> Callable[[], bytes]:
    return lambda: store.read(sha256)


def _document(letter: Letter, to: Literal["docx", "pdf"]) -> Callable[[], bytes]:
    return lambda: document(letter, to)
