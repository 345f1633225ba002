"""Unfinished applications of one visitor, between the steps of the form: in the session, sealed, for its few hours.

A draft has two names. Its key stands in addresses and means nothing without the session's cookie; its token is the
application's own (one token, one application) and never stands in an address.
"""

from __future__ import annotations

import json
import secrets
import uuid
from dataclasses import dataclass, field
from typing import Any

from django.contrib.sessions.backends.base import SessionBase

from gongkai.core.errors import Refused
from gongkai.infra.keys import keyring
from gongkai.portal import kept

_SESSION, _PURPOSE, _MOST = "application-drafts", "application draft", 5


@dataclass
class Draft:
    """What was typed so far (`said`, form field → text), the files kept beside it, and the application when sent."""

    key: str
    agency_id: int
    token: uuid.UUID
    said: dict[str, str] = field(default_factory=dict, repr=False)
    files: list[dict[str, Any]] = field(default_factory=list, repr=False)
    sent: int | None = None


def begin(session: SessionBase, agency_id: int, said: dict[str, str], token: uuid.UUID | None = None) -> Draft:
    """A new draft. With a token that this session knows already, the draft of that token."""
    for key in list(session.get(_SESSION, {})):
        known = find(session, key, agency_id)
        if known is not None and token is not None and known.token == token:
            return known
    draft = Draft(secrets.token_urlsafe(9).replace("-", "a").replace("_", "b"), agency_id, token or uuid.uuid4(), said)
    save(session, draft)
    return draft


def find(session: SessionBase, key: str, agency_id: int) -> Draft | None:
    """The draft of a key, None when this session has none of it (any more)."""
    row = session.get(_SESSION, {}).get(key)
    if row is None:
        return None
    try:
        inner = json.loads(keyring().open(row, purpose=_PURPOSE, bound_to=key.encode()))
    except Refused:
        return None  # sealed with a key that is gone: as if the hours were over
    if inner["agency_id"] != agency_id:
        return None
    return Draft(key, agency_id, uuid.UUID(inner["token"]), inner["said"], inner["files"], inner["sent"])


def save(session: SessionBase, draft: Draft) -> None:
    """Keep a draft; the oldest of more than a handful goes, with its files."""
    rows = dict(session.get(_SESSION, {}))
    rows.pop(draft.key, None)
    inner = {
        "agency_id": draft.agency_id, "token": str(draft.token), "said": draft.said, "files": draft.files,
        "sent": draft.sent,
    }
    rows[draft.key] = keyring().seal(json.dumps(inner).encode(), purpose=_PURPOSE, bound_to=draft.key.encode())
    while len(rows) > _MOST:
        oldest = next(iter(rows))
        kept.drop(oldest)
        del rows[oldest]
    session[_SESSION] = rows


def sent(session: SessionBase, draft: Draft, application_id: int) -> None:
    """It is an application now: what was typed is forgotten here, the way to its receipt stays."""
    kept.drop(draft.key)
    draft.said, draft.files, draft.sent = {}, [], application_id
    save(session, draft)


def forget(session: SessionBase, draft: Draft) -> None:
    """The visitor wants nothing kept."""
    kept.drop(draft.key)
    session[_SESSION] = {key: row for key, row in session.get(_SESSION, {}).items() if key != draft.key}
