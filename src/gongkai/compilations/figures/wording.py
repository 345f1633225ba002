"""Why a record stands in a cell, in one sentence with its article: what the drawer beside a number says."""

from __future__ import annotations

from django.conf import settings

from gongkai.applications.figures import reading
from gongkai.core.law.answers import ANSWERS, report_row
from gongkai.core.law.applicants import APPLICANT_NAMES, ApplicantKind
from gongkai.core.law.articles import cite
from gongkai.core.report.forms import form

_ROWS = {
    "new": "收到日期（第三十一条）在本年度之内；补正、拆分前的原件不重复计数",
    "carried_in": "上年12月31日以前收到，到上年年底还没有办结",
    "carried_out": "本年12月31日以前收到，到本年年底还没有办结",
    "closed": "在本年度之内办结：答复送达、告知不再处理或者申请人撤回",
}
_TABLE_TWO = {
    "made": "制发日期在本年度之内", "repealed": "废止日期在本年度之内", "in_force": "本年12月31日现行有效",
    "disclosed": "公开日期在本年度之内", "total": "到本年12月31日已经公开",
    "decisions": "作出决定的日期在本年度之内，依法不公开的也计数", "items": "上年12月31日在权责清单内的事项",
    "change": "本年度新增的事项减去取消的事项", "amount": "本年度收费或者采购的金额之和",
}
_TABLE_FOUR = {
    "upheld": "本年度作出决定或者裁判，结果维持", "corrected": "本年度作出决定或者裁判，结果纠正",
    "other": "本年度以其他方式结案", "pending": "到本年12月31日尚未审结",
    "total": "本年度审结的和年底尚未审结的",
}
_EACH = {False: "；一案计一次，按12月31日的情况计", True: "；一审、二审、再审各计一次"}


def rule_of(cell: str, form_id: str) -> str:
    """The rule that counts records in a cell. Raises KeyError for a cell that the form has not."""
    spec = form(form_id).cells[cell]
    table, row, column = cell.split(".")
    if table == "t2":
        if spec.row == "procurement" and column == "items":
            return "本年度的政府集中采购项目"
        return _TABLE_TWO[column]
    if table == "t4":
        return _TABLE_FOUR[column] + _EACH[bool(settings.GONGKAI_DISPUTES_PER_INSTANCE)]
    whom = "" if column == "total" else f"；申请人类型是“{APPLICANT_NAMES[ApplicantKind(column)]}”"
    return (_ROWS.get(row) or _outcome(row, form_id)) + whom


def _outcome(row: str, form_id: str) -> str:
    kinds = [kind for key, kind in ANSWERS.items() if report_row(key, form_id, reading()) == row]
    names = "、".join(f"“{kind.name}”（{cite(kind.article)}）" if kind.article else f"“{kind.name}”" for kind in kinds)
    return f"本年度办结，办理结果是{names}"
