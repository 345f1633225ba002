"""Marks on a document: secrecy (GB/T 9704 7.2.2; 保守国家秘密法 Art. 22), internal use, copy numbers, openness.

A mark is a short line of its own, stands at the head or the end of a page, or follows its label. The same words in a
sentence (商业秘密, 机密性, 依申请公开的办理) are no mark. Where both readings are possible, it warns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gongkai.core.screening.model import Finding, Kind, Piece, Verdict, with_reason
from gongkai.core.screening.personal.view import as_shown, without_unseen
from gongkai.core.screening.policy import DEFAULT, Policy
from gongkai.core.text.fold import fold
from gongkai.core.text.patterns import lazy

_TOP_LINES = 3
_HEAD_LINES, _END_LINES, _PAGE_HEAD, _PAGE_END = 10, 12, 6, 5
_LONGEST_MARK = 25
_GRAVITY = {Verdict.PASS: 0, Verdict.WARN: 1, Verdict.BLOCK: 2}

_WORTH = re.compile("密|内部|公开|外传|保存|份号|[Nn№Ｎ]|发至|阅后|^[密机秘绝]$|^[0０]", re.M)
_BLANK = re.compile(r"[^\S\n]+")
_SPECIAL = re.compile("页眉|页脚|文本框|水印|艺术字|图形|形状|批注|印章")
_LEVEL = "(?:绝密|机密|秘密)"
_STARS = "[★☆✩✪⭐✭✰✮*●]"
_TERM = "(?:[0-9一二三四五六七八九十]+(?:年|个月|月)|长期|永久|启用前|开标前|公布前|考试结束前)"
_TAG = re.compile(r"<[^<>]{1,200}>")
_URGENT = re.compile("特急|加急|特提|平急|急件")

_STARRED = re.compile(rf"(?:工作秘密|内部|{_LEVEL})(?:级|件)?{_STARS}{{1,3}}{_TERM}?")
# Ticks and boxes that symbol fonts keep in the private area, when a file holds only the character.
_PRIVATE = str.maketrans({0xF052: "☑", 0xF0FE: "☑", 0xF050: "✓", 0xF0FC: "✓", 0xF0A3: "□", 0xF0A8: "□", 0xF06F: "□"})
_TALKS = re.compile("标注|字样|标志|格式|例如|标识|应当|样式|如[:\"]")
_WHOLE = re.compile(
    rf"(?P<open>[\[(<《*★☆]{{0,2}})(?P<label>(?:密级|密别|秘密等级|定密)[:：]?)?[\[(]?(?P<level>{_LEVEL}|工作秘密)"
    rf"(?P<what>级|件|文件|材料|资料)?(?P<close>[\])>》*★☆]{{0,2}})(?P<term>{_STARS}?{_TERM})?[\])>》]{{0,2}}"
)
_LABELLED = re.compile(
    rf"(?:密级|密别|秘密等级)(?:标志|标识)?[:：]\[?(?:{_LEVEL}|工作秘密|内部(?!公开))(?!級|或|、|/|□|,{_LEVEL}|;{_LEVEL})"
)
_CHECKED_LEVEL = re.compile(rf"[☑√■✓✔☒◉](?:{_LEVEL}|工作秘密)")
_TERMED = re.compile(rf"{_LEVEL}级?(?:,|;)?(?:保密期限)?[:：]?{_TERM}")
_PERIOD = re.compile(rf"(?:保密期限|解密时间|解密日期)[:：]?(?:{_TERM}|[0-9]{{4}}年.*)")
_DECLARED = re.compile(
    rf"(?:此件|本件|本文件|本资料|本材料|此文件|此材料)(?:内容)?(?:属于?|为|系|含有?)(?:{_LEVEL}|国家秘密|工作秘密|内部(?:资料|文件|材料))"
)
_TITLED = re.compile(rf"(?:{_LEVEL}|内部资料|内部文件|工作秘密)[:：★☆]")
_VALUE = re.compile(r"[\w-]{1,30}[:=]\"[^\"]*\",?$", re.A)  # owner: "机密★10年"
_FIELD = 60  # characters of a hidden line that holds one value
_QUOTED = re.compile(r"[\"'=?]([^\"'=?&]{2,40})(?:[\"'&]|$)")
_REMARKS = frozenset({"备注", "说明", "标识", "标记", "附注"})  # beside such a cell a level is a remark on the document
_SECRET_STUFF = re.compile(r"[\[(]?涉密(?:文件|资料|载体|材料|件)?[\])]?")

_INTERNAL = (
    "(?:内部(?:资料|文件|材料|参考|参阅|刊物|使用|掌握|传阅|通讯|情况|事项|明电|发行|交流|文稿|资讯)"
    "|仅供(?:内部|领导|工作)(?:使用|参考|参阅|传阅|掌握)?|限(?:于)?内部(?:使用|参阅|传阅)?|工作秘密|内参)"
)
_NOTICE = (
    "(?:注意(?:保存|保管|保密)|妥善保[管存]|(?:不得|请勿|严禁|禁止|切勿|不准|勿|不)(?:对外|擅自|随意)?"
    "(?:外传|外泄|转发|复制|翻印|传播|扩散|提供|泄露|泄密|公开|上网|引用|摘抄|复印|拍照)(?:、?(?:外传|复制|转发|翻印|传播|拍照|复印))*"
    "|阅后(?:即焚|收回|退回|销毁|归档)|用后(?:收回|销毁)|会后(?:收回|退回)|不对外(?:公开|发布)?)"
)
_INTERNAL_LINE = lazy(
    rf"[\[(<《*★☆]{{0,2}}(?:此件|本件|本资料|本文件|本材料)?(?:为|系|属)?(?:{_INTERNAL}|{_NOTICE})"
    rf"(?:[,、;·.:!*★☆\-—|/]{{0,3}}(?:{_INTERNAL}|{_NOTICE}|{_TERM}|第?[0-9]+期?|[0-9]{{4}}年))*[\])>》*★☆!。.]{{0,2}}"
)
_INTERNAL_BARE = re.compile(r"[\[(*★☆]{1,2}内部[\])*★☆]{0,2}")
_INTERNAL_AT_END = lazy(rf"[\[(](?:{_INTERNAL}|{_LEVEL})(?:[,、;:]?(?:{_NOTICE}|{_INTERNAL}))*[\])]")
_INTERNAL_START = lazy(rf"{_INTERNAL}.{{0,4}}{_NOTICE}")

_COPY = re.compile(
    r"份号[:：]?(?:No\.?[:：]?)?[0-9]{3,8}|共[0-9]{1,4}份,?第[0-9]{1,4}份|第[0-9]{1,4}份,?共[0-9]{1,4}份", re.I
)
_COPY_NUMBER = re.compile(r"(?:No[.:：]?|编号[:：]|第)0[0-9]{4,6}号?", re.I)
_COPY_BARE = re.compile(r"0[0-9]{5}")

_NOT_OPEN = "(?:依申请公开|依申请|不予公开|不公开|不宜公开|暂不公开|不得公开|不对外公开|免予公开|内部公开|非公开|秘密)"
_ATTRIBUTE = (
    "(?:政府信息|信息|文件)?公开(?:属性|方式|类别|选项|形式|类型|范围|性质|程度|情况|与否|意见|标识)"
)
_ATTRIBUTE_LINE = re.compile(rf"{_ATTRIBUTE}[:：]?[\[(]?(?:此件)?{_NOT_OPEN}(?![、/或□(]|,?(?:主动|不予|依申请))")
_OPTIONS = re.compile("主动公开")
_CHECKED = re.compile(
    r"[☑√■✓✔☒◉](?:依申请公开|不予公开|不公开)|(?:依申请公开|不予公开|不公开)(?:\[[√✓✔vV]\]|\([√✓✔vV]\)|[√✓✔☑])"
)
_THIS = re.compile(
    "(?:此件|本件|该件|此文|本文件)(?:为|属|系|按)?(?:依申请公开|不予公开|不公开|不宜公开|暂不公开|不得公开|不对外公开|免予公开|不得?上网|不登报)"
)
_BARE_NOT_OPEN = re.compile(
    r"(?P<open>[\[(]?)\*?(?P<what>依申请公开|不予公开|不公开|不宜公开|暂不公开|不得公开|不对外公开)(?P<close>[\])]?)[。.]?"
)
_SENT_TO = re.compile(r"[\[(]?(?:此件|本件)?(?:公开)?发至.{1,12}级?[\])]?")
_PARTLY = re.compile(rf"{_ATTRIBUTE}[:：]?(?:删减后公开|部分公开|摘要公开|延期公开|区分处理)")
_LABEL_ALONE = re.compile(rf"(?:密级|密别|秘密等级|份号|保密期限|{_ATTRIBUTE})[:：]?")
_IMPRINT = re.compile("印发|抄送|[0-9一二〇○零]{4}年[0-9一二三四五六七八九十]{1,3}月")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line in compare form with where it stands. `cell` holds the cell to its left, `before` the line above.

    `top`: among the first lines, where GB/T 9704 sets the copy number.
    """

    text: str
    piece: Piece
    top: bool
    head: bool
    end: bool
    last: bool
    cell: str
    before: str


