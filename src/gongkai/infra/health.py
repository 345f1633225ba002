"""Is this installation well? Each probe answers with one sentence; `doctor` prints them, /health counts them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


@dataclass(frozen=True, slots=True)
class Probe:
    """What was looked at, whether it is well, and a sentence in Chinese for the person on duty."""

    name: str
    well: bool
    sentence: str


def database() -> Probe:
    """The database answers and writes can be trusted."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            mode = cursor.execute("PRAGMA journal_mode").fetchone()[0]
            well = mode == "wal"
            return Probe("database", well, f"SQLite 可用，日志方式 {mode}" + ("" if well else "，应为 wal"))
        cursor.execute("SHOW server_version")
        return Probe("database", True, f"PostgreSQL {cursor.fetchone()[0]} 可用")


def migrations() -> Probe:
    """Every migration has run."""
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        return Probe("migrations", False, f"还有 {len(waiting)} 个数据库迁移未执行，请运行 gongkai serve 或 migrate")
    return Probe("migrations", True, "数据库结构为最新")


def folder() -> Probe:
    """The data folder can be written and has room."""
    path = Path(settings.GONGKAI_DATA)
    free = shutil.disk_usage(path).free // (1024 * 1024)
    if not os.access(path, os.W_OK):
        return Probe("folder", False, f"数据文件夹 {path} 不可写")
    return Probe("folder", free > 200, f"数据文件夹可写，剩余 {free} MB" + ("" if free > 200 else "，空间不足 200 MB"))


PROBES: list[Callable[[], Probe]] = [database, migrations, folder]
# What takes longer, for `gongkai doctor`; domains above add theirs when they start: the chain, the paths, the files.
THOROUGH: list[Callable[[], Probe]] = []


def examine(*, thorough: bool = False) -> list[Probe]:
    """Run the probes; one that breaks is itself a finding and does not hide the others."""
    answers = []
    for probe in PROBES + THOROUGH if thorough else PROBES:
        try:
            answers.append(probe())
        except Exception as error:
            answers.append(Probe(probe.__name__, False, f"检查未能完成：{type(error).__name__}"))
    return answers
