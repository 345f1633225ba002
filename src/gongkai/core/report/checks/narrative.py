"""C19, C21–C23: what the prose must say, and what it must no longer say."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.core.report.checks.prose_numbers import count
from gongkai.core.report.checks.registry import Case, Hit, rule
from gongkai.core.report.model import Report, Severity
from gongkai.core.report.prose import plain, plain_sections, sentences
from gongkai.core.report.words import cell_name, number
from gongkai.core.text.patterns import lazy

FEE_RULES_FROM = 2021  # 政府信息公开信息处理费管理办法 is in force since 1 January 2021
REPLY_LIMIT = 20       # working days, Regulations Art. 33
REPEALED_LIMIT = 15    # working days, the Regulations of 2007 Art. 24
_FEE = lazy(r"处理费|收费|收取[^。，；]{0,12}费")
_PROBLEM = lazy(
    r"问题|不足|差距|不够|有待|薄弱|欠缺|短板|难点|不高|不强|不及时|不到位|不全|不深|单一|需要?进一步|偏差"
)
_STILL_WANTING = lazy(
    r"(?:有待|需要?|亟待|还需|仍需|尚需|亟需)[^，。；]{0,10}(?:加强|提高|提升|完善|改进|强化|优化|拓[展宽])"
)
_HEADING_WORDS = lazy(r"问题[及和与、]改进(?:情况|措施)?")
_MENDING = lazy(r"改进|措施|下一步|下步|今后|整改|将|加强|强化|完善|提升|提高|健全|优化|推进|加大|拓[展宽]")
_DAYS = r"(\d+|[一二三四五六七八九十]+)个工作日"
_REPLY = lazy(rf"(?:收到[^。；，]{{0,16}}之?日起|申请[^。；]{{0,24}}?){_DAYS}内?[^。；]{{0,10}}?(?:答复|回复)")
_EXTENSION = lazy(rf"(?:延长|延期)(?!至)[^。；\d一二三四五六七八九十]{{0,24}}{_DAYS}")
# Others who answer, or other things that are answered, within limits of their own.
_OTHERS_ANSWER = lazy(
    r"第三方|征求|意见|制作机关|补正|咨询|留言|提案|建议|信访|投诉|诉求|举报|信件|来信|热线|工单"
)
# What our drafts leave for a person to write, and names of facts that no number took the place of.
_LEFT_OPEN = lazy(r"【请(?:填写|写明)[^】]*】|\{[^{}]{1,40}\}")
_LEAD = 24  # characters before a limit in which its subject stands


@rule("C19", code="GK1901", severity=Severity.WARNING, title="第六部分未报告信息处理费")
def section_six_tells_the_fee(case: Case) -> Iterator[Hit]:
    """Section 六 tells the information handling fee, or that none was charged, since the fee rules are in force."""
    report = case.report
    if 6 not in report.sections or report.year is None or report.year < FEE_RULES_FROM:
        return
    if not any(_FEE.search(text) for n, text in case.once(plain_sections).items() if n != 5):
        yield Hit("“六、其他需要报告的事项”未报告信息处理费收取情况；没有收取的也应写明“未收取”")


@rule("C19", code="GK1902", severity=Severity.WARNING, title="收费情况未作说明")
def charged_or_unpaid_fees_are_explained(case: Case) -> Iterator[Hit]:
    """Requests closed because a fee was not paid mean that notices to pay were sent: section 六 must say so."""
    report = case.report
    unpaid = report.value("t3.other_unpaid.total")
    if not unpaid or 6 not in report.sections:
        return
    if not re.search(r"收费通知|缴费|缴纳|逾期|处理费[^。]{0,12}\d", case.once(plain_sections)[6]):
        yield Hit(
            f"{cell_name(report, 't3.other_unpaid.total')}填 {number(unpaid)}，说明发出过收费通知，"
            "“六、其他需要报告的事项”应说明发出收费通知的件数、金额和实际收取的金额",
            ("t3.other_unpaid.total",), unpaid, "说明",
        )


@rule("C21", code="GK2101", severity=Severity.INFO, title="正文留有往年年份")
def no_old_year_is_left_in_prose(case: Case) -> Iterator[Hit]:
    """The statistics period, or the opening of a sentence about the year's work, names another year."""
    year = case.report.year
    if year is None:
        return
    wrong: list[tuple[int, str]] = []
    for text in (plain(case.report.preamble), *case.once(plain_sections).values()):
        for match in re.finditer(r"(?<!\d)(20\d\d)年1月1日起?[至到—-]+(?:(20\d\d)年)?12月31日", text):
            wrong += [(int(y), match[0]) for y in match.groups() if y and int(y) != year][:1]
    for section, other in _TELL_THE_YEAR.items():
        found = _openings_of_old_years(case.once(plain_sections).get(section, ""), year)
        wrong += [(old, words) for old, words, sentence in found if not re.search(other, sentence)]
    wrong += _fees_of_old_years(case.once(plain_sections).get(6, ""), year)
    if wrong:
        quoted = "、".join(f"“{words}”" for _, words in wrong[:3])
        yield Hit(f"{year} 年度报告的正文写着{quoted}，疑为沿用往年文字", (), str(wrong[0][0]), str(year))


