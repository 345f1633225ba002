"""Which template holds for an agency and a kind: the office's own, else the built-in one."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files

from gongkai.agencies.models import Agency
from gongkai.files.queries import content
from gongkai.letters.models import LetterTemplate


@dataclass(frozen=True, slots=True)
class InForce:
    """The template that holds now. `own` is None for the built-in one."""

    kind: str
    own: LetterTemplate | None
    data: bytes


def template_for(agency: Agency, kind: str) -> InForce:
    """The template for this kind of letter in this agency, with its bytes."""
    own = LetterTemplate.objects.select_related("file").filter(agency=agency, kind=kind, until__isnull=True).first()
    return InForce(kind, own, content(own.file) if own is not None else built_in(kind))


def built_in(kind: str) -> bytes:
    """The template that comes with the program. Raises FileNotFoundError for an unknown kind."""
    return files("gongkai.letters").joinpath("builtin", f"{kind}.docx").read_bytes()
