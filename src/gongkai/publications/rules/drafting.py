"""What a draft must say before it goes on, and what may not be said of it (Arts. 12, 14 to 17). No Django."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from gongkai.core.errors import Refused
from gongkai.core.law.answer_kinds import GROUNDS
from gongkai.core.required import required
from gongkai.publications.kinds import LANES, Attribute, Kind, Origin

# Characters; the columns are as long.
LENGTHS: dict[str, tuple[str, int]] = {
    "title": ("名称", 300), "document_number": ("文号", 100), "issuing_organ": ("发文机关", 200),
    "lead_organ": ("牵头机关", 200), "topic": ("主题分类", 60), "served": ("服务对象", 60), "keywords": ("关键词", 200),
    "summary": ("内容概述", 500), "change_note": ("修订说明", 300), "attribute_reason": ("属性说明", 2000),
    "lane_reason": ("应急理由", 300),
}
DATES = ("formed_on", "effective_on", "expires_on")
BODY_MOST = 500_000  # characters of markup
ORGANS_MOST = 30
ON_REQUEST = "on_request"  # the ground of what is given on request
# No text holds these, no XML may; and what turns the direction of writing makes a reader see another text.
UNFIT = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef"
    r"\ufffe\uffff]",
)


def words(name: str, text: str, most: int = 300) -> str:
    """A text that an act cannot do without, trimmed. Raises Refused: words-missing, words-too-long."""
    return required(name, UNFIT.sub("", text), most)


def plain(field: str, text: str) -> str:
    """The text of a field, trimmed, without what no text may hold. Raises Refused: words-missing for a title,
    words-too-long."""
    name, most = LENGTHS[field]
    text = UNFIT.sub("", text)
    text = " ".join(text.split()) if field in {"title", "document_number"} else text.strip()
    if field == "title":
        return words(name, text, most)
    if len(text) > most:
        raise Refused("words-too-long", "%(name)s不能超过 %(most)s 个字；没有保存", name=name, most=most)
    return text


def organs(names: Collection[str]) -> list[str]:
    """Co-makers by name. Raises Refused: organs-count, words-too-long."""
    found = list(dict.fromkeys(filter(None, (UNFIT.sub("", name).strip() for name in names))))
    if len(found) > ORGANS_MOST:
        raise Refused("organs-count", "联合发文机关最多 %(most)s 个；没有保存", most=ORGANS_MOST)
    if any(len(name) > 120 for name in found):
        raise Refused("words-too-long", "%(name)s不能超过 %(most)s 个字；没有保存", name="联合发文机关", most=120)
    return found


def choices(values: Mapping[str, Any]) -> None:
    """Raises Refused: attribute-unknown, ground-unknown, kind-unknown, lane-unknown."""
    if values.get("attribute") not in {None, "", *Attribute}:
        raise Refused("attribute-unknown", "请选择公开属性：主动公开、依申请公开或者不予公开；没有保存")
    if values.get("attribute_ground") not in {None, "", ON_REQUEST, *GROUNDS}:
        raise Refused("ground-unknown", "请从列出的依据里选择（第十四条至第十六条）；没有保存")
    if values.get("kind") not in {None, *Kind}:
        raise Refused("kind-unknown", "请选择体裁；没有保存")
    if values.get("lane") not in {None, *LANES}:
        raise Refused("lane-unknown", "请选择通道：普通或者应急；没有保存")


def days(formed_on: date | None, effective_on: date | None, expires_on: date | None, today: date) -> None:
    """Raises Refused: future-date, too-early."""
    if formed_on is not None and formed_on > today:
        raise Refused("future-date", "成文日期%(on)s还没有到，请核对；没有保存", on=formed_on)
    begins = effective_on or formed_on
    if expires_on is not None and begins is not None and expires_on <= begins:
        raise Refused(
            "too-early", "失效日期%(on)s不晚于生效或者成文日期%(begins)s，请核对；没有保存", on=expires_on,
            begins=begins,
        )


def changed(changed_on: date | None, formed_on: date | None, today: date) -> None:
    """The day on which the information changed (Art. 26). Raises Refused: future-date, too-early."""
    if changed_on is None:
        return
    if changed_on > today:
        raise Refused("future-date", "信息变更日期%(on)s还没有到，请核对；没有保存", on=changed_on)
    if formed_on is not None and changed_on < formed_on:
        raise Refused(
            "too-early", "信息变更日期%(on)s早于成文日期%(begins)s，请核对（第二十六条）；没有保存", on=changed_on,
            begins=formed_on,
        )


def attribute(kind: str, ground: str, reason: str) -> None:
    """The attribute is fixed while drafting; what is not published says on what ground and why.

    Raises Refused: attribute-missing, ground-missing, ground-wrong, reason-missing.
    """
    if not kind:
        raise Refused(
            "attribute-missing", "起草时要确定公开属性：主动公开、依申请公开或者不予公开；没有送出，请先选择并保存",
        )
    if kind == Attribute.ACTIVE:
        return
    if kind == Attribute.WITHHELD and ground not in GROUNDS:
        raise Refused("ground-missing", "不予公开的，须选择依据（第十四条至第十六条）；请补充后再办")
    if kind == Attribute.ON_REQUEST and ground not in {"", ON_REQUEST, *GROUNDS}:
        raise Refused("ground-wrong", "依申请公开的依据不对，请重新选择（第十三条）")
    if not reason.strip():
        raise Refused("reason-missing", "不主动公开的，须写明理由，以后定期再评估时要用（第十八条）；请补充后再办")


def lane(kind: str, reason: str) -> None:
    """Raises Refused: lane-reason."""
    if kind == "emergency" and not reason.strip():
        raise Refused("lane-reason", "走应急通道须写明理由；没有保存")


def place(first_published: bool, moved: bool) -> None:
    """Organ, kind and item are reviewed with the first edition. Raises Refused: place-stands."""
    if moved and first_published:
        raise Refused(
            "place-stands", "这条信息公开过，体裁和目录事项不再改变；归类不对的，请撤下后另行起草；没有保存",
        )


def complete(text: str, files: int, number: int, change_note: str) -> None:
    """Something to read, and from the second edition on what changed. Raises Refused: empty, change-note."""
    if not text.strip() and not files:
        raise Refused("empty", "正文和附件都是空的，没有送审；请填写正文或者上传附件")
    if number > 1 and not change_note.strip():
        raise Refused("change-note", "修订稿须写明改了什么，公众看得到；没有送审，请填写修订说明")


def clean(
    verdict: str, files: Collection[tuple[str, str]], *, warned: bool, accepted: bool, places: str = "",
) -> None:
    """What screening says of words and files (name, verdict) lets them out.

    Raises Refused: not-screened, words-blocked, file-unreadable, file-blocked, warnings-open.
    """
    if not verdict:
        raise Refused("not-screened", "正文还没有筛查，请先保存一次")
    if verdict not in {"pass", "warn"}:
        raise Refused(
            "words-blocked", "正文里有不能公开的内容（%(places)s）；没有送出，请按筛查结果修改（第十四条、第十五条）",
            places=places or "见筛查结果",
        )
    for name, said in files:
        if said == "unreadable":
            raise Refused(
                "file-unreadable", "附件“%(name)s”打不开或者加了密，没有办法筛查，不能公开；请换成能打开的文件",
                name=name,
            )
        if said not in {"pass", "warn"}:
            raise Refused(
                "file-blocked", "附件“%(name)s”里有不能公开的内容，没有送出；请按筛查结果处理后重新上传（第十四条、"
                "第十五条）",
                name=name,
            )
    if warned and not accepted:
        raise Refused("warnings-open", "筛查有提示，请逐条核对，确认可以公开后再办；没有送出")


def looked(names: Collection[str]) -> None:
    """Files of which something could not be screened were looked at by a person. Raises Refused: files-unlooked."""
    if names:
        raise Refused(
            "files-unlooked", "附件%(names)s有内容未能自动筛查（如图片、扫描件），请先由审查人逐件核对（第十七条）",
            names="、".join(f"“{name}”" for name in names),
        )


def origin(kind: str) -> str:
    """Where the information comes from (Art. 10). Raises Refused: origin-unknown."""
    if kind not in set(Origin):
        raise Refused("origin-unknown", "请选择信息来源（第十条）；没有保存")
    return kind


def nothing_there() -> Refused:
    """There is no edition to act on."""
    return Refused("not-now", "这条信息还没有可以办理的版本；请刷新页面看最新情况")


def organ_stands(name: str, valid_to: date | None, today: date) -> None:
    """An organ that was abolished begins nothing new; its successors do (Art. 10). Raises Refused "organ-gone"."""
    if valid_to is not None and valid_to <= today:
        raise Refused("organ-gone", "%(name)s已经撤销，不能再起草；请由承接其职能的机关公开（第十条）", name=name)


def section_works(name: str, active: bool) -> None:
    """Raises Refused "section-closed" for a section that was closed."""
    if not active:
        raise Refused("section-closed", "%(name)s已经停用，没有保存；请换一个科室", name=name)
