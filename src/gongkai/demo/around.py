"""What surrounds the publications of the demonstration: registers of table 二, hand-over batches, what the public sent."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction

from gongkai.agencies.models import Section
from gongkai.demo.cases import LAND
from gongkai.demo.publishing import Office
from gongkai.handover import actions as handover
from gongkai.handover.models import Batch, Receiver
from gongkai.handover.queries import owed
from gongkai.participation.actions import consulting, handling, incoming
from gongkai.participation.models import Consultation, Message
from gongkai.participation.rules import Given
from gongkai.publications.models import Publication
from gongkai.statutory_registers import actions as registers
from gongkai.statutory_registers.models import Document, Entry

_SUBJECTS = {
    "licence": ("建设用地规划许可", "采矿许可延续登记", "林木采伐许可", "临时用地审批"),
    "penalty": ("未经批准占用土地", "越界采矿", "滥伐林木"),
    "coercion": ("查封违法建设施工现场",),
    "fee": ("不动产登记费（住宅类）", "不动产登记费（非住宅类）", "耕地开垦费"),
    "procurement": ("国土调查数据库更新", "森林防火视频监控"),
}
_EACH = {"licence": 18, "penalty": 9, "coercion": 2, "fee": 12, "procurement": 3}
_OLD = (
    ("青澜县临时用地管理办法", "青自然资规〔2018〕2号", date(2018, 6, 1), None),
    ("青澜县矿山地质环境治理恢复基金管理细则", "青自然资规〔2020〕1号", date(2020, 9, 10), None),
    ("青澜县建设用地预审实施细则", "青自然资规〔2015〕3号", date(2015, 3, 2), date(2022, 5, 1)),
)


def build(office: Office) -> None:
    """Registers, batches and messages of the bureau; what is there stays."""
    with transaction.atomic():
        if not Document.objects.exists():
            _documents(office)
        if not Entry.objects.exists():
            _entries(office)
        if not Receiver.objects.exists():
            _batches(office)
        if not Consultation.objects.exists():
            _consultation(office)
    _messages(office)


def _documents(office: Office) -> None:
    clerk, at = office.people["clerk"], office.latest
    for title, number, made_on, ended_on in _OLD:
        document = registers.enter_document(
            by=clerk, agency=office.agency, kind="normative", title=title, number=number, made_on=made_on,
            disclosed_on=made_on + timedelta(days=7), at=at,
        )
        if ended_on is not None:
            registers.end_document(by=clerk, document=document, ending="repealed", on=ended_on, at=at)
    kept = {}
    for key in ("old-rule", "rule"):
        publication = Publication.objects.select_related("current").get(source=f"demo:{key}")
        assert publication.formed_on is not None
        kept[key] = registers.enter_document(
            by=clerk, agency=office.agency, kind="normative", title=publication.title,
            number=publication.document_number, made_on=publication.formed_on, publication=publication, at=at,
        )
    made_on = kept["rule"].made_on
    registers.end_document(
        by=clerk, document=kept["old-rule"], ending="repealed", on=made_on, ended_by=kept["rule"], at=at,
    )


def _entries(office: Office) -> None:
    clerk, at = office.people["clerk"], office.latest
    for register, subjects in _SUBJECTS.items():
        for number in range(_EACH[register]):
            on = office.day(5 + 17 * number)
            shown = register in {"licence", "penalty"} and number > 1
            registers.add_entry(
                by=clerk, agency=office.agency, register=register, on=on, subject=subjects[number % len(subjects)],
                number=f"青自然资{register[:2].upper()}〔{on.year}〕{number + 1}号", at=at,
                amount=None if register in {"licence", "coercion"} else 5_000 + 1_730 * number,
                shown="shown" if shown else "not_yet",
                shown_on=min(office.calendar.add(on, 4), office.today) if shown else None,
            )


def _batches(office: Office) -> None:
    """Two receivers; the quarters before the last are handed over, the last one is still owed."""
    clerk, at = office.people["clerk"], office.latest
    year = office.today.year - (office.today.month < 4)
    for kind, name in (("archive", "青澜县档案馆"), ("library", "青澜县图书馆")):
        handover.set_receiver(
            by=clerk, agency=office.agency, kind=kind, name=name, frequency="quarterly", since=date(year, 1, 1), at=at,
        )
    periods = owed(Receiver.objects.filter(agency=office.agency), office.today)
    last = max((one.period for one in periods), default=None)
    for one in periods:
        if one.period == last:
            continue
        batch: Batch = handover.make_batch(
            by=clerk, receiver=one.receiver, first=one.period.first, last=one.period.last, at=at,
        )
        handover.send(by=clerk, batch=batch, on=office.today, at=at)
        handover.receive(by=clerk, batch=batch, on=office.today, receipt_number=f"接〔{year}〕{batch.pk}号", at=at)


def _consultation(office: Office) -> None:
    draft = Publication.objects.get(source="demo:draft-asked")
    consulting.open_consultation(
        by=office.people["clerk"], publication=draft, at=office.moment(12, 17), opens_on=office.day(12),
        closes_on=office.today + timedelta(days=14),
        question="古树的认定标准、建设项目避让和移植程序、保护补偿的办法是否合理，有哪些修改意见？",
    )


_SENT = (
    # kind, working days ago, subject, content, name, outcome, reply, public question
    ("question", 20, "宅基地审批要多久", "我家孩子要结婚，想申请宅基地，新办法什么时候能批下来？", "罗见山", "answered",
     "乡镇人民政府自受理之日起二十个工作日内作出决定，材料齐全的当场受理。", "申请宅基地多久能批？"),
    ("question", 12, "不动产登记费", "办房产证收多少钱？", "", "answered", "住宅类每件 80 元，非住宅类每件 550 元。", "办理不动产登记收多少钱？"),
    ("question", 7, "矿山复绿", "云麓山的矿山修复什么时候完工？", "程慕白", "", "", ""),
    ("question", 2, "林木采伐", "自留山上的树可以砍吗？", "", "", "", ""),
    ("suggestion", 9, "建议公开征地补偿标准", "各片区的征地补偿标准希望长期公开，便于村民比对。", "罗见山", "published",
     "补偿标准已在“土地征收”事项下公开，并将长期保留。", ""),
    ("suggestion", 3, "建议公开采矿权名单", "建议把全县有效采矿权的名单和期限公开。", "", "", "", ""),
    ("comment", 6, "古树的年限", "建议把八十年以上的也列入后备资源。", "程慕白", "partly", "八十年以上的列为后备资源，不按古树管理。", "八十年以上的树木怎么保护？"),
    ("comment", 3, "补偿办法", "保护补偿应当写明标准。", "", "", "", ""),
)


def _messages(office: Office) -> None:
    """What people sent; some of it answered, some shown to everybody."""
    consultation = Consultation.objects.filter(agency=office.agency).first()
    clerk, reviewer = office.people["clerk"], office.people["reviewer"]
    for number, (kind, ago, subject, content, name, outcome, reply, question) in enumerate(_SENT):
        token = uuid5(NAMESPACE_URL, f"gongkai-demo-message-{number}")
        if Message.objects.filter(token=token).exists():
            continue
        at = office.moment(ago, 9)
        message = incoming.send(
            agency=office.agency, token=token, at=at, consultation=consultation if kind == "comment" else None,
            given=Given(kind, subject, content, {"name": name, "phone": "10000000000"} if name else {}),
        ).message
        if not outcome:
            continue
        with transaction.atomic():
            section = Section.objects.filter(agency=office.agency, name=LAND).first()
            later = min(at + timedelta(days=2), office.latest)
            message = handling.assign(by=clerk, message=message, section=section, at=at)
            handling.draft(by=clerk, message=message, outcome=outcome, reply=reply, at=later)
            handling.release(by=reviewer, message=message, at=later)
            if question:
                handling.show(by=reviewer, message=message, public_question=question, public_reply=reply, at=later)
