"""Pictures of figures as SVG: specified with Altair, drawn by vl-convert in this process, no script and no network.

A picture is kept under GONGKAI_DATA/charts by the hash of its specification: the same figures are drawn once. The type
is the reader's own, as everywhere on the page. Beside each picture stands its table; colour never speaks alone, so
that a print in black loses nothing. What has no number is left out or leaves a gap, and is never drawn as zero.
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
# From dark to light, told apart in grey too; each share carries its number, each line its own dashes.
_TINTS = ("#123a6b", "#3d6ea8", "#7fa3cc", "#b7cbe2", "#8b857a", "#c9c4b8", "#e6e2d8", "#5c574e")
_DASHES = ([1, 0], [6, 3], [2, 2], [8, 3, 2, 3], [1, 3], [10, 4], [4, 1, 1, 1], [3, 5])
_LIGHT = {"#7fa3cc", "#b7cbe2", "#c9c4b8", "#e6e2d8"}  # tints on which the number is dark

Value = int | float


def columns(points: Sequence[tuple[str, Value]], title: str) -> str:
    """Upright columns in the given order: months, years."""
    return drawn(_bars(points, title, upright=True))


def bars(points: Sequence[tuple[str, Value]], title: str, *, number_format: str = ",d") -> str:
    """Lying bars, one below the other, each with its number: kinds, items, agencies."""
    return drawn(_bars(points, title, upright=False, number_format=number_format))


def lines(series: Sequence[tuple[str, Sequence[tuple[str, Value | None]]]], title: str, *, unit: str = "") -> str:
    """One line for each series over the same steps (years), told apart by dashes and by a name at its end. A step
    without a number breaks the line."""
    import altair as alt

    steps = list(dict.fromkeys(step for _name, points in series for step, _n in points))
    rows = [
        {"step": step, "n": n, "name": name, "last": step == _last(points)}
        for name, points in series for step, n in points
    ]
    names = [name for name, _points in series]
    base = alt.Chart(alt.Data(values=rows)).encode(
        alt.X("step:N", sort=steps, axis=alt.Axis(title=None, labelAngle=0, ticks=False, domainColor=_LINE),
              scale=alt.Scale(domain=steps)),
        alt.Y("n:Q", scale=alt.Scale(domainMin=0), axis=alt.Axis(
            title=None, gridColor=_LINE, domain=False, ticks=False, tickCount=5,
            labelExpr=f"datum.label + {json.dumps(unit)}")),
    )
    told = {"sort": names, "scale": alt.Scale(domain=names, range=_cycle(_TINTS[:3] + _TINTS[7:], names)),
            "legend": None}
    dashes = {"sort": names, "scale": alt.Scale(domain=names, range=_cycle(_DASHES, names)), "legend": None}
    drawn_lines = base.mark_line(strokeWidth=2, invalid="break-paths-show-path-domains").encode(
        color=alt.Color("name:N", **told), strokeDash=alt.StrokeDash("name:N", **dashes),
    )
    dots = base.mark_point(filled=True, size=36, invalid="filter").encode(color=alt.Color("name:N", **told))
    ends = base.transform_filter("datum.last").mark_text(align="left", dx=8, color=_SOFT, fontSize=13).encode(
        text="name:N",
    )
    return drawn(_styled(drawn_lines + dots + ends, title, width=520, height=240))


def shares(rows: Sequence[tuple[str, Sequence[tuple[str, Value]]]], title: str) -> str:
    """Lying bars of a hundred per cent, one for each row, each share with its number where there is room."""
    import altair as alt

    parts = list(dict.fromkeys(part for _name, points in rows for part, _n in points))
    tints = dict(zip(parts, _cycle(_TINTS, parts), strict=True))
    data = []
    for name, points in rows:
        whole, at = sum(n for _part, n in points), 0.0
        for part, n in points:
            if whole and n:
                share = n / whole
                data.append({
                    "name": name, "part": part, "n": n, "from": at, "to": at + share, "middle": at + share / 2,
                    "told": f"{n}" if share >= _ROOM else "", "dark": tints[part] in _LIGHT,
                })
                at += share
    base = alt.Chart(alt.Data(values=data)).encode(
        alt.Y("name:N", sort=[name for name, _points in rows],
              axis=alt.Axis(title=None, labelLimit=220, ticks=False, domainColor=_LINE)),
    )
    blocks = base.mark_bar(stroke="#ffffff", strokeWidth=1).encode(
        alt.X("from:Q", axis=alt.Axis(title=None, format="%", domain=False, ticks=False, gridColor=_LINE, tickCount=5),
              scale=alt.Scale(domain=[0, 1])),
        alt.X2("to:Q"),
        color=alt.Color("part:N", sort=parts, scale=alt.Scale(domain=parts, range=list(tints.values())),
                        legend=alt.Legend(title=None, orient="bottom", columns=3, labelLimit=220, labelFontSize=13)),
    )
    numbers = base.mark_text(fontSize=12).encode(
        x="middle:Q", text="told:N",
        color=alt.condition("datum.dark", alt.value("#211f1b"), alt.value("#ffffff")),
    )
    return drawn(_styled(blocks + numbers, title, width=460, height=alt.Step(30)))


_ROOM = 0.05  # a narrower share has no room for its number; the table beside the picture has it


def drawn(specification: dict[str, Any]) -> str:
    """A Vega-Lite specification as SVG, from the folder when it was drawn before."""
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


def _bars(
    points: Sequence[tuple[str, Value]], title: str, *, upright: bool, number_format: str = ",d",
) -> dict[str, Any]:
    import altair as alt

    rows = [{"name": name, "n": n} for name, n in points]
    names = alt.Axis(title=None, labelLimit=220, labelAngle=-45 if upright else 0, ticks=False, domainColor=_LINE)
    most = max((n for _name, n in points), default=1)
    numbers = alt.Axis(title=None, grid=upright, gridColor=_LINE, domain=False, ticks=False, labels=upright,
                       format=number_format, tickCount=max(1, min(5, int(most))))
    order = [name for name, _n in points]
    name = alt.X if upright else alt.Y
    number = alt.Y if upright else alt.X
    chart = alt.Chart(alt.Data(values=rows)).encode(
        name("name:N", sort=order, axis=names), number("n:Q", axis=numbers, scale=alt.Scale(domainMin=0)),
    )
    marks = chart.mark_bar(color=_BLUE)
    if not upright:
        told = chart.mark_text(align="left", dx=4, color=_SOFT).encode(text=alt.Text("n:Q", format=number_format))
        marks = marks + told
    size = {"width": 680, "height": 220} if upright else {"width": 460, "height": alt.Step(26)}
    return _styled(marks, title, **size)


def _styled(chart: Any, title: str, **size: Any) -> dict[str, Any]:
    return (  # type: ignore[no-any-return]
        chart.properties(description=title, **size)
        .configure(font=_FONT, background="transparent").configure_axis(labelColor=_SOFT, labelFontSize=13)
        .configure_view(stroke=None).to_dict(validate=False)
    )


def _cycle(values: Sequence[Any], names: Sequence[str]) -> list[Any]:
    return [values[i % len(values)] for i in range(len(names))]


def _last(points: Sequence[tuple[str, Value | None]]) -> str | None:
    return next((step for step, n in reversed(points) if n is not None), None)


def _folder() -> Path:
    """Where pictures are kept; emptied when too many old ones have gathered."""
    folder = Path(settings.GONGKAI_DATA) / "charts"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    kept = list(folder.glob("*.svg"))
    if len(kept) > _MOST_FILES:
        for path in kept:
            path.unlink(missing_ok=True)
    return folder
