"""Marks in whatever order an office puts their words together, and wherever on a line they stand."""

from __future__ import annotations

import pytest

from gongkai.core.screening import marks
from gongkai.core.screening.mark_grammar import composed, parts
from gongkai.core.screening.model import Piece, Verdict
from gongkai.core.text.fold import fold

FILLER = ["为进一步做好有关工作，现将相关情况说明如下，请结合实际认真落实，确保各项任务按期完成。"] * 16
# What surely says that the document is not for the public, wherever it stands.
MARKS = [
    "内部件，请妥善保管，不得外传", "是否公开：否（不予公开）",
    "定密等级：秘密", "公开方式：☑依申请公开",
    "机密（至2031年6月30日）", "机密（保密期限至2031年6月30日）", "机密 2031年6月30日解密", "秘密/3年",
    "秘密（5年）第012份", "秘密，保密期限三年", "秘密文件，阅后收回", "绝密文件 阅后销毁", "机密资料 注意保管",
    "涉密文件 严禁复制", "工作秘密 不得公开", "工作秘密（3年）", "※内部资料※", "——内部资料——",
    "内部资料　严格保密", "内部材料，请勿外传", "本文密级为秘密", "以下内容属工作秘密", "本资料涉密，请妥善保管",
    "此件按内部文件管理", "机密·甲", "秘密（公开时间：2027年1月1日）", "特急 秘密★1年", "共印20份，此为第3份",
    "第3份（共20份）", "印数：50份 第12份", "是否上网：否", "本件不对社会公开", "此件发至乡镇，不公开",
    "本通知不予公开",
]
# What may be one: a person looks.
DOUBTFUL = [
    "请勿外传", "严格保密", "限县处级以上领导阅", "仅供局领导参阅", "不上网、不登报", "此件只发至县级", "机密级",
]
NONE = [
    "国家秘密", "商业秘密", "保密期限", "机密性", "绝密、机密、秘密", "国家秘密的密级分为绝密、机密、秘密三级。",
    "按照国家秘密管理的有关规定执行", "本单位不得将涉密信息在网上公布。", "请妥善保管本通知书。",
    "请注意保密，不要将密码告诉他人。", "内部审计", "内部管理信息不予公开", "不予公开范围",
    "内部资料性出版物管理办法", "共20份申请", "第3份报告", "限30日内缴清", "限本人领取", "仅供参考",
    "资料仅供参考，以正式文件为准。", "供领导干部学习使用的教材已发放。", "本通知自发布之日起施行，有效期5年。",
    "保管期限：永久", "公开时间：2027年1月1日", "文件编号：第012号", "此件公开发布", "本文件为规范性文件",
    "知悉范围由定密责任人确定", "涉及国家秘密、商业秘密、个人隐私的除外", "该信息属于国家秘密，依法不予公开。",
    "您申请的信息属于内部管理信息，本机关不予公开。",
]
AROUND = [
    "{}", "一、基本情况\t\t\t{}", "一、基本情况    {}", "请各单位按时报送有关情况。{}", "附件2：{}",
    "{}\t（共3页）",
]


def verdicts(line: str) -> set[Verdict]:
    lines = [*FILLER, line, *FILLER]
    pieces = [Piece(text, f"第{at}行") for at, text in enumerate(lines, 1)]
    return {found.verdict for found in marks.find(pieces, "txt")}


@pytest.mark.parametrize("mark", MARKS)
def test_a_mark_blocks_wherever_it_stands_on_its_line(mark: str) -> None:
    for around in AROUND:
        assert Verdict.BLOCK in verdicts(around.format(mark)), around


@pytest.mark.parametrize("mark", DOUBTFUL)
def test_what_may_be_a_mark_is_said(mark: str) -> None:
    for around in AROUND:
        assert verdicts(around.format(mark)), around


@pytest.mark.parametrize("text", NONE)
def test_words_of_texts_and_headings_are_no_marks(text: str) -> None:
    for around in AROUND:
        assert verdicts(around.format(text)) == set(), around


def test_a_piece_of_a_mark_is_none() -> None:
    assert composed(fold("供领导参阅）")) is None
    assert composed(fold("（仅供领导参阅）")) == "internal_mark"


def test_the_parts_of_a_line() -> None:
    assert list(parts("一、情况\t\t工作秘密 不得公开")) == ["一、情况", "工作秘密 不得公开"]
    assert list(parts("附件：内部资料")) == ["内部资料"]
    assert list(parts("没有缺口的一行")) == []
    assert list(parts("甲\t" * 300)) == []
