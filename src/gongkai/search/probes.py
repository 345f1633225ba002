"""Search's part of `gongkai doctor`."""

from __future__ import annotations

from gongkai.infra.health import PROBES, THOROUGH, Probe
from gongkai.search.choice import engine
from gongkai.search.complete import examine


def search() -> Probe:
    """As many entries in the index as there are public, and nothing to follow. Two counts."""
    state = engine().state()
    if state.building:
        return Probe(
            "search", False, f"检索索引正在建立，已有 {state.kept} 条，应有 {state.wanted} 条，建立期间检索不完整",
        )
    if state.behind or state.kept != state.wanted:
        return Probe(
            "search", False, f"检索索引 {state.kept} 条，已公开 {state.wanted} 条，未跟上的变动 {state.behind} 项；"
            "后台程序会自动补上，仍不一致请运行 gongkai search rebuild")
    return Probe("search", True, f"检索索引完整，{state.kept} 条")


def search_word_for_word() -> Probe:
    """Every public entry is in the index as it is and is found, and nothing else is."""
    report = examine()
    if report.well:
        return Probe("search-entries", True, f"检索索引与已公开信息逐条一致（{report.compared} 条）")
    return Probe(
        "search-entries", False,
        f"检索索引与已公开信息不一致：缺 {len(report.missing)} 条，多 {len(report.surplus)} 条，"
        f"不同 {len(report.different)} 条，找不到 {len(report.wrong)} 条（各最多数到 100）；"
        "请运行 gongkai search rebuild",
    )


PROBES.append(search)
THOROUGH.append(search_word_for_word)
