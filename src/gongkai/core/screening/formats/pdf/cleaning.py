"""A PDF made anew: pages with what draws them and nothing else.

A page on which something must be masked, or that holds text nobody sees, becomes a picture with boxes: only so is the
text beneath gone for certain. All other pages keep their text.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pikepdf

from gongkai.core.errors import ReadError
from gongkai.core.screening.formats.pdf.allow import Copier
from gongkai.core.screening.formats.pdf.arrange import changed, drawn, plain
from gongkai.core.screening.formats.pdf.chars import Look
from gongkai.core.screening.formats.pdf.contents import filtered
from gongkai.core.screening.formats.pdf.fields import filled, holder_of, value_of
from gongkai.core.screening.formats.pdf.forms import form_texts
from gongkai.core.screening.formats.pdf.look import TINY, looks, opened, page_of
from gongkai.core.screening.formats.pdf.opening import open_pdf, seen_bytes
from gongkai.core.screening.formats.pdf.redraw import picture, picture_page
from gongkai.core.screening.formats.pdf.refusals import refusing
from gongkai.core.screening.formats.pdf.screening import unpack
from gongkai.core.screening.formats.pdf.strings import IN_PIXELS, compact
from gongkai.core.screening.formats.pdf.views import seam, views
from gongkai.core.screening.formats.pdf.walk import walk
from gongkai.core.screening.model import Rebuilt

Mask = Callable[[str], str]

_BOXES = ("/MediaBox", "/CropBox")
_FLAG_HIDDEN = 0x02 | 0x20  # an annotation that is hidden or not viewed
_WEB = re.compile(r"https?://[\w.-]+(?::\d+)?(?:/[\w./%~+-]*)?\Z", re.A)
_SHOWN = 8


@dataclass(slots=True)
class Plan:
    """What becomes of the pages: `covered` are the characters to cover, by page; `drawn` the pages that become
    pictures."""

    looks: list[Look]
    covered: dict[int, set[int]] = field(default_factory=dict)
    drawn: set[int] = field(default_factory=set)


def clean(data: bytes, name: str, mask: Mask) -> Rebuilt:
    """The document rebuilt. Raises ReadError `cannot-clean` when what must go cannot be taken out for certain, and as
    `unpack` does."""
    with refusing():
        return _clean(data, name, mask)


def _clean(data: bytes, name: str, mask: Mask) -> Rebuilt:
    with open_pdf(data) as pdf:
        _keep_what_shows(pdf, mask)
        source = seen_bytes(pdf)
    plan = _plan(source, mask)
    made, plan = _made(source, plan)
    if not _is_clean(made, name, mask):
        _refuse_uncovered(source, plan, mask)
        plan.drawn = {look.number for look in plan.looks}
        made, plan = _made(source, plan)
        if not _is_clean(made, name, mask):
            raise _cannot("清理后的 PDF 里仍查到应遮盖的内容")
    return Rebuilt(made, _notes(plan))


def _keep_what_shows(pdf: pikepdf.Pdf, mask: Mask) -> None:
    """Fields and stamps become part of their page; all other annotations go."""
    _mask_fields(pdf, mask)
    for page in pdf.pages:
        if isinstance(page.obj.get("/Annots"), pikepdf.Array):
            page.obj.Annots = pikepdf.Array([item for item in _annotations(page) if _shows(item)])
    try:
        if "/AcroForm" in pdf.Root:
            pdf.generate_appearance_streams()
        pdf.flatten_annotations("screen")
    except (pikepdf.PdfError, RuntimeError) as error:
        raise _cannot("PDF 的表单无法并入页面") from error


def _mask_fields(pdf: pikepdf.Pdf, mask: Mask) -> None:
    """What must not go out of the text of a field goes before it is drawn: the drawing may lack the characters by which
    it is known, 皖 of a plate where the field's font has no Chinese. The field's own drawing goes with it."""
    widgets = [item for page in pdf.pages for item in _annotations(page) if item.get("/Subtype") == pikepdf.Name.Widget]
    if not any(value_of(item) for item in widgets):
        return
    told: set[Any] = set()  # holders of values, so that all widgets of a field are drawn anew
    for item in widgets:
        value = value_of(item)
        if (masked := mask(value)) != value:
            _put(item, masked, told)
    for look, page in zip(looks(seen_bytes(pdf), compare=False), pdf.pages, strict=True):
        form = filled(look, page)
        for at in changed(form.text, mask(plain(form.text))) if form else ():
            if form and at >= form.first:
                item, place = form.held[at - form.first]
                value = value_of(item)
                if item.get("/Subtype") == pikepdf.Name.Widget and place < len(value) and value[place].isalnum():
                    _put(item, f"{value[:place]}*{value[place + 1:]}", told)
    for item in widgets:
        if _key(holder_of(item)) in told and "/AP" in item:
            del item["/AP"]


def _put(item: Any, masked: str, told: set[Any]) -> None:
    holder = holder_of(item)
    holder.V = pikepdf.String(masked)
    told.add(_key(holder))
    if "/AP" in item:
        del item["/AP"]


def _key(holder: Any) -> Any:
    return holder.objgen if holder.is_indirect else id(holder)


def _annotations(page: pikepdf.Page) -> list[Any]:
    held = page.obj.get("/Annots")
    items = list(held) if isinstance(held, pikepdf.Array) else []
    return [item for item in items if isinstance(item, pikepdf.Dictionary)]


def _shows(item: Any) -> bool:
    subtype = item.get("/Subtype")
    if subtype == pikepdf.Name.Link:
        return "/AP" not in item  # one without a drawing of its own survives flattening and is copied later
    return subtype in (pikepdf.Name.Widget, pikepdf.Name.Stamp) and not int(item.get("/F", 0)) & _FLAG_HIDDEN


def _plan(source: bytes, mask: Mask) -> Plan:
    plan = Plan(looks(source))
    before: tuple[Look, list[tuple[str, int]]] | None = None
    for look in plan.looks:
        texts = views(look)
        hits: set[int] = set()
        for text in (*texts, drawn(look)):
            hits |= changed(text, mask(plain(text)))
        read = texts[0] if texts else []
        if any(char.why for char in look.chars):
            hits |= _half_seen(look, mask)
        plan.covered[look.number] = hits
        if before is not None:
            _over_the_break(before, (look, read), mask, plan)
        if hits or any(char.why for char in look.chars):
            plan.drawn.add(look.number)
        if hits and look.garbled:
            _refuse_unmapped(look)
        plan.covered[look.number] |= {index for index, char in enumerate(look.chars) if char.why == TINY}
        before = (look, read)
    return plan


def _half_seen(look: Look, mask: Mask) -> set[int]:
    """What is seen of a value that goes on where nobody sees it, over the edge of the page: its beginning is enough."""
    text = [(char.text, index) for index, char in enumerate(look.chars)]
    return {index for index in changed(text, mask(plain(text))) if not look.chars[index].why}


def _over_the_break(
    before: tuple[Look, list[tuple[str, int]]], after: tuple[Look, list[tuple[str, int]]], mask: Mask, plan: Plan
) -> None:
    """A value that begins on one page and ends on the next."""
    first, second = seam(before[1], after[1])
    if not first or not second:
        return
    masked = mask(plain(first + second))
    if len(masked) != len(first) + len(second):
        masked = "*" * len(first + second)
    for look, text, part in (
        (before[0], first, masked[:len(first)]), (after[0], second, masked[len(first):])
    ):
        hits = changed(text, part)
        plan.covered[look.number] |= hits
        if hits:
            plan.drawn.add(look.number)


def _made(source: bytes, plan: Plan) -> tuple[bytes, Plan]:
    target = pikepdf.Pdf.new()
    with open_pdf(source) as pdf:
        copier = Copier(target)
        for look, page in zip(plan.looks, pdf.pages, strict=True):
            if look.number not in plan.drawn and not _copied(target, page, copier):
                plan.drawn.add(look.number)
            if look.number in plan.drawn:
                _drawn(target, source, look, plan)
            _links(target, page, is_picture=look.number in plan.drawn)
        into = io.BytesIO()
        target.save(
            into, compress_streams=True, recompress_flate=True, object_stream_mode=pikepdf.ObjectStreamMode.generate,
            deterministic_id=True,
        )
    return into.getvalue(), plan


def _copied(target: pikepdf.Pdf, page: pikepdf.Page, copier: Copier) -> bool:
    """Add the page with its text; False (and nothing is added) when only a picture of it is safe."""
    copier.refused = False
    try:
        content, layered, used = filtered(page)
        resources = copier.resources(page.resources, used)
    except (pikepdf.PdfError, ValueError, RuntimeError, TypeError, AttributeError, RecursionError):
        return False
    if layered or copier.refused:
        return False
    made = pikepdf.Dictionary(Type=pikepdf.Name.Page, Resources=resources, Contents=target.make_stream(content))
    for key, box in zip(_BOXES, (page.mediabox, page.cropbox), strict=True):
        made[key] = pikepdf.Array([float(side) for side in box])
    if page.rotation:
        made.Rotate = page.rotation
    unit = page.obj.get("/UserUnit")
    if unit is not None:
        made.UserUnit = unit
    group = page.obj.get("/Group")
    if isinstance(group, pikepdf.Dictionary) and group.get("/S") == pikepdf.Name.Transparency:
        made.Group = pikepdf.Dictionary(S=pikepdf.Name.Transparency, I=bool(group.get("/I")), K=bool(group.get("/K")))
    target.pages.append(pikepdf.Page(target.make_indirect(made)))
    return True


def _drawn(target: pikepdf.Pdf, source: bytes, look: Look, plan: Plan) -> None:
    if look.no_font:
        raise _cannot(f"PDF 第{look.number}页的字体没有嵌入，无法改画成图像")
    with opened(source) as document, page_of(document, look.number) as page:
        drawn_page = picture(page, look, plan.covered[look.number])
    picture_page(target, drawn_page, look.width, look.height)


def _links(target: pikepdf.Pdf, page: pikepdf.Page, *, is_picture: bool) -> None:
    """Addresses of websites stay links when they tell of nobody."""
    held = page.obj.get("/Annots")
    if not isinstance(held, pikepdf.Array) or page.rotation:
        return
    kept = pikepdf.Array()
    for item in list(held)[:500]:
        action = item.get("/A") if isinstance(item, pikepdf.Dictionary) else None
        uri = str(action.get("/URI", "")) if isinstance(action, pikepdf.Dictionary) else ""
        if not _WEB.match(uri) or re.search(r"\d{7,}", uri) or "/Rect" not in item:
            continue
        sides = [float(side) for side in item.Rect]
        if is_picture:
            left, bottom = float(page.cropbox[0]), float(page.cropbox[1])
            sides = [sides[0] - left, sides[1] - bottom, sides[2] - left, sides[3] - bottom]
        kept.append(target.make_indirect(pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=pikepdf.Array(sides),
            Border=pikepdf.Array([0, 0, 0]), A=pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String(uri)),
        )))
    if len(kept):
        target.pages[-1].obj.Annots = kept


def _is_clean(made: bytes, name: str, mask: Mask) -> bool:
    return all(mask(piece.text) == piece.text for piece in unpack(made, name, 0).pieces)


def _refuse_unmapped(look: Look) -> None:
    """Where characters have no Unicode value nobody knows which of them to cover."""
    if look.garbled > 0.2 * len(look.chars):
        raise _cannot(f"PDF 第{look.number}页有大量字符没有文字编码，分不清该遮盖哪些")


def _refuse_uncovered(source: bytes, plan: Plan, mask: Mask) -> None:
    """What is drawn and is not among the characters of a page (in a pattern, in a font without Unicode values) has no
    place to cover: a picture of the page would still show it."""
    known = compact("".join(char.text for look in plan.looks for char in look.chars))
    with open_pdf(source) as pdf:
        told = [text for text, _ in walk(pdf).drawn] + [text for _, text in form_texts(pdf)]
    for text in told:
        in_pixels = text.startswith(IN_PIXELS)  # the picture that takes the page's place has other bytes
        if not in_pixels and mask(text) != text and compact(text) not in known:
            raise _cannot("PDF 的图案或没有文字编码的字体里有应遮盖的内容")


def _notes(plan: Plan) -> tuple[str, ...]:
    numbers = sorted(plan.drawn)
    if not numbers:
        return ()
    named = "、".join(str(number) for number in numbers[:_SHOWN]) + ("等" if len(numbers) > _SHOWN else "")
    return (f"第{named}页含有应遮盖或看不见的文字，已改为图像并遮盖，页上文字不能再选取或检索。",)


def _cannot(why: str) -> ReadError:
    return ReadError("cannot-clean", f"{why}，没有清理；请在原文中改好后重新导出 PDF 再上传。")


__all__ = ["clean"]
