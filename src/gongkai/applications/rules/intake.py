"""What an application must hold, and which days can be true (Regulations, Arts. 27–31). No Django.

Whoever sends the form is told everything that is missing at once. A letter or a fax that lacks something is an
application all the same: it is registered as it came, and what it lacks is asked for once (Art. 30).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from gongkai.applications.submission import Submission
from gongkai.core.deadlines import Channel
from gongkai.core.errors import Refused
from gongkai.core.law.applicants import ApplicantKind

CONTENT_MOST = 20_000  # characters, some forty pages; more belongs into an attached file
FEATURES_MOST = 300
SUBJECT_MOST = 300
SUBJECT_MADE = 60     # of a subject that is taken from the beginning of the content
REASON_MOST = 500
FEWEST_PIECES, MOST_PIECES = 2, 50

WANTED = frozenset({"paper", "electronic", "inspection", "any"})
DELIVERY = frozenset({"post", "online", "in_person", "fax", "email"})
PURPOSES = frozenset({"", "life", "research", "dispute", "business", "other"})
# How an applicant was spoken to: kept with a confirmation and with a talk.
WAYS: dict[str, str] = {
    "phone": "电话", "visit": "当面", "letter": "信函", "message": "短信", "email": "电子邮件", "fax": "传真",
    "online": "网上",
}

_REACHED_BY = ("phone", "address", "email", "fax", "contact_phone")
_SENT_TO = {"post": "address", "email": "email", "fax": "fax"}
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one field of the form; `field` is an attribute of Submission or a field of the vault."""

    field: str
    refused: Refused


def cleaned(text: str) -> str:
    """A typed text without what cannot be seen (NUL, marks that turn the direction) and with one kind of line end."""
    return _UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def tidy(submission: Submission) -> Submission:
    """The submission with every text cleaned and empty identity fields left out."""
    identity = {name: value for name, said in submission.identity.items() if (value := cleaned(said))}
    return replace(
        submission, identity=identity, content=cleaned(submission.content),
        subject=cleaned(submission.subject).replace("\n", " "), features=cleaned(submission.features),
    )


def problems(submission: Submission, *, proven: bool = False) -> list[Problem]:
    """Everything that keeps a form from being sent (Art. 29). `proven`: a proof of identity is attached."""
    return [*unregistrable(submission), *lacking(submission, proven=proven)]


def unregistrable(submission: Submission) -> list[Problem]:
    """What makes it no application at all, or one that cannot be written down, however it came."""
    return list(_unregistrable(submission))


def lacking(submission: Submission, *, proven: bool = False) -> list[Problem]:
    """What Art. 29 asks for and is not there; of a letter it can be asked for once (Art. 30)."""
    return list(_lacking(submission.applicant_kind, submission.identity, submission.delivery, proven=proven))


def check(found: list[Problem]) -> None:
    """Raise the first problem."""
    for problem in found:
        raise problem.refused


def _unregistrable(said: Submission) -> Iterator[Problem]:
    if said.applicant_kind not in set(ApplicantKind):
        yield Problem("applicant_kind", Refused(
            "applicant-kind", "请选择申请人是自然人，还是法人或其他组织中的哪一类；没有提交",
        ))
    elif said.applicant_kind == ApplicantKind.NATURAL:
        if "name" not in said.identity:
            yield Problem("name", Refused("name-missing", "请填写申请人的姓名（第二十九条第二款第一项）"))
    elif "organisation" not in said.identity:
        yield Problem("organisation", Refused("name-missing", "请填写单位的名称（第二十九条第二款第一项）"))
    if not said.content:
        yield Problem("content", Refused(
            "content-missing", "请写明要哪些政府信息：名称、文号，或者便于查询的其他特征（第二十九条第二款第二项）",
        ))
    for field, value, most in (
        ("content", said.content, CONTENT_MOST), ("features", said.features, FEATURES_MOST),
        ("subject", said.subject, SUBJECT_MOST),
    ):
        if len(value) > most:
            yield Problem(field, Refused(
                "text-too-long", "文字有 %(length)s 个字，最多 %(most)s 个字；其余内容请作为附件上传",
                length=len(value), most=most,
            ))
    for field, value, known in (
        ("wanted", said.wanted, WANTED), ("delivery", said.delivery, DELIVERY), ("purpose", said.purpose, PURPOSES),
    ):
        if value not in known:
            yield Problem(field, Refused("choice-unknown", "请从所列的选项中选择获取信息的方式和途径"))


def _lacking(kind: str, identity: Mapping[str, str], delivery: str, *, proven: bool) -> Iterator[Problem]:
    if kind == ApplicantKind.NATURAL:
        if "id_number" not in identity and not proven:
            yield Problem("id_number", Refused(
                "identity-missing", "请填写证件号码，或者上传身份证明（第二十九条第二款第一项）",
            ))
    else:
        if "credit_code" not in identity and not proven:
            yield Problem("credit_code", Refused(
                "identity-missing", "请填写统一社会信用代码，或者上传单位的身份证明（第二十九条第二款第一项）",
            ))
        if "contact_name" not in identity:
            yield Problem("contact_name", Refused("contact-person-missing", "请填写单位的联系人"))
    if not any(field in identity for field in _REACHED_BY):
        yield Problem("phone", Refused("contact-missing", "请至少填写一种联系方式（第二十九条第二款第一项）"))
    needed = _SENT_TO.get(delivery)
    if needed is not None and needed not in identity:
        yield Problem(needed, Refused(
            "delivery-needs", "按所选的途径送达，需要相应的地址、传真或者电子邮箱（第二十九条第二款第三项）",
        ))


