"""The desk answers each person with what is theirs, repeats nothing, and says why it refuses."""

from __future__ import annotations

import uuid
from datetime import date
from random import Random

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests import factories

from gongkai.accounts import roles
from gongkai.accounts.models import User
from gongkai.agencies.models import Agency
from gongkai.annual_reports import actions
from gongkai.annual_reports.models import AnnualReport, UploadBatch, UploadItem
from gongkai.core.report.samples import sample
from gongkai.core.report.samples.plant import slip
from gongkai.desk.today import today_for

pytestmark = pytest.mark.django_db
BASE = "/desk/annual-reports/"


@pytest.fixture
def government() -> Agency:
    return factories.agency()


@pytest.fixture
def civil(government: Agency) -> Agency:
    return factories.agency("青澜县民政局", government)


@pytest.fixture
def water(government: Agency) -> Agency:
    return factories.agency("青澜县水利局", government)


def signed_in(where: Agency, role: type[roles.Role]) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=factories.actor(where, role).user_id))
    return client


@pytest.fixture
def clerk(civil: Agency) -> Client:
    return signed_in(civil, roles.Clerk)


@pytest.fixture
def supervisor(government: Agency) -> Client:
    return signed_in(government, roles.Supervisor)


@pytest.fixture
def report(civil: Agency) -> AnnualReport:
    return factories.filed(factories.SYSTEM, civil)


PAGES = ["", "prose/", "compare/", "history/", "cells/t3.new.total/", "download/json/", "versions/1/file/"]


@pytest.mark.parametrize("page", PAGES)
def test_a_report_opens_to_its_own_agency_and_is_404_to_another(
    clerk: Client, water: Agency, report: AnnualReport, page: str,
) -> None:
    assert clerk.get(f"{BASE}{report.pk}/{page}").status_code == 200
    assert signed_in(water, roles.Clerk).get(f"{BASE}{report.pk}/{page}").status_code == 404


@pytest.mark.parametrize("page", ["", "cells/t3.new.total/", "history/"])
def test_what_is_not_in_the_form_or_not_there_is_404(clerk: Client, report: AnnualReport, page: str) -> None:
    assert clerk.get(f"{BASE}{report.pk + 99}/{page}").status_code == 404
    assert clerk.get(f"{BASE}{report.pk}/cells/t9.no.such/").status_code == 404
    assert clerk.get(f"{BASE}{report.pk}/download/exe/").status_code == 404


def test_a_clerk_may_not_publish(clerk: Client, report: AnnualReport) -> None:
    answer = clerk.post(f"{BASE}{report.pk}/publish/", {"seen": 1})
    assert answer.status_code == 403
    assert "没有这项权限" in answer.content.decode()
    assert AnnualReport.objects.get().state == "filed"


def test_publishing_twice_is_publishing_once(supervisor: Client, report: AnnualReport) -> None:
    for _ in range(2):
        assert supervisor.post(f"{BASE}{report.pk}/publish/", {"seen": 1}).status_code == 302
    history = supervisor.get(f"{BASE}{report.pk}/history/").content.decode()
    assert history.count("公开第 1 版") == 1


def test_publishing_a_version_that_nobody_looked_at_is_refused(supervisor: Client, report: AnnualReport) -> None:
    answer = supervisor.post(f"{BASE}{report.pk}/publish/", {"seen": 7}, follow=True)
    assert "没有公开，请核对后再签发" in answer.content.decode()
    assert AnnualReport.objects.get().state == "filed"


def test_a_correction_needs_a_reason_and_keeps_what_was_typed(clerk: Client, report: AnnualReport) -> None:
    answer = clerk.post(f"{BASE}{report.pk}/cells/t3.new.total/", {"value": "４２", "reason": "", "seen": 1})
    assert answer.status_code == 400
    assert 'value="４２"' in answer.content.decode()


def test_a_full_width_number_corrects_a_cell_and_the_page_shows_it(clerk: Client, report: AnnualReport) -> None:
    path = f"{BASE}{report.pk}/cells/t3.new.total/"
    answer = clerk.post(path, {"value": "４２", "reason": "与台账核对", "seen": 1})
    assert answer.status_code == 302
    assert answer.headers["Location"].endswith("#cell-t3-new-total")
    page = clerk.get(path).content.decode()
    assert "<b>42</b>" in page
    assert "与台账核对" in page


def test_the_same_form_sent_twice_is_one_batch(clerk: Client, civil: Agency) -> None:
    token, data = uuid.uuid4(), factories.file_of(sample(1, agency=civil.name))
    for _ in range(2):
        files = [SimpleUploadedFile("一.json", data), SimpleUploadedFile("空.docx", b"")]
        answer = clerk.post(f"{BASE}upload/", {"token": token, "agency": civil.pk, "files": files})
        assert answer.status_code == 302
    assert UploadBatch.objects.count() == 1
    assert UploadItem.objects.count() == 2


