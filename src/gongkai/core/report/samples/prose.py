"""The six sections told from the tables, so that prose and numbers agree by construction.

`tell` may be asked again at any time: the same tables, agency and year give the same words.
"""

from __future__ import annotations

from datetime import date

from gongkai.core.report.forms import form, form_for_year
from gongkai.core.report.model import Report, Section
from gongkai.core.report.samples import phrases
from gongkai.core.report.samples.voice import Voice

NO_REQUESTS = "本年度未收到政府信息公开申请，也没有上年结转的申请。"
_NUMERALS = "一二三四五六"
# Outcomes as prose groups them: the words, and the rows that are counted under them.
_GROUPS = (
    ("予以公开", "granted"), ("部分公开", "partial"), ("不予公开", "refused_"), ("无法提供", "unable_"),
    ("不予处理", "unhandled_"), ("其他处理", "other"),
)


def tell(report: Report) -> None:
    """Write title, preamble, sections, signature and date of a report whose cells, agency and year are set."""
    agency, year = report.agency or "", report.year or 0
    voice = Voice(agency, year)
    report.title = f"{agency}{year}年政府信息公开工作年度报告"
    report.signature = agency
    report.signed_on = date(year + 1, 1, voice.count(6, 28))
    report.preamble = (
        f"本报告根据《中华人民共和国政府信息公开条例》和《中华人民共和国政府信息公开工作年度报告格式》"
        f"（{form_for_year(year).notice}）编制，由总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、"
        f"政府信息公开行政复议和行政诉讼情况、存在的主要问题及改进情况、其他需要报告的事项六个部分组成。"
        f"统计期限自{year}年1月1日起至{year}年12月31日止。"
    )
    texts = {1: _overview(report, voice), 5: _problems(voice), 6: _others(report, voice)}
    headings = form(report.form or "2021").sections
    report.sections = {
        number: Section(number, f"{_NUMERALS[number - 1]}、{heading}", texts.get(number, ""))
        for number, heading in enumerate(headings, start=1)
    }


def who(agency: str) -> str:
    """How an office speaks of itself: 全县, 我镇, 我局."""
    for ending, word in (
        ("县人民政府", "全县"), ("市人民政府", "全市"), ("区人民政府", "全区"), ("镇人民政府", "我镇"),
        ("乡人民政府", "我乡"), ("街道办事处", "我街道"), ("办公室", "我办"), ("委员会", "我委"), ("局", "我局"),
    ):
        if agency.endswith(ending):
            return word
    return "本机关"


def requests_sentence(report: Report) -> str:
    """What table 三 says, in words."""
    new, carried_in = _count(report, "t3.new.total"), _count(report, "t3.carried_in.total")
    closed, carried_out = _count(report, "t3.closed.total"), _count(report, "t3.carried_out.total")
    if new + carried_in == 0:
        return NO_REQUESTS
    natural = _count(report, "t3.new.natural")
    received = f"本年新收政府信息公开申请{new}件"
    if new:
        received += f"，其中自然人申请{natural}件、法人或其他组织申请{new - natural}件"
    outcomes = "、".join(f"{words}{n}件" for words, key in _GROUPS if (n := _outcomes(report, key)))
    ended = f"本年度办结{closed}件" + (f"，其中{outcomes}" if outcomes else "")
    return f"{received}；上年结转{carried_in}件。{ended}；结转下年度继续办理{carried_out}件。"


def disputes_sentence(report: Report) -> str:
    """What table 四 says, in words."""
    reviews = _count(report, "t4.reconsideration.total")
    direct, after = _count(report, "t4.direct.total"), _count(report, "t4.after.total")
    if reviews + direct + after == 0:
        return "未发生因政府信息公开引起的行政复议和行政诉讼。"
    first = f"因政府信息公开引起的行政复议{reviews}件" if reviews else "未发生因政府信息公开引起的行政复议"
    second = f"行政诉讼{direct + after}件" if direct + after else "未发生行政诉讼"
    return f"{first}，{second}。"


def fee_sentence(report: Report) -> str:
    """What section 六 must say about the information handling fee (信息处理费)."""
    unpaid = report.value("t3.other_unpaid.total") or 0
    if unpaid:
        return (
            f"依据《政府信息公开信息处理费管理办法》，本年度发出收费通知{unpaid}件，申请人均逾期未缴费，"
            f"未收取信息处理费。"
        )
    return "依据《政府信息公开信息处理费管理办法》，本年度未收取信息处理费。"


def _overview(report: Report, voice: Voice) -> str:
    opening = voice.pick(phrases.OPENING).format(year=report.year, who=who(report.agency or ""))
    site, media = voice.count(40, 900), voice.count(20, 600)
    proactive = voice.pick(phrases.PROACTIVE).format(total=site + media, site=site, media=media)
    proactive += voice.pick(phrases.INTERPRETATION).format(count=voice.count(3, 30))
    proactive += voice.pick(phrases.RESPONSE).format(count=voice.count(4, 80))
    platform = "".join(p.format(count=voice.count(3, 24)) for p in voice.several(phrases.PLATFORM, 2))
    safeguard = voice.pick(phrases.SAFEGUARD).format(count=voice.count(2, 9)) + voice.pick(phrases.EVALUATION)
    return "\n".join((
        opening,
        f"（一）主动公开。{proactive}",
        f"（二）依申请公开。{requests_sentence(report)}{disputes_sentence(report)}",
        f"（三）政府信息管理。{''.join(voice.several(phrases.MANAGEMENT, 2))}",
        f"（四）政府信息公开平台建设。{platform}",
        f"（五）监督保障。{safeguard}",
    ))


def _problems(voice: Voice) -> str:
    first, second = voice.several(range(len(phrases.PROBLEMS)), 2)
    return (
        f"存在的主要问题：一是{phrases.PROBLEMS[first]}；二是{phrases.PROBLEMS[second]}。\n"
        f"改进情况：一是{phrases.REMEDIES[first]}；二是{phrases.REMEDIES[second]}。"
    )


def _others(report: Report, voice: Voice) -> str:
    return f"{fee_sentence(report)}{voice.pick(phrases.CLOSING)}"


def _count(report: Report, cell_id: str) -> int:
    return int(report.value(cell_id) or 0)


def _outcomes(report: Report, key: str) -> int:
    """Requests that ended in one of the rows whose key is `key` or begins with it."""
    keys = {cell_id.split(".")[1] for cell_id in report.cells if cell_id.startswith("t3.")}
    wanted = [k for k in keys if k == key or (key.endswith("_") and k.startswith(key))]
    if key == "other":
        wanted = [k for k in keys if k == "other" or k.startswith("other_")]
    return sum(_count(report, f"t3.{k}.total") for k in wanted)
