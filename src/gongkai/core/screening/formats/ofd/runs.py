"""The text of an OFD page: each text object with its place, and why it cannot be seen."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from gongkai.core.screening.formats.ofd.package import children, local, numbers

_TINY = 0.8   # millimetres: the size of letters that nobody reads
_WHITE = 235
_SAME_LINE = 0.5


@dataclass(slots=True)
class Run:
    """A text object: its element, its characters, its box in millimetres, why it is hidden (empty when it is not)."""

    element: etree._Element
    text: str
    x: float
    y: float
    width: float
    height: float
    why: str = ""


def runs(page: etree._Element, width: float, height: float) -> list[Run]:
    """All text objects of a page in the order of drawing."""
    found: list[Run] = []
    for item in page.iter():
        name = local(item)
        if name == "TextObject":
            found.append(_run(item, width, height))
        elif name in ("PathObject", "ImageObject") and (box := _box(item)) and _covers(item, name):
            for run in found:
                if not run.why and _is_in(run, box):
                    run.why = "被图形或图片遮盖"
    return found


def _run(item: etree._Element, width: float, height: float) -> Run:
    text = "".join((code.text or "") for code in children(item, "TextCode"))
    x, y, wide, tall = _box(item) or (0.0, 0.0, 0.0, 0.0)
    run = Run(item, text, x, y, wide, tall)
    size = numbers(item.get("Size"))
    scale = numbers(item.get("CTM"))
    high = (size[0] if size else 3.0) * (max(abs(scale[2]), abs(scale[3])) if len(scale) == 6 else 1.0)
    if any(above.get("Visible", "true").lower() in ("false", "0") for above in (item, *item.iterancestors())):
        run.why = "设为不可见"
    elif item.get("Fill", "true").lower() == "false" and item.get("Stroke", "false").lower() == "false":
        run.why = "没有填充的文字"
    elif item.get("Alpha") in ("0", "1", "2", "3") or high < _TINY:
        run.why = "透明的文字" if high >= _TINY else "字号过小"
    elif (x >= width or y >= height or x + wide <= 0 or y + tall <= 0) and wide:
        run.why = "在页面之外"
    elif _is_white(item):
        run.why = "白色的文字"
    return run


def _box(item: etree._Element) -> tuple[float, float, float, float] | None:
    sides = numbers(item.get("Boundary"))
    return (sides[0], sides[1], sides[2], sides[3]) if len(sides) == 4 else None


def _is_white(item: etree._Element) -> bool:
    for colour in item:
        if local(colour) == "FillColor":
            parts = numbers(colour.get("Value"))
            return (len(parts) in (1, 3) and min(parts) >= _WHITE) or colour.get("Alpha") == "0"
    return False


def _covers(item: etree._Element, name: str) -> bool:
    if item.get("Visible", "true").lower() == "false" or item.get("Alpha", "255") != "255":
        return False
    return name == "ImageObject" or item.get("Fill", "false").lower() == "true"


def _is_in(run: Run, box: tuple[float, float, float, float]) -> bool:
    x, y, width, height = box
    return (
        run.x >= x - 0.5 and run.y >= y - 0.5 and run.x + run.width <= x + width + 0.5
        and run.y + run.height <= y + height + 0.5
    )


def reading_order(found: list[Run]) -> list[list[Run]]:
    """The runs that are seen, line by line."""
    lines: list[list[Run]] = []
    for run in sorted((run for run in found if not run.why and run.text), key=lambda run: run.y + run.height):
        bottom = run.y + run.height
        last = lines[-1][0] if lines else None
        if last is not None and bottom - (last.y + last.height) <= _SAME_LINE * max(run.height, 1.0):
            lines[-1].append(run)
        else:
            lines.append([run])
    return [sorted(line, key=lambda run: run.x) for line in lines]


def gap(before: Run, after: Run) -> str:
    """What stands between two runs of a line."""
    apart = after.x - before.x - before.width
    return "\t" if apart > 2 * max(after.height, 1.0) else " " if apart > 0.3 * max(after.height, 1.0) else ""
