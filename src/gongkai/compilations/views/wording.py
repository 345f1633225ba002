"""What the pages of prose show: texts with their numbers, last year's words beside them, what differs from a draft."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from gongkai.compilations import assemble, facts, narrative
from gongkai.compilations.facts import FactValue
from gongkai.compilations.models import Compilation
from gongkai.compilations.narrative import ASPECTS, KEYS, Filled
from gongkai.compilations.narrative.draft import Key
from gongkai.compilations.narrative.hints import hints
from gongkai.compilations.narrative.likeness import Likeness, copied
from gongkai.compilations.narrative.sections import NUMERALS
from gongkai.core.report.forms import form
from gongkai.core.report.model import Report, Section

# Characters of section 一 that local guidance of 2025 asks for at most; it is a guide and no rule.
GUIDE_LENGTH = 1_000


@dataclass(frozen=True, slots=True)
class Text:
    """One text of the report as a page shows it. `likeness` to last year's same section, None without one."""

    key: Key
    title: str
    body: str
    revision: int
    filled: Filled
    likeness: Likeness | None
    drafted: str = ""

    @property
    def name(self) -> str:
        """1.2"""
        return f"{self.key[0]}.{self.key[1]}"

    @property
    def anchor(self) -> str:
        """Its place in the page."""
        return f"text-{self.key[0]}-{self.key[1]}"

    @property
    def length(self) -> int:
        """Characters as they are counted on paper: without white space."""
        return len("".join(self.filled.text.split()))


class Desk:
    """The texts of one report, its facts asked for once."""

    def __init__(self, compilation: Compilation) -> None:
        self.compilation = compilation
        self._names = form(compilation.form).sections

    @cached_property
    def facts(self) -> Mapping[str, FactValue]:
        """Every fact by its name."""
        of = self.compilation
        return facts.facts_of(of.agency, of.year, of.scope, assemble.standing(of))

    @cached_property
    def before(self) -> Report | None:
        """Last year's report of the agency."""
        return assemble.previous_report(self.compilation)

    def text(self, section: int, aspect: int) -> Text:
        """One text as it is kept. Raises Http404 for one that no report has."""
        if (section, aspect) not in KEYS:
            raise Http404
        return self._text((section, aspect), self._bodies[section, aspect])

    def tried(self, section: int, aspect: int, body: str) -> Text:
        """One text as somebody is typing it."""
        if (section, aspect) not in KEYS:
            raise Http404
        return self._text((section, aspect), body)

    def sections(self) -> list[tuple[str, list[Text]]]:
        """Every text under the heading of its section."""
        return [
            (f"{NUMERALS[number - 1]}、{self._names[number - 1]}", [self.text(*key) for key in keys])
            for number, keys in groupby(KEYS, key=lambda key: key[0])
        ]

    def awaited(self) -> list[Text]:
        """The texts in which a person must still write something, or that hold a name that is none."""
        texts = [self.text(*key) for key in KEYS]
        return [one for one in texts if one.filled.awaited or one.filled.unknown]

    def overview_length(self) -> int:
        """Characters of section 一."""
        return sum(self.text(*key).length for key in KEYS if key[0] == 1)

    def last(self, section: int, aspect: int) -> Section | None:  # noqa: ARG002
        """The same section of last year: its aspects cannot be told apart in every file."""
        return self.before.sections.get(section) if self.before is not None else None

    def hints(self, section: int) -> list[Filled]:
        """Where the writer of section 五 may begin: what the records show to be wanting."""
        return [narrative.fill(one, self.facts) for one in hints(self.facts)] if section == 5 else []

    def redrafted(self) -> list[Text]:
        """The texts for which the records of now suggest other words, with these."""
        drafted = assemble.drafted(self.compilation)
        found = []
        for key in KEYS:
            one = self.text(*key)
            if one.body != drafted[key]:
                filled = narrative.fill(drafted[key], self.facts)
                found.append(Text(key, one.title, one.body, one.revision, one.filled, None, filled.text))
        return found

    def fixed(self) -> list[tuple[str, str]]:
        """Heading and text of a report that is signed, or that came as a file."""
        report = assemble.report_of(self.compilation)
        return [
            (section.heading or self._names[number - 1], section.text)
            for number, section in sorted(report.sections.items())
        ]

    @cached_property
    def _bodies(self) -> dict[Key, str]:
        return narrative.bodies(self.compilation, self.facts)

    @cached_property
    def _revisions(self) -> dict[Key, int]:
        return {(row.section, row.aspect): row.revision for row in self.compilation.prose.all()}

    def _text(self, key: Key, body: str) -> Text:
        filled = narrative.fill(body, self.facts)
        last = self.last(*key)
        likeness = copied(filled.text, last.text, self.compilation.year) if last is not None and last.text else None
        return Text(key, self._title(key), body, self._revisions.get(key, 0), filled, likeness)

    def _title(self, key: Key) -> str:
        section, aspect = key
        if section == 1:
            return f"（{NUMERALS[aspect - 1]}）{ASPECTS[aspect - 1]}" if aspect else str(_("开头"))
        return f"{NUMERALS[section - 1]}、{self._names[section - 1]}"


def grouped(found: Mapping[str, FactValue]) -> list[tuple[str, list[FactValue]]]:
    """Facts under their headings, in the order in which they come."""
    groups: dict[str, list[FactValue]] = {}
    for fact in found.values():
        groups.setdefault(fact.group, []).append(fact)
    return list(groups.items())
