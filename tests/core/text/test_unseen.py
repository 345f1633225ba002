"""What nobody sees goes; what is read stays, letter for letter."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.core.report.samples import sample
from gongkai.core.report.writers import write
from gongkai.core.text.unseen import seen


def test_marks_without_a_width_and_turns_of_direction_go() -> None:
    assert seen("公\u200b开\u202e年\ufeff报\u2028第二段\u00ad") == "公开年报\n第二段"


@given(st.text(st.characters(exclude_categories=("Cf", "Zl", "Zp"))))
def test_whatever_is_seen_stays(text: str) -> None:
    assert seen(text) == text


@pytest.mark.chinese_font
def test_a_pdf_is_set_of_words_with_marks_that_no_font_draws() -> None:
    report = sample(1)
    report.sections[6] = replace(report.sections[6], text="\ufeff其他需要\u202e报告的事项")
    assert write(report, "pdf").startswith(b"%PDF")
