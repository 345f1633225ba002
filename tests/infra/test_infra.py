"""Logs without personal data, headers, locks, health, tasks, ports."""

from __future__ import annotations

import socket
import sqlite3

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory

from gongkai.core.errors import Refused
from gongkai.infra import health, locks, logs, tasks
from gongkai.infra.headers import SecurityHeaders
from gongkai.infra.serve import free_port


def test_a_field_that_is_not_on_the_list_never_reaches_a_line():
    line = logs.only_allowed(None, "info", {"event": "read", "item": 3, "name": "张三", "text": "身份证"})
    assert line == {"event": "read", "item": 3}


def test_a_level_that_is_none_is_refused():
    with pytest.raises(ValueError, match="'loud'"):
        logs.configure("loud")


def test_every_page_carries_the_policy_and_a_stricter_one_stays():
    request = RequestFactory().get("/")
    page = SecurityHeaders(lambda _: HttpResponse("x"))(request)
    assert "default-src 'self'" in page["Content-Security-Policy"]
    strict = HttpResponse("x", headers={"Content-Security-Policy": "sandbox"})
    assert SecurityHeaders(lambda _: strict)(request)["Content-Security-Policy"] == "sandbox"


@pytest.mark.django_db(transaction=True)
def test_a_lock_outside_a_transaction_is_refused():
    with pytest.raises(RuntimeError, match="outside"):
        locks.serialise("x")


@pytest.mark.django_db
def test_a_healthy_house_and_a_probe_that_breaks():
    assert all(probe.well for probe in health.examine(thorough=True))

    def broken() -> health.Probe:
        raise sqlite3.OperationalError("disk")

    health.PROBES.append(broken)
    try:
        assert [p.name for p in health.examine() if not p.well] == ["broken"]
    finally:
        health.PROBES.remove(broken)


@pytest.mark.django_db
def test_doctor_finds_drift():
    from tests.factories import actor, agency, filed

    from gongkai.agencies.models import Agency
    from gongkai.annual_reports.models import FiledCell

    where = agency("青澜县民政局")
    report = filed(actor(where), where)
    FiledCell.objects.filter(version=report.current, cell="t3.new.total").update(value=12345)
    Agency.objects.filter(pk=where.pk).update(path="77777777")
    ill = {probe.name for probe in health.examine(thorough=True) if not probe.well}
    assert {"cells", "agencies"} <= ill


@pytest.mark.django_db
def test_each_engine_lets_one_writer_at_a_time():
    """SQLite by IMMEDIATE transactions on a durable file, PostgreSQL by an advisory lock that is really held."""
    with connection.cursor() as cursor:
        def ask(query: str) -> object:
            cursor.execute(query)
            return cursor.fetchone()[0]

        if connection.vendor == "sqlite":
            read = [ask(f"PRAGMA {name}") for name in ("journal_mode", "foreign_keys", "secure_delete")]
            assert (read, connection.transaction_mode) == (["wal", 1, 1], "IMMEDIATE")
        else:
            held = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()"
            assert ask(held) == 0
            locks.serialise("ledger")
            assert ask(held) == 1


def test_a_busy_port_is_said_and_the_next_one_found():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(Refused, match=str(port)):
            free_port("127.0.0.1", port)
        assert free_port("127.0.0.1", port, tries=20) > port


@pytest.mark.django_db
def test_a_queued_task_waits_for_the_commit(django_capture_on_commit_callbacks):
    ran = []

    class Job:
        @staticmethod
        def enqueue(*arguments):
            ran.append(arguments)

    with django_capture_on_commit_callbacks(execute=True):
        tasks.queue(Job, 3)
        assert ran == []
    assert ran == [(3,)]


@pytest.mark.django_db(transaction=True)
def test_the_worker_runs_what_is_queued_in_the_database(settings):
    from tests.factories import actor, agency, file_of, uploaded

    from gongkai.annual_reports.models import UploadItem
    from gongkai.core.report.samples import sample
    from gongkai.infra.worker import do_chores, run_waiting

    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    where = agency("青澜县民政局")
    uploaded(actor(where), where, ("a.json", file_of(sample(1, agency=where.name, year=2023))))
    assert UploadItem.objects.get().state == "stored"
    assert run_waiting() == 1
    assert UploadItem.objects.get().state == "read"
    do_chores()
