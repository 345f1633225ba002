"""The year's reports of the demonstration: the register behind the bureau's, the campaign, who has handed in what.

The bureau compiles its report from its own register, and is left where its clerk can go on; the others have handed in
files. Most of these are approved, one was returned, one came late, a few wait, two are missing.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from django.db import transaction

from gongkai.accounts.actor import Actor
from gongkai.agencies.models import Agency
from gongkai.annual_reports.models import AnnualReport, Scope
from gongkai.applications import registering
from gongkai.applications.actions.sheets import take_over
from gongkai.applications.models import RegisterImport
from gongkai.calendars.queries import calendar_of
from gongkai.campaigns.actions import opening, reminding
from gongkai.campaigns.models import Campaign, Member
from gongkai.compilations import actions as compilations
from gongkai.compilations.models import Compilation
from gongkai.core.report.model import Report
from gongkai.core.report.samples import county as samples
from gongkai.demo import county, records
from gongkai.statutory_registers import actions as registers

YEAR = county.YEARS[-1]
RETURNED, WAITING_APPROVAL = "青澜县教育局", frozenset({"青澜县司法局", "青澜县交通运输局", "青澜县城西街道办事处"})
LATE = "青澜县望溪镇人民政府"
NOTICE = (
    "各镇人民政府、街道办事处，县政府各部门：\n"
    "请按照《政府信息公开条例》第四十九条、第五十条的要求编制 {year} 年度政府信息公开工作年度报告，于 {due} 前提交。"
    "数字要有台账可查，上年结转要与上年报告一致；存在的问题要具体，改进情况要可以核实。\n"
    "没有使用本系统的机关可以直接上传文件。"
)
# Normative documents of earlier years; the first two were repealed within the story's last year.
_DOCUMENTS = (
    "征地补偿争议协调裁决办法", "建设项目压覆矿产资源审批办法", "国有土地使用权收回补偿办法", "农村道路用地管理办法",
    "设施农业用地管理办法", "闲置土地处置办法", "土地整治项目管理办法", "城乡建设用地增减挂钩管理办法",
    "耕地保护责任目标考核办法", "不动产登记资料查询办法", "规划条件核实办法", "乡村建设规划许可办法",
    "地质灾害群测群防管理办法", "砂石资源管理办法", "林木种苗管理办法", "古树名木移植管理办法", "森林防火值班办法",
    "自然保护地管理办法",
)
_REPEALED = 2
_HAND = (
    ("t2.licences.decisions", "县政务服务审批系统 {year} 年统计"),
    ("t2.penalties.decisions", "行政执法监督平台 {year} 年统计"),
    ("t2.coercion.decisions", "行政执法监督平台 {year} 年统计"),
    ("t2.fees.amount", "财务股非税收入决算"),
)
_FACTS = (
    ("meetings", 3, "局长办公会纪要"), ("trainings", 2, "培训通知和签到表"), ("trained", 86, "培训签到表"),
    ("wechat", 1, "县网信办备案"), ("weibo", 0, "县网信办备案"), ("reading_points", 2, "办公室"),
    ("staff_full", 1, "人事股"), ("sites", 0, "县政务公开办公室"), ("assessments", 1, "年度绩效考核通报"),
    ("reviews", 1, "县政务公开办公室评议通报"), ("accountability", 0, "机关纪委"),
    ("staff_part", 14, "各股室联络员名单"),
)


def told(at: datetime) -> bool:
    """Whether the story's last year is over: before that nobody compiles its report."""
    return at.year > YEAR


