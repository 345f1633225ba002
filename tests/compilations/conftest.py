"""An office that compiles its report."""

from __future__ import annotations

import pytest
from tests.compilations.makers import Office, office


@pytest.fixture
def of(db) -> Office:
    return office()
