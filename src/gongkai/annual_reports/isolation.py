"""Reading a stranger's file in a process of its own, under a limit of time and of memory.

The readers have limits of their own; this is the wall behind them: a library that loops or swells takes a child with
it and not the worker. A fork costs a few milliseconds, because the readers are already loaded in the parent.
"""

from __future__ import annotations

import multiprocessing
import sys
from functools import cache
from importlib import import_module
from multiprocessing.connection import Connection

from gongkai.core.errors import ReadError
from gongkai.core.report.model import Report

TOO_SLOW = ReadError("too-slow", "读取超过时限，已停止；文件已保存，请另存为 .docx 或 .xlsx 后重新上传")
CRASHED = ReadError(
    "reader-crashed", "读取时内存不足或程序异常，已停止；文件已保存，请另存为 .docx 或 .xlsx 后重新上传"
)
FORKS = sys.platform == "linux"


def read_apart(data: bytes, name: str, *, seconds: int, megabytes: int) -> Report:
    """`read_report` in a child. Raises ReadError: the reader's own, or too-slow, or reader-crashed."""
    if not FORKS:
        from gongkai.core.report.read import read_report

        return read_report(data, name=name)
    _load_readers()
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=_read, args=(theirs, data, name, megabytes), daemon=True)
    child.start()
    theirs.close()
    try:
        if not ours.poll(seconds):
            raise TOO_SLOW
        answer = ours.recv()
    except EOFError:
        raise CRASHED from None
    finally:
        child.kill()
        child.join()
        ours.close()
    if isinstance(answer, Report):
        return answer
    raise ReadError(*answer)


def _read(out: Connection, data: bytes, name: str, megabytes: int) -> None:
    from gongkai.core.report.read import read_report

    _limit_memory(megabytes)
    try:
        out.send(read_report(data, name=name))
    except ReadError as error:
        out.send((error.code, error.message))
    except BaseException:
        # Whatever it was, the parent says it in one sentence; a traceback may quote the file.
        out.send((CRASHED.code, CRASHED.message))
    out.close()


@cache
def _load_readers() -> None:
    """Load every reader before the first fork: a child that loads libraries itself is ten times slower."""
    import_module("gongkai.core.report.read")
    for kind in ("docx", "html", "xlsx", "pdf", "text", "own_json"):
        import_module(f"gongkai.core.report.readers.{kind}")


def _limit_memory(megabytes: int) -> None:
    import resource

    with open("/proc/self/statm", encoding="ascii") as statm:
        held = int(statm.read().split()[0]) * resource.getpagesize()
    limit = held + megabytes * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
