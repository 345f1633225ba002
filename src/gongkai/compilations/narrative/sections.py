"""The six sections of a report, the numbers in their places."""

from __future__ import annotations

from collections.abc import Mapping

from gongkai.agencies.models import DisclosureOffice
from gongkai.compilations.facts.value import FactValue
from gongkai.compilations.models import Compilation
from gongkai.compilations.narrative.draft import KEYS, Key, draft
from gongkai.compilations.narrative.fill import Filled, fill
from gongkai.core.report.forms import form, form_for_year
from gongkai.core.report.model import Section

NUMERALS = "一二三四五六"
ASPECTS = ("主动公开", "依申请公开", "政府信息管理", "政府信息公开平台建设", "监督保障")


def bodies(compilation: Compilation, facts: Mapping[str, FactValue]) -> dict[Key, str]:
    """The texts with names in braces. A text that nobody has touched (revision 0) is the draft of now, so that its
    sentences stay true when numbers become zero or cease to be; what a person wrote stays as it is. One query."""
    written = {(row.section, row.aspect): row.body for row in compilation.prose.all() if row.revision}
    drafted = draft(compilation, facts)
    return {key: written.get(key, drafted[key]) for key in KEYS}


def filled(compilation: Compilation, facts: Mapping[str, FactValue]) -> dict[Key, Filled]:
    """Every text with its numbers."""
    return {key: fill(body, facts) for key, body in bodies(compilation, facts).items()}


def texts(compilation: Compilation, facts: Mapping[str, FactValue]) -> dict[str, str]:
    """{"1.2": text as filled}: what `Signing.prose` freezes."""
    return {f"{key[0]}.{key[1]}": one.text for key, one in filled(compilation, facts).items()}


def sections(compilation: Compilation, facts: Mapping[str, FactValue]) -> dict[int, Section]:
    """The six sections with the form's own headings, as the checks and the writers take them."""
    return sections_of(texts(compilation, facts), compilation.form)


def sections_of(said: Mapping[str, str], form_id: str) -> dict[int, Section]:
    """The six sections of frozen texts ({"1.2": text})."""
    return {
        number: Section(number, f"{NUMERALS[number - 1]}、{heading}", _text(said, number))
        for number, heading in enumerate(form(form_id).sections, start=1)
    }


def preamble(year: int) -> str:
    """What stands before section 一: the basis, the six parts, the period. The form's notice is that of the year."""
    return (
        "本报告根据《中华人民共和国政府信息公开条例》和《中华人民共和国政府信息公开工作年度报告格式》"
        f"（{form_for_year(year).notice}）编制。统计期限自{year}年1月1日起至{year}年12月31日止。"
    )


def preamble_of(compilation: Compilation) -> str:
    """The same with whom to ask about the report, as far as the guide describes the disclosure office. One query."""
    office = DisclosureOffice.objects.filter(agency=compilation.agency_id).first()
    said = preamble(compilation.year)
    if office is None:
        return said
    ways = "；".join(
        f"{head}：{text}" for head, text in (
            ("地址", office.address), ("邮编", office.postcode), ("电话", office.phone), ("电子邮箱", office.email),
        ) if text
    )
    whom = office.name or compilation.agency.name
    return f"{said}如对本报告有疑问，请与{whom}联系（{ways}）。" if ways else said


def lead(aspect: int) -> str:
    """（二）依申请公开。"""
    return f"（{NUMERALS[aspect - 1]}）{ASPECTS[aspect - 1]}。"


def _text(said: Mapping[str, str], number: int) -> str:
    paragraphs = []
    for section, aspect in KEYS:
        text = said.get(f"{section}.{aspect}", "").strip() if section == number else ""
        if text and aspect and not text.startswith(f"（{NUMERALS[aspect - 1]}）"):
            text = lead(aspect) + text
        if text:
            paragraphs.append(text)
    return "\n".join(paragraphs)
