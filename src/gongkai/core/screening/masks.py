"""The mask: a stretch of text with what is personal in it masked in the office's manner.

An identity number keeps its first two and last three characters, a mobile number its first three and last four, a card
its last four, a plate its first two, an address its region down to the township. Every mask is as long as the value,
except for the applicant's own tokens, which become ××.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping

from gongkai.core.screening.model import Verdict
from gongkai.core.screening.personal import find
from gongkai.core.screening.policy import DEFAULT, Policy
from gongkai.core.text.tokens import Token

Mask = Callable[[str], str]
_SHORTEST = 6  # a value that is looked for wherever it stands


def masker(
    policy: Policy = DEFAULT, *, tokens: Iterable[Token] = (), known: Mapping[str, str] | None = None,
    values: Iterable[str] = (), quiet: Collection[str] = (),
) -> Mask:
    """A mask function for one file.

    `known`: whole stretches whose masks were found with the help of what stands around them. `values`: what was found
    anywhere in the file and must not stay anywhere. `quiet`: whole stretches in which what stands around them says that
    nothing is personal (an amount of eleven digits): what was not found stays.
    """
    taken = tuple(tokens)
    whole = dict(known or {})
    still = frozenset(quiet) - whole.keys()
    everywhere = sorted({value for value in values if len(value) >= _SHORTEST}, key=len, reverse=True)

    def mask(text: str) -> str:
        if not text:
            return text
        masked = text if text in still else _values(whole.get(text, text), policy)
        for value in everywhere:
            if value in masked:
                masked = masked.replace(value, _starred(value))
        if taken:
            from gongkai.core.text.redact import remove_tokens

            masked = remove_tokens(masked, taken).text
        return masked

    return mask


def _values(text: str, policy: Policy) -> str:
    for hit in reversed(find(text, policy=policy)):
        if policy.mask_warned or policy.verdict(hit.case) is Verdict.BLOCK:
            text = text[:hit.start] + hit.masked + text[hit.stop:]
    return text


def _starred(value: str) -> str:
    return "".join("*" if letter.isalnum() else letter for letter in value)
