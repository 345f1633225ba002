"""Facts that are counted from the records of the house: each a named list over one base, counted together.

A base is one queryset of a reach. Facts that differ by a word alone (a kind, a channel) are counted by one grouped
query, the others of a base by one with a condition for each: Django needs longer to build a condition than a database
to count by it. The value of a fact is the length of `records_of` (a test holds the two equal).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum, TextField
from django.db.models.functions import Cast
from django.utils import timezone

from gongkai.applications.figures import placed
from gongkai.applications.models import Application
from gongkai.catalogue.models import Item, Method
from gongkai.compilations.facts.value import RECORDS, FactValue
from gongkai.compilations.reach import Reach
from gongkai.core.catalogue.skeleton import everything
from gongkai.core.deadlines.facts import CHANNEL_NAMES as WAYS
from gongkai.disputes.models import Rehandling
from gongkai.participation.models import Consultation, Message
from gongkai.participation.states import Kind as MessageKind
from gongkai.publications.kinds import CHANNEL_NAMES, INTERPRETATION_FORMS, KIND_NAMES, Kind, Relation
from gongkai.publications.models import Link, Publication, Reassessment

Condition = Callable[[int], Q]


@dataclass(frozen=True, slots=True)
class Spec:
    """A fact: its base, which rows of the base it counts, and the column it sums instead (元). `words` narrow these
    rows further by what stands in some columns ("kind", or "channels_text__contains" for a part of it); `items` are
    the codes of a fact that counts what was published under some items."""

    name: str
    unit: str
    base: str
    rows: Condition
    money: str = ""
    items: frozenset[str] = frozenset()
    words: tuple[tuple[str, str], ...] = ()

    def where(self, year: int) -> Q:
        """All of it as a condition."""
        return self.rows(year) & Q(**dict(self.words)) if self.words else self.rows(year)


@dataclass(frozen=True, slots=True)
class Base:
    """A list that facts select from, the heading of its facts, and where they come from."""

    rows: Callable[[Reach], QuerySet[Any]]
    group: str
    source: str


BY_ITEM = "by_item"
RATES = {
    "按期公开率": ("按期公开信息", "逾期公开信息"), "按期办结率": ("按期办结申请", "逾期办结申请"),
    "目录覆盖率": ("有内容的目录事项", "没有内容的目录事项"),
}


def of_records(reach: Reach) -> dict[str, FactValue]:
    """Every counted fact of a reach by name; as many queries as there are bases and ways to group, however many
    records."""
    found: dict[str, FactValue] = {}
    for key, base in BASES.items():
        specs = [spec for spec in SPECS.values() if spec.base == key]
        counted = _by_items(base, specs, reach) if key == BY_ITEM else _counted(base, specs, reach)
        for spec in specs:
            value = _plain(counted[spec.name] or 0)
            found[spec.name] = FactValue(spec.name, value, spec.unit, base.source, RECORDS, group=base.group)
    return found | _rates(found)


def _counted(base: Base, specs: list[Spec], reach: Reach) -> dict[str, Any]:
    """{name: number}."""
    rows = base.rows(reach).order_by()
    found: dict[str, Any] = {}
    alike: dict[Condition, list[Spec]] = {}
    for spec in specs:
        if spec.words:
            alike.setdefault(spec.rows, []).append(spec)
    for condition, group in alike.items():
        columns = sorted({_column(lookup) for spec in group for lookup, _word in spec.words})
        numbers = list(rows.filter(condition(reach.year)).values_list(*columns).annotate(n=Count("pk")))
        for spec in group:
            places = [(columns.index(_column(lookup)), lookup, word) for lookup, word in spec.words]
            found[spec.name] = sum(
                n for *stands, n in numbers if all(_holds(stands[at], lookup, word) for at, lookup, word in places)
            )
    sums = {f"n{i}": (spec, _sum(spec, reach.year)) for i, spec in enumerate(specs) if not spec.words}
    if sums:
        counted = rows.aggregate(**{key: counting for key, (_spec, counting) in sums.items()})
        found |= {spec.name: counted[key] for key, (spec, _counting) in sums.items()}
    return found


def _column(lookup: str) -> str:
    return lookup.partition("__")[0]


def _holds(stands: str | None, lookup: str, word: str) -> bool:
    """Whether a column that holds `stands` is found by a lookup of a word, as the database would say."""
    return stands is not None and (word in stands if lookup.endswith("__contains") else word == stands)


def _by_items(base: Base, specs: list[Spec], reach: Reach) -> dict[str, Any]:
    """Dozens of items that differ by their code alone, one's own or that of the item above."""
    rows = base.rows(reach).filter(_published(reach.year)).order_by()
    numbers = list(rows.values_list("item__code", "item__parent__code").annotate(n=Count("pk")))
    return {spec.name: sum(n for code, above, n in numbers if {code, above} & spec.items) for spec in specs}


