"""An office's template, looked at before it is taken: a plain .docx, nothing that runs or points outside, known fields
only, nothing that the PDF would leave out, and a rendering with sample values that works."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from datetime import date
from typing import Any

from docx.opc.exceptions import PackageNotFoundError
from lxml import etree

from gongkai.core.errors import Refused
from gongkai.letters import filling, pdf, rendering, sandbox
from gongkai.letters.fields import FIELDS, OWN
from gongkai.letters.kinds import LetterKind

LIMIT = 2 * 1024 * 1024
_UNPACKED, _ENTRIES = 20 * 1024 * 1024, 300
_SAMPLE_DAY = date(2026, 3, 5)
_FORBIDDEN_PARTS = ("vbaproject", "activex", "embeddings/", "oleobject", "afchunk", "customui", "customxml/item")
# Element → what it is called. The PDF is set from paragraphs and tables, so what it could not show is refused here.
_UNSETTABLE = {
    "txbxContent": "文本框", "anchor": "浮动图片（请改为嵌入型）", "numPr": "自动编号（请直接写序号）",
    "altChunk": "嵌入文档",
    "object": "嵌入对象", "pict": "旧式图形", "control": "控件", "ins": "修订痕迹（请先接受修订）",
    "del": "修订痕迹（请先接受修订）", "commentReference": "批注（请先删除批注）", "footnoteReference": "脚注",
    "endnoteReference": "尾注", "oMath": "公式", "chart": "图表", "moveFrom": "修订痕迹（请先接受修订）",
    "moveTo": "修订痕迹（请先接受修订）", "sym": "符号字体的字符（请改用普通字符）", "ruby": "拼音指南",
}
# The same for switches, which w:val="0" turns off.
_SWITCHES = {"titlePg": "首页不同的页眉页脚", "vanish": "隐藏文字"}
_FIELDS = {"PAGE", "NUMPAGES", "SECTIONPAGES"}


def receive(chunks: Iterable[bytes], kind: LetterKind) -> bytes:
    """The bytes of a template that may be used.

    Raises Refused: template-too-large, template-not-docx, template-macros, template-outside, template-unsettable,
    and what `sandbox.check` raises.
    """
    data = _gather(chunks)
    parts = _unpack(data)
    _check_parts(parts)
    try:
        sandbox.check(rendering.sources(data), kind)
        _check_mandatory(sandbox.shown(rendering.on_paper(data), kind), kind)
        _try(data, kind)
    except Refused:
        raise
    except (PackageNotFoundError, KeyError, ValueError, AttributeError, etree.LxmlError) as error:
        raise _not_docx() from error
    except Exception as error:
        # Whatever the libraries stumble over, the template is not one that letters could be made of.
        raise Refused(
            "template-syntax", "模板无法用示例内容生成文书，没有保存；请检查 {% if %} 与 {% endif %} 是否成对",
        ) from error
    return data


def sample_values(kind: LetterKind) -> dict[str, Any]:
    """Every field of a kind with its sample."""
    own = {field.key: str(field.sample) for field in OWN}
    number = own["number"].replace("公复", kind.word) if kind.numbered else ""
    return filling.fill(kind, filling.sample(kind), own | {"number": number}, _SAMPLE_DAY)


def _gather(chunks: Iterable[bytes]) -> bytes:
    data = bytearray()
    for chunk in chunks:
        data += chunk
        if len(data) > LIMIT:
            raise Refused(
                "template-too-large", "模板超过 %(limit)s MB，没有保存；请压缩模板里的图片", limit=LIMIT // 1024**2,
            )
    return bytes(data)


def _unpack(data: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if len(entries) > _ENTRIES or sum(entry.file_size for entry in entries) > _UNPACKED:
                raise _not_docx()
            parts, left = {}, _UNPACKED
            for entry in entries:
                # The sizes in the directory are only said: what really comes out is measured.
                with archive.open(entry) as opened:
                    content = opened.read(left + 1)
                left -= len(content)
                if left < 0:
                    raise _not_docx()
                parts[entry.filename] = content
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError) as error:
        raise _not_docx() from error
    if "word/document.xml" not in parts or "[Content_Types].xml" not in parts:
        raise _not_docx()
    return parts


def _check_parts(parts: dict[str, bytes]) -> None:
    types = parts["[Content_Types].xml"].lower()
    if b"macroenabled" in types or b"vbaproject" in types or any(
        mark in name.lower() for name in parts for mark in _FORBIDDEN_PARTS[:4]
    ):
        raise Refused("template-macros", "模板带有宏、控件或嵌入对象，没有保存；请另存为不含宏的 .docx 后再上传")
    if any(mark in name.lower() for name in parts for mark in _FORBIDDEN_PARTS[4:6]):
        raise _unsettable("嵌入文档")
    for name, content in parts.items():
        if not name.endswith((".xml", ".rels")):
            continue
        if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
            raise _not_docx()
        try:
            root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
        except etree.XMLSyntaxError as error:
            raise _not_docx() from error
        if name.endswith(".rels"):
            _check_links(root)
        elif name.startswith("word/") and not name.startswith(("word/styles", "word/numbering", "word/theme")):
            _check_elements(root)
            _check_fields(root)


def _check_links(root: etree._Element) -> None:
    for link in root.iter("{*}Relationship"):
        if link.get("TargetMode") == "External":
            raise Refused(
                "template-outside", "模板引用了外部文件或网址，没有保存；请去掉超链接、链接的图片和链接的模板",
            )


def _check_elements(root: etree._Element) -> None:
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        local = etree.QName(element).localname
        if local == "cols" and (_said(element, "num") or "1") != "1":
            raise _unsettable("分栏")
        if local in _SWITCHES and _said(element, "val") not in {"0", "false", "off"}:
            raise _unsettable(_SWITCHES[local])
        if local == "sdt" and etree.QName(element.getparent()).localname in {"tbl", "tr"}:
            raise _unsettable("表格里的内容控件")
        if local == "fldSimple":
            _check_field(_said(element, "instr"))
        if local == "numPr" and _is_none(element):
            continue
        if _UNSETTABLE.get(local):
            raise _unsettable(_UNSETTABLE[local])


def _said(element: etree._Element, name: str) -> str:
    return element.get(f"{{{etree.QName(element).namespace}}}{name}") or ""


def _check_fields(root: etree._Element) -> None:
    """Fields in pieces: from `begin` to `separate` or `end` stands the instruction, in as many runs as Word likes."""
    open_: list[str] = []
    for element in root.iter("{*}fldChar", "{*}instrText"):
        if etree.QName(element).localname == "instrText":
            if open_:
                open_[-1] += element.text or ""
        elif _said(element, "fldCharType") == "begin":
            open_.append("")
        elif open_:
            _check_field(open_[-1])
            if _said(element, "fldCharType") == "end":
                open_.pop()


def _check_field(instruction: str) -> None:
    name = (instruction.split() or [""])[0].upper()
    if name and name not in _FIELDS:
        raise _unsettable(f"页码以外的域（{name[:20]}）")


def _is_none(number: etree._Element) -> bool:
    """numId 0 takes a number away."""
    return any(etree.QName(e).localname == "numId" and "0" in e.attrib.values() for e in number)


def _check_mandatory(shown_always: set[str], kind: LetterKind) -> None:
    """A template that leaves out what the law wants on the letter, or puts it behind a condition of something else, is
    refused by the names of what is missing."""
    shown = {"ground": "ground_sentence"}
    needed = [shown.get(key, key) for key in kind.required] + ["organ"]
    needed += ["number"] if kind.numbered else []
    needed += ["remedy"] if kind.remedy else []
    missing = [FIELDS[key].label for key in needed if key not in shown_always]
    if missing:
        raise Refused(
            "template-lacks", "模板里没有这些必须写明的字段：%(fields)s，没有保存；请补上后再上传",
            fields="、".join(missing),
        )


def _try(data: bytes, kind: LetterKind) -> None:
    made = rendering.render(data, sample_values(kind), rendering.Stamp("ABCD-EFGH-JKMN-PQRS"))
    try:
        pdf.write(made, title=kind.title, author="")
    except Refused as refusal:
        if refusal.code != "no-cjk-font":  # such a machine makes no PDF at all; the Word file is the letter
            raise


def _not_docx() -> Refused:
    return Refused(
        "template-not-docx", "这个文件不是可用的 .docx 文档，没有保存；请在 Word 或 WPS 里另存为 .docx 后再上传",
    )


def _unsettable(what: str) -> Refused:
    return Refused(
        "template-unsettable", "模板里有%(what)s，生成的 PDF 无法与 Word 文档一致，没有保存；请去掉后再上传", what=what,
    )
