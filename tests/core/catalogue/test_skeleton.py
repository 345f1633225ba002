"""The statutory items of an organ by its kind and level."""

from __future__ import annotations

import pytest

from gongkai.core.catalogue.limits import LimitKind, parse_limits
from gongkai.core.catalogue.skeleton import everything, skeleton
from gongkai.core.catalogue.vocabulary import ASPECTS, CHANNELS, DOMAINS, channel_of, domain_of

FIFTEEN = [f"20.{number}" for number in range(1, 16)]
BASIC = ["guide", "rules", "basic.1", "basic.2", "basic.3", "basic.4"]


def codes(kind: str, level: str) -> list[str]:
    return [item.code for item in skeleton(kind, level)]


@pytest.mark.parametrize(("kind", "level", "more"), [
    ("government", "county", [f"21.{n}" for n in range(1, 8)]),
    ("department", "city", [f"21.{n}" for n in range(1, 8)]),
    ("department", "province", []),
    ("township", "township", [f"21.t.{n}" for n in range(1, 9)]),
    ("street", "township", []),
    ("institution", "county", []),
])
def test_an_organ_gets_the_basic_set_the_fifteen_and_what_its_level_adds(
    kind: str, level: str, more: list[str],
) -> None:
    assert codes(kind, level) == [*BASIC, *FIFTEEN, *more]


def test_a_public_enterprise_follows_its_sector() -> None:
    assert codes("enterprise", "county") == BASIC


def test_codes_and_words_are_sound() -> None:
    items = everything()
    assert len({item.code for item in items}) == len(items) == 6 + 15 + 7 + 8
    for item in items:
        assert item.mode in {"permanent", "periodic", "irregular"}
        assert item.timing in {"", "before", "after"}
        assert (item.mode == "periodic") == bool(item.period)
        assert set(item.aspects) <= set(ASPECTS)
        assert item.name
        assert item.contents
        assert all(limit.kind is not LimitKind.UNSPECIFIED for limit in parse_limits(item.limit))


def test_the_double_publicity_of_penalties_is_seven_days() -> None:
    limits = {item.code: [limit.days for limit in parse_limits(item.limit)] for item in everything()}
    assert limits["20.6"] == limits["20.5"] == [20, 7]
    assert limits["20.1"] == [20]


def test_the_basic_set_is_required() -> None:
    assert {item.code for item in everything() if item.required} == {*BASIC, "20.2"}


def test_domains_and_channels_are_found_by_old_and_new_names() -> None:
    assert len(DOMAINS) == 26
    assert [domain_of(name) and domain_of(name).code for name in ("扶贫", "乡村振兴领域", "生态环境", "气象")] == [
        "13", "13", "10", None,
    ]
    assert len(CHANNELS) == 13
    assert [channel_of(name) for name in ("政府网站", "发布会／听证会", "公示栏", "大喇叭")] == [
        "website", "conference", "notice_board", None,
    ]
