"""What the program writes itself into a bundle: the list, the facts of the case and of the application, a publication.

Dates as official documents write them, 2026年3月5日. Nothing here opens an identity: of the other side stands the mask.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from html import escape
from typing import TYPE_CHECKING

from gongkai.applications.clock import deadline_of
from gongkai.applications.forms.handling import PARTY_NAMES
from gongkai.applications.models import Application, Delivery, ServiceWay, Wanted
from gongkai.applications.states import STATE_NAMES as APPLICATION_STATES
from gongkai.applications.states import State as ApplicationState
from gongkai.core.deadlines import CHANNEL_NAMES, Channel, PauseKind, Step
from gongkai.core.law.answers import ANSWERS
from gongkai.core.law.applicants import APPLICANT_NAMES, ApplicantKind
from gongkai.core.law.articles import cite
from gongkai.core.report.writers.outline import printable
from gongkai.disputes.models import Dispute, Proceeding
from gongkai.disputes.states import (
    AGAINST_NAMES,
    ENDING_NAMES,
    RESULT_NAMES,
    STAGE_NAMES,
    STATE_NAMES,
    TRACK_NAMES,
    Against,
    Ending,
    Result,
    Stage,
    State,
    Track,
)
from gongkai.letters.making import sheet
from gongkai.publications.models import Edition

if TYPE_CHECKING:
    from gongkai.disputes.bundle.packing import Line

Fact = tuple[str, str]
_SIZE = 10.5


def day(on: date | None) -> str:
    """2026年3月5日, and a dash for no day."""
    return f"{on.year}年{on.month}月{on.day}日" if on is not None else "—"


def title(words: str) -> str:
    """The heading of a sheet."""
    return sheet.paragraph(printable(words), align="center", first=0, font=sheet.TITLE, size=20, line=32, after=8)


def part(words: str) -> str:
    """The heading of a part."""
    return sheet.paragraph(printable(words), first=0, font=sheet.HEI, size=14, line=26, before=8, after=4, keep=True)


def text(words: str) -> str:
    """Running text as it was written, a paragraph a line."""
    return "".join(
        sheet.paragraph(line, size=12, line=22) for line in printable(words).splitlines() if line.strip()
    )


def facts(rows: Iterable[Fact]) -> str:
    """Names and values beside each other; a fact without value is left out."""
    cells = [[sheet.Cell(name, head=True), sheet.Cell(printable(value))] for name, value in rows if value]
    return sheet.table(cells, (3, 10), size=_SIZE) if cells else ""


def grid(heads: Sequence[str], rows: Iterable[Sequence[str]], shares: Sequence[float], *, size: float = _SIZE) -> str:
    """A table with a head row that stands on every page."""
    made = [[sheet.Cell(head, centred=True, head=True) for head in heads]]
    made += [[sheet.Cell(printable(cell)) for cell in row] for row in rows]
    return sheet.table(made, shares, size=size).replace("<w:cantSplit/>", "<w:cantSplit/><w:tblHeader/>", 1)


def contents(dispute: Dispute, lines: Sequence[Line], on: date) -> bytes:
    """The list: number, what it is, its document number, date, pages, what it proves, the first of its checksum."""
    enclosed = [line for line in lines if line.sha256]
    pages = sum(line.pages or 0 for line in enclosed)
    rows = [
        (
            str(line.order), line.title + (f"（{line.path.rsplit('.', 1)[-1]}）" if line.path else ""), line.number,
            line.on.isoformat() if line.on else "", str(line.pages or ""), line.proves,
            line.sha256[:16] if line.sha256 else f"未附：{line.note}",
        )
        for line in lines
    ]
    words = (
        title("证据材料目录")
        + facts([
            ("案件", f"{dispute.number}　{TRACK_NAMES[Track(dispute.track)]}"), ("案由", dispute.subject),
            ("提交机关", dispute.agency.name), ("制作日期", day(on)),
            ("份数", f"{len(enclosed)} 份，其中 PDF 共 {pages} 页" + (
                f"；另有 {len(lines) - len(enclosed)} 份列明未附" if len(lines) > len(enclosed) else "")),
        ])
        + sheet.paragraph("", first=0, line=12)
        + grid(("序号", "材料名称", "文号、案号", "日期", "页数", "证明事项", "校验值"), rows,
               (4, 14, 9, 9.5, 4, 9, 9.5), size=9)
        + sheet.paragraph(
            "校验值为 SHA-256 的前 16 位，完整的见“00目录.csv”和“00校验值.txt”。Word 文件没有固定页数，不列。",
            first=0, size=9, line=16, before=4,
        )
        + sheet.paragraph(f"{printable(dispute.agency.name)}（印章）", align="right", first=0, size=14, before=28)
        + sheet.paragraph(day(on), align="right", first=0, size=14)
    )
    return sheet.docx(words, f"证据材料目录 {printable(dispute.number)}")


def case(dispute: Dispute) -> bytes:
    """The case with its proceedings and the duties that came of them."""
    words = title("案件情况") + facts([
        ("登记号", dispute.number), ("类别", TRACK_NAMES[Track(dispute.track)]), ("案由", dispute.subject),
        ("争议事项", AGAINST_NAMES[Against(dispute.against)]), ("被申请人、被告", dispute.agency.name),
        ("申请人、原告", dispute.party_mask + ("（第三人提起）" if dispute.third_party else "")),
        ("所涉申请", dispute.application.number if dispute.application else ""),
        ("所涉公开信息", dispute.publication.title if dispute.publication else ""),
        ("先行复议", dispute.follows.number if dispute.follows else ""),
        ("状态", STATE_NAMES[State(dispute.state)]), ("了结日期", day(dispute.closed_on) if dispute.closed_on else ""),
    ])
    for one in dispute.proceedings.all():
        words += part(f"{STAGE_NAMES[Stage(one.stage)]}　{one.body}") + facts(_proceeding(one))
    for duty in dispute.rehandlings.all():
        words += part("重新答复") + facts([
            ("起算日期", day(duty.from_on)), ("期限", day(duty.due_on)),
            ("重新答复", day(duty.done_on) if duty.done_on else ""),
            ("结果", ANSWERS[duty.answer_kind].name if duty.answer_kind in ANSWERS else duty.answer_kind),
            ("文号", duty.reply_number), ("解除", day(duty.lifted_on) if duty.lifted_on else ""),
            ("解除理由", duty.lifted_reason),
        ])
    return sheet.docx(words, f"案件情况 {printable(dispute.number)}")


def _proceeding(one: Proceeding) -> list[Fact]:
    return [
        ("案号", one.case_number), ("申请、起诉", day(one.filed_on) if one.filed_on else ""),
        ("受理、立案", day(one.accepted_on) if one.accepted_on else ""), ("收到通知", day(one.received_on)),
        ("适用程序", "简易程序" if one.simple else ""),
        ("答复、答辩期限", day(one.answer_due_on) if one.answer_due_on else ""),
        ("答复、答辩", day(one.answered_on) if one.answered_on else ""),
        ("决定、裁判", day(one.decided_on) if one.decided_on else ""),
        ("收到决定、裁判", day(one.served_on) if one.served_on else ""),
        ("结果", RESULT_NAMES[Result(one.result)] if one.result else ""),
        ("具体结果", ENDING_NAMES[Ending(one.ending)] if one.ending else ""),
        ("决定、裁判文号", one.decision_number), ("理由要点", one.reasons),
    ]


def application(row: Application) -> bytes:
    """The application: what was asked, when, how it was handled, and how its due date came about, step by step."""
    words = title("申请和办理情况") + facts(_facts_of(row)) + part("申请内容") + text(row.content)
    deadline = deadline_of(row)
    words += part("答复期限的计算")
    words += grid(("日期", "事项", "依据"), (_step(step) for step in deadline.steps), (4, 12, 6))
    consultations = list(row.consultations.all())
    if consultations:
        words += part("征求意见") + grid(
            ("对象", "名称", "发出", "送达", "意见", "收到意见"),
            ((
                str(PARTY_NAMES[PauseKind(one.kind)]), one.party, day(one.sent_on), day(one.delivered_on),
                str(one.get_opinion_display()) if one.opinion else "", day(one.ended_on),
            ) for one in consultations), (4, 6, 5, 5, 5, 5),
        )
    services = list(row.services.all())
    if services:
        words += part("送达") + grid(
            ("方式", "日期", "邮件号或回证号", "签收"),
            ((str(ServiceWay(one.way).label), day(one.on), one.proof_number, day(one.received_on)) for one in services),
            (6, 5, 6, 5),
        )
    return sheet.docx(words, f"申请和办理情况 {printable(row.number)}")


def _facts_of(row: Application) -> list[Fact]:
    extended = next((one for one in row.extensions.all() if one.approved), None)
    answer = ANSWERS.get(row.answer_kind)
    return [
        ("登记号", row.number), ("机关", row.agency.name), ("申请人", row.applicant_mask),
        ("申请人类型", APPLICANT_NAMES[ApplicantKind(row.applicant_kind)] if row.applicant_kind else ""),
        ("渠道", CHANNEL_NAMES[Channel(row.channel)] if row.channel else ""), ("到达", day(row.arrived_on)),
        ("收到", day(row.received_on)), ("申请事项", row.subject), ("文号或其他特征", row.features),
        ("获取方式", str(Wanted(row.wanted).label)), ("送达途径", str(Delivery(row.delivery).label)),
        ("补正", f"{day(row.correction_asked_on)}告知，{day(row.corrected_on)}补正" if row.correction_asked_on else ""),
        ("延期", f"{extended.days} 个工作日，{day(extended.decided_on)}决定" if extended is not None
         else f"{row.extended_days} 个工作日" if row.extended_days else ""),
        ("信息处理费", f"{row.fee_amount} 元，{day(row.fee_noticed_on)}通知，{day(row.paid_on)}缴费"
         if row.fee_noticed_on else ""),
        ("答复期限", day(row.due_on) if row.due_on else ""), ("办理结果", answer.name if answer else ""),
        ("答复文号", row.reply_number), ("办结", day(row.closed_on) if row.closed_on else ""),
        ("状态", APPLICATION_STATES[ApplicationState(row.state)]),
    ]


def _step(step: Step) -> tuple[str, str, str]:
    try:
        article = f"条例{cite(step.article)}" if step.article else ""
    except (KeyError, ValueError):
        article = step.article
    return day(step.on), step.what, "　".join(filter(None, (article, step.source)))


def publication(edition: Edition) -> bytes:
    """The document as a page that needs nothing else. The body was cleaned when it was drafted."""
    row = edition.publication
    told = (
        ("索引号", row.index_number or ""), ("发文机关", edition.issuing_organ or row.agency.name),
        ("文号", edition.document_number), ("成文日期", day(edition.formed_on) if edition.formed_on else ""),
        ("发布日期", day(row.published_on) if row.published_on else ""),
    )
    rows = "".join(f"<tr><th>{name}</th><td>{escape(value)}</td></tr>" for name, value in told if value)
    heading = escape(edition.title)
    return (
        f'<!DOCTYPE html><html lang="zh-Hans"><head><meta charset="utf-8"><title>{heading}</title></head>'
        f"<body><h1>{heading}</h1><table>{rows}</table>{edition.body}</body></html>"
    ).encode()
