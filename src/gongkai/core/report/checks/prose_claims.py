"""What prose claims about the numbers of tables 三 and 四: “共收到政府信息公开申请21件”.

Only plain statements are taken. Left alone: other years, months and quarters, channels (网上、信函、当面), parts in
brackets, round figures (余、约), bodies below the agency, work that only sounds alike (建议、信访、公文属性). A claim
that is missed costs little; one that was never made would be a false accusation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.core.report.checks.prose_numbers import (
    CHINESE_NUMBER,
    COUNT_UNITS,
    count,
    plain,
    sentences,
    without_brackets,
)
from gongkai.core.report.model import Report

_N = rf"(?P<n>\d+|{CHINESE_NUMBER})[{COUNT_UNITS}](?!次|以上|左右|余)"
_FILL = r"(?:的)?(?:案件|事项|件数|总数|总量|数量|表)?(?:共计|总计|合计|共|为|有|是|达|：)?"
_APPLICATION = r"(?:政府)?信息公开(?:的)?申请|依申请公开(?:政府)?(?:信息)?(?:的)?(?:申请|案件|事项)?|公开申请"
_RECEIVE = r"(?:收到|接到|受理|接收|收办|收件)(?:并(?:办理|答复|受理))?"
_BETWEEN = r"(?:公民|法人|自然人|或|和|及|、|其[他它]组织|各类|有效|群众|企业|社会|社会公众|公众|申请人|提[出交]|向我?[局镇街办委厅]?|的|了|各种|依法)*"

_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("new", re.compile(rf"新收(?:到)?{_BETWEEN}(?:{_APPLICATION}){_FILL}{_N}")),
    ("received", re.compile(rf"(?<![未新]){_RECEIVE}{_BETWEEN}(?:{_APPLICATION}){_FILL}{_N}")),
    ("received", re.compile(rf"(?<![未新]){_RECEIVE}(?:了)?(?:共计|共)?{_N}(?:关于)?(?:的)?(?:{_APPLICATION})")),
    ("closed", re.compile(rf"(?:办结|(?:办理并?)?答复|回复)(?:了)?{_BETWEEN}(?:{_APPLICATION}){_FILL}{_N}")),
    ("closed", re.compile(rf"(?:本年度|全年|已|共|全部|均已|实际)办结(?:了)?(?:共计|共)?{_N}")),
    ("carried_out", re.compile(
        r"(?:结转|顺延|转|延)(?:至|到|入|往)?(?:下一?年度?|次年|明年|NEXT年度?)"
        rf"(?:继续)?(?:办理|答复|处理)?(?:的)?(?:{_APPLICATION}|申请)?{_FILL}{_N}")),
    ("carried_out", re.compile(rf"{_N}(?:申请)?(?:结转|顺延|转)(?:至|到|入)?(?:下一?年度?|次年|NEXT年度?)")),
    ("carried_in", re.compile(
        rf"(?:上一?年度?|LAST年度?)(?:结转|转入|结存|遗留)(?:的)?(?:{_APPLICATION}|申请)?{_FILL}{_N}")),
    ("granted", re.compile(rf"(?<=[，；、：中予作复为了定]|^.)予以公开{_FILL}{_N}")),
    ("granted", re.compile(rf"^予以公开{_FILL}{_N}")),
    *((key, re.compile(rf"(?<![因属涉])(?:作出?|予以|属于?)?{words}{_FILL}{_N}")) for key, words in (
        ("partial", "部分公开"), ("refused", "不予公开"), ("unable", "无法提供"), ("unhandled", "不予处理"),
        ("other", "其[他它]处理"),
    )),
    ("direct", re.compile(rf"(?:未经复议)?直接(?:提?起诉|提起(?:行政)?诉讼)(?:案件)?{_FILL}{_N}")),
    ("after", re.compile(rf"复议后(?:提?起诉|提起(?:行政)?诉讼)(?:案件)?{_FILL}{_N}")),
    ("reconsideration", re.compile(rf"行政复议(?:案件|申请)?{_FILL}{_N}")),
    ("litigation", re.compile(rf"(?<!直接提起)(?<!复议后提起)行政诉讼(?:案件)?{_FILL}{_N}")),
    ("disputes", re.compile(rf"行政复议(?:案件)?(?:[、和及与]|以及)(?:提起)?行政诉讼(?:案件)?{_FILL}{_N}")),
)
_DISPUTES = frozenset({"reconsideration", "litigation", "direct", "after", "disputes"})
_OUTCOMES = frozenset({"granted", "partial", "refused", "unable", "unhandled", "other"})

_NONE_RECEIVED = re.compile(
    rf"(?:(?:未|没有|没|无人)(?:曾)?(?:收到|接到|受理|提出|产生|发生){_BETWEEN}(?:任何)?(?:{_APPLICATION})|无依申请公开(?:件|申请|事项|案件))")
_NO_DISPUTE = r"(?:未发生|没有发生|没有|未出现|未产生|无)(?:因|涉及|有关|关于)?(?:政府)?(?:信息公开)?(?:工作|申请)?(?:而)?(?:被)?(?:引起|引发|提起|申请)?(?:的)?"
_NOT_LOST = r"(?![^，。；]{0,8}(?:纠错|纠正|败诉|撤销|责令|错误|超期|逾期|\d))"
_NO_BOTH = re.compile(rf"{_NO_DISPUTE}行政复议(?:案件)?(?:[、和及与或]|以及)(?:被)?(?:提起)?行政诉讼{_NOT_LOST}")
_NO_RECONSIDERATION = re.compile(rf"{_NO_DISPUTE}行政复议(?!(?:案件)?(?:[、和及与或]|以及)){_NOT_LOST}")
_NO_LITIGATION = re.compile(rf"{_NO_DISPUTE}行政诉讼{_NOT_LOST}")

_WHOLE_YEAR = re.compile(r"(?:自|从)?(?:20\d\d年)?1月1日起?[至到—-]+(?:20\d\d年)?12月31日|截[至止](?:20\d\d年)?12月31日")
_PART_OF_YEAR = re.compile(r"\d月|[一二三四五六七八九十]月|上半年|下半年|季度|旬|周|去年|上年(?!度?结转)|同期|往年|近年|历年|以来|五年|三年")
_OTHER_WORK = re.compile(r"公文|属性|留言|建议|提案|议案|信箱|热线|信访件|工单|举报件|咨询|培训|评查|抽查|评议")
_CHANNEL = re.compile(r"网上|网络|在线|信函|来信|当面|现场|邮[寄件箱递]|窗口|传真|纸质|电子|平台|网站")
_MANY_CHANNELS = re.compile(r"(?:各种|多种|各类|不同)(?:渠道|方式|途径)")
_OFFICE = re.compile(r"(?:省|市|县|区|旗)(?:人民)?政府办(?:公室|公厅)?|[省市县区](?:人民)?政府本级|(?:我|本)办|本级(?:机关)?(?=受理|收到|办)")
_WIDE = re.compile(r"全[省市县区旗州盟]|各级|各部门|各单位|全系统")
_BELOW = re.compile(r"(?:局|委|厅|镇|乡|街道|支队|大队|中心|法院|学校|医院)(?:共|全年|本年度?)?$")


@dataclass(frozen=True, slots=True)
class Claim:
    """A number that prose gives for a subject, in the words of the report. `office` marks a statement about the
    government's own office, not about the whole district that the report covers."""

    subject: str
    value: int
    words: str
    office: bool = False


