"""Ticked disclosure marks in the ways in which Word and web pages tick; the same forms with another choice ticked."""

from __future__ import annotations

import pytest
from tests.core.screening.office.making import in_body, paragraph, run

from gongkai.core.screening import screen


def _symbol(font: str, code: str) -> str:
    return f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>'


def _field(inside: str, code: str) -> str:
    return (
        f'<w:r><w:fldChar w:fldCharType="begin">{inside}</w:fldChar></w:r><w:r><w:instrText>{code}</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def _box(state: str) -> str:
    return _field(f"<w:ffData><w:checkBox>{state}</w:checkBox></w:ffData>", " FORMCHECKBOX ")


_TICKS = {
    "wingdings box": (_symbol("Wingdings", "F0FE"), _symbol("Wingdings", "F0A8")),
    "wingdings check": (_symbol("Wingdings", "F0FC"), run("□")),
    "wingdings 2 box": (_symbol("Wingdings 2", "F052"), _symbol("Wingdings 2", "F0A3")),
    "wingdings 2 check": (_symbol("Wingdings 2", "F050"), run("□")),
    "private use": (run("\uf052"), run("\uf0a3")),
    "a letter in a symbol font": (
        run("R", '<w:rFonts w:ascii="Wingdings 2" w:hAnsi="Wingdings 2"/>'), run("□"),
    ),
    "old form field": (_box("<w:checked/>"), _box('<w:checked w:val="0"/>')),
    "old form field from the start": (_box('<w:default w:val="1"/>'), _box('<w:default w:val="0"/>')),
    "laid over": (_field("", r" eq \o\ac(□,√) "), run("□")),
}


def _marks(data: bytes, name: str = "a.docx") -> list[str]:
    return [one.verdict for one in screen(data, name).findings if one.kind == "disclosure_mark"]


@pytest.mark.parametrize("way", _TICKS)
def test_a_tick_before_a_choice_is_a_mark(way: str) -> None:
    on, off = _TICKS[way]
    ticked = paragraph(f"{run('公开属性：')}{off}{run('主动公开 ')}{on}{run('依申请公开 ')}{off}{run('不予公开')}")
    other = paragraph(f"{run('公开属性：')}{on}{run('主动公开 ')}{off}{run('依申请公开 ')}{off}{run('不予公开')}")
    assert _marks(in_body(ticked)) == ["block"]
    assert _marks(in_body(other)) == []


def test_the_choice_that_is_not_struck_through_holds() -> None:
    def line(*struck: str) -> bytes:
        choices = [run(f"{choice} ", "<w:strike/>" if choice in struck else "") for choice in _CHOICES]
        return in_body(paragraph(run("公开属性：") + "".join(choices)))

    assert _marks(line("主动公开", "不予公开")) == ["block"]
    assert _marks(line("依申请公开", "不予公开")) == []


_CHOICES = ("主动公开", "依申请公开", "不予公开")


@pytest.mark.parametrize(("first", "second", "verdicts"), [("", " checked", ["block"]), (" checked", "", [])])
def test_a_ticked_box_of_a_page(first: str, second: str, verdicts: list[str]) -> None:
    box = '<input type="checkbox"'
    page = f"<html><body><p>公开方式：{box}{first}>主动公开 {box}{second}>依申请公开</p></body></html>"
    assert _marks(page.encode(), "a.html") == verdicts
