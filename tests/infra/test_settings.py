"""Settings read from the environment: what is wrong stops the start with one sentence."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import date

import pytest
from django.core.exceptions import ImproperlyConfigured

from gongkai.core.deadlines import Conventions
from gongkai.core.law.answers import RowSettings
from gongkai.core.law.remedies import RemedySettings
from gongkai.settings import env


@pytest.mark.parametrize(("value", "read"), [("true", True), ("ON", True), ("0", False), ("no", False)])
def test_booleans(monkeypatch, value, read):
    monkeypatch.setenv("GK", value)
    assert env.boolean("GK", not read) is read


@pytest.mark.parametrize("call", [
    lambda: env.boolean("GK", True), lambda: env.integer("GK", 1), lambda: env.integer("GK5", 1, least=10),
])
def test_nonsense_is_refused_by_name(monkeypatch, call):
    monkeypatch.setenv("GK", "maybe")
    monkeypatch.setenv("GK5", "5")
    with pytest.raises(ImproperlyConfigured, match="GK"):
        call()


def test_a_secret_comes_from_a_file(monkeypatch, tmp_path):
    (tmp_path / "key").write_text("from-a-file\n")
    monkeypatch.setenv("GK_FILE", str(tmp_path / "key"))
    assert env.text("GK") == "from-a-file"
    monkeypatch.setenv("GK", "and-also-here")
    with pytest.raises(ImproperlyConfigured, match="both"):
        env.text("GK")


def test_a_secret_file_that_is_not_there_is_named(monkeypatch):
    monkeypatch.setenv("GK_FILE", "/nowhere/key")
    with pytest.raises(ImproperlyConfigured, match="/nowhere/key"):
        env.text("GK")


def test_the_database_is_one_setting(monkeypatch, tmp_path):
    monkeypatch.delenv("GONGKAI_DATABASE_URL", raising=False)
    assert env.database(tmp_path)["NAME"] == str(tmp_path / "gongkai.sqlite3")
    monkeypatch.setenv("GONGKAI_DATABASE_URL", "postgresql://u:p%40ss@db:5433/gk?sslmode=require")
    read = env.database(tmp_path)
    assert [read[k] for k in ("USER", "PASSWORD", "HOST", "PORT", "NAME")] == ["u", "p@ss", "db", "5433", "gk"]
    assert read["OPTIONS"] == {"sslmode": "require"}
    monkeypatch.setenv("GONGKAI_DATABASE_URL", "mysql://x")
    with pytest.raises(ImproperlyConfigured, match="mysql"):
        env.database(tmp_path)


def test_a_laptop_makes_its_key_once_and_for_itself_alone(monkeypatch, tmp_path):
    monkeypatch.delenv("GONGKAI_SECRET_KEY", raising=False)
    key = env.secret_key(tmp_path, generate=True)
    assert env.secret_key(tmp_path, generate=True) == key
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0
    with pytest.raises(ImproperlyConfigured, match="production"):
        env.secret_key(tmp_path, generate=False)
    monkeypatch.setenv("GONGKAI_SECRET_KEY", "short")
    with pytest.raises(ImproperlyConfigured, match="32"):
        env.secret_key(tmp_path, generate=True)


def run_django(tmp_path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("GONGKAI", "DJANGO"))}
    return subprocess.run(
        [sys.executable, "-m", "django", *arguments], capture_output=True, text=True, check=False,
        env=clean | {"PYTHONPATH": os.pathsep.join(sys.path), "GONGKAI_DATA": str(tmp_path)} | variables,
    )


def test_production_passes_djangos_own_deployment_check(tmp_path):
    (tmp_path / "static").mkdir()
    done = run_django(
        tmp_path, "check", "--deploy", "--fail-level", "WARNING", DJANGO_SETTINGS_MODULE="gongkai.settings.production",
        GONGKAI_SECRET_KEY="k3y-" + "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJ" * 2,
        GONGKAI_ALLOWED_HOSTS="gk.example.org", GONGKAI_VAULT_KEY="MDEyMzQ1Njc4OWFiY2RlZg==",
    )
    assert (done.returncode, "0 silenced" in done.stdout + done.stderr) == (0, False), done.stderr


def test_production_does_not_start_without_its_key(tmp_path):
    done = run_django(tmp_path, "check", DJANGO_SETTINGS_MODULE="gongkai.settings.production")
    assert done.returncode != 0
    assert "GONGKAI_SECRET_KEY" in done.stderr


def test_a_reading_of_the_law_is_typed_and_checked(monkeypatch):
    assert env.readings("GK", RemedySettings) == {}
    monkeypatch.setenv("GK", '{"reconsideration_first": ["not_held"], "since": "2024-02-01", "apply_days": 30}')
    assert RemedySettings(**env.readings("GK", RemedySettings)) == RemedySettings(
        frozenset({"not_held"}), date(2024, 2, 1), 30,
    )
    monkeypatch.setenv("GK", '{"receipt_day_counts": true, "consultation_days": 10}')
    assert env.readings("GK", Conventions) == {"receipt_day_counts": True, "consultation_days": 10}


@pytest.mark.parametrize(("said", "of", "told"), [
    ("true", Conventions, "not a JSON object"), ("{", Conventions, "not a JSON object"),
    ('{"reciept_day_counts": true}', Conventions, "no field 'reciept_day_counts'; it knows receipt_day_counts"),
    ('{"receipt_day_counts": 1}', Conventions, "kind of its default, False"),
    ('{"consultation_days": true}', Conventions, "kind of its default, 15"),
    ('{"consultation_days": 0}', Conventions, "less than 1"),
    ('{"since": "January"}', RemedySettings, "not a date"),
    ('{"reconsideration_first": ["not_there"]}', RemedySettings, "no such kind of answer: not_there"),
    ('{"published": "elsewhere"}', RowSettings, "no such row of table 三: elsewhere"),
])
def test_a_reading_that_cannot_be_stops_the_start(monkeypatch, said, of, told):
    monkeypatch.setenv("GK", said)
    with pytest.raises(ImproperlyConfigured, match=f"GK.*{re.escape(told)}"):
        env.readings("GK", of)