def claims(report: Report) -> list[Claim]:
    """Every plain claim in sections 一, 三 and 四, in order, each subject with each value once."""
    found: dict[tuple[str, int], Claim] = {}
    for n in (1, 3, 4):
        if n not in report.sections:
            continue
        text = plain(report.sections[n].text)
        if "勾稽关系" in text:  # a table that stands as text is no prose
            continue
        before = ""
        for sentence in sentences(text):
            for claim in _of_sentence(report, sentence, before, n):
                found.setdefault((claim.subject, claim.value), claim)
            before = sentence
    return list(found.values())


def covers_all_below(report: Report) -> bool:
    """True for a government's own report, which counts its departments and townships too."""
    name = report.agency or ""
    return bool(re.search(r"[省市县区旗州盟](?:人民政府)?$", name))


def _of_sentence(report: Report, sentence: str, before: str, section: int) -> Iterator[Claim]:
    text = _WHOLE_YEAR.sub("", without_brackets(sentence))
    office = bool(_OFFICE.search(text)) and covers_all_below(report)
    if not covers_all_below(report) and _WIDE.search(text):
        return
    topic = before + text
    about_requests = bool(re.search(r"公开申请|依申请公开", topic))
    about_disclosure = section == 4 or about_requests or "信息公开" in text
    year = report.year
    for segment in text.split("；"):
        if _PART_OF_YEAR.search(segment) and not re.search(r"上一?年度?(?:结转|转入|结存|遗留)", segment):
            continue
        if year is not None and any(int(y) not in {year, year + 1} for y in re.findall(r"(20\d\d)年", segment)):
            if str(year) in segment or f"{year - 1}年结转" not in segment:
                continue
        for subject, value, words in _counts(segment, year):
            if subject in _DISPUTES and not about_disclosure:
                continue
            if subject not in _DISPUTES and (not about_requests or _OTHER_WORK.search(segment)):
                continue
            yield Claim(subject, value, words, office)
        yield from _zeros(segment, about_disclosure, office)


def _counts(segment: str, year: int | None) -> Iterator[tuple[str, int, str]]:
    known = segment
    if year is not None:
        known = known.replace(f"{year + 1}年", "下年").replace(f"{year - 1}年", "上年")
    for subject, pattern in _PATTERNS:
        for match in pattern.finditer(known):
            value = count(match["n"])
            if value is None or (subject not in _DISPUTES | _OUTCOMES and _is_part(known, match)):
                continue
            yield subject, value, _quoted(known, match)


def _is_part(segment: str, match: re.Match[str]) -> bool:
    """A statement about one channel, one of several listed parts, or a body below the agency."""
    before, after = segment[:match.start()], segment[match.end():]
    clause = before[max(before.rfind("，"), before.rfind("：")) + 1:] + match[0]
    if _CHANNEL.search(clause) and not _MANY_CHANNELS.search(clause):
        return True
    if "其中" in before and not match[0].startswith(("结转", "顺延", "转")):
        return True
    if re.match(r"、[^，。；]{0,12}?\d+件", after) and not re.match(r"、[^，。；]{0,12}(?:办结|答复|结转|受理)", after):
        return True
    return bool(_BELOW.search(clause[:-len(match[0])] if match[0] else clause)) and "我" not in clause


def _zeros(segment: str, about_disclosure: bool, office: bool) -> Iterator[Claim]:
    match = _NONE_RECEIVED.search(segment)
    if match and not _CHANNEL.search(match[0]):
        yield Claim("new", 0, match[0], office)
    if not about_disclosure:
        return
    both = _NO_BOTH.search(segment)
    if both:
        yield Claim("disputes", 0, both[0], office)
        return
    for subject, pattern in (("reconsideration", _NO_RECONSIDERATION), ("litigation", _NO_LITIGATION)):
        match = pattern.search(segment)
        if match:
            yield Claim(subject, 0, match[0], office)


def _quoted(segment: str, match: re.Match[str]) -> str:
    return segment[match.start():match.end()]
