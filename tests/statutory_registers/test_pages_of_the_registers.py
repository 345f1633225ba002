"""The desk's pages of the registers: each number opens its list, each act its form."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from python_calamine import CalamineWorkbook
from tests import factories
from tests.publications import makers
from tests.publications.makers import ON, Bureau, moment

from gongkai.accounts import roles
from gongkai.accounts.actor import Actor
from gongkai.accounts.models import User
from gongkai.ledger.models import Entry as Told
from gongkai.statutory_registers import actions
from gongkai.statutory_registers.models import Document, Entry, PowerItem
from gongkai.vault.models import SealedFile

BASE = "/desk/registers/"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with time_machine.travel(moment(), tick=False):
        yield


@pytest.fixture
def of() -> Bureau:
    return makers.bureau()


def at_browser(actor: Actor) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=actor.user_id))
    return client


def text(answer: object) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))  # type: ignore[attr-defined]


def entered(of: Bureau, **values: object) -> Document:
    given = {"kind": "normative", "title": "农村供水办法", "number": "青水规〔2025〕1号", "made_on": date(2025, 5, 1)}
    return actions.enter_document(by=of.clerk, agency=of.where, at=moment(), **given | values)


def added(of: Bureau, **values: object) -> Entry:
    given = {"register": "penalty", "on": date(2026, 2, 1), "subject": "违法取水"}
    return actions.add_entry(by=of.clerk, agency=of.where, at=moment(), **given | values)


def test_every_number_of_table_two_opens_the_rows_that_it_counts(of: Bureau) -> None:
    clerk = at_browser(of.clerk)
    entered(of)
    added(of)
    added(of, register="fee", amount="12000.50", subject="水资源费")
    for form, count in (("2021", 10), ("2019", 22)):
        page = clerk.get(f"{BASE}?year=2026&form={form}")
        assert page.status_code == 200
        links = re.findall(rf'href="({BASE}cells/{of.where.pk}/2026/{form}/own/[\w.]+/)"', page.content.decode())
        assert len(links) >= count
        assert all(clerk.get(link).status_code == 200 for link in links)
    cell = text(clerk.get(f"{BASE}cells/{of.where.pk}/2026/2021/own/t2.fees.amount/"))
    assert "1.20005" in cell
    assert "水资源费" in cell
    assert "12,000.50" in cell
    assert "12,000.50" in text(clerk.get(f"{BASE}of/fee/"))
    assert "农村供水办法" in text(clerk.get(f"{BASE}cells/{of.where.pk}/2026/2021/own/t2.normative.in_force/"))
    assert clerk.get(f"{BASE}cells/{of.where.pk}/2026/2021/own/t2.nothing/").status_code == 404
    assert clerk.get(f"{BASE}cells/{of.where.pk}/0/2021/own/t2.fees.amount/").status_code == 404
    assert clerk.get(f"{BASE}?year=99999").status_code == 200
    assert clerk.get(f"{BASE}cells/{of.county.pk}/2026/2021/own/t2.fees.amount/").status_code == 404


def test_a_supervisor_counts_with_everything_below(of: Bureau) -> None:
    added(of)
    watcher = at_browser(factories.actor(of.county, roles.Supervisor))
    own = watcher.get(f"{BASE}cells/{of.county.pk}/2026/2021/own/t2.penalties.decisions/")
    assert "违法取水" not in text(own)
    assert "违法取水" in text(watcher.get(f"{BASE}cells/{of.county.pk}/2026/2021/below/t2.penalties.decisions/"))
    assert watcher.get(f"{BASE}?scope=below").status_code == 200
    assert watcher.get(f"{BASE}documents/new/").status_code == 403


def test_what_was_published_is_entered_with_one_click_and_what_was_ended_is_told(of: Bureau) -> None:
    clerk = at_browser(of.clerk)
    edition = makers.drafted(of, kind="normative", title="水库管理办法")
    from gongkai.publications import actions as publications

    publications.exempt_interpretation(
        by=of.clerk, publication=makers.of_edition(edition), reason="内容明确", at=moment(),
    )
    made = makers.published(of, makers.fresh(edition))
    assert "水库管理办法" in text(clerk.get(BASE))
    address = f"{BASE}documents/take/{made.publication_id}/"
    assert clerk.get(address).status_code == 302
    assert not Document.objects.exists()
    assert clerk.post(address).status_code == 302
    document = Document.objects.get()
    assert (document.publication_id, document.made_on, document.kind) == (
        made.publication_id, made.formed_on, "normative")
    assert clerk.post(address).status_code == 404
    assert "已公开，台账里还没有" not in text(clerk.get(BASE))
    publications.mark_validity(
        by=of.clerk, publication=makers.of_edition(made), validity="repealed", ended_on=ON, at=moment(),
    )
    assert "台账里仍有效" in text(clerk.get(BASE))
    clerk.post(f"{BASE}documents/{document.pk}/end/", {"ending": "repealed", "on": ON.isoformat()})
    document.refresh_from_db()
    assert document.ending == "repealed"
    assert "台账里仍有效" not in text(clerk.get(BASE))


def test_documents_are_entered_corrected_linked_and_found(of: Bureau) -> None:
    clerk = at_browser(of.clerk)
    empty = clerk.get(f"{BASE}documents/")
    assert "台账里还没有文件" in text(empty)
    sent = {"agency": of.where.pk, "kind": "normative", "title": "取水许可办法", "number": "青水规〔2025〕2号",
            "made_on": "2026-03-09"}
    refused = clerk.post(f"{BASE}documents/new/", sent)
    assert refused.status_code == 400
    assert "还没有到" in text(refused)
    assert "取水许可办法" in refused.content.decode()
    made = clerk.post(f"{BASE}documents/new/", sent | {"made_on": "2025-06-01"})
    document = Document.objects.get()
    assert made.headers["Location"] == f"{BASE}documents/{document.pk}/"
    twice = clerk.post(f"{BASE}documents/new/", sent | {"made_on": "2025-06-01"})
    assert twice.status_code == 400
    both = clerk.post(f"{BASE}documents/{document.pk}/link/", {"publication": "", "reason": ""})
    assert both.status_code == 400
    assert clerk.post(f"{BASE}documents/{document.pk}/link/", {"reason": "内部工作规程"}).status_code == 302
    correct = {"title": "取水许可管理办法", "number": sent["number"], "made_on": "2025-06-01"}
    assert clerk.post(f"{BASE}documents/{document.pk}/correct/", correct).status_code == 302
    page = text(clerk.get(f"{BASE}documents/{document.pk}/"))
    assert "取水许可管理办法" in page
    assert "内部工作规程" in page
    assert "更正名称" in page
    for query, there in (
        ("q=取水", True), ("q=没有", False), ("standing=in_force", True), ("standing=ended", False),
        ("standing=unpublished", False), ("year=2025", True), ("year=2024", False), ("kind=regulation", False),
        ("year=x&kind=y", True),
    ):
        assert ("取水许可管理办法" in text(clerk.get(f"{BASE}documents/?{query}"))) is there, query
    export = clerk.get(f"{BASE}documents/export/?year=2025")
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(export.content)).get_sheet_by_index(0).to_python()
    assert sheet[1][1] == "取水许可管理办法"
    assert Told.objects.filter(kind="registers.exported").count() == 1


def test_rows_are_added_shown_and_cancelled(of: Bureau) -> None:
    clerk = at_browser(of.clerk)
    new = {"agency": of.where.pk, "subject": "违法取水", "on": "2026-02-01", "shown": "not_yet", "amount": "500"}
    personal = clerk.post(f"{BASE}of/penalty/new/", new | {"subject": "处罚11010519491231002X"})
    assert personal.status_code == 400
    assert "个人信息" in text(personal)
    assert clerk.post(f"{BASE}of/penalty/new/", new).status_code == 302
    row = Entry.objects.get()
    assert "违法取水" in text(clerk.get(f"{BASE}of/penalty/?shown=late"))
    assert "行政处罚 1 超过七个工作日没有公示" in text(clerk.get(BASE))
    assert "行政处罚 1 超过七个工作日没有公示" in text(clerk.get("/desk/"))
    missing = clerk.post(f"{BASE}rows/{row.pk}/show/", {"shown": "shown"})
    assert missing.status_code == 400
    clerk.post(f"{BASE}rows/{row.pk}/show/", {"shown": "shown", "on": "2026-02-05"})
    row.refresh_from_db()
    assert row.shown_on == date(2026, 2, 5)
    assert "违法取水" not in text(clerk.get(f"{BASE}of/penalty/?shown=late"))
    csv = clerk.get(f"{BASE}of/penalty/export/?as=csv").content.decode("utf-8-sig")
    assert csv.splitlines()[1].startswith("2026-02-01,违法取水,,500")
    clerk.post(f"{BASE}rows/{row.pk}/cancel/", {"reason": "重复登记"})
    assert "已注销" in text(clerk.get(f"{BASE}rows/{row.pk}/"))
    again = clerk.post(f"{BASE}rows/{row.pk}/cancel/", {"reason": "重复登记"})
    assert "已经注销" in text(again)
    assert "违法取水" not in clerk.get(f"{BASE}of/penalty/export/?as=csv").content.decode()
    assert clerk.get(f"{BASE}of/nothing/").status_code == 404
    elsewhere = factories.agency("青澜县林业局", of.county)
    stranger = at_browser(factories.actor(elsewhere))
    assert stranger.get(f"{BASE}rows/{row.pk}/").status_code == 404
    assert stranger.post(f"{BASE}rows/{row.pk}/cancel/", {"reason": "x"}).status_code == 404


def test_items_come_and_go(of: Bureau) -> None:
    clerk = at_browser(of.clerk)
    clerk.post(f"{BASE}of/licence/items/", {"agency": of.where.pk, "name": "取水许可", "from_on": "2020-01-01"})
    item = PowerItem.objects.get()
    assert "取水许可" in text(clerk.get(f"{BASE}of/licence/items/"))
    early = clerk.post(f"{BASE}items/{item.pk}/end/", {"on": "2019-01-01"})
    assert early.status_code == 400
    clerk.post(f"{BASE}items/{item.pk}/end/", {"on": "2026-01-01"})
    item.refresh_from_db()
    assert item.to_on == date(2026, 1, 1)
    assert clerk.get(f"{BASE}of/procurement/items/").status_code == 404


def test_a_spreadsheet_is_rehearsed_then_taken_over_and_its_file_is_gone(of: Bureau) -> None:
    clerk = at_browser(of.clerk)
    lines = ("文号,处罚决定日期,案由,是否公示,公示日期", "青罚1号,2026-02-01,占道,是,2026-02-05", ",2026-02-03,,否,")

    def rehearsed() -> object:
        file = SimpleUploadedFile("处罚.csv", "\n".join(lines).encode("gb18030"))
        return clerk.post(f"{BASE}import/", {"agency": of.where.pk, "register": "penalty", "sheet": file})

    looked = rehearsed()
    assert "请填写事项" in text(looked)
    assert SealedFile.objects.count() == 1
    assert not Entry.objects.exists()
    clerk.post(f"{BASE}import/write/")
    assert not Entry.objects.exists()
    assert not SealedFile.objects.exists()
    rehearsed()
    actions.add_entry(by=of.clerk, agency=of.where, register="penalty", on=date(2026, 2, 1), subject="先登记的",
                      number="青罚9号", at=moment())
    clerk.post(f"{BASE}import/write/", {"skip_refused": "1"})
    assert Entry.objects.filter(number="青罚1号").exists()
    assert Entry.objects.count() == 2
    clerk.post(f"{BASE}import/write/", {"skip_refused": "1"})
    assert Entry.objects.count() == 2
    broken = clerk.post(f"{BASE}import/", {"agency": of.where.pk, "register": "penalty",
                                           "sheet": SimpleUploadedFile("x.xlsx", b"PK\x03\x04broken")})
    assert broken.status_code == 400
    assert not SealedFile.objects.exists()


@pytest.mark.parametrize("register", ["document", "licence", "fee"])
def test_the_empty_sheet_is_read_by_the_import(of: Bureau, register: str) -> None:
    clerk = at_browser(of.clerk)
    sheet = clerk.get(f"{BASE}import/template/{register}/")
    back = clerk.post(f"{BASE}import/", {"agency": of.where.pk, "register": register,
                                         "sheet": SimpleUploadedFile("空表.xlsx", sheet.content)})
    assert back.status_code == 200, text(back)
    assert clerk.get(f"{BASE}import/template/nothing/").status_code == 404


def test_the_number_of_queries_does_not_grow(of: Bureau, django_assert_max_num_queries: object) -> None:
    clerk = at_browser(of.clerk)
    counts = []
    for more in (2, 30):
        for n in range(more):
            entered(of, number=f"青水规〔2025〕{more}{n}号")
            added(of, subject=f"违法取水{n}")
        with django_assert_max_num_queries(200) as seen:  # type: ignore[operator]
            for address in (BASE, f"{BASE}documents/", f"{BASE}of/penalty/"):
                assert clerk.get(address).status_code == 200
        counts.append(len(seen.captured_queries))
    assert counts[0] == counts[1]
