"""A stranger's file cannot take the worker with it: not by time, not by memory, not by a crash."""

from __future__ import annotations

import os
import sys
import time

import pytest

from gongkai.annual_reports import isolation
from gongkai.core.errors import ReadError
from gongkai.core.report import read
from gongkai.core.report.samples import sample
from gongkai.core.report.writers import write

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="children are forked on Linux alone")


def apart(seconds=5, megabytes=200):
    return isolation.read_apart(b"x", "x", seconds=seconds, megabytes=megabytes)


def test_a_report_comes_back_whole():
    report = sample(2)
    data = write(report, "json")
    assert isolation.read_apart(data, "a.json", seconds=20, megabytes=500) == read.read_report(data, name="a.json")


def test_a_refusal_comes_back_as_itself():
    with pytest.raises(ReadError) as refusal:
        isolation.read_apart(b"", "a.txt", seconds=20, megabytes=500)
    assert refusal.value.code == "empty-file"


def test_a_reader_that_never_ends_is_stopped(monkeypatch):
    monkeypatch.setattr(read, "read_report", lambda data, name: time.sleep(60))
    began = time.monotonic()
    with pytest.raises(ReadError) as refusal:
        apart(seconds=1)
    assert refusal.value.code == "too-slow"
    assert time.monotonic() - began < 10


@pytest.mark.parametrize("fault", [
    lambda data, name: b"x" * (2 * 1024**3), lambda data, name: os._exit(9), lambda data, name: 1 / 0,
])
def test_a_reader_that_swells_dies_or_breaks_is_said_in_a_sentence(monkeypatch, fault):
    monkeypatch.setattr(read, "read_report", fault)
    with pytest.raises(ReadError) as refusal:
        apart()
    assert refusal.value.code == "reader-crashed"
    assert "文件已保存" in refusal.value.message
