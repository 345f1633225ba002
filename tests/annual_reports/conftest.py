"""A county with two bureaus and the people in them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests import remembered
from tests.factories import actor, agency

from gongkai.accounts import roles


@pytest.fixture(autouse=True)
def _what_is_built_alike_is_remembered(request: pytest.FixtureRequest) -> Iterator[None]:
    with remembered.followed(request):
        yield


@pytest.fixture
def county(db):
    return remembered.step("county", agency)


@pytest.fixture
def bureau(county):
    return remembered.step(("bureau", county.pk), lambda: agency("青澜县民政局", county))


@pytest.fixture
def clerk(bureau):
    return remembered.step(("clerk", bureau.pk), lambda: actor(bureau))


@pytest.fixture
def supervisor(county):
    return remembered.step(("supervisor", county.pk), lambda: actor(county, roles.Supervisor))


@pytest.fixture
def signatory(bureau):
    return remembered.step(("signatory", bureau.pk), lambda: actor(bureau, roles.Signatory))