def keep_register(bureau: Agency, clerk: Actor) -> None:
    """The bureau's register of the year, imported as the office would; once."""
    if RegisterImport.objects.filter(agency=bureau).exists():
        return
    sheet = records.workbook(_reported(), calendar_of(bureau))
    at = _moment(date(YEAR + 1, 5, 29))  # the last suit of the story was decided by then
    looked = registering.look(bureau, sheet, f"申请登记台账（{YEAR}年）.xlsx", today=at.date())
    take_over(by=clerk, looked=looked, at=at)
    for n, title in enumerate(_DOCUMENTS):
        made_on = date(2013 + n // 2, 3 + n % 9, 12)
        document = registers.enter_document(
            by=clerk, agency=bureau, kind="normative", title=f"青澜县{title}", made_on=made_on, at=at,
            number=f"青自然资规〔{made_on.year}〕{10 + n}号", disclosed_on=made_on + timedelta(days=9),
        )
        if n < _REPEALED:
            registers.end_document(by=clerk, document=document, ending="repealed", on=date(YEAR, 9, 1), at=at)


def run_campaign(tree: dict[str, Agency], supervisor: Actor, clerk: Actor) -> None:
    """The notice, what came in, what was made of it, and the bureau's report as far as its clerk has come."""
    with transaction.atomic():
        root = tree[county.GOVERNMENT.name]
        if Campaign.objects.filter(root=root, year=YEAR).exists():
            return
        due = date(YEAR + 1, 1, 30)
        campaign = opening.open_campaign(
            by=supervisor, root=root, year=YEAR, title=f"关于做好 {YEAR} 年度政府信息公开工作年度报告编制工作的通知",
            notice_number=f"青政办函〔{YEAR}〕47号", due_on=due, publish_by=date(YEAR + 1, 3, 31),
            notice=NOTICE.format(year=YEAR, due=f"{due.year}年{due.month}月{due.day}日"),
            at=_moment(date(YEAR, 12, 15)),
        )
        _files(supervisor, due)
        owing = Member.objects.filter(campaign=campaign, agency__name__in=county.MISSING)
        reminding.remind(
            by=supervisor, campaign=campaign, members=list(owing.values_list("pk", flat=True)),
            text="提交期限已过，请尽快报送年报。",
            at=_moment(due + timedelta(days=4)),
        )
        _compile(tree[county.CLERKS_AGENCY], clerk)


def _files(supervisor: Actor, due: date) -> None:
    """Every file that was confirmed is submitted, and most of them are approved."""
    reports = AnnualReport.objects.filter(year=YEAR, current__isnull=False).select_related("agency", "current")
    for report in reports.order_by("agency__path", "scope"):
        name = report.agency.name
        on = due + timedelta(days=6) if name == LATE else due
        made = compilations.hand_in(by=supervisor, report=report, at=_moment(on))
        if name in WAITING_APPROVAL or report.scope == Scope.CONSOLIDATED:
            continue
        assert report.current is not None
        if name == RETURNED:
            compilations.return_(
                by=supervisor, compilation=made, seen=report.current.number, at=_moment(due + timedelta(days=7)),
                text="第五部分只写了问题，没有写改进情况；表格与正文的收到件数不一致，请核对后重新提交。",
            )
        elif not report.current.errors:
            compilations.approve(
                by=supervisor, compilation=made, seen=report.current.number, at=_moment(due + timedelta(days=8)),
            )


def _compile(bureau: Agency, clerk: Actor) -> Compilation:
    """Begun, with what no register here holds typed in."""
    on = date(YEAR + 1, 1, 6)
    made = compilations.start(by=clerk, agency=bureau, year=YEAR, at=_moment(on))
    reported = _reported()
    for cell, source in _HAND:
        value = reported.value(cell)
        if value is not None:
            made = compilations.enter_cell(
                by=clerk, compilation=made, cell=cell, value=Decimal(value), source=source.format(year=YEAR),
                at=_moment(on),
            )
    for key, value, source in _FACTS:
        compilations.set_fact(
            by=clerk, agency=bureau, year=YEAR, key=key, value=value, source=source, at=_moment(on),
        )
    return made


def _reported() -> Report:
    """What the bureau's report says in the story."""
    made = [one for one in samples(county.SEED, years=county.YEARS, flawed=False)
            if (one.agency.name, one.year) == (county.CLERKS_AGENCY, YEAR)]
    return made[0].report


def _moment(on: date) -> datetime:
    """Ten o'clock of a day in Beijing."""
    return datetime.combine(on, time(2), UTC)
