"""A bureau and the people in it who work on disputes."""

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
def colleague(bureau):
    return actor(bureau, username="同事")


@pytest.fixture
def head(bureau):
    return actor(bureau, roles.HeadOfOffice)


@pytest.fixture
def supervisor(county):
    return actor(county, roles.Supervisor)


@pytest.fixture
def stranger(county):
    """A clerk of another bureau."""
    return actor(agency("青澜县水利局", county), username="外单位")