def records_of(name: str, reach: Reach) -> QuerySet[Any]:
    """The list behind a counted fact. Raises KeyError for a name that is none."""
    spec = SPECS[name]
    return BASES[spec.base].rows(reach).filter(spec.where(reach.year))


def _sum(spec: Spec, year: int) -> Count | Sum:
    return Sum(spec.money, filter=spec.where(year)) if spec.money else Count("pk", filter=spec.where(year))


def _plain(value: int | Decimal) -> int | Decimal:
    """12.50 → 12.5, 100.00 → 100, never an exponent."""
    if isinstance(value, int) or value == value.to_integral_value():
        return int(value)
    return Decimal(f"{value.normalize():f}")


def _rates(found: dict[str, FactValue]) -> dict[str, FactValue]:
    """Shares in per cent with one place; none where there is nothing to share."""
    rates = {}
    for name, (part, rest) in RATES.items():
        a, b = found[part].value or 0, found[rest].value or 0
        if a + b:
            value = _plain((Decimal(a) * 100 / Decimal(a + b)).quantize(Decimal("0.1")))
            rates[name] = FactValue(name, value, "%", f"{part}占{part}与{rest}之和的百分比", group=found[part].group)
    return rates


def span(year: int) -> tuple[date, date]:
    """The days of a year."""
    return date(year, 1, 1), date(year, 12, 31)


def moments(year: int) -> tuple[datetime, datetime]:
    """The first and the last moment of a year here."""
    zone = timezone.get_default_timezone()
    return (
        datetime.combine(date(year, 1, 1), time.min, zone), datetime.combine(date(year, 12, 31), time.max, zone),
    )


def _publications(reach: Reach) -> QuerySet[Publication]:
    document = Link.objects.filter(source=OuterRef("pk"), relation=Relation.INTERPRETS).order_by("pk")
    rows = Publication.objects.filter(
        Q(published_on__range=span(reach.year)) | Q(withdrawn_at__range=moments(reach.year)), reach.rows(),
    )
    return rows.annotate(
        channels_text=Cast("channels", TextField()),
        form_text=Subquery(document.values("target__interpretation_form")[:1]),
    )


def _items(reach: Reach) -> QuerySet[Item]:
    last = date(reach.year, 12, 31)
    filled = Publication.objects.filter(item=OuterRef("pk"), published_on__lte=last).exclude(
        withdrawn_at__lte=moments(reach.year)[1],
    )
    rows = Item.objects.public().leaves().filter(reach.rows(), method=Method.PROACTIVE)
    return rows.annotate(filled=Exists(filled))


def _applications(reach: Reach) -> QuerySet[Application]:
    return placed(Application.objects.filter(reach.rows())).counted()


BASES: dict[str, Base] = {
    "publications": Base(_publications, "主动公开", "主动公开信息的登记"),
    BY_ITEM: Base(_publications, "主动公开（按法定事项）", "主动公开信息所属的目录事项"),
    "items": Base(_items, "主动公开", "公开目录在用的主动公开事项"),
    "reassessments": Base(
        lambda r: Reassessment.objects.filter(r.rows("withholding__agency")), "政府信息管理", "不公开信息的评估记录",
    ),
    "applications": Base(_applications, "依申请公开", "依申请公开的登记"),
    "rehandlings": Base(
        lambda r: Rehandling.objects.filter(r.rows("dispute__agency")), "复议诉讼", "重新答复的登记",
    ),
    "messages": Base(lambda r: Message.objects.filter(r.rows()), "公众参与", "公众来信的登记"),
    "consultations": Base(
        lambda r: Consultation.objects.filter(r.rows(), cancelled_on__isnull=True), "公众参与", "征求意见的登记",
    ),
}


def _published(year: int) -> Q:
    return Q(published_on__range=span(year))


def _interpreted(year: int) -> Q:
    return _published(year) & Q(kind=Kind.INTERPRETATION.value)


def _received(year: int) -> Q:
    return Q(received_on__range=span(year))


def _closed(year: int) -> Q:
    return Q(closed_on__range=span(year), received_on__isnull=False)


def _and(when: Condition, **facts: Any) -> Condition:
    return lambda year: when(year) & Q(**facts)


