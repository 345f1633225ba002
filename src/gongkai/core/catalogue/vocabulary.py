"""Words of the catalogue as data: channels, domains, aspects of openness."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from gongkai.core.text.fold import fold

# 五公开 (R0-10): what the information tells of.
ASPECTS: dict[str, str] = {
    "decision": "决策", "execution": "执行", "management": "管理", "service": "服务", "result": "结果",
}


class Domain(NamedTuple):
    """One of the domains of the standard catalogues, under the name that it first had."""

    code: str
    name: str


def read_data(name: str) -> dict[str, Any]:
    """A data file of this package."""
    return tomllib.loads(Path(__file__).with_name("items").joinpath(f"{name}.toml").read_text("utf-8"))


CHANNELS: dict[str, str] = {entry["key"]: entry["name"] for entry in read_data("channels")["channel"]}
DOMAINS: tuple[Domain, ...] = tuple(Domain(entry["code"], entry["name"]) for entry in read_data("domains")["domain"])


def channel_of(text: str) -> str | None:
    """The key of a channel by any of its names; None for one that we do not know."""
    return _channels().get(fold(text))


def channel_name(key: str) -> str:
    """What we write for a channel: its name, or the office's own words."""
    return CHANNELS.get(key, key)


def domain_of(text: str) -> Domain | None:
    """The domain that a name means, old or new; None for another."""
    return _domains().get(fold(text).removesuffix("领域"))


@cache
def _channels() -> dict[str, str]:
    return {
        fold(name): entry["key"]
        for entry in read_data("channels")["channel"] for name in (entry["name"], *entry.get("also", ()))
    }


@cache
def _domains() -> dict[str, Domain]:
    return {
        fold(name): Domain(entry["code"], entry["name"])
        for entry in read_data("domains")["domain"] for name in (entry["name"], *entry.get("also", ()))
    }