def test_an_upload_without_files_says_so(clerk: Client, civil: Agency) -> None:
    answer = clerk.post(f"{BASE}upload/", {"token": uuid.uuid4(), "agency": civil.pk})
    assert answer.status_code == 400
    assert "没有选择文件" in answer.content.decode()


def test_one_uploads_for_ones_own_agency_alone(clerk: Client, water: Agency) -> None:
    files = [SimpleUploadedFile("一.json", b"{}")]
    answer = clerk.post(f"{BASE}upload/", {"token": uuid.uuid4(), "agency": water.pk, "files": files})
    assert answer.status_code == 400
    assert UploadBatch.objects.count() == 0


def test_a_batch_shows_progress_to_htmx_and_a_page_to_a_browser(clerk: Client, civil: Agency) -> None:
    by = factories.actor(civil, roles.HeadOfOffice)
    batch = factories.uploaded(by, civil, ("一.json", factories.file_of(sample(1, agency=civil.name))))
    waiting = clerk.get(f"{BASE}batches/{batch.pk}/").content.decode()
    assert 'http-equiv="refresh"' in waiting
    fragment = clerk.get(f"{BASE}batches/{batch.pk}/", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in fragment
    assert "hx-get" in fragment
    factories.read_all(batch)
    done = clerk.get(f"{BASE}batches/{batch.pk}/").content.decode()
    assert 'http-equiv="refresh"' not in done
    assert "名称相同" in done


def test_an_agency_that_nobody_knows_is_refused_at_confirmation(clerk: Client, civil: Agency) -> None:
    by = factories.actor(civil, roles.HeadOfOffice)
    batch = factories.uploaded(by, civil, ("一.json", factories.file_of(sample(1, agency=civil.name))))
    (item,) = factories.read_all(batch)
    form = {f"i{item.pk}-agency": "没有这个局", f"i{item.pk}-year": "2023", f"i{item.pk}-scope": "own"}
    answer = clerk.post(f"{BASE}items/{item.pk}/confirm/", form)
    assert answer.status_code == 400
    assert "机关目录里没有这个名称" in answer.content.decode()
    form[f"i{item.pk}-agency"] = civil.name
    for _ in range(2):
        assert clerk.post(f"{BASE}items/{item.pk}/confirm/", form).status_code == 302
    assert AnnualReport.objects.get().versions.count() == 1


def test_the_filter_stands_in_the_address_and_survives_nonsense(supervisor: Client, report: AnnualReport) -> None:
    assert "青澜县民政局" in supervisor.get(f"{BASE}?year=2023&state=filed&q=民政").content.decode()
    assert "没有符合条件的年报" in supervisor.get(f"{BASE}?year=2023&q=水利").content.decode()
    assert supervisor.get(f"{BASE}?year=abc&state=zzz&page=77&under=x").status_code == 200


def test_the_list_exports_without_formulas(supervisor: Client, government: Agency) -> None:
    factories.filed(factories.SYSTEM, factories.agency("=cmd局", government))
    answer = supervisor.get(f"{BASE}list.csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert text.splitlines()[0].startswith("机关,年度")
    assert "'=cmd局" in text


def test_the_original_file_is_never_shown_in_place(clerk: Client, report: AnnualReport) -> None:
    answer = clerk.get(f"{BASE}{report.pk}/versions/1/file/")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_a_roll_up_is_for_ones_own_tree(
    supervisor: Client, clerk: Client, government: Agency, civil: Agency, report: AnnualReport,
) -> None:
    path = f"{BASE}rollup/{government.pk}/2023/"
    page = supervisor.get(path).content.decode()
    assert "2023 年度汇总" in page
    assert clerk.get(path).status_code == 404
    drilled = supervisor.get(f"{path}cells/t3.new.total/").content.decode()
    assert civil.name in drilled
    lines = b"".join(supervisor.get(f"{path}cells/t3.new.total/?as=csv").streaming_content).decode("utf-8-sig")
    assert civil.name in lines


def test_today_tells_what_waits_and_when_it_is_due(government: Agency, civil: Agency, water: Agency) -> None:
    factories.filed(factories.SYSTEM, civil)
    actor = factories.actor(government, roles.Supervisor)
    shown = today_for(actor, date(2024, 3, 20))
    assert shown.year == 2023
    assert [m.agency for m in shown.missing] == [water]
    assert [(d.on, d.days) for d in shown.due] == [(date(2024, 1, 31), -49), (date(2024, 3, 31), 11)]
    assert [d.on for d in today_for(actor, date(2024, 7, 1)).due] == [date(2025, 1, 31), date(2025, 3, 31)]


@pytest.mark.parametrize("path", [
    "/desk/", BASE, f"{BASE}rollup/?choose=1", "/desk/agencies/", "/desk/account/", "/desk/activity/",
])
def test_pages_open_before_there_is_anything(supervisor: Client, path: str) -> None:
    assert supervisor.get(path).status_code == 200


def test_the_style_guide_is_for_development_only(supervisor: Client, settings: object) -> None:
    assert supervisor.get("/desk/styleguide/").status_code == 404
    settings.DEBUG = True  # type: ignore[attr-defined]
    assert supervisor.get("/desk/styleguide/").status_code == 200


def test_a_person_without_a_post_is_told_so(client: Client) -> None:
    client.force_login(factories.user("new"))
    assert "您还没有岗位" in client.get("/desk/account/").content.decode()
    assert client.get("/desk/").status_code == 200
    assert client.get(BASE).status_code == 403


def test_a_rename_keeps_the_old_name_and_an_end_names_heirs(supervisor: Client, civil: Agency, water: Agency) -> None:
    path = f"/desk/agencies/{water.pk}/"
    form = {"rename-name": "青澜县水务局", "rename-on": "2024-03-01"}
    assert supervisor.post(f"{path}rename/", form).status_code == 302
    assert "青澜县水利局" in supervisor.get(path).content.decode()
    end = {"abolish-on": "2024-06-01", "abolish-successors": "没有这个局"}
    assert "没有“没有这个局”" in supervisor.post(f"{path}abolish/", end).content.decode()
    end["abolish-successors"] = civil.name
    assert supervisor.post(f"{path}abolish/", end).status_code == 302
    page = supervisor.get(path).content.decode()
    assert "2024-06-01 起撤销" in page
    assert civil.name in page
    again = supervisor.post(f"{path}abolish/", end)
    assert again.status_code == 400


def test_a_clerk_may_not_rename(clerk: Client, water: Agency) -> None:
    assert clerk.get(f"/desk/agencies/{water.pk}/").status_code == 200
    assert clerk.post(f"/desk/agencies/{water.pk}/rename/", {"rename-name": "别名"}).status_code == 403


def test_a_proposed_mend_fills_the_field(clerk: Client, civil: Agency) -> None:
    flawed, _expected = slip(sample(5, agency=civil.name), Random(2))
    report = factories.filed(factories.SYSTEM, civil, report=flawed)
    fixes = [f["fix"]["values"] for f in report.versions.get().findings if "fix" in f]
    ((cell, value),) = next(fix for fix in fixes if len(fix) == 1).items()
    page = clerk.get(f"{BASE}{report.pk}/cells/{cell}/").content.decode()
    assert f"填入 {value}" in page
    assert f'value="{value}"' in clerk.get(f"{BASE}{report.pk}/cells/{cell}/?value={value}").content.decode()
    assert 'value="666"' not in clerk.get(f"{BASE}{report.pk}/cells/{cell}/?value=666").content.decode()


def test_a_number_on_today_is_the_length_of_the_list_it_opens(supervisor: Client, civil: Agency, water: Agency) -> None:
    flawed, _expected = slip(sample(5, agency=civil.name), Random(2))
    factories.filed(factories.SYSTEM, civil, report=flawed)
    factories.filed(factories.SYSTEM, water)
    page = supervisor.get("/desk/")
    today = page.context["today"]
    assert (today.with_errors, today.unpublished) == (1, 2)
    for query, number in (("found=error", today.with_errors), ("state=filed", today.unpublished)):
        assert f"?{query}" in page.content.decode()
        assert supervisor.get(f"{BASE}?{query}").context["page"].paginator.count == number


def test_the_desk_list_ends_where_ones_reach_ends(clerk: Client, civil: Agency, water: Agency) -> None:
    other = factories.filed(factories.SYSTEM, water)
    actions.publish(by=factories.SYSTEM, report=other, at=factories.AT)
    factories.filed(factories.SYSTEM, civil)
    assert [row.agency for row in clerk.get(BASE).context["page"]] == [civil]


def test_the_newest_upload_stands_first(clerk: Client, civil: Agency) -> None:
    by = factories.actor(civil, roles.HeadOfOffice)
    made = [factories.uploaded(by, civil, (f"{n}.json", b"{}" + b" " * n)).pk for n in range(3)]
    assert [batch.pk for batch in clerk.get(f"{BASE}upload/").context["batches"]] == made[::-1]


def test_a_stranger_is_named_and_nothing_is_filled_in(clerk: Client, civil: Agency) -> None:
    by = factories.actor(civil, roles.HeadOfOffice)
    stranger = factories.file_of(sample(1, agency="远山市邮政管理局"))
    batch = factories.uploaded(by, civil, ("一.json", stranger))
    factories.read_all(batch)
    page = clerk.get(f"{BASE}batches/{batch.pk}/")
    assert "远山市邮政管理局" in page.content.decode()
    assert "没有认出机关，请填写全称" in page.content.decode()
    assert page.context["items"][0].form["agency"].value() == ""
