"""What a file of a draft may be. No Django."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import PurePath

from gongkai.core.errors import Refused
from gongkai.publications.rules.drafting import words


def size(given: int, most: int) -> None:
    """Raises Refused: file-empty, too-large."""
    if not given:
        raise Refused("file-empty", "文件是空的，没有保存；请重新选择")
    if given > most:
        raise Refused(
            "too-large", "文件超过 %(limit)s MB，没有保存；请压缩图片或拆分后再上传", limit=most // 1024 ** 2,
        )


def count(there: int, most: int) -> None:
    """Raises Refused: files-count."""
    if there >= most:
        raise Refused("files-count", "附件最多 %(most)s 个，没有保存；请合并后再上传", most=most)


def name(given: str, before: str) -> str:
    """A new name with the ending that the file has. Raises Refused: words-missing, words-too-long."""
    ending = PurePath(before).suffix
    said = words("文件名", given, 100)
    return said if PurePath(said).suffix.lower() == ending.lower() else f"{said}{ending}"


def all_of(keys: Sequence[int], there: Collection[int]) -> None:
    """Raises Refused: files-which."""
    if sorted(keys) != sorted(there):
        raise Refused("files-which", "附件已有增减，次序没有保存；请刷新页面后再排")


def lookable(*, needs: bool, mine: bool) -> None:
    """Raises Refused: nothing-to-look-at, own-file."""
    if not needs:
        raise Refused("nothing-to-look-at", "这个附件已全部自动筛查，不需要人工核对")
    if mine:
        raise Refused("own-file", "上传附件的人不能核对这个附件，请交给另一人（第十七条）")


def warnings(found: int) -> None:
    """Raises Refused: no-warnings."""
    if not found:
        raise Refused("no-warnings", "筛查没有提示，不需要确认")


def unlike(given: str, taken: Collection[str]) -> str:
    """The name, numbered where it is taken."""
    path, n, made = PurePath(given), 1, given
    while made in taken:
        n += 1
        made = f"{path.stem}（{n}）{path.suffix}"
    return made
