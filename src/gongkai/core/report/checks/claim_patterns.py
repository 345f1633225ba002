"""The turns of phrase in which annual reports give the numbers of tables 三 and 四.

Patterns run over `plain` text of one statement, in which next year reads 下年 and last year 上年.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from gongkai.core.report.checks.prose_numbers import CHINESE_NUMBER, COUNT_UNITS
from gongkai.core.text.patterns import lazy

_N = rf"(?P<n>\d+|{CHINESE_NUMBER})[{COUNT_UNITS}](?!次|以上|左右|余)"
# Cases are counted in 件, 宗, 起 or 例; “行政复议、行政诉讼两项” counts kinds.
_CASES = rf"(?P<n>\d+|{CHINESE_NUMBER})[件宗起例](?!次|以上|左右|余)"
_FILL = r"(?:的)?(?:案件|事项|件数|总数|总量|数量|表)?(?:共计|总计|合计|共|为|有|是|达|：)?"
_ANSWER = rf"(?:答复|决定)?{_FILL}"
_APPLICATION = (
    r"(?:(?:政府)?信息公开(?:的)?申请|(?:政府信息)?依申请公开(?:政府)?(?:信息)?(?:的)?(?:申请|案件|事项)?|公开申请)"
)
_RECEIVE = r"(?:收到|接到|受理|接收到?|收办|收件)(?:并(?:办理|答复|受理))?(?:了)?"
_WHO = (
    r"(?:公民|法人|自然人|其[他它]组织|或者?|和|及|、|各类|有效|群众|企业|社会|公众|申请人|提[出交]|向我?[局镇街办委厅]?|的"
    r"|各种|依法|书面)*"
)
_CARRY = r"(?:结转|顺延|转|延)(?:至|到|入|往)?(?:下一?年度?|次年|明年)"
_CARRIED = r"(?:上一?年度?|去年)(?:结转|转入|结存|遗留)"


class Phrase(NamedTuple):
    """A way of saying a number (its group `n`) or that there was none. Every match holds `word`: prose without it
    need not be searched, nor the pattern be compiled."""

    subject: str
    word: str
    pattern: re.Pattern[str]

    def matches(self, text: str) -> Iterator[re.Match[str]]:
        """All matches, in order."""
        return self.pattern.finditer(text) if self.word in text else iter(())


COUNTS = (
    Phrase("new", "新收", lazy(rf"新收(?:到)?{_WHO}{_APPLICATION}{_FILL}{_N}")),
    Phrase("new", "新增", lazy(rf"新增{_WHO}{_APPLICATION}{_FILL}{_N}")),
    Phrase("handled", "理", lazy(rf"(?<![予他它受])[办处]理(?:了)?{_WHO}{_APPLICATION}{_FILL}{_N}")),
    Phrase("handled", "申请", lazy(
        rf"{_APPLICATION}(?:办理|受理|收到|收件)?(?:件数|数量|总数|总量|数|量)(?:共计|共|为|是|达|：)?{_N}"
    )),
    Phrase("received", "申请", lazy(rf"(?<![未新]){_RECEIVE}{_WHO}{_APPLICATION}{_FILL}{_N}")),
    Phrase("received", "申请", lazy(rf"(?<![未新]){_RECEIVE}(?:共计|共)?{_N}(?:关于)?(?:的)?{_APPLICATION}")),
    Phrase("received", "申请", lazy(rf"(?<![未新]){_RECEIVE}{_WHO}申请{_FILL}{_N}")),
    Phrase("closed", "申请", lazy(rf"(?:办结|(?:办理并?)?答复|回复)(?:了)?{_WHO}{_APPLICATION}{_FILL}{_N}")),
    Phrase("closed", "办结", lazy(rf"(?:^|[，：]|本年度|全年|已|共|全部|均|实际)办结(?:了)?(?:共计|共)?{_N}")),
    Phrase("carried_out", "年", lazy(
        rf"{_CARRY}(?:继续)?(?:办理|答复|处理)?(?:的)?(?:{_APPLICATION}|申请)?{_FILL}{_N}"
    )),
    Phrase("carried_out", "年", lazy(rf"{_N}(?:申请)?{_CARRY}")),
    Phrase("carried_in", "年", lazy(rf"{_CARRIED}(?:的)?(?:{_APPLICATION}|申请)?{_FILL}{_N}")),
    Phrase("granted", "予以公开", lazy(rf"(?<!不)予以公开{_ANSWER}{_N}")),
    Phrase("partial", "部分公开", lazy(rf"部分公开{_ANSWER}{_N}")),
    Phrase("refused", "不予公开", lazy(rf"不予公开{_ANSWER}{_N}")),
    Phrase("unable", "无法提供", lazy(rf"无法提供{_ANSWER}{_N}")),
    Phrase("unhandled", "不予处理", lazy(rf"不予处理{_ANSWER}{_N}")),
    Phrase("other", "处理", lazy(rf"其[他它]处理{_ANSWER}{_N}")),
    Phrase("direct", "直接", lazy(rf"(?:未经复议)?直接(?:提?起诉|提起(?:行政)?诉讼)(?:案件)?{_FILL}{_CASES}")),
    Phrase("after", "复议后", lazy(rf"复议后(?:提?起诉|提起(?:行政)?诉讼)(?:案件)?{_FILL}{_CASES}")),
    Phrase("reconsideration", "行政复议", lazy(rf"行政复议(?:案件|申请)?{_FILL}{_CASES}")),
    Phrase("litigation", "行政诉讼", lazy(rf"(?<!直接提起)(?<!复议后提起)行政诉讼(?:案件)?{_FILL}{_CASES}")),
)
# Both in one number (“行政复议、行政诉讼共3件”); with 分别 or 各 the number is not a sum.
BOTH_DISPUTES = Phrase("disputes", "行政复议", lazy(
    rf"行政复议(?:案件)?(?:[、和及与]|以及)(?:提起)?行政诉讼(?:案件)?(?:共计|总计|合计|共|均为(?=0)|：)?{_CASES}"
))

OUTCOMES = frozenset({"granted", "partial", "refused", "unable", "unhandled", "other"})
DISPUTES = frozenset({"reconsideration", "litigation", "direct", "after", "disputes"})

NONE_RECEIVED = Phrase("new", "申请", lazy(
    rf"(?:(?:未|没有|没|无人)(?:曾)?(?:收到|接到|接收到?|受理|提出|产生|发生)(?:过)?{_WHO}(?:任何)?{_APPLICATION}"
    r"|无依申请公开(?:件|申请|事项|案件))"
))
_NONE = (
    r"(?:未发生|没有发生|没有|未出现|未产生|无)(?:因|涉及|有关|关于)?(?:政府)?(?:信息公开)?(?:工作|申请)?(?:而)?(?:被)?"
    r"(?:引起|引发|提起|申请)?(?:的)?"
)
_AND = r"(?:案件)?(?:[、和及与或]|以及|或者)(?:被)?(?:提起|申请)?"
# “无行政复议纠错案件” says nothing about how many there were.
_NOT_LOST = r"(?![^，。；]{0,8}(?:纠错|纠正|败诉|撤销|责令|错误|超期|逾期|\d))"
NO_DISPUTES = (
    Phrase("disputes", "行政诉讼", lazy(rf"{_NONE}行政复议{_AND}行政诉讼{_NOT_LOST}")),
    Phrase("reconsideration", "行政复议", lazy(rf"{_NONE}行政复议(?!{_AND}行政诉讼){_NOT_LOST}")),
    Phrase("litigation", "行政诉讼", lazy(rf"{_NONE}行政诉讼{_NOT_LOST}")),
)
