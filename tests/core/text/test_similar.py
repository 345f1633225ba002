"""Finding similar and repeated applications in a generated register with planted near-duplicates."""

from __future__ import annotations

import random
import subprocess
import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.core.text.differences import differs_in
from gongkai.core.text.similar import (
    ALIKE,
    SIZE,
    Register,
    candidates_needed,
    grams,
    rarest,
    signature,
    similarity,
)

_PLACES = [a + b + c for a in "东西南北新大小上" for b in "河山桥庄塘沟堡" for c in "村镇路"]
_MATTERS = [
    "集体土地征收的批准文件、征地补偿安置方案及其公告",
    "国有土地上房屋征收决定和补偿评估报告",
    "农村低保对象的名单、审批程序和发放标准",
    "污水处理厂建设项目的环境影响评价批复和验收意见",
    "公办幼儿园招生计划、收费标准及收费许可",
    "三公经费支出决算明细与接待费公函",
    "道路改造工程的招标文件、中标通知书和施工合同",
    "老旧小区加装电梯财政补贴的发放办法和发放情况",
    "危房改造补助资金的分配方案和到户明细",
    "国有土地使用权出让合同及土地出让金缴纳凭证",
    "出租车经营权指标分配文件和运营企业考核结果",
    "河道采砂许可证的发放依据和采砂范围图",
    "城市管理执法队协管人员的招录公告与录用名单",
    "医疗机构设置规划和医保定点协议文本",
    "生活垃圾焚烧发电项目特许经营协议及补贴单价",
    "宅基地使用权确权登记的调查表和权属来源材料",
    "高标准农田建设项目的实施方案、资金拨付凭证",
    "行政处罚自由裁量基准以及执法人员资格名册",
    "政府购买养老服务的合同、考核标准及付款记录",
    "校外培训机构审批的设置标准和检查结果通报",
]
_OPENINGS = ["申请公开", "请公开", "根据政府信息公开条例，申请获取", "请提供贵局", "本人要求公开", "关于", "希望公开"]
_CLOSINGS = ["", "。", "的相关信息。", "，谢谢。", "（全部材料）", "，请以电子邮件提供。"]


def _matter(random_: random.Random) -> tuple[str, str, int]:
    return random_.choice(_MATTERS), random_.choice(_PLACES), random_.randint(2015, 2025)


def _write(random_: random.Random, matter: str, place: str, year: int) -> str:
    when = random_.choice([f"{year}年", f"{year}年度"])
    return random_.choice(_OPENINGS) + random_.choice([f"{when}{place}", f"{place}{when}"]) + matter \
        + random_.choice(_CLOSINGS)


def _reword(random_: random.Random, matter: str, place: str, year: int) -> str:
    """The same request in another order, with parts left out and other particles."""
    parts = matter.replace("及其", "、").replace("以及", "、").replace("和", "、").replace("及", "、").split("、")
    random_.shuffle(parts)
    if len(parts) > 2 and random_.random() < 0.5:
        parts.pop()
    body = random_.choice(["、", "，", "和"]).join(parts)
    order = [f"{place}", random_.choice([f"{year}年", f"{year} 年度"]), body]
    random_.shuffle(order)
    return random_.choice(_OPENINGS) + "的".join(order) + random_.choice(_CLOSINGS)


@pytest.fixture(scope="module")
def register():
    random_ = random.Random(7)
    facts = [_matter(random_) for _ in range(4_000)]
    return facts, Register((number, _write(random_, *fact)) for number, fact in enumerate(facts))


def test_planted_copies_are_found_and_strangers_are_not(register):
    facts, entries = register
    random_ = random.Random(11)
    found = alike = right = 0
    for _ in range(80):
        number = random_.randrange(len(facts))
        matches = entries.similar(_reword(random_, *facts[number]), limit=10_000, compare=10_000)
        found += any(match.key == number for match in matches)
        alike += len(matches)
        right += sum(facts[match.key][0] == facts[number][0] for match in matches)
    assert found / 80 >= 0.95     # recall of reworded and reordered copies
    assert right / alike >= 0.95   # what is called alike speaks of the same matter


