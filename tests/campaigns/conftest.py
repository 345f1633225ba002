"""A county with its bureaus, and whoever works on a campaign in it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests import remembered
from tests.compilations import makers
from tests.factories import agency


@pytest.fixture(autouse=True)
def _what_is_built_alike_is_remembered(request: pytest.FixtureRequest) -> Iterator[None]:
    with remembered.followed(request):
        yield


@pytest.fixture
def office(db):
    """The county with a supervisor; its first bureau keeps its register here."""
    return makers.office()


@pytest.fixture
def education(office):
    """Works here, too."""
    made = remembered.step("education", lambda: agency("青澜县教育局", office.county))
    makers.imported(made, makers.CASES[:2])
    return made


@pytest.fixture
def water(office):
    """Hands in a file."""
    return remembered.step("water", lambda: agency("青澜县水利局", office.county))


@pytest.fixture
def audit(office):
    """Does nothing."""
    return remembered.step("audit", lambda: agency("青澜县审计局", office.county))
