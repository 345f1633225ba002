"""Document properties, custom XML and the other parts that belong to the file and not to its pages."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.core.screening.formats.ooxml.names import local
from gongkai.core.screening.formats.ooxml.package import Package, parse
from gongkai.core.screening.formats.zipped.container import TRAILING
from gongkai.core.screening.model import Finding, Kind, Piece, Verdict

_NAMES = {
    "title": "标题", "subject": "主题", "creator": "作者", "keywords": "关键词", "description": "备注",
    "lastModifiedBy": "最后保存者", "category": "类别", "contentStatus": "状态", "Company": "单位", "Manager": "经理",
    "HyperlinkBase": "超链接基础", "Template": "模板", "identifier": "标识", "language": "语言", "version": "版本",
    "created": "创建时间", "modified": "修改时间", "revision": "修订次数", "lastPrinted": "打印时间",
}
_TELLING = frozenset({
    "title", "subject", "creator", "keywords", "description", "lastModifiedBy", "category", "contentStatus", "Company",
    "Manager", "HyperlinkBase", "identifier",
})


def properties(package: Package) -> tuple[list[Piece], list[Finding], set[str]]:
    """Texts of the properties, what to say of them, and the parts that were read."""
    pieces: list[Piece] = []
    named: list[str] = []
    read: set[str] = set()
    for relation in package.relations(""):
        if relation.external or not relation.type.endswith(("properties", "metadata/core-properties")):
            continue
        read.add(relation.target)
        root = parse(package.parts[relation.target])
        own = "custom" in relation.type
        for element in root.iter():
            text = (element.text or "").strip()
            if not text:
                continue
            name = str(element.getparent().get("name") or "自定义") if own else local(element.tag)  # type: ignore[union-attr]
            word = _NAMES.get(name, name)
            if own:
                pieces.append(Piece(name, "文档属性的名称", hidden=True, why="文档属性"))
            pieces.append(Piece(text, f"文档属性“{word[:40]}”", hidden=True, why="文档属性"))
            if own or name in _TELLING:
                named.append("自定义属性" if own else word)
    findings = []
    if named:
        listed = "、".join(dict.fromkeys(named))
        findings.append(Finding(Kind.METADATA, "文档属性", f"文件属性里有：{listed}", Verdict.WARN, hidden=True))
    return pieces, findings, read


def said(pieces: list[Piece]) -> Iterator[Finding]:
    """One finding for each way in which text is hidden: how, how often, and where first."""
    first: dict[str, tuple[str, int]] = {}
    for piece in pieces:
        if piece.hidden and piece.why in WARNED:
            where, count = first.get(piece.why, (piece.where, 0))
            first[piece.why] = where, count + 1
    for why, (where, count) in first.items():
        yield Finding(Kind.HIDDEN_CONTENT, where, f"{why}，共 {count} 处", Verdict.WARN, hidden=True)


DELETED = "修订中删除的文字"
COMMENT = "批注"
VANISHED = "设为隐藏的文字"
PALE = "与底色相同的文字"
TINY = "极小的文字"
FOLDED = "隐藏的行"
NARROW = "隐藏的列"
UNSEEN_SHEET = "隐藏的工作表"
NUMBER_FORMAT = "用数字格式隐藏的内容"
UNSEEN_SLIDE = "隐藏的幻灯片"
NOTES = "备注页"
UNSEEN_SHAPE = "隐藏的对象"
VARIABLES = "文档变量"
GLOSSARY = "文档部件库"
OWN_XML = "自定义 XML 数据"
LINKED = "外部链接的缓存"
PIVOT = "数据透视表的缓存"
OTHER_BRANCH = "兼容用的另一份内容"
WARNED = frozenset({
    DELETED, COMMENT, VANISHED, PALE, TINY, FOLDED, NARROW, UNSEEN_SHEET, NUMBER_FORMAT, UNSEEN_SLIDE, NOTES,
    UNSEEN_SHAPE, VARIABLES, GLOSSARY, OWN_XML, LINKED, PIVOT, TRAILING,
})
