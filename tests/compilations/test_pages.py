"""The pages of compiling: every number opens, what is typed in says where from, nothing is signed unseen."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from html import unescape

import openpyxl
import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests import factories
from tests.compilations import makers
from tests.compilations.makers import Office

from gongkai.accounts import roles
from gongkai.accounts.actor import Actor
from gongkai.accounts.models import User
from gongkai.compilations import assemble
from gongkai.compilations.models import Compilation, Waiver
from gongkai.compilations.states import State
from gongkai.compilations.views import frame

pytestmark = pytest.mark.django_db
BASE = "/desk/annual/"


@pytest.fixture(autouse=True)
def _on_a_day() -> Iterator[None]:
    with time_machine.travel(makers.moment(), tick=False):
        yield


def client(of: Actor) -> Client:
    made = Client()
    made.force_login(User.objects.get(pk=of.user_id))
    return made


def text(answer: object) -> str:
    """What a person reads."""
    plain = re.sub(r"<[^>]+>", " ", answer.content.decode())  # type: ignore[attr-defined]
    return re.sub(r"\s+", " ", unescape(plain))


def shown_number(page: str, cell: str) -> str:
    """The number that stands in a cell of the page."""
    found = re.search(rf'id="cell-{cell.replace(".", "-")}">\s*<(?:a|button)[^>]*>([^<]*)<', page)
    assert found is not None, cell
    return found.group(1)


# ---- the list


def test_the_one_button_begins_the_report_that_is_due_and_opens_it_the_second_time(of: Office) -> None:
    clerk = client(of.clerk)
    page = clerk.get(BASE)
    assert "编制 2025 年度年报" in text(page)
    assert "还没有编制过年报" in text(page)
    form = {"agency": of.bureau.pk, "year": 2025, "scope": "own"}
    first, second = clerk.post(f"{BASE}start/", form), clerk.post(f"{BASE}start/", form)
    made = Compilation.objects.get()
    assert first.headers["Location"] == second.headers["Location"] == f"{BASE}{made.pk}/"
    again = text(clerk.get(BASE))
    assert "打开 2025 年度年报" in again
    assert "2026-01-31 以前提交" in again


def test_a_year_that_cannot_be_is_refused_in_words(of: Office) -> None:
    clerk = client(of.clerk)
    answer = clerk.post(f"{BASE}start/", {"agency": of.bureau.pk, "year": 1999, "scope": "own"}, follow=True)
    assert "没有开始编制" in text(answer)
    answer = clerk.post(f"{BASE}start/", {"agency": of.bureau.pk, "year": 2025, "scope": "consolidated"}, follow=True)
    assert "不是一级政府" in text(answer)
    assert Compilation.objects.count() == 0


def test_another_agencys_report_is_not_there(of: Office) -> None:
    made = makers.started(of)
    other = factories.agency("青澜县水利局", of.county)
    stranger = client(of.person(roles.Clerk, other))
    assert stranger.get(f"{BASE}{made.pk}/").status_code == 404
    assert stranger.get(f"{BASE}{made.pk}/cells/t3.new.total/").status_code == 404
    assert of.bureau.name not in text(stranger.get(BASE))
    form = {"agency": of.bureau.pk, "year": 2024, "scope": "own"}
    stranger.post(f"{BASE}start/", form)
    assert Compilation.objects.count() == 1


# ---- the tables


def test_every_number_of_the_page_is_the_length_of_the_list_that_it_opens(of: Office) -> None:
    made = makers.started(of)
    clerk = client(of.clerk)
    page = clerk.get(f"{BASE}{made.pk}/").content.decode()
    figures = assemble.standing(made)
    for cell, figure in figures.items():
        assert shown_number(page, cell) == str(figure.value), cell
    for cell in ("t3.new.total", "t3.carried_in.natural", "t3.granted.legal", "t3.carried_out.total"):
        opened = clerk.get(f"{BASE}{made.pk}/cells/{cell}/").content.decode()
        rows = re.search(r"<tbody>(.*?)</tbody>", opened, re.DOTALL)
        assert rows is not None
        assert rows.group(1).count("<tr>") == figures[cell].value, cell
        assert "怎样计数" in opened
    assert clerk.get(f"{BASE}{made.pk}/cells/t3.nothing.total/").status_code == 404


def test_a_long_list_comes_in_pages_and_leaves_whole_without_names(of: Office) -> None:
    cases = [(f"2025-X{n}", "2025-06-02", "自然人", "2025-06-20", "予以公开") for n in range(60)]
    makers.imported(of.bureau, cases)
    made = makers.started(of)
    clerk = client(of.clerk)
    path = f"{BASE}{made.pk}/cells/t3.granted.natural/"
    first, second = clerk.get(path), clerk.get(f"{path}?page=2")
    assert "第 1 页，共 2 页" in text(first)
    total = int(assemble.standing(made)["t3.granted.natural"].value)
    assert second.content.decode().count('<th scope="row"') == total - 50
    assert clerk.get(f"{path}?page=nonsense").status_code == 200
    book = openpyxl.load_workbook(io.BytesIO(clerk.get(f"{path}export/?as=xlsx").content))
    rows = list(book.active.iter_rows(values_only=True))
    assert len(rows) - 1 == total
    assert rows[0][:2] == ("编号", "机关")
    sheet = b"".join(clerk.get(f"{path}export/?as=csv").streaming_content).decode("utf-8-sig")
    assert len(sheet.strip().splitlines()) == len(rows)
    assert clerk.get(f"{path}export/?as=exe").status_code == 404


def test_the_questions_to_the_database_do_not_grow_with_the_records(of: Office) -> None:
    made = makers.started(of)
    clerk = client(of.clerk)

    def asked(path: str) -> int:
        clerk.get(path)
        with CaptureQueriesContext(connection) as seen:
            assert clerk.get(path).status_code == 200
        return len(seen)

    paths = [f"{BASE}{made.pk}/", f"{BASE}{made.pk}/cells/t3.new.total/", f"{BASE}{made.pk}/compare/", BASE]
    few = [asked(path) for path in paths]
    makers.imported(of.bureau, [
        (f"2025-Y{n}", "2025-07-01", "自然人", "2025-07-15", "予以公开") for n in range(120)
    ])
    assert [asked(path) for path in paths] == few


# ---- typing in


def test_a_number_typed_in_is_marked_with_its_source_and_can_be_taken_back(of: Office) -> None:
    made = makers.started(of)
    clerk = client(of.clerk)
    path = f"{BASE}{made.pk}/cells/t2.licences.decisions/"
    assert "手工填报" in text(clerk.get(path))
    answer = clerk.post(path, {"value": "１，２０３", "source": "许可股台账", "seen": made.revision})
    assert answer.headers["Location"] == f"{BASE}{made.pk}/#cell-t2-licences-decisions"
    page = clerk.get(f"{BASE}{made.pk}/").content.decode()
    assert shown_number(page, "t2.licences.decisions") == "1203"
    assert "by-hand" in re.search(r'<td class="([^"]*)" [^>]*id="cell-t2-licences-decisions"', page).group(1)  # type: ignore[union-attr]
    opened = text(clerk.get(path))
    assert "许可股台账" in opened
    clerk.post(f"{BASE}{made.pk}/cells/t2.licences.decisions/records/")
    assert shown_number(clerk.get(f"{BASE}{made.pk}/").content.decode(), "t2.licences.decisions") == "0"
    assert "以前填报过的数" in text(clerk.get(path))


@pytest.mark.parametrize(("value", "source", "told"), [
    ("十二件左右", "台账", "这里应填一个数"), ("-3", "台账", "不小于 0 的整数"), ("", "台账", "请填写这一项"),
    ("12", "", "来源：请填写这一项"), ("1.5", "台账", "不小于 0 的整数"), ("-", "台账", "空白不是 0"),
])
def test_what_cannot_stand_comes_back_with_what_was_typed(of: Office, value: str, source: str, told: str) -> None:
    made = makers.started(of)
    answer = client(of.clerk).post(
        f"{BASE}{made.pk}/cells/t2.licences.decisions/", {"value": value, "source": source, "seen": made.revision},
    )
    assert answer.status_code == 400
    assert told in text(answer)
    assert f'value="{value}"' in answer.content.decode() or not value
    assert not made.entered.exists()


def test_whoever_looked_at_an_older_revision_overwrites_nothing(of: Office) -> None:
    made = makers.started(of)
    clerk, path = client(of.clerk), f"{BASE}{made.pk}/cells/t2.licences.decisions/"
    assert clerk.post(path, {"value": "5", "source": "台账", "seen": made.revision}).status_code == 302
    late = clerk.post(path, {"value": "6", "source": "台账", "seen": made.revision})
    assert late.status_code == 400
    assert "有人改过" in text(late)
    assert made.entered.get(withdrawn_at__isnull=True).value == 5


def test_a_whole_table_is_typed_in_with_its_sums_made(of: Office) -> None:
    made = makers.started(of)
    clerk, path = client(of.clerk), f"{BASE}{made.pk}/tables/t4/"
    page = clerk.get(path).content.decode()
    assert 'name="t4.reconsideration.upheld"' in page
    assert 'name="t4.reconsideration.total"' not in page
    form = {
        "t4.reconsideration.upheld": "3", "t4.reconsideration.corrected": "１", "source": "法制股",
        "seen": made.revision,
    }
    tried = clerk.post(f"{path}try/", form)
    assert '<output id="sum-t4-reconsideration-total" hx-swap-oob="true">4</output>' in tried.content.decode()
    assert not made.entered.exists()
    assert clerk.post(path, form).status_code == 302
    page = clerk.get(f"{BASE}{made.pk}/").content.decode()
    assert shown_number(page, "t4.reconsideration.total") == "4"
    assert "整张表是手工填报的，来源：法制股" in page
    clerk.post(f"{BASE}{made.pk}/cells/t4/records/")
    assert shown_number(clerk.get(f"{BASE}{made.pk}/").content.decode(), "t4.reconsideration.total") == "0"
    assert clerk.get(f"{BASE}{made.pk}/tables/t2/").status_code == 404


def test_a_table_with_a_bad_number_comes_back_whole(of: Office) -> None:
    made = makers.started(of)
    form = {"t3.new.natural": "七", "t3.carried_in.natural": "两三件", "source": "台账", "seen": made.revision}
    answer = client(of.clerk).post(f"{BASE}{made.pk}/tables/t3/", form)
    assert answer.status_code == 400
    page = answer.content.decode()
    assert 'value="七"' in page
    assert 'value="两三件"' in page
    assert not made.entered.exists()


# ---- findings and the way to the signature


def with_an_error(of: Office) -> Compilation:
    """A report whose table 三 was typed in and does not add up: C1."""
    made = makers.started(of)
    form = {"t3.new.natural": "9", "t3.granted.natural": "4", "source": "纸质台账", "seen": made.revision}
    assert client(of.clerk).post(f"{BASE}{made.pk}/tables/t3/", form).status_code == 302
    return makers.fresh(made)


def test_an_open_error_stops_the_signature_until_somebody_answers_for_it(of: Office) -> None:
    made = with_an_error(of)
    clerk, head, signatory = client(of.clerk), client(of.head), client(of.signatory)
    page = clerk.get(f"{BASE}{made.pk}/")
    assert "未消除" in text(page)
    assert "说明理由后放行</a>" not in page.content.decode()
    clerk.post(f"{BASE}{made.pk}/acts/check/", {"seen": made.revision})
    made = makers.fresh(made)
    assert made.state == State.CHECKED
    refused = signatory.post(f"{BASE}{made.pk}/acts/sign/", {"on": "2026-01-06", "seen": made.revision})
    assert refused.status_code == 400
    assert "没有消除，没有签发" in text(refused)
    links = re.findall(r'href="([^"]*/waive/\?[^"]*)"', head.get(f"{BASE}{made.pk}/").content.decode())
    assert links
    while links:
        form = head.get(unescape(links[0]))
        hidden = dict(re.findall(r'name="(code|cells|erratum)" value="([^"]*)"', form.content.decode()))
        assert head.post(f"{BASE}{made.pk}/waive/", hidden).status_code == 400
        assert head.post(f"{BASE}{made.pk}/waive/", hidden | {"reason": "纸质台账如此，正在查"}).status_code == 302
        links = re.findall(r'href="([^"]*/waive/\?[^"]*)"', head.get(f"{BASE}{made.pk}/").content.decode())
    page = text(signatory.get(f"{BASE}{made.pk}/"))
    assert "纸质台账如此，正在查" in page
    assert "没有妨碍签发的问题" in page
    made = makers.fresh(made)
    signed = signatory.post(f"{BASE}{made.pk}/acts/sign/", {"on": "2026-01-06", "seen": made.revision})
    assert signed.status_code == 302
    assert makers.fresh(made).state == State.SIGNED


def test_a_reason_can_be_taken_back(of: Office) -> None:
    made = makers.checked(of, with_an_error(of))
    waiver = Waiver.objects.filter(compilation=made).first()
    assert waiver is not None
    assert client(of.clerk).post(f"{BASE}{made.pk}/waivers/{waiver.pk}/withdraw/").status_code == 403
    client(of.head).post(f"{BASE}{made.pk}/waivers/{waiver.pk}/withdraw/")
    assert Waiver.objects.get(pk=waiver.pk).withdrawn_at is not None
    gone = client(of.head).get(f"{BASE}{made.pk}/waive/?code=GK9999&cells=", follow=True)
    assert "这个问题已经没有了" in text(gone)


def test_numbers_that_moved_under_the_signatory_are_shown_before_they_are_signed(of: Office) -> None:
    made = makers.checked(of)
    signatory = client(of.signatory)
    path = f"{BASE}{made.pk}/acts/sign/"
    page = signatory.get(path).content.decode()
    hidden = dict(re.findall(r'type="hidden" name="(seen|shown)" value="([^"]*)"', page))
    assert hidden["shown"]
    makers.late(of)
    refused = signatory.post(path, hidden | {"on": "2026-01-06"})
    assert refused.status_code == 409
    assert "有数字随记录变了" in text(refused)
    fresh = dict(re.findall(r'type="hidden" name="(seen|shown)" value="([^"]*)"', refused.content.decode()))
    assert fresh["shown"] != hidden["shown"]
    assert signatory.post(path, fresh | {"on": "2026-01-06"}).status_code == 302


def test_acts_that_are_not_ones_own_are_refused(of: Office) -> None:
    made = makers.checked(of)
    assert client(of.clerk).get(f"{BASE}{made.pk}/acts/sign/").status_code == 403
    assert client(of.signatory).get(f"{BASE}{made.pk}/acts/submit/").status_code == 403
    assert client(of.clerk).get(f"{BASE}{made.pk}/acts/nothing/").status_code == 404
    assert client(of.clerk).get(f"{BASE}{made.pk}/acts/correct/").status_code == 403
    closed = client(of.clerk).get(f"{BASE}{made.pk}/acts/submit/")
    assert "现在还不能办" in text(closed)


def test_a_report_that_was_submitted_shows_its_state_also_when_nobody_receives_it_any_more() -> None:
    """A file handed in without a supervisor above, or one whose supervisor left since."""
    line = frame.state_line(Compilation(state=State.SUBMITTED), alone=True)
    assert [when for _word, when in line] == ["done", "done", "now", "later"]
    assert line[2][0] == "待核准"
    assert ("待公布", "now") in frame.state_line(Compilation(state=State.SIGNED), alone=True)
