"""Whether an edition may go out: asked when it is sent, signed and published. Parts of actions, not actions."""

from __future__ import annotations

from django.conf import settings

from gongkai.publications.kinds import INTERPRETED, Attribute
from gongkai.publications.models import Edition
from gongkai.publications.rules import drafting
from gongkai.publications.screening import places


def may_go_out(edition: Edition, attribute: str) -> None:
    """What screening found keeps in what is meant for everybody; what is not published may hold it.

    Raises Refused: not-screened, words-blocked, file-unreadable, file-blocked, warnings-open.
    """
    if attribute != Attribute.ACTIVE:
        return
    files = list(edition.attachments.values_list("name", "verdict"))
    warned = edition.screened == "warn" or any(verdict == "warn" for _name, verdict in files)
    drafting.clean(
        edition.screened, files, warned=warned, accepted=edition.warnings_accepted_by_id is not None,
        places=places(edition.screening),
    )


def unlooked(edition: Edition) -> list[str]:
    """Names of its files of which something could not be screened and at which nobody has looked."""
    return list(edition.attachments.filter(needs_look=True, checked_by__isnull=True).values_list("name", flat=True))


def needs_interpretation(kind: str) -> bool:
    """Whether a document of this kind is not signed without a plan of its interpretation."""
    return settings.GONGKAI_INTERPRETATION == "required" and kind in INTERPRETED
