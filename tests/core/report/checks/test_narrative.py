"""What the prose must say and must no longer say: the sentences that only look like mistakes pass."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.core.report.checks.made import codes, only, report, section

from gongkai.core.report.model import Report


def _with(text: str, number: int = 1) -> Report:
    made = report()
    section(made, number, text)
    return made


@pytest.mark.parametrize("text", [
    "自收到申请之日起20个工作日内予以答复，需要延长的，延长期限最长不得超过20个工作日。",
    "第三方应当自收到征求意见书之日起15个工作日内答复。",
    "征求第三方意见的，第三方自收到之日起15个工作日内予以答复。",
    "对群众留言，自收到之日起15个工作日内答复。",
    "对收到的申请，承诺10个工作日内答复。",
    "自政府信息形成或者变更之日起20个工作日内予以公开。",
    "收到申请后7个工作日内一次性告知补正。",
])
def test_limits_that_are_right_or_not_the_reply_pass(text: str) -> None:
    assert not {"GK2301", "GK2302"} & set(codes(_with(text)))


@pytest.mark.parametrize(("text", "code", "days"), [
    ("自收到申请之日起十五个工作日内予以答复。", "GK2301", 15),
    ("申请人提出的申请，均在30个工作日内答复。", "GK2301", 30),
    ("经批准可以延长15个工作日。", "GK2302", 15),
])
def test_repealed_limits_are_told(text: str, code: str, days: int) -> None:
    assert only(_with(text), code).reported == days


@pytest.mark.parametrize("text", [
    "2022年，市政府印发公开要点，我县逐项落实。",
    "与2022年相比，公开数量有所增加。",
    "2022年12月，专栏改版上线。",
    "2023年，较2022年多公开三十条。",
])
def test_an_earlier_year_told_as_such_passes(text: str) -> None:
    assert "GK2101" not in codes(_with(text))


@pytest.mark.parametrize("text", [
    "2022年，我县坚持以公开为常态，各项工作平稳有序。",
    "（一）主动公开方面。2022年度，全县主动公开信息三百条。",
])
def test_last_years_sentence_is_told(text: str) -> None:
    assert only(_with(text), "GK2101").reported == "2022"


@pytest.mark.parametrize(("number", "text"), [
    (5, "2022年，我局公开工作存在的主要问题是更新不及时。"),
    (6, "2022年度未收取信息处理费。"),
    (6, "2022年，本机关没有收取信息处理费。"),
])
def test_last_years_sentence_is_told_in_the_last_sections_too(number: int, text: str) -> None:
    assert only(_with(text, number), "GK2101").reported == "2022"


@pytest.mark.parametrize(("number", "text"), [
    (5, "2022年，上级评估指出的更新不及时问题已经整改。"),
    (6, "按照2020年印发的收费办法，本年度未收取信息处理费。"),
    (6, "2023年未收取信息处理费，2022年亦未收取。"),
])
def test_earlier_years_named_as_such_in_the_last_sections_pass(number: int, text: str) -> None:
    assert "GK2101" not in codes(_with(text, number))


@pytest.mark.parametrize("text", [
    "全年收取信息处理费0元。", "没有产生信息处理费。", "本年度未收取政府信息公开信息处理费。", "本机关未收费。",
])
def test_every_way_of_telling_the_fee_passes(text: str) -> None:
    assert "GK1901" not in codes(_with(text, 6))


def test_before_the_fee_rules_nothing_had_to_be_told() -> None:
    made = report("2019", year=2020)
    section(made, 6, "无。")
    assert "GK1901" not in codes(made)


@pytest.mark.parametrize("text", [
    "如答复的规范性还有待提高等。下一步，一是梳理工作流程。",
    "一是解读形式单一。针对上述问题，将丰富解读形式。",
    "存在差距。\n整改措施：加强培训。",
])
def test_problems_with_improvement_pass(text: str) -> None:
    assert not {"GK2201", "GK2202"} & set(codes(_with(text, 5)))


def test_a_heading_in_which_the_file_ends_is_no_wrong_one() -> None:
    made = report()
    made.sections = {n: made.sections[n] for n in (1, 2, 3)}
    made.sections[3] = replace(made.sections[3], heading="三、收")
    assert "GK1403" not in codes(made)