# By section: words that show that a sentence beginning with an earlier year means that year.
_TELL_THE_YEAR = {
    1: r"同期|相比|比上|较上|以来|去年|上年|荣获|获评|评为|印发|出台|制定|修订|成立|启动",
    5: r"相比|以来|去年|上年|整改|改进|解决|针对|指出|反馈|克服|已",
}


def _openings_of_old_years(text: str, year: int) -> Iterator[tuple[int, str, str]]:
    """Sentences that begin with an earlier year, without the right year in them: year, first words, sentence."""
    for sentence in sentences(text):
        match = re.match(r"(?:（[一二三四五六七八九]）)?[^，；]{0,12}?(20\d\d)年度?，", sentence)
        if match is None or int(match[1]) >= year or str(year) in sentence:
            continue
        yield int(match[1]), sentence[:match.end() + 12], sentence


def _fees_of_old_years(text: str, year: int) -> list[tuple[int, str]]:
    """Fees told for an earlier year alone; rules of an earlier year may be named."""
    found = []
    for sentence in sentences(text):
        match = re.search(r"(?<!\d)(20\d\d)年度?，?[^，。；《〔（]{0,16}(?:收取|收费|产生)", sentence)
        if match is None or int(match[1]) >= year or str(year) in sentence:
            continue
        if not re.search(r"印发|办法|规定|起|以来", match[0]):
            found.append((int(match[1]), match[0]))
    return found


@rule("C22", code="GK2201", severity=Severity.WARNING, title="第五部分没有内容")
def section_five_has_content(case: Case) -> Iterator[Hit]:
    """Section 五 says more than 无."""
    text = case.once(plain_sections).get(5)
    if text is not None and text.strip("。，、") in {"", "无", "暂无", "没有"}:
        yield Hit("“五、存在的主要问题及改进情况”没有内容，应写明存在的问题和改进情况")


@rule("C22", code="GK2202", severity=Severity.WARNING, title="第五部分缺问题或改进")
def section_five_has_problems_and_improvement(case: Case) -> Iterator[Hit]:
    """Section 五 tells both what is wanting and what is done about it."""
    text = case.once(plain_sections).get(5)
    if text is None or any(section_five_has_content(case)):
        return
    text = _HEADING_WORDS.sub("", text)
    if not _PROBLEM.search(text):
        yield Hit("“五、存在的主要问题及改进情况”只写了改进，没有写存在的问题", (), "改进", "问题和改进")
    elif not _MENDING.search(_STILL_WANTING.sub("", text)):
        yield Hit("“五、存在的主要问题及改进情况”只写了问题，没有写改进情况", (), "问题", "问题和改进")


@rule("C22", code="GK2203", severity=Severity.ERROR, title="正文有没有写完的地方")
def nothing_is_left_to_write(case: Case) -> Iterator[Hit]:
    """No prompt of a draft and no name in braces stands in the prose; one hit for all."""
    found = [match[0] for text in case.once(plain_sections).values() for match in _LEFT_OPEN.finditer(text)]
    if found:
        quoted = "、".join(f"“{words}”" for words in dict.fromkeys(found[:3]))
        more = f"等 {len(found)} 处" if len(found) > 3 else ""
        yield Hit(f"正文有没有写完的地方：{quoted}{more}，请写上内容或者删去", (), found[0], "")


@rule("C23", code="GK2301", severity=Severity.INFO, title="答复期限与《条例》不符")
def reply_limit_is_the_laws(case: Case) -> Iterator[Hit]:
    """A reply is due in 20 working days (Art. 33); 15 is the rule of 2007. Shorter promises of one's own pass."""
    for sentence in case.once(_with_days):
        for match in _REPLY.finditer(sentence):
            days = count(match[1])
            about = sentence[max(0, match.start() - _LEAD):match.end()]
            if _not_the_laws(days) and not _OTHERS_ANSWER.search(about):
                yield Hit(
                    f"正文称答复期限为 {days} 个工作日，《条例》第三十三条规定为 {REPLY_LIMIT} 个工作日",
                    (), days, REPLY_LIMIT,
                )


@rule("C23", code="GK2302", severity=Severity.INFO, title="延长期限与《条例》不符")
def extension_is_the_laws(case: Case) -> Iterator[Hit]:
    """An extension is at most 20 working days (Art. 33)."""
    for sentence in case.once(_with_days):
        for match in _EXTENSION.finditer(sentence):
            days = count(match[1])
            if _not_the_laws(days):
                yield Hit(
                    f"正文称延长答复不超过 {days} 个工作日，《条例》第三十三条规定最长为 {REPLY_LIMIT} 个工作日",
                    (), days, REPLY_LIMIT,
                )


def _not_the_laws(days: int | None) -> bool:
    """The limit of 2007, or more than the law allows; a shorter promise of one's own is free."""
    return days is not None and (days == REPEALED_LIMIT or days > REPLY_LIMIT)


def _with_days(report: Report) -> list[str]:
    """The sentences that speak of working days."""
    texts = [plain(report.preamble), *plain_sections(report).values()]
    return [sentence for text in texts for sentence in sentences(text) if "个工作日" in sentence]
