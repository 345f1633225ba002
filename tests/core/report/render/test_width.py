"""Room in a terminal: Chinese fills two columns, lines break where Chinese may break."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.core.report.render.width import fold, pad, shorten, width

CHINESE = st.text(st.sampled_from("年度报告，。（）“”GK02 01件"), max_size=120)


def test_widths() -> None:
    assert width("总计 7") == 6
    assert width("，") == 2
    assert width("e\u0301") == 1
    assert pad("总计", 6, right=True) == "  总计"
    assert shorten("四、结转下年度继续办理", 9) == "四、结转…"
    assert shorten("总计", 4) == "总计"


@settings(deadline=None)
@given(CHINESE, st.integers(20, 80))
def test_folding_loses_nothing_and_keeps_to_the_room(text: str, room: int) -> None:
    lines = fold(text, room, "  ").split("\n")
    assert "".join("".join(lines).split()) == "".join(text.split())
    for line in lines[1:]:
        assert line.startswith("  ")
        assert line.strip()[:1] not in set("，。）”")
    for line in lines[:-1]:
        assert line[-1:] not in set("（“")


def test_a_line_is_no_wider_than_the_room() -> None:
    text = "表三“（二）部分公开”行“总计”填 7，六类申请人合计为 8（同一原因使 C2、C3 共 2 项核对不成立）"
    assert all(width(line) <= 42 for line in fold(text, 40, "   ").split("\n"))  # a closing mark may hang over
