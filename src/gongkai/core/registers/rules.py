"""What an entry of a register must agree with: the order of its days, and what belongs together (Arts. 30, 33, 36)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from gongkai.core.registers.columns import heading
from gongkai.core.registers.draft import Draft
from gongkai.core.registers.entry import Entry, Problem

# (earlier, later, code): the later day must not lie before the earlier one.
_ORDER = (
    ("received", "correction_asked", "correction-before-receipt"),
    ("received", "corrected", "correction-before-receipt"),
    ("correction_asked", "corrected", "corrected-before-asked"),
    ("received", "closed", "closed-before-received"),
    ("correction_asked", "closed", "closed-before-correction"),
    ("corrected", "closed", "closed-before-correction"),
    ("received", "reconsideration_received", "dispute-before-receipt"),
    ("received", "suit_received", "dispute-before-receipt"),
    ("reconsideration_received", "reconsideration_decided", "decided-before-received"),
    ("received", "second_received", "dispute-before-receipt"),
    ("suit_received", "suit_decided", "decided-before-received"),
    ("second_received", "second_decided", "decided-before-received"),
)
_AFTER_CORRECTION = frozenset({"unclear", "uncorrected"})


def row_rules(entry: Entry, draft: Draft) -> Iterator[Problem]:
    """Order of days; correction, closing, outcome and reply number that belong together."""
    yield from order_rules(draft)
    if draft.has("corrected") and not draft.has("correction_asked"):
        yield draft.problem(
            "corrected", "correction-without-notice",
            "有补正日期，但没有补正告知日期；期限只有在告知补正之后才重新起算（第三十条），请补填或者清空。",
        )
    if draft.has("outcome") and not draft.has("closed"):
        yield draft.problem(
            "closed", "outcome-without-closing", "有办理结果，但没有办结日期；请补填，还没有办结的请清空办理结果。"
        )
    if draft.has("closed") and not draft.has("outcome"):
        yield draft.problem("outcome", "closing-without-outcome", "有办结日期，但没有办理结果；请补填。")
    if draft.has("reply_number") and not draft.has("closed") and not draft.has("outcome"):
        yield draft.problem("closed", "reply-without-closing", "有答复文号，但没有办结日期；按未办结登记。", "warning")
    if entry.outcome in _AFTER_CORRECTION and not draft.has("correction_asked"):
        yield draft.problem(
            "correction_asked", "correction-missing",
            "这一办理结果以告知补正为前提，但没有补正告知日期（第三十条）。", "warning"
        )


def order_rules(draft: Draft) -> Iterator[Problem]:
    """No day before the one that it follows."""
    for earlier, later, code in _ORDER:
        first, second = draft.days.get(earlier), draft.days.get(later)
        if first is not None and second is not None and second < first:
            yield _wrong_order(draft, code, earlier, later, first, second)


def _wrong_order(draft: Draft, code: str, earlier: str, later: str, first: date, second: date) -> Problem:
    return draft.problem(
        later, code, "“%(later)s” %(second)s 早于“%(earlier)s” %(first)s，次序不可能；请核对。",
        later=heading(later), earlier=heading(earlier), first=first.isoformat(), second=second.isoformat(),
    )
