"""The tripwire: who sent a message stands in the vault, in the sender's own text and nowhere else, after everything
that can happen to it happened."""

from __future__ import annotations

import logging
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from tests.publications.makers import Bureau, bureau

from gongkai.accounts.models import User
from gongkai.participation.actions import handling
from gongkai.participation.models import Message

NAME, PHONE, EMAIL = "欧阳测试", "13800138000", "ouyang@example.org"
TYPED = {
    "subject": "名字写错了", "content": "请改正姓名中的一个字。", "record": "低保公示名单第3行", "name": NAME,
    "phone": PHONE, "email": EMAIL,
}
pytestmark = pytest.mark.django_db


def everything() -> list[tuple[str, str]]:
    """Every text of the database with its table."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table.startswith("search_"):  # virtual tables of the index, whose texts are asked below
                continue
            cursor.execute(f'SELECT * FROM "{table}"')
            found += [(table, str(value)) for row in cursor.fetchall() for value in row if value is not None]
    return found


@pytest.fixture
def of() -> Bureau:
    return bureau("青澜县民政局")


def test_the_sender_stands_nowhere_in_the_clear(of: Bureau, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    public, clerk = Client(), Client()
    clerk.force_login(User.objects.get(pk=of.clerk.user_id))
    from tests.portal.conftest import photo

    at, token = f"/agencies/{of.where.pk}/write/correction/", str(uuid4())
    assert public.post(at, TYPED | {"token": token, "subject": "", "proofs": photo()}).status_code == 400
    answer = public.post(at, TYPED | {"token": token})
    assert answer.status_code == 302
    assert public.get(answer.headers["Location"]).status_code == 200
    message, now = Message.objects.get(), timezone.now()
    clerk.post(f"/desk/participation/{message.pk}/identity/", {"reason": "电话核实情况"})
    handling.draft(by=of.clerk, message=message, outcome="corrected", reply="已经改正。", at=now)
    handling.release(by=of.reviewer, message=message, at=now)
    clerk.get("/desk/participation/export/?as=csv")
    said = everything()
    assert len(said) > 200
    for personal in (NAME, PHONE, EMAIL):
        assert not [table for table, value in said if personal in value]
        assert personal not in caplog.text
        for address in ("/questions/", "/exchange/", f"/search/?q={message.number}", "/feed.xml", "/sitemap.xml"):
            assert personal not in public.get(address).content.decode()
    assert TYPED["content"] not in caplog.text
    assert [table for table, value in said if TYPED["content"] in value] == ["participation_message"]


def test_a_planted_leak_would_be_found(of: Bureau) -> None:
    User.objects.filter(pk=of.clerk.user_id).update(name=NAME)
    assert [table for table, value in everything() if NAME in value] == ["accounts_user"]
