"""What may happen while an application is worked on: consultations, extension, reasons, fee (Arts. 32–35, 42).

No Django; days come as arguments. Every refusal names its article.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from gongkai.applications.rules.intake import CONTENT_MOST, not_before, not_to_come
from gongkai.applications.states import State
from gongkai.core.deadlines import PauseKind
from gongkai.core.errors import Refused
from gongkai.core.required import required

EXTENSION_MOST = 20  # working days, Art. 33
WORDS_MOST = 2000

CONSULTED: dict[PauseKind, tuple[str, str]] = {
    PauseKind.THIRD_PARTY: ("第三方", "第三十二条"), PauseKind.CO_MAKER: ("共同制作机关", "第三十四条"),
    PauseKind.OTHER_ORGAN: ("其他机关", "第三十三条"),
}
SILENT, OBJECTION, ADVICE = "silent", "objection", "advice"
# What an opinion means for the answer; silence has opposite meanings in Arts. 32 and 34.
_MEANING: dict[tuple[PauseKind, str], str] = {
    (PauseKind.THIRD_PARTY, SILENT): "第三方逾期未提出意见，不视为同意，由本机关依照条例决定是否公开（第三十二条）",
    (PauseKind.CO_MAKER, SILENT): "共同制作机关逾期未提出意见，视为同意公开（第三十四条）",
    (PauseKind.OTHER_ORGAN, SILENT): "其他机关逾期未答复，由本机关自行决定（第三十三条）",
    (PauseKind.THIRD_PARTY, OBJECTION): "第三方不同意公开，有合理理由的不予公开（第三十二条）",
}
_OPINIONS: dict[PauseKind, frozenset[str]] = {
    PauseKind.THIRD_PARTY: frozenset({"consent", "partial", OBJECTION, SILENT}),
    PauseKind.CO_MAKER: frozenset({"consent", "partial", OBJECTION, SILENT}),
    PauseKind.OTHER_ORGAN: frozenset({"consent", "partial", OBJECTION, SILENT, ADVICE}),
}


def words(name: str, text: str, most: int = WORDS_MOST) -> str:
    """A text that an act cannot do without, trimmed. Raises Refused: words-missing, words-too-long."""
    return required(name, text, most)


def consultation_kind(kind: str) -> PauseKind:
    """Raises Refused "consultation-kind"."""
    try:
        return PauseKind(kind)
    except ValueError:
        raise Refused("consultation-kind", "请选择征求谁的意见：第三方、共同制作机关或者其他机关") from None


def delivered(on: date, sent_on: date, today: date, kind: PauseKind) -> None:
    """The day on which whoever is asked got the letter. Raises Refused."""
    article = CONSULTED[kind][1]
    not_to_come("送达日期", on, today, article)
    not_before("送达日期", on, "发出日期", sent_on, article)


def opinion(
    kind: PauseKind, said: str, *, on: date, sent_on: date, delivered_on: date | None, due_on: date, today: date,
    reason: str, overridden: bool,
) -> date:
    """Take an opinion: the day on which the consultation ends. Silence ends it with its time, whenever it is noted.

    The time for third parties and co-makers runs from their receipt of the letter, so that nobody is silent whose
    receipt is not known. Raises Refused: opinion-kind, not-silent-yet, delivery-unknown, reason-missing, override-
    needs-objection, override-needs-reason, future-date, too-early.
    """
    name, article = CONSULTED[kind]
    if said not in _OPINIONS[kind]:
        raise Refused(
            "opinion-kind", "这不是%(name)s可以有的意见（%(article)s），请重新选择", name=name, article=article,
        )
    not_to_come("意见日期", on, today, article)
    not_before("意见日期", on, "发出日期", sent_on, article)
    if overridden and (kind is not PauseKind.THIRD_PARTY or said not in {OBJECTION, "partial"}):
        raise Refused(
            "override-needs-objection", "只有第三方不同意公开时，才需要因公共利益决定公开（第三十二条）；没有保存",
        )
    if overridden and not reason.strip():
        raise Refused(
            "override-needs-reason", "因公共利益决定公开的，须写明不公开会对公共利益造成什么重大影响，"
            "并书面告知第三方（第三十二条）；没有保存",
        )
    if said == OBJECTION and not reason.strip():
        raise Refused(
            "reason-missing", "不同意公开的，请写明其理由：理由是否合理由本机关判断（%(article)s）", article=article,
        )
    if said != SILENT:
        return on
    if today <= due_on:
        raise Refused(
            "not-silent-yet", "提出意见的期限%(due)s还没有过，不能按逾期未提出意见登记（%(article)s）",
            due=due_on, article=article,
        )
    if delivered_on is None and kind is not PauseKind.OTHER_ORGAN:
        raise Refused(
            "delivery-unknown", "提出意见的期限自%(name)s收到征求意见书之日起算，请先登记送达日期（%(article)s）",
            name=name, article=article,
        )
    return due_on


def meaning(kind: str, said: str, overridden: bool = False) -> str:
    """What an opinion means, in words; "" where it speaks for itself."""
    if overridden:
        return "因公共利益决定公开，并将决定和理由书面告知第三方（第三十二条）"
    return _MEANING.get((PauseKind(kind), said), "")


def extension(days: int, *, extended: int, proposed: bool, on: date, due_on: date | None, today: date) -> None:
    """Propose more time (Art. 33): once, at most twenty working days, while the time runs. Raises Refused."""
    if extended:
        raise Refused(
            "already-extended", "已延长 %(days)s 个工作日，只能延长一次（第三十三条）", days=extended,
        )
    if proposed:
        raise Refused("already-proposed", "延期已经提请，正等待负责人决定")
    if not 1 <= days <= EXTENSION_MOST:
        raise Refused(
            "extended-too-long", "延长 %(days)s 个工作日不合规定：延长最多 %(most)s 个工作日（第三十三条）",
            days=days, most=EXTENSION_MOST,
        )
    in_time("提请延期日期", on, due_on, today, "extended-too-late", "第三十三条")


def decision(approved: bool, remark: str) -> str:
    """The head's word; who refuses says why. Raises Refused "remark-missing"."""
    if not approved and not remark.strip():
        raise Refused("remark-missing", "不同意延期的，请写明理由，经办人要照此办理")
    return remark.strip()[:WORDS_MOST]


