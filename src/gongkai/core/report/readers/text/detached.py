"""Tells whether a text has lost the link between its numbers and their labels.

Text taken from a PDF in reading order gives numbers in blocks, column by column, before or after their labels. Some
rows then look complete by accident, so one such sign condemns every number of the document.
"""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.core.report.readers.text.draft import Draft
from gongkai.core.report.readers.text.walk import APPLICANTS, OUTCOMES

_WRONG_ROWS = 3  # rows with too many or too few values: more than a clerk's slips


def is_detached(drafts: Sequence[Draft]) -> bool:
    """True when values stand before their labels, or pile up behind some labels and lack behind others."""
    orphans = sum(draft.orphans for draft in drafts)
    if orphans:
        return True
    wrong = over = piled = bare = 0
    for draft in drafts:
        for block in draft.blocks:
            width = {2: len(block.heads), 3: APPLICANTS}.get(draft.table, OUTCOMES)
            counts = [len(row.values) for row in block.rows if row.certain]
            for count in counts:
                wrong += count not in (0, width)
                over += count > width
                piled += count >= 2 * width and width > 1
            bare += sum(count == 0 for count in counts[:-1])
    return bool(piled or (over and bare) or wrong >= _WRONG_ROWS)
