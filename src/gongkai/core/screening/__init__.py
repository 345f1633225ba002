"""What must not be published: personal data, secrecy and disclosure marks, hidden content (Regulations, Arts. 14–17).

`screen` says what was found and where; `clean` rebuilds a file without it and screens its own result. Both are pure:
bytes in, facts out. No value that was found appears in a finding.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import PurePath

from gongkai.core.screening.model import Cleaned, Finding, Kind, Piece, Screened, Unpacked, Verdict
from gongkai.core.screening.policy import DEFAULT, Policy
from gongkai.core.screening.scan import Scanned, scan
from gongkai.core.text.tokens import Token

__all__ = ["Cleaned", "Finding", "Kind", "Policy", "Screened", "Verdict", "clean", "screen"]

_MOST = 500  # findings of one kind that are told one by one
_GRAVITY = {Verdict.PASS: 0, Verdict.WARN: 1, Verdict.BLOCK: 2, Verdict.UNREADABLE: 3}
_FILE_NAME = "文件名"


def screen(
    data: bytes, name: str, *, tokens: Iterable[Token] = (), words: Iterable[Sequence[str]] = (),
    policy: Policy = DEFAULT,
) -> Screened:
    """Screen one file. `tokens`: who the applicant is; `words`: (wrong, right, note).

    Raises ReadError when the file cannot be read for certain: what cannot be read cannot be published.
    """
    screened, _, _ = examine(data, name, tokens=tokens, words=words, policy=policy)
    return screened


def clean(data: bytes, name: str, *, tokens: Iterable[Token] = (), policy: Policy = DEFAULT) -> Cleaned:
    """Rebuild a file without hidden content, with its personal data masked, and screen the result.

    Raises ReadError: whatever makes a file unreadable, and `cannot-clean` for a file that bears a mark, that cannot be
    rebuilt, or that still holds something afterwards.
    """
    from gongkai.core.screening.cleaning import cleaned

    return cleaned(data, name, tokens=tuple(tokens), policy=policy)


def examine(
    data: bytes, name: str, *, tokens: Iterable[Token] = (), words: Iterable[Sequence[str]] = (),
    policy: Policy = DEFAULT,
) -> tuple[Screened, Unpacked, Scanned]:
    """`screen` with what it was made from; for `cleaning`."""
    from gongkai.core.screening import formats

    base = PurePath(name.replace("\\", "/")).name
    unpacked = formats.unpack(data, base)
    pieces = [*unpacked.pieces, Piece(base, _FILE_NAME, table=_FILE_NAME)]
    scanned = scan(pieces, policy)
    found = [*unpacked.findings, *scanned.findings, *_words_of(pieces, unpacked.format, scanned, tokens, words, policy)]
    findings = _bounded(found)
    verdict = max((finding.verdict for finding in findings), key=lambda one: _GRAVITY[one], default=Verdict.PASS)
    text = "\n".join(piece.text for piece in unpacked.pieces if not piece.hidden)
    return Screened(verdict, findings, text, unpacked.format, sha256(data).hexdigest()), unpacked, scanned


def _words_of(
    pieces: Sequence[Piece], form: str, scanned: Scanned, tokens: Iterable[Token], words: Iterable[Sequence[str]],
    policy: Policy,
) -> Iterable[Finding]:
    from gongkai.core.screening import lists, marks

    yield from marks.find(pieces, form, policy)
    yield from lists.find(pieces, scanned.hits, policy)
    if taken := tuple(tokens):
        from gongkai.core.screening import persons

        yield from persons.find(pieces, taken, policy)
    if pairs := tuple(words):
        from gongkai.core.screening import wording

        yield from wording.find(pieces, (wording.Word(*pair) for pair in pairs), policy)


def _bounded(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """Each finding once; of one kind at most `_MOST`, and how many more there are. The gravest are kept."""
    ordered = sorted(dict.fromkeys(found), key=lambda finding: -_GRAVITY[finding.verdict])
    counts: Counter[Kind] = Counter()
    kept: list[Finding] = []
    for finding in ordered:
        counts[finding.kind] += 1
        if counts[finding.kind] <= _MOST:
            kept.append(finding)
    more = [
        Finding(kind, "其余位置", f"另有 {count - _MOST} 处", next(f.verdict for f in ordered if f.kind is kind))
        for kind, count in counts.items() if count > _MOST
    ]
    return (*kept, *more)
