"""An office with everybody who handles applications, each signed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.test import Client
from tests import factories

from gongkai.accounts import roles
from gongkai.accounts.actor import Actor
from gongkai.accounts.models import Post, User
from gongkai.accounts.queries import actor_for
from gongkai.agencies import actions as agencies
from gongkai.agencies.models import Agency, Section

TODAY = date(2026, 3, 5)  # the day after makers.ON, a Thursday
BASE = "/desk/applications/"


@dataclass
class Office:
    """A county, its civil affairs bureau with two sections, and another bureau."""

    government: Agency
    civil: Agency
    water: Agency
    relief: Section
    funerals: Section

    def person(self, role: type[roles.Role], where: Agency | None = None, section: Section | None = None) -> User:
        """A person in a post, made once."""
        agency = where or self.civil
        username = f"{role.key}-{agency.pk}-{section.pk if section else 0}"
        found = User.objects.filter(username=username).first()
        if found is None:
            found = User.objects.create_user(username, None, name=f"{role.name}{agency.pk}")
            Post.objects.create(
                user=found, agency=agency, role=role.key, section=section, valid_from=date(2020, 1, 1),
            )
        return found

    def actor(self, role: type[roles.Role], where: Agency | None = None, section: Section | None = None) -> Actor:
        """The same person as an actor."""
        return actor_for(self.person(role, where, section), on=TODAY)

    def client(self, role: type[roles.Role], where: Agency | None = None, section: Section | None = None) -> Client:
        """The same person at a browser."""
        client = Client()
        client.force_login(self.person(role, where, section))
        return client


def office() -> Office:
    """The office, empty."""
    government = factories.agency()
    civil, water = (factories.agency(name, government) for name in ("青澜县民政局", "青澜县水利局"))
    relief, funerals = (
        agencies.set_section(by=factories.SYSTEM, agency=civil, name=name, at=factories.AT)
        for name in ("救助科", "殡葬科")
    )
    return Office(government, civil, water, relief, funerals)