def test_the_same_of_another_year_or_place_is_told_apart_from_a_repeat(register):
    facts, entries = register
    random_ = random.Random(13)
    wrong = repeats = 0
    for _ in range(60):
        number = random_.randrange(len(facts))
        for match in entries.similar(_reword(random_, *facts[number])):
            same = facts[match.key] == facts[number]
            repeats += same
            wrong += match.is_repeat != same
    assert repeats >= 40
    assert wrong <= 0.05 * repeats


def test_a_search_is_fast(register):
    # Time of this process alone: the machine may be busy with others.
    facts, entries = register
    random_ = random.Random(17)
    texts = [_reword(random_, *random_.choice(facts)) for _ in range(40)]
    began = time.process_time()
    for text in texts:
        entries.similar(text)
    assert (time.process_time() - began) / len(texts) < 0.05


@given(st.text(max_size=300), st.text(max_size=300))
def test_similarity_is_a_symmetric_share(a, b):
    assert 0 <= similarity(a, b) <= 1
    assert similarity(a, b) == similarity(b, a)
    assert not grams(a) or similarity(a, a) == 1


@given(st.text(max_size=300))
def test_a_signature_is_short_sorted_and_fits_a_database_column(text):
    sign = signature(text)
    assert len(sign) <= SIZE
    assert list(sign) == sorted(set(sign))
    assert all(0 <= number < 2**63 for number in sign)
    assert signature(f" {text}\u200b\n") == sign
    assert bool(sign) == bool(grams(text))


def test_signatures_are_the_same_in_another_run():
    text = "请公开东河村2023年集体土地征收的批准文件"
    code = f"from gongkai.core.text.similar import signature; print(signature({text!r}))"
    other = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True,
                           env={"PYTHONHASHSEED": "1", "PYTHONPATH": "src", "PYTHONUTF8": "1"})
    assert other.stdout.strip() == str(signature(text))


def test_the_clothes_of_an_application_do_not_make_it_alike():
    clothes = "根据《政府信息公开条例》，申请公开"
    assert similarity(f"{clothes}低保名单", f"{clothes}采砂许可") < ALIKE
    assert similarity(f"{clothes}低保名单。", "请公開低 保 名 单") == 1


def test_common_sequences_are_looked_up_last():
    sign = tuple(range(SIZE))
    counts = {number: 100_000 if number < 20 else 5 for number in sign}
    assert set(rarest(sign, counts)) == {20, 21, 22, 23}
    assert len(rarest(sign, dict.fromkeys(sign, 100_000))) == candidates_needed(sign) == 2
    assert candidates_needed((1, 2)) == 1
    assert rarest((), {}) == ()


def test_a_key_is_entered_once():
    register: Register[int] = Register([(1, "低保名单")])
    with pytest.raises(ValueError, match="already"):
        register.add(1, "低保名单")


@pytest.mark.parametrize(("a", "b", "differences"), [
    ("2022年低保名单", "2023年低保名单", [("year", ("2022",), ("2023",))]),
    ("二〇二二年度低保名单", "2022年低保名单", []),
    ("2021-2023年低保名单", "2021年、2022年、2023年低保名单", []),
    ("低保名单", "2023年低保名单", [("year", (), ("2023",))]),
    ("某政发〔2023〕5号", "某政发〔2023〕15号", [("number", ("5",), ("15",))]),
    ("第三批名单", "第四批名单", [("number", ("3",), ("4",))]),
    ("申请公开张家庄村征地方案", "请公开李家庄村征地方案", [("place", ("张家庄村",), ("李家庄村",))]),
    ("2023年张家庄村征地方案", "张家庄村2023年征地方案", []),
])
def test_what_tells_two_applications_apart(a, b, differences):
    assert [tuple(difference) for difference in differs_in(a, b)] == differences
    assert [tuple(d) for d in differs_in(b, a)] == [(kind, theirs, ours) for kind, ours, theirs in differences]
