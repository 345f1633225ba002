"""What a paragraph and a run look like after defaults, styles and their own properties (ECMA-376, 17.7.2)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from docx.oxml.ns import qn

Element = Any
_ON = {"", "1", "true", "on"}


def value(element: Element | None, name: str) -> str:
    """An attribute of the w namespace, "" when it is not there."""
    return "" if element is None else element.get(qn(f"w:{name}")) or ""


def flag(parent: Element, name: str) -> bool:
    """Whether a switch such as w:b is on."""
    element = parent.find(qn(f"w:{name}"))
    return element is not None and value(element, "val") in _ON


def points(twentieths: str | None) -> float:
    """Twentieths of a point, as a length in points."""
    try:
        return float(twentieths or 0) / 20
    except ValueError:
        return 0.0


class Spec(dict[str, str]):
    """The properties of a paragraph by the names of their attributes."""

    def length(self, name: str, characters: str, size: float) -> float:
        """An indent: given in hundredths of a character it follows the size, else in twentieths of a point."""
        if self.get(characters):
            return float(self[characters]) / 100 * size
        return points(self.get(name))


@dataclass(frozen=True, slots=True)
class Face:
    """How text looks."""

    size: float = 10.5
    font: str = "宋体"
    bold: bool = False
    italic: bool = False
    underline: bool = False
    color: str = ""

    def run(self, kind: str, text: str = "") -> Any:
        """A run of this look."""
        from gongkai.letters.reading import Run

        return Run(kind, text, self.size, self.font, self.bold, self.italic, self.underline, self.color)


class Styles:
    """The styles of a document."""

    def __init__(self, root: Element) -> None:
        self.by_id = {value(style, "styleId"): style for style in root.iter(qn("w:style"))}
        self.default = next((
            key for key, style in self.by_id.items()
            if value(style, "type") == "paragraph" and value(style, "default") in {"1", "true"}
        ), "")
        defaults = root.find(qn("w:docDefaults"))
        self.run_defaults = defaults.find(f".//{qn('w:rPr')}") if defaults is not None else None
        self.paragraph_defaults = defaults.find(f".//{qn('w:pPr')}") if defaults is not None else None

    def paragraph(self, p: Element) -> Spec:
        """The merged properties of a paragraph."""
        spec = Spec()
        for props in self._layers(p, "pPr", self.paragraph_defaults):
            _merge(spec, props)
        return spec

    def base(self, p: Element) -> Face:
        """The look of text in a paragraph before its runs say anything."""
        face = Face()
        for props in self._layers(p, "rPr", self.run_defaults, own=False):
            face = _look(face, props)
        return face

    def run(self, r: Element | None, face: Face) -> Face:
        """The look of one run in a paragraph of look `face`."""
        props = r.find(qn("w:rPr")) if r is not None else None
        if props is None:
            return face
        style = props.find(qn("w:rStyle"))
        for inherited in self._chain(value(style, "val")) if style is not None else ():
            layer = inherited.find(qn("w:rPr"))
            if layer is not None:
                face = _look(face, layer)
        return _look(face, props)

    def ruled(self, tbl: Element) -> bool:
        """Whether a table shows its rules, by itself or by its style."""
        props = tbl.find(qn("w:tblPr"))
        style = props.find(qn("w:tblStyle")) if props is not None else None
        for holder in (props, *(s.find(qn("w:tblPr")) for s in self._chain(value(style, "val")))):
            edges = holder.find(qn("w:tblBorders")) if holder is not None else None
            if edges is not None:
                return any(value(edge, "val") not in {"", "none", "nil"} for edge in edges)
        return False

    def _layers(self, p: Element, kind: str, defaults: Element | None, own: bool = True) -> list[Element]:
        props = p.find(qn("w:pPr"))
        style = props.find(qn("w:pStyle")) if props is not None else None
        chain = self._chain(value(style, "val") or self.default)
        layers = [defaults, *(s.find(qn(f"w:{kind}")) for s in reversed(chain)), props if own else None]
        return [layer for layer in layers if layer is not None]

    def _chain(self, key: str) -> list[Element]:
        chain: list[Element] = []
        while key in self.by_id and self.by_id[key] not in chain:
            chain.append(self.by_id[key])
            key = value(chain[-1].find(qn("w:basedOn")), "val")
        return chain


def _merge(spec: Spec, props: Element) -> None:
    for name in ("jc",):
        element = props.find(qn(f"w:{name}"))
        if element is not None:
            spec[name] = value(element, "val")
    for name in ("ind", "spacing"):
        element = props.find(qn(f"w:{name}"))
        if element is not None:
            spec.update({key.rsplit("}", 1)[-1]: said for key, said in element.attrib.items()})
    for name in ("keepNext", "pageBreakBefore"):
        if props.find(qn(f"w:{name}")) is not None:
            spec[name] = "1" if flag(props, name) else "0"
    below = props.find(f"{qn('w:pBdr')}/{qn('w:bottom')}")
    if below is not None and value(below, "val") not in {"none", "nil"}:
        spec["rule"], spec["ruleColor"] = value(below, "sz"), _color(value(below, "color"))


def _look(face: Face, props: Element) -> Face:
    size, fonts, color = (props.find(qn(f"w:{name}")) for name in ("sz", "rFonts", "color"))
    under = props.find(qn("w:u"))
    if size is not None and value(size, "val"):
        face = replace(face, size=float(value(size, "val")) / 2)
    if font := value(fonts, "eastAsia") or value(fonts, "ascii"):
        face = replace(face, font=font)
    if color is not None:
        face = replace(face, color=_color(value(color, "val")))
    if under is not None:
        face = replace(face, underline=value(under, "val") not in {"", "none"})
    for name, attribute in (("b", "bold"), ("i", "italic")):
        if props.find(qn(f"w:{name}")) is not None:
            face = replace(face, **{attribute: flag(props, name)})
    return face


def _color(said: str) -> str:
    return said.lower() if len(said) == 6 and set(said.lower()) <= set("0123456789abcdef") else ""
