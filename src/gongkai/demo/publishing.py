"""The demonstration publishes: catalogues, documents in every state, registers, batches, what the public sent.

Everything through the platform's own actions, each at the day of its story; what is there is found by its source, so
that an interrupted start goes on where it was.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.utils import timezone
from docx import Document

from gongkai.accounts import roles
from gongkai.accounts.actions import appoint, create_user
from gongkai.accounts.actor import Actor, machine
from gongkai.accounts.models import User
from gongkai.accounts.queries import actor_for
from gongkai.agencies import actions as agencies
from gongkai.agencies.actions import describe_office, set_section
from gongkai.agencies.models import Agency
from gongkai.calendars.queries import calendar_of
from gongkai.catalogue import actions as catalogue
from gongkai.catalogue.models import Item
from gongkai.core.tables import xlsx
from gongkai.core.workdays import Calendar
from gongkai.demo.cases import FOREST, LAND, PLAN
from gongkai.demo.office import GUIDE
from gongkai.demo.papers import COUNTY, OWN, PAPERS, Paper
from gongkai.publications import actions
from gongkai.publications.models import Edition, Publication

BUILDER = machine("示范程序")
PEOPLE = (
    ("county_clerk", "秦朗", roles.Clerk), ("county_reviewer", "温如", roles.Reviewer),
    ("county_leader", "贺知远", roles.Signatory),
)
# Of no place (area code 000000), with a true check character.
_CODES = ("11000000000000001Y", "110000000000000022")
_REASONS = {
    "withheld": ("refused_process", "过程性信息，作出决定前不公开"),
    "on_request": ("on_request", "涉及多户村民，依申请提供"),
}


class Office:
    """Who does what in one agency, and when."""

    def __init__(self, agency: Agency, people: dict[str, Actor], today: date, latest: datetime) -> None:
        self.agency, self.people, self.today, self.latest = agency, people, today, latest
        self.calendar: Calendar = calendar_of(agency)
        self.items = {item.code: item for item in Item.objects.filter(agency=agency)}
        self.sections = {section.name: section for section in agency.sections.all()}

    def day(self, ago: int) -> date:
        """So many working days ago."""
        return self.calendar.subtract(self.today, ago) if ago else self.today

    def moment(self, ago: int, hour: int = 10) -> datetime:
        """An hour of that day, never later than the start of the demonstration."""
        return min(timezone.make_aware(datetime.combine(self.day(ago), time(hour))), self.latest)


def build(*, bureau: Agency, government: Agency, password: str, at: datetime) -> dict[str, Office]:
    """Catalogues and papers of both offices; what is there already stays."""
    with transaction.atomic():
        offices = _open(bureau, government, password, at)
    for paper in PAPERS:
        office = offices[paper.organ]
        source = f"demo:{paper.key}"
        with transaction.atomic():
            if not Publication.objects.filter(source=source).exists():
                _tell(office, paper, source)
    return offices


def _open(bureau: Agency, government: Agency, password: str, at: datetime) -> dict[str, Office]:
    on = timezone.localdate(at)
    county = {name: _person(name, called, role, government, password, at) for name, called, role in PEOPLE}
    head = _person("head", "苏明远", roles.HeadOfOffice, bureau, password, at)
    describe_office(by=county["county_clerk"], agency=government, on=on, at=at, **GUIDE | {
        "name": "青澜县人民政府办公室", "address": "青澜县云麓大道 1 号", "phone": "0000-1234500",
        "fax": "0000-1234501", "letter_prefix": "青政", "review_organ": "青河市人民政府", "court": "青河市中级人民法院",
    })
    offices = ((government, county["county_clerk"], _CODES[0]), (bureau, head, _CODES[1]))
    for agency, who, code in offices:
        if not agency.credit_code:
            agencies.change(by=BUILDER, agency=agency, at=at, credit_code=code)
        if not Item.objects.filter(agency=agency).exists():
            catalogue.adopt_skeleton(by=who, agency=agency, on=on, at=at)
    for name, items in ((LAND, ("21.4", "20.5")), (PLAN, ("20.3",)), (FOREST, ("20.10",))):
        section = set_section(by=head, agency=bureau, name=name, at=at)
        for code in items:
            item = Item.objects.get(agency=bureau, code=code)
            if item.section_id != section.pk:
                catalogue.assign(by=head, item=item, section=section, owner=None, on=on, at=at)
    actions.set_practice(by=head, agency=bureau, at=at, days_after_signing=3)
    own = {name: actor_for(User.objects.get(username=name), on=on) for name in (
        "clerk", "head", "reviewer", "leader", "section")}
    return {
        OWN: Office(bureau, own, on, at),
        COUNTY: Office(government, {
            "clerk": county["county_clerk"], "reviewer": county["county_reviewer"], "leader": county["county_leader"],
            "section": county["county_clerk"],
        }, on, at),
    }


def _person(username: str, name: str, role: type[roles.Role], agency: Agency, password: str, at: datetime) -> Actor:
    user = User.objects.filter(username=username).first() or create_user(
        by=BUILDER, username=username, name=name, password=password, at=at,
    )
    appoint(by=BUILDER, user=user, agency=agency, role=role.key, on=date(2020, 1, 1), at=at)
    return actor_for(user, on=timezone.localdate(at))


def _tell(office: Office, paper: Paper, source: str) -> None:
    """One paper from its first words to where it stands."""
    steps = _STEPS[paper.until]
    by = office.people["section"] if paper.section == LAND else office.people["clerk"]
    began = max(paper.formed - 1, paper.done)
    attribute = paper.until if paper.until in _REASONS else "active"
    ground, reason = _REASONS.get(attribute, ("", ""))
    values: dict[str, Any] = {
        "attribute": attribute, "attribute_ground": ground, "attribute_reason": reason,
        "document_number": paper.number, "topic": paper.topic, "summary": paper.summary,
        "formed_on": office.day(paper.formed), **paper.values,
    }
    edition = actions.draft(
        by=by, agency=office.agency, kind=paper.kind, title=paper.title, body=paper.body, source=source,
        item=office.items.get(paper.item), section=office.sections.get(paper.section), values=values,
        at=office.moment(began, 9),
    )
    for name in paper.files:
        actions.attach(by=by, edition=_now(edition), name=name, data=_FILES[name](), at=office.moment(began, 9))
    if by is office.people["section"] and paper.until != "draft":
        actions.submit(by=by, edition=_now(edition), at=office.moment(began, 10))
        if paper.until != "submitted":
            actions.accept(by=office.people["clerk"], edition=_now(edition), at=office.moment(began, 11))
    _relate(office, paper, edition)
    for step in steps:
        step(office, paper, _now(edition))


def _relate(office: Office, paper: Paper, edition: Edition) -> None:
    clerk, at = office.people["clerk"], office.moment(max(paper.formed - 1, paper.done), 14)
    if paper.interprets:
        document = Publication.objects.get(source=f"demo:{paper.interprets}")
        actions.link(by=clerk, source=edition.publication, target=document, relation="interprets", at=at)
    if paper.form:
        actions.plan_interpretation(
            by=clerk, publication=edition.publication, form=paper.form, due_on=office.day(paper.done), at=at,
        )
    if paper.exempt:
        actions.exempt_interpretation(by=clerk, publication=edition.publication, reason=paper.exempt, at=at)


def _now(edition: Edition) -> Edition:
    return Edition.objects.select_related("publication__agency").get(pk=edition.pk)


def _accept_warnings(office: Office, paper: Paper, edition: Edition) -> None:
    if edition.screened == "warn" or edition.attachments.filter(verdict="warn").exists():
        actions.accept_warnings(by=office.people["clerk"], edition=edition, at=office.moment(paper.done, 10))


def _send(office: Office, paper: Paper, edition: Edition) -> None:
    actions.send(by=office.people["clerk"], edition=edition, at=office.moment(paper.done + 1, 10))


def _review(office: Office, paper: Paper, edition: Edition) -> None:
    keys = list(edition.gates.filter(ahead=True).values_list("key", flat=True))
    at = office.moment(paper.done + 1, 15)
    actions.pass_gates(by=office.people["reviewer"], edition=edition, keys=keys, remark="同意公开", at=at)


def _half(office: Office, paper: Paper, edition: Edition) -> None:
    actions.pass_gates(
        by=office.people["reviewer"], edition=edition, keys=["political", "legal"], remark="同意",
        at=office.moment(paper.done, 15),
    )


def _return(office: Office, paper: Paper, edition: Edition) -> None:
    actions.return_edition(
        by=office.people["reviewer"], edition=edition, remark="目标数与上级方案不一致，请核对后再送", key="legal",
        at=office.moment(paper.done, 15),
    )


def _sign(office: Office, paper: Paper, edition: Edition) -> None:
    decided = paper.until if paper.until in _REASONS else "active"
    ground, reason = _REASONS.get(decided, ("", ""))
    actions.sign(
        by=office.people["leader"], edition=edition, decided_attribute=decided, on=office.day(paper.done),
        ground=ground, reason=reason, at=office.moment(paper.done, 16),
    )


def _publish(office: Office, paper: Paper, edition: Edition) -> None:
    """An interpretation goes out with its document, so the document waits for it."""
    if paper.form and not paper.interprets:
        return
    document = Publication.objects.get(source=f"demo:{paper.interprets}").latest if paper.interprets else edition
    assert document is not None
    if paper.repeals:
        return
    actions.publish(by=office.people["clerk"], edition=_now(document), at=office.moment(paper.done, 17))
    if paper.interprets:
        _repeal(office, paper, document)


def _repeal(office: Office, paper: Paper, document: Edition) -> None:
    story = next(one for one in PAPERS if one.key == paper.interprets)
    if story.repeals:
        old = Publication.objects.get(source=f"demo:{story.repeals}")
        actions.mark_validity(
            by=office.people["clerk"], publication=old, validity="repealed", ended_on=office.day(paper.done),
            by_publication=document.publication, at=office.moment(paper.done, 17),
        )


def _withdraw(office: Office, paper: Paper, edition: Edition) -> None:
    actions.withdraw(
        by=office.people["clerk"], publication=edition.publication, kind="error", note="搬迁时间有误，更正后重新发布",
        at=office.moment(paper.done - 1, 10),
    )


_WAY: tuple[Callable[[Office, Paper, Edition], None], ...] = (_accept_warnings, _send, _review, _sign)
_STEPS: dict[str, tuple[Callable[[Office, Paper, Edition], None], ...]] = {
    "draft": (), "submitted": (), "review": (_accept_warnings, _send, _half),
    "returned": (_accept_warnings, _send, _return), "reviewed": (_accept_warnings, _send, _review),
    "signed": _WAY, "published": (*_WAY, _publish), "withdrawn": (*_WAY, _publish, _withdraw),
    "withheld": _WAY, "on_request": _WAY,
}


def _form() -> bytes:
    document = Document()
    document.core_properties.author = "征地和用地股"
    document.add_heading("农村宅基地申请表", 1)
    table = document.add_table(rows=4, cols=2, style="Table Grid")
    for row, name in zip(table.rows, ("申请人", "家庭人口", "申请理由", "村级组织意见"), strict=True):
        row.cells[0].text = name
    return _saved(document)


def _summary() -> bytes:
    document = Document()
    document.add_heading("规划文本摘要", 1)
    document.add_paragraph("总则、目标定位、国土空间格局、农业空间、生态空间、城镇空间、支撑体系、实施保障。")
    return _saved(document)


def _saved(document: Any) -> bytes:
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _times() -> bytes:
    return xlsx(("环节", "办理单位", "时限（工作日）"), [
        ("受理", "乡镇便民服务中心", 1), ("现场勘查", "乡镇自然资源所", 7), ("审核决定", "乡镇人民政府", 12),
    ], name="审批流程")


def _money() -> bytes:
    return xlsx(("科目", "预算数（万元）"), [
        ("一般公共服务支出", 212.4), ("自然资源海洋气象等支出", 2516.2), ("社会保障和就业支出", 286.0),
        ("卫生健康支出", 114.0),
    ], name="预算公开表")


def _names() -> bytes:
    """What must not go out: a list of persons with numbers. The number is the example of the standard itself."""
    return xlsx(("姓名", "身份证号", "银行账号", "金额（元）"), [
        ("程慕白", "11010519491231002X", "6222020000000000000", 800), ("罗见山", "11010519491231002X", "", 600),
    ], name="发放名单")


_FILES: dict[str, Callable[[], bytes]] = {
    "宅基地申请表.docx": _form, "规划文本摘要.docx": _summary, "审批流程时限.xlsx": _times, "预算公开表.xlsx": _money,
    "发放名单.xlsx": _names,
}
