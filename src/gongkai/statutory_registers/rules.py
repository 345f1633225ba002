"""What a row of a register must say, and in what order its days stand. No Django."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation

from gongkai.core.errors import Refused
from gongkai.core.required import required
from gongkai.core.text.fold import fold
from gongkai.statutory_registers.registers import AMOUNT_NEEDED, WITH_AMOUNT, Ending, Register, Shown

TITLE_MOST, NUMBER_MOST, REASON_MOST = 300, 100, 300
_AMOUNT_MOST = Decimal("999999999999.99")


def named(text: str, what: str, most: int = TITLE_MOST) -> str:
    """A name that can be kept. Raises Refused: words-missing, words-too-long."""
    return required(what, " ".join(text.split()), most)


def numbered(number: str) -> str:
    """A document number with single spaces, or none. Raises Refused "words-too-long"."""
    said = " ".join(number.split())
    if len(said) > NUMBER_MOST:
        raise Refused("words-too-long", "%(name)s不能超过 %(most)s 个字；没有保存", name="文号", most=NUMBER_MOST)
    return said


def not_to_come(day: date, what: str, today: date) -> date:
    """Raises Refused "future-date" for a day that has not come."""
    if day > today:
        raise Refused("future-date", "%(name)s%(day)s还没有到；没有保存", name=what, day=day)
    return day


def document_days(made_on: date, effective_on: date | None, expires_on: date | None) -> None:
    """A document is made, takes effect, expires. Raises Refused "wrong-order"."""
    begins = effective_on or made_on
    if effective_on is not None and effective_on < made_on:
        raise Refused("wrong-order", "生效日期早于成文日期；没有保存，请核对")
    if expires_on is not None and expires_on <= begins:
        raise Refused("wrong-order", "失效日期不晚于生效日期；没有保存，请核对")


def ending(kind: str, on: date, made_on: date, today: date) -> Ending:
    """A way to end a document that is in force. Raises Refused: ending-kind, wrong-order, future-date."""
    if kind not in {Ending.REPEALED, Ending.LAPSED}:
        raise Refused("ending-kind", "请选择废止或者失效")
    if on < made_on:
        raise Refused("wrong-order", "废止、失效之日早于成文日期；没有保存，请核对")
    not_to_come(on, "废止、失效之日", today)
    return Ending(kind)


def amount(register: str, given: object) -> Decimal | None:
    """An amount in 元, two decimals; required where table 二 adds it up.

    Raises Refused: amount-missing, amount-shape.
    """
    if register not in WITH_AMOUNT:
        return None
    text = fold(str(given if given is not None else "")).replace(",", "").removesuffix("元")
    if not text:
        if register in AMOUNT_NEEDED:
            raise Refused("amount-missing", "请填写金额（元）；没有保存")
        return None
    times = 1
    if text.endswith("万"):
        text, times = text[:-1], 10_000
    try:
        value = (Decimal(text) * times).quantize(Decimal("0.01"))
    except InvalidOperation:
        raise Refused("amount-shape", "金额“%(given)s”不是数字；没有保存", given=str(given)[:40]) from None
    if not 0 <= value <= _AMOUNT_MOST:
        raise Refused("amount-shape", "金额应当是不小于 0 的数字；没有保存")
    return value


def shown(state: str, on: date | None, reason: str, decided_on: date, today: date) -> tuple[Shown, date | None, str]:
    """Whether and when a row was shown. Raises Refused: shown-state, shown-day, shown-reason, wrong-order,
    future-date."""
    try:
        said = Shown(state)
    except ValueError:
        raise Refused("shown-state", "公示情况请选择：已公示、待公示或者依法不公示") from None
    if said is Shown.SHOWN:
        if on is None:
            raise Refused("shown-day", "已公示的，请填写公示日期；没有保存")
        if on < decided_on:
            raise Refused("wrong-order", "公示日期早于决定日期；没有保存，请核对")
        return said, not_to_come(on, "公示日期", today), ""
    if said is Shown.LAWFULLY_NOT:
        return said, None, named(reason, "不公示的依据", REASON_MOST)
    return said, None, ""


def register_of(text: str) -> Register:
    """A register by its key. Raises Refused "register"."""
    try:
        return Register(text)
    except ValueError:
        raise Refused("register", "没有这一种台账") from None
