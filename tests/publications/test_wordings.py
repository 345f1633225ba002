"""The list of wrong words: which counts, who sets it, what a file brings in, what the desk shows."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.factories import AT, agency
from tests.publications import makers
from tests.publications.makers import Bureau, moment
from tests.publications.test_pages_of_an_edition import BASE, at_browser, page_of, stated, text

from gongkai.accounts.permissions import Denied
from gongkai.core.errors import Refused
from gongkai.core.tables import written
from gongkai.ledger.models import Entry
from gongkai.publications.actions.wording import import_wordings, remove_wording, set_wording
from gongkai.publications.models import Wording
from gongkai.publications.rules.wording import HEADINGS, checked, read_csv
from gongkai.publications.wordings import words_for

WORDS = f"{BASE}wordings/"


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with time_machine.travel(moment(), tick=False):
        yield


@pytest.mark.django_db
def test_the_nearest_list_counts_and_the_longest_word_comes_first() -> None:
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


@pytest.mark.django_db
def test_words_are_set_changed_and_removed_with_their_events(of: Bureau) -> None:
    set_wording(by=of.head, agency=of.where, wrong=" 按装 ", right="安装", at=moment())
    kept = set_wording(by=of.head, agency=of.where, wrong="按装", right="安装", note="错字", at=moment())
    assert list(Wording.objects.values_list("wrong", "right", "note")) == [("按装", "安装", "错字")]
    remove_wording(by=of.head, wording=kept, at=moment())
    remove_wording(by=of.head, wording=kept, at=moment())
    kinds = Entry.objects.filter(kind__startswith="publications.wording").values_list("kind", flat=True)
    assert [kind.rpartition("_")[2] for kind in kinds.order_by("sequence")] == ["set", "set", "removed"]
    for who in (of.clerk, of.contributor, of.reviewer):
        with pytest.raises(Denied):
            set_wording(by=who, agency=of.where, wrong="按装", right="安装", at=moment())
    with pytest.raises(Denied):
        set_wording(by=of.head, agency=of.county, wrong="按装", right="安装", at=moment())


@pytest.mark.parametrize(("row", "code"), [
    (("", "安装", ""), "wording-empty"), (("安装", "安装", ""), "wording-same"), (("字" * 101, "", ""), "wording-long"),
    (("按装", "", "说" * 201), "wording-long"),
])
def test_a_word_that_makes_no_sense_is_refused(row: tuple[str, str, str], code: str) -> None:
    with pytest.raises(Refused) as refused:
        checked(row)
    assert refused.value.code == code


@pytest.mark.django_db
def test_a_file_goes_in_whole_or_not_at_all(of: Bureau) -> None:
    set_wording(by=of.head, agency=of.where, wrong="按装", right="安装", at=moment())
    rows = [("按装", "安装", "错字"), ("座落", "坐落", ""), ("安装", "安装", "")]
    with pytest.raises(Refused) as refused:
        import_wordings(by=of.head, agency=of.where, rows=rows, at=moment())
    assert refused.value.values["row"] == 4
    assert Wording.objects.count() == 1
    assert import_wordings(by=of.head, agency=of.where, rows=rows[:2], at=moment()) == (1, 1)
    assert import_wordings(by=of.head, agency=of.where, rows=rows[:2], at=moment()) == (0, 0)


WORD = st.text("甲乙丙=+-@＝,;\"\n1.", max_size=6)  # with what a spreadsheet would run, and what parts a CSV


@settings(suppress_health_check=[HealthCheck.too_slow])  # a machine with other work to do
@given(st.lists(st.tuples(WORD.filter(bool), WORD, WORD), max_size=8))
def test_what_is_exported_can_be_taken_in_again(rows: list[tuple[str, str, str]]) -> None:
    assert read_csv(written(HEADINGS, rows, "csv")) == rows


def test_a_file_of_another_make_is_refused() -> None:
    assert read_csv("错误的写法,正确的写法\n按装,安装\n".encode("gb18030")) == [("按装", "安装", "")]
    for data in (b"\xff\xfe\x00\x80\xff", "甲,乙\n".encode(), b""):
        with pytest.raises(Refused):
            read_csv(data)


@pytest.mark.django_db
def test_the_desk_lists_and_the_screening_finds_them(of: Bureau) -> None:
    head, clerk = at_browser(of.head), at_browser(of.clerk)
    assert "易错词表还是空的" in text(head.get(WORDS))
    assert head.post(WORDS, {"wrong": "按装", "right": "安装"}).status_code == 302
    assert "没有保存" in text(head.post(WORDS, {"wrong": "安装", "right": "安装"}))
    assert "按装" in text(clerk.get(f"{WORDS}?find=按"))
    nothing = text(clerk.get(f"{WORDS}?find=没有的"))
    assert "按装" not in nothing
    assert "没有找到" in nothing
    assert "还是空的" not in nothing, "the list holds words, only not this one"
    file = SimpleUploadedFile("words.csv", written(HEADINGS, [("座落", "坐落", "")], "csv"))
    assert "新增 1 条" in text(head.post(f"{WORDS}import/", {"sheet": file}, follow=True))
    assert clerk.post(f"{WORDS}import/", {"sheet": file}).status_code == 403
    assert "座落" in clerk.get(f"{WORDS}export/").content.decode()
    edition = makers.drafted(of)
    clerk.post(page_of(edition, "edit/"), stated(edition, body="<p>设备按装完毕。</p>"))
    shown = text(clerk.get(page_of(edition, "edit/")))
    assert "错误写法" in shown
    assert "安装" in shown
    key = Wording.objects.get(wrong="按装").pk
    assert clerk.post(f"{WORDS}{key}/remove/").status_code == 403
    assert head.post(f"{WORDS}{key}/remove/").status_code == 302
    assert not Wording.objects.filter(wrong="按装").exists()
