"""What stands behind a number: the records, one by one, and the rule that counted them.

`explain` answers for a reach, live; for a compilation whose report is signed, from what was frozen at the signing
(`live=True` asks the records of now). A row names its record, where to open it, and the facts that the rule looked at:
days, kinds, amounts. Nobody's name is among them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.models import Agency
from gongkai.annual_reports.models import Scope
from gongkai.compilations import members
from gongkai.compilations.figures import Listing, listed, rule_of
from gongkai.compilations.figures.compute import typed
from gongkai.compilations.figures.lists import plain
from gongkai.compilations.figures.parts import parts
from gongkai.compilations.figures.records import LOOKUPS, MODELS, label_of, plain_facts, read
from gongkai.compilations.members import Contribution
from gongkai.compilations.models import Compilation, Counted, Entered, Signing, Source
from gongkai.compilations.reach import Reach, reach
from gongkai.compilations.states import FROZEN, Origin, State
from gongkai.core.law.answers import ANSWERS
from gongkai.core.law.applicants import APPLICANT_NAMES
from gongkai.core.report.forms import form
from gongkai.core.report.model import Number
from gongkai.core.report.render.labels import cell_title
from gongkai.disputes.states import RESULT_NAMES, STAGE_NAMES, TRACK_NAMES
from gongkai.statutory_registers.registers import DOCUMENT_NAMES, ENDING_NAMES, REGISTER_NAMES

PAGE = 50
# The columns of a list, by source: fact → heading. The label and the agency come before them.
HEADINGS: dict[str, dict[str, str | Promise]] = {
    Source.APPLICATION: {
        "received_on": _("收到日期"), "applicant_kind": _("申请人类型"), "closed_on": _("办结日期"),
        "answer_kind": _("办理结果"),
    },
    Source.DISPUTE: {
        "application": _("所涉申请"), "track": _("类别"), "stage": _("审级"), "received_on": _("收到通知日期"),
        "decided_on": _("决定、裁判日期"), "result": _("结果"),
    },
    Source.DOCUMENT: {
        "title": _("名称"), "made_on": _("制发日期"), "ending": _("去向"), "ended_on": _("废止、失效之日"),
        "expires_on": _("有效期至"), "disclosed_on": _("公开日期"),
    },
    Source.ENTRY: {"title": _("事项"), "register": _("台账"), "on": _("日期"), "amount": _("金额（元）")},
    Source.POWER: {"register": _("台账"), "from_on": _("自"), "to_on": _("至")},
}
_WORDS: dict[str, Mapping[Any, str]] = {
    "applicant_kind": APPLICANT_NAMES, "track": TRACK_NAMES, "stage": STAGE_NAMES, "result": RESULT_NAMES,
    "kind": DOCUMENT_NAMES, "ending": ENDING_NAMES, "register": REGISTER_NAMES,
    "answer_kind": {key: kind.name for key, kind in ANSWERS.items()},
}
_SOURCES = {"t3": Source.APPLICATION, "t4": Source.DISPUTE}
_ORDER = {
    Source.APPLICATION: ("received_on", "pk"), Source.DISPUTE: ("received_on", "pk"),
    Source.DOCUMENT: ("made_on", "pk"), Source.ENTRY: ("on", "pk"), Source.POWER: ("from_on", "pk"),
}
_PAGES = {
    Source.APPLICATION: ("applications:application", None), Source.DISPUTE: ("disputes:dispute", "dispute"),
    Source.DOCUMENT: ("registers:document", None), Source.ENTRY: ("registers:entry", None),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A record as it was counted. `facts` are ready for JSON (keys of `records.LOOKUPS`); `url` is empty where there is
    no page of it; `sign` is −1 for what a change takes away."""

    source: Source
    key: int
    label: str
    agency: str
    url: str
    facts: Mapping[str, Any]
    sign: int = 1

    @property
    def columns(self) -> list[tuple[str, str]]:
        """(heading, what to show) in the order of HEADINGS; empty text where nothing is known."""
        return [(str(head), self.shown(key)) for key, head in HEADINGS.get(self.source, {}).items()]

    def shown(self, key: str) -> str:
        """A fact in words: kinds by their names, days and amounts as they are."""
        value = self.facts.get(key)
        if value is None or value == "":
            return ""
        words = _WORDS.get(key)
        return _now(words.get(value, str(value))) if words is not None else str(value)


