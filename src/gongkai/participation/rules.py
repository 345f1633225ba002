"""What a message must hold, when a consultation is lawful, what a reply must say. No Django."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from gongkai.core.errors import Refused
from gongkai.core.required import required
from gongkai.participation.states import ORGAN_NEEDED, OUTCOMES, REASON_NEEDED, Kind

SUBJECT_MOST, CONTENT_MOST, REPLY_MOST, NAME_MOST = 100, 5000, 10_000, 300
CONSULTATION_LEAST = 7  # days; local rules on major decisions ask for more
_IDENTITY = ("name", "id_number", "phone", "email", "address", "organisation")


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody sends. `identity` holds vault field → value; only a correction must have it."""

    kind: str
    subject: str = field(repr=False)
    content: str = field(repr=False)
    identity: Mapping[str, str] = field(default_factory=dict, repr=False)
    record: str = field(default="", repr=False)


def tidy(given: Given) -> Given:
    """The same without white space around it and without fields that are not asked for."""
    return Given(
        given.kind, " ".join(given.subject.split()), given.content.replace("\r\n", "\n").strip(),
        {name: value.strip() for name, value in given.identity.items() if name in _IDENTITY and value.strip()},
        " ".join(given.record.split()),
    )


def check(given: Given, *, proven: bool = False) -> None:
    """Whether a message can be taken. A correction is about oneself: it needs who, proof and the record (Art. 41).

    Raises Refused: kind, words-missing, words-too-long, identity-missing, proof-missing.
    """
    if given.kind not in set(Kind):
        raise Refused("kind", "没有这一种来信")
    for name, text, most in (("标题", given.subject, SUBJECT_MOST), ("内容", given.content, CONTENT_MOST)):
        required(name, text, most)
    if any(len(value) > NAME_MOST for value in given.identity.values()):
        raise Refused("words-too-long", "%(name)s不能超过 %(most)s 个字；没有保存", name="联系方式", most=NAME_MOST)
    if given.kind != Kind.CORRECTION:
        return
    required("有误的记录", given.record, NAME_MOST)
    needed = (("name", "姓名或者名称"), ("phone", "联系电话"))
    lacking = [name for key, name in needed if not given.identity.get(key)]
    if lacking:
        raise Refused(
            "identity-missing", "申请更正与自身相关的信息，请填写%(names)s（第四十一条）", names="、".join(lacking),
        )
    if not proven:
        raise Refused("proof-missing", "申请更正，请附身份证明和证明信息有误的材料（第四十一条）")


def consultation(question: str, opens_on: date, closes_on: date) -> str:
    """A period in which the public can answer. Raises Refused: words-missing, words-too-long, period-short."""
    said = required("征求意见的事项", question.strip(), CONTENT_MOST)
    if (closes_on - opens_on).days + 1 < CONSULTATION_LEAST:
        raise Refused("period-short", "征求意见不少于 %(days)s 天；没有保存", days=CONSULTATION_LEAST)
    return said


def reply(kind: str, outcome: str, text: str, organ: str) -> tuple[str, str]:
    """A reply that says what it must: reasons for a no, the organ that is competent.

    Raises Refused: outcome, words-missing, words-too-long, organ-missing.
    """
    if outcome not in OUTCOMES[Kind(kind)]:
        raise Refused("outcome", "请选择办理结果")
    said = required("理由" if outcome in REASON_NEEDED else "答复", text.strip(), REPLY_MOST)
    where = " ".join(organ.split())
    if outcome in ORGAN_NEEDED and not where:
        raise Refused("organ-missing", "请写明有权处理的机关名称和联系方式")
    if len(where) > 200:
        raise Refused("words-too-long", "%(name)s不能超过 %(most)s 个字；没有保存", name="有权机关", most=200)
    return said, where


def reason(text: str) -> str:
    """Why a message is not dealt with. Raises Refused: words-missing, words-too-long."""
    return required("不予处理的理由", " ".join(text.split()), NAME_MOST)


def title(text: str) -> str:
    """The title of what is to be published. Raises Refused: words-missing, words-too-long."""
    return required("名称", " ".join(text.split()), NAME_MOST)


def remark(text: str) -> str:
    """Why a reply goes back to who wrote it. Raises Refused: words-missing, words-too-long."""
    return required("退回意见", " ".join(text.split()), NAME_MOST)


def months_before(day: date, months: int) -> date:
    """The same day so many months before; the last of the month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def by_another(drafter: int | None, who: int | None) -> None:
    """Whoever wrote the reply does not release it (Art. 17). Raises Refused "own-draft"."""
    if drafter is not None and drafter == who:
        raise Refused("own-draft", "拟稿人不能审核自己的答复，请由另一人办理（第十七条）")
