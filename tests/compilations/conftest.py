"""An office that compiles its report."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests import remembered
from tests.compilations.makers import Office, office


@pytest.fixture(autouse=True)
def _what_is_built_alike_is_remembered(request: pytest.FixtureRequest) -> Iterator[None]:
    with remembered.followed(request):
        yield


@pytest.fixture
def of(db) -> Office:
    return office()