@dataclass(frozen=True, slots=True)
class Explained:
    """A cell with what stands behind it. `rows` are those from `offset` on, at most the limit, of `length` in all.

    `entered` is the number that somebody typed in, which has no records here; `signing` the one whose frozen list this
    is; `from_file` says that the number was read from a file that the office handed in. `shares` are the members of a
    government that give a number without records here: a file, or a number typed in.
    """

    cell: str
    title: str
    value: Number
    rule: str
    source: str
    length: int
    rows: list[Row]
    offset: int = 0
    entered: Entered | None = None
    signing: Signing | None = None
    from_file: bool = False
    shares: tuple[Contribution, ...] = ()

    @property
    def more(self) -> bool:
        """Whether rows follow."""
        return self.offset + len(self.rows) < self.length


def explain(
    of: Compilation | Reach, cell: str, *, form_id: str = "", limit: int | None = PAGE, offset: int = 0,
    live: bool = False,
) -> Explained:
    """What stands behind a cell of a compilation, or of a reach in the form `form_id`. `limit` None gives all rows.

    Raises KeyError for a cell that the form has not, or an unknown form.
    """
    if isinstance(of, Reach):
        return _live(of, form_id, cell, limit, offset)
    if cell not in form(of.form).cells:
        raise KeyError(cell)
    signing = None if live else signing_of(of)
    if signing is not None:
        return explain_signing(signing, cell, limit=limit, offset=offset)
    if of.origin == Origin.FILE:
        value = 0 if of.report is None else _filed(of, cell)
        return Explained(cell, cell_title(cell, of.form), value, "", Source.MEMBER, 0, [], from_file=True)
    entry = entered_for(of, cell)
    if entry is not None:
        return _by_hand(of, cell, entry)
    if of.scope == Scope.CONSOLIDATED:
        return explain_members(of.agency, of.year, cell, form_id=of.form, limit=limit, offset=offset)
    return _live(reach(of.agency, of.year, of.scope), of.form, cell, limit, offset)


def explain_members(
    agency: Agency, year: int, cell: str, *, form_id: str, limit: int | None = PAGE, offset: int = 0,
) -> Explained:
    """What stands behind a cell of a government's consolidated report: the records of those that work here, and the
    members that give a number without records. Raises KeyError for a cell that the form has not."""
    found = _live(members.counted_reach(agency, year, cell), form_id, cell, limit, offset)
    shares = tuple(
        one for one in members.contributions(agency, year, form_id, cell)
        if one.how in {members.How.FILE, members.How.HAND} and one.value is not None
    )
    return replace(found, value=found.value + sum(one.value or 0 for one in shares), shares=shares)


def explain_signing(signing: Signing, cell: str, *, limit: int | None = PAGE, offset: int = 0) -> Explained:
    """The list of a cell as it was frozen at a signing. Raises KeyError for a cell that its form has not."""
    form_id = signing.compilation.form
    if cell not in form(form_id).cells:
        raise KeyError(cell)
    value, length = signing.cells.get(cell, (0, 0))[:2]
    rows = frozen_rows(signing, cell).order_by("source", "record")
    page = rows[offset:] if limit is None else rows[offset:offset + limit]
    counted = list(page)
    names = _names(row.facts.get("agency") for row in counted)
    source = counted[0].source if counted else _SOURCES.get(cell.split(".")[0], Source.HAND)
    return Explained(
        cell, cell_title(cell, form_id), _number(value), rule_of(cell, form_id), source, length,
        [_row(Source(row.source), row.record, row.label, row.facts, names) for row in counted], offset,
        signing=signing,
    )


def signing_of(compilation: Compilation) -> Signing | None:
    """The signing whose numbers stand, None while the report is being worked on."""
    if State(compilation.state) not in FROZEN:
        return None
    return compilation.signings.order_by("number").last()


