"""What a reply must rest on, who may look at it, how it may be served (Arts. 15, 17, 30, 32, 35–37, 40). No Django."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from gongkai.applications.rules.intake import not_before, not_to_come
from gongkai.core.errors import Refused
from gongkai.core.law.answers import ANSWERS, AnswerKind, check_answer

# These endings have acts of their own.
BY_ANOTHER_ACT = frozenset({"withdrawn", "uncorrected", "unpaid"})
REVIEWS = ("secrecy", "legal")
WAYS = ("post", "in_person", "online", "fax", "email")
CHOSEN = frozenset({"online", "fax", "email"})
VALUE_MOST = 5000
BODY_MOST = 20_000


class Incomplete(Refused):
    """An answer that does not yet state what it must; `fields` names the fields, for the form."""

    def __init__(self, sentences: str, fields: tuple[str, ...]) -> None:
        super().__init__("answer-incomplete", "还不能保存这一答复：%(missing)s", missing=sentences)
        self.fields = fields


@dataclass(frozen=True, slots=True)
class Earlier:
    """An application of the same register that a reply calls the earlier one."""

    same: bool            # it is this very application
    same_applicant: bool  # or one of the two has no key to compare
    answered: bool


@dataclass(frozen=True, slots=True)
class Case:
    """The facts of a case on which the kind of answer depends. `third_parties`: (opinion, overridden) of each that
    was asked and whose consultation has ended."""

    today: date
    arrived_on: date
    corrected: bool = False
    reasons_asked_on: date | None = None
    reasons_due_on: date | None = None
    reasons_sent: bool = False  # by the applicant, whether or not the office has judged them
    reasons_accepted: bool | None = None
    third_parties: tuple[tuple[str, bool], ...] = ()
    earlier: Earlier | None = None


def kind_of(key: str) -> AnswerKind:
    """The kind of answer that a draft may have. Raises Refused: answer-kind, answer-by-act."""
    if key not in ANSWERS:
        raise Refused("answer-kind", "请选择办理结果")
    if key in BY_ANOTHER_ACT:
        raise Refused("answer-by-act", "“%(name)s”用专门的办理动作，不用拟答复", name=ANSWERS[key].name)
    return ANSWERS[key]


def clean(kind: AnswerKind, values: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of this kind as they are kept: text trimmed, dates in ISO form, redactions as rows.

    Fields of other kinds are dropped. Raises Refused: words-too-long, date-shape.
    """
    kept: dict[str, Any] = {}
    for field in kind.fields:
        value = values.get(field.name)
        if field.kind == "redactions":
            kept[field.name] = _redactions(value)
        elif field.kind == "date":
            kept[field.name] = _day(field.label, value)
        else:
            text = str(value if value is not None else "").strip()
            if len(text) > VALUE_MOST:
                raise Refused(
                    "words-too-long", "%(name)s不能超过 %(most)s 个字；没有保存", name=field.label, most=VALUE_MOST,
                )
            kept[field.name] = text
    return {name: value for name, value in kept.items() if value}


def check(kind: AnswerKind, values: Mapping[str, Any], case: Case) -> None:
    """Whether this answer may be given in this case, with every field it must state (Arts. 36, 37).

    Raises Incomplete with a sentence for each missing field, and Refused: what `fits` says, future-date, too-early.
    """
    fits(kind, case)
    missing = check_answer(kind.key, values)
    if missing:
        raise Incomplete("".join(lack.sentence for lack in missing), tuple(lack.field for lack in missing))
    if kind.key == "not_held":
        searched = date.fromisoformat(values["searched_on"])
        not_to_come("检索日期", searched, case.today, "第三十六条第四项")
        not_before("检索日期", searched, "收到申请的日期", case.arrived_on, "第三十六条第四项")


def fits(kind: AnswerKind, case: Case) -> None:
    """Whether the case allows this kind of answer at all, whatever it says.

    Raises Refused: correction-first, reasons-first, reasons-pending, reasons-unjudged, reasons-accepted,
    consultation-first, third-party-consented, third-party-overridden, repeat-of-itself, repeat-other-applicant,
    repeat-unanswered.
    """
    match kind.key:
        case "unclear":
            if not case.corrected:
                raise Refused(
                    "correction-first", "先一次性告知补正，申请人补正后仍不明确的，才能这样答复（第三十条）",
                )
        case "excessive":
            _excessive(case)
        case "refused_third_party":
            _third_party(case.third_parties)
        case "repeat":
            _repeat(case.earlier)


def _excessive(case: Case) -> None:
    if case.reasons_asked_on is None:
        raise Refused("reasons-first", "没有要求过说明理由的，不能以大量反复申请不予处理（第三十五条）")
    if case.reasons_accepted is True:
        raise Refused("reasons-accepted", "申请人的理由已认定合理，不能不予处理；不能按期答复的可以延迟（第三十五条）")
    if case.reasons_accepted is None and case.reasons_sent:
        raise Refused("reasons-unjudged", "申请人已经说明理由，先登记理由是否合理（第三十五条）")
    if case.reasons_accepted is None and (case.reasons_due_on is None or case.today <= case.reasons_due_on):
        raise Refused(
            "reasons-pending", "说明理由的期限%(due)s还没有过，先登记申请人说明的理由（第三十五条）",
            due=case.reasons_due_on or "",
        )