def _specs() -> Iterator[Spec]:
    yield Spec("主动公开信息", "条", "publications", _published)
    for channel, name in CHANNEL_NAMES.items():
        word = ("channels_text__contains", f'"{channel}"')
        yield Spec(f"{name}公开", "条", "publications", _published, words=(word,))
    for kind, name in KIND_NAMES.items():
        told = name if name.endswith("信息") or kind in _BY_NAME else f"{name}信息"
        yield Spec(told, _BY_NAME.get(kind, "条"), "publications", _published, words=(("kind", kind.value),))
    for form, name in INTERPRETATION_FORMS.items():
        yield Spec(f"{name}稿件", "篇", "publications", _interpreted, words=(("form_text", form),))
    yield from _by_item()
    yield Spec("按期公开信息", "条", "publications", _and(_published, due_on__isnull=False, late_days=0))
    yield Spec("逾期公开信息", "条", "publications", _and(_published, late_days__gt=0))
    yield Spec("撤下信息", "条", "publications", lambda y: Q(withdrawn_at__range=moments(y)))
    yield Spec("目录事项", "项", "items", lambda _y: Q(pk__isnull=False))
    yield Spec("有内容的目录事项", "项", "items", lambda _y: Q(filled=True))
    yield Spec("没有内容的目录事项", "项", "items", lambda _y: Q(filled=False))
    yield Spec("不公开信息评估", "件次", "reassessments", lambda y: Q(on__range=span(y)))
    yield Spec("评估后转为公开", "件", "reassessments", lambda y: Q(on__range=span(y), verdict="publish"))
    for channel, name in WAYS.items():
        yield Spec(f"{name}申请", "件", "applications", _received, words=(("channel", channel.value),))
    yield Spec("未记载方式申请", "件", "applications", _received, words=(("channel", ""),))
    yield Spec("告知补正申请", "件", "applications", lambda y: Q(correction_asked_on__range=span(y)))
    yield Spec("按期办结申请", "件", "applications", _and(_closed, closed_on__lte=F("due_on")))
    yield Spec("逾期办结申请", "件", "applications", _and(_closed, closed_on__gt=F("due_on")))
    yield Spec("延期答复申请", "件", "applications", _and(_closed, extended_days__gt=0))
    yield Spec("发出收费通知", "件", "applications", lambda y: Q(fee_noticed_on__range=span(y)))
    yield Spec("通知缴费金额", "元", "applications", lambda y: Q(fee_noticed_on__range=span(y)), "fee_amount")
    yield Spec("缴费申请", "件", "applications", lambda y: Q(paid_on__range=span(y)))
    yield Spec("收取信息处理费", "元", "applications", lambda y: Q(paid_on__range=span(y)), "fee_amount")
    yield Spec("应当重新答复", "件", "rehandlings", lambda y: Q(from_on__range=span(y)))
    yield Spec("重新答复", "件", "rehandlings", lambda y: Q(done_on__range=span(y)))
    yield from _messages()
    yield Spec("公开征求意见", "次", "consultations", lambda y: Q(opens_on__range=span(y)))
    yield Spec("公布采纳情况", "次", "consultations", lambda y: Q(summary__published_on__range=span(y)))


def _by_item() -> Iterator[Spec]:
    """Publications by the item that the Regulations name (Arts. 20, 21), with the office's own items below it."""
    codes: dict[str, list[str]] = {}
    for item in everything():
        codes.setdefault(item.name, []).append(item.code)  # some stand twice, for counties and for townships
    for name, under in codes.items():
        yield Spec(f"事项“{name}”公开", "条", BY_ITEM, _under(under), items=frozenset(under))


def _under(codes: list[str]) -> Condition:
    return lambda year: _published(year) & (Q(item__code__in=codes) | Q(item__parent__code__in=codes))


def _messages() -> Iterator[Spec]:
    for kind, name in (
        (MessageKind.QUESTION, "政策咨询"), (MessageKind.SUGGESTION, "主动公开建议"),
        (MessageKind.CORRECTION, "信息更正申请"), (MessageKind.COMMENT, "征求意见反馈"),
    ):
        of = (("kind", kind.value),)
        yield Spec(f"收到{name}", "件", "messages", _came, words=of)
        yield Spec(f"答复{name}", "件", "messages", _replied, words=of)
    for name, kind, outcomes in (
        ("采纳意见", MessageKind.COMMENT, ("adopted", "partly")),
        ("采纳公开建议", MessageKind.SUGGESTION, ("to_publish", "published")),
    ):
        yield Spec(name, "件", "messages", _and(_replied, kind=kind.value, outcome__in=outcomes))
    yield Spec("公开问答", "条", "messages", lambda y: Q(shown_at__range=moments(y)))


def _came(year: int) -> Q:
    return Q(received_at__range=moments(year))


def _replied(year: int) -> Q:
    return Q(replied_at__range=moments(year))


_BY_NAME = {Kind.INTERPRETATION: "篇", Kind.CLARIFICATION: "条"}
SPECS: dict[str, Spec] = {spec.name: spec for spec in _specs()}
