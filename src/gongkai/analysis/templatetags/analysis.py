"""How values, and the lack of them, are written; small lines beside numbers."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongkai.analysis import showing
from gongkai.analysis.measures import Measure
from gongkai.analysis.oddities import Against, Oddity
from gongkai.analysis.ratios import Lacking, Quotient
from gongkai.core.report.model import Number

register = template.Library()

LACKING_NAMES: dict[str, Any] = {
    Lacking.NO_REPORT: _("没有年报"), Lacking.NO_NUMBER: _("表中没有填"), Lacking.OTHER_FORM: _("当年表式没有"),
    Lacking.ZERO: _("分母为零"), Lacking.NO_RECORDS: _("没有办理记录"),
}
_WIDTH, _HEIGHT, _MARGIN = 96, 22, 3


@register.filter
def lacking_name(lacking: str) -> str:
    """Why there is no value, in words."""
    return str(LACKING_NAMES[Lacking(lacking)])


@register.filter
def named(text: str) -> str:
    """A name that is kept as data, in the language of the page."""
    return gettext(text) if text else ""


@register.filter
def called(measure: Measure) -> SafeString:
    """A measure by its name: that of a ratio in the language of the page, that of a cell in the form's own words."""
    if measure.ratio is not None:
        return format_html("{}", gettext(measure.name))
    return format_html('<span lang="zh-Hans">{}</span>', measure.name)


@register.filter
def of(value: Quotient | Decimal | Number | None, measure: Measure) -> str:
    """A value in the unit of its measure; "—" where there is none."""
    return showing.shown(value.value if isinstance(value, Quotient) else value, measure.unit)


@register.filter
def moved(value: Decimal | None, measure: Measure) -> str:
    """A difference between two values of a measure, with its sign."""
    return showing.change(value, measure.unit)


@register.filter
def times(score: Decimal) -> str:
    """How many usual distances a number is away, without sign."""
    return showing.plain(abs(score).quantize(Decimal("0.1")), tenths=True)


@register.simple_tag
def why(odd: Oddity) -> str:
    """Why a number is odd, in one sentence with the numbers that it was held against."""
    unit = odd.measure.unit
    if odd.against is Against.PEERS:
        usual = _("同类 %(among)s 个机关的中位数是 %(median)s，一般相差 %(usual)s；")
    else:
        usual = _("本机关 %(among)s 个年度的中位数是 %(median)s，一般相差 %(usual)s；")
    high, low = _("这里高 %(far)s，是一般的 %(times)s 倍。"), _("这里低 %(far)s，是一般的 %(times)s 倍。")
    here = high if odd.odd.high else low
    return (str(usual) + str(here)) % {
        "median": showing.shown(odd.odd.median, unit), "among": odd.odd.among, "times": times(odd.odd.score),
        "usual": _apart(odd.odd.usual, unit), "far": _apart(abs(odd.odd.value - odd.odd.median), unit),
    }


def _apart(value: Decimal, unit: str) -> str:
    """A distance between values: between per cents it is counted in points."""
    if unit == "%":
        return gettext("%(n)s 个百分点") % {"n": showing.shown(value, unit).removesuffix("%")}
    return showing.shown(value.quantize(Decimal("0.1")), unit)


@register.simple_tag
def spark(series: Sequence[tuple[int, Decimal | Number | None]], unit: str = "") -> SafeString:
    """The years of a number as a small line; a year without a number breaks it. Read out as the numbers."""
    values = [value for _year, value in series if value is not None]
    if len(values) < 2:
        return mark_safe("")
    low, high = min(values), max(values)
    step = (_WIDTH - 2 * _MARGIN) / max(1, len(series) - 1)

    def place(at: int, value: Decimal | Number) -> str:
        share = float((value - low) / (high - low)) if high > low else 0.5
        return f"{_MARGIN + at * step:.1f},{_HEIGHT - _MARGIN - share * (_HEIGHT - 2 * _MARGIN):.1f}"

    runs: list[list[str]] = [[]]
    for at, (_year, value) in enumerate(series):
        if value is None:
            runs.append([])
        else:
            runs[-1].append(place(at, value))
    drawn = "".join(
        f'<polyline points="{" ".join(run)}"/>' if len(run) > 1 else
        f'<circle cx="{run[0].split(",")[0]}" cy="{run[0].split(",")[1]}" r="1.5"/>' for run in runs if run
    )
    end = runs[-1][-1].split(",") if runs[-1] else None
    if end:
        drawn += f'<circle cx="{end[0]}" cy="{end[1]}" r="2.5"/>'
    said = "，".join(
        f"{year} {showing.shown(value, unit) if value is not None else gettext('没有数')}"
        for year, value in series
    )
    return format_html(
        '<svg class="spark" viewBox="0 0 {} {}" width="{}" height="{}" role="img" aria-label="{}">{}</svg>',
        _WIDTH, _HEIGHT, _WIDTH, _HEIGHT, said, mark_safe(drawn),  # noqa: S308 - numbers of ours
    )
