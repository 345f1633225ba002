"""What the records themselves show to be wanting: where the writer of section 五 may begin. Nothing is invented."""

from __future__ import annotations

from collections.abc import Mapping

from gongkai.compilations.facts.value import FactValue
from gongkai.compilations.narrative.overview import Numbers

# A fact that tells of a weakness when it is not zero, and how to say it.
_WANTING = (
    ("逾期办结申请", "超过法定期限才办结的申请有{逾期办结申请}件"),
    ("逾期公开信息", "超过公开期限才公开的信息有{逾期公开信息}条"),
    ("没有内容的目录事项", "公开目录中还没有内容的事项有{没有内容的目录事项}项"),
    ("行政复议结果纠正", "行政复议中被纠正的有{行政复议结果纠正}件"),
    ("行政诉讼结果纠正", "行政诉讼中被纠正的有{行政诉讼结果纠正}件"),
    ("逾期不补正申请", "告知补正以后没有补正的申请有{逾期不补正申请}件，告知的写法可以更明白"),
    ("不予处理重复申请", "重复提出的申请有{不予处理重复申请}件，可以考虑主动公开"),
    ("撤下信息", "公开以后撤下的信息有{撤下信息}条"),
)


def hints(facts: Mapping[str, FactValue]) -> list[str]:
    """Sentences with names of facts in braces, each true of the records of the year; empty where nothing shows."""
    n = Numbers(facts)
    found = [said for name, said in _WANTING if n.of(name)]
    if n.of("制发规范性文件") and n.known("政策解读") and not n.of("政策解读"):
        found.append("制发行政规范性文件{制发规范性文件}件，没有发布政策解读")
    if n.of("收到政策咨询") > n.of("答复政策咨询"):
        found.append("收到政策咨询{收到政策咨询}件，答复{答复政策咨询}件")
    if n.of("应当重新答复") > n.of("重新答复"):
        found.append("应当重新答复的{应当重新答复}件，已经重新答复{重新答复}件")
    return found
