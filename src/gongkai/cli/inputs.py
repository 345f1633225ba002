"""Files named on the command line, turned into reports or into one sentence why not."""

from __future__ import annotations

import sys
from pathlib import Path

from gongkai.cli.words import os_reason
from gongkai.core.errors import ReadError
from gongkai.core.report.model import Report
from gongkai.core.report.read import read_report
from gongkai.core.report.readers.limits import MAX_FILE_BYTES

STDIN = "-"


def load(file: str) -> Report:
    """The report in a file, or on standard input for "-". Raises ReadError, whatever is wrong with the name."""
    report = read_report(_bytes(file), name=None if file == STDIN else file)
    report.source = file
    return report


def _bytes(file: str) -> bytes:
    """At most one byte more than the limit is taken in, so that no file and no pipe can fill the memory."""
    try:
        if file == STDIN:
            return sys.stdin.buffer.read(MAX_FILE_BYTES + 1)
        if Path(file).is_dir():
            raise ReadError("directory", f"{file} 是文件夹，未读取；请写出其中的文件，例如 {file.rstrip('/')}/*.docx。")
        with open(file, "rb") as opened:
            return opened.read(MAX_FILE_BYTES + 1)
    except FileNotFoundError as error:
        raise ReadError("not-found", f"找不到文件 {file}；请检查文件名和所在文件夹。") from error
    except PermissionError as error:
        raise ReadError("not-permitted", f"没有权限读取 {file}；请检查文件权限。") from error
    except OSError as error:
        raise ReadError("cannot-open", f"打不开文件 {file}（{os_reason(error)}）；请检查文件后再试。") from error
    except ValueError as error:  # a NUL in the name
        raise ReadError("cannot-open", f"打不开文件 {file!r}；请检查文件名。") from error
