"""Whose report is this? Proposed with a reason, certain only when it is."""

from __future__ import annotations

from datetime import date

import pytest
from tests.factories import AT, SYSTEM, agency

from gongkai.agencies import actions, matching

pytestmark = pytest.mark.django_db


@pytest.fixture
def county():
    county = agency()
    agency("青澜县人民政府办公室", county)
    agency("青澜县民政局", county, short_name="民政局")
    agency("教育局", county)
    return county


def best(name, near, hints=()):
    found = matching.candidates(name, near=near, hints=hints)
    certain = matching.certain(found)
    return found[0].name, certain is not None


@pytest.mark.parametrize(("written", "meant", "certain"), [
    ("青澜县民政局", "青澜县民政局", True),
    ("青 澜 县 民政局", "青澜县民政局", True),
    ("民政局", "青澜县民政局", True),
    ("某市青澜县民政局", "青澜县民政局", True),
    ("青澜县教育局", "教育局", True),
    ("青澜县人民政府", "青澜县人民政府", True),
    ("青澜县人民政府办公室", "青澜县人民政府办公室", True),
    ("青澜县民政居", "青澜县民政局", False),
])
def test_names_as_files_write_them(county, written, meant, certain):
    assert best(written, county) == (meant, certain)


def test_a_former_name_still_finds_the_agency(county):
    office = agency("青澜县卫生局", county)
    actions.rename(by=SYSTEM, agency=office, name="青澜县卫生健康局", on=date(2019, 1, 1), at=AT)
    assert best("青澜县卫生局", county) == ("青澜县卫生健康局", True)


def test_of_two_alike_the_senders_own_comes_first_and_elsewhere_nothing_is_certain(county):
    other = agency("邻县人民政府")
    agency("邻县民政局", other, short_name="民政局")
    assert best("民政局", county) == ("青澜县民政局", True)
    assert best("民政局", other) == ("邻县民政局", True)
    third = agency("远县人民政府")
    assert best("民政局", third)[1] is False


def test_without_a_name_the_sender_is_proposed_weakly(county):
    (only,) = matching.candidates(None, near=county)
    assert (only.agency, only.score < matching.CERTAIN, "暂按" in only.why) == (county.pk, True, True)


def test_a_title_or_signature_helps_but_never_decides(county):
    assert best(None, county, hints=["青澜县民政局2023年度政府信息公开工作年度报告"]) == ("青澜县民政局", False)


ELSEWHERE = "丹江县审计局按照《条例》要求编制本年度报告。丹江县人民政府办公室对本报告负责。"


@pytest.mark.parametrize(("name", "prose", "certain"), [
    ("民政局", "", True),
    ("民政局", "我局认真贯彻落实条例，全县政务公开工作推进会由市政府办公室召开。", True),
    ("民政局", f"青澜县民政局与丹江县民政局签订协议。{ELSEWHERE}", True),
    ("民政局", ELSEWHERE, False),
    ("青澜县民政局", ELSEWHERE, True),
    ("教育局", ELSEWHERE, False),
])
def test_a_bare_name_is_doubted_when_the_report_names_another_place(county, name, prose, certain):
    found = matching.candidates(name, near=county, prose=prose)
    assert (matching.certain(found) is not None) is certain
    if not certain:
        assert found[0].score < 0.75
        assert "丹江县" in found[0].why
        assert "没有提到“青澜县”" in found[0].why


def test_another_countys_long_name_ends_like_ours(county):
    """丹江县自然资源局 ends with the short name of ours and is not ours."""
    agency("青澜县自然资源局", county, short_name="自然资源局")
    (first, *_) = matching.candidates("丹江县自然资源局", near=county)
    assert first.score < 0.75
    assert "丹江县" in first.why
