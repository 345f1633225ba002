"""The coverage matrix on paper: forty columns across a sheet, each with its name, none cut off."""

from __future__ import annotations

import re

import pytest
import time_machine
from tests.publications.makers import Bureau, moment
from tests.publications.test_pages_of_an_edition import BASE, at_browser

from gongkai.catalogue.models import Item


@pytest.mark.django_db
def test_each_column_has_an_upright_name_and_signs_are_explained_below(of: Bureau) -> None:
    for n in range(30):
        Item.objects.create(agency=of.where, code=f"20.{n}", name=f"事项{n}", section=of.water)
    with time_machine.travel(moment(), tick=False):
        page = at_browser(of.clerk).get(f"{BASE}coverage/?by=sections").content.decode()
    heads = re.findall(r'<span class="head"><span class="soft small">([^<]+)</span> <span>([^<]+)</span></span>', page)
    assert heads == [(f"20.{n}", f"事项{n}") for n in range(30)]
    # On paper a sign stands without its word, so every sign that is used is told below the table.
    assert '○<span class="word"> 空</span>' in page
    key = re.search(r'<p class="matrix-key small">([^<]+)</p>', page)
    assert key is not None
    assert all(sign in key[1] for sign in ("○ 空", "✕ 过期未更新", "! 快到期"))