def _third_party(opinions: tuple[tuple[str, bool], ...]) -> None:
    if not opinions:
        raise Refused("consultation-first", "先书面征求第三方意见，才能以损害其合法权益为由不予公开（第三十二条）")
    if any(overridden for _said, overridden in opinions):
        raise Refused("third-party-overridden", "已因公共利益决定公开，不能再以第三方权益为由不予公开（第三十二条）")
    if all(said == "consent" for said, _overridden in opinions):
        raise Refused("third-party-consented", "第三方都同意公开，不能以其合法权益为由不予公开（第十五条）")


def _repeat(earlier: Earlier | None) -> None:
    """What is not in the register may lie in an older one; what is found must be what it is said to be."""
    if earlier is None:
        return
    if earlier.same:
        raise Refused("repeat-of-itself", "此前申请的登记号就是这一件，请核对（第三十六条第六项）")
    if not earlier.same_applicant:
        raise Refused("repeat-other-applicant", "那一件是另一位申请人的，不是重复申请（第三十六条第六项）")
    if not earlier.answered:
        raise Refused("repeat-unanswered", "那一件还没有答复，不能按重复申请不予处理（第三十六条第六项）")


def by_another(name: str, drafter: int | None, who: int | None) -> None:
    """Review and signature belong to somebody who did not write it (Art. 17). Raises Refused "own-draft"."""
    if drafter is not None and drafter == who:
        raise Refused("own-draft", "拟稿人不能%(act)s自己的稿子，请由另一人办理（第十七条）", act=name)


def verdict(kind: str, said: str, remark: str, passed: Collection[str]) -> str:
    """A verdict that can be taken. Raises Refused: review-kind, verdict, remark-missing, already-reviewed."""
    if kind not in REVIEWS:
        raise Refused("review-kind", "请选择保密审查或者合法性审查（第十七条）")
    if said not in {"pass", "return"}:
        raise Refused("verdict", "请选择通过或者退回")
    if said == "return" and not remark.strip():
        raise Refused("remark-missing", "退回的，请写明要改什么")
    if kind in passed:
        raise Refused("already-reviewed", "这一稿的这项审查已经通过；请看最新情况")
    return remark.strip()


def both(passed: Collection[str]) -> bool:
    """Whether both reviews have passed."""
    return set(REVIEWS) <= set(passed)


def submittable(submitted: bool) -> None:
    """A draft goes to review once; what was sent back is written anew. Raises Refused "returned"."""
    if submitted:
        raise Refused("returned", "这一稿已被退回，请先修改保存为新的一稿，再送审（第十七条）")


def signing(on: date, *, after: Iterable[tuple[str, date | None]], today: date) -> None:
    """The day of the signature. Late is allowed: the law knows no refusal to answer late. Raises Refused."""
    not_to_come("签发日期", on, today, "第三十三条")
    for name, day in after:
        if day is not None:
            not_before("签发日期", on, name, day, "第三十三条")


def service(way: str, *, delivery: str, channels: Collection[str]) -> None:
    """Which ways are open: post and in person always; others where the applicant chose them, online where the guide
    describes it too (Arts. 12, 40). Raises Refused: way, way-not-chosen, way-not-described."""
    if way not in WAYS:
        raise Refused("way", "请选择送达方式：邮寄（邮政企业）、当面、网上、传真或者电子邮件")
    if way in CHOSEN and delivery != way:
        raise Refused(
            "way-not-chosen", "申请人没有选择这一途径；申请人同意改变的，先在登记里更正获取途径（第四十条）",
        )
    if way == "online" and way not in channels:
        raise Refused("way-not-described", "本机关的指南没有载明网上渠道，请邮寄或者当面送达（第十二条）")


def served(on: date, signed_on: date | None, today: date) -> None:
    """The day of posting or handing over. Raises Refused."""
    not_to_come("送达日期", on, today, "第三十三条")
    if signed_on is not None:
        not_before("送达日期", on, "签发日期", signed_on, "第三十三条")


def received(on: date, served_on: date, today: date) -> None:
    """The day on which the applicant got it. Raises Refused."""
    not_to_come("签收日期", on, today, "第四十五条")
    not_before("签收日期", on, "送达日期", served_on, "第四十五条")


def archived(on: date, closed_on: date | None, today: date) -> None:
    """The day of archiving. Raises Refused."""
    not_to_come("归档日期", on, today, "第四十五条")
    if closed_on is not None:
        not_before("归档日期", on, "办结日期", closed_on, "第四十五条")


def publishable(discloses: bool) -> None:
    """Only what was disclosed can be published. Raises Refused "nothing-disclosed"."""
    if not discloses:
        raise Refused("nothing-disclosed", "答复没有公开信息，没有可转为主动公开的内容（第四十四条）")


def _day(label: str, value: Any) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, date):
        return value.isoformat()
    try:
        return date.fromisoformat(str(value).strip()).isoformat()
    except ValueError:
        raise Refused("date-shape", "%(name)s应写成 2026-01-31 这样的日期；没有保存", name=label) from None


def _redactions(value: Any) -> list[dict[str, str]]:
    """Rows of what, ground and statute; wholly empty rows of a form are left out."""
    if not isinstance(value, list | tuple):
        return []
    rows = []
    for entry in value:
        if isinstance(entry, Mapping):
            row = {key: str(entry.get(key) or "").strip()[:VALUE_MOST] for key in ("what", "ground", "statute")}
            if any(row.values()):
                rows.append({key: text for key, text in row.items() if text})
    return rows
