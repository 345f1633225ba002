"""The same person found again without a name in the open: the key and the mask of an applicant."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

from gongkai.agencies.models import Agency
from gongkai.applications import codes
from gongkai.applications.models import Application
from gongkai.applications.rules import intake as rules
from gongkai.applications.submission import Submission
from gongkai.core.errors import Refused
from gongkai.core.law.applicants import ApplicantKind
from gongkai.vault.masks import mask
from gongkai.vault.models import Sealed
from gongkai.vault.queries import blind
from gongkai.vault.rotation import KEEPERS

_MASK_MOST = 60


def key_of(applicant_kind: str, identity: Mapping[str, str]) -> str:
    """The blind index of an applicant: of a person the identity number, else name and phone or address; of an
    organisation the credit code, else its name. Empty where a name alone is known: many people share one."""
    if applicant_kind == ApplicantKind.NATURAL:
        if identity.get("id_number"):
            return blind("id_number", identity["id_number"])
        reached = identity.get("phone") or identity.get("address") or identity.get("email") or ""
        # Folding takes out white space, so the two are parted by a mark that stands in neither.
        return blind("name_contact", f"{identity['name']}|{reached}") if identity.get("name") and reached else ""
    if identity.get("credit_code"):
        return blind("credit_code", identity["credit_code"])
    return blind("organisation", identity["organisation"]) if identity.get("organisation") else ""


def mask_of(applicant_kind: str, identity: Mapping[str, str]) -> str:
    """How lists call the applicant: 张**; an organisation by its name."""
    field = "name" if applicant_kind == ApplicantKind.NATURAL else "organisation"
    return mask(field, identity.get(field, ""))[:_MASK_MOST]


def same_form(first: Application, agency: Agency, submission: Submission) -> bool:
    """Whether an application is what a form says that is sent once more: to whom, by whom, what, in what form."""
    said = rules.tidy(submission)
    return (
        first.agency_id == agency.pk and first.content.startswith(said.content)
        and first.applicant_key == key_of(said.applicant_kind, said.identity)
        and (first.features, first.wanted, first.delivery) == (said.features, said.wanted, said.delivery)
    )


def rekey(row: Sealed, values: Mapping[str, str]) -> None:
    """After a change of the installation's key: the indexes of every application of this identity under the new one,
    so that the same person and the same code are found when the old key is gone."""
    for application in Application.objects.filter(identity=row).select_related("split_from"):
        digest = application.code_digest
        with suppress(Refused):  # imported: it has no code
            digest = codes.digest(codes.code_for(application))
        Application.objects.filter(pk=application.pk).update(
            applicant_key=key_of(application.applicant_kind, values), code_digest=digest,
        )


KEEPERS.append(rekey)
