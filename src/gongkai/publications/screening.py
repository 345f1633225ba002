"""What screening says of an edition's words, in a form that rows and pages can hold (Arts. 14, 15, 17)."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping
from typing import Any

from gongkai.core import screening as core
from gongkai.core.screening.model import Finding, Kind, Verdict
from gongkai.publications.models import Edition
from gongkai.publications.wordings import words_for

# What a reader meets of an edition beside its body; each is screened by itself so that the place has a name.
FIELDS: dict[str, str] = {
    "title": "名称", "document_number": "文号", "issuing_organ": "发文机关", "lead_organ": "牵头机关",
    "joint_organs": "联合发文机关", "topic": "主题分类", "served": "服务对象", "keywords": "关键词",
    "summary": "内容概述", "change_note": "修订说明",
}
FINDINGS_MOST = 200  # that are kept; the verdict counts all
_ORDER = (Verdict.PASS, Verdict.WARN, Verdict.BLOCK)


def screen_words(edition: Edition) -> tuple[str, list[dict[str, Any]]]:
    """The verdict on title, metadata and body, and its findings with masked excerpts, the blocking ones first."""
    words = words_for(edition.publication.agency)
    found: list[Finding] = []
    for field, name in FIELDS.items():
        said = getattr(edition, field)
        text = said if isinstance(said, str) else "\n".join(map(str, said))
        if text:
            screened = core.screen(_page(html.escape(text)), "字段.html", words=words)
            found += [_at(name, one) for one in screened.findings]
    if edition.body:
        found += core.screen(_page(edition.body), "正文.html", words=words).findings
    return verdict_of(found), as_rows(found)


def blocked(text: str) -> bool:
    """Whether a sentence that goes out beside a publication holds what must not."""
    return bool(text) and verdict_of(core.screen(_page(html.escape(text)), "说明.html").findings) == Verdict.BLOCK


def verdict_of(findings: Iterable[Finding]) -> str:
    """The gravest."""
    return max((one.verdict for one in findings), key=_ORDER.index, default=Verdict.PASS).value


def as_rows(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """Findings as `gongkai screen --json` gives them, the blocking ones first."""
    ordered = sorted(findings, key=lambda one: one.verdict != Verdict.BLOCK)
    return [
        {"kind": one.kind.value, "where": one.where, "excerpt": one.excerpt, "verdict": one.verdict.value,
         "hidden": one.hidden}
        for one in ordered[:FINDINGS_MOST]
    ]


def places(findings: Iterable[Mapping[str, Any]], most: int = 3) -> str:
    """Where the first blocking findings stand, for a sentence."""
    blocking = list(dict.fromkeys(one["where"] for one in findings if one["verdict"] == Verdict.BLOCK))
    return "、".join(blocking[:most]) + ("等" if len(blocking) > most else "")


def unscreened(findings: Iterable[Finding]) -> bool:
    """Whether something in a file could not be screened, so that a person has to look."""
    return any(one.kind is Kind.UNSCREENED for one in findings)


def remedy(kind: str) -> str:
    """What to do about a finding, in a sentence for the page."""
    return _REMEDIES.get(kind, "请核对这一处，不能公开的改掉后再保存")


_PERSONAL = "个人信息不能公开：删去，或者按“35*************123”的办法遮盖后再保存（第十五条）"
_REMEDIES: dict[str, str] = {
    **dict.fromkeys(("id_number", "phone", "bank_card", "address", "email", "plate", "passport", "person"), _PERSONAL),
    "name_list": "花名册只公开必要的栏目：删去证件号、电话、账号等各列后再上传（第十五条）",
    "secrecy_mark": "标有密级或者内部字样的不能公开；已经解密的，请先办理解密并换用没有标志的文本（第十四条）",
    "disclosure_mark": "标有依申请公开或者不予公开的，不能按主动公开办；属性确实改变的，请换用没有标志的文本",
    "hidden_content": "文件里有看不见的内容，清理后的文件已经去掉；仍有提示的，请在原文件里删去后重新上传",
    "metadata": "文件属性里有内容，清理后的文件已经去掉",
    "unscreened": "有图片或者扫描件不能自动筛查，请审查人打开逐页核对",
    "unreadable": "换成没有密码、能正常打开的文件后重新上传",
    "cannot_clean": "按提示改正原文件后重新上传",
    "wording": "请按本机关的易错词表核对用词",
}


def _page(body: str) -> bytes:
    return f"<!doctype html><html><head><meta charset=\"utf-8\"></head><body>{body}</body></html>".encode()


def _at(name: str, finding: Finding) -> Finding:
    return Finding(finding.kind, f"“{name}”", finding.excerpt, finding.verdict, finding.hidden)
