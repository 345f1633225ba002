"""Opening the first accounts from the console, and the other commands that need the database."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from gongkai.accounts import commands as accounts
from gongkai.accounts.models import Post, User
from gongkai.agencies import commands as agencies
from gongkai.agencies.models import Agency
from gongkai.infra import commands as infra
from gongkai.ledger import commands as ledger
from gongkai.ledger import guard
from gongkai.ledger.models import Entry

pytestmark = pytest.mark.django_db


def run(app, *arguments: str):
    return CliRunner().invoke(app, list(arguments))


@pytest.fixture
def county():
    assert run(agencies.app, "add", "青澜县人民政府").exit_code == 0
    return Agency.objects.get()


def test_an_agency_below_another(county):
    assert county.kind == "government"
    done = run(agencies.app, "add", "青澜县云麓镇人民政府", "--parent", "青澜县人民政府")
    assert done.exit_code == 0, done.output
    assert Agency.objects.get(kind="township").parent == county


@pytest.mark.parametrize(("arguments", "words"), [
    (["add", "青澜县人民政府"], "已有现行机关"), (["add", "新局", "--parent", "没有"], "没有名为"),
    (["add", "新局", "--kind", "odd"], "不认识的类型"),
])
def test_what_cannot_be_added_is_said_in_a_sentence(county, arguments, words):
    done = run(agencies.app, *arguments)
    assert done.exit_code == 1
    assert words in done.output
    assert "Traceback" not in done.output


def test_an_import_as_json(tmp_path):
    table = tmp_path / "机关.csv"
    table.write_text("名称,上级\n青澜县人民政府,\n青澜县民政局,没有的县\n", "utf-8")
    done = run(agencies.app, "import", str(table), "--json")
    read = json.loads(done.stdout)
    assert (done.exit_code, read["added"], read["refused"][0]["row"]) == (1, 0, 3)
    done = run(agencies.app, "import", str(table), "--skip-refused")
    assert (done.exit_code, Agency.objects.count()) == (0, 1)
    table.write_bytes(b"")
    done = run(agencies.app, "import", str(table), "--json")
    assert (done.exit_code, json.loads(done.stdout)["error"]["code"]) == (2, "empty-file")


def test_an_account_with_its_post(county):
    said = ["add", "zhou", "--name", "周敏", "--agency", county.name, "--role", "supervisor"]
    done = run(accounts.app, *said, "--password", "long-enough-word")
    assert done.exit_code == 0, done.output
    assert Post.objects.get().user.check_password("long-enough-word")
    done = run(accounts.app, *said, "--password", "long-enough-word")
    assert (done.exit_code, Post.objects.count()) == (0, 1)


@pytest.mark.parametrize(("agency", "role", "password", "words"), [
    ("没有的局", "clerk", "long-enough-word", "没有名为"), ("青澜县人民政府", "king", "long-enough-word", "角色"),
    ("青澜县人民政府", "clerk", "short", "密码"),
])
def test_an_account_that_cannot_be(county, agency, role, password, words):
    done = run(accounts.app, "add", "x", "--name", "某", "--agency", agency, "--role", role, "--password", password)
    assert done.exit_code == 1
    assert words in done.output


def test_the_ledger_is_verified_and_tampering_ends_with_one(county):
    from django.db import connection

    done = run(ledger.app, "verify", "--json")
    assert (done.exit_code, json.loads(done.stdout)["entries"]) == (0, 1)
    guard.lift(connection)
    Entry.objects.update(payload="{}")
    guard.lay(connection)
    done = run(ledger.app, "verify")
    assert done.exit_code == 1
    assert "被改动" in done.output
    assert run(infra.app, "doctor").exit_code == 1


def test_doctor_is_content_with_a_sound_house(county):
    done = run(infra.app, "doctor", "--json")
    assert done.exit_code == 0, done.output
    assert all(probe["well"] for probe in json.loads(done.stdout))
    assert not User.objects.exists()
