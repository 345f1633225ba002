"""Drawing instructions without anything that draws nothing: comments, marked content with its texts, unknown words."""

from __future__ import annotations

import warnings
from typing import Any

import pikepdf

_KNOWN = frozenset(
    ["b", "B", "b*", "B*", "BI", "BT", "c", "cm", "CS", "cs", "d", "d0", "d1", "Do", "EI", "ET", "f", "F", "f*",
    "G", "g", "gs", "h", "i", "ID", "INLINE", "IMAGE", "j", "J", "K", "k", "l", "M", "m", "n", "q", "Q", "re",
    "RG", "rg", "ri", "s", "S", "sc", "SC", "scn", "SCN", "sh", "T*", "Tc", "Td", "TD", "Tf", "Tj", "TJ", "TL",
    "Tm", "Tr", "Ts", "Tw", "Tz", "v", "w", "W", "W*", "y", "'", '"']
) | {"INLINE IMAGE"}

_NAMELESS = pikepdf.ContentStreamInstruction([pikepdf.Name.Span], pikepdf.Operator("BMC"))


def without_replacements(pdf: pikepdf.Pdf) -> None:
    """Take out marked content but layers, wherever a text is said to stand for what is drawn: pdfium would give the
    text and keep silent about what is seen."""
    told = any(
        isinstance(item, pikepdf.Dictionary) and "/ActualText" in item and item.get("/Type") != pikepdf.Name.StructElem
        for item in pdf.objects
    )
    for page in pdf.pages:
        held = page.obj.get("/Contents")
        if held is None:
            continue
        parts = list(held) if isinstance(held, pikepdf.Array) else [held]
        codes = [part.read_bytes() for part in parts if isinstance(part, pikepdf.Stream)]
        inline = any("/ActualText" in value for value in _properties(page.obj.get("/Resources")))
        if told or inline or any(b"ActualText" in code for code in codes):
            page.obj.Contents = pdf.make_stream(filtered(page, layers=True)[0])
    for item in list(pdf.objects):
        if isinstance(item, pikepdf.Stream) and item.stream_dict.get("/Subtype") == pikepdf.Name.Form:
            code = item.read_bytes()
            if b"BDC" in code and (told or b"ActualText" in code):
                item.write(filtered(item, layers=True)[0])


def _properties(resources: Any) -> list[Any]:
    held = resources.get("/Properties") if isinstance(resources, pikepdf.Dictionary) else None
    if not isinstance(held, pikepdf.Dictionary):
        return []
    return [value for _, value in held.items() if isinstance(value, pikepdf.Dictionary)]


def filtered(source: Any, *, layers: bool = False) -> tuple[bytes, bool, set[str]]:
    """The instructions that draw, True when some of them belong to a layer that can be switched, and the names of all
    resources that they use. With `layers` the marks of layers stay, and all other marked content becomes nameless."""
    kept = []
    layered = False
    used: set[str] = set()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a stream that ends in the middle: what was read of it is what can be drawn
        instructions = pikepdf.parse_content_stream(source)
    for instruction in instructions:
        operator = str(instruction.operator)
        if operator in ("BDC", "DP"):
            operands = list(instruction.operands)
            is_layer = bool(operands and operands[0] == pikepdf.Name.OC)
            layered = layered or is_layer
            if layers and operator == "BDC":
                kept.append(instruction if is_layer else _NAMELESS)
        elif layers and operator in ("BMC", "EMC"):
            kept.append(instruction)
        if operator in _KNOWN:
            kept.append(instruction)
            used.update(str(operand) for operand in _operands(instruction) if isinstance(operand, pikepdf.Name))
    return pikepdf.unparse_content_stream(kept), layered, used


def _operands(instruction: Any) -> list[Any]:
    if isinstance(instruction, pikepdf.ContentStreamInlineImage):
        return list(instruction.iimage._image_object)  # its colours may be a resource
    return list(instruction.operands)
