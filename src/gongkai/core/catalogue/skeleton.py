"""The items that the law and the platform ask of an organ, by its kind and level (Arts. 12, 20, 21, 45)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from gongkai.core.catalogue.vocabulary import read_data


@dataclass(frozen=True, slots=True)
class Template:
    """An item before an agency has it. `article` is that of the Regulations; `period`, `timing` may be empty;
    `fresh_days` None leaves freshness to mode and period."""

    code: str
    name: str
    contents: str
    source: str
    article: str
    mode: str
    timing: str = ""
    limit: str = ""
    period: str = ""
    fresh_days: int | None = None
    aspects: tuple[str, ...] = ()
    required: bool = False


@dataclass(frozen=True, slots=True)
class _Scoped:
    item: Template
    kinds: tuple[str, ...]  # empty: every kind
    levels: tuple[str, ...]

    def covers(self, kind: str, level: str) -> bool:
        return (not self.kinds or kind in self.kinds) and (not self.levels or level in self.levels)


def skeleton(kind: str, level: str) -> tuple[Template, ...]:
    """The statutory items of an organ of this kind and level, in the order in which a catalogue shows them.

    Public enterprises follow the rules of their sector (Art. 55) and get the blocks and the basic set only. Street
    offices are not named in Art. 21 and get Art. 20.
    """
    return tuple(scoped.item for scoped in _all() if scoped.covers(kind, level))


def everything() -> tuple[Template, ...]:
    """Every template once, whoever it is for."""
    return tuple(scoped.item for scoped in _all())


@cache
def _all() -> tuple[_Scoped, ...]:
    return (*_basic(), *_article_20(), *_article_21())


def _basic() -> Iterator[_Scoped]:
    for entry in read_data("basic")["item"]:
        yield _Scoped(_template(entry), (), ())


def _article_20() -> Iterator[_Scoped]:
    data = read_data("article20")
    shared = {"source": data["source"], "limit": data["limit"], "article": "20"}
    for entry in data["item"]:
        yield _Scoped(_template(shared | entry), tuple(data["kinds"]), ())


def _article_21() -> Iterator[_Scoped]:
    data = read_data("article21")
    for group in data["group"]:
        for number, name in enumerate(group["names"], 1):
            item = Template(
                f"{group['prefix']}.{number}", name, f"{name}方面的政策、措施和实施情况", data["source"], "21",
                "irregular", limit=data["limit"], aspects=tuple(data["aspects"][name]),
            )
            yield _Scoped(item, tuple(group["kinds"]), tuple(group.get("levels", ())))


def _template(entry: dict[str, Any]) -> Template:
    return Template(
        entry["code"], entry["name"], entry["contents"], entry["source"], entry["article"], entry["mode"],
        entry.get("timing", ""), entry.get("limit", ""), entry.get("period", ""), entry.get("fresh_days"),
        tuple(entry["aspects"]), entry.get("required", False),
    )
