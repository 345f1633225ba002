"""Cleaning: rebuilt by the module of the format, told in sentences, and screened again before it is handed out."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import sha256
from io import BytesIO
from pathlib import PurePath

from gongkai.core.errors import ReadError
from gongkai.core.screening import examine, formats
from gongkai.core.screening.formats.halves import HALF
from gongkai.core.screening.masks import masker
from gongkai.core.screening.model import Cleaned, Finding, Kind, Screened, Verdict
from gongkai.core.screening.naming import KINDS
from gongkai.core.screening.policy import Policy
from gongkai.core.text.tokens import Token

_NEW_ENDINGS = {
    ".docm": ".docx", ".dotx": ".docx", ".dotm": ".docx", ".wps": ".docx", ".xlsm": ".xlsx", ".xltx": ".xlsx",
    ".xltm": ".xlsx", ".et": ".xlsx", ".pptm": ".pptx", ".ppsx": ".pptx", ".potx": ".pptx", ".dps": ".pptx",
}
_OFFICE = {"docx": ".docx", "xlsx": ".xlsx", "pptx": ".pptx"}
_MARKS = {Kind.SECRECY_MARK: "标有密级、内部或份号标志", Kind.DISCLOSURE_MARK: "标有不予公开或依申请公开的标志"}
_CALLED = {kind: KINDS[kind] for kind in (
    Kind.ID_NUMBER, Kind.PHONE, Kind.BANK_CARD, Kind.ADDRESS, Kind.EMAIL, Kind.PLATE, Kind.PASSPORT, Kind.PERSON,
    Kind.NAME_LIST,
)}
_TOLD = 30  # places named in the sentences
_LONG_NUMBER = re.compile(r"\d{11,19}[\dXx]?")
_MARKUP = re.compile(rb"<[^<>]*>\s*")


def cleaned(data: bytes, name: str, *, tokens: tuple[Token, ...], policy: Policy) -> Cleaned:
    """See `gongkai.core.screening.clean`."""
    before, _, scanned = examine(data, name, tokens=tokens, policy=policy)
    _refuse_marked(before)
    mask = masker(policy, tokens=tokens, known=scanned.masked, values=scanned.values, quiet=scanned.quiet)
    base = PurePath(name.replace("\\", "/")).name
    rebuilt = formats.rebuild(data, base, mask)
    new_name = _renamed(mask(base), before.format)
    after, _, _ = examine(rebuilt.data, new_name, tokens=tokens, policy=policy)
    left = [finding for finding in after.findings if finding.verdict is Verdict.BLOCK]
    if left:
        raise ReadError(
            "cannot-clean",
            f"清理后仍有不能公开的内容（{left[0].where}：{_kind(left[0])}），没有生成文件；请在原文件中改正后再上传。",
        )
    if _remains(rebuilt.data, scanned.values):
        raise ReadError("cannot-clean", "清理后的文件里仍留有个人信息，没有生成文件；请在原文件中改正后再上传。")
    removed = (*_told(before, after), *rebuilt.notes)
    return Cleaned(rebuilt.data, new_name, tuple(dict.fromkeys(removed)), sha256(rebuilt.data).hexdigest())


def _refuse_marked(screened: Screened) -> None:
    """A mark that readers see, be it by half, is never cleaned away: the document itself is not for the public."""
    whole = {
        (finding.kind, finding.where) for finding in screened.findings if finding.hidden and HALF not in finding.excerpt
    }
    for finding in screened.findings:
        seen = not finding.hidden or (HALF in finding.excerpt and (finding.kind, finding.where) not in whole)
        if finding.kind in _MARKS and finding.verdict is Verdict.BLOCK and seen:
            raise ReadError(
                "cannot-clean",
                f"文件{_MARKS[finding.kind]}（{finding.where}：{finding.excerpt}），不能公开，没有清理；"
                "经保密审查确认可以公开的，请先由制作单位办理解密或变更公开属性，再上传不带标志的文本。",
            )


def _renamed(name: str, form: str) -> str:
    path = PurePath(name)
    suffix = _NEW_ENDINGS.get(path.suffix.lower())
    if suffix is None and form in _OFFICE and path.suffix.lower() != _OFFICE[form]:
        return f"{path.stem if path.suffix else name}{_OFFICE[form]}"
    return f"{path.stem}{suffix}" if suffix else name


def _told(before: Screened, after: Screened) -> Iterator[str]:
    """What is gone, in sentences: hidden things by their place, personal data by their number."""
    still = {(finding.kind, finding.where) for finding in after.findings if not finding.hidden}
    masked: Counter[Kind] = Counter()
    places: dict[str, None] = {}
    for finding in before.findings:
        structural = finding.kind in {Kind.HIDDEN_CONTENT, Kind.METADATA}
        if finding.hidden or structural:
            if (finding.kind, finding.where) not in still:
                places.setdefault(finding.where)
        elif finding.kind in _CALLED and finding.kind is not Kind.NAME_LIST:
            masked[finding.kind] += 1
    for kind, count in masked.items():
        yield f"遮盖了{_CALLED[kind]} {count} 处。"
    for place in list(places)[:_TOLD]:
        yield f"去除了{place}。"
    if len(places) > _TOLD:
        yield f"另去除了 {len(places) - _TOLD} 处隐藏内容或属性。"


def _kind(finding: Finding) -> str:
    return _CALLED.get(finding.kind) or _MARKS.get(finding.kind) or "隐藏内容"


def _remains(data: bytes, values: Iterable[str]) -> bool:
    """True when a long number that was found stands somewhere in the bytes, packed or not, in UTF-8 or UTF-16.

    A second look by another way: it knows neither formats nor detectors. The texts of a part are also read in one
    piece, without the markup between them.
    """
    wanted = {value for value in values if _LONG_NUMBER.fullmatch(value)}
    if not wanted:
        return False
    forms = [value.encode(encoding) for value in wanted for encoding in ("utf-8", "utf-16-le", "utf-16-be")]
    return any(form in part for part in _parts(data) for form in forms)


def _parts(data: bytes) -> Iterator[bytes]:
    yield data
    if data[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(BytesIO(data)) as opened:
            for info in opened.infolist():
                part = opened.read(info)
                yield from _parts(part) if part[:4] == b"PK\x03\x04" else (part,)
                if part[:5] == b"<?xml":
                    yield _MARKUP.sub(b"", part)
