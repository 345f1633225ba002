"""Dates that cannot be: in the future, before the application, or in an order that the law does not know."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from gongkai.core.deadlines.clock import REPLY_DAYS, received_on, run
from gongkai.core.deadlines.facts import DEFAULT, Conventions, Facts, PauseKind
from gongkai.core.errors import Refused
from gongkai.core.workdays import Calendar, shipped

_NAMES = {
    "arrived": "到达日期", "confirmed": "确认日期", "correction_asked": "补正告知日期", "corrected": "补正日期",
    "extended_on": "批准延期日期", "fee_noticed": "收费通知日期", "paid": "缴费日期", "served": "答复日期",
}
_CONSULTED = {
    PauseKind.THIRD_PARTY: ("向第三方征求意见", "条例第三十二条"),
    PauseKind.CO_MAKER: ("向共同制作机关征求意见", "条例第三十四条"),
    PauseKind.OTHER_ORGAN: ("向其他机关征求意见", "条例第三十三条"),
}


def check_order(
    facts: Facts, today: date | None, calendar: Calendar | None = None, conventions: Conventions = DEFAULT,
) -> None:
    """Refuse facts that cannot have happened so, or that the law does not allow any more when they happen.

    `today` None is for reckoning: days to come are allowed, and so is what comes too late to move anything.

    Raises Refused: future-date, before-arrival, before-receipt, second-correction, corrected-before-asked,
    limit-before-notice, extended-too-long, extended-too-late, paid-before-notice, ended-before-sent,
    consulted-too-late, delayed-too-early. The sentence names the article.
    """
    if today is not None:
        _not_to_come(facts, today)
    _not_before(facts)
    _correction(facts)
    _fee(facts)
    if not 0 <= facts.extended <= REPLY_DAYS:
        raise Refused(
            "extended-too-long", "延长 %(days)s 个工作日不合规定：延长最多 %(most)s 个工作日（条例第三十三条）",
            days=facts.extended, most=REPLY_DAYS,
        )
    if today is not None and (facts.pauses or facts.extended_on is not None or facts.delayed_to is not None):
        _against_the_clock(facts, calendar or shipped(), conventions)


def check_new_correction(facts: Facts, on: date) -> None:
    """Refuse to ask for correction again, or before receipt (Art. 30). Raises Refused."""
    if facts.correction_asked is not None:
        raise Refused(
            "second-correction", "已于%(on)s告知补正；补正只能一次性告知，不能再次要求（条例第三十条）",
            on=facts.correction_asked,
        )
    check_order(replace(facts, correction_asked=on), None)


def _not_to_come(facts: Facts, today: date) -> None:
    stated = [(name, getattr(facts, key)) for key, name in _NAMES.items()]
    stated += [("征求意见日期", pause.sent) for pause in facts.pauses]
    stated += [("收到意见日期", pause.ended) for pause in facts.pauses]
    for name, day in stated:
        if day is not None and day > today:
            raise Refused(
                "future-date", "%(name)s%(day)s还没有到（今天是%(today)s），请核对（条例第三十一条）",
                name=name, day=day, today=today,
            )


def _not_before(facts: Facts) -> None:
    if facts.confirmed is not None and facts.confirmed < facts.arrived:
        raise Refused(
            "before-arrival", "确认日期%(day)s早于申请到达日期%(arrived)s，请核对（条例第三十一条）",
            day=facts.confirmed, arrived=facts.arrived,
        )
    received = received_on(facts) or facts.arrived
    stated = [
        ("补正告知日期", facts.correction_asked, "条例第三十条"), ("补正日期", facts.corrected, "条例第三十条"),
        ("批准延期日期", facts.extended_on, "条例第三十三条"), ("收费通知日期", facts.fee_noticed, "条例第四十二条"),
        ("缴费日期", facts.paid, "条例第四十二条"), ("延迟答复的期限", facts.delayed_to, "条例第三十五条"),
        ("答复日期", facts.served, "条例第三十三条"),
    ]
    stated += [(f"{_CONSULTED[pause.kind][0]}日期", pause.sent, _CONSULTED[pause.kind][1]) for pause in facts.pauses]
    for name, day, article in stated:
        if day is not None and day < received:
            raise Refused(
                "before-receipt", "%(name)s%(day)s早于收到申请的日期%(received)s，请核对（%(article)s）",
                name=name, day=day, received=received, article=article,
            )
    for pause in facts.pauses:
        if pause.ended is not None and pause.ended < pause.sent:
            raise Refused(
                "ended-before-sent", "收到意见日期%(ended)s早于%(name)s的日期%(sent)s，请核对（%(article)s）",
                ended=pause.ended, sent=pause.sent, name=_CONSULTED[pause.kind][0],
                article=_CONSULTED[pause.kind][1],
            )


def _correction(facts: Facts) -> None:
    asked = facts.correction_asked
    if asked is not None and facts.corrected is not None and facts.corrected < asked:
        raise Refused(
            "corrected-before-asked",
            "补正日期%(corrected)s早于补正告知日期%(asked)s，请核对；补正只能告知一次（条例第三十条）",
            corrected=facts.corrected, asked=asked,
        )
    if asked is not None and facts.correction_due is not None and facts.correction_due < asked:
        raise Refused(
            "limit-before-notice", "补正期限%(due)s早于补正告知日期%(asked)s，请核对（条例第三十条）",
            due=facts.correction_due, asked=asked,
        )


def _fee(facts: Facts) -> None:
    noticed = facts.fee_noticed
    if noticed is not None and facts.paid is not None and facts.paid < noticed:
        raise Refused(
            "paid-before-notice", "缴费日期%(paid)s早于收费通知日期%(noticed)s，请核对（条例第四十二条）",
            paid=facts.paid, noticed=noticed,
        )
    if noticed is not None and facts.fee_due is not None and facts.fee_due < noticed:
        raise Refused(
            "limit-before-notice", "缴费期限%(due)s早于收费通知日期%(noticed)s，请核对（条例第四十二条）",
            due=facts.fee_due, noticed=noticed,
        )


def _against_the_clock(facts: Facts, calendar: Calendar, conventions: Conventions) -> None:
    """What must happen while the clock runs. Each consultation is held against the clock without the later ones."""
    clock = run(replace(facts, pauses=()), calendar, conventions)
    if clock is None:
        return
    ordered = sorted(facts.pauses, key=lambda pause: pause.sent)
    for at, pause in enumerate(ordered):
        before = run(replace(facts, pauses=tuple(ordered[:at])), calendar, conventions)
        if before is not None and pause.sent > before.due:
            name, article = _CONSULTED[pause.kind]
            raise Refused(
                "consulted-too-late", "%(name)s的日期%(sent)s晚于答复期限%(due)s，期限已过不能再暂停（%(article)s）",
                name=name, sent=pause.sent, due=before.due, article=article,
            )
    if facts.extended_on is not None:
        sent_by_then = tuple(pause for pause in ordered if pause.sent <= facts.extended_on)
        plain = run(replace(facts, extended=0, pauses=sent_by_then), calendar, conventions)
        if plain is not None and facts.extended_on > plain.due:
            raise Refused(
                "extended-too-late", "批准延期日期%(on)s晚于原答复期限%(due)s，期限已过不能再延长（条例第三十三条）",
                on=facts.extended_on, due=plain.due,
            )
    if facts.delayed_to is not None:
        whole = run(facts, calendar, conventions)
        if whole is not None and facts.delayed_to < whole.due:
            raise Refused(
                "delayed-too-early", "延迟答复的期限%(to)s早于原答复期限%(due)s，不必另定（条例第三十五条）",
                to=facts.delayed_to, due=whole.due,
            )
