"""Whether a run of a Word document can be seen: hidden text, text in the colour of its ground, text too small.

Where the ground is uncertain (a picture behind, a table style with a dark head) the text counts as seen: it is screened
and masked as visible text, and nothing is taken out that a reader might read.
"""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from gongkai.core.screening.formats.ooxml.colours import HIGHLIGHTS, TINY_POINTS, WHITE, alike, is_colour
from gongkai.core.screening.formats.ooxml.names import V, W, local
from gongkai.core.screening.formats.ooxml.props import PALE, TINY, VANISHED

_OFF = frozenset({"0", "false", "off", "none"})
_CHAIN = 20  # styles based on styles: a loop ends here
_NO_WIDTH = 5  # per cent
_NO_HEIGHT = 40  # twentieths of a point
_FILLS = ("solidFill", "gradFill", "blipFill", "pattFill")


@dataclass(slots=True)
class _Style:
    based_on: str
    run: dict[str, str]
    shaded: bool


class Looks:
    """The styles of one document, asked run by run."""

    def __init__(self, styles: etree._Element | None, document: etree._Element) -> None:
        self._styles: dict[str, _Style] = {}
        self._base: dict[str, str] = {}
        self._paragraph = ""
        page = document.find(f"{W}background")
        page_colour = page.get(f"{W}color") if page is not None else None
        self._page = page_colour if page is not None else WHITE
        self._pictures = any(local(e.tag) in {"blip", "imagedata"} for e in document.iter())
        if styles is not None:
            self._read(styles)

    def _read(self, styles: etree._Element) -> None:
        base = styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        self._base = _run_looks(base)
        for style in styles.iter(f"{W}style"):
            based = style.find(f"{W}basedOn")
            self._styles[style.get(f"{W}styleId", "")] = _Style(
                based.get(f"{W}val", "") if based is not None else "", _run_looks(style.find(f"{W}rPr")),
                any(_fill(shade) for shade in style.iter(f"{W}shd")),
            )
            if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in {"1", "true", "on"}:
                self._paragraph = style.get(f"{W}styleId", "")

    def _of_style(self, name: str) -> dict[str, str]:
        chain: list[_Style] = []
        while name in self._styles and len(chain) < _CHAIN:
            chain.append(self._styles[name])
            name = chain[-1].based_on
        return {key: value for style in reversed(chain) for key, value in style.run.items()}

    def hides(self, run: etree._Element) -> str:
        """How the run is hidden; empty when it can be seen."""
        own = run.find(f"{W}rPr")
        paragraph = next(run.iterancestors(f"{W}p"), None)
        style = self._paragraph
        if paragraph is not None and (named := paragraph.find(f"{W}pPr/{W}pStyle")) is not None:
            style = named.get(f"{W}val", "")
        looks = {**self._base, **self._of_style(style)}
        if own is not None:
            if (character := own.find(f"{W}rStyle")) is not None:
                looks |= self._of_style(character.get(f"{W}val", ""))
            looks |= _run_looks(own)
        if looks.get("vanish", "0") not in _OFF:
            return VANISHED
        if _number(looks.get("sz"), 99.0) <= TINY_POINTS * 2 or _number(looks.get("w"), 100.0) < _NO_WIDTH:
            return TINY
        if paragraph is not None and _squeezed(paragraph):
            return TINY
        return PALE if self._is_pale(looks, paragraph) else ""

    def _is_pale(self, looks: dict[str, str], paragraph: etree._Element | None) -> bool:
        colour = looks.get("color", "")
        if HIGHLIGHTS.get(looks.get("highlight", "")) == "000000" and colour in {"", "auto"}:
            return True
        if not is_colour(colour):
            return False
        behind = HIGHLIGHTS.get(looks.get("highlight", "")) or looks.get("fill") or self._behind(paragraph)
        return is_colour(behind) and alike(colour, str(behind))

    def _behind(self, paragraph: etree._Element | None) -> str | None:
        """The colour of the ground, None when it is uncertain."""
        if paragraph is None:
            return None
        if fill := _fill(paragraph.find(f"{W}pPr/{W}shd")):
            return fill
        for above in paragraph.iterancestors():
            if above.tag == f"{W}tc" and (fill := _fill(above.find(f"{W}tcPr/{W}shd"))):
                return fill
            if above.tag == f"{W}tbl":
                styled = above.find(f"{W}tblPr/{W}tblStyle")
                if fill := _fill(above.find(f"{W}tblPr/{W}shd")):
                    return fill
                if styled is not None and self._shades(styled.get(f"{W}val", "")):
                    return None
            if above.tag == f"{W}txbxContent" and (self._pictures or _filled_shape(above)):
                return None
        return self._page

    def _shades(self, name: str) -> bool:
        for _ in range(_CHAIN):
            style = self._styles.get(name)
            if style is None:
                return False
            if style.shaded:
                return True
            name = style.based_on
        return False


