"""What holds on the way out and afterwards: interpretation, withdrawal, validity, relations. No Django."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from gongkai.core.errors import Refused
from gongkai.publications.kinds import CHANNEL_NAMES, INTERPRETATION_FORMS, Relation, Validity, Withdrawal
from gongkai.publications.rules.drafting import words

NOTE_MOST = 300


def channels(keys: Collection[str]) -> list[str]:
    """Channels in the order of the law's list; the website always among them. Raises Refused: channel-unknown."""
    unknown = set(keys) - set(CHANNEL_NAMES)
    if unknown:
        raise Refused("channel-unknown", "有不认识的公开渠道，请从列出的渠道里选择（第二十三条）；没有保存")
    return [key for key in CHANNEL_NAMES if key in keys or key == "website"]


def together(plan: str, due_on: date | None, today: date, ready: int, unready: int) -> None:
    """A document whose interpretation is due with it does not go out alone.

    `ready`: linked interpretations that are signed or public; `unready`: those still in work. Raises Refused:
    interpretation-unsigned.
    """
    due = plan == "planned" and (due_on is None or due_on <= today)
    if due and (unready or not ready):
        raise Refused(
            "interpretation-unsigned",
            "解读稿还没有签发，没有发布；文件与解读同步发布，请先签发解读稿，或者改解读方案的日期",
        )


def after_its_document(waiting: Sequence[str]) -> None:
    """An interpretation follows its document. Raises Refused: document-first."""
    if waiting:
        raise Refused("document-first", "所解读的文件还没有公开，解读不能先发布；请与文件同步发布")


def withdrawal(kind: str, note: str, *, blocked: bool = False) -> str:
    """The public note; `blocked`: screening found in it what must not go out. Raises Refused: withdrawal-kind,
    words-too-long, note-blocked."""
    if kind not in set(Withdrawal):
        raise Refused("withdrawal-kind", "请选择撤下的原因；没有撤下")
    if len(note.strip()) > NOTE_MOST:
        raise Refused("words-too-long", "%(name)s不能超过 %(most)s 个字；没有保存", name="对外说明", most=NOTE_MOST)
    if blocked:
        raise Refused(
            "note-blocked",
            "对外说明里有个人信息或者密级字样，公众看得到；没有撤下，请删去后马上再办（第十四条、第十五条）",
        )
    return note.strip()


def validity(kind: str, *, policy: bool, ended_on: date | None, begun_on: date | None) -> None:
    """Raises Refused: validity-kind, validity-none, ended-missing, ended-early."""
    if kind not in {Validity.IN_FORCE, Validity.AMENDED, Validity.LAPSED, Validity.REPEALED}:
        raise Refused("validity-kind", "请选择有效性：有效、已修改、失效或者废止；没有保存")
    if not policy:
        raise Refused("validity-none", "只有规章、规范性文件和政策文件标注有效性；没有保存")
    if kind in {Validity.LAPSED, Validity.REPEALED}:
        if ended_on is None:
            raise Refused("ended-missing", "请填写废止、失效之日；没有保存")
        if begun_on is not None and ended_on < begun_on:
            raise Refused(
                "ended-early", "废止、失效之日%(on)s早于成文或者生效日期%(begins)s，请核对；没有保存", on=ended_on,
                begins=begun_on,
            )


def relation(kind: str, *, same: bool) -> Relation:
    """Raises Refused: relation-unknown, relation-validity, relation-self."""
    if kind not in set(Relation):
        raise Refused("relation-unknown", "请选择关系；没有保存")
    if kind in {Relation.REPEALS, Relation.AMENDS}:
        raise Refused("relation-validity", "废止和修改请在被废止、修改的文件上办“有效性”，关系会自动建立；没有保存")
    if same:
        raise Refused("relation-self", "不能关联到自己；没有保存")
    return Relation(kind)


def plan(form: str, due_on: date | None, today: date) -> None:
    """Raises Refused: form-unknown, plan-past."""
    if form not in INTERPRETATION_FORMS:
        raise Refused("form-unknown", "请选择解读形式；没有保存")
    if due_on is not None and due_on < today:
        raise Refused("plan-past", "解读期限%(on)s已经过去，请核对；没有保存", on=due_on)


def exemption(reason: str) -> str:
    """Why there is no interpretation. Raises Refused: words-missing, words-too-long."""
    return words("不解读的理由", reason, NOTE_MOST)
