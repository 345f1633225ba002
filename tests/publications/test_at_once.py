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
from gongkai.publications.models import Publication

pytestmark = pytest.mark.django_db(transaction=True)
NAME = "青澜县水务局"


def renamed(of: Bureau) -> None:
    agencies.rename(by=factories.SYSTEM, agency=of.where, name=NAME, on=date(2026, 3, 4), at=factories.AT)


def changed(of: Bureau) -> None:
    agencies.change(by=factories.SYSTEM, agency=of.where, short_name="水务局", at=factories.AT)


def moved(of: Bureau) -> None:
    agencies.move(by=factories.SYSTEM, agency=of.where, parent=None, at=factories.AT)


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
