"""Dates that cannot be, each refused with its article; lawful histories pass."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.core.deadlines import Channel, Facts, Pause, PauseKind, check_new_correction, check_order, reply_day
from gongkai.core.errors import Refused
from gongkai.core.workdays import shipped

TODAY, CAME = date(2026, 11, 20), date(2026, 3, 2)  # the reply is due on 2026-03-30


def facts(**more: object) -> Facts:
    return Facts(CAME, Channel.POST, **more)  # type: ignore[arg-type]


def day(month: int, number: int) -> date:
    return date(2026, month, number)


@pytest.mark.parametrize(("given_", "code", "article"), [
    (Facts(day(11, 21), Channel.POST), "future-date", "条例第三十一条"),
    (facts(served=day(12, 1)), "future-date", "条例"),
    (facts(pauses=(Pause(day(3, 10), day(11, 21)),)), "future-date", "条例"),
    (Facts(CAME, Channel.FAX, confirmed=day(3, 1)), "before-arrival", "条例第三十一条"),
    (facts(correction_asked=day(3, 1)), "before-receipt", "条例第三十条"),
    (facts(corrected=day(2, 1)), "before-receipt", "条例第三十条"),
    (Facts(CAME, Channel.ONLINE, confirmed=day(3, 5), fee_noticed=day(3, 4)), "before-receipt", "条例第四十二条"),
    (facts(served=day(2, 27)), "before-receipt", "条例第三十三条"),
    (facts(pauses=(Pause(day(2, 27), None),)), "before-receipt", "条例第三十二条"),
    (facts(pauses=(Pause(day(2, 27), None, PauseKind.CO_MAKER),)), "before-receipt", "条例第三十四条"),
    (facts(pauses=(Pause(day(3, 10), day(3, 9)),)), "ended-before-sent", "条例第三十二条"),
    (facts(pauses=(Pause(day(3, 31), None),)), "consulted-too-late", "条例第三十二条"),
    (facts(pauses=(Pause(day(4, 1), None, PauseKind.OTHER_ORGAN),)), "consulted-too-late", "条例第三十三条"),
    (facts(correction_asked=day(3, 9), corrected=day(3, 8)), "corrected-before-asked", "条例第三十条"),
    (facts(correction_asked=day(3, 9), correction_due=day(3, 8)), "limit-before-notice", "条例第三十条"),
    (facts(extended=21), "extended-too-long", "条例第三十三条"),
    (facts(extended=-1), "extended-too-long", "条例第三十三条"),
    (facts(extended=20, extended_on=day(3, 31)), "extended-too-late", "条例第三十三条"),
    (facts(extended=20, extended_on=day(3, 1)), "before-receipt", "条例第三十三条"),
    (facts(fee_noticed=day(3, 9), paid=day(3, 8)), "paid-before-notice", "条例第四十二条"),
    (facts(fee_noticed=day(3, 9), fee_due=day(3, 8)), "limit-before-notice", "条例第四十二条"),
    (facts(delayed_to=day(3, 27)), "delayed-too-early", "条例第三十五条"),
])
def test_an_impossible_date_is_refused_with_its_article(given_: Facts, code: str, article: str) -> None:
    with pytest.raises(Refused) as refused:
        check_order(given_, TODAY)
    assert refused.value.code == code
    assert article in refused.value.message
    assert "%(" not in refused.value.message


@pytest.mark.parametrize("lawful", [
    facts(), facts(extended=20, extended_on=day(3, 30), served=day(4, 28)),
    facts(pauses=(Pause(day(3, 30), day(4, 2)),)),
    facts(pauses=(Pause(day(3, 10), day(4, 20)), Pause(day(4, 20), None))),
    facts(correction_asked=day(3, 9), correction_due=day(3, 30), corrected=day(4, 7)),
    facts(fee_noticed=day(3, 9), fee_due=day(4, 7), paid=day(4, 1)), facts(delayed_to=date(2027, 3, 1)),
    Facts(CAME, Channel.ONLINE), Facts(CAME, Channel.ONLINE, confirmed=CAME),
    facts(extended=20, extended_on=day(4, 7), pauses=(Pause(day(3, 10), day(3, 20)),)),
])
def test_a_lawful_history_passes(lawful: Facts) -> None:
    check_order(lawful, TODAY)
    check_order(lawful, None)


def test_reckoning_ahead_allows_days_to_come_and_what_moves_nothing() -> None:
    check_order(Facts(date(2030, 1, 1), Channel.POST), None)
    check_order(facts(pauses=(Pause(day(6, 1), None),)), None)
    with pytest.raises(Refused):
        check_order(facts(pauses=(Pause(day(2, 1), None),)), None)


def test_correction_is_asked_once() -> None:
    check_new_correction(facts(), day(3, 9))
    with pytest.raises(Refused, match="只能一次性告知") as refused:
        check_new_correction(facts(correction_asked=day(3, 9), corrected=day(3, 20)), day(3, 23))
    assert refused.value.code == "second-correction"
    with pytest.raises(Refused, match="条例第三十条"):
        check_new_correction(facts(), day(3, 1))


@given(st.dates(date(2019, 1, 1), date(2025, 12, 31)), st.integers(0, 200))
def test_a_consultation_is_refused_exactly_when_it_comes_after_the_due_date(start: date, after: int) -> None:
    sent = start + timedelta(days=after)
    due = reply_day(Facts(start, Channel.POST), shipped())[0]
    given_ = Facts(start, Channel.POST, pauses=(Pause(sent, sent),))
    if due is not None and sent > due:
        with pytest.raises(Refused, match="不能再暂停"):
            check_order(given_, TODAY)
    else:
        check_order(given_, TODAY)