def find(pieces: Sequence[Piece], form: str, policy: Policy = DEFAULT) -> list[Finding]:
    """Every mark of a document. `form` is the kind of the file: pages of a site carry 依申请公开 in their menus."""
    found: list[Finding] = []
    for line in _lines(pieces):
        hidden = line.piece.hidden
        judged = [
            Finding(kind, line.piece.where, with_reason(text, line.piece), policy.verdict(case, hidden=hidden), hidden)
            for kind, case, text in _judge(line, form)
        ]
        # One finding a line: the gravest, of several the first.
        gravest = max(judged, key=lambda finding: _GRAVITY[finding.verdict], default=None)
        if gravest is not None and gravest.verdict is not Verdict.PASS:
            found.append(gravest)
    return found


def _judge(line: _Line, form: str) -> Iterator[tuple[Kind, str, str]]:
    yield from ((Kind.SECRECY_MARK, case, text) for case, text in _secrecy(line))
    yield from ((Kind.DISCLOSURE_MARK, case, text) for case, text in _disclosure(line, form))
    yield from ((Kind.SECRECY_MARK, case, text) for case, text in _internal(line))
    yield from ((Kind.SECRECY_MARK, case, text) for case, text in _copies(line))


def _secrecy(line: _Line) -> Iterator[tuple[str, str]]:
    text = line.text
    if "密" not in text:
        return
    if starred := _STARRED.search(text):
        told = text[max(0, starred.start() - 1):starred.start()] == '"' and not _VALUE.match(text)
        quoted = told or (len(text) > 40 and _TALKS.search(text))
        yield "secrecy_doubtful" if quoted else "secrecy_mark", starred[0]
    plain = _URGENT.sub("", re.sub(r"^0[0-9]{5}|0[0-9]{5}$", "", text))
    if whole := _WHOLE.fullmatch(plain):
        bracketed = whole["open"] and whole["close"]
        marked = whole["label"] or whole["what"] not in {None, "级"} or whole["term"] or bracketed
        placed = line.piece.hidden or _SPECIAL.search(line.piece.where) or plain != text
        headed = (line.head and line.piece.row is None) or line.cell.rstrip(":") in _REMARKS
        yield "secrecy_mark" if marked or placed or headed else "secrecy_doubtful", text
    labelled = _labelled(line)
    if (found := _LABELLED.search(labelled)) or (found := _CHECKED_LEVEL.search(text)):
        yield "secrecy_mark", found[0]
    if len(text) <= _LONGEST_MARK and (found := _TERMED.match(text)) and len(re.findall(_LEVEL, text)) == 1:
        yield "secrecy_mark", found[0]
    if len(text) <= _LONGEST_MARK and (found := _PERIOD.fullmatch(text)):
        yield "secrecy_mark", found[0]
    if found := _DECLARED.search(text):
        yield "secrecy_doubtful" if _TALKS.search(text) else "secrecy_mark", found[0]
    if len(text) <= 60 and (found := _TITLED.match(text)):
        yield "secrecy_mark", found[0]
    if line.piece.hidden and len(text) <= _FIELD and len(re.findall(_LEVEL, text)) == 1:
        quoted_level = next((one for one in _QUOTED.finditer(text) if _WHOLE.fullmatch(one[1])), None)
        if quoted_level:  # the text that a field would show
            yield "secrecy_mark", quoted_level[1]
    if _SECRET_STUFF.fullmatch(text):
        yield "secrecy_doubtful", text


