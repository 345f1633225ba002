"""Namespaces of office files. Strict files are read under the transitional names (see `package`)."""

from __future__ import annotations

from functools import lru_cache

_OFFICE = "http://schemas.openxmlformats.org/"
W = f"{{{_OFFICE}wordprocessingml/2006/main}}"
S = f"{{{_OFFICE}spreadsheetml/2006/main}}"
P = f"{{{_OFFICE}presentationml/2006/main}}"
A = f"{{{_OFFICE}drawingml/2006/main}}"
C = f"{{{_OFFICE}drawingml/2006/chart}}"
DGM = f"{{{_OFFICE}drawingml/2006/diagram}}"
M = f"{{{_OFFICE}officeDocument/2006/math}}"
R = f"{{{_OFFICE}officeDocument/2006/relationships}}"
WP = f"{{{_OFFICE}drawingml/2006/wordprocessingDrawing}}"
PIC = f"{{{_OFFICE}drawingml/2006/picture}}"
XDR = f"{{{_OFFICE}drawingml/2006/spreadsheetDrawing}}"
RELS = f"{{{_OFFICE}package/2006/relationships}}"
TYPES = f"{{{_OFFICE}package/2006/content-types}}"
MC = f"{{{_OFFICE}markup-compatibility/2006}}"
WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
WPG = "{http://schemas.microsoft.com/office/word/2010/wordprocessingGroup}"
WPC = "{http://schemas.microsoft.com/office/word/2010/wordprocessingCanvas}"
DSP = "{http://schemas.microsoft.com/office/drawing/2008/diagram}"
V = "{urn:schemas-microsoft-com:vml}"
O = "{urn:schemas-microsoft-com:office:office}"  # noqa: E741 - the prefix of the standard
W10 = "{urn:schemas-microsoft-com:office:word}"
XML = "{http://www.w3.org/XML/1998/namespace}"

RELATION = f"{_OFFICE}officeDocument/2006/relationships/"
OWN: dict[str, str] = {None: S[1:-1]}  # type: ignore[dict-item]  # a sheet's names need no prefix
SPACE = f"{XML}space"


@lru_cache(maxsize=4096)  # bounded: whoever made the file chose the names
def local(tag: object) -> str:
    """The name without its namespace; empty for comments and instructions."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
