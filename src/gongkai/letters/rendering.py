"""A template and its values → a .docx, with the verification code at the foot of every page."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import docx
import segno
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.section import _Footer
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph
from docxtpl import DocxTemplate

from gongkai.letters.sandbox import environment

_QR, _SMALL = Mm(13), Pt(9)
_PROPERTIES = ("title", "subject", "author", "comments", "identifier", "language")
_FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"


@dataclass(frozen=True, slots=True)
class Stamp:
    """What the foot of a letter says: the code as shown, and the address where it is checked ("" when unknown)."""

    code: str
    address: str = ""


def sources(template: bytes) -> Iterator[str]:
    """Everything in a .docx in which fields are looked for, as Jinja will see it."""
    yield from on_paper(template)
    properties = docx.Document(io.BytesIO(template)).core_properties
    for name in _PROPERTIES:
        yield getattr(properties, name)


def on_paper(template: bytes) -> Iterator[str]:
    """The part of it that is read on the letter itself."""
    opened = DocxTemplate(io.BytesIO(template))
    opened.render_init()
    yield opened.patch_xml(opened.get_xml())
    for uri in (opened.HEADER_URI, opened.FOOTER_URI):
        for _key, part in opened.get_headers_footers(uri):
            yield opened.patch_xml(opened.get_part_xml(part))
    for part in opened.docx.part.package.parts:
        if part.content_type == _FOOTNOTES:
            yield opened.patch_xml(part.blob.decode("utf-8"))


def render(template: bytes, shown: Mapping[str, Any], stamp: Stamp | None) -> bytes:
    """The letter as .docx. The template was checked when it came in; Jinja's sandbox stands here all the same."""
    opened = DocxTemplate(io.BytesIO(template))
    opened.render(dict(shown), environment())
    # Saved and opened again: the library still points at the footers from before they were filled in.
    between = io.BytesIO()
    opened.docx.save(between)
    made = docx.Document(between)
    # Word writes the name of whoever made the template into its properties: a letter goes out under the organ's.
    properties = made.core_properties
    properties.author = properties.last_modified_by = str(shown.get("organ", ""))
    properties.comments = properties.keywords = ""
    if stamp is not None:
        for footer in _footers(made):
            _put(footer, stamp)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _footers(made: Document) -> Iterator[_Footer]:
    """The foot of every page that can come up: first pages and even pages have their own where the section says so."""
    even = made.settings.odd_and_even_pages_header_footer
    for number, section in enumerate(made.sections):
        for footer, shown in (
            (section.footer, True), (section.first_page_footer, section.different_first_page_header_footer),
            (section.even_page_footer, even),
        ):
            # A section without a footer of its own repeats the one before it, which is stamped already.
            if shown and (number == 0 or not footer.is_linked_to_previous):
                yield footer


def _put(footer: _Footer, stamp: Stamp) -> None:
    """A line of two cells without rules: the square, and beside it the code and where to check it."""
    table = footer.add_table(1, 2, Mm(150))
    table.autofit = False
    square, words = table.rows[0].cells
    square.width, words.width = Mm(16), Mm(134)
    for column, width in zip(table.columns, (Mm(16), Mm(134)), strict=True):
        column.width = width
    square.paragraphs[0].add_run().add_picture(io.BytesIO(_qr(stamp)), width=_QR)
    lines = [f"核验码：{stamp.code}"]
    if stamp.address:
        lines += [f"核验网址：{stamp.address}", "扫描二维码或者在核验网址输入核验码，可以核对本件真伪。"]
    else:
        lines.append("在本机关政府信息公开网页输入核验码，可以核对本件真伪。")
    _lines(words.paragraphs[0], lines)
    centre = OxmlElement("w:vAlign")
    centre.set(qn("w:val"), "center")
    words._tc.get_or_add_tcPr().append(centre)
    end = footer.add_paragraph()
    end.paragraph_format.line_spacing = Pt(1)


def _lines(paragraph: Paragraph, lines: list[str]) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
    paragraph.paragraph_format.line_spacing = Pt(12)
    paragraph.paragraph_format.first_line_indent = Pt(0)
    for number, line in enumerate(lines):
        run = paragraph.add_run(line)
        run.font.size = _SMALL
        run.font.name = "宋体"
        run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "宋体")
        if number < len(lines) - 1:
            run.add_break()


def _qr(stamp: Stamp) -> bytes:
    out = io.BytesIO()
    target = f"{stamp.address}{stamp.code}/" if stamp.address else stamp.code
    segno.make(target, error="m", micro=False).save(out, kind="png", scale=8, border=1)
    return out.getvalue()
