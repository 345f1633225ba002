"""The region of an agency: a code that exists, entered with it or later."""

from __future__ import annotations

import pytest
from tests.factories import AT, SYSTEM, agency

from gongkai.agencies import actions
from gongkai.agencies.models import Agency
from gongkai.core.errors import Refused
from gongkai.ledger.queries import timeline

pytestmark = pytest.mark.django_db


def test_a_region_is_entered_by_code_or_name_and_kept_as_a_code():
    county = agency(region="新疆")
    assert Agency.objects.get(pk=county.pk).region == "650000"
    actions.change(by=SYSTEM, agency=county, at=AT, region="6501")
    assert Agency.objects.get(pk=county.pk).region == "650100"
    assert "650000 → 650100" in timeline("agency", county.pk).last().sentence


def test_a_region_that_nobody_knows_is_refused_and_nothing_is_changed():
    with pytest.raises(Refused, match="不认识的地区"):
        agency(region="火星")
    county = agency()
    with pytest.raises(Refused, match="不认识的地区"):
        actions.change(by=SYSTEM, agency=county, at=AT, region="火星")
    assert Agency.objects.get(pk=county.pk).region == ""
