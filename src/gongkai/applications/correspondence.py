"""Letters of an application: what every one of them says of the case, and the one way to issue them.

Every act that owes a letter (Arts. 30–36) calls `issue` inside its own transaction, so that a letter is numbered if
and only if its act holds. The applicant's true name is opened for the document alone and is kept nowhere else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from gongkai.accounts.actor import Actor, machine
from gongkai.applications.models import Application, Delivery, Use, Wanted
from gongkai.core.deadlines import CHANNEL_NAMES, Channel
from gongkai.core.law.applicants import APPLICANT_NAMES, ApplicantKind
from gongkai.letters.actions import issue as issue_letter
from gongkai.letters.kinds import KINDS
from gongkai.letters.models import Letter
from gongkai.vault.actions import for_letter
from gongkai.vault.models import Sealed

SUBJECT_KIND = "application"
PROGRAM = "政府信息公开申请"  # who opens the name and numbers the letter when the applicant acts through the portal
# Where the letter goes into other hands the applicant stays unnamed and the applicant's own text is not passed on.
_TO_OTHERS = frozenset({
    "third_party_letter", "third_party_confirmation", "third_party_decision", "co_maker_letter", "organ_letter",
    "publication_transfer",
})
# Of these the date that the paper names is the reply's; every other kind has a date of its own from its caller.
_WITH_REPLY_DUE = frozenset({"registration", "receipt", "approval_form"})
_UNNAMED = "申请人"  # an imported case without identity


def issue(
    application: Application, kind: str, *, by: Actor, on: date, at: datetime, key: str,
    addressee: Sealed | None = None, **context: Any,
) -> Letter:
    """Issue a letter of this application and give it back; the same `key` again gives the same letter.

    `key` names the act within the case ("correction", "reply"), `context` the fields that only the caller knows; it
    wins over what the case says. `addressee` is whoever it goes to where that is a person other than the applicant.
    Runs inside the caller's transaction. Raises Refused: what letters.actions.issue
    refuses (a mandatory field without value), the vault's refusals; Denied.
    """
    writer = machine(PROGRAM) if by.is_public else by
    said = case_of(application, kind) | _addressee(application, kind, writer, at)
    said |= {field: value for field, value in context.items() if value is not None}
    return issue_letter(
        by=writer, agency=application.agency, kind=kind, subject_kind=SUBJECT_KIND, subject_id=application.pk,
        context=said, on=on, at=at, addressee=addressee or (application.identity if names_applicant(kind) else None),
        idempotency=f"application-{application.pk}-{key}",
    )


def names_applicant(kind: str) -> bool:
    """Whether a letter of this kind is made out to the applicant."""
    return "applicant" in KINDS[kind].required or "served_to" in KINDS[kind].required


def case_of(application: Application, kind: str) -> dict[str, Any]:
    """What the register says of the case, without the applicant: number, dates, what was asked, who handles it."""
    said: dict[str, Any] = {
        "application_number": application.number,
        "received_on": application.received_on or application.arrived_on,
        "requested": application.subject if kind in _TO_OTHERS else application.content,
        "delivery_form": Wanted(application.wanted).label, "delivery_route": Delivery(application.delivery).label,
        "attachments": _attachments(application),
        "handler": "" if application.handler is None else application.handler.name,
        "section": "" if application.section is None else application.section.name,
        "channel": CHANNEL_NAMES[Channel(application.channel)] if application.channel else "",
        "applicant_kind": (
            APPLICANT_NAMES[ApplicantKind(application.applicant_kind)] if application.applicant_kind else ""
        ),
    }
    if kind in _WITH_REPLY_DUE:
        said["due_on"] = application.due_on
    return {field: str(value) if field.startswith("delivery") else value for field, value in said.items() if value}


def opened(sealed: Sealed | None, *, by: Actor, at: datetime) -> Mapping[str, str]:
    """Name and address for a document, nothing where no identity is kept. The vault records that it was opened."""
    if sealed is None or sealed.destroyed_at is not None:
        return {}
    return for_letter(
        by=by, sealed=sealed, fields=("name", "organisation", "contact_name", "address", "postcode"), at=at,
    )


def called(identity: Mapping[str, str]) -> str:
    """How a letter calls somebody: the organisation by its name, a person by theirs; "" for nobody."""
    return identity.get("organisation") or identity.get("name") or identity.get("contact_name") or ""


def _addressee(application: Application, kind: str, by: Actor, at: datetime) -> dict[str, str]:
    """The applicant, for the kinds that name one."""
    if not names_applicant(kind):  # inside the office the mask is enough
        return {"applicant": application.applicant_mask} if application.applicant_mask else {}
    identity = opened(application.identity, by=by, at=at)
    name = called(identity) or application.applicant_mask or _UNNAMED
    where = " ".join(filter(None, (identity.get("postcode"), identity.get("address"))))
    said = {"applicant": name, "served_to": name}
    if application.applicant_kind:
        said["you"] = "您" if application.applicant_kind == ApplicantKind.NATURAL else "你单位"
    return said | ({"contact_address": where, "served_address": where} if where else {})


def _attachments(application: Application) -> str:
    """身份证明1份、申请材料2份: what came in with the application."""
    came = Counter(
        application.attachments.filter(use__in=(Use.IDENTITY, Use.APPLICATION, Use.CORRECTION)).order_by("pk")
        .values_list("use", flat=True)
    )
    return "、".join(f"{Use(use).label}{count}份" for use, count in came.items())
