"""Acts: asked before what cannot be taken lightly, and never a blank page for who comes back to an address of one."""

from __future__ import annotations

import pytest
from django.test import Client
from tests import factories

from gongkai.accounts import roles
from gongkai.accounts.models import User
from gongkai.agencies.models import Agency
from gongkai.annual_reports.models import AnnualReport, UploadItem
from gongkai.core.report.samples import sample

pytestmark = pytest.mark.django_db
BASE = "/desk/annual-reports/"


@pytest.fixture
def county() -> Agency:
    return factories.agency()


@pytest.fixture
def civil(county: Agency) -> Agency:
    return factories.agency("青澜县民政局", county)


def signed_in(where: Agency, role: type[roles.Role]) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=factories.actor(where, role).user_id))
    return client


def test_moving_is_asked_first_and_takes_along_what_is_below(county: Agency, civil: Agency) -> None:
    town = factories.agency("青澜县云麓镇人民政府", county)
    school = factories.agency("青澜县民政学校", civil)
    supervisor = signed_in(county, roles.Supervisor)
    path, form = f"/desk/agencies/{civil.pk}/move/", {"move-parent": town.name}
    asked = supervisor.post(path, form)
    assert "1 个机关" in asked.content.decode()
    assert Agency.objects.get(pk=civil.pk).parent == county
    assert supervisor.post(path, form | {"confirmed": "1"}).status_code == 302
    assert Agency.objects.get(pk=civil.pk).parent == town
    assert Agency.objects.get(pk=school.pk).path.startswith(town.path)


@pytest.mark.parametrize(("parent", "told"), [("没有这个局", "机关目录里没有"), ("青澜县民政学校", "它的下级之下")])
def test_a_move_that_cannot_be_is_refused_in_words(county: Agency, civil: Agency, parent: str, told: str) -> None:
    factories.agency("青澜县民政学校", civil)
    supervisor = signed_in(county, roles.Supervisor)
    answer = supervisor.post(f"/desk/agencies/{civil.pk}/move/", {"move-parent": parent, "confirmed": "1"})
    assert answer.status_code == 400
    assert told in answer.content.decode()
    assert Agency.objects.get(pk=civil.pk).parent == county


def test_a_report_of_an_agency_beyond_ones_reach_is_not_filed_and_says_why(county: Agency, civil: Agency) -> None:
    water = factories.agency("青澜县水利局", county)
    by = factories.actor(civil, roles.HeadOfOffice)
    batch = factories.uploaded(by, civil, ("一.json", factories.file_of(sample(1, agency=water.name))))
    (item,) = factories.read_all(batch)
    clerk = signed_in(civil, roles.Clerk)
    form = {f"i{item.pk}-agency": water.name, f"i{item.pk}-year": "2023", f"i{item.pk}-scope": "own"}
    answer = clerk.post(f"{BASE}items/{item.pk}/confirm/", form)
    assert answer.status_code == 400
    assert "不在您的岗位范围内，没有收" in answer.content.decode()
    assert AnnualReport.objects.count() == 0


def test_the_batch_says_how_sure_the_program_is_and_why(county: Agency, civil: Agency) -> None:
    by = factories.actor(civil, roles.HeadOfOffice)
    exact, near = sample(1, agency=civil.name), sample(2, agency="县民政局")
    batch = factories.uploaded(by, civil, *(
        (f"{n}.json", factories.file_of(report)) for n, report in enumerate((exact, near))
    ))
    factories.read_all(batch)
    page = signed_in(civil, roles.Clerk).get(f"{BASE}batches/{batch.pk}/").content.decode()
    assert "很有把握 100%" in page
    assert "名称相同" in page
    assert "可能是 75%" in page
    assert "没有十足把握" in page


def test_the_address_of_an_act_leads_back_to_its_page(county: Agency, civil: Agency) -> None:
    report = factories.filed(factories.SYSTEM, civil)
    item = UploadItem.objects.get()
    supervisor = signed_in(county, roles.Supervisor)
    for path, page in (
        (f"{BASE}{report.pk}/publish/", f"{BASE}{report.pk}/"), (f"{BASE}{report.pk}/recheck/", f"{BASE}{report.pk}/"),
        (f"/desk/agencies/{civil.pk}/rename/", f"/desk/agencies/{civil.pk}/"),
        ("/desk/account/organ/", "/desk/account/"),
        (f"{BASE}items/{item.pk}/confirm/", f"{BASE}batches/{item.batch_id}/"),
    ):
        assert supervisor.get(path).headers["Location"] == page


def test_after_a_lapsed_session_one_comes_back_to_the_form(client: Client) -> None:
    page = "http://testserver/desk/annual-reports/3/"
    answer = client.post(f"{BASE}3/publish/", {"seen": 1}, headers={"Referer": page})
    assert answer.headers["Location"] == "/accounts/login/?next=/desk/annual-reports/3/"
    foreign = client.post(f"{BASE}3/publish/", {"seen": 1}, headers={"Referer": "https://example.org/desk/"})
    assert foreign.headers["Location"] == "/accounts/login/?next=/"


def test_a_refusal_is_told_in_the_language_of_the_page(county: Agency, civil: Agency) -> None:
    factories.agency("青澜县水利局", county)
    supervisor = signed_in(county, roles.Supervisor)
    supervisor.post("/language/", {"language": "en", "next": "/desk/"})
    form = {"rename-name": "青澜县水利局", "rename-on": "2024-03-01"}
    answer = supervisor.post(f"/desk/agencies/{civil.pk}/rename/", form)
    assert "An agency named “青澜县水利局” is in force already" in answer.content.decode()