def in_time(name: str, on: date, due_on: date | None, today: date, code: str, article: str) -> None:
    """What must be told while the time to reply runs. Raises Refused: clock-waits, future-date, `code`."""
    if due_on is None:
        raise Refused("clock-waits", "答复期限还没有起算，不能办这一步（%(article)s）", article=article)
    not_to_come(name, on, today, article)
    if on > due_on:
        raise Refused(
            code, "%(name)s%(on)s晚于答复期限%(due)s，期限已过，不能再办这一步（%(article)s）；请尽快答复",
            name=name, on=on, due=due_on, article=article,
        )


def reasons(on: date, asked_on: date | None, today: date) -> None:
    """The day on which reasons came (Art. 35). Raises Refused."""
    not_to_come("登记理由日期", on, today, "第三十五条")
    if asked_on is not None:
        not_before("登记理由日期", on, "要求说明理由日期", asked_on, "第三十五条")


def given_reasons(state: str, said: str) -> None:
    """What the applicant gives through the tracking page (Art. 35). Late is better than not at all, as long as nobody
    has decided. Raises Refused: reasons-over, reasons-said, text-too-long."""
    if state != State.REASONS:
        raise Refused("reasons-over", "这件申请现在不等您说明理由，没有提交；需要补充的，请与机关联系（第三十五条）")
    if not said:
        raise Refused("reasons-said", "请写明理由；没有提交")
    if len(said) > CONTENT_MOST:
        raise Refused(
            "text-too-long", "文字有 %(length)s 个字，最多 %(most)s 个字；其余内容请作为附件上传",
            length=len(said), most=CONTENT_MOST,
        )


def reasons_limit(on: date, due_on: date) -> None:
    """A limit for reasons must leave time. Raises Refused "limit-before-notice"."""
    if due_on <= on:
        raise Refused(
            "limit-before-notice", "说明理由的期限%(due)s没有在告知日期%(on)s之后，请核对（第三十五条）",
            due=due_on, on=on,
        )


def delay(
    to: date, *, accepted: bool | None, delayed_to: date | None, due_on: date | None, on: date, today: date,
) -> None:
    """A later date for who has good reasons (Art. 35), told in time. Raises Refused."""
    if accepted is not True:
        raise Refused(
            "reasons-first", "先要求申请人说明理由并认定理由合理，才能确定延迟答复的期限（第三十五条）",
        )
    if delayed_to is not None:
        raise Refused("already-delayed", "已确定延迟答复的期限为%(to)s，不能再改（第三十五条）", to=delayed_to)
    in_time("告知日期", on, due_on, today, "delayed-too-late", "第三十五条")
    if due_on is not None and to <= due_on:
        raise Refused(
            "delayed-too-early", "延迟答复的期限%(to)s没有晚于原答复期限%(due)s，不必另定（第三十五条）",
            to=to, due=due_on,
        )


def fee_basis(basis: str, quantity: int, noticed: str) -> None:
    """One basis, once: by piece or by page, never both (国办函〔2020〕109号). Raises Refused."""
    if basis not in {"piece", "page"}:
        raise Refused("fee-basis", "请选择按件或者按量（页）收费，两者不能同时（第四十二条）")
    if noticed:
        raise Refused("fee-noticed", "这件申请已通知过收费，按件和按量只能选一种（第四十二条）")
    if quantity < 1:
        raise Refused("fee-quantity", "件数或者页数应当是大于零的整数；没有保存")


def fee_amount(amount: Decimal, sentences: str) -> None:
    """Only what exceeds reason is charged (Art. 42). Raises Refused "fee-free"."""
    if amount <= 0:
        raise Refused("fee-free", "在合理范围以内，不收费（第四十二条）：%(steps)s", steps=sentences)


def paid(on: date, noticed_on: date | None, today: date) -> None:
    """The day of payment. Raises Refused."""
    not_to_come("缴费日期", on, today, "第四十二条")
    if noticed_on is not None:
        not_before("缴费日期", on, "收费通知日期", noticed_on, "第四十二条")


def unpaid(on: date, due_on: date | None, today: date) -> None:
    """Only a payment whose time is over can have lapsed. Raises Refused: not-lapsed, future-date."""
    if due_on is None or on <= due_on or today <= due_on:
        raise Refused(
            "not-lapsed", "缴费期限%(due)s还没有过，不能不再处理（第四十二条）", due=due_on or "",
        )
    not_to_come("办结日期", on, today, "第四十二条")
