"""Which application this visitor has opened with its number and code, for half an hour of its session."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.sessions.backends.base import SessionBase

from gongkai.applications.models import Application

_SESSION = "tracked-application"
OPEN_FOR = timedelta(minutes=30)


def remember(session: SessionBase, application: Application, at: datetime) -> None:
    """The code was right. The session gets a new name, so that nobody who knew the old one looks along."""
    session.cycle_key()
    session[_SESSION] = {"pk": application.pk, "until": (at + OPEN_FOR).timestamp()}


def opened(session: SessionBase, at: datetime) -> Application | None:
    """The application that is open; looking at it keeps it open. None when nothing is, or the time is over."""
    kept = session.get(_SESSION)
    if not isinstance(kept, dict) or kept["until"] < at.timestamp():
        return None
    found = Application.objects.select_related("agency", "identity", "split_from").filter(pk=kept["pk"]).first()
    if found is not None:
        session[_SESSION] = {"pk": found.pk, "until": (at + OPEN_FOR).timestamp()}
    return found


def turn_to(session: SessionBase, application: Application, number: str) -> None:
    """From a split application to one of its pieces and back: they share the code. Any other number changes nothing."""
    whole = application.split_from or application
    kin = Application.objects.filter(pk=whole.pk) | Application.objects.filter(split_from=whole)
    found = kin.filter(number=number, code_digest=application.code_digest).first()
    if found is not None:
        session[_SESSION] = session[_SESSION] | {"pk": found.pk}


def close(session: SessionBase) -> None:
    """The visitor is done."""
    session.pop(_SESSION, None)
