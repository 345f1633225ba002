"""Which papers the application page offers to this person: the receipt, the secret code, the proof of service."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import may
from gongkai.applications.correspondence import SUBJECT_KIND
from gongkai.applications.models import Application
from gongkai.applications.permissions import ApplicationPermission as P
from gongkai.applications.rules import papers as rules
from gongkai.core.errors import Refused
from gongkai.letters.models import Letter
from gongkai.letters.queries import letters_of


@dataclass(frozen=True, slots=True)
class Offered:
    """A letter that was issued, else whether it may be; whether the code may be printed."""

    receipt: Letter | None
    may_receive: bool
    may_code: bool
    service: Letter | None
    may_prove: bool

    def __bool__(self) -> bool:
        return bool(self.receipt or self.may_receive or self.may_code or self.service or self.may_prove)


def offered(actor: Actor, shown: Application) -> Offered:
    """What the page shows; the actions decide again."""
    registers = may(actor, P.REGISTER, shown)
    receipt = _standing(shown, "receipt") if registers else None
    handles = may(actor, P.HANDLE, shown)
    service = _standing(shown, "service_receipt") if handles else None
    return Offered(
        receipt, registers and receipt is None and _receivable(shown), registers and bool(shown.code_digest),
        service, handles and service is None and _provable(shown),
    )


def _standing(shown: Application, kind: str) -> Letter | None:
    return next((one for one in letters_of(SUBJECT_KIND, shown.pk).filter(kind=kind) if not one.voided), None)


def _receivable(shown: Application) -> bool:
    try:
        rules.receipt(shown.state, imported=shown.imported_id is not None)
    except Refused:
        return False
    return True


def _provable(shown: Application) -> bool:
    service = shown.services.filter(reply=True).first()
    try:
        rules.service_receipt(shown.state, way=service.way if service else "", delivery=shown.delivery)
    except Refused:
        return False
    return True