def _run_looks(properties: etree._Element | None) -> dict[str, str]:
    looks: dict[str, str] = {}
    for each in properties if properties is not None else ():
        name, value = local(each.tag), each.get(f"{W}val")
        if name in {"vanish", "specVanish"}:
            looks["vanish"] = value or "1"
        elif name == "color":
            light = each.get(f"{W}themeColor") in {"background1", "light1"}
            shaded = each.get(f"{W}themeShade") or each.get(f"{W}themeTint")
            looks["color"] = WHITE if light and not shaded and not is_colour(value) else (value or "auto")
        elif name in {"sz", "highlight", "w"}:
            looks[name] = value or ""
        elif name == "shd" and (fill := _fill(each)):
            looks["fill"] = fill
    return looks


def _fill(shade: etree._Element | None) -> str:
    """The colour of a shading; "?" for one that follows the theme; empty for none."""
    if shade is None:
        return ""
    value = shade.get(f"{W}color") if shade.get(f"{W}val") == "solid" else shade.get(f"{W}fill")
    if is_colour(value):
        return str(value)
    return "?" if shade.get(f"{W}themeFill") or shade.get(f"{W}val") not in {None, "clear", "nil", "solid"} else ""


def _filled_shape(content: etree._Element) -> bool:
    for above in content.iterancestors():
        if local(above.tag) in {"p", "body"}:
            break
        if above.tag.startswith(V) and (above.get("fillcolor") or above.find(f"{V}fill") is not None):
            return True
        for child in above:
            if local(child.tag) in {"spPr", "style"} and any(
                local(e.tag) in _FILLS or (local(e.tag) == "fillRef" and e.get("idx") not in {None, "0"})
                for e in child.iter() if local(e.getparent().tag) != "ln"  # type: ignore[union-attr]
            ):
                return True
    return False


def _squeezed(paragraph: etree._Element) -> bool:
    """Lines or table rows of no height."""
    spacing = paragraph.find(f"{W}pPr/{W}spacing")
    if spacing is not None and spacing.get(f"{W}lineRule") == "exact" and (
        0 < _number(spacing.get(f"{W}line"), 999.0) <= _NO_HEIGHT
    ):
        return True
    row = next(paragraph.iterancestors(f"{W}tr"), None)
    height = row.find(f"{W}trPr/{W}trHeight") if row is not None else None
    return height is not None and height.get(f"{W}hRule") == "exact" and (
        _number(height.get(f"{W}val"), 999.0) <= _NO_HEIGHT
    )


def row_is_hidden(row: etree._Element) -> bool:
    """A table row set to hidden."""
    mark = row.find(f"{W}trPr/{W}hidden")
    return mark is not None and mark.get(f"{W}val", "1") not in _OFF


def _number(text: str | None, default: float) -> float:
    try:
        return float(str(text).removesuffix("pt").removesuffix("%")) if text else default
    except ValueError:
        return default
