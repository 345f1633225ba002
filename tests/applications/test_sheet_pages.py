"""The register spreadsheet on the desk: judged first, taken over then, out again as it is filtered."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests import factories
from tests.applications.makers import AT, pdf, registered

from gongkai.accounts import roles
from gongkai.accounts.models import User
from gongkai.applications import tasks
from gongkai.applications.actions import issue_receipt
from gongkai.applications.models import Application
from gongkai.core.registers.read import read
from gongkai.files.models import StoredFile
from gongkai.ledger.models import Entry
from gongkai.vault.clearing import discard
from gongkai.vault.models import SealedFile
from gongkai.vault.queries import open_file

pytestmark = pytest.mark.django_db
GOOD = "登记号,收到日期,渠道,申请人类型,申请内容\nA-1,2024-01-05,网络,自然人,甲\nA-2,2024-02-05,邮寄,商业企业,乙\n"
BAD = GOOD + "A-3,2024-13-01,网络,自然人,丙\n"


@pytest.fixture
def desk(client: Client) -> Any:
    agency = factories.agency()
    clerk = factories.actor(agency)
    client.force_login(User.objects.get(pk=clerk.user_id))
    return client, agency


def send(client: Client, agency: Any, text: str) -> Any:
    sheet = SimpleUploadedFile("台账.csv", text.encode())
    return client.post(reverse("applications:import"), {"agency": agency.pk, "sheet": sheet})


def test_judged_first_and_taken_over_then(desk: Any) -> None:
    client, agency = desk
    page = send(client, agency, GOOD)
    assert page.status_code == 200
    assert "还没有写入" in page.content.decode()
    assert Application.objects.count() == 0
    assert client.post(reverse("applications:import-write")).status_code == 302
    assert Application.objects.count() == 2
    client.post(reverse("applications:import-write"))
    assert Application.objects.count() == 2, "sent twice, written once"


def test_a_bad_row_is_named_with_its_reason_and_skipped_when_asked(desk: Any) -> None:
    client, agency = desk
    page = send(client, agency, BAD).content.decode()
    assert "A-3" in page
    assert "2024-13-01" in page
    client.post(reverse("applications:import-write"))
    assert Application.objects.count() == 0
    send(client, agency, BAD)
    client.post(reverse("applications:import-write"), {"skip_refused": "1"})
    assert Application.objects.count() == 2


def test_a_file_that_is_none_is_refused_on_the_page(desk: Any) -> None:
    client, agency = desk
    answer = client.post(reverse("applications:import"), {
        "agency": agency.pk, "sheet": SimpleUploadedFile("图.xlsx", b"\x89PNG not a workbook"),
    })
    assert answer.status_code == 400
    assert "role=\"alert\"" in answer.content.decode() or "error" in answer.content.decode()


def test_the_register_of_another_agency_is_out_of_reach(desk: Any) -> None:
    client, _agency = desk
    other = factories.agency("乌有县人民政府")
    assert send(client, other, GOOD).status_code == 400


@pytest.mark.parametrize("to", ["xlsx", "csv"])
def test_what_is_filtered_goes_out_and_that_is_recorded(desk: Any, to: str) -> None:
    client, agency = desk
    send(client, agency, GOOD)
    client.post(reverse("applications:import-write"))
    answer = client.get(reverse("applications:export"), {"applicant_kind": "business", "as": to})
    assert [row.cells["number"] for row in read(answer.content, f"x.{to}").rows] == ["A-2"]
    assert Entry.objects.get(kind="applications.exported").agency_id == agency.pk


def test_the_empty_sheet_can_be_read(desk: Any) -> None:
    client, _agency = desk
    assert read(client.get(reverse("applications:template")).content, "空表.xlsx").headings


def test_a_supervisor_may_take_it_out_but_not_in(client: Client) -> None:
    boss = factories.actor(factories.agency(), roles.Supervisor)
    client.force_login(User.objects.get(pk=boss.user_id))
    assert client.get(reverse("applications:import")).status_code == 403
    assert client.get(reverse("applications:export")).status_code == 200


def left() -> tuple[int, int, int]:
    """Sealed files, rows of kept bytes, bytes on the disk."""
    folder = Path(settings.GONGKAI_DATA) / "files"
    return SealedFile.objects.count(), StoredFile.objects.count(), sum(path.is_file() for path in folder.rglob("*"))


def test_what_was_rehearsed_leaves_nothing_behind(
    desk: Any, django_capture_on_commit_callbacks: Any,
) -> None:
    client, agency = desk
    before = left()
    with django_capture_on_commit_callbacks(execute=True):
        send(client, agency, BAD)
        send(client, agency, GOOD)
    waiting = left()
    assert [now - then for now, then in zip(waiting, before, strict=True)] == [1, 1, 1], "the last one waits"
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("applications:import-write"))
    assert Application.objects.count() == 2
    assert left() == before
    with django_capture_on_commit_callbacks(execute=True):
        send(client, agency, BAD.replace("A-", "B-"))
        client.post(reverse("applications:import-write"))  # refused: one row is wrong
        client.post(reverse("applications:import"), {
            "agency": agency.pk, "sheet": SimpleUploadedFile("图.xlsx", b"\x89PNG not a workbook")})
    assert left() == before


def test_the_worker_clears_what_waited_a_day_and_nothing_that_is_held(
    desk: Any, django_capture_on_commit_callbacks: Any, time_machine: Any,
) -> None:
    client, agency = desk
    time_machine.move_to(AT, tick=False)
    held = registered(agency, files=[pdf()])
    issue_receipt(by=factories.SYSTEM, application=held, at=AT)
    before = left()
    send(client, agency, GOOD)
    tasks._next_clearing[0] = 0.0
    with django_capture_on_commit_callbacks(execute=True):
        tasks.clear_unclaimed()
    assert left()[0] == before[0] + 1, "a day has not passed"
    SealedFile.objects.update(created_at=AT - timedelta(days=2))
    tasks._next_clearing[0] = 0.0
    with django_capture_on_commit_callbacks(execute=True):
        tasks.clear_unclaimed()
    assert left() == before
    assert open_file(held.attachments.get().sealed_file) == pdf().chunks[0]  # type: ignore[index]
    assert not discard(held.attachments.get().sealed_file), "what a case holds cannot be discarded"
    late = client.post(reverse("applications:import-write"), follow=True).content.decode()
    assert "请先检查一次" in late
    assert Application.objects.count() == 1


def test_the_page_names_the_columns_that_were_not_read_before_anything_is_written(desk: Any) -> None:
    client, agency = desk
    row = "A-1,2024-01-05,自然人,2024-01-20,予以公开\n"
    page = send(client, agency, "登记号,收到日期,申请人类型,寄出那一天,怎么办的\n" + row)
    told = page.content.decode()
    assert "这些列没有读：“寄出那一天”、“怎么办的”" in told
    assert "1 行都按未办结登记" in told
    assert page.context["looked"].alerts
