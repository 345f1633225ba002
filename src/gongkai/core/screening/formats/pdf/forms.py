"""The text of drawings that are no page: appearances of annotations and fields, patterns, what nothing shows."""

from __future__ import annotations

from typing import Any

import pikepdf

from gongkai.core.screening.formats.pdf.arrange import plain
from gongkai.core.screening.formats.pdf.look import looks
from gongkai.core.screening.formats.pdf.opening import plain_bytes

MAX_FORMS = 400
_DEPTH = 8  # dictionaries above a page


def form_texts(pdf: pikepdf.Pdf) -> list[tuple[tuple[int, int], str]]:
    """(object, text) of every drawing in the document that has a font to write with."""
    sheet = pikepdf.Pdf.new()
    ids: list[tuple[int, int]] = []
    for item in pdf.objects:
        if len(ids) >= MAX_FORMS or not isinstance(item, pikepdf.Stream):
            continue
        head = item.stream_dict
        is_form = head.get("/Subtype") == pikepdf.Name.Form
        if not is_form and head.get("/PatternType") != 1:
            continue
        if _put(sheet, item, is_form):
            ids.append(item.objgen)
    if not ids:
        return []
    return [
        (ids[look.number - 1], plain((char.text, 0) for char in look.chars))
        for look in looks(plain_bytes(sheet), compare=False)
    ]


def page_texts(pdf: pikepdf.Pdf) -> list[str]:
    """The texts of pages that are not among the pages of the document: taken out of their tree, but still there."""
    known = {page.obj.objgen for page in pdf.pages}
    sheet = pikepdf.Pdf.new()
    for item in pdf.objects:
        if len(sheet.pages) >= MAX_FORMS:
            break
        if isinstance(item, pikepdf.Stream) or not isinstance(item, pikepdf.Dictionary) or item.objgen in known:
            continue
        if "/Contents" in item and (item.get("/Type") == pikepdf.Name.Page or "/MediaBox" in item):
            _put_page(sheet, pdf, item)
    if not len(sheet.pages):
        return []
    return [plain((char.text, 0) for char in look.chars) for look in looks(plain_bytes(sheet), compare=False)]


def _put_page(sheet: pikepdf.Pdf, pdf: pikepdf.Pdf, page: Any) -> None:
    held = page.get("/Contents")
    parts = list(held) if isinstance(held, pikepdf.Array) else [held]
    try:
        code = b"\n".join(part.read_bytes() for part in parts if isinstance(part, pikepdf.Stream))
        resources, above = page.get("/Resources"), page
        for _ in range(_DEPTH):
            above = above.get("/Parent")
            if resources is not None or not isinstance(above, pikepdf.Dictionary):
                break
            resources = above.get("/Resources")
        if not code.strip() or not isinstance(resources, pikepdf.Dictionary):
            return
        copied = _copied(sheet, pdf, resources)
    except (pikepdf.PdfError, ValueError, TypeError, RuntimeError):
        return
    sheet.add_blank_page(page_size=(2000, 2000))
    sheet.pages[-1].Resources = copied
    sheet.pages[-1].Contents = sheet.make_stream(code)


def stream_texts(pdf: pikepdf.Pdf, contents: list[bytes]) -> list[str]:
    """What loose drawing instructions would write with the fonts of the document's pages."""
    sheet = pikepdf.Pdf.new()
    kinds: list[Any] = []
    for page in pdf.pages:
        resources = page.obj.get("/Resources")
        if resources is not None and not any(resources == known for known in kinds):
            kinds.append(resources)
        if len(kinds) >= 3:
            break
    for content in contents[:100]:
        for resources in kinds:
            sheet.add_blank_page(page_size=(2000, 2000))
            page = sheet.pages[-1]
            page.Resources = _copied(sheet, pdf, resources)
            page.Contents = sheet.make_stream(content)
    if not len(sheet.pages):
        return []
    return [plain((char.text, 0) for char in look.chars) for look in looks(plain_bytes(sheet), compare=False)]


def _copied(sheet: pikepdf.Pdf, pdf: pikepdf.Pdf, item: Any) -> Any:
    return sheet.copy_foreign(item if item.is_indirect else pdf.make_indirect(item))


def _put(sheet: pikepdf.Pdf, form: pikepdf.Stream, is_form: bool) -> bool:
    """A sheet that shows the drawing; False when it cannot be shown."""
    try:
        box = [float(side) for side in form.stream_dict.get("/BBox", [0, 0, 600, 850])]
        copied = sheet.copy_foreign(form)
        if not is_form:
            copied = sheet.make_stream(form.read_bytes(), Resources=copied.get("/Resources", pikepdf.Dictionary()))
        copied.stream_dict.Type, copied.stream_dict.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
        copied.stream_dict.BBox = pikepdf.Array([-20000, -20000, 20000, 20000])
        copied.stream_dict.Matrix = pikepdf.Array([1, 0, 0, 1, 0, 0])
        sheet.add_blank_page(page_size=(600, 850))
        page = sheet.pages[-1]
        page.MediaBox = pikepdf.Array([min(box[0], 0), min(box[1], 0), max(box[2], 600), max(box[3], 850)])
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=copied))
        page.Contents = sheet.make_stream(b"/X Do")
    except (pikepdf.PdfError, ValueError, TypeError, RuntimeError):
        return False
    return True
