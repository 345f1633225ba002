"""The refusals that several parts of the reader share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pikepdf

from gongkai.core.errors import ReadError

MAX_SECONDS = 40.0  # for reading one file
# What qpdf, its Python objects and Pillow raise for files that are not what they say.
_BROKEN = (
    pikepdf.PdfError, ValueError, TypeError, RuntimeError, AttributeError, LookupError, ArithmeticError, OSError,
    MemoryError, pikepdf.ForeignObjectError,
)


@contextmanager
def refusing() -> Iterator[None]:
    """A file on which a library gives up is damaged, wherever it was noticed: it must not pass for screened."""
    try:
        yield
    except _BROKEN as error:
        raise damaged() from error


def damaged() -> ReadError:
    """The refusal of a file that no reader can open for certain."""
    return ReadError("damaged", "PDF 已损坏或不完整，无法筛查；请重新导出或取得原件后再上传。")


def too_large() -> ReadError:
    """The refusal of a file whose contents unpack to far more than a document holds."""
    return ReadError(
        "content-too-large", "PDF 解开后的内容异常庞大，疑似恶意文件，没有筛查；请用常用软件重新导出后再上传。"
    )


def too_slow() -> ReadError:
    """The refusal of a file that takes too long."""
    return ReadError("too-slow", f"PDF 过于复杂，{MAX_SECONDS:.0f} 秒内没有读完，已停止；请重新导出或拆分后再上传。")