def _internal(line: _Line) -> Iterator[tuple[str, str]]:
    text = line.text
    if len(text) <= 40 and _INTERNAL_LINE.fullmatch(text):
        several = len(re.findall(f"{_INTERNAL}|{_NOTICE}", text)) > 1
        in_table = line.piece.row is not None and not line.head and not several and not line.piece.hidden
        yield "secrecy_doubtful" if in_table else "internal_mark", text
    if _INTERNAL_BARE.fullmatch(text):
        yield "internal_mark", text
    if len(text) <= 45 and text[-1:] in ")]" and (found := _INTERNAL_AT_END.search(text)) and found.end() == len(text):
        yield "internal_mark", found[0]
    if len(text) <= 40 and (found := _INTERNAL_START.match(text)):
        yield "secrecy_doubtful" if _TALKS.search(text) else "internal_mark", found[0]
    last = _last_sentence(text)
    if last != text and _INTERNAL_LINE.fullmatch(last) and re.search(_INTERNAL, last):
        yield "internal_mark", last
    if line.piece.hidden or _VALUE.match(text):
        for literal in _QUOTED.finditer(text):  # a value in a script, a query or a list of facts
            if _INTERNAL_LINE.fullmatch(literal[1]):
                yield "internal_mark", literal[1]


def _last_sentence(text: str) -> str:
    """What stands behind the last full stop of a paragraph: a mark may have been set there."""
    return text.rstrip("。").rpartition("。")[2]


