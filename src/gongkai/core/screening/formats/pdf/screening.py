"""A PDF taken apart: pieces of text with their places, and what a person has to look at."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import unquote

import pikepdf

from gongkai.core.errors import ReadError
from gongkai.core.screening.formats import nested
from gongkai.core.screening.formats.halves import HALF
from gongkai.core.screening.formats.pdf.arrange import Text, halves, hidden, plain
from gongkai.core.screening.formats.pdf.chars import Look
from gongkai.core.screening.formats.pdf.fields import filled
from gongkai.core.screening.formats.pdf.forms import form_texts, page_texts, stream_texts
from gongkai.core.screening.formats.pdf.look import looks
from gongkai.core.screening.formats.pdf.opening import open_pdf, seen_bytes
from gongkai.core.screening.formats.pdf.places import info_name, place
from gongkai.core.screening.formats.pdf.refusals import refusing
from gongkai.core.screening.formats.pdf.remains import remains, revisions
from gongkai.core.screening.formats.pdf.strings import compact
from gongkai.core.screening.formats.pdf.views import seam, views
from gongkai.core.screening.formats.pdf.walk import Walked, walk
from gongkai.core.screening.formats.spelt import escapes
from gongkai.core.screening.model import Finding, Kind, Piece, Unpacked, Verdict

_SCAN = 0.5          # share of a page under pictures, with hardly any text, from which it is a scan
_SOME_PICTURE = 0.04  # share of a page from which a picture may hold text worth a look
_FEW = 40            # characters
_OUTLINES = 40       # drawn shapes on a page without text: letters may have been turned into outlines
_GARBLED = 0.05
_LABEL = 16          # characters


def unpack(data: bytes, name: str, depth: int) -> Unpacked:
    """All text of a PDF, seen and hidden.

    Raises ReadError `encrypted`, `damaged`, `too-many-pages`, `too-slow` or `content-too-large`.
    """
    del name
    with refusing():
        return _unpack(data, depth)


def _unpack(data: bytes, depth: int) -> Unpacked:
    with open_pdf(data) as pdf:
        pieces, found, walked, pages = _document(pdf)
        inner = _embedded(walked, depth)
        told = Told(pieces)
        _earlier(data, told, found, depth)
        left = remains(data, walked, encrypted=pdf.is_encrypted)
        for text in stream_texts(pdf, left.contents):
            told.add(text, "未被使用的内容", "早先版本或残留的对象")
        for text, where in left.texts:
            told.add(text, where, "早先版本或残留的对象")
        if left.texts or left.contents or left.files:
            found.append(_finding(Kind.HIDDEN_CONTENT, "文件内部数据", "文件里有不再使用的残留数据", hidden=True))
        for content, where in left.files:
            inner.append(nested(content, where, depth=depth, prefix=where, hidden=True, why="附在文件之外的数据"))
    for part in inner:
        told.pieces += part.pieces
        found += part.findings
    return Unpacked("pdf", tuple(told.pieces), tuple(dict.fromkeys(found)), pages)


class Told:
    """Pieces collected so far, to which only what is new is added when it may say the same once more."""

    def __init__(self, pieces: list[Piece]) -> None:
        self.pieces = pieces
        self._parts = [compact(piece.text) for piece in pieces]

    def add(self, text: str, where: str, why: str, *, labels: bool = False) -> None:
        """Keep the lines that stand nowhere else, as one hidden piece; with `labels` also a short line above them."""
        new: list[str] = []
        above = ""
        for line in text.splitlines():
            if compact(line) and not self._is_known(compact(line)):
                new += [above, line] if labels and 0 < len(above) <= _LABEL else [line]
            above = line
        if new and len(compact("".join(new))) >= 2:
            kept = "\n".join(new)
            self.put(Piece(kept, where, True, why))

    def put(self, piece: Piece) -> None:
        """Keep a piece whatever else says the same."""
        self.pieces.append(piece)
        self._parts.append(compact(piece.text))

    def _is_known(self, text: str) -> bool:
        if len(self._parts) > 1:
            self._parts = ["\0".join(self._parts)]
        return text in self._parts[0] if self._parts else False


def _document(pdf: pikepdf.Pdf) -> tuple[list[Piece], list[Finding], Walked, int]:
    """The pieces of one revision of the document."""
    seen = looks(seen_bytes(pdf))
    pieces, found = _pages(seen)
    told = Told(pieces)
    walked = walk(pdf)
    for text, way in dict.fromkeys(walked.texts):
        where = place(way)
        spelt = escapes(unquote(text) if "%" in text else text)  # an address or a script hands over what it spells
        told.put(Piece(text if spelt == text else f"{text}\n{spelt}", where, True, _why(where)))
    for text, way in walked.drawn:
        where = place(way)
        told.add(text, where, _why(where))
    for ids, text in form_texts(pdf):
        where = place(walked.forms.get(ids, ()))
        told.add(text, where, _why(where))
    for text in page_texts(pdf):
        told.add(text, "不在目录中的页", "文件里留着的页")
    for look, page in zip(seen, pdf.pages, strict=True):
        if form := filled(look, page):
            told.add(plain(form.text), f"第{look.number}页表单域", "表单域", labels=True)
    found += _told_by(walked)
    return told.pieces, found, walked, len(seen)


def _why(where: str) -> str:
    return "不在页面正文中" if "内部数据" in where else re.sub(r"^第\d+页|“.*", "", where)


def _pages(seen: list[Look]) -> tuple[list[Piece], list[Finding]]:
    pieces: list[Piece] = []
    found: list[Finding] = []
    before: Text = []
    for look in seen:
        where = f"第{look.number}页"
        texts = views(look)
        pieces += [Piece(plain(text), where) for text in texts]
        read = texts[0] if texts else []
        first, second = seam(before, read)
        if first and second:
            pieces.append(Piece(plain(first + second), f"第{look.number - 1}页末至{where}"))
        before = read
        whys = []
        for stretch, why in hidden(look):
            pieces.append(Piece(stretch, where, True, why))
            whys.append(why)
        pieces += [Piece(line, where, True, f"{why}{HALF}") for line, why in halves(look)]
        if whys:
            sentence = f"有看不见的文字（{'、'.join(dict.fromkeys(whys))}）"
            found.append(_finding(Kind.HIDDEN_CONTENT, f"{where}不可见的文字", sentence, hidden=True))
        found += _unscreened(look, where, len(compact(plain(read))))
    return pieces, found


def _unscreened(look: Look, where: str, characters: int) -> Iterable[Finding]:
    if (look.pictures >= _SCAN and characters < _FEW) or (not look.chars and look.pictures > 0):
        yield _finding(Kind.UNSCREENED, where, f"{where}是图像，没有识别文字，未经筛查，请人工核对")
    elif not look.chars and look.paths > _OUTLINES:
        yield _finding(Kind.UNSCREENED, where, f"{where}没有文字，可能已转为曲线，未经筛查，请人工核对")
    elif look.pictures >= _SOME_PICTURE:
        yield _finding(Kind.UNSCREENED, where, f"{where}有图片，图片中的文字未经筛查，请人工核对")
    if look.garbled > max(2, _GARBLED * len(look.chars)):
        yield _finding(Kind.UNSCREENED, where, f"{where}有 {look.garbled} 个字符没有文字编码，未经筛查，请人工核对")


def _told_by(walked: Walked) -> Iterable[Finding]:
    notes = walked.notes
    sentences = {
        "批注": "有批注", "表单": "有表单域", "签名": "有数字签名", "脚本": "有脚本", "附件": "内嵌了附件",
        "图层": "有关闭的图层", "私有数据": "有编辑软件留下的私有数据",
    }
    for what, sentence in sentences.items():
        for where in sorted(notes.get(what, ())):
            named = where if what in where else f"{where}{what}"
            yield _finding(Kind.HIDDEN_CONTENT, named, sentence, hidden=True)
    if told := sorted(notes.get("属性", ())):
        names = "、".join(info_name(key) if key.isalpha() and len(key) < 30 else "自定义属性" for key in told[:8])
        yield _finding(Kind.METADATA, "文档属性", f"文档属性里填有：{names}", hidden=True)


def _embedded(walked: Walked, depth: int) -> list[Unpacked]:
    """Attachments and pictures, each taken apart in its turn."""
    from gongkai.core.screening.formats.image.metadata import picture_texts

    parts = []
    for number, (content, name, way) in enumerate(walked.files, 1):
        prefix = f"{place(way)} {number}"
        parts.append(nested(content, name, depth=depth, prefix=prefix, hidden=True, why="内嵌的附件"))
    for content, way in walked.images:
        if content:
            page = way[0] if way and way[0].startswith("第") else ""
            where = f"{page}图片的附带信息"
            parts.append(Unpacked("image", tuple(
                Piece(text, where, True, "图片的附带信息") for text in picture_texts(content)
            )))
    return parts


def _earlier(data: bytes, told: Told, found: list[Finding], depth: int) -> None:
    """What earlier revisions say that the document does not say any more."""
    for number, cut in enumerate(revisions(data), 1):
        prefix = f"第{number}次保存的早先版本"
        found.append(_finding(Kind.HIDDEN_CONTENT, prefix, "文件里保留着早先保存的版本", hidden=True))
        try:
            with open_pdf(cut) as pdf:
                pieces, _, walked, _ = _document(pdf)
        except ReadError:
            continue  # not a document of its own; its objects were looked at one by one
        for piece in pieces:
            told.add(piece.text, f"{prefix} › {piece.where}", "早先保存的版本")
        for part in _embedded(walked, depth):
            for piece in part.pieces:
                told.add(piece.text, f"{prefix} › {piece.where}", "早先保存的版本")


def _finding(kind: Kind, where: str, excerpt: str, *, hidden: bool = False) -> Finding:
    return Finding(kind, where, excerpt, Verdict.WARN, hidden)
