"""Messages of one visitor: files that wait beside an unfinished form, the way to the receipt, the one that is open.

The key of a form stands in the address of its receipt and means nothing without the session's cookie; the token (one
token, one message) stands in the form alone. What is kept in the session is sealed, files lie in `portal.kept`.
"""

from __future__ import annotations

import json
import secrets
import uuid
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.contrib.sessions.backends.base import SessionBase

from gongkai.core.errors import Refused
from gongkai.infra.keys import keyring
from gongkai.participation.models import Message
from gongkai.portal import kept

_UNSENT, _OPEN, _PURPOSE, _MOST = "messages-unsent", "tracked-message", "unsent message", 5
OPEN_FOR = timedelta(minutes=30)


@dataclass
class Letter:
    """A form that was begun: its files, and the message once it was sent."""

    key: str
    agency_id: int
    token: uuid.UUID
    files: list[dict[str, Any]] = field(default_factory=list, repr=False)
    sent: int | None = None


def of_token(session: SessionBase, agency_id: int, token: uuid.UUID) -> Letter:
    """The letter of a form's token; a new one when this session has none of it (any more)."""
    for key in session.get(_UNSENT, {}):
        known = find(session, key, agency_id)
        if known is not None and known.token == token:
            return known
    return Letter(secrets.token_urlsafe(9).replace("-", "a").replace("_", "b"), agency_id, token)


def find(session: SessionBase, key: str, agency_id: int) -> Letter | None:
    """The letter of a key; None when this session has none of it (any more)."""
    row = session.get(_UNSENT, {}).get(key)
    if row is None:
        return None
    try:
        inner = json.loads(keyring().open(row, purpose=_PURPOSE, bound_to=key.encode()))
    except Refused:
        return None  # sealed with a key that is gone: as if the hours were over
    if inner["agency_id"] != agency_id:
        return None
    files = [entry for entry in inner["files"] if kept.there(key, entry)]
    return Letter(key, agency_id, uuid.UUID(inner["token"]), files, inner["sent"])


def save(session: SessionBase, letter: Letter) -> None:
    """Keep a letter; the oldest of more than a handful goes, with its files."""
    rows = dict(session.get(_UNSENT, {}))
    rows.pop(letter.key, None)
    inner = {
        "agency_id": letter.agency_id, "token": str(letter.token), "files": letter.files, "sent": letter.sent,
    }
    rows[letter.key] = keyring().seal(json.dumps(inner).encode(), purpose=_PURPOSE, bound_to=letter.key.encode())
    while len(rows) > _MOST:
        oldest = next(iter(rows))
        kept.drop(oldest)
        del rows[oldest]
    session[_UNSENT] = rows


def sent(session: SessionBase, letter: Letter, message: Message) -> None:
    """It is a message now: its files are forgotten here, the way to its receipt stays."""
    kept.drop(letter.key)
    letter.files, letter.sent = [], message.pk
    save(session, letter)


def remember(session: SessionBase, message: Message, at: datetime) -> None:
    """The code was right. The session gets a new name, so that nobody who knew the old one looks along."""
    session.cycle_key()
    session[_OPEN] = {"pk": message.pk, "until": (at + OPEN_FOR).timestamp()}


def opened(session: SessionBase, at: datetime) -> Message | None:
    """The message that is open; looking at it keeps it open. None when nothing is, or the time is over."""
    row = session.get(_OPEN)
    if not isinstance(row, dict) or row["until"] < at.timestamp():
        return None
    found = Message.objects.select_related(
        "agency", "publication", "consultation__publication", "leads_to",
    ).filter(pk=row["pk"]).first()
    if found is not None:
        session[_OPEN] = {"pk": found.pk, "until": (at + OPEN_FOR).timestamp()}
    return found


def close(session: SessionBase) -> None:
    """The visitor is done."""
    session.pop(_OPEN, None)
