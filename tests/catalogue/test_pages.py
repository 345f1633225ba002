"""The desk's pages of catalogues: who sees what, and what each act does."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.catalogue.conftest import AT, ON, County
from tests.factories import SYSTEM

from gongkai.accounts.actor import Actor
from gongkai.accounts.models import User
from gongkai.catalogue import actions
from gongkai.catalogue.models import Item
from gongkai.core.catalogue.standard import StandardRow
from gongkai.core.catalogue.standard_read import read_standard
from gongkai.core.catalogue.standard_write import write_xlsx

pytestmark = pytest.mark.django_db
DESK = "/desk/catalogue/"
FORM = {
    "name": "低保名单", "limit_text": "20个工作日内", "mode": "irregular", "method": "proactive", "audience": "all",
    "aspects": ["result"], "channels": ["website"], "other_channels": "大喇叭、宣传车",
}


def desk(actor: Actor) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=actor.user_id))
    return client


def text(answer: Any) -> str:
    return answer.content.decode()


def test_adopt_add_change_assign_retire_restore(county: County) -> None:
    client, base = desk(county.head), f"{DESK}agencies/{county.civil.pk}/"
    assert "还没有公开目录" in text(client.get(DESK))
    assert client.post(f"{base}adopt/").status_code == 302
    assert "机构简介" in text(client.get(DESK))
    assert client.post(f"{base}add/", FORM).status_code == 302
    item = Item.objects.get(name="低保名单")
    assert (item.channels, item.limit_days) == (["website", "大喇叭", "宣传车"], 20)
    page = f"{DESK}items/{item.pk}/"
    assert client.get(f"{page}edit/").context["form"].initial["limit_days"] is None
    assert client.post(f"{page}edit/", FORM | {"limit_text": "7个工作日内"}).status_code == 400
    assert client.post(f"{page}edit/", FORM | {"limit_text": "7个工作日内", "reason": "双公示"}).status_code == 302
    late = client.post(f"{page}edit/", FORM | {"limit_text": "实时公开", "reason": "晚了", "seen": "1"})
    assert late.status_code == 400
    assert "别人已改为第 2 版" in text(late)
    assert client.post(
        f"{page}assign/", {"section": county.section.pk, "owner": county.clerk.user_id},
    ).status_code == 302
    shown = text(client.get(page))
    for said in ("第 3 版", "双公示", "7 个工作日", "社会救助科", "大喇叭", "<del>20个工作日内</del>"):
        assert said in shown
    assert client.post(f"{page}retire/", {"retire-reason": ""}).status_code == 400
    assert client.post(f"{page}retire/", {"retire-reason": "不再办理"}).status_code == 302
    assert "低保名单" not in text(client.get(DESK))
    assert "低保名单" in text(client.get(f"{DESK}?retired=on"))
    assert client.post(f"{page}restore/", {"retire-reason": "又办理"}).status_code == 302


@pytest.mark.parametrize(("query", "there", "gone"), [
    ("q=低保", "低保名单", "养老机构"), ("mode=permanent", "养老机构", "低保名单"),
    ("aspect=result", "低保名单", "养老机构"), ("section=none", "养老机构", "低保名单"),
    ("source=own", "养老机构", "机构简介"), ("source=nonsense", "机构简介", "没有符合"),
])
def test_the_list_is_narrowed_by_its_address(county: County, query: str, there: str, gone: str) -> None:
    made: dict[str, Any] = {"by": county.head, "agency": county.civil, "on": ON, "at": AT}
    item = actions.add_item(name="低保名单", aspects=["result"], **made)
    actions.add_item(name="养老机构", mode="permanent", aspects=["service"], **made)
    actions.assign(by=county.head, item=item, section=county.section, owner=None, on=ON, at=AT)
    if "source" in query:
        actions.adopt_skeleton(by=county.head, agency=county.civil, on=ON, at=AT)
    shown = text(desk(county.contributor).get(f"{DESK}?{query}"))
    assert there in shown
    assert gone not in shown


def test_a_standard_catalogue_is_rehearsed_then_imported(county: County) -> None:
    client, at = desk(county.clerk), f"{DESK}agencies/{county.civil.pk}/import/"
    sheet = write_xlsx([StandardRow("综合", "法规", "社会救助"), StandardRow("长" * 201)])
    shown = text(client.post(at, {"sheet": SimpleUploadedFile("目录.xlsx", sheet)}))
    for said in ("跳过有问题的行", "一级事项", "超过 200 个字"):
        assert said in shown
    assert not Item.objects.exists()
    assert client.post(f"{at}write/").status_code == 302
    assert not Item.objects.exists()
    client.post(at, {"sheet": SimpleUploadedFile("目录.xlsx", sheet)})
    client.post(f"{at}write/", {"skip_refused": "1"})
    assert Item.objects.count() == 2
    client.post(f"{at}write/", {"skip_refused": "1"})
    assert Item.objects.count() == 2
    assert "目录.xlsx" in text(client.get(at))
    assert client.post(at, {"sheet": SimpleUploadedFile("a.csv", b"x,y")}).status_code == 400
    empty = client.get(f"{DESK}template/")
    assert read_standard(empty.content).rows == ()


def test_a_supervisor_sees_the_gaps_and_hands_items_down(county: County) -> None:
    client = desk(county.supervisor)
    actions.adopt_skeleton(by=county.head, agency=county.civil, on=ON, at=AT)
    item = actions.add_item(by=SYSTEM, agency=county.government, name="权力清单", on=ON, at=AT)
    shown = text(client.get(f"{DESK}agencies/"))
    assert "齐全" in shown
    assert "0 / 6" in shown
    at = f"{DESK}agencies/{county.government.pk}/below/"
    assert "权力清单" in text(client.get(at))
    assert "没有符合条件" in text(client.get(f"{at}?q=别的"))
    assert client.post(at, {"items": [item.pk], "to": [county.town.pk]}).status_code == 400
    sent = {"items": [item.pk], "to": [county.town.pk], "reason": "县府办〔2024〕3号"}
    assert client.post(at, sent).status_code == 302
    assert "由青澜县人民政府下达" in text(client.get(f"{DESK}items/{Item.objects.get(agency=county.town).pk}/"))


def test_the_exports_hold_every_item(county: County) -> None:
    made: dict[str, Any] = {"by": county.clerk, "agency": county.civil, "on": ON, "at": AT}
    top = actions.add_item(name="社会救助", domain="社会救助", **made)
    actions.add_item(name="=低保", parent=top, domain="社会救助", channels=["website"], limit_text="实时公开", **made)
    client, base = desk(county.contributor), f"{DESK}agencies/{county.civil.pk}/export/"
    listed = json.loads(client.get(f"{base}json/").content)["items"]
    assert [(one["name"], one["parent"], one["at_once"]) for one in listed] == [
        ("社会救助", None, False), ("=低保", "own.1", True),
    ]
    assert "'=低保" in client.get(f"{base}csv/").content.decode("utf-8-sig")
    assert client.get(f"{base}xlsx/").content[:2] == b"PK"
    standard = client.get(f"{base}standard/")
    assert "attachment" in standard.headers["Content-Disposition"]
    problems = read_standard(standard.content).problems
    assert [one.code for one in problems] == ["cell-error"]
    assert client.get(f"{base}docx/").status_code == 404


def test_anothers_catalogue_does_not_exist_here(county: County) -> None:
    actions.adopt_skeleton(by=SYSTEM, agency=county.town, on=ON, at=AT)
    item = Item.objects.filter(agency=county.town).first()
    assert item is not None
    client = desk(county.head)
    for path in (f"agencies/{county.town.pk}/", f"agencies/{county.town.pk}/add/", f"items/{item.pk}/",
                 f"items/{item.pk}/edit/", f"agencies/{county.town.pk}/export/csv/"):
        assert client.get(DESK + path).status_code == 404
    assert client.post(f"{DESK}items/{item.pk}/retire/", {"retire-reason": "越权"}).status_code == 404
    assert desk(county.contributor).get(f"{DESK}agencies/{county.civil.pk}/add/").status_code == 403


def test_questions_to_the_database_do_not_grow_with_the_items(county: County) -> None:
    client = desk(county.supervisor)

    def asked() -> list[int]:
        counts = []
        for path in ("agencies/", f"agencies/{county.civil.pk}/", f"agencies/{county.civil.pk}/export/csv/"):
            with CaptureQueriesContext(connection) as queries:
                assert client.get(DESK + path).status_code == 200
            counts.append(len(queries))
        return counts

    actions.add_item(by=county.clerk, agency=county.civil, name="一项", on=ON, at=AT)
    asked()
    few = asked()
    actions.adopt_skeleton(by=county.clerk, agency=county.civil, on=ON, at=AT)
    actions.adopt_skeleton(by=SYSTEM, agency=county.town, on=ON, at=AT)
    assert asked() == few

