"""Labels that a reader would call the same compare equal."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.core.report.forms import all_forms
from gongkai.core.text import fold as module
from gongkai.core.text.fold import fold, squeeze


def _labels() -> set[str]:
    labels = [label for form in all_forms() for label in (*form.t3_columns, *form.t3_rows, *form.t4_columns)]
    labels += [label for form in all_forms() for block in form.blocks for label in (*block.columns, *block.rows)]
    return {text for label in labels for text in (*label.path, *label.variants)}


@pytest.mark.parametrize(("written", "meant"), [
    ("行政規範性文件", "行政规范性文件"), ("結轉下年度繼續辦理", "结转下年度继续办理"), ("總　計", "总计"),
    ("本機關不掌握相關政府信息", "本机关不掌握相关政府信息"), ("危及「三安全一穩定」", '危及"三安全一稳定"'),
    ("不予處理", "不予处理"), ("信訪舉報投訴類申請", "信访举报投诉类申请"), ("自 然\n人", "自然人"),
    ("没有現成信息需要另行製作", "没有现成信息需要另行制作"), ("(三)", "（三）"), ("１．", "1."), ("㈠", "（一）"),
    ("縣人民政府辦公廳", "县人民政府办公厅"), ("財政廳、農業農村廳", "财政厅、农业农村厅"),
])
def test_variants_fold_to_one_spelling(written: str, meant: str) -> None:
    assert fold(written) == fold(meant)


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize("label", sorted(_labels()))
def test_spaces_and_full_width_never_matter_in_a_label(label: str) -> None:
    spaced = "\u3000".join(label)
    wide = "".join(chr(ord(ch) + 0xFEE0) if "!" <= ch <= "~" else ch for ch in label)
    assert fold(spaced) == fold(wide) == fold(label)


def test_the_table_maps_every_character_once_to_another_and_never_in_a_chain() -> None:
    pairs = list(zip(module._TRADITIONAL[::2], module._TRADITIONAL[1::2], strict=True))
    assert len({a for a, _ in pairs}) == len(pairs)
    assert not {a for a, _ in pairs} & {b for _, b in pairs}


def test_squeezing_keeps_the_characters() -> None:
    assert squeeze(" 總\u3000 計\n１ ") == "總 計 １"