def check_oral(channel: Channel, oral: bool) -> None:
    """Writing down an oral application is for those who come (Art. 29). Raises Refused."""
    if oral and channel is not Channel.IN_PERSON:
        raise Refused("oral-in-person", "口头申请由工作人员当面代填，渠道应为“当面”（第二十九条第一款）")


def check_organ(name: str, valid_from: date | None, valid_to: date | None, heirs: Collection[str], on: date) -> None:
    """Whether the organ exists on the day of arrival; where it ended, who took over is told. Raises Refused."""
    if valid_to is not None and on >= valid_to:
        if heirs:
            raise Refused(
                "agency-ended", "%(agency)s已于%(on)s撤销，职责由%(heirs)s承担，请向其提出申请；没有提交",
                agency=name, on=valid_to, heirs="、".join(heirs),
            )
        raise Refused(
            "agency-ended-nobody", "%(agency)s已于%(on)s撤销，请向其上级机关或本级人民政府提出申请；没有提交",
            agency=name, on=valid_to,
        )
    if valid_from is not None and on < valid_from:
        raise Refused(
            "agency-not-yet", "%(agency)s自%(on)s起成立，收到日期早于这一天，请核对", agency=name, on=valid_from,
        )


def check_arrival(arrived_on: date, confirmed_on: date | None, today: date) -> None:
    """The days of arrival and confirmation (Art. 31). Raises Refused."""
    not_to_come("收到日期", arrived_on, today, "第三十一条")
    if confirmed_on is not None:
        not_to_come("确认日期", confirmed_on, today, "第三十一条")
        not_before("确认日期", confirmed_on, "收到日期", arrived_on, "第三十一条")


def check_limit(on: date, due_on: date) -> None:
    """A period for correction must leave time (Art. 30). Raises Refused."""
    if due_on <= on:
        raise Refused(
            "limit-before-notice", "补正期限%(due)s没有在告知日期%(on)s之后，应当给申请人合理的补正期限（第三十条）",
            due=due_on, on=on,
        )


def check_lapse(on: date, due_on: date | None, today: date) -> None:
    """Only a period that is over can have lapsed (Art. 30). Raises Refused."""
    if due_on is None or on <= due_on or today <= due_on:
        raise Refused(
            "not-lapsed", "补正期限%(due)s还没有过，不能不再处理（第三十条）", due=due_on or "",
        )
    not_to_come("办结日期", on, today, "第三十条")


def check_correction(content: str, files: int) -> None:
    """A correction says or brings something. Raises Refused."""
    if not content and not files:
        raise Refused("nothing-corrected", "请写明补正的内容，或者上传补正材料；没有提交")
    if len(content) > CONTENT_MOST:
        raise Refused(
            "text-too-long", "文字有 %(length)s 个字，最多 %(most)s 个字；其余内容请作为附件上传",
            length=len(content), most=CONTENT_MOST,
        )


def check_pieces(pieces: Collection[tuple[str, str]]) -> None:
    """Subject and content of each piece of a split application. Raises Refused."""
    if not FEWEST_PIECES <= len(pieces) <= MOST_PIECES:
        raise Refused(
            "split-count", "一事一申请应拆分为 %(fewest)s 件至 %(most)s 件；没有拆分",
            fewest=FEWEST_PIECES, most=MOST_PIECES,
        )
    for number, (subject, content) in enumerate(pieces, 1):
        if not cleaned(content):
            raise Refused("split-empty", "拆分的第 %(number)s 件没有写申请内容；没有拆分", number=number)
        if len(content) > CONTENT_MOST or len(subject) > SUBJECT_MOST:
            raise Refused("split-too-long", "拆分的第 %(number)s 件文字过长；没有拆分", number=number)


def check_way(way: str) -> None:
    """How somebody was reached. Raises Refused."""
    if way not in WAYS:
        raise Refused("way-unknown", "请选择联系申请人的方式：电话、当面、信函、短信、电子邮件、传真或者网上")


def corrected(before: str, content: str, on: date) -> str:
    """The content after a correction. Nothing of what the applicant first wrote is lost: what was written anew stands
    below it, unless it holds the whole of it already."""
    if not content or content == before:
        return before
    return content if before in content else f"{before}\n\n【{on.year}年{on.month}月{on.day}日补正】\n{content}"


def not_to_come(name: str, day: date, today: date, article: str) -> None:
    """Raise Refused "future-date" for a day after today."""
    if day > today:
        raise Refused(
            "future-date", "%(name)s%(day)s还没有到（今天是%(today)s），请核对（%(article)s）",
            name=name, day=day, today=today, article=article,
        )


def not_before(name: str, day: date, earlier: str, floor: date, article: str) -> None:
    """Raise Refused "too-early" for a day before the fact that it follows."""
    if day < floor:
        raise Refused(
            "too-early", "%(name)s%(day)s早于%(earlier)s%(floor)s，请核对（%(article)s）",
            name=name, day=day, earlier=earlier, floor=floor, article=article,
        )
