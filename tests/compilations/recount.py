"""The tables counted by hand from the rows of a spreadsheet, as a person with a pencil would: nothing here knows how
the program counts. Words of the register on the left, rows of the form on the right."""

from __future__ import annotations

import csv
import io
import random
from collections import defaultdict
from datetime import date, timedelta

HEADINGS = (
    "登记号", "收到日期", "渠道", "申请人类型", "申请内容", "补正告知日期", "补正日期", "延期工作日", "办结日期",
    "办理结果", "答复文号", "复议收到日期", "复议办结日期", "复议结果", "诉讼类型", "诉讼收到日期", "诉讼办结日期",
    "诉讼结果", "备注",
)
WHO = {
    "自然人": "natural", "商业企业": "business", "科研机构": "research", "社会公益组织": "welfare",
    "法律服务机构": "legal", "其他": "other",
}
HOW = {
    "予以公开": "granted", "告知已主动公开": "granted", "部分公开": "partial", "属于国家秘密": "refused_secret",
    "其他法律行政法规禁止公开": "refused_law", "危及“三安全一稳定”": "refused_security",
    "保护第三方合法权益": "refused_third_party", "属于三类内部事务信息": "refused_internal",
    "属于四类过程性信息": "refused_process", "属于行政执法案卷": "refused_enforcement",
    "属于行政查询事项": "refused_enquiry", "本机关不掌握相关政府信息": "unable_not_held",
    "不属于本机关负责公开": "unable_not_held", "没有现成信息需要另行制作": "unable_creation",
    "补正后申请内容仍不明确": "unable_unclear", "信访举报投诉类申请": "unhandled_petition",
    "重复申请": "unhandled_repeat", "要求提供公开出版物": "unhandled_publication",
    "无正当理由大量反复申请": "unhandled_excessive",
    "要求行政机关确认或重新出具已获取信息": "unhandled_confirmation",
    "申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请": "other_uncorrected",
    "申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请": "other_unpaid",
    "申请人撤回": "other_rest", "不属于政府信息": "other_rest", "其他处理": "other_rest",
}
RESULTS = {"维持": "upheld", "纠正": "corrected", "其他": "other", "未结": "pending"}
SUITS = {"直接起诉": "direct", "复议后起诉": "after"}
_TODAY = date(2026, 6, 30)
Row = dict[str, str]


def recount(rows: list[Row], year: int, form: str) -> dict[str, list[str]]:
    """Cell → numbers of the applications that stand in it, for tables 三 and 四 without sums."""
    cells: dict[str, list[str]] = defaultdict(list)
    first, last = date(year, 1, 1), date(year, 12, 31)
    for row in rows:
        number, got, done = row["登记号"], _day(row["收到日期"]), _day(row["办结日期"])
        assert got is not None
        if row["申请人类型"] in WHO and got <= last and (done is None or done >= first):
            who = WHO[row["申请人类型"]]
            cells[f"t3.{'new' if got >= first else 'carried_in'}.{who}"].append(number)
            if done is not None and done <= last:
                how = HOW[row["办理结果"]]
                if form == "2019" and how.startswith("other_"):
                    how = "other"
                cells[f"t3.{how}.{who}"].append(number)
            else:
                cells[f"t3.carried_out.{who}"].append(number)
        for kind, track in (("复议", "reconsideration"), ("诉讼", SUITS.get(row["诉讼类型"], ""))):
            came, ended = _day(row[f"{kind}收到日期"]), _day(row[f"{kind}办结日期"])
            if came is None or came > last or (ended is not None and ended < first):
                continue
            decided = ended is not None and ended <= last
            cells[f"t4.{track}.{RESULTS[row[f'{kind}结果']] if decided else 'pending'}"].append(number)
    return cells


