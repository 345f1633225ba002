"""A standard catalogue out of a file: rows that are whole, and the rest with the cell and the reason."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from gongkai.core.catalogue.standard import Problem, StandardCatalogue, StandardRow
from gongkai.core.catalogue.standard_columns import HEADINGS, places
from gongkai.core.catalogue.standard_tables import Table, tables
from gongkai.core.catalogue.ticks import channels_of, ticked
from gongkai.core.catalogue.vocabulary import domain_of
from gongkai.core.errors import ReadError, Refused
from gongkai.core.text.fold import fold

_LONGEST = {
    "first": 200, "second": 200, "limit": 1_000, "subject": 200, "group": 200, "audience": 200, "domain": 60,
}
_LONGEST_TEXT = 5_000
_BROKEN = re.compile(r"=|#(?:REF!|N/A|VALUE!|NAME\?|DIV/0!|NUM!|NULL!|SPILL!)", re.I)
_REMARKS = ("备注", "说明:", "注:", "填表说明", "填写说明", "填报单位", "填报人", "制表", "联系人", "合计", "总计")
_PLACE = re.compile(r"^[^省市县区州旗]{1,8}[省市县区州旗]")
_DEFAULT_SHEET = re.compile(r"(?:sheet|工作表|表)\s*\d*$", re.I)
_NUMBERED = re.compile(r"^[(（]?[0-9一二三四五六七八九十]{1,3}[)）.、．]\s*")
_ASIDE_HEAD = 40  # rows above the first headings at most


class _Wrong(Refused):
    def __init__(self, field: str, code: str, sentence: str, **values: object) -> None:
        super().__init__(code, sentence, **values)
        self.field = HEADINGS[field]


def read_standard(data: bytes, name: str = "") -> StandardCatalogue:
    """The rows of a standard catalogue, whatever the order of its columns, over all sheets and tables of the file.

    Raises ReadError: `no-headings`, and what `tables` raises.
    """
    rows: list[StandardRow] = []
    problems: list[Problem] = []
    without: list[str] = []
    headed = False
    seen: dict[tuple[str, str, str, str], int] = {}
    for table in tables(data, name):
        reader = _Reader(table)
        for number, read in reader.rows():
            if isinstance(read, Problem):
                problems.append(read)
                continue
            key = (read.domain, read.first, read.second, read.contents)
            if key in seen:
                problems.append(Problem(
                    number, table.name, HEADINGS["second"], "duplicate-row",
                    f"与第 {seen[key]} 行的事项和内容相同，请删去一行",
                ))
                continue
            seen[key] = number
            rows.append(read)
        headed |= reader.headed
        if not reader.headed and table.lines:
            without.append(table.name)
    if not headed:
        raise ReadError(
            "no-headings",
            "没有找到标准目录的表头（公开事项、公开内容、公开依据、公开时限等），没有读取；请对照模板检查。",
        )
    notes = (f"“{'、'.join(title[:30] for title in without[:5])}”没有标准目录的表头，没有读取",) if without else ()
    return StandardCatalogue(tuple(rows), tuple(problems), notes)


class _Reader:
    """One table: the domain from titles and headings, then rows; a further row of headings begins anew."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._domain = domain_in(table.name) or _sheet_domain(table.name)
        self._places: Mapping[str, int] = {}
        self._first = ""
        self.headed = False

    def rows(self) -> Iterator[tuple[int, StandardRow | Problem]]:
        lines = self._table.lines
        skip = False
        for at, (number, cells) in enumerate(lines):
            if skip:
                skip = False
                continue
            head = places(cells, lines[at + 1][1] if at + 1 < len(lines) else ())
            if head is not None:
                self._places, skip = head
                self._first, self.headed = "", True
                continue
            if not self.headed and at > _ASIDE_HEAD:
                return
            if self._aside(cells) or not self.headed:
                continue
            try:
                yield number, self._row(number, cells)
            except _Wrong as wrong:
                yield number, Problem(number, self._table.name, wrong.field, wrong.code, wrong.message)

    def _aside(self, cells: list[str]) -> bool:
        """A title, which may name the domain, or a remark."""
        texts = list(dict.fromkeys(cell for cell in cells if cell))
        plain = fold(texts[0])
        if len(texts) == 1 and "标准目录" in plain:
            self._domain = domain_in(texts[0]) or _sheet_domain(self._table.name)
            return True
        heading = plain.endswith("领域") or domain_of(_NUMBERED.sub("", texts[0])) is not None
        if len(texts) == 1 and cells[0] and (heading or self._places.get("seq") == 0):
            self._domain = domain_in(texts[0]) or self._domain
            return True
        return len(texts) <= 3 and plain.startswith(_REMARKS)

    def _cell(self, cells: list[str], field: str) -> str:
        at = self._places.get(field)
        return cells[at].strip() if at is not None and at < len(cells) else ""

    def _row(self, number: int, cells: list[str]) -> StandardRow:
        texts = {field: self._cell(cells, field) for field in self._places}
        for field, text in texts.items():
            if _BROKEN.match(text):
                raise _Wrong(field, "cell-error", "“%(text)s”是公式或公式出错的结果，请改成文字", text=text[:20])
            if len(text) > (most := _LONGEST.get(field, _LONGEST_TEXT)):
                raise _Wrong(field, "too-long", "超过 %(most)s 个字，请缩短", most=most)
        first, second = texts.get("first", ""), texts.get("second", "") or texts.get("item", "")
        if not first and second:
            first = self._first  # the merged cell of the rows above, where the format does not know merges
        elif first:
            self._first = first
        if not first and not second:
            raise _Wrong(
                "second" if "second" in self._places or "first" in self._places else "item", "name-missing",
                "这一行没有事项名称，请补上一级事项或者二级事项",
            )
        if not first or first == second:
            first, second = first or second, ""
        channels = channels_of(texts.get("channels", ""))
        if channels is None:
            raise _Wrong("channels", "ticks-unclear", "看不清勾选了哪些渠道；请写成“■政府网站□政府公报”的样子")
        audience, group = self._audience(texts)
        return StandardRow(
            first, second, texts.get("domain", "") or self._domain, texts.get("contents", ""), texts.get("basis", ""),
            texts.get("limit", ""), texts.get("subject", ""), channels, audience, group, self._method(texts),
            self._tier(texts), number, self._table.name,
        )

    def _audience(self, texts: Mapping[str, str]) -> tuple[str, str]:
        if "all" not in texts and "group" not in texts:
            plain = fold(texts.get("audience", ""))
            if not plain or "社会" in plain:
                return "all", ""
            return "group", texts["audience"].strip("√■☑ ")
        everybody, _beside = _tick("all", texts)
        some, group = _tick("group", texts, words=True)
        if not everybody and not some:
            raise _Wrong("all", "audience-missing", "公开对象没有勾选，请在全社会或者特定群体一列打√")
        return ("all" if everybody else "group"), group

    def _method(self, texts: Mapping[str, str]) -> str:
        if "proactive" not in texts and "on_request" not in texts:
            return "on_request" if "依申请" in texts.get("method", "") else "proactive"
        proactive, request = _tick("proactive", texts)[0], _tick("on_request", texts)[0]
        if not proactive and not request:
            raise _Wrong("proactive", "method-missing", "公开方式没有勾选，请在主动或者依申请一列打√")
        return "proactive" if proactive else "on_request"

    def _tier(self, texts: Mapping[str, str]) -> str:
        if "county" in texts or "township" in texts:
            county, township = _tick("county", texts)[0], _tick("township", texts)[0]
        else:
            written = texts.get("tier", "")
            county, township = bool(re.search("[市县区]", written)), bool(re.search("[乡镇村]|街道", written))
        return {(True, True): "both", (True, False): "county", (False, True): "township"}.get((county, township), "")


