"""Everything about the report as a whole, in the order in which its parts can be trusted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from gongkai.core.report.identity.agencies import completed, fullest, labelled, lacks_end, stated, subject
from gongkai.core.report.identity.signature import Signature, find_signature
from gongkai.core.report.identity.titles import Title, find_title, read_title
from gongkai.core.report.model import Note
from gongkai.core.text.dates import arabic_lines, whole_date
from gongkai.core.text.patterns import lazy

_PERIOD = lazy(r"(?:期限|时限|时间|统计)[^。]{0,12}?(20\d\d)年1月1日")
_YEAR = lazy(r"(?<![\[(〔\d])(20\d\d)年(?!\d{1,2}月\d{1,2}日|\d{1,2}月)")
_READ = 60_000   # characters of prose that are searched; the longest reports have a third of that
_EARLIEST, _LATEST = 2008, 2099   # annual reports exist since the first Regulations came into force


@dataclass(slots=True)
class Identity:
    """`used` are the indexes of lines that are title or signature and so belong to no section."""

    agency: str | None = None
    year: int | None = None
    title: str | None = None
    signature: str | None = None
    signed_on: date | None = None
    notes: list[Note] = field(default_factory=list)
    used: frozenset[int] = frozenset()


def identify(texts: Sequence[str], *, hint: str | None = None) -> Identity:
    """Read agency, year, title, signature and date from the running text, line by line.

    `hint` is a web page's own title and is asked only where the text has no title. What the document does not say
    stays None, with a note.
    """
    title = find_title(texts)
    said = title or (read_title(hint) if hint else None)
    foot = find_signature(texts)
    found = Identity()
    if said is not None:
        found.title = said.text
    if foot is not None:
        found.signature, found.signed_on = foot.name, foot.on
    below = _date_below(title, texts) if title is not None and found.signed_on is None else None
    found.signed_on = found.signed_on or below

    @cache
    def body() -> str:
        """The text folded; a report with a full title does without."""
        return arabic_lines("\n".join(texts)[:_READ])

    found.year = _year(said, body, foot)
    found.agency = _agency(said, body, foot)
    found.used = foot.lines if foot else frozenset()
    if title is not None:
        found.used |= frozenset(range(title.first, title.last + (1 if below is None else 2)))
    if found.year is None:
        found.notes.append(Note("no-year", "正文中没有写明报告年度，按年度不明处理；请确认是哪一年的报告后补填年度。"))
    if found.agency is None:
        found.notes.append(Note("no-agency", "正文中没有写明报告机关，按机关不明处理；请确认后补填机关名称。"))
    return found


def _date_below(title: Title, texts: Sequence[str]) -> date | None:
    """The report's own date where it stands in brackets under the title; a bare one is the web page's."""
    line = texts[title.last + 1].strip() if title.last + 1 < len(texts) else ""
    return whole_date(line) if line.startswith(("（", "(")) else None


def _year(title: Title | None, body: Callable[[], str], foot: Signature | None) -> int | None:
    if title is not None and title.year is not None:
        return title.year
    period = Counter(int(year) for year in _PERIOD.findall(body()))
    if period:
        return period.most_common(1)[0][0]
    prose = Counter(year for found in _YEAR.findall(body()) if _EARLIEST <= (year := int(found)) <= _LATEST)
    if prose:
        return prose.most_common(1)[0][0]  # of two named equally often the one named first
    return foot.on.year - 1 if foot is not None and foot.on is not None else None


def _agency(title: Title | None, body: Callable[[], str], foot: Signature | None) -> str | None:
    if title is not None and title.agency is not None:
        return completed(title.agency, body()) if lacks_end(title.agency) else title.agency
    name = labelled(body()) or stated(body())
    name = name or (foot.name if foot is not None else None) or subject(body())
    return fullest(name, body()) if name else None
