"""The state tables: every act where it is lawful and nowhere else, walked through the real actions."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from tests.factories import AT, file_of, uploaded

from gongkai.annual_reports import actions
from gongkai.annual_reports.models import ReportVersion, Scope, UploadItem
from gongkai.annual_reports.states import (
    ITEM_TABLE,
    REPORT_TABLE,
    ItemAct,
    ItemState,
    ReportAct,
    ReportState,
    lawful_item_acts,
    lawful_report_acts,
    next_item,
    next_report,
)
from gongkai.core.errors import Refused
from gongkai.core.report.samples import sample
from gongkai.ledger.queries import faults, timeline


@pytest.mark.parametrize(("state", "act"), list(itertools.product(ItemState, ItemAct)))
def test_an_act_on_an_item_is_in_the_table_or_refused(state, act):
    if (state, act) in ITEM_TABLE:
        assert next_item(state, act) is ITEM_TABLE[state, act]
    else:
        with pytest.raises(Refused, match="不能进行"):
            next_item(state, act)
    assert (act in lawful_item_acts(state)) == ((state, act) in ITEM_TABLE)


@pytest.mark.parametrize(("state", "act"), list(itertools.product(ReportState, ReportAct)))
def test_an_act_on_a_report_is_in_the_table_or_refused(state, act):
    if (state, act) in REPORT_TABLE:
        assert next_report(state, act) is REPORT_TABLE[state, act]
    else:
        with pytest.raises(Refused, match="不能进行"):
            next_report(state, act)
    assert (act in lawful_report_acts(state)) == ((state, act) in REPORT_TABLE)


def test_every_item_can_come_to_an_end_and_a_confirmed_one_stays():
    assert lawful_item_acts(ItemState.CONFIRMED) == lawful_item_acts(ItemState.DUPLICATE) == frozenset()
    for state in (ItemState.STORED, ItemState.READING, ItemState.READ, ItemState.REFUSED):
        reached, frontier = {state}, {state}
        while frontier:
            frontier = {after for (at, _), after in ITEM_TABLE.items() if at in frontier} - reached
            reached |= frontier
        assert ItemState.CONFIRMED in reached


@pytest.mark.django_db
def test_the_actions_walk_the_table(clerk, bureau):
    """Acts in any order on one item: the state is the model's, what is unlawful changes nothing, the chain holds."""

    class Item(RuleBasedStateMachine):
        seed = itertools.count()

        @initialize()
        def upload(self):
            data = file_of(sample(next(Item.seed) + 1, agency=bureau.name, year=2023))
            self.item = uploaded(clerk, bureau, ("年报.json", data)).items.get()
            self.model, self.confirmed = ItemState.STORED, False
            self.versions = ReportVersion.objects.count()

        def attempt(self, act, after, call):
            before = timeline("upload_item", self.item.pk).count()
            if (self.model, act) in ITEM_TABLE:
                call()
                self.model = after
            else:
                with pytest.raises(Refused):
                    call()
                assert timeline("upload_item", self.item.pk).count() == before

        @rule()
        def worker_comes_by(self):
            actions.read(item_id=self.item.pk, at=AT)
            if self.model is ItemState.STORED:
                self.model = ItemState.READ

        @rule()
        def clerk_discards(self):
            self.attempt(ItemAct.DISCARD, ItemState.REFUSED,
                         lambda: actions.discard(by=clerk, item=self.item, reason="传错", at=AT))

        @precondition(lambda self: self.model is not ItemState.STORED)
        @rule()
        def clerk_retries(self):
            self.attempt(ItemAct.RETRY, ItemState.STORED,
                         lambda: actions.retry(by=clerk, item=self.item, at=AT))

        @precondition(lambda self: not self.confirmed)
        @rule()
        def clerk_confirms(self):
            self.attempt(ItemAct.CONFIRM, ItemState.CONFIRMED, lambda: actions.confirm(
                by=clerk, item=self.item, agency=bureau, year=2023, scope=Scope.OWN, at=AT, replace=True))
            self.confirmed = self.model is ItemState.CONFIRMED

        @invariant()
        def database_agrees(self):
            assert UploadItem.objects.get(pk=self.item.pk).state == self.model
            assert ReportVersion.objects.count() == self.versions + self.confirmed

    run_state_machine_as_test(Item, settings=settings(
        max_examples=8, stateful_step_count=8, deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    ))
    assert faults() == []
