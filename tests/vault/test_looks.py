"""The page of looks: who, why, in whose reach; never whom."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.factories import AT, actor, agency
from tests.vault.people import ZHANG, sealed

from gongkai.accounts import roles
from gongkai.accounts.models import User
from gongkai.vault import actions

pytestmark = pytest.mark.django_db
PAGE = "/desk/account/audit/looks/"


def signed_in(where, role) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=actor(where, role).user_id))
    return client


@pytest.fixture
def county():
    return agency()


def test_looks_are_listed_with_reader_and_reason_and_no_identity(county):
    bureau, other = agency("青澜县民政局", county), agency("邻县人民政府")
    for where, reason in ((bureau, "电话联系补正"), (other, "邻县的理由")):
        actions.reveal(by=actor(where), sealed=sealed(where), fields=list(ZHANG), reason=reason, at=AT)
    audit, head = signed_in(county, roles.AuditAdministrator), signed_in(bureau, roles.HeadOfOffice)
    for client in (audit, head):
        text = client.get(PAGE).content.decode()
        assert "电话联系补正" in text
        assert "联系电话" in text
        assert "邻县的理由" not in text
        assert not [value for value in ZHANG.values() if value in text and value != ZHANG["id_type"]]
    assert PAGE in head.get("/desk/account/").content.decode()
    clerk = signed_in(county, roles.Clerk)
    assert clerk.get(PAGE).status_code == 403
    assert PAGE not in clerk.get("/desk/account/").content.decode()


def test_one_reader_can_be_picked(county):
    first, second = actor(county), actor(county, roles.HeadOfOffice)
    for by, reason in ((first, "第一人的理由"), (second, "第二人的理由")):
        actions.reveal(by=by, sealed=sealed(county), fields=["name"], reason=reason, at=AT)
    audit = signed_in(county, roles.AuditAdministrator)
    text = audit.get(PAGE, {"who": first.user_id}).content.decode()
    assert "第一人的理由" in text
    assert "第二人的理由" not in text
    for nonsense in ("999", "x", "-1"):
        assert "第二人的理由" in audit.get(PAGE, {"who": nonsense}).content.decode()


def test_an_empty_page_says_what_it_is_for(county):
    assert "还没有人看过" in signed_in(county, roles.AuditAdministrator).get(PAGE).content.decode()
