"""The disputes that the rows of an application tell of: each instance in its place, and what is odd about the order.

A row holds a reconsideration and an instance of a suit; further ones stand in rows of their own under the same 登记号.
An instance without 诉讼类型 goes on with the suit above it. Where an application's rows never leave it out, a higher
instance of the same kind does so too. Nothing is guessed beyond that: what does not fit is a suit of its own, with a
remark.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from gongkai.core.registers.columns import choices, heading, word
from gongkai.core.registers.draft import Draft
from gongkai.core.registers.entry import Dispute, DisputeKind, Redo, Result, Stage
from gongkai.core.registers.values import date_of
from gongkai.core.text.fold import fold

_PREFIXES, _CELLS = ("reconsideration", "suit", "second"), ("received", "decided", "result")
FIELDS = frozenset(
    {f"{prefix}_{what}" for prefix in _PREFIXES for what in _CELLS} | {"suit_kind", "suit_stage", "redo"}
)
# Which instance may follow which; after a remand the first one comes again.
INSTANCES_AFTER: Mapping[Stage, tuple[Stage, ...]] = {
    "first": ("second", "retrial"), "second": ("retrial", "first"), "retrial": ("retrial", "first", "second"),
}
_HIGHER = frozenset({("first", "second"), ("first", "retrial"), ("second", "retrial")})
_STAGES: dict[str | None, Stage] = {"first": "first", "second": "second", "retrial": "retrial"}
_RESULTS: dict[str | None, Result] = {"upheld": "upheld", "corrected": "corrected", "other": "other"}
_REDO: dict[str | None, Redo] = {"owed": "owed", "done": "done", "waived": "waived"}


@dataclass(frozen=True, slots=True)
class Told:
    """A dispute with the row that tells of it and the beginning of its fields' keys. `bare`: it goes on without
    诉讼类型, as we write it."""

    draft: Draft
    prefix: str
    dispute: Dispute
    bare: bool = False


def read(draft: Draft, above: Sequence[Told] = (), *, repeated: bool = False) -> list[Told]:
    """The disputes of a row after those of the rows above, its problems noted in the draft.

    `repeated`: the row repeats the application's own columns, as copied rows and merged cells do; a dispute that it
    repeats as well is the same one.
    """
    found: list[Told] = []
    suits = block(above)
    reconsideration = _dispute(draft, "reconsideration", "reconsideration")
    if reconsideration is not None and not (repeated and _stands(reconsideration, above)):
        found.append(Told(draft, "reconsideration", reconsideration))
        suits = []
    suit = _suit(draft, suits)
    if suit is not None and not (repeated and _stands(suit, suits)):
        found.append(Told(draft, "suit", suit, suit.goes_on and not draft.has("suit_kind")))
        suits = [*suits, found[-1]]
    second = _second(draft, suits[-1].dispute if suits else None)
    if second is not None and not (repeated and _stands(second, suits)):
        found.append(Told(draft, "second", second))
    return _redone(draft, found)


def block(above: Sequence[Told]) -> list[Told]:
    """The suits since the last reconsideration: what another instance can go on with."""
    since = [at for at, told in enumerate(above) if told.dispute.kind == "reconsideration"]
    return list(above[since[-1] + 1:] if since else above)


def _stands(dispute: Dispute, above: Sequence[Told]) -> bool:
    """True where the last of its kind above is the same."""
    same = [told.dispute for told in above if told.dispute.kind == dispute.kind]
    return any(replace(one, redo="", goes_on=False) == replace(dispute, goes_on=False) for one in same)


def _dispute(draft: Draft, prefix: str, kind: DisputeKind) -> Dispute | None:
    received, decided = draft.day(f"{prefix}_received"), draft.day(f"{prefix}_decided")
    text = draft.text(f"{prefix}_result")
    key = word("result", text) if text else None
    if text and key is None:
        draft.add(
            f"{prefix}_result", "unknown-result", "“%(heading)s”写的“%(text)s”认不出；请填：%(choices)s。",
            heading=heading(f"{prefix}_result"), text=text[:40], choices="、".join(choices("result")),
        )
    elif fold(text) == "驳回":
        _remark_on_dismissal(draft, prefix)
    if received is None:
        if (decided or text) and not draft.has(f"{prefix}_received"):
            draft.add(
                f"{prefix}_received", "dispute-without-date",
                "填了办结日期或者结果，但没有“%(heading)s”；请补填或者清空。", heading=heading(f"{prefix}_received"),
            )
        return None
    return Dispute(kind, received, decided, _RESULTS.get(key, "pending"))


def _remark_on_dismissal(draft: Draft, prefix: str) -> None:
    """A bare 驳回 is one of two results of table 四."""
    claim, case = ("复议请求", "复议申请") if prefix == "reconsideration" else ("诉讼请求", "起诉")
    draft.add(
        f"{prefix}_result", "dismissal-unclear",
        "“%(heading)s”只写了驳回，按驳回%(case)s记为其他结果；驳回%(claim)s的是结果维持，请改为“驳回%(claim)s”后再导入。",
        "warning", heading=heading(f"{prefix}_result"), case=case, claim=claim,
    )


def _suit(draft: Draft, suits: Sequence[Told]) -> Dispute | None:
    """Without a readable kind 直接起诉 is assumed in the draft; where a suit stands in the row that is an error."""
    above, stage = suits[-1].dispute if suits else None, _stage(draft)
    text = draft.text("suit_kind")
    key = word("suit_kind", text) if text else None
    goes_on = not text and stage is not None and above is not None and stage in INSTANCES_AFTER[above.stage]
    kind: DisputeKind = above.kind if goes_on and above is not None else "after" if key == "after" else "direct"
    there = any(draft.has(f"suit_{what}") for what in ("received", "decided", "result", "stage"))
    if not text and there and not goes_on and not draft.has("suit_kind"):
        draft.add(
            "suit_kind", "suit-kind-missing", "有诉讼，但没有诉讼类型；请填：%(choices)s。",
            choices="、".join(choices("suit_kind")),
        )
    elif text and key is None:
        draft.add(
            "suit_kind", "unknown-suit-kind", "诉讼类型“%(text)s”认不出；请填：%(choices)s。", text=text[:40],
            choices="、".join(choices("suit_kind")),
        )
    elif (text or draft.has("suit_stage")) and not draft.has("suit_received"):
        draft.add("suit_received", "dispute-without-date", "有诉讼类型或者审级，但没有诉讼收到日期；请补填或者清空。")
    found = _dispute(draft, "suit", kind)
    if found is None:
        return None
    if above is not None and above.kind == kind and (above.stage, stage) in _HIGHER:
        goes_on = goes_on or not any(told.bare for told in suits)
    return replace(found, stage=stage or "first", goes_on=goes_on)


def _stage(draft: Draft) -> Stage | None:
    text = draft.text("suit_stage")
    if not text:
        return None
    key = _STAGES.get(word("suit_stage", text))
    if key is None:
        draft.add(
            "suit_stage", "unknown-instance", "审级“%(text)s”认不出；请填：%(choices)s。", text=text[:40],
            choices="、".join(choices("suit_stage")),
        )
    return key


def _second(draft: Draft, above: Dispute | None) -> Dispute | None:
    """The second instance in columns of its own, as many registers have it."""
    found = _dispute(draft, "second", above.kind if above is not None else "direct")
    if found is None:
        return None
    if above is None or "second" not in INSTANCES_AFTER[above.stage]:
        draft.add("second_received", "second-without-first", "有二审，但前面没有一审；请补填诉讼各栏。")
        return None
    return replace(found, stage="second", goes_on=True)


def _redone(draft: Draft, found: list[Told]) -> list[Told]:
    """What the row says of replying anew belongs to its last 纠正."""
    text = draft.text("redo")
    if not text:
        return found
    key: Redo = "done" if date_of(draft.cell("redo")) is not None else _REDO.get(word("redo", text), "")
    corrected = [at for at, told in enumerate(found) if told.dispute.result == "corrected"]
    if not key:
        draft.keep("redo", text)
        draft.add(
            "redo", "unknown-redo",
            "“重新答复”写的“%(text)s”认不出；可以导入，不开启重新答复期限。请填：%(choices)s。", "warning",
            text=text[:40], choices="、".join(choices("redo")),
        )
    elif not corrected:
        draft.keep("redo", text)
        draft.add(
            "redo", "redo-without-correction",
            "写了“重新答复”，但这一行没有结果是纠正的；可以导入，不开启重新答复期限，请核对。", "warning",
        )
    else:
        at = corrected[-1]
        found[at] = replace(found[at], dispute=replace(found[at].dispute, redo=key))
    return found
