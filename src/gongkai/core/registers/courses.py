"""What is odd about the disputes of an application: results without their days, instances out of their order, and what
a register does not say of the duty to reply anew."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.core.registers.columns import choices, heading
from gongkai.core.registers.entry import Dispute
from gongkai.core.registers.instances import Told, block


def check(told: Sequence[Told]) -> None:
    """Note the problems of each dispute in the draft of its row."""
    for at, one in enumerate(told):
        _agree(one, told[:at])
    _remark_on_duties(told)


def _remark_on_duties(told: Sequence[Told]) -> None:
    """Say of each 纠正 that stands what becomes of the duty to reply anew."""
    for at, one in enumerate(told):
        dispute, later = one.dispute, [other.dispute for other in told[at + 1:]]
        if dispute.result != "corrected" or dispute.decided is None:
            continue
        if dispute.redo == "owed":
            one.draft.add(
                "redo", "redo-opens",
                "“%(name)s”是纠正，尚未重新答复；导入后开启重新答复期限，从 %(day)s 起算，决定另有期限的请再更正。",
                "note", name=heading(f"{one.prefix}_result"), day=dispute.decided.isoformat(),
            )
        elif not dispute.redo and not _replaced(dispute, later):
            one.draft.add(
                "redo", "redo-unsaid",
                "“%(name)s”是纠正，没有写是否已经重新答复；可以导入，不开启重新答复期限。尚未重新答复的，请在“重新答复”列填：%(word)s。",
                "warning", name=heading(f"{one.prefix}_result"), word=choices("redo")[0],
            )


def _replaced(dispute: Dispute, later: Sequence[Dispute]) -> bool:
    """True when a later decision took the place of this one: of the next instances, or of the suits over it."""
    for other in later:
        over = other.kind == "after" if dispute.kind == "reconsideration" else other.goes_on
        if not over:
            return False
        if other.result in {"upheld", "corrected"}:
            return True
    return False


def _agree(told: Told, above: Sequence[Told]) -> None:
    """A result with its day, a pending case without one; and remarks on an order that the law does not know."""
    draft, prefix, dispute = told.draft, told.prefix, told.dispute
    name, day = heading(f"{prefix}_result"), heading(f"{prefix}_decided")
    if dispute.result != "pending" and not draft.has(f"{prefix}_decided"):
        draft.add(
            f"{prefix}_decided", "result-without-day", "“%(name)s”已有，但没有“%(day)s”；请补填。", name=name, day=day,
        )
    wrong = draft.is_wrong(f"{prefix}_result")  # and said so
    if dispute.result == "pending" and draft.has(f"{prefix}_decided") and not wrong:
        draft.add(
            f"{prefix}_result", "day-without-result", "有“%(day)s”，但“%(name)s”是未结或者没有填；请核对。", name=name,
            day=day,
        )
    if dispute.goes_on:
        _after_instance(told, above[-1].dispute)
    elif dispute.kind != "reconsideration":
        if dispute.stage != "first":
            draft.add(
                "suit_stage", "instance-without-earlier",
                "审级是%(stage)s，前面没有同一诉讼的上一审级；可以导入，按单独一件登记，请核对各行的次序和诉讼类型。",
                "warning", stage=_name(dispute),
            )
        elif any(one.dispute.kind == dispute.kind and one.dispute.stage != "first" for one in block(above)):
            draft.add(
                "suit_stage", "first-after-second",
                "一审排在二审或者再审之后；可以导入，按单独一件登记。属于同一诉讼的，请把一审排在前面。", "warning",
            )
        if dispute.kind == "after":
            _after_review(told, [one.dispute for one in above if one.dispute.kind == "reconsideration"])


def _after_instance(told: Told, earlier: Dispute) -> None:
    """An instance comes when the one before it has decided."""
    dispute, field = told.dispute, f"{told.prefix}_received"
    names = {"stage": _name(dispute), "earlier": _name(earlier), "received": dispute.received.isoformat()}
    if dispute.received < earlier.received:
        told.draft.add(
            field, "instance-before-earlier",
            "%(stage)s收到日期 %(received)s 早于%(earlier)s收到日期 %(day)s；可以导入，请核对。", "warning",
            day=earlier.received.isoformat(), **names,
        )
    elif earlier.decided is None:
        told.draft.add(
            field, "earlier-undecided", "%(earlier)s还没有结果，已经有%(stage)s；可以导入，请补填%(earlier)s的结果。",
            "warning", **names,
        )
    elif dispute.received < earlier.decided:
        told.draft.add(
            field, "instance-before-decision",
            "%(stage)s收到日期 %(received)s 早于%(earlier)s办结日期 %(day)s；可以导入，请核对。", "warning",
            day=earlier.decided.isoformat(), **names,
        )


def _after_review(told: Told, before: Sequence[Dispute]) -> None:
    """A suit after a reconsideration comes when it was decided, or its time has passed without a decision."""
    draft, dispute = told.draft, told.dispute
    if not before:
        draft.add(
            "reconsideration_received", "suit-without-reconsideration",
            "诉讼类型是复议后起诉，但复议各栏是空的；可以导入，请核对。", "warning",
        )
        return
    review = before[-1]
    if dispute.received < review.received:
        draft.add(
            "suit_received", "suit-before-reconsideration",
            "复议后起诉的收到日期 %(received)s 早于复议收到日期 %(day)s；可以导入，请核对诉讼类型和日期。", "warning",
            received=dispute.received.isoformat(), day=review.received.isoformat(),
        )
    elif review.decided is None:
        if dispute.decided is not None:
            draft.add(
                "reconsideration_decided", "suit-decided-first",
                "诉讼已有结果，复议还没有结果；可以导入，请核对。复议机关逾期不作决定而起诉的，请补填复议的结果。",
                "warning",
            )
    elif dispute.decided is not None and dispute.decided < review.decided:
        draft.add(
            "suit_decided", "suit-decided-first",
            "诉讼办结日期 %(decided)s 早于复议办结日期 %(day)s；可以导入，请核对。", "warning",
            decided=dispute.decided.isoformat(), day=review.decided.isoformat(),
        )
    elif dispute.received < review.decided:
        draft.add(
            "suit_received", "suit-before-decision",
            "复议后起诉的收到日期 %(received)s 早于复议办结日期 %(day)s；可以导入，请核对。", "warning",
            received=dispute.received.isoformat(), day=review.decided.isoformat(),
        )


def _name(dispute: Dispute) -> str:
    return {"first": "一审", "second": "二审", "retrial": "再审"}[dispute.stage]
