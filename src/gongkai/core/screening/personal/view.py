"""A text as the detectors read it: half width, without marks that have no width, Chinese digits as digits.

Every character of the view knows where it stood in the original, so that a mask can be put there.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from gongkai.core.screening.personal.surnames import SURNAMES

# One character for one: full-width forms, the ideographic space, crosses and dashes of every kind.
_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20}
_WIDTH |= dict.fromkeys([0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F], 0x20)
_WIDTH |= {ord(dash): ord("-") for dash in "‐‑‒–—―−﹘﹣－⁃─"}
_WIDTH |= {ord(cross): ord("X") for cross in "×✕✖╳ХхχΧ⨯Ⅹⅹ"}
_WIDTH |= {ord("﹕"): ord(":"), ord("∶"): ord(":"), ord("﹫"): ord("@")}
_UNSEEN = re.compile(
    "[\u00ad\u0332-\u0338\u034f\u20dd-\u20e3\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\U000e0000-\U000e007f\U000e0100-\U000e01ef\x00-\x08\x0e-\x1e\x7f]"
)
TURN, TURN_END = "\u202e", "\u202c"  # from here to there characters are shown from right to left
_TURNED = re.compile(rf"{TURN}[^{TURN}{TURN_END}\r\n]*|[^{TURN}]+")
_FOREIGN_DIGIT = re.compile(r"(?![0-9０-９])\d")
_CHINESE = "零〇○一二三四五六七八九壹贰叁肆伍陆柒捌玖貳參陸幺"
# Digits in circles and brackets, raised or lowered, from 0 on: each is read as its digit where many stand in a row.
_DRAWN = (
    "⓪①②③④⑤⑥⑦⑧⑨", "⓿❶❷❸❹❺❻❼❽❾", "🄋➀➁➂➃➄➅➆➇➈", "🄌➊➋➌➍➎➏➐➑➒", " ⑴⑵⑶⑷⑸⑹⑺⑻⑼", " ⒈⒉⒊⒋⒌⒍⒎⒏⒐", " ⓵⓶⓷⓸⓹⓺⓻⓼⓽",
    " ㈠㈡㈢㈣㈤㈥㈦㈧㈨", " ㊀㊁㊂㊃㊄㊅㊆㊇㊈", "⁰¹²³⁴⁵⁶⁷⁸⁹", "₀₁₂₃₄₅₆₇₈₉", " ⅠⅡⅢⅣⅤⅥⅦⅧⅨ", " ⅰⅱⅲⅳⅴⅵⅶⅷⅸ",
)
SPELT = _CHINESE + "".join(_DRAWN).replace(" ", "")
_IN_DIGITS = str.maketrans(_CHINESE, "0001234567891234567892361") | {
    ord(drawn): str(digit) for row in _DRAWN for digit, drawn in enumerate(row) if drawn != " "
}
_CHINESE_RUN = re.compile(rf"[{SPELT}0-9](?:[ \t\r\n.·、,-]{{0,2}}[{SPELT}0-9]){{9,}}")
_ANY_CHINESE = re.compile(f"[{SPELT}]")
_AMONG = re.compile(rf"(?<=[0-9])[{SPELT}](?=[{SPELT}]{{0,3}}[0-9])")
_PROVEN = re.compile(r"1[3-9][0-9]{9}|[1-9][0-9]{5}(?:19|20)[0-9]{2}[01][0-9][0-3][0-9]{3,4}[0-9]")
# Letters that look like digits, in a word of the length and shape of a telephone, an identity number or a card.
_LOOKALIKE = re.compile(
    r"(?<![A-Za-z0-9])(?=[0-9]*[OoQIl])(?:[1Il][3-9][0-9OoQIl]{9}|62[0-9OoQIl]{14,17}"
    r"|[1-9Il][0-9OoQIl]{5}(?:[1Il]9|2[0OoQ])[0-9OoQIl]{9}[0-9OoQIlXx])(?![A-Za-z0-9])"
)
_BESIDE = re.compile("[0-9][OoQIl]|[OoQIl][0-9]")
_LOOKS = str.maketrans("OoQIl", "00011")
_MOST_ALIKE = 0.6  # digits of a word of digits and such letters
_CUT = re.compile(r"([\r\n、]+)")
_WHOLE = frozenset({11, 12, 15, 16, 17, 18, 19})
_LINE_END = re.compile(r"[ \t]*\r?\n[ \t]*")
_RUNS_ON = re.compile(r"[^\s。；;：:，,、！？）)][ \t]*\r?\n[ \t]*[\u4e00-\u9fff0-9#（(]")
_IN_MAIL = re.compile(r"(?<=[A-Za-z0-9@._-])([ \t]*\r?\n[ \t]*)(?=[A-Za-z0-9@._-])")
_IN_NUMBER = re.compile(r"(?<=[0-9])[ \t]*\r?\n[ \t]*(?=[0-9Xx-])|(?<=[0-9]-)[ \t]*\r?\n[ \t]*(?=[0-9])")
_SPACED_LINE = re.compile(r"(?m)^[ \t]*(?:\S[ \t]{1,2}){9,}\S?[ \t]*$")  # every letter by itself
_LETTER, _FEW_LETTERS = re.compile("[\u4e00-\u9fff]"), 4  # a row of figures has none
_GAPS = re.compile(r"[ \t]+")
_AROUND, _MOST_ENDS = 45, 500
_SHORTEST_LINE, _FULL = 12, 0.8  # characters, and of the longest line
_FEWEST = 8
_MOSTLY = 0.4
_NAME_AND_NUMBER = (12, 19)
_NAME_BEFORE = re.compile(rf"[{SURNAMES}][\u4e00-\u9fff]?$")


@dataclass(frozen=True, slots=True)
class View:
    """`text` is what the patterns see; `places` maps its characters to the original, None when one is the other.

    `turned`: the characters stand in the order in which they are shown, which is not that of the original.
    """

    source: str
    text: str
    places: tuple[int, ...] | None
    turned: bool = False

    def span(self, start: int, stop: int) -> tuple[int, int]:
        """A slice of the view as a slice of the original. Raises ValueError for an empty one."""
        if start >= stop:
            raise ValueError("an empty slice stands nowhere")
        if self.places is None:
            return start, stop
        held = self.places[start:stop]
        return (min(held), max(held) + 1) if self.turned else (held[0], held[-1] + 1)


def view(text: str) -> View:
    """The view of a text. A text of the usual characters costs one translation."""
    if _UNSEEN.search(text) or _FOREIGN_DIGIT.search(text):
        letters: list[str] = []
        places: list[int] = []
        for place, character in enumerate(text):
            folded = _folded(character)
            if folded:
                letters.append(folded)
                places.append(place)
        return View(text, _with_chinese("".join(letters)), tuple(places))
    return View(text, _with_chinese(text if text.isascii() else text.translate(_WIDTH)), None)


def turned_view(text: str) -> View | None:
    """The view of what is shown of a text with stretches that are set from right to left; None without such."""
    if TURN not in text:
        return None
    order: list[int] = []
    for stretch in _TURNED.finditer(text):
        stood = range(stretch.start(), stretch.end())
        order += reversed(stood) if stretch[0][0] == TURN else stood
    shown = view("".join(text[place] for place in order))
    places = tuple(order) if shown.places is None else tuple(order[place] for place in shown.places)
    return View(text, shown.text, places, turned=True)


def unwrapped_view(seen: View) -> View | None:
    """The view without the ends of lines that are full and run on in the next; None when no line does.

    A line is full when it is nearly as long as the longest one of the text.
    """
    ends = list(_LINE_END.finditer(seen.text))
    if not ends or seen.turned:
        return None
    starts = [0, *(end.end() for end in ends)]
    lengths = [end.start() - start for start, end in zip(starts, ends, strict=False)]
    full = max(_SHORTEST_LINE, _FULL * max(*lengths, len(seen.text) - starts[-1]))
    return _without(seen, [
        end.span() for length, end in zip(lengths, ends, strict=True)
        if length >= full and _RUNS_ON.match(seen.text, end.start() - 1)
    ])


def joined_view(seen: View) -> View | None:
    """The view without the ends of lines that stand between letters of an address of mail; None without such."""
    if seen.turned or "@" not in seen.text:
        return None
    return _without(seen, [found.span(1) for found in _IN_MAIL.finditer(seen.text)])


def closed_view(seen: View) -> View | None:
    """The view without the gaps of lines whose letters stand wide apart, each by itself; None without such lines."""
    if seen.turned:
        return None
    lines = [line for line in _SPACED_LINE.finditer(seen.text) if len(_LETTER.findall(line[0])) >= _FEW_LETTERS]
    return _without(seen, [gap.span() for line in lines for gap in _GAPS.finditer(seen.text, *line.span())])


def snippets_view(seen: View) -> View | None:
    """What stands around the ends of lines that cut a number or a word of letters, without these ends, stretch by
    stretch; None without such."""
    ends = [] if seen.turned else [found.span() for found in _IN_NUMBER.finditer(seen.text)]
    if not ends:
        return None
    kept: list[int] = []
    text: list[str] = []
    for start, stop in ends[:_MOST_ENDS]:
        around = [*range(max(0, start - _AROUND), start), *range(stop, min(len(seen.text), stop + _AROUND))]
        kept += [*around, around[-1]]
        text += [*(seen.text[at] for at in around), "\n"]
    places = kept if seen.places is None else [seen.places[at] for at in kept]
    return View(seen.source, "".join(text), tuple(places))


def _without(seen: View, spans: list[tuple[int, int]]) -> View | None:
    if not spans:
        return None
    gone = {at for span in spans for at in range(*span)}
    kept = [at for at in range(len(seen.text)) if at not in gone]
    places = kept if seen.places is None else [seen.places[at] for at in kept]
    return View(seen.source, "".join(seen.text[at] for at in kept), tuple(places))


def as_shown(text: str) -> str:
    """The text in the order in which it is shown."""
    if TURN not in text:
        return text
    return _TURNED.sub(lambda found: found[0][:0:-1] if found[0][0] == TURN else found[0], text)


def without_unseen(text: str) -> str:
    """The text without marks that have no width."""
    return _UNSEEN.sub("", text)


def _with_chinese(text: str) -> str:
    """Ten digits and more in a row, most of them Chinese, are a number; fewer are words (三五年, 二〇二三)."""
    if _BESIDE.search(text):
        text = _LOOKALIKE.sub(_in_numbers, text)
    if text.isascii() or not _ANY_CHINESE.search(text):
        return text
    return _CHINESE_RUN.sub(_run_in_digits, text)


def _in_numbers(found: re.Match[str]) -> str:
    digits = sum(letter.isdecimal() for letter in found[0])
    return found[0].translate(_LOOKS) if digits >= _MOST_ALIKE * len(found[0]) else found[0]


def _run_in_digits(found: re.Match[str]) -> str:
    """A run that goes on in the next line or item (…四九⏎一、提高认识) is cut there when its parts are numbers."""
    parts = _CUT.split(found[0])
    crossed = found.string[found.end():found.end() + 1] in {"X", "x"}
    named = _NAME_BEFORE.search(found.string[max(0, found.start() - 2):found.start()]) is not None
    if len(parts) > 1 and any(_count(part) in _WHOLE for part in parts[::2]):
        last = len(parts) - 1
        return "".join(
            part if at % 2 else _in_digits(part, crossed and at == last, named and at == 0)
            for at, part in enumerate(parts)
        )
    return _in_digits(found[0], crossed, named)


def _count(part: str) -> int:
    return len(_ANY_CHINESE.findall(part)) + sum(character.isdecimal() for character in part)


def _in_digits(run: str, crossed: bool, named: bool) -> str:
    chinese = len(_ANY_CHINESE.findall(run))
    digits = _count(run)
    if chinese < _MOSTLY * digits or digits < _FEWEST:
        plain = run.translate(_IN_DIGITS)
        mixed = len(_AMONG.findall(run)) > 1 and _PROVEN.fullmatch(re.sub(r"[^0-9]", "", plain))
        return plain if mixed else run  # 13八12三4567八, but 张三13800000000: a name before a number
    if digits + crossed in _NAME_AND_NUMBER and named and _ANY_CHINESE.match(run[1:]):
        return run[0] + run[1:].translate(_IN_DIGITS)  # 张三一三八…: the name's last character is none of the number's
    return run.translate(_IN_DIGITS)


@lru_cache(maxsize=1 << 14)
def _folded(character: str) -> str:
    if _UNSEEN.match(character):
        return ""
    if unicodedata.category(character) == "Nd":
        return str(unicodedata.digit(character))
    return character.translate(_WIDTH)
