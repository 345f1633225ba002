"""What letters share: title, number, salutation, opening, remedy, signature."""

from __future__ import annotations

from gongkai.letters.making.sheet import BODY, TITLE, directive, paragraph

REGULATIONS = "《中华人民共和国政府信息公开条例》"
OPENING = (
    "本机关于{{收到日期}}收到{{称谓}}提交的政府信息公开申请（申请编号：{{申请编号}}）。"
    "{{称谓}}申请公开的内容为：“{{申请内容}}”。"
)


def head(title: str, *, numbered: bool = True, organ: bool = True) -> str:
    """Organ and title in 小标宋, the document number below."""
    lines = paragraph("{{机关名称}}", align="center", first=0, font=TITLE, size=22, line=32, keep=True) if organ else ""
    lines += paragraph(
        title, align="center", first=0, font=TITLE, size=22, line=32, after=6 if numbered else 14, keep=True,
    )
    if numbered:
        lines += paragraph("{{文号}}", align="center", first=0, after=12, keep=True)
    return lines


def to(whom: str) -> str:
    """The salutation, flush left."""
    return paragraph(f"{whom}：", first=0, align="left", keep=True)


def text(*words: str, keep: bool = False) -> str:
    """Paragraphs of the body."""
    return "".join(paragraph(each, keep=keep) for each in words)


def optional(field: str, *words: str, keep: bool = False) -> str:
    """Paragraphs that stand there only when `field` was given."""
    return directive(f"{{%p if {field} %}}") + text(*words, keep=keep) + directive("{%p endif %}")


def enquiries() -> str:
    """Whom to ask. Kept with the signature, which must not stand alone on a page."""
    return optional("联系电话", "联系方式：{{公开工作机构}}，{{联系电话}}。", keep=True)


def remedy() -> str:
    """The remedy notice, computed from the outcome and the day."""
    return optional("救济告知", "{{救济告知}}")


def signature() -> str:
    """Organ over date in the right half, with room for the seal; never parted from each other."""
    return (
        paragraph("{{机关名称}}", align="center", first=0, left=13, before=44, keep=True)
        + paragraph("{{发文日期}}", align="center", first=0, left=13)
    )


def letter(title: str, whom: str, *body: str) -> str:
    """A whole letter: every paragraph of `body` is made already or plain words."""
    made = "".join(each if each.startswith("<w:") else text(each) for each in body)
    return head(title) + to(whom) + made + optional("备注", "备注：{{备注}}。", keep=True) + signature()


def small(words: str, before: float = 6) -> str:
    """A note above or below a table."""
    return paragraph(words, first=0, align="left", font=BODY, size=12, line=20, before=before, after=4)
