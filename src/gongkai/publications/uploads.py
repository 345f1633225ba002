"""A file looked at: what its original holds, what was made of it for the public, and what a person must still see."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import PurePath
from typing import Any

from gongkai.core import screening as core
from gongkai.core.errors import ReadError
from gongkai.core.screening.model import Verdict
from gongkai.core.screening.policy import Policy
from gongkai.files.names import safe
from gongkai.publications.screening import as_rows, unscreened, verdict_of

# What only warns is left for a person to decide: a contact number of the office may go out.
_KEEP_WHAT_WARNS = Policy(mask_warned=False)
_TEXT_MOST = 2_000_000  # characters of a file's words that search keeps


@dataclass(frozen=True, slots=True)
class Examined:
    """`verdict` is of the cleaned file, block or unreadable where there is none. Findings hold masked excerpts."""

    original_name: str
    original_sha256: str
    original_findings: list[dict[str, Any]]
    name: str
    verdict: str
    cleaned: bytes | None = None
    format: str = ""
    text: str = ""
    findings: list[dict[str, Any]] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    needs_look: bool = False


def examine(data: bytes, name: str) -> Examined:
    """Screen the original, clean it, and screen what came out. Never raises for what a file holds."""
    digest, called = sha256(data).hexdigest(), _masked_name(name)
    try:
        original = core.screen(data, name)
    except ReadError as error:
        return Examined(name, digest, [], called, Verdict.UNREADABLE.value, findings=[_whole("unreadable", error)])
    found = as_rows(original.findings)
    try:
        cleaned = core.clean(data, name, policy=_KEEP_WHAT_WARNS)
        after = core.screen(cleaned.data, cleaned.name)
    except ReadError as error:
        blocking = [one for one in found if one["verdict"] == Verdict.BLOCK]
        return Examined(
            name, digest, found, called, Verdict.BLOCK.value, format=original.format,
            findings=[_whole("cannot_clean", error), *blocking],
        )
    verdict = verdict_of(after.findings)
    passed = verdict in {Verdict.PASS, Verdict.WARN}
    return Examined(
        name, digest, found, safe(cleaned.name), verdict, cleaned.data if passed else None, after.format,
        after.text[:_TEXT_MOST] if passed else "", as_rows(after.findings), list(cleaned.removed),
        unscreened(after.findings),
    )


def name_blocked(name: str) -> bool:
    """Whether a file's name holds what must not go out."""
    return core.screen(PurePath(name).stem.encode(), "文件名.txt").verdict == Verdict.BLOCK


def _masked_name(name: str) -> str:
    """The name with personal data masked; a neutral one where it cannot be."""
    if not name_blocked(name):
        return name
    path = PurePath(name)
    try:
        masked = core.clean(path.stem.encode(), "文件名.txt").data.decode()
    except (ReadError, UnicodeDecodeError):
        return f"附件{path.suffix}"
    return safe(f"{masked.strip()}{path.suffix}")


def _whole(kind: str, error: ReadError) -> dict[str, Any]:
    return {
        "kind": kind, "where": "整个文件", "excerpt": error.message, "verdict": Verdict.BLOCK.value, "hidden": False,
    }
