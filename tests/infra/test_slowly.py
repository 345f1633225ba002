"""Pressing slows and queues; nobody is turned away, and no address is kept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from gongkai.infra import slowly
from gongkai.infra.models import Pressure
from gongkai.infra.slowly import Busy, Lane

AT = datetime(2026, 3, 5, 2, 0, tzinfo=UTC)
APPLY = Lane("apply", free=3, spacing=2.0, longest=60.0)
GUESS = Lane("guess", free=3, spacing=60.0, longest=8.0, doubles=True)


@pytest.fixture
def slept(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    naps: list[float] = []
    monkeypatch.setattr(slowly.time, "sleep", naps.append)
    return naps


@given(st.floats(0, 1e6), st.floats(0, 1e6), st.booleans())
def test_more_pressure_never_waits_less_and_the_wait_has_an_end(a: float, b: float, doubles: bool) -> None:
    lane = Lane("x", free=5, spacing=3.0, longest=90.0, doubles=doubles)
    low, high = sorted((a, b))
    assert 0 <= lane.wait(low) <= lane.wait(high) <= 90.0
    assert lane.wait(lane.highest) == 90.0


@pytest.mark.django_db
def test_a_few_pass_at_once_the_next_wait_their_turn_and_time_forgives(slept: list[float]) -> None:
    for number in range(5):
        slowly.arrive(APPLY, "k", bound_to=str(number), at=AT)
    assert slept == [2.0, 4.0]
    assert slowly.press(APPLY, "k", at=AT + timedelta(minutes=5)) == 0
    assert slowly.press(APPLY, "other", at=AT) == 0


@pytest.mark.django_db
def test_a_planted_flood_delays_everybody_at_most_so_long_and_drops_nobody(slept: list[float]) -> None:
    """A thousand from one address in a second: each gets in or a ticket; whoever keeps a ticket gets in with it, even
    while the flood goes on; another address notices nothing."""
    sent_away: dict[str, Busy] = {}
    for number in range(1000):
        at = AT + timedelta(milliseconds=number)
        try:
            slowly.arrive(APPLY, "flood", bound_to=str(number), at=at)
        except Busy as busy:
            sent_away[str(number)] = busy
    assert len(sent_away) == 995
    assert max(busy.seconds for busy in sent_away.values()) <= 60
    slowly.arrive(APPLY, "a lawful other", bound_to="x", at=AT)
    for number, busy in sent_away.items():
        slowly.press(APPLY, "flood", at=AT + timedelta(seconds=busy.seconds))
        slowly.arrive(
            APPLY, "flood", bound_to=number, ticket=busy.ticket, at=AT + timedelta(seconds=busy.seconds + 1),
        )
    assert slept == pytest.approx([2.0, 4.0], abs=0.01)


@pytest.mark.django_db
def test_a_ticket_is_not_ripe_early_holds_for_one_thing_and_cannot_be_made_up() -> None:
    for _ in range(20):
        slowly.press(APPLY, "k", at=AT)
    with pytest.raises(Busy) as away:
        slowly.arrive(APPLY, "k", bound_to="mine", at=AT)
    ticket = away.value.ticket
    with pytest.raises(Busy) as early:
        slowly.arrive(APPLY, "k", bound_to="mine", ticket=ticket, at=AT + timedelta(seconds=5))
    assert early.value.seconds <= away.value.seconds - 4
    assert not slowly.ripe(ticket, bound_to="mine", at=AT + timedelta(seconds=5))
    later = AT + timedelta(seconds=away.value.seconds)
    assert slowly.ripe(ticket, bound_to="mine", at=later)
    assert not slowly.ripe(ticket, bound_to="another", at=later)
    assert not slowly.ripe(ticket[:-1] + ("A" if ticket[-1] != "A" else "B"), bound_to="mine", at=later)
    assert not slowly.ripe("made up", bound_to="mine", at=later)


@pytest.mark.django_db
def test_without_a_free_seat_nobody_sleeps(slept: list[float]) -> None:
    held = 0
    while slowly.SEATS.acquire(blocking=False):
        held += 1
    try:
        with pytest.raises(Busy):
            slowly.hold(1.0, bound_to="x", at=AT)
    finally:
        for _ in range(held):
            slowly.SEATS.release()
    assert (held, slept) == (2, [])
    slowly.hold(1.0, bound_to="x", at=AT)
    assert slept == [1.0]


@pytest.mark.django_db
def test_failures_double_the_wait_up_to_an_end() -> None:
    waits = [slowly.press(GUESS, "k", at=AT) for _ in range(12)]
    assert waits[:6] == [0, 0, 0, 0.5, 1.0, 2.0]
    assert max(waits) == 8.0
    assert slowly.waiting(GUESS, "k", at=AT) == 8.0
    assert slowly.waiting(GUESS, "k", at=AT + timedelta(hours=1)) == 0
    assert slowly.waiting(GUESS, "nobody", at=AT) == 0


@pytest.mark.django_db
def test_no_address_is_kept_and_yesterdays_counters_go(rf: RequestFactory, settings: object) -> None:
    ask = rf.get("/", REMOTE_ADDR="203.0.113.77")
    key = slowly.source(ask)
    slowly.press(APPLY, key, at=AT)
    row = Pressure.objects.get()
    assert "203.0.113" not in f"{row.key}{row.lane}{row}"
    assert len(row.key) == 64
    slowly.press(APPLY, "new", at=AT + timedelta(days=2))
    assert list(Pressure.objects.values_list("key", flat=True)) == ["new"]
    assert slowly.digest("203.0.113.77", AT.date()) != slowly.digest("203.0.113.77", AT.date() + timedelta(days=1))


def test_a_household_is_one_source_and_a_forged_header_is_not_believed(rf: RequestFactory, settings: object) -> None:
    def of(address: str, **more: str) -> str:
        return slowly.source(rf.get("/", REMOTE_ADDR=address, **more))

    assert of("2001:db8:1:2::1") == of("2001:db8:1:2:ffff::9") != of("2001:db8:1:3::1")
    assert of("203.0.113.1") != of("203.0.113.2")
    assert of("203.0.113.1", HTTP_X_FORWARDED_FOR="9.9.9.9") == of("203.0.113.1")
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")  # type: ignore[attr-defined]
    through = of("10.0.0.1", HTTP_X_FORWARDED_FOR="9.9.9.9, 203.0.113.1")
    assert through == of("10.0.0.2", HTTP_X_FORWARDED_FOR="203.0.113.1")
    assert of("not an address")
