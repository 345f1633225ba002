"""The arithmetic of the chain: SM3 over each event and the hash before it. No Django."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cryptography.hazmat.primitives import hashes

GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class Link:
    """One event as it was hashed: every column but the hash itself, as text and numbers."""

    sequence: int
    at: str
    kind: str
    subject_kind: str
    subject_id: str
    agency_id: int | None
    actor_id: int | None
    actor_name: str
    payload: str
    previous: str
    digest: str

    def expected(self) -> str:
        """The hash that this link must carry."""
        return digest(
            self.sequence, self.at, self.kind, self.subject_kind, self.subject_id,
            self.agency_id, self.actor_id, self.actor_name, self.payload, self.previous,
        )


@dataclass(frozen=True, slots=True)
class Fault:
    """A place where the chain does not hold. `code` is altered, missing, unlinked or truncated."""

    code: str
    sequence: int
    sentence: str


def digest(*columns: str | int | None) -> str:
    """SM3 over the columns as a JSON array: unambiguous, so no two different rows give the same bytes."""
    algorithm = hashes.Hash(hashes.SM3())
    algorithm.update(json.dumps(columns, ensure_ascii=False, separators=(",", ":")).encode())
    return algorithm.finalize().hex()


def verify(links: Iterable[Link], anchors: dict[int, str] | None = None) -> Iterator[Fault]:
    """Walk the chain in order of sequence and report every fault.

    `anchors` are hashes noted earlier outside the database {sequence: digest}: they show a tail that was cut off or
    a chain that was computed anew from some point, which the chain alone cannot show.
    """
    unseen = dict(anchors or {})
    last, previous = 0, GENESIS
    for link in links:
        if link.sequence != last + 1:
            yield Fault("missing", last + 1, f"第 {last + 1} 条至第 {link.sequence - 1} 条记录缺失")
        elif link.previous != previous:
            yield Fault("unlinked", link.sequence, f"第 {link.sequence} 条记录与上一条不相连")
        if link.digest != link.expected():
            yield Fault("altered", link.sequence, f"第 {link.sequence} 条记录的内容被改动")
        noted = unseen.pop(link.sequence, None)
        if noted is not None and noted != link.digest:
            yield Fault("altered", link.sequence, f"第 {link.sequence} 条记录与此前留存的校验值不同")
        last, previous = link.sequence, link.digest
    if unseen:
        yield Fault("truncated", last + 1, f"此前留存的校验值到第 {max(unseen)} 条，现只有 {last} 条，末尾被删去")
