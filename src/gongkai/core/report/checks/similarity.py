"""C21, second half: how much of this year's prose stands in last year's report word for word.

Measured as the share of this year's five-character pieces (shingles) that last year's prose also has. Two pairs of
honest published reports of one government in successive years share 19 % and 44 %, reports of different agencies
at most 12 %.
"""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.core.report.checks.across_years import usable_previous
from gongkai.core.report.checks.registry import Case, Hit, rule
from gongkai.core.report.model import Report, Severity
from gongkai.core.report.prose import plain

SHINGLE = 5
COPIED = 0.8       # share of pieces from which a text counts as copied
SHORTEST = 300     # characters: less than this is formula, not prose
_PROSE_SECTIONS = (1, 5)


@rule("C21", code="GK2102", severity=Severity.INFO, title="正文与上年报告雷同")
def prose_is_not_last_years(case: Case) -> Iterator[Hit]:
    """Sections 一 and 五 mostly word for word those of last year ("雷同、敷衍塞责" is an accountable fault)."""
    previous = usable_previous(case)
    if previous is None:
        return
    share = copied_share(prose(case.report), prose(previous))
    if share is not None and share >= COPIED:
        yield Hit(
            f"正文有 {share:.0%} 的文字与上年报告相同，请按本年实际情况重写", (), f"{share:.0%}", f"<{COPIED:.0%}",
        )


def prose(report: Report) -> str:
    """Sections 一 and 五 without years, so that a mere change of the year does not hide a copy."""
    text = "".join(plain(report.sections[n].text) for n in _PROSE_SECTIONS if n in report.sections)
    for year in (report.year, (report.year or 0) + 1, (report.year or 0) - 1):
        text = text.replace(f"{year}年", "年")
    return text


def copied_share(new: str, old: str) -> float | None:
    """The share of `new`'s pieces that `old` has; None when `new` is too short to judge."""
    if len(new) < SHORTEST:
        return None
    pieces = {new[i:i + SHINGLE] for i in range(len(new) - SHINGLE + 1)}
    known = {old[i:i + SHINGLE] for i in range(len(old) - SHINGLE + 1)}
    return len(pieces & known) / len(pieces)
