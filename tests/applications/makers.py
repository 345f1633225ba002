"""Applications for tests, made through the real actions. Every person here is invented."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

from tests.factories import SYSTEM

from gongkai.accounts.actor import Actor
from gongkai.agencies.models import Agency
from gongkai.applications import actions
from gongkai.applications.models import Application
from gongkai.applications.submission import Incoming, Submission

AT = datetime(2026, 3, 4, 2, 0, tzinfo=UTC)  # ten in the morning in Shanghai, a Wednesday
ON = date(2026, 3, 4)
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\nstartxref\n0\n%%EOF\n"
# Whoever these words lead to must not turn up where anybody may look.
PERSON = {
    "name": "欧阳问渠", "id_type": "居民身份证", "id_number": "110105194912310021", "phone": "13900007351",
    "address": "青澜县柳荫街道槐树巷7号", "postcode": "830099", "email": "wenqu.ouyang@example.invalid",
}
ORGANISATION = {
    "organisation": "青澜县拾光文化有限公司", "credit_code": "91350100M000100Y43", "contact_name": "欧阳问渠",
    "contact_phone": "13900007351", "address": "青澜县柳荫街道槐树巷7号",
}
PERSONAL = ("欧阳问渠", "110105194912310021", "13900007351", "槐树巷7号", "wenqu.ouyang")
CONTENT = "申请公开青澜县2025年度临时救助资金的分配方案，包括各乡镇的名额和标准。"


def submission(content: str = CONTENT, *, kind: str = "natural", **values: Any) -> Submission:
    """A complete application of a person, or of an organisation of a kind."""
    identity = dict(PERSON if kind == "natural" else ORGANISATION) | values.pop("identity", {})
    return Submission(applicant_kind=kind, identity=identity, content=content, **values)


def pdf(name: str = "身份证.pdf", data: bytes = PDF) -> Incoming:
    """A file as it arrives."""
    return Incoming(name, [data])


def submitted(agency: Agency, content: str = CONTENT, *, token: UUID | None = None, at: datetime = AT,
              **values: Any) -> Application:
    """An application from the public page, waiting for its confirmation."""
    files = values.pop("files", ())
    return actions.submit(
        agency=agency, submission=submission(content, **values), files=files, token=token or uuid4(), at=at,
    ).application


def registered(agency: Agency, content: str = CONTENT, *, by: Actor = SYSTEM, channel: str = "post",
               arrived_on: date = ON, at: datetime = AT, **values: Any) -> Application:
    """An application that came to the office and counts from its arrival."""
    more = {name: values.pop(name) for name in ("files", "oral", "confirmed_on", "token", "note") if name in values}
    return actions.register(
        by=by, agency=agency, channel=channel, arrived_on=arrived_on, submission=submission(content, **values), at=at,
        **more,
    )
