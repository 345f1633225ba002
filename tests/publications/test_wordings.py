"""The list of wrong words that counts for an agency."""

from __future__ import annotations

import pytest
from tests.factories import AT, agency

from gongkai.publications.models import Wording
from gongkai.publications.wordings import words_for


@pytest.mark.django_db
def test_the_nearest_list_counts_and_the_longest_word_comes_first():
    county = agency()
    bureau, other = agency("青澜县民政局", county), agency("青澜县水利局", county)
    Wording.objects.bulk_create([
        Wording(agency=None, wrong="甲乙", right="乙甲", note="通用", at=AT),
        Wording(agency=county, wrong="甲乙", right="县的写法", at=AT),
        Wording(agency=county, wrong="甲乙丙", right="丙", at=AT),
        Wording(agency=bureau, wrong="甲乙", right="局的写法", note="局", at=AT),
    ])
    assert words_for(bureau) == (("甲乙丙", "丙", ""), ("甲乙", "局的写法", "局"))
    assert words_for(other) == (("甲乙丙", "丙", ""), ("甲乙", "县的写法", ""))
