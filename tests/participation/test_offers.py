"""The acts panel never offers what the table forbids, and says why for what people look for."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gongkai.participation.offers import OWN, Situation, offers
from gongkai.participation.states import Act, Kind, State, lawful

situations = st.builds(
    Situation, st.sampled_from(Kind), st.sampled_from(State), mine=st.booleans(), shown=st.booleans(),
)


@given(situations, st.frozensets(st.sampled_from(Act)))
def test_what_is_open_is_lawful_and_permitted(situation: Situation, permitted: frozenset[Act]) -> None:
    found = offers(situation, permitted)
    assert {offer.act for offer in found} <= permitted
    assert all(offer.act in lawful(situation.state) for offer in found if offer.open)
    assert sum(offer.primary for offer in found) <= 1
    assert all(offer.open for offer in found if offer.primary)


@given(situations)
def test_nobody_is_offered_to_release_or_show_the_own_reply(situation: Situation) -> None:
    mine = Situation(situation.kind, situation.state, mine=True, shown=situation.shown)
    own = {offer.act: offer for offer in offers(mine, set(Act))}
    assert not any(own[act].open for act in (Act.REPLY, Act.SHOW) if act in own)


@given(situations)
def test_only_what_can_be_read_by_everybody_can_be_shown(situation: Situation) -> None:
    acts = {offer.act for offer in offers(situation, set(Act))}
    if situation.kind in {Kind.SUGGESTION, Kind.CORRECTION}:
        assert not acts & {Act.SHOW, Act.HIDE}
    if Act.HIDE in acts:
        assert situation.shown


def test_the_reason_stands_beside_the_act() -> None:
    drafted = offers(Situation(Kind.QUESTION, State.DRAFTED, mine=True), {Act.REPLY, Act.RETURN})
    assert [(offer.act, offer.reason) for offer in drafted] == [(Act.REPLY, OWN), (Act.RETURN, "")]
    received = offers(Situation(Kind.QUESTION, State.RECEIVED), {Act.REPLY})
    assert [offer.reason for offer in received] == ["还没有拟答复"]