def _copies(line: _Line) -> Iterator[tuple[str, str]]:
    text = _labelled(line)
    if (found := _COPY.search(text if len(text) <= 40 else _last_sentence(text)[:40])):
        yield "copy_number", found[0]
    if _COPY_NUMBER.fullmatch(line.text):
        yield "copy_number" if line.head or line.piece.hidden else "copy_doubtful", line.text
    if _COPY_BARE.fullmatch(line.text) and line.top and line.piece.row is None:
        yield "copy_doubtful", line.text


def _disclosure(line: _Line, form: str) -> Iterator[tuple[str, str]]:
    text = _labelled(line)
    if "公开" not in text and "发至" not in text and "上网" not in text:
        return
    if (found := _CHECKED.search(text)) and line.piece.row is None:
        yield "disclosure_mark", found[0]
    if (found := _ATTRIBUTE_LINE.search(text)) and not _OPTIONS.search(text):
        yield "disclosure_mark" if len(text) <= 60 or _is_last(found) else "disclosure_doubtful", found[0]
    if found := _PARTLY.search(text):
        yield "disclosure_doubtful", found[0]
    if found := _THIS.search(text):
        quoted = text[max(0, found.start() - 1):found.start()] == '"' or text[found.end():found.end() + 1] == '"'
        if quoted and _TALKS.search(text):
            return  # a rule that speaks of the mark: 标注"此件不公开"字样的文件
        if len(text) <= 40 or _is_last(found):
            yield "disclosure_mark", found[0]
        elif not quoted and not _TALKS.search(text):
            yield "disclosure_doubtful", found[0]
    if whole := _BARE_NOT_OPEN.fullmatch(line.text):
        yield from _bare(line, whole, form)
    if len(text) <= 30 and text[:1] in "[(" and _SENT_TO.fullmatch(text):
        yield "disclosure_doubtful", text


