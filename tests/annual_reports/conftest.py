"""A county with two bureaus and the people in them."""

from __future__ import annotations

import pytest
from tests.factories import actor, agency

from gongkai.accounts import roles


@pytest.fixture
def county(db):
    return agency()


@pytest.fixture
def bureau(county):
    return agency("青澜县民政局", county)


@pytest.fixture
def clerk(bureau):
    return actor(bureau)


@pytest.fixture
def supervisor(county):
    return actor(county, roles.Supervisor)


@pytest.fixture
def signatory(bureau):
    return actor(bureau, roles.Signatory)