def sums(cells: dict[str, list[str]], form: str) -> dict[str, list[str]]:
    """The same with the sums that the form prints, added up by their names."""
    rows = ["new", "carried_in", "closed", "carried_out", *dict.fromkeys(
        "other" if form == "2019" and how.startswith("other_") else how for how in HOW.values())]
    everything = {cell: list(numbers) for cell, numbers in cells.items()}
    for who in WHO.values():
        everything[f"t3.closed.{who}"] = [
            n for row in rows[4:] for n in everything.get(f"t3.{row}.{who}", [])]
    for row in rows:
        everything[f"t3.{row}.total"] = [n for who in WHO.values() for n in everything.get(f"t3.{row}.{who}", [])]
    for track in ("reconsideration", "direct", "after"):
        everything[f"t4.{track}.total"] = [
            n for result in RESULTS.values() for n in everything.get(f"t4.{track}.{result}", [])]
    return everything


def register(seed: int, count: int, first_year: int = 2018) -> list[Row]:
    """A register as offices keep them: days in many ways of writing, cases over several years, some never closed."""
    dice = random.Random(seed)
    return [_row(dice, n, first_year) for n in range(count)]


def as_csv(rows: list[Row]) -> bytes:
    """The file."""
    written = io.StringIO(newline="")
    lines = csv.DictWriter(written, HEADINGS)
    lines.writeheader()
    lines.writerows(rows)
    return written.getvalue().encode()


def _row(dice: random.Random, n: int, first_year: int) -> Row:
    row = dict.fromkeys(HEADINGS, "")
    span = (_TODAY - date(first_year, 1, 1)).days
    got = date(first_year, 1, 1) + timedelta(dice.randrange(span))
    if dice.random() < 0.4:  # the turn of the year is where counts go wrong
        year = dice.randrange(first_year, _TODAY.year)
        got = dice.choice([date(year, 12, 31), date(year + 1, 1, 1), date(year, 12, dice.randrange(1, 32))])
    row |= {
        "登记号": f"{got.year}-{n:04d}", "收到日期": _written(dice, got),
        "渠道": dice.choice(["网络", "当面", "邮寄", "平信", "传真", "电子邮件", ""]),
        "申请人类型": dice.choice([*WHO, *WHO, "自然人", ""]), "申请内容": f"申请公开第{n}号地块的批复",
    }
    at, open_case = got, dice.random() < 0.15
    if dice.random() < 0.25:
        at = _later(dice, at, 7)
        row["补正告知日期"] = _written(dice, at)
        if open_case or dice.random() < 0.7:
            at = _later(dice, at, 30)
            row["补正日期"] = _written(dice, at)
    if dice.random() < 0.2:
        row["延期工作日"] = str(dice.randrange(1, 21))
    if not open_case:
        at = min(_TODAY, dice.choice([at, _later(dice, at, 40), _later(dice, at, 500)]))
        row |= {"办结日期": _written(dice, at), "办理结果": dice.choice(list(HOW)),
                "答复文号": f"青公复〔{at.year}〕{n}号"}
    if dice.random() < 0.25:
        _quarrel(dice, row, "复议", at)
    if dice.random() < 0.2:
        row["诉讼类型"] = dice.choice(list(SUITS))
        _quarrel(dice, row, "诉讼", at)
    return row


def _quarrel(dice: random.Random, row: Row, kind: str, at: date) -> None:
    came = min(_TODAY, dice.choice([_later(dice, at, 60), _later(dice, at, 400)]))
    row |= {f"{kind}收到日期": _written(dice, came), f"{kind}结果": "未结"}
    if dice.random() < 0.75:
        ended = min(_TODAY, dice.choice([came, _later(dice, came, 60), _later(dice, came, 600)]))
        row |= {f"{kind}办结日期": _written(dice, ended), f"{kind}结果": dice.choice(["维持", "纠正", "其他"])}


def _later(dice: random.Random, at: date, days: int) -> date:
    return min(_TODAY, at + timedelta(dice.randrange(days + 1)))


def _written(dice: random.Random, day: date) -> str:
    return dice.choice([
        day.isoformat(), f"{day.year}/{day.month}/{day.day}", f"{day.year}.{day.month}.{day.day}", f"{day:%Y%m%d}",
        f"{day.year}年{day.month}月{day.day}日",
    ])


def _day(text: str) -> date | None:
    for sign in "年月./":
        text = text.replace(sign, "-")
    text = text.replace("日", "")
    if not text:
        return None
    if "-" not in text:
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    year, month, day = (int(part) for part in text.split("-"))
    return date(year, month, day)