def _is_last(found: re.Match[str]) -> bool:
    """True for a mark that stands behind the last sentence of a paragraph, all by itself."""
    text = found.string
    return len(text) - found.end() <= 2 and text[:found.start()].rstrip("([")[-1:] in {"", "。"}


def _labelled(line: _Line) -> str:
    """The line behind its label, where one stands alone in the cell to the left or, with a colon, in the line above."""
    label = line.cell or (line.before if line.before.endswith(":") else "")
    return f"{label.rstrip(':')}:{line.text}" if _LABEL_ALONE.fullmatch(label) else line.text


def _bare(line: _Line, whole: re.Match[str], form: str) -> Iterator[tuple[str, str]]:
    """依申请公开 as a line of its own: a mark at the end of a document, a menu on a page, a heading in a report."""
    bracketed = bool(whole["open"] and whole["close"])
    if line.piece.row is not None and not bracketed:
        return
    if line.piece.hidden:
        doubtful = whole["what"] == "依申请公开" and form == "html"
        yield "disclosure_menu" if doubtful else "disclosure_mark", line.text
    elif bracketed or _SPECIAL.search(line.piece.where):
        yield "disclosure_mark" if line.end or line.head or form != "html" else "disclosure_doubtful", line.text
    elif form != "html" and line.end and (line.last or _IMPRINT.search(line.before)):
        yield "disclosure_mark", line.text


def _lines(pieces: Sequence[Piece]) -> Iterator[_Line]:
    """Lines worth a look, with their neighbours. Characters set one below the other are read as one line."""
    shown = _ordinals(pieces)
    total = shown[-1] if shown else 0
    above = cell = ""
    row: tuple[str, int | None, bool] = ("", None, False)
    for at, piece in enumerate(pieces):
        if (piece.table, piece.row, piece.hidden) != row:
            row, cell = (piece.table, piece.row, piece.hidden), ""
        bare = without_unseen(as_shown(piece.text))
        worth = bool(_WORTH.search(_BLANK.sub("", bare))) or bool(_LABEL_ALONE.fullmatch(above))
        if not worth:
            folded = fold(piece.text[-60:]) if len(piece.text) < 400 or "\n" in piece.text[-60:] else ""
            above = folded if len(folded) < 60 else ""
            cell = above if piece.row is not None else ""
            continue
        plain = _TAG.sub("\n", bare) if piece.hidden else bare
        lines = list(_upright([_told(raw, piece) for raw in plain.splitlines()]))
        first = shown[at - 1] if at else 0
        paged = piece.where.startswith("第") and "页" in piece.where
        for number, text in enumerate(lines):
            ordinal = first + number
            left = total - ordinal
            yield _Line(
                text, piece,
                top=not piece.hidden and ordinal < _TOP_LINES,
                head=not piece.hidden and (ordinal < _HEAD_LINES or (paged and number < _PAGE_HEAD)),
                end=not piece.hidden and (left <= _END_LINES or (paged and len(lines) - number <= _PAGE_END)),
                last=not piece.hidden and left <= 2,
                cell=cell if piece.row is not None else "", before=above,
            )
            above = text
        cell = lines[-1] if lines and piece.row is not None else ""


def _told(raw: str, piece: Piece) -> str:
    """A line in compare form; names and formulas of workbooks hold theirs in quotes."""
    plain = fold(raw.translate(_PRIVATE))
    return plain.strip("\"'=&_") if piece.hidden else plain


def _ordinals(pieces: Sequence[Piece]) -> list[int]:
    """How many visible lines there are up to and with each piece."""
    counts: list[int] = []
    total = 0
    for piece in pieces:
        if not piece.hidden and piece.text.strip():
            total += piece.text.count("\n") + 1
        counts.append(total)
    return counts


def _upright(lines: list[str]) -> Iterator[str]:
    """Lines of one character each as one line; empty lines are left out."""
    column = ""
    for line in [*lines, ""]:
        if len(line) == 1:
            column += line
            continue
        if column:
            yield column
            column = ""
        if line:
            yield line
