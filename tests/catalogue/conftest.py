"""A county with a bureau and a township, and the people who work on their catalogues."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest
from tests import factories

from gongkai.accounts import roles
from gongkai.accounts.actor import Actor
from gongkai.agencies import actions as agencies
from gongkai.agencies.models import Agency, Section

ON = date(2024, 3, 4)
AT = factories.AT


@dataclass
class County:
    """The government, its bureau of civil affairs with a section, a township; a clerk, a head, a supervisor."""

    government: Agency
    civil: Agency
    town: Agency
    section: Section
    clerk: Actor
    head: Actor
    contributor: Actor
    supervisor: Actor


@pytest.fixture
def county(db: None) -> County:
    government = factories.agency("青澜县人民政府")
    civil = factories.agency("青澜县民政局", government)
    town = factories.agency("青澜县云麓镇人民政府", government, kind="township", level="township")
    section = agencies.set_section(by=factories.SYSTEM, agency=civil, name="社会救助科", at=AT)
    staff = [factories.actor(civil, role) for role in (roles.Clerk, roles.HeadOfOffice, roles.Contributor)]
    return County(government, civil, town, section, *staff, factories.actor(government, roles.Supervisor))
