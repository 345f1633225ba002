"""Review gates as data (Art. 17; 先审后发): which looks a draft must pass before it is signed. No Django.

An office chooses a scheme and may change its gates; the gates of an edition are copied when it is sent to review, so
that a later change of the scheme does not touch what was reviewed. 保密关 can be moved or renamed but never removed:
the law asks for it by name (保守国家秘密法, Art. 35; Regulations, Art. 17).
"""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.core.errors import Refused

SECRECY = "secrecy"
GATES_MOST = 12


@dataclass(frozen=True, slots=True)
class Gate:
    """One look at a draft. `after_emergency`: in the emergency lane it may follow the publication; never 保密关."""

    key: str
    name: str
    question: str
    after_emergency: bool = True


@dataclass(frozen=True, slots=True)
class Scheme:
    """A set of gates. `apart`: each needs a person of its own (三审三校); otherwise one reviewer may pass several."""

    key: str
    name: str
    gates: tuple[Gate, ...]
    apart: bool = False


_POLITICAL = Gate("political", "政治关", "方向和表述是否正确，有无严重表述错误")
_LEGAL = Gate("legal", "法律关", "依据是否现行有效，是否超越职权，格式条款是否合法")
_SECRECY = Gate(
    SECRECY, "保密关", "有无国家秘密、工作秘密、商业秘密和个人隐私；密级和附件是否逐一核对", after_emergency=False,
)
_PROCEDURE = Gate("procedure", "程序关", "起草、征求意见、审签、备案等程序是否齐备")
_TIMELINESS = Gate("timeliness", "时效关", "是否仍然有效，公开时限是否来得及，有无需要同步的解读")

FIVE = Scheme("five", "五关审查", (_POLITICAL, _LEGAL, _SECRECY, _PROCEDURE, _TIMELINESS))
SCHEMES: dict[str, Scheme] = {scheme.key: scheme for scheme in (
    FIVE,
    Scheme("five_words", "五关审查（政策关、文字关）", (
        _POLITICAL, _LEGAL, Gate("policy", "政策关", "与上级和现行政策是否一致"), _SECRECY,
        Gate("wording", "文字关", "文字、数字、标点、附件名称是否准确"),
    )),
    Scheme("three", "三审三校", (
        Gate("first", "初审", "内容、文字、数字和附件是否准确"),
        Gate("second", "复审", "依据、政策和程序是否合规"),
        Gate(SECRECY, "终审（保密）", "是否可以公开，有无密级、工作秘密、商业秘密和个人隐私", after_emergency=False),
    ), apart=True),
    Scheme("two", "保密审查和合法性审查", (_SECRECY, _LEGAL)),
)}


def check_scheme(gates: tuple[Gate, ...]) -> tuple[Gate, ...]:
    """A set of gates that an office may use. Raises Refused: gates-count, gate-name, gate-twice, secrecy-gate."""
    if not 1 <= len(gates) <= GATES_MOST:
        raise Refused("gates-count", "审查关口应有 1 到 %(most)s 个；没有保存", most=GATES_MOST)
    if any(not gate.key or not gate.name.strip() for gate in gates):
        raise Refused("gate-name", "每个审查关口都要有名称；没有保存")
    if len({gate.key for gate in gates}) < len(gates):
        raise Refused("gate-twice", "有两个关口相同；没有保存")
    secrecy = next((gate for gate in gates if gate.key == SECRECY), None)
    if secrecy is None or secrecy.after_emergency:
        raise Refused("secrecy-gate", "保密审查不能取消，也不能放到发布以后（第十七条）；没有保存")
    return gates
