"""Whose report is this? Candidates from the tree for a name as some file writes it.

A file says 民政局, 青澜县民政局 or 某市青澜县民政局; the tree knows full names, short names, former names and parents.
The program proposes and says why; a person confirms.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from gongkai.agencies.models import Agency, FormerName
from gongkai.core.text.fold import fold

CERTAIN = 0.9
MOST = 5
# A city, county or district before an organ's name. Provinces are left out: a county's report names its province
# without meaning another place. The characters kept out of the stem are those that lead up to a name.
_PLACE = re.compile(
    "([^\\W\\d_a-zA-Z由为在对向到和与及的是按据照将以从经于我本全各该辖某两国级上下省市县区州旗]{2,3}(?:市|县|区|旗))"
    "(?=人民政府|[\u4e00-\u9fff]{2,10}(?:局|委员会|办公室|办事处))"
)
_ELSEWHERE = 0.35


@dataclass(frozen=True, slots=True)
class Candidate:
    """An agency that the name may mean; `score` from 0 to 1, `why` in words."""

    agency: int
    name: str
    score: float
    why: str

    def as_dict(self) -> dict[str, object]:
        """As it is kept with the item."""
        return asdict(self)


def candidates(
    name: str | None, *, near: Agency, hints: Iterable[str | None] = (), prose: str = "",
) -> list[Candidate]:
    """The best few agencies for `name`, best first; `hints` are other texts that may hold the name (title, signature).

    Of two agencies that fit alike, one at or below `near` (who handed the file in) comes first and the other is
    marked down: 民政局 in a county's batch is the county's, unless the report, `prose` included, names another county
    and never this one. Without any name the sender itself is proposed, weakly.
    """
    # The name itself may be short or misspelt; a hint is a longer text that must hold a whole known name.
    written = [(fold(name), False)] if name and fold(name) else []
    written += [(fold(hint), True) for hint in hints if hint and fold(hint)]
    said = "\n".join([*(text for text, _ in written), fold(prose)])
    found: dict[int, Candidate] = {}
    for agency, known, how, place in _known():
        elsewhere = _elsewhere(said, place)
        for text, is_hint in written:
            score, why = _held(text, known) if is_hint else _score(text, known, how)
            if score == 0:
                continue
            if not agency.path.startswith(near.path):
                score, why = score - 0.15, f"{why}，但不在报送机关范围内"
            if elsewhere:
                score, why = score - _ELSEWHERE, f"{why}，但文中写的是“{elsewhere}”，没有提到“{place}”"
            if agency.pk not in found or found[agency.pk].score < score:
                found[agency.pk] = Candidate(agency.pk, agency.name, round(max(score, 0.01), 2), why)
    if not found:
        return [Candidate(near.pk, near.name, 0.3, "文件里没有认出机关，暂按报送机关")]
    return sorted(found.values(), key=lambda c: (-c.score, c.agency))[:MOST]


def certain(found: list[Candidate]) -> int | None:
    """The one agency that is meant, None when nothing is close enough or two are equally close."""
    if not found or found[0].score < CERTAIN:
        return None
    if len(found) > 1 and found[1].score == found[0].score:
        return None
    return found[0].agency


def _known() -> Iterable[tuple[Agency, str, str, str]]:
    """Every agency under every name that is known of it: the folded name, how it is known, and its place."""
    agencies = {agency.pk: agency for agency in Agency.objects.all()}
    former: dict[int, list[str]] = {}
    for agency_id, old in FormerName.objects.values_list("agency_id", "name"):
        former.setdefault(agency_id, []).append(old)
    for agency in agencies.values():
        parent = agencies.get(agency.parent_id) if agency.parent_id else None
        name, above = fold(agency.name), fold(parent.name) if parent is not None else ""
        place = above.removesuffix("人民政府") if above.endswith("人民政府") else ""
        yield agency, name, "名称相同", place
        if fold(agency.short_name):
            yield agency, fold(agency.short_name), "简称相同", place
        prefix = above.removesuffix("人民政府")
        if prefix and not name.startswith(prefix):
            yield agency, prefix + name, "加上级名称后相同", place
        for old in former.get(agency.pk, ()):
            yield agency, fold(old), "曾用名相同", place


def _elsewhere(said: str, place: str) -> str:
    """The other place that a report names, where it nowhere names the agency's own (青澜 for 青澜县 is enough)."""
    own = place[:-1] if len(place) > 2 else place
    if not own or own in said:
        return ""
    named = Counter(name for name in _PLACE.findall(said) if name != "自治区")
    return named.most_common(1)[0][0] if named else ""


def _score(wanted: str, known: str, how: str) -> tuple[float, str]:
    """How well a name as written fits a known one."""
    if wanted == known:
        return {"名称相同": 1.0, "加上级名称后相同": 0.98, "曾用名相同": 0.95}.get(how, 0.93), how
    if len(known) >= 4 and wanted.endswith(known):
        return 0.92, f"全称以“{known}”结尾"
    if len(wanted) >= 3 and known.endswith(wanted):
        return 0.75, f"是“{known}”的后半部分"
    alike = _alike(wanted, known)
    return (round(alike * 0.8, 2), "名称相近") if alike >= 0.7 else (0.0, "")


def _held(text: str, known: str) -> tuple[float, str]:
    """A title or signature that holds the name: a longer name that holds a shorter one wins."""
    if len(known) < 5 or known not in text:
        return 0.0, ""
    return 0.5 + min(len(known), 30) / 100, f"标题或落款中有“{known}”"


def _alike(a: str, b: str) -> float:
    """Dice's coefficient over pairs of characters."""
    left, right = {a[i : i + 2] for i in range(len(a) - 1)}, {b[i : i + 2] for i in range(len(b) - 1)}
    return 2 * len(left & right) / (len(left) + len(right)) if left and right else 0.0
