"""What prose claims about the numbers of tables 三 and 四: “共收到政府信息公开申请21件”.

Only plain statements are taken. Left alone: other years, months and quarters, channels (网上、信函、当面), parts in
brackets, round figures (余、约), bodies below the agency, work that only sounds alike (建议、信访、公文属性). A claim
that is missed costs little; one that was never made would be a false accusation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from gongkai.core.report.checks.claim_patterns import (
    BOTH_DISPUTES,
    COUNTS,
    DISPUTES,
    NO_DISPUTES,
    NONE_RECEIVED,
    OUTCOMES,
)
from gongkai.core.report.checks.prose_numbers import count
from gongkai.core.report.model import Report
from gongkai.core.report.prose import plain_sections, sentences, without_brackets
from gongkai.core.text.patterns import lazy

_SECTIONS = (1, 3, 4)
_WHOLE_YEAR = lazy(
    r"(?:自|从)?(?:20\d\d年)?1月1日起?[至到—-]+(?:20\d\d年)?12月31日止?|截[至止](?:到)?(?:20\d\d年)?12月31日"
    r"|(?<=今年|本年|年初)以来|(?<=本年度)以来"
)
_COMPARED = lazy(r"[，、]?(?:同比|环比|(?:较|比|与)(?:上一?年|去年|20\d\d年))[^，。；]*")
_PART_OF_YEAR = lazy(
    r"\d月|[一二三四五六七八九十]月|上半年|下半年|季度|旬|周|同期|往年|近年|历年|以来|[两三四五]年"
)
_WISH = lazy(r"力争|计划|预计|拟|争取")
_ABOUT_REQUESTS = lazy(r"公开(?:的)?申请|依申请公开")
_GOES_ON = lazy(r"予以公开|部分公开|不予公开|无法提供|不予处理|其[他它]处理|结转|答复")
_OTHER_WORK = lazy(
    r"公文|属性|留言|建议|提案|议案|信箱|热线|信访件|来信|来电|工单|举报件|诉求|咨询|培训|评查|抽查|评议"
)
_CHANNEL = lazy(r"网上|网络|在线|信函|来信|当面|现场|邮[寄件箱递]|窗口|传真|纸质|电子|平台|网站")
_MANY_CHANNELS = lazy(r"(?:各种|多种|各类|不同)(?:渠道|方式|途径)")
_REASON = lazy(r"因|由于|属于|涉及")
_OFFICE = lazy(
    r"(?:省|市|县|区|旗)(?:人民)?政府办(?:公室|公厅)?|[省市县区](?:人民)?政府本级|[我本]办|本级(?:机关)?(?=受理|收到|办)"
)
# A government's own report counts its departments and townships too.
_GOVERNMENT = lazy(r"[省市县区旗州盟](?:人民政府)?$")
_WIDE = lazy(r"全[省市县区旗州盟]|各级|各部门|各单位|全系统")
_OWN = lazy(r"[我本全][镇乡街局委办厅院区县市省]|本机关|本单位")
_BELOW = lazy(r"(?:局|委|厅|镇|乡|街道|支队|大队|中心|法院|学校|医院)(?=(?:共|全年|本年度?)?$)")


class Claim(NamedTuple):
    """A number that prose gives for a subject, in the words of the report. `office` marks a statement about the
    government's own office, not about the whole district that the report covers."""

    subject: str
    value: int
    words: str
    office: bool = False


def claims(report: Report) -> list[Claim]:
    """Every plain claim in sections 一, 三 and 四, in order, each subject with each value once."""
    prose = plain_sections(report)
    return list(_read(report.agency or "", report.year, tuple((n, prose[n]) for n in _SECTIONS if n in prose)))


# A report is asked again for every repair that is weighed; its prose stays the same.
@lru_cache(maxsize=16)
def _read(agency: str, year: int | None, prose: tuple[tuple[int, str], ...]) -> tuple[Claim, ...]:
    found: dict[tuple[str, int], Claim] = {}
    for number, text in prose:
        if "勾稽关系" in text:  # a table that stands as text is no prose
            continue
        before = ""
        for sentence in sentences(text):
            for claim in _of_sentence(agency, year, sentence, before, disputes_section=number == 4):
                found.setdefault((claim.subject, claim.value), claim)
            before = sentence
    return tuple(found.values())


