"""A county with its bureaus, and whoever works on a campaign in it."""

from __future__ import annotations

import pytest
from tests.compilations import makers
from tests.factories import agency


@pytest.fixture
def office(db):
    """The county with a supervisor; its first bureau keeps its register here."""
    return makers.office()


@pytest.fixture
def education(office):
    """Works here, too."""
    made = agency("青澜县教育局", office.county)
    makers.imported(made, makers.CASES[:2])
    return made


@pytest.fixture
def water(office):
    """Hands in a file."""
    return agency("青澜县水利局", office.county)


@pytest.fixture
def audit(office):
    """Does nothing."""
    return agency("青澜县审计局", office.county)
