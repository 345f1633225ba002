"""What prose is taken to say, and above all what it is not taken to say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.core.report.checks.prose_claims import claims
from gongkai.core.report.checks.prose_numbers import count, quantities
from gongkai.core.report.model import Report, Section
from gongkai.core.report.prose import plain

COUNTY, BUREAU, TOWN = "青澜县人民政府", "青澜县水利局", "青澜县云麓镇人民政府"

TAKEN = [
    (BUREAU, "2023年，我局共收到政府信息公开申请12件，均已按期答复。", {"received": 12}),
    (BUREAU, "全年共受理依申请公开事项5件，其中网上申请3件，信函申请2件。", {"received": 5}),
    (BUREAU, "2023年度，我局共收到依申请公开案件8件，办结8件。", {"received": 8, "closed": 8}),
    (BUREAU, "共收到公民、法人和其他组织提出的政府信息公开申请3件，已全部办结。", {"received": 3}),
    (BUREAU, "2023年，我局收到信息公开申请3件，较2022年减少5件。", {"received": 3}),
    (BUREAU, "2022年收到信息公开申请9件，2023年收到信息公开申请3件。", {"received": 3}),
    (BUREAU, "依申请公开方面，收到申请2件，办结2件，无结转。", {"received": 2, "closed": 2}),
    (BUREAU, "受理政府信息公开申请5件，其中，4件已按时答复，1件结转下年度办理。", {"received": 5, "carried_out": 1}),
    (BUREAU, "青澜县水利局共收到7份政府信息公开申请。", {"received": 7}),
    (BUREAU, "２０２３年共收到政府信息公开申请\n３件。", {"received": 3}),
    (BUREAU, "2023年我局未收到政府信息公开申请。", {"new": 0}),
    (BUREAU, "本年度没有收到公民、法人和其他组织提出的政府信息公开申请。", {"new": 0}),
    (BUREAU, "2023年，我局无依申请公开件。", {"new": 0}),
    (BUREAU, "未发生因政府信息公开引起的行政复议、行政诉讼。", {"disputes": 0}),
    (BUREAU, "没有发生因政府信息公开申请行政复议和提起行政诉讼的情况。", {"disputes": 0}),
    (BUREAU, "未发生因政府信息公开引起的行政复议，行政诉讼1件。", {"reconsideration": 0, "litigation": 1}),
    (BUREAU, "政府信息公开行政复议案件3件、行政诉讼案件1件。", {"reconsideration": 3, "litigation": 1}),
    (BUREAU, "因政府信息公开引起的行政复议、行政诉讼共3件。", {"disputes": 3}),
    (COUNTY, "全县共受理政府信息公开申请21件，办结20件，结转下年度办理1件。",
     {"received": 21, "closed": 20, "carried_out": 1}),
    (COUNTY, "全县新收政府信息公开申请21件，上年结转2件，共办理23件。", {"new": 21, "carried_in": 2}),
    (COUNTY, "全县共收到政府信息公开申请1,234件。", {"received": 1234}),
    (COUNTY, "全县共收到政府信息公开申请三十六件。", {"received": 36}),
    (COUNTY, "全年收到政府信息公开申请58件，已答复57件，1件结转至2024年办理。", {"received": 58, "carried_out": 1}),
    (COUNTY, "截至2023年12月31日，共收到政府信息公开申请58件。", {"received": 58}),
    (COUNTY, "全县收到政府信息公开申请9件。其中，予以公开4件，部分公开2件，不予公开1件，无法提供2件。",
     {"received": 9, "granted": 4, "partial": 2, "refused": 1, "unable": 2}),
    (TOWN, "全镇共收到政府信息公开申请2件。", {"received": 2}),
    (BUREAU, "今年以来，我局共接到政府信息公开申请三十一件。", {"received": 31}),
    (BUREAU, "年内新增政府信息公开申请22宗。", {"new": 22}),
    (BUREAU, "2023年我局共办理政府信息公开申请35件，全部按时办结。", {"handled": 35}),
    (BUREAU, "全年政府信息公开申请量38件。", {"handled": 38}),
    (BUREAU, "2023年依申请公开受理数为41件。", {"handled": 41}),
]

LEFT_ALONE = [
    (BUREAU, "不予处理信息公开申请3件。"),
    (BUREAU, "十八大以来共收到政府信息公开申请90件。"),
    (BUREAU, "通过网站收到政府信息公开申请3件，当面提交申请1件。"),
    (BUREAU, "上半年收到政府信息公开申请3件。"),
    (BUREAU, "收到群众来信30件，办结30件。"),
    (BUREAU, "收到政府信息公开申请咨询30件。"),
    (BUREAU, "办理人大建议12件、政协提案8件，办结率100%。"),
    (BUREAU, "全县收到政府信息公开申请300件。"),
    (BUREAU, "制发公文30件，其中主动公开20件，依申请公开5件，不予公开5件。"),
    (BUREAU, "本年度未收到网络渠道的政府信息公开申请，收到信函申请2件。"),
    (BUREAU, "政府信息公开工作无行政复议纠错案件。"),
    (BUREAU, "办理行政复议案件312件，行政诉讼56件。"),
    (BUREAU, "政府信息公开申请中，因涉及国家秘密不予公开1件。"),
    (BUREAU, "自2019年以来累计收到政府信息公开申请580件。"),
    (COUNTY, "县自然资源局收到政府信息公开申请20件，县公安局收到8件。"),
    (COUNTY, "其中，县自然资源局收到政府信息公开申请20件。"),
    (COUNTY, "全县收到政府信息公开申请约200件。"),
    (COUNTY, "全县收到政府信息公开申请200余件。"),
    (COUNTY, "近三年共收到政府信息公开申请580件。"),
    (COUNTY, "2024年将力争答复政府信息公开申请58件。"),
    (COUNTY, "全县共收到政府信息公开申请2 1件。"),
]


def _claims(agency: str, text: str) -> list:
    made = Report(agency=agency, year=2023)
    made.sections = {1: Section(1, "一、总体情况", text)}
    return claims(made)


@pytest.mark.parametrize(("agency", "text", "expected"), TAKEN)
def test_a_plain_statement_is_taken(agency: str, text: str, expected: dict[str, int]) -> None:
    assert {claim.subject: claim.value for claim in _claims(agency, text)} == expected


@pytest.mark.parametrize(("agency", "text"), LEFT_ALONE)
def test_what_only_sounds_alike_is_left_alone(agency: str, text: str) -> None:
    assert _claims(agency, text) == []


def test_the_governments_own_office_is_marked() -> None:
    [claim] = _claims(COUNTY, "县政府办公室代表县政府受理政府信息公开申请17件。")
    assert (claim.value, claim.office) == (17, True)
    [claim] = _claims("青澜县人民政府办公室", "县政府办公室共收到8份政府信息公开申请。")
    assert (claim.value, claim.office) == (8, False)


def test_disputes_need_no_context_in_section_four() -> None:
    made = Report(agency=BUREAU, year=2023)
    made.sections = {4: Section(4, None, "行政复议2件，行政诉讼1件。")}
    assert {c.subject: c.value for c in claims(made)} == {"reconsideration": 2, "litigation": 1}


@given(st.integers(0, 9999))
def test_chinese_numerals_are_read_back(number: int) -> None:
    assert count(_chinese(number)) == number


def _chinese(number: int) -> str:
    if number == 0:
        return "零"
    words, zero = "", False
    for scale, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // scale % 10
        if digit:
            words += ("零" if zero else "") + "零一二三四五六七八九"[digit] + name
            zero = False
        elif words:
            zero = number % scale > 0
    return words


def test_counts_of_other_things_are_no_quantities() -> None:
    text = plain("第3期于2023年5月发布，20个工作日内办结 1 2件，约30件，近40余条，3.5万元")
    found = [(q.value, q.unit, q.exact) for q in quantities(text)]
    assert [f[:2] for f in found if f[2]] == []
    assert (30, "件", False) in found
    assert (40, "条", False) in found