def _tick(field: str, texts: Mapping[str, str], *, words: bool = False) -> tuple[bool, str]:
    """A ticked cell with what stands beside the tick; with `words`, a cell that only names the group is ticked."""
    text = texts.get(field, "")
    found = ticked(text)
    if found is not None:
        return found
    if words:
        return True, text
    raise _Wrong(field, "ticks-unclear", "“%(text)s”看不出是否勾选，请打√或者留空", text=text[:20])


def domain_in(title: str) -> str:
    """The domain that a title names: 青澜县安全生产领域基层政务公开标准目录 → 安全生产. Empty when it names none."""
    plain = _NUMBERED.sub("", title.strip())
    if (known := domain_of(plain)) is not None:
        return known.name if known.name in plain else fold(plain).removesuffix("领域")
    named = re.search(r"(?P<what>[^\s,，。、；()（）]{2,60}?)(?:试点)?领域", plain)
    if named is None:
        return ""
    what = named["what"]
    while (shorter := _PLACE.sub("", what)) and shorter != what and domain_of(what) is None:
        what = shorter
    return what


def _sheet_domain(name: str) -> str:
    """A sheet a domain: its name, unless it is only a number or the program's own."""
    plain = _NUMBERED.sub("", name.strip())
    return "" if not plain or _DEFAULT_SHEET.match(plain) or "目录" in plain else plain[:60]
