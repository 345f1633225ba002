"""What should be put right before a year is compiled: what is missing, what cannot be, whose cases nobody counts.

Each kind of problem says how many records it concerns, shows the first of them with the page where each is mended, and
where there is one a page for all of them. Where numbers were typed in no records count, so that nothing is asked of
them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_noop as _

from gongkai.agencies.models import Agency
from gongkai.applications.forms.intake import MEND
from gongkai.applications.models import Application, ApplicationQuerySet
from gongkai.applications.states import Act, State
from gongkai.compilations import differences
from gongkai.compilations import reach as reaches
from gongkai.compilations.models import Compilation
from gongkai.compilations.reach import Reach
from gongkai.core.law.answers import ANSWERS
from gongkai.core.law.applicants import ApplicantKind
from gongkai.disputes.models import Proceeding
from gongkai.disputes.states import State as DisputeState
from gongkai.publications.kinds import Kind, Validity
from gongkai.publications.models import Publication
from gongkai.statutory_registers.models import Document

SHOWN = 20  # records of a kind that are named; the rest is counted, and no further than MOST
MOST = 10_000


@dataclass(frozen=True, slots=True)
class Record:
    """A record that wants mending: what people call it and where it is mended."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Problem:
    """One kind of problem. `count` stops at MOST; `rows` are the first SHOWN; `url` is where all of them are mended,
    empty where each has its own page. `words` is the sentence before its `values` are filled in."""

    code: str
    words: str
    count: int
    rows: list[Record] = field(default_factory=list)
    url: str = ""
    values: Mapping[str, object] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        """In the language of the page."""
        return _now(self.words) % {"count": self.count, **self.values}

    @property
    def more(self) -> int:
        """How many are not named."""
        return self.count - len(self.rows) if self.rows else 0


@dataclass(frozen=True, slots=True)
class _Asked:
    reach: Reach
    year: int
    today: date

    @property
    def first(self) -> date:
        return date(self.year, 1, 1)

    @property
    def last(self) -> date:
        return date(self.year, 12, 31)

    @property
    def applications(self) -> ApplicationQuerySet:
        """Those that could stand in the year: not pieced out, received or come in by its end."""
        return Application.objects.filter(self.reach.rows()).counted()

    @property
    def of_year(self) -> ApplicationQuerySet:
        return self.applications.filter(
            Q(closed_on__isnull=True) | Q(closed_on__gte=self.first), received_on__lte=self.last,
        )


def problems(of: Compilation | Reach, *, today: date | None = None) -> list[Problem]:
    """Everything that wants mending, in the order of the tables; empty when the records are whole.

    A fixed number of queries. `today` is the day against which a day to come is one; the office's own when not given.
    """
    compilation = of if isinstance(of, Compilation) else None
    within = reaches.reach(of.agency, of.year, of.scope) if isinstance(of, Compilation) else of
    asked = _Asked(within, within.year, today or localdate())
    entered = set() if compilation is None else set(
        compilation.entered.filter(withdrawn_at__isnull=True).values_list("cell", flat=True)
    )
    by_hand = {cell.split(".")[0] for cell in entered if not cell.startswith("t2.")}
    found: list[Problem | None] = []
    if not {f"t2.normative.{c}" for c in ("made", "repealed", "in_force")} <= entered:
        found += _registers(asked)
    if "t3" not in by_hand:
        found += _applications(asked)
        found.append(_carried(compilation))
    if "t4" not in by_hand:
        found.append(_disputes(asked))
    found.append(_unattributed(asked))
    return [problem for problem in found if problem is not None]