def _of_sentence(
    agency: str, year: int | None, sentence: str, before: str, *, disputes_section: bool,
) -> Iterator[Claim]:
    text = _COMPARED.sub("", _WHOLE_YEAR.sub("", without_brackets(sentence)))
    government = bool(_GOVERNMENT.search(agency))
    if not government and _WIDE.search(text):
        return
    office = government and bool(_OFFICE.search(text))
    about_requests = bool(_ABOUT_REQUESTS.search(text)) or bool(
        _ABOUT_REQUESTS.search(before) and _GOES_ON.search(text)
    )
    about_disputes = disputes_section or about_requests or "信息公开" in text
    for segment in text.split("；"):
        segment = _of_this_year(segment, year)
        if _PART_OF_YEAR.search(segment) or _WISH.search(segment):
            continue
        for subject, value, words in _counts(segment, agency):
            if subject in DISPUTES:
                if about_disputes:
                    yield Claim(subject, value, words, office)
            elif about_requests and not _OTHER_WORK.search(segment):
                yield Claim(subject, value, words, office)
        yield from _zeros(segment, about_disputes, office)


def _of_this_year(segment: str, year: int | None) -> str:
    """The clauses about the report's own year; what is carried in or out names the years beside it."""
    if year is None:
        return segment
    segment = segment.replace(f"{year + 1}年度", "下年").replace(f"{year + 1}年", "下年")
    segment = segment.replace(f"{year - 1}年度", "上年").replace(f"{year - 1}年", "上年")
    kept, of_year = [], True
    for clause in re.split(r"(?<=[，：])", segment):
        if re.search(r"结转|结存|遗留|顺延|转[至到入下]", clause):
            kept.append(clause)
            continue
        if re.search(rf"{year}年|本年|今年|全年", clause):
            of_year = True
        elif re.search(r"上一?年|去年|20\d\d年", clause) or clause.startswith("下年"):
            of_year = False
        if of_year:
            kept.append(clause)
    return "".join(kept)


def _counts(segment: str, agency: str) -> Iterator[tuple[str, int, str]]:
    both = any(BOTH_DISPUTES.matches(segment))
    for phrase in (BOTH_DISPUTES, *COUNTS):
        if both and phrase.subject in {"reconsideration", "litigation"}:
            continue
        for match in phrase.matches(segment):
            value = count(match["n"])
            if value is None or _is_part(phrase.subject, segment, match, agency):
                continue
            yield phrase.subject, value, match[0].lstrip("，：")


def _is_part(subject: str, segment: str, match: re.Match[str], agency: str) -> bool:
    """A statement about one channel, one of several listed parts, one reason, or a body below the agency."""
    before, after = segment[:match.start()], segment[match.end():]
    lead = re.split(r"[，：、]", before)[-1]
    if subject in OUTCOMES:
        return bool(_REASON.search(lead))
    if subject in DISPUTES or subject == "carried_out":
        return False
    if _CHANNEL.search(lead + match[0]) and not _MANY_CHANNELS.search(lead + match[0]):
        return True
    if "其中" in before:
        return True
    if re.match(r"、(?![^，。；]{0,12}(?:办结|答复|结转|受理))[^，。；]{0,12}?\d+件", after):
        return True
    below = _BELOW.search(lead)
    return below is not None and not _OWN.search(lead) and lead[max(0, below.start() - 2):below.end()] not in agency


def _zeros(segment: str, about_disputes: bool, office: bool) -> Iterator[Claim]:
    none = next(NONE_RECEIVED.matches(segment), None)
    if none and not _CHANNEL.search(none[0]):
        yield Claim(NONE_RECEIVED.subject, 0, none[0], office)
    if about_disputes:
        for phrase in NO_DISPUTES:
            match = next(phrase.matches(segment), None)
            if match:
                yield Claim(phrase.subject, 0, match[0], office)
                if phrase.subject == "disputes":
                    return
