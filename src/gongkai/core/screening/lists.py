"""Lists of persons (花名册): names in a column or in lines beside the persons' own numbers, or beside their plight.

Names alone are no finding: officials, winners and companies stand in lists that must be published.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from gongkai.core.screening.model import Finding, Kind, Piece, Verdict
from gongkai.core.screening.personal.hit import Hit
from gongkai.core.screening.personal.surnames import SURNAMES
from gongkai.core.screening.policy import DEFAULT, Policy
from gongkai.core.text.patterns import lazy

_NAME = lazy(rf"[{SURNAMES}][\u4e00-\u9fff](?:\s?[\u4e00-\u9fff]){{0,2}}|[{SURNAMES}]\s{{1,2}}[\u4e00-\u9fff]")
_NAME_HEAD = re.compile("姓名|户主|申请人|持卡人|学生|患者|(?:救助|补助|保障|帮扶|扶助)(?:对象|人)|家长|当事人|名单")
_BEFORE_NUMBER = lazy(
    rf"[{SURNAMES}][\u4e00-\u9fff]{{1,3}}(?<![行户司局位部处所院校厅社厂码])[\s,，、:：(（|;；]*(?:男|女)?[\s,，、|]*(?:[\u4e00-\u9fff]{{1,3}}族)?[\s,，、|]*"
    r"(?:(?:公民)?(?:身份证|证件|手机|电话|联系电话|卡|银行卡|账|联系方式)(?:号码?|号)?)?[\s:：(（为是]*$"
)
_BEHIND_NUMBER = lazy(rf"[\s,，、|:：]{{1,4}}[{SURNAMES}][\u4e00-\u9fff]{{1,3}}(?=$|[\s,，、;；。（(])")
_COLUMN = re.compile(r"第(\d+)列$|([A-Z]{1,3})\d+$")
_SENSITIVE = re.compile(
    "低保|特困|五保|残疾|疾病|病种|诊断|患病|贫困|脱贫|困难|救助|补助|补贴|优抚|孤儿|留守|精神|矫正|刑满|吸毒|戒毒|艾滋|传染|"
    "孕|计生|婚姻|家庭收入|致贫"
)
_NUMBERS = frozenset({Kind.ID_NUMBER, Kind.PHONE, Kind.BANK_CARD, Kind.PASSPORT})
_OFFICIAL = frozenset(
    {
        "mobile_office", "mobile_doubtful", "landline", "landline_hidden", "account_office", "birth_date",
        "id_doubtful", "id_display",
    }
)
_ENOUGH, _ENOUGH_SENSITIVE = 2, 3
_LABELS = {"id_number": "身份证件号码", "phone": "电话号码", "bank_card": "银行账号", "passport": "证件号码"}


def find(pieces: Sequence[Piece], hits: Mapping[int, Sequence[Hit]], policy: Policy = DEFAULT) -> list[Finding]:
    """Lists in tables and lists in lines. `hits` holds what the detectors found, by the index of the piece."""
    found = [*_tables(pieces, hits, policy), *_text(pieces, hits, policy)]
    return [finding for finding in found if finding.verdict is not Verdict.PASS]


def is_name(text: str) -> bool:
    """True for two to four Chinese characters that begin with a surname."""
    return len(text) <= 8 and _NAME.fullmatch(text.strip()) is not None


def _tables(pieces: Sequence[Piece], hits: Mapping[int, Sequence[Hit]], policy: Policy) -> Iterator[Finding]:
    tables: dict[tuple[str, bool], dict[int, list[int]]] = {}
    for at, piece in enumerate(pieces):
        if piece.row is not None:
            tables.setdefault((piece.table, piece.hidden), {}).setdefault(piece.row, []).append(at)
    for rows in tables.values():
        paired, kinds, names = _paired(pieces, rows.values(), hits)
        first = pieces[next(iter(rows.values()))[0]]
        if len(paired) < _ENOUGH:  # persons side by side, their numbers below their names
            upright, below, _ = _paired(pieces, _columns(pieces, rows).values(), hits)
            if len(upright) >= _ENOUGH:
                paired, kinds = upright, below
        if len(paired) >= _ENOUGH:
            yield _finding("name_list", pieces[paired[0]], len(paired), _labels(kinds), policy)
        elif names >= _ENOUGH_SENSITIVE and _is_sensitive(pieces, rows):
            yield _finding("name_list_sensitive", first, names, "困难、残疾、疾病或补助等情况", policy)


def _paired(
    pieces: Sequence[Piece], groups: Iterable[Sequence[int]], hits: Mapping[int, Sequence[Hit]]
) -> tuple[list[int], set[Kind], int]:
    """Names that share a row (or a column) with a number of the person, the kinds of these, and how many names."""
    paired: list[int] = []
    kinds: set[Kind] = set()
    names = 0
    for cells in groups:
        named = next((at for at in cells if is_name(pieces[at].text)), None)
        own = {hit.kind for at in cells for hit in hits.get(at, ()) if _is_own(hit)}
        names += named is not None
        if named is not None and own:
            paired.append(named)
            kinds |= own
    return paired, kinds, names


def _columns(pieces: Sequence[Piece], rows: Mapping[int, Sequence[int]]) -> dict[str, list[int]]:
    columns: dict[str, list[int]] = {}
    for cells in rows.values():
        for at in cells:
            if found := _COLUMN.search(pieces[at].where):
                columns.setdefault(found[1] or found[2], []).append(at)
    return columns


def _is_sensitive(pieces: Sequence[Piece], rows: Mapping[int, Sequence[int]]) -> bool:
    """True when the heads speak of names and of a plight."""
    top = [cells for _, cells in sorted(rows.items())[:3]]
    words = " ".join(pieces[at].text[:40] for cells in top for at in cells)
    return bool(_NAME_HEAD.search(words) and _SENSITIVE.search(words))


def _text(pieces: Sequence[Piece], hits: Mapping[int, Sequence[Hit]], policy: Policy) -> Iterator[Finding]:
    """Lines that pair a name with a number, one after the other."""
    for hidden in (False, True):
        paired: list[int] = []
        kinds: set[Kind] = set()
        for at, piece in enumerate(pieces):
            if piece.row is not None or piece.hidden is not hidden:
                continue
            stop = 0
            for hit in hits.get(at, ()):
                line = piece.text[max(stop, hit.start - 24, piece.text.rfind("\n", 0, hit.start) + 1):hit.start]
                stop = hit.stop
                named = _BEFORE_NUMBER.search(line) or _BEHIND_NUMBER.match(piece.text[hit.stop:hit.stop + 12])
                if _is_own(hit) and named:
                    paired.append(at)
                    kinds.add(hit.kind)
        if len(paired) >= _ENOUGH:
            yield _finding("name_list", pieces[paired[0]], len(paired), _labels(kinds), policy)


def _is_own(hit: Hit) -> bool:
    return hit.kind in _NUMBERS and hit.case not in _OFFICIAL


def _labels(kinds: set[Kind]) -> str:
    return "、".join(_LABELS[kind] for kind in sorted(kinds))


def _finding(case: str, piece: Piece, count: int, beside: str, policy: Policy) -> Finding:
    verdict = policy.verdict(case, hidden=piece.hidden)
    return Finding(Kind.NAME_LIST, piece.where, f"{count} 人的姓名与{beside}在一起", verdict, piece.hidden)
