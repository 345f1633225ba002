"""A first text of every section, every number of it bound to its fact by name. It invents nothing.

Where the form asks for what no record tells (问题, 改进, other matters) it holds a prompt, which the rule GK2203 finds
as long as it stands there.
"""

from __future__ import annotations

from collections.abc import Mapping

from gongkai.compilations.facts.value import FactValue
from gongkai.compilations.models import Compilation
from gongkai.compilations.narrative import overview
from gongkai.compilations.narrative.overview import Numbers
from gongkai.compilations.narrative.voice import Voice

FEE_RULES_FROM = 2021  # 政府信息公开信息处理费管理办法 is in force since 1 January 2021
Key = tuple[int, int]

# Section and aspect of every text in the order of the report; 1.0 is the sentence before the five aspects.
KEYS: tuple[Key, ...] = (
    (1, 0), (1, 1), (1, 2), (1, 3), (1, 4), (1, 5), (2, 0), (3, 0), (4, 0), (5, 0), (6, 0),
)
PROBLEMS = (
    "存在的主要问题：【请写明本年度工作中存在的主要问题】。\n"
    "改进情况：【请写明上年度问题的改进结果和针对上述问题的改进措施】。"
)
NOTHING_ELSE = "【请写明其他需要报告的事项；没有的，写“无其他需要报告的事项”】"


def draft(compilation: Compilation, facts: Mapping[str, FactValue]) -> dict[Key, str]:
    """{(section, aspect): text with names of facts in braces}, for every key of KEYS. The texts that stand beside the
    tables 二 to 四 are empty: the tables speak."""
    return text_of(compilation.agency.name, compilation.year, compilation.scope, facts)


def text_of(agency: str, year: int, scope: str, facts: Mapping[str, FactValue]) -> dict[Key, str]:
    """The same from an agency's name."""
    voice, n = Voice(agency, year, scope), Numbers(facts)
    return dict.fromkeys(KEYS, "") | {
        (1, 0): overview.opening(voice),
        (1, 1): overview.proactive(n, voice),
        (1, 2): overview.on_request(n, voice),
        (1, 3): overview.management(n, voice),
        (1, 4): overview.platform(n, voice),
        (1, 5): overview.safeguard(n, voice),
        (5, 0): PROBLEMS,
        (6, 0): f"{fees(n, year)}\n{NOTHING_ELSE}。",
    }


def fees(n: Numbers, year: int) -> str:
    """What section 六 must say about the information handling fee (C19)."""
    basis = "依据《政府信息公开信息处理费管理办法》，" if year >= FEE_RULES_FROM else ""
    if n.of("收取信息处理费"):
        said = f"{basis}本年度发出收费通知{{发出收费通知}}件，收取信息处理费{{收取信息处理费}}元。"
    elif n.of("发出收费通知"):
        said = f"{basis}本年度发出收费通知{{发出收费通知}}件，未收取信息处理费。"
    else:
        said = f"{basis}本年度未收取信息处理费。"
    if n.of("逾期未缴费申请"):
        said += "申请人逾期未按收费通知要求缴纳费用、不再处理的申请{逾期未缴费申请}件。"
    return said
