"""What exactly is reviewed, signed and published: the canonical form of an edition's public content, and its digest."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from gongkai.publications.models import Edition


def public_content(edition: Edition) -> dict[str, Any]:
    """Everything of an edition that the public would see, in a form that depends on nothing else.

    Attachments stand with the checksum of their cleaned file, so that the digest binds these bytes too.
    """
    publication = edition.publication
    return {
        "publication": publication.pk, "number": edition.number, "agency": publication.agency_id,
        "item": publication.item_id, "kind": publication.kind, "title": edition.title,
        "document_number": edition.document_number, "issuing_organ": edition.issuing_organ,
        "lead_organ": edition.lead_organ, "joint_organs": list(edition.joint_organs),
        "formed_on": _day(edition.formed_on), "effective_on": _day(edition.effective_on),
        "expires_on": _day(edition.expires_on), "topic": edition.topic, "served": edition.served,
        "keywords": edition.keywords, "summary": edition.summary, "body": edition.body,
        "change_note": edition.change_note, "attribute": edition.attribute,
        "attachments": [[one.name, one.sha256, one.size] for one in edition.attachments.order_by("order", "pk")],
    }


def digest_of(edition: Edition) -> str:
    """SHA-256 of the public content as canonical JSON."""
    canonical = json.dumps(public_content(edition), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _day(day: Any) -> str:
    return day.isoformat() if day else ""
