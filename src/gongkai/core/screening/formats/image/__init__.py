"""Pictures: what they carry beside their pixels is looked at; what their pixels say is not, and that is said."""

from __future__ import annotations

from collections.abc import Callable

from gongkai.core.screening.formats.image.metadata import has_position, metadata
from gongkai.core.screening.formats.image.repaint import check, repainted
from gongkai.core.screening.model import Finding, Kind, Piece, Rebuilt, Unpacked, Verdict

__all__ = ["clean", "unpack"]

_QUIET = ("EXIF Orientation", "EXIF ColorSpace")


def unpack(data: bytes, name: str, depth: int) -> Unpacked:
    """The texts that a picture carries. Raises ReadError `damaged` or `content-too-large`."""
    del name, depth
    frames = check(data)
    parts = metadata(data)
    pieces = tuple(Piece(text, f"图片的{part}", True, "图片的附带信息") for part, text in parts)
    findings = [Finding(Kind.UNSCREENED, "图片", "图片中的文字没有识别，未经筛查，请人工核对", Verdict.WARN)]
    if has_position(data):
        findings.append(Finding(Kind.METADATA, "图片的拍摄信息", "图片带有拍摄地点（GPS）", Verdict.WARN, True))
    elif any(part.startswith("EXIF") for part, _ in parts):
        findings.append(Finding(Kind.METADATA, "图片的拍摄信息", "图片带有拍摄信息（EXIF）", Verdict.WARN, True))
    if any(part == "文件末尾之后" for part, _ in parts):
        findings.append(Finding(Kind.HIDDEN_CONTENT, "图片末尾之后", "图片后面附有其他数据", Verdict.WARN, True))
    return Unpacked("image", pieces, tuple(findings), frames)


def clean(data: bytes, name: str, mask: Callable[[str], str]) -> Rebuilt:
    """The same picture painted anew with its pixels alone. Raises ReadError as `unpack` does."""
    del name, mask  # pixels are not masked
    return Rebuilt(repainted(data))
