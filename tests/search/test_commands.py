"""`gongkai search` from the console."""

from __future__ import annotations

import json

import pytest
from tests.search.corpora import Shelf
from tests.search.test_transactions import ENTRY
from typer.testing import CliRunner

from gongkai.search import sources
from gongkai.search.commands import app

pytestmark = pytest.mark.django_db(transaction=True)


def test_rebuild_and_check(monkeypatch: pytest.MonkeyPatch) -> None:
    shelf = Shelf([ENTRY])
    monkeypatch.setattr(sources, "_SOURCES", [shelf])
    run = CliRunner().invoke
    assert run(app, ["rebuild"]).output.strip() == "检索索引已重新建立：1 条"
    assert run(app, ["check"]).exit_code == 0
    shelf.kept.clear()
    checked = run(app, ["check", "--json"])
    assert checked.exit_code == 1
    assert json.loads(checked.stdout)["surplus"] == [7]
    assert "多" in run(app, ["check"]).output
