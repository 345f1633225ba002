"""A report as a file; where this machine cannot write one it says why."""

from __future__ import annotations

from tests.factories import actor, agency, filed

from gongkai.annual_reports.views import downloads
from gongkai.core.errors import WriteError
from gongkai.core.report.samples import sample


def test_a_format_that_this_machine_cannot_write_is_refused_with_the_reason(db, monkeypatch):
    where = agency()
    version = filed(actor(where), where, report=sample(1, agency=where.name, year=2023)).current

    def no_font(*_given):
        raise WriteError("no-font", "本机没有中文字体，不能生成 PDF；请安装 fonts-noto-cjk")

    monkeypatch.setattr(downloads, "write", no_font)
    answer = downloads.written(version, "pdf")
    assert (answer.status_code, answer["Content-Type"]) == (503, "text/plain; charset=utf-8")
    assert "fonts-noto-cjk" in answer.content.decode()
