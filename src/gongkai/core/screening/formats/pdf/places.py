"""Where in a PDF something stands, in words that a clerk understands, from the way that leads to it."""

from __future__ import annotations

_WORDS = (
    (("Perms", "DSS"), "数字签名"),
    (("EmbeddedFiles", "AF", "EF", "FS"), "附件"),
    (("JavaScript", "JS"), "脚本"),
    (("OpenAction", "AA", "A"), "动作或链接"),
    (("AcroForm",), "表单域"),
    (("Annots",), "批注"),
    (("Outlines",), "书签（目录）"),
    (("StructTreeRoot",), "结构标签（替代文字）"),
    (("PageLabels",), "页码标签"),
    (("Dests",), "命名目标"),
    (("OCProperties",), "图层"),
    (("PieceInfo",), "编辑软件的私有数据"),
    (("Metadata",), "XMP 元数据"),
    (("Names",), "名称树"),
)
_INFO = {
    "Author": "作者", "Title": "标题", "Subject": "主题", "Keywords": "关键词", "Creator": "创建程序",
    "Producer": "生成程序", "Company": "单位", "Manager": "主管", "Comments": "备注", "Category": "类别",
}


def info_name(key: str) -> str:
    """The name of a property of the document."""
    return _INFO.get(key, key)


def place(way: tuple[str, ...]) -> str:
    """Words for a way of keys from the trailer or from a page (`way[0]` "第3页")."""
    if "Info" in way[:1] and len(way) > 1:
        return f"文档属性“{info_name(way[1])}”"
    page = way[0] if way and way[0].startswith("第") else ""
    for keys, words in _WORDS:
        if any(key in keys for key in way):
            return f"{page}{words}" if page else words
    return f"{page}内部数据" if page else "文件内部数据"
