"""Who may pass a gate, sign and publish, and when (Art. 17; 先审后发). No Django."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from gongkai.core.errors import Refused
from gongkai.publications.kinds import Attribute
from gongkai.publications.rules.drafting import ON_REQUEST, words

REMARK_MOST = 2000


def a_person(user_id: int | None) -> None:
    """The program reviews and signs nothing. Raises Refused: no-person."""
    if user_id is None:
        raise Refused("no-person", "审查和签发须由有岗位的人办理（第十七条）")


def not_a_hand(mine: bool, act: str) -> None:
    """Whoever wrote neither reviews nor signs. Raises Refused: own-work."""
    if mine:
        raise Refused("own-work", "起草和修改过这一稿的人不能%(act)s，请交给另一人（第十七条）", act=act)


def gates(asked: Sequence[str], open_: Collection[str], *, apart: bool, passed_others: bool) -> None:
    """Raises Refused: gates-which, gate-passed, gate-apart."""
    if not asked or len(set(asked)) < len(asked):
        raise Refused("gates-which", "请选择要通过的关口；没有保存")
    if not set(asked) <= set(open_):
        raise Refused("gate-passed", "所选的关口已经通过，或者这一稿没有这个关口；请刷新页面看最新情况")
    if apart and (len(asked) > 1 or passed_others):
        raise Refused("gate-apart", "各个关口须由不同的人审查；余下的请交给另一人（第十七条）")


def same_words(now: str, then: str) -> None:
    """Raises Refused: digest-changed."""
    if now != then:
        raise Refused(
            "digest-changed", "现在的内容与送审的不一样，不能再往下办；请退回修改，重新送审（第十七条）",
        )


def signatory(*, mine: bool, reviewed_by_me: bool) -> None:
    """Editor, reviewer and signatory are three persons. Raises Refused: own-work, own-review."""
    not_a_hand(mine, "签发")
    if reviewed_by_me:
        raise Refused("own-review", "审查过这一稿的人不能签发，请交给另一人（第十七条）")


def decision(proposed: str, decided: str, ground: str, reason: str) -> tuple[str, str]:
    """Ground and reason of what is decided. Raises Refused: attribute-unknown, ground-missing, words-missing."""
    if decided not in set(Attribute):
        raise Refused("attribute-unknown", "请选择公开属性：主动公开、依申请公开或者不予公开；没有签发")
    if decided == Attribute.ACTIVE:
        if proposed != Attribute.ACTIVE:
            words("改为主动公开的理由", reason, REMARK_MOST)
        return "", reason.strip()
    if decided == Attribute.WITHHELD and ground in {"", ON_REQUEST}:
        raise Refused("ground-missing", "不予公开的，须选择依据（第十四条至第十六条）；没有签发")
    return ground or ON_REQUEST, words("不主动公开的理由", reason, REMARK_MOST)


def signed_on(on: date, today: date) -> None:
    """Raises Refused: future-date."""
    if on > today:
        raise Refused("future-date", "签发日期%(on)s还没有到，请核对；没有签发", on=on)


def interpretation_planned(needed: bool, plan: str) -> None:
    """A normative document is signed with a plan of its interpretation, or a reason for none (国办 "三同步").

    Raises Refused: interpretation-missing.
    """
    if needed and plan not in {"planned", "exempt"}:
        raise Refused(
            "interpretation-missing",
            "规章和规范性文件没有解读方案不能签发：先确定解读方案，或者写明不解读的理由（文件与解读同步起草、签发、公开）",
        )


def not_the_signatory(mine: bool) -> None:
    """Raises Refused: own-signature."""
    if mine:
        raise Refused("own-signature", "签发的人不能补审这一稿，请交给另一人（第十七条）")


def remark(text: str) -> str:
    """A remark that may be empty. Raises Refused: words-too-long."""
    return words("审查意见", text, REMARK_MOST) if text.strip() else ""
