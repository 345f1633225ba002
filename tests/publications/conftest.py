"""A bureau that publishes."""

from __future__ import annotations

import pytest
from tests.publications.makers import Bureau, bureau


@pytest.fixture
def of(db) -> Bureau:
    return bureau()
