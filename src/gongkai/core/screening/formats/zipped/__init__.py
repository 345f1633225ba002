"""A .zip of files: every member is screened, its name too. Rebuilt with each member cleaned."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import PurePosixPath

from gongkai.core.errors import ReadError
from gongkai.core.report.readers.limits import MAX_FILE_BYTES
from gongkai.core.report.readers.limits.container import check_ratio, open_directory, read_member
from gongkai.core.screening.formats import name_piece, nested, rebuild
from gongkai.core.screening.formats.zipped.container import beside, gaps, loose_members, member_name
from gongkai.core.screening.model import Finding, Kind, Piece, Rebuilt, Unpacked, Verdict

MAX_FILES = 2_000
MAX_UNPACKED = 512 * 1024 * 1024
_LITTER = frozenset({"__macosx", ".ds_store", "thumbs.db", "desktop.ini"})
_WRITTEN = (1980, 1, 1, 0, 0, 0)


def unpack(data: bytes, name: str, depth: int) -> Unpacked:  # noqa: ARG001 - the seam of all formats
    """Every member's pieces under its name. A member that cannot be read is a finding that blocks."""
    opened = _open(data)
    pieces: list[Piece] = beside(data, opened)
    findings: list[Finding] = []
    if pieces:
        findings.append(
            Finding(Kind.HIDDEN_CONTENT, "压缩包", "压缩包带有注释或成员之外的数据", Verdict.WARN, hidden=True)
        )
    for at, (written, inside) in enumerate(_loose(data, opened), 1):
        where = f"压缩包目录之外的文件 {at}“{shown(written)}”"
        pieces.append(name_piece(written, f"{where}的文件名", hidden=True, why="目录之外"))
        if inside is None:
            findings.append(Finding(Kind.UNSCREENED, where, "目录之外的文件无法解开", Verdict.BLOCK, hidden=True))
        elif inside:
            loose = nested(inside, written, depth=depth, prefix=where, hidden=True, why="目录之外")
            pieces += loose.pieces
            findings += loose.findings
    seen: set[str] = set()
    for info in opened.infolist():
        written = member_name(info)
        where = f"附件“{shown(written)}”"
        pieces.append(name_piece(written, f"{where}的文件名"))
        if info.is_dir():
            continue
        if written in seen or ".." in PurePosixPath(written.replace("\\", "/")).parts or written.startswith("/"):
            findings.append(
                Finding(Kind.HIDDEN_CONTENT, where, "压缩包里有重名或路径异常的文件", Verdict.WARN, hidden=True)
            )
        seen.add(written)
        try:
            check_ratio(info)
            inner = nested(read_member(opened, info, MAX_FILE_BYTES), written, depth=depth, prefix=where)
        except ReadError as error:
            findings.append(Finding(Kind.UNSCREENED, where, f"无法筛查：{error.message}", Verdict.BLOCK))
            continue
        pieces += inner.pieces
        findings += inner.findings
    return Unpacked("zip", tuple(pieces), tuple(findings))


def clean(data: bytes, name: str, mask: Callable[[str], str]) -> Rebuilt:  # noqa: ARG001 - the seam of all formats
    """Each member rebuilt, under a masked name. Raises ReadError `cannot-clean` when one of them cannot be."""
    opened = _open(data)
    out, notes, used = io.BytesIO(), dict[str, None](), set[str]()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for info in opened.infolist():
            written = member_name(info)
            if info.is_dir() or _is_litter(written):
                continue
            check_ratio(info)
            try:
                made = rebuild(read_member(opened, info, MAX_FILE_BYTES), written, mask)
            except ReadError as error:
                raise ReadError(
                    "cannot-clean", f"压缩包里的“{shown(written)}”无法重建，请取出后单独处理：{error.message}"
                ) from error
            for note in made.notes:
                notes[f"{mask(shown(written))}：{note}"] = None
            fresh = zipfile.ZipInfo(_fresh_name(written, mask, used), _WRITTEN)
            fresh.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(fresh, made.data)
    if not used:
        raise ReadError("cannot-clean", "压缩包里没有文件，没有可以公开的内容；请检查后重新上传。")
    return Rebuilt(out.getvalue(), tuple(notes))


def _loose(data: bytes, opened: zipfile.ZipFile) -> list[tuple[str, bytes | None]]:
    """What the bytes outside the directory's members hold of other members."""
    found = [one for gap in gaps(data, opened) for one in islice(loose_members(gap), MAX_FILES)]
    if len(found) > MAX_FILES:
        raise ReadError("zip-too-many-files", f"压缩包目录之外还有超过 {MAX_FILES} 个文件；请重新压缩后上传。")
    return found


def _open(data: bytes) -> zipfile.ZipFile:
    opened = open_directory(data)
    infos = opened.infolist()
    if len(infos) > MAX_FILES:
        raise ReadError("zip-too-many-files", f"压缩包里有 {len(infos)} 个文件，超过 {MAX_FILES} 个；请分批上传。")
    if not infos:
        raise ReadError("empty-file", "压缩包里没有文件；请检查后重新上传。")
    if sum(info.file_size for info in infos) > MAX_UNPACKED:
        raise ReadError("zip-bomb", "压缩包解开后超过 512 MB，没有解开；请确认文件来源，或分批上传。")
    return opened


def shown(name: str) -> str:
    """The end of a long name."""
    return name if len(name) <= 60 else "…" + name[-59:]


def _is_litter(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return any(part.lower() in _LITTER for part in parts) or PurePosixPath(name).name.startswith(("~$", "._"))


def _fresh_name(written: str, mask: Callable[[str], str], used: set[str]) -> str:
    """Masked, without drives and "..", with the ending that the rebuilt file has, and not used yet."""
    parts = [p for p in _parts(mask(written)) if p not in {"", ".", ".."} and not p.endswith(":")]
    path = PurePosixPath(*[part.replace("*", "x") for part in parts or ["文件"]])
    plain = {".docm": ".docx", ".dotx": ".docx", ".dotm": ".docx", ".xlsm": ".xlsx", ".xltx": ".xlsx", ".xltm": ".xlsx",
             ".pptm": ".pptx", ".ppsm": ".pptx", ".potx": ".pptx", ".ppsx": ".pptx"}
    if path.suffix.lower() in plain:
        path = path.with_suffix(plain[path.suffix.lower()])
    fresh, number = path, 1
    while str(fresh).lower() in used:
        number += 1
        fresh = path.with_stem(f"{path.stem}-{number}")
    used.add(str(fresh).lower())
    return str(fresh)


def _parts(name: str) -> Iterator[str]:
    yield from name.replace("\\", "/").split("/")
