"""What somebody hands in, before it is a row: frozen, checked by rules, the same from the portal and from the desk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple


class Incoming(NamedTuple):
    """A file as it arrives: the name it was given, the bytes in chunks."""

    name: str
    chunks: Iterable[bytes]


@dataclass(frozen=True, slots=True)
class Submission:
    """The three groups of Art. 29: who asks, what is sought, in what form. `identity` holds vault field → value."""

    applicant_kind: str
    identity: Mapping[str, str] = field(repr=False)
    content: str = field(repr=False)
    subject: str = ""  # empty: the beginning of the content, the applicant's own tokens removed
    features: str = ""
    wanted: str = "any"
    delivery: str = "post"
    purpose: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """One matter of a split application (一事一申请)."""

    subject: str
    content: str = field(repr=False)
