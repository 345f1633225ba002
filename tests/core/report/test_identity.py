"""Agency, year, title, signature and date: as the document says, or not at all."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.core.report.identity import Identity, identify
from gongkai.core.text.dates import arabic_years, date_at_end, whole_date

BODY = ["一、总体情况", "我局认真落实公开要求，全年公开信息60条。"]
FOOT = ["六、其他需要报告的事项", "无。"]


def of(*texts: str) -> Identity:
    return identify([*texts, *BODY, *FOOT])


@pytest.mark.parametrize(("lines", "agency", "year"), [
    (["青山县财政局2023年政府信息公开工作年度报告"], "青山县财政局", 2023),
    (["青山县财政局政府信息公开工作2020年度报告"], "青山县财政局", 2020),
    (["青山县财政局信息公开工作2021年度报告"], "青山县财政局", 2021),
    (["青山县财政局2020 年度政府信息公开工作年度报告"], "青山县财政局", 2020),
    (["青山县财政局", "2023年政府信息公开工作年度报告"], "青山县财政局", 2023),
    (["青山县财政局", "政府信息公开工作年度报告", "（2023年）"], "青山县财政局", 2023),
    (["青山县市场监督管理局", "2022年", "政府信息公开工作年度报告"], "青山县市场监督管理局", 2022),
    (["青山县财政局政府信息公开工作年度报告（2023年度）"], "青山县财政局", 2023),
    (["2023年度政府信息公开工作年度报告（青山县财政局）"], "青山县财政局", 2023),
    (["青山县财政局关于2023年度政府信息公开工作情况的报告"], "青山县财政局", 2023),
    (["关于印发青山县财政局2023年政府信息公开工作年度报告的通知"], "青山县财政局", 2023),
    (["青山县财政局二〇二三年政府信息公开工作年度报告"], "青山县财政局", 2023),
    (["2023年度青山县人民政府政府信息公开工作年度报告"], "青山县人民政府", 2023),
    (["青山县人民政府政府信息公开工作2023年年度报告"], "青山县人民政府", 2023),
    (["青山县2023年政府信息公开工作年度报告"], "青山县", 2023),
    (["国家税务总局青山县税务局2022年政府信息公开年报"], "国家税务总局青山县税务局", 2022),
    (["本溪县财政局2022年政务公开工作年度报告"], "本溪县财政局", 2022),
    (["和平区财政局 2022 年 政 府 信 息 公 开 工 作 年 度 报 告"], "和平区财政局", 2022),
    (["首页 > 政府信息公开 > 年报 > 青山县财政局2022年政府信息公开工作年度报告"], "青山县财政局", 2022),
    (["政府信息公开年报", "2022年政府信息公开工作年度报告"], None, 2022),
    (["青山县人民政府信息公开工作2023年度报告"], "青山县人民政府", 2023),
    (["《青山县财政局2023年政府信息公开工作年度报告》"], "青山县财政局", 2023),
    (["青山海关", "2023年政府信息公开工作年度报告"], "青山海关", 2023),
    (["青山县供销合作社联合社", "2023年政府信息公开工作年度报告"], "青山县供销合作社联合社", 2023),
])
def test_titles(lines: list[str], agency: str | None, year: int) -> None:
    found = of(*lines)
    assert (found.agency, found.year) == (agency, year)
    assert found.title is not None
    assert "报告" in found.title or "年报" in found.title


def test_a_title_over_two_lines_is_one_and_belongs_to_no_section() -> None:
    found = of("　洪山区人民政府", "2023 年政府信息公开工作年度报告")
    assert found.title == "洪山区人民政府2023年政府信息公开工作年度报告"
    assert found.used == frozenset({0, 1})


def test_a_date_in_brackets_under_the_title_is_the_reports() -> None:
    title = "青山县财政局2023年政府信息公开工作年度报告"
    found = of(title, "（2024年1月20日）")
    assert (found.signed_on, found.used) == (date(2024, 1, 20), frozenset({0, 1}))
    assert of(title, "2024-01-20 09:30").signed_on is None
    assert of(title, "2024年1月20日").signed_on is None
    assert identify([title, "（2024年1月20日）", *BODY, *FOOT, "2024年1月25日"]).signed_on == date(2024, 1, 25)


@pytest.mark.parametrize("title", ["法治政府建设2024年度报告", "2024年工作总结", "关于开展年度报告编制工作的通知"])
def test_other_reports_are_no_titles(title: str) -> None:
    assert of(title).title is None


@pytest.mark.parametrize(("text", "agency"), [
    ("根据通知要求，现公布荷花区桂花街道办事处2019年政府信息公开工作年度报告。", "荷花区桂花街道办事处"),
    ("根据要求，山阴市越山区东湖街道特编制2023年报告。2023年，东湖街道办事处公开47条。", "山阴市越山区东湖街道办事处"),
    ("根据《条例》要求，由两河镇人民政府党政办公室编制。地址：青山县两河镇人民政府驻地。", "青山县两河镇人民政府"),
    ("本报告由青山县水利局办公室编制。", "青山县水利局"),
    ("2023年，审计局紧紧围绕中心工作。2023年，审计局进一步提高主动性。", "审计局"),
    ("2023年，在区委领导下，官山街道办事处认真贯彻落实条例。", "官山街道办事处"),
    ("2022年以来，丰水乡在县委县政府的正确领导下，扎实推进。", "丰水乡"),
    ("填报单位（盖章）：青山县民政局", "青山县民政局"),
    ("本年报根据条例编制，由总体情况等部分组成。", None),
    ("各镇、街道办事处要高度重视。县委县政府高度重视。上级部门通过考核。", None),
])
def test_agency_out_of_the_prose(text: str, agency: str | None) -> None:
    found = identify(["一、总体情况", text])
    assert found.agency == agency
    assert [note.code for note in found.notes if note.code == "no-agency"] == ([] if agency else ["no-agency"])


def test_furniture_is_no_agency() -> None:
    found = identify(["发布日期：2021-01-29 来源：大河镇 字体：大 打印", "一、总体情况", "我镇公开信息217条。"])
    assert found.agency is None


@pytest.mark.parametrize(("texts", "year"), [
    (["本报告中所列数据的统计期限自2020年1月1日起至2020年12月31日止。", "2021年我们将努力。2021年再上台阶。"], 2020),
    (["统计期限为2024年1月1日至2024年12月31日。"], 2024),
    (["2023年，我局公开信息。本局2023年度未收到申请。2024年将改进。"], 2023),
    (["2023年，我局公开信息。", "2024年，我局将改进。"], 2023),
    (["发布日期：2021-01-29", "根据国办公开办函〔2019〕60号编制。"], None),
    (["我局公开信息60条。", "青山县财政局", "2021年2月1日"], 2020),
])
def test_year_out_of_the_prose(texts: list[str], year: int | None) -> None:
    found = identify(texts)
    assert found.year == year
    assert ("no-year" in [note.code for note in found.notes]) == (year is None)


@pytest.mark.parametrize(("foot", "signature", "on", "used"), [
    (["青山县财政局", "2021年2月1日"], "青山县财政局", date(2021, 2, 1), {4, 5}),
    (["青山县财政局（盖章）", "二〇二一年一月二十八日"], "青山县财政局", date(2021, 1, 28), {4, 5}),
    (["2021年2月1日", "青山县财政局"], "青山县财政局", date(2021, 2, 1), {4, 5}),
    (["青山县财政局 2021年2月1日"], "青山县财政局", date(2021, 2, 1), {4}),
    (["2021.2.1"], None, date(2021, 2, 1), {4}),
    (["青山县财政局"], "青山县财政局", None, {4}),
    (["青山县财政局", "2021年2月1日", "扫一扫打开当前页", "【关闭】"], "青山县财政局", date(2021, 2, 1), {4, 5}),
    (["2021年2月31日"], None, None, set()),
])
def test_signature_and_date_at_the_foot(
    foot: list[str], signature: str | None, on: date | None, used: set[int]
) -> None:
    found = identify([*BODY, *FOOT, *foot])
    assert (found.signature, found.signed_on, found.used) == (signature, on, frozenset(used))


def test_a_web_pages_title_is_asked_only_when_the_text_has_none() -> None:
    hint = "青山县财政局2022年政府信息公开工作年度报告_青山县人民政府网"
    assert identify(BODY, hint=hint).agency == "青山县财政局"
    assert identify(BODY, hint=hint).year == 2022
    assert identify(["白水镇人民政府2023年政府信息公开工作年度报告"], hint=hint).agency == "白水镇人民政府"


def test_nothing_is_invented() -> None:
    found = identify([])
    assert (found.agency, found.year, found.title, found.signature, found.signed_on) == (None, None, None, None, None)
    assert [note.code for note in found.notes] == ["no-year", "no-agency"]


def test_dates() -> None:
    assert whole_date("（2024年1月9日）") == date(2024, 1, 9)
    assert whole_date("2024-01-09") == date(2024, 1, 9)
    assert whole_date("二〇二四年十二月三十一日") == date(2024, 12, 31)
    assert whole_date("截至2024年1月9日") is None
    assert date_at_end("青山县财政局2024年1月9日") == ("青山县财政局", date(2024, 1, 9))
    assert arabic_years("二○二三年 度") == "2023年度"