def _applications(asked: _Asked) -> Iterator[Problem | None]:
    whole, received = asked.of_year, asked.applications.filter(received_on__range=(asked.first, asked.last))
    yield _of(
        "applicant-kind-missing", _("%(count)s 件申请没有申请人类型，没有计入表三"),
        whole.exclude(applicant_kind__in=list(ApplicantKind)), _act(MEND),
    )
    yield _of(
        "answer-unknown", _("%(count)s 件已办结的申请，办理结果不在现行的种类之内，没有计入表三"),
        whole.filter(closed_on__isnull=False).exclude(answer_kind__in=list(ANSWERS)), _act(MEND),
    )
    yield _of(
        "closed-before-receipt", _("%(count)s 件申请的办结日期早于收到日期，没有计入表三"),
        received.filter(closed_on__lt=F("received_on")), _page,
    )
    yield _of(
        "day-to-come", _("%(count)s 件申请的收到日期或者办结日期还没有到"),
        asked.applications.filter(Q(received_on__gt=asked.today) | Q(closed_on__gt=asked.today)), _page,
    )
    yield _of(
        "unconfirmed", _("%(count)s 件申请到达后还没有与申请人确认收到日期（第三十一条），没有计入本年新收"),
        asked.applications.filter(state=State.RECEIVED, arrived_on__lte=asked.last), _act(Act.CONFIRM),
    )
    yield _of(
        "not-served", _("%(count)s 件答复在年底以前签发，没有登记送达，按没有办结计"),
        asked.applications.filter(state=State.SIGNED, signed_on__lte=asked.last), _act(Act.SERVE),
    )
    yield _of(
        "number-of-another-year", _("%(count)s 件申请的登记号是另一年度的，请核对收到日期"),
        received.filter(arrived_on__gte=asked.first, number__regex=r"^20[0-9][0-9][^0-9]").exclude(
            number__startswith=str(asked.year)),
        _page,
    )
    pieced = Application.objects.filter(asked.reach.rows(), state=State.SPLIT, arrived_on__lte=asked.last)
    yield _of(
        "split-without-pieces", _("%(count)s 件申请已拆分，却没有拆分后的申请，没有计入表三"),
        pieced.filter(pieces__isnull=True), _page,
    )


def _registers(asked: _Asked) -> Iterator[Problem | None]:
    """Documents: what the public reads and the register lacks, and the other way round."""
    lacking = Publication.objects.published().filter(
        asked.reach.rows(), kind__in=[Kind.REGULATION, Kind.NORMATIVE], register_document__isnull=True,
        published_on__lte=asked.last,
    )
    yield _of(
        "document-not-in-register", _("已公开的 %(count)s 件规章、规范性文件没有登入文件台账，没有计入表二"), lacking,
        lambda row: reverse("registers:document-take", args=[row.pk]),
    )
    ended = Document.objects.filter(
        asked.reach.rows(), ending="", publication__validity__in=[Validity.REPEALED, Validity.LAPSED],
    )
    yield _of(
        "ended-elsewhere", _("%(count)s 件文件公开的文本已标为废止或者失效，台账上还是现行有效"), ended,
        lambda row: reverse("registers:document", args=[row.pk]),
    )


def _disputes(asked: _Asked) -> Problem | None:
    rows = Proceeding.objects.filter(asked.reach.rows("dispute__agency")).exclude(
        dispute__state=DisputeState.CANCELLED,
    ).filter(Q(received_on__gt=asked.today) | Q(decided_on__gt=asked.today))
    return _of(
        "dispute-day-to-come", _("%(count)s 件复议、诉讼的收到日期或者决定日期还没有到"),
        rows.select_related("dispute"), lambda row: reverse("disputes:dispute", args=[row.dispute_id]),
    )


def _unattributed(asked: _Asked) -> Problem | None:
    if asked.reach.scope != reaches.Scope.OWN:
        return None
    agency = Agency.objects.get(pk=asked.reach.agency)
    several = reaches.unattributed(agency, asked.year)
    if not several:
        return None
    rows = [Record(one.name, reverse("agencies:agency", args=[one.pk])) for one in several[:SHOWN]]
    return Problem("unattributed", _(
        "%(count)s 个已撤销的机关由几个机关承继，没有写明它的申请和案件归哪一个，没有计入本机关的年报"
    ), len(several), rows)


def _carried(compilation: Compilation | None) -> Problem | None:
    """Last year's report against this year's records; only once last year's was signed here."""
    found = None if compilation is None else differences.carry(compilation)
    if compilation is None or found is None or found.agrees:
        return None
    return Problem(
        "carry-differs", _("上年结转与上年年报的结转下年度不一致：上年报告 %(out)s 件，现在的记录 %(into)s 件"), 1,
        url=reverse("compilations:carry", args=[compilation.pk]),
        values={"out": found.carried_out, "into": found.carried_in},
    )


def _of(code: str, words: str, rows: QuerySet[Any], url: Callable[[Any], str]) -> Problem | None:
    count = rows.order_by()[:MOST].count()
    if not count:
        return None
    first = rows.order_by("pk")[:SHOWN]
    return Problem(code, words, count, [Record(str(row), url(row)) for row in first])


def _page(row: Application) -> str:
    return reverse("applications:application", args=[row.pk])


def _act(act: str) -> Callable[[Application], str]:
    return lambda row: reverse("applications:act", args=[row.pk, str(act)])
