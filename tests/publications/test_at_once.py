"""Acts on what others refer to wait for nobody who waits for them: PostgreSQL would end one of the two."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import date

import pytest
from django.db import connections, transaction
from tests import factories
from tests.publications import makers
from tests.publications.makers import Bureau

from gongkai.agencies import actions as agencies
from gongkai.agencies.models import Agency
from gongkai.infra import locks, stamp
from gongkai.publications import actions
from gongkai.publications.models import Publication
from gongkai.search import index

pytestmark = pytest.mark.django_db(transaction=True)
NAME = "青澜县水务局"


def renamed(of: Bureau) -> None:
    agencies.rename(by=factories.SYSTEM, agency=of.where, name=NAME, on=date(2026, 3, 4), at=factories.AT)


def changed(of: Bureau) -> None:
    agencies.change(by=factories.SYSTEM, agency=of.where, short_name="水务局", at=factories.AT)


def moved(of: Bureau) -> None:
    agencies.move(by=factories.SYSTEM, agency=of.where, parent=None, at=factories.AT)


def test_every_act_takes_search_then_the_stamp_then_the_ledger(of: Bureau, monkeypatch: pytest.MonkeyPatch):
    taken: list[str] = []

    def told(of: object, name: str, called: str) -> None:
        real = getattr(of, called)
        monkeypatch.setattr(of, called, lambda *given, **named: (taken.append(name), real(*given, **named))[1])

    told(index, "1 search", "put")
    told(index, "1 search", "withdraw")
    told(stamp, "2 stamp", "bump")
    monkeypatch.setattr(locks, "serialise", lambda name: taken.append("3 ledger") if name == "ledger" else None)
    older, newer = (makers.of_edition(makers.published(of, kind="policy", title=one)) for one in ("旧办法", "新办法"))
    third = makers.signed(of, title="第三件")
    acts: list[Callable[[], object]] = [
        lambda: actions.publish(by=of.publisher, edition=third, at=makers.moment()),
        lambda: actions.mark_validity(
            by=of.publisher, publication=older, validity="repealed", ended_on=makers.ON, by_publication=newer,
            at=makers.moment(),
        ),
        lambda: actions.link(by=of.clerk, source=older, target=newer, relation="related", at=makers.moment()),
        lambda: actions.withdraw(by=of.clerk, publication=newer, kind="error", note="", at=makers.moment()),
    ]
    for act in acts:
        taken.clear()
        act()
        assert taken == sorted(taken), "in one order"
        assert taken[-1] == "3 ledger"


@pytest.mark.parametrize("act", [renamed, changed, moved])
def test_an_agency_changes_while_its_office_drafts(of: Bureau, act: Callable[[Bureau], None]):
    failed: list[BaseException] = []
    where = Agency.objects.get(pk=of.where.pk)

    def other() -> None:
        try:
            act(of)
        except BaseException as error:
            failed.append(error)
        finally:
            connections.close_all()

    beside = threading.Thread(target=other)
    with transaction.atomic():
        makers.drafted(of)  # holds the ledger, and refers to the agency when it commits
        beside.start()
        time.sleep(0.8)  # the other act has come as far as it can
    beside.join(30)
    assert failed == []
    assert Publication.objects.count() == 1
    now = Agency.objects.get(pk=of.where.pk)
    assert (now.name, now.short_name, now.path) != (where.name, where.short_name, where.path), "both are done"
