"""Pictures of figures as SVG: specified with Altair, drawn by vl-convert in this process, no script and no network.

A picture is kept under GONGKAI_DATA/charts by the hash of its specification: the same figures are drawn once. The type
is the reader's own, as everywhere on the page. Beside each picture stands its table.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings

_BLUE, _SOFT, _LINE = "#1a4f8f", "#5c574e", "#ddd8cc"  # tokens.css: --blue, --ink-soft, --line
_FONT = "PingFang SC, Microsoft YaHei, Noto Sans CJK SC, sans-serif"
_MOST_FILES = 2_000


def columns(points: Sequence[tuple[str, int]], title: str) -> str:
    """Upright columns in the given order: months."""
    return _drawn(_bars(points, title, upright=True))


def bars(points: Sequence[tuple[str, int]], title: str) -> str:
    """Lying bars, one below the other, each with its number: kinds, items."""
    return _drawn(_bars(points, title, upright=False))


def _bars(points: Sequence[tuple[str, int]], title: str, *, upright: bool) -> dict[str, Any]:
    import altair as alt

    rows = [{"name": name, "n": n} for name, n in points]
    names = alt.Axis(title=None, labelLimit=220, labelAngle=-45 if upright else 0, ticks=False, domainColor=_LINE)
    most = max((n for _name, n in points), default=1)
    numbers = alt.Axis(title=None, grid=upright, gridColor=_LINE, domain=False, ticks=False, labels=upright,
                       format=",d", tickCount=max(1, min(5, most)))
    order = [name for name, _n in points]
    name = alt.X if upright else alt.Y
    number = alt.Y if upright else alt.X
    chart = alt.Chart(alt.Data(values=rows)).encode(
        name("name:N", sort=order, axis=names), number("n:Q", axis=numbers, scale=alt.Scale(domainMin=0)),
    )
    marks = chart.mark_bar(color=_BLUE)
    if not upright:
        told = chart.mark_text(align="left", dx=4, color=_SOFT).encode(text=alt.Text("n:Q", format=",d"))
        marks = marks + told
    size = {"width": 680, "height": 220} if upright else {"width": 460, "height": alt.Step(26)}
    return (  # type: ignore[no-any-return]
        marks.properties(description=title, **size)
        .configure(font=_FONT, background="transparent").configure_axis(labelColor=_SOFT, labelFontSize=13)
        .configure_view(stroke=None).to_dict(validate=False)
    )


def _drawn(specification: dict[str, Any]) -> str:
    import vl_convert

    said = json.dumps(specification, ensure_ascii=False, sort_keys=True)
    path = _folder() / f"{hashlib.sha256(said.encode()).hexdigest()}.svg"
    if path.exists():
        return path.read_text("utf-8")
    svg = str(vl_convert.vegalite_to_svg(said, allowed_base_urls=[]))
    handle, temporary = tempfile.mkstemp(dir=path.parent, suffix=".tmp")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(svg)
    os.replace(temporary, path)
    return svg


def _folder() -> Path:
    """Where pictures are kept; emptied when too many old ones have gathered."""
    folder = Path(settings.GONGKAI_DATA) / "charts"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    kept = list(folder.glob("*.svg"))
    if len(kept) > _MOST_FILES:
        for path in kept:
            path.unlink(missing_ok=True)
    return folder