def frozen_rows(signing: Signing, cell: str) -> QuerySet[Counted]:
    """What was counted in a cell at a signing; of a sum, what was counted in its parts."""
    wanted = [Q(_cells__contains=f'"{part}"') for part in parts(signing.compilation.form, cell)]
    return signing.counted.annotate(_cells=Cast("cells", TextField())).filter(reduce(or_, wanted))


def entered_for(compilation: Compilation, cell: str) -> Entered | None:
    """The number typed in that counts for a cell: its own, or for tables 三 and 四 any of the table's."""
    rows = compilation.entered.filter(withdrawn_at__isnull=True).select_related("entered_by")
    own = rows.filter(cell=cell).first()
    table = cell.split(".")[0]
    return own or (None if table == "t2" else rows.filter(cell__startswith=f"{table}.").order_by("pk").first())


def record_of(source: str, key: int) -> Row:
    """A record by its key as it is now. Raises DoesNotExist of its model."""
    rows = MODELS[Source(source)].objects.filter(pk=key)
    for found, facts in read(Source(source), rows):
        return _row(Source(source), found, label_of(facts), _facts(facts), _names([facts["agency"]]))
    raise rows.model.DoesNotExist


def _live(within: Reach, form_id: str, cell: str, limit: int | None, offset: int) -> Explained:
    found = listed(within, form_id, cell)
    length, rows = found.length, list(_rows(found, limit, offset))
    value = found.value if found.money or found.minus is not None else length
    return Explained(
        cell, cell_title(cell, form_id), value, rule_of(cell, form_id), found.source, length, rows, offset,
    )


def _rows(found: Listing, limit: int | None, offset: int) -> Iterator[Row]:
    """The records, then what a change takes away."""
    end = None if limit is None else offset + limit
    first = found.records.order_by(*_ORDER[found.source])
    portions = [(1, first[offset:end])]
    if found.minus is not None:
        before = found.records.count()
        start = max(0, offset - before)
        stop = None if end is None else max(0, end - before)
        portions.append((-1, found.minus.order_by(*_ORDER[found.source])[start:stop]))
    for sign, portion in portions:
        taken = list(read(found.source, portion))
        names = _names(facts["agency"] for _key, facts in taken)
        for key, facts in taken:
            yield _row(found.source, key, label_of(facts), _facts(facts), names, sign)


def _facts(facts: Mapping[str, Any]) -> dict[str, Any]:
    """As a live row shows them: with the title, which is not frozen."""
    title = facts.get("title")
    return plain_facts(facts) | ({"title": title} if title else {})


def _row(
    source: Source, key: int, label: str, facts: Mapping[str, Any], names: Mapping[int, str], sign: int = 1,
) -> Row:
    page, by = _PAGES.get(source, ("", None))
    at = key if by is None else facts.get(by)
    url = reverse(page, args=[at]) if page and at else ""
    return Row(source, key, label, names.get(facts.get("agency") or 0, ""), url, facts, sign)


def _names(keys: Any) -> dict[int, str]:
    wanted = {key for key in keys if key}
    return dict(Agency.objects.filter(pk__in=wanted).values_list("pk", "name")) if wanted else {}


def _by_hand(compilation: Compilation, cell: str, entry: Entered) -> Explained:
    table = cell.split(".")[0]
    given = dict(compilation.entered.filter(withdrawn_at__isnull=True).values_list("cell", "value"))
    value = entry.value if table == "t2" else typed(compilation.form, table, given)[cell].value
    return Explained(
        cell, cell_title(cell, compilation.form), plain(Decimal(value)), _now("手工填报，没有记录"), Source.HAND, 0, [],
        entered=entry,
    )


def _filed(compilation: Compilation, cell: str) -> Number:
    assert compilation.report is not None
    version = compilation.report.current
    row = None if version is None else version.cells.filter(cell=cell).first()
    return 0 if row is None or row.value is None else row.value


def _number(value: Any) -> Number:
    return value if isinstance(value, int) else Decimal(str(value))


__all__ = [
    "HEADINGS", "LOOKUPS", "PAGE", "Explained", "Row", "entered_for", "explain", "explain_signing",
    "frozen_rows", "record_of", "signing_of",
]
