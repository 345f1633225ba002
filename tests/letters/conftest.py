"""A bureau with its office described, people in their posts, and letters of it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from tests.factories import actor, agency

from gongkai.accounts import roles
from gongkai.agencies.models import Agency, DisclosureOffice
from gongkai.letters import actions, filling
from gongkai.letters.kinds import KINDS
from gongkai.letters.models import Letter

AT = datetime(2026, 3, 5, 9, 0, tzinfo=UTC)
ON = date(2026, 3, 5)


@pytest.fixture
def bureau(db) -> Agency:
    where = agency("青澜县民政局", parent=agency("青澜县人民政府"))
    DisclosureOffice.objects.create(
        agency=where, name="青澜县民政局办公室", letter_prefix="青民公", phone="0990-0000000",
        address="青澜县人民路1号",
        court="青澜县人民法院", payment="到非税收入窗口缴纳",
    )
    return where


@pytest.fixture
def clerk(bureau):
    return actor(bureau, roles.Clerk)


@pytest.fixture
def head(bureau):
    return actor(bureau, roles.HeadOfOffice)


@pytest.fixture
def issue(bureau, clerk):
    """Issue a letter with its sample context."""

    def make(kind: str = "reply_granted", /, *, context: dict[str, Any] | None = None, **others: Any) -> Letter:
        said = filling.sample(KINDS[kind]) | (context or {})
        return actions.issue(**({
            "by": clerk, "agency": bureau, "kind": kind, "subject_kind": "application", "subject_id": 7,
            "context": said, "on": ON, "at": AT,
        } | others))

    return make
