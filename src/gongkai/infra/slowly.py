"""Slow and queue, never drop: the law gives no right to turn an applicant away (Regulations, Arts. 27, 28).

Every arrival in a lane raises the pressure of its key, and pressure leaks away with time. Who presses more than a
lane lets through gets a turn that lies ahead: a near one is waited for here, on one of a few seats, so that most of
the server's threads stay free; for a farther one, or without a free seat, the caller is sent away with a ticket.
Whoever comes back with the ticket when the turn has come passes at once, however hard others press meanwhile.

Nothing is kept for a ticket: it is signed and names its own turn.

    slowly.arrive(lane, slowly.source(request), bound_to=token, ticket=given, at=now)
"""

from __future__ import annotations

import ipaddress
import math
import threading
import time
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from gongkai.infra import locks
from gongkai.infra.keys import keyring
from gongkai.infra.models import Pressure

LONGEST_SLEEP = 4.0  # seconds that a thread of the server may be held
SEATS = threading.BoundedSemaphore(2)  # sleeping at once in one process; it has four threads
_SALT = "gongkai.slowly"
_TICKET_HOURS = 24


@dataclass(frozen=True, slots=True)
class Lane:
    """`free` arrivals pass at once and one leaks away every `spacing` seconds. Beyond, each waits `spacing` more than
    the one before; where it `doubles`, twice as long instead, from half a second. Nobody waits more than `longest`."""

    name: str
    free: int
    spacing: float
    longest: float
    doubles: bool = False

    def wait(self, level: float) -> float:
        """Seconds until the turn of an arrival that raised the pressure to `level`."""
        beyond = level - self.free
        if beyond <= 0:
            return 0.0
        seconds = 0.5 * 2.0 ** (min(beyond, 40.0) - 1) if self.doubles else beyond * self.spacing
        return min(self.longest, seconds)

    def leaked(self, level: float, elapsed: float) -> float:
        """What is left of a pressure after some seconds."""
        return max(0.0, level - max(0.0, elapsed) / self.spacing)

    @property
    def highest(self) -> float:
        """Where pressure stops to count: the level with the longest wait. A flood is not remembered for ever."""
        if not self.doubles:
            return self.free + self.longest / self.spacing
        return self.free + 1 + max(0, math.ceil(math.log2(self.longest * 2)))


class Busy(Exception):
    """The turn has not come: come back in `seconds` with `ticket`. Nothing was done; nothing is lost."""

    def __init__(self, seconds: float, ticket: str) -> None:
        super().__init__("busy")
        self.seconds = max(1, int(seconds + 0.999))
        self.ticket = ticket


def source(request: HttpRequest) -> str:
    """Where a request comes from, as a digest under a key of the day: tomorrow nobody can tell that it was the same.

    Behind a proxy that we trust (SECURE_PROXY_SSL_HEADER is set) the address that the proxy saw. Of an IPv6 address
    the first 64 bits, for that is what one household or office is given.
    """
    address = request.META.get("REMOTE_ADDR", "")
    if settings.SECURE_PROXY_SSL_HEADER and request.headers.get("X-Forwarded-For"):
        address = request.headers["X-Forwarded-For"].rsplit(",", 1)[-1].strip()
    return digest(_network(address), timezone.localdate())


def digest(text: str, day: date) -> str:
    """`text` under the key of a day."""
    return keyring().digest(text, purpose=f"pressure {day.isoformat()}")


def _network(address: str) -> str:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if parsed.version == 6 and parsed.ipv4_mapped is None:
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)


@transaction.atomic
def press(lane: Lane, key: str, *, at: datetime, weight: float = 1.0) -> float:
    """Count one arrival and return the seconds until its turn. Yesterday's counters go when a new key appears."""
    locks.serialise(f"pressure-{lane.name}-{key}")
    row = Pressure.objects.filter(lane=lane.name, key=key).first()
    if row is None:
        old = Pressure.objects.filter(at__lt=at - timedelta(days=1))
        old.delete()
        row = Pressure(lane=lane.name, key=key, at=at)
    level = lane.leaked(row.level, (at - row.at).total_seconds()) + weight
    row.level, row.at = min(level, lane.highest), max(at, row.at)
    row.save()
    return lane.wait(level)


def waiting(lane: Lane, key: str, *, at: datetime) -> float:
    """The seconds that the next one would wait, without counting anybody."""
    row = Pressure.objects.filter(lane=lane.name, key=key).first()
    return 0.0 if row is None else lane.wait(lane.leaked(row.level, (at - row.at).total_seconds()) + 1)


def arrive(lane: Lane, key: str, *, bound_to: str, at: datetime, ticket: str = "") -> None:
    """Pass, at once or after a short sleep. Raises Busy with a ticket when the turn is too far off.

    `bound_to` is what is brought (the token of a form, a number with its code): the ticket holds for nothing else.
    """
    turn = turn_of(ticket, bound_to=bound_to)
    seconds = press(lane, key, at=at) if turn is None else turn - at.timestamp()
    hold(seconds, bound_to=bound_to, at=at)


def hold(seconds: float, *, bound_to: str, at: datetime) -> None:
    """Wait here for a near turn while there is a seat. Raises Busy otherwise."""
    if seconds <= 0:
        return
    if seconds > LONGEST_SLEEP or not SEATS.acquire(blocking=False):
        raise Busy(seconds, _ticket(at.timestamp() + seconds, bound_to))
    try:
        time.sleep(seconds)
    finally:
        SEATS.release()


def ripe(ticket: str, *, bound_to: str, at: datetime) -> bool:
    """Whether the turn of a ticket has come."""
    turn = turn_of(ticket, bound_to=bound_to)
    return turn is not None and turn <= at.timestamp()


def turn_of(ticket: str, *, bound_to: str) -> float | None:
    """The turn that a ticket names, in seconds of the epoch; None without a true one for this."""
    if not ticket:
        return None
    try:
        turn, bound = signing.loads(ticket, salt=_SALT, max_age=timedelta(hours=_TICKET_HOURS))
    except signing.BadSignature:
        return None
    return float(turn) if bound == _bound(bound_to) else None


def _ticket(turn: float, bound_to: str) -> str:
    return signing.dumps([round(turn, 3), _bound(bound_to)], salt=_SALT)


def _bound(bound_to: str) -> str:
    return keyring().digest(bound_to, purpose="pressure ticket")
