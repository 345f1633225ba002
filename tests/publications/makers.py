"""A publication at any place of its way, made through the real acts by the people whose work it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from tests import factories

from gongkai.accounts import roles
from gongkai.accounts.actor import Actor
from gongkai.accounts.models import Post, User
from gongkai.accounts.queries import actor_for
from gongkai.agencies import actions as agencies
from gongkai.agencies.models import Agency, Section
from gongkai.ledger.models import Entry
from gongkai.publications import actions
from gongkai.publications.models import Edition, Publication

ON = date(2026, 3, 4)  # a Wednesday, working days around it
BODY = "<p>各乡镇人民政府：</p><p>现将农村饮水安全管理办法印发给你们，请遵照执行。</p>"
KEYS = ("political", "legal", "secrecy", "procedure", "timeliness")
CREDIT = "11540000MB0X1234X3"


def moment(on: date = ON, hour: int = 2) -> datetime:
    """Ten o'clock of a day in Beijing."""
    return datetime.combine(on, time(hour), UTC)


@dataclass
class Bureau:
    """A county, its bureau with two sections, and whoever works on publications."""

    county: Agency
    where: Agency
    water: Section
    relief: Section
    people: dict[str, Actor] = field(default_factory=dict)

    def person(self, role: type[roles.Role], name: str = "", section: Section | None = None) -> Actor:
        """A person in a post, made once."""
        key = name or role.key
        if key not in self.people:
            who = User.objects.create_user(f"{key}-{self.where.pk}", None, name=f"{role.name}{key}")
            Post.objects.create(
                user=who, agency=self.where, role=role.key, section=section, valid_from=date(2020, 1, 1),
            )
            self.people[key] = actor_for(who, on=ON)
        return self.people[key]

    @property
    def clerk(self) -> Actor:
        return self.person(roles.Clerk)

    @property
    def publisher(self) -> Actor:
        return self.person(roles.Clerk, "publisher")

    @property
    def contributor(self) -> Actor:
        return self.person(roles.Contributor, "contributor", self.water)

    @property
    def reviewer(self) -> Actor:
        return self.person(roles.Reviewer)

    @property
    def signatory(self) -> Actor:
        return self.person(roles.Signatory)

    @property
    def head(self) -> Actor:
        return self.person(roles.HeadOfOffice)


def bureau(name: str = "青澜县水利局") -> Bureau:
    """The bureau, with nothing published."""
    county = factories.agency()
    where = factories.agency(name, county, credit_code=CREDIT)
    water, relief = (
        agencies.set_section(by=factories.SYSTEM, agency=where, name=one, at=factories.AT)
        for one in ("水资源科", "移民科")
    )
    made = Bureau(county, where, water, relief)
    assert all((made.clerk, made.publisher, made.contributor, made.reviewer, made.signatory, made.head))
    return made


def drafted(of: Bureau, *, by: Actor | None = None, kind: str = "other", title: str = "农村饮水安全管理办法",
            body: str = BODY, on: date = ON, **values: Any) -> Edition:
    """A draft that says all that it must."""
    values = {"attribute": "active", "formed_on": ON - timedelta(days=5)} | values
    return actions.draft(
        by=by or of.clerk, agency=of.where, kind=kind, title=title, at=moment(on), body=body, values=values,
    )


def sent(of: Bureau, edition: Edition | None = None, **values: Any) -> Edition:
    """In review."""
    return actions.send(by=of.clerk, edition=edition or drafted(of, **values), at=moment())


def reviewed(of: Bureau, edition: Edition | None = None, **values: Any) -> Edition:
    """Through its gates."""
    edition = sent(of, edition, **values)
    keys = [gate.key for gate in edition.gates.filter(ahead=True)]
    return actions.pass_gates(by=of.reviewer, edition=edition, keys=keys, remark="同意", at=moment())


def signed(of: Bureau, edition: Edition | None = None, *, decided: str = "active", **values: Any) -> Edition:
    """Signed, as what was decided."""
    edition = reviewed(of, edition, **values)
    return actions.sign(
        by=of.signatory, edition=edition, decided_attribute=decided, on=ON, at=moment(),
        **({} if decided == "active" else {"ground": "refused_process", "reason": "过程性信息"}),
    )


def published(of: Bureau, edition: Edition | None = None, *, on: date = ON, **values: Any) -> Edition:
    """Before the public."""
    return actions.publish(by=of.publisher, edition=signed(of, edition, **values), at=moment(on))


def fresh(edition: Edition) -> Edition:
    """As it stands in the database."""
    return Edition.objects.select_related("publication__agency", "publication__latest", "publication__current").get(
        pk=edition.pk
    )


def of_edition(edition: Edition) -> Publication:
    """Its publication as it stands."""
    return Publication.objects.select_related("agency", "latest", "current").get(pk=edition.publication_id)


def told(publication_id: int) -> list[str]:
    """Kinds of what the ledger tells of a publication, in order."""
    rows = Entry.objects.filter(subject_kind="publication", subject_id=str(publication_id)).order_by("sequence")
    return [kind.removeprefix("publications.") for kind in rows.values_list("kind", flat=True)]
