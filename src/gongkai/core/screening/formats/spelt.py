"""What code and data spell: escapes written out, literals that a program puts together, packed words.

"138"+"45628799", String.fromCharCode(49, 51, …), content:"\\31 \\33", %31%33, &#49;, TVRNNE… say a number that no text
holds. Nothing is run: literals are joined as they follow one another, and what comes of it is only looked at.
"""

from __future__ import annotations

import base64
import binascii
import html
import quopri
import re
from itertools import islice
from urllib.parse import unquote

_ESCAPE = re.compile(r"\\u\{([0-9A-Fa-f]{1,6})\}|\\u([0-9A-Fa-f]{4})|\\x([0-9A-Fa-f]{2})")
_STYLE_ESCAPE = re.compile(r"\\([0-9A-Fa-f]{1,6})[ \t\r\n]?")
_CODES = re.compile(r"(?:fromCharCode|fromCodePoint|\bChr[Ww$]{0,2}|\bUNICHAR|\bCHAR)\s*\(([\s\d,]{2,4000})\)", re.I)
_UNPACKED = re.compile(r"(?:atob|b64decode|Base64\.decode|decode64)\s*\(\s*[\"'`]([A-Za-z0-9+/=]{4,4000})[\"'`]\s*\)")
_TOGETHER = re.compile(r"[\"'`]\s{0,9}[+&.]\s{0,9}[\"'`]")
_LISTED = re.compile(r"[\"'`]\s{0,9}[,+&.]\s{0,9}[\"'`]")
_BESIDE = re.compile(r"[\"']\s{0,9}[\"']")
_JOINING = re.compile(r"\bjoin\b|CONCAT|TEXTJOIN", re.I)
_LITERAL = re.compile(r"\"([^\"\n]{1,400})\"|'([^'\n]{1,400})'|`([^`]{1,400})`")
_PERCENT = re.compile(r"(?:%[0-9A-Fa-f]{2}){2}|%[23][0-9A-Fa-f]")
_ENTITY = re.compile(r"&#[xX]?[0-9A-Fa-f]{2,6};")
_PACKED = re.compile(r"(?<![A-Za-z0-9+/=_\-])[A-Za-z0-9+/]{12,4000}={0,2}(?![A-Za-z0-9+/=_\-])")
_HEX = re.compile(r"(?<![0-9A-Fa-f])(?:3[0-9]){11,19}(?:[57]8)?(?![0-9A-Fa-f])")  # 31333831… for 1381…
_READABLE = re.compile(r"[\x20-\x7e\u00b7\u2014-\u2026\u2605\u3000-\u303f\u4e00-\u9fff\uff00-\uffef\s]+")
_SAYS = re.compile(r"\d{6}|@|[\u4e00-\u9fff]{2}")
_QUOTED = re.compile(r"quoted-printable", re.I)
_HAS_ESCAPES = re.compile(r"(?i:quoted-printable)|\\[ux][0-9A-Fa-f{]|&#|%[2-9A-Fa-f][0-9A-Fa-f]")
_FIGURES = 19  # digits of the longest number that is looked for
_MOST = 2_000  # words and literals that are looked at
_LAST = 0x10FFFF


def escapes(text: str) -> str:
    """The text with \\u4e00, \\x31, %31 and &#49; written out; the text itself when it has none."""
    if not _HAS_ESCAPES.search(text):
        return text
    plain = _ESCAPE.sub(lambda found: _character(int(found[1] or found[2] or found[3], 16)), text)
    plain = plain.encode("utf-16", "surrogatepass").decode("utf-16", "replace")  # halves of characters meet
    if _ENTITY.search(plain):
        plain = html.unescape(plain)
    if _QUOTED.search(text):
        plain = quopri.decodestring(plain.encode()).decode("utf-8", "replace")
    return unquote(plain, errors="replace") if _PERCENT.search(plain) else plain


def packed(text: str) -> str:
    """What words in base64, and digits as the numbers of their codes, say, line by line; empty when nothing is."""
    said = []
    for found in islice(_PACKED.finditer(text), _MOST):
        word = found[0]
        if len(word) % 4 or word.isdigit() or (word.isalpha() and (word.islower() or word.isupper())):
            continue
        if (plain := _plain(word)) is not None:
            said.append(plain)
    said += [bytes.fromhex(found[0]).decode("ascii") for found in islice(_HEX.finditer(text), _MOST)]
    return "\n".join(said)


def put_together(code: str, *, style: bool = False, scattered: bool = False) -> str:
    """What the literals of a program, a formula or a style sheet make; empty when nothing more than its text says.

    `scattered`: figures that are literals of their own are one number, too: variables may bring them together.
    """
    plain = _STYLE_ESCAPE.sub(lambda found: _character(int(found[1], 16)), code) if style else escapes(code)
    joined = _CODES.sub(lambda found: f'"{_of_codes(found[1])}"', plain)
    joined = _UNPACKED.sub(lambda found: f'"{_plain(found[1]) or ""}"', joined)
    told = _literals((_LISTED if _JOINING.search(code) else _BESIDE if style else _TOGETHER).sub("", joined))
    said = set(_literals(code))
    lines = [literal for literal in told if literal not in said]
    if re.search("reverse", code, re.I):
        lines = [*lines, *(literal[::-1] for literal in told)]
    figures = [literal for literal in told if literal.isdecimal()]
    if scattered and len(figures) > 1 and sum(map(len, figures)) <= _FIGURES:
        lines = [*lines, "".join(figures)]  # one number out of literals that variables carry
    return "\n".join(dict.fromkeys(lines))


def _literals(code: str) -> list[str]:
    return [found[1] or found[2] or found[3] for found in islice(_LITERAL.finditer(code), _MOST)]


def _of_codes(listed: str) -> str:
    return "".join(_character(int(code)) for code in re.findall(r"\d{1,7}", listed))


def _character(code: int) -> str:
    return chr(code) if 0 < code <= _LAST else ""


def _plain(word: str) -> str | None:
    try:
        plain = base64.b64decode(word + "=" * (-len(word) % 4), validate=True).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError):
        return None
    return plain if _READABLE.fullmatch(plain) and _SAYS.search(plain) else None
