"""Which posts one person may hold together. No Django."""

from __future__ import annotations

from collections.abc import Collection

from gongkai.accounts import roles
from gongkai.core.errors import Refused

# What the head of an office gives to people of the own agency. Who signs and who administers is decided above.
GIVEN_BY_HEADS = frozenset({roles.Clerk.key, roles.Contributor.key, roles.Reviewer.key})


def given_by(holding: Collection[str]) -> frozenset[str]:
    """The roles that may be given and taken by who holds the roles `holding` over the agency in question."""
    if roles.SecurityAdministrator.key in holding:
        return frozenset(roles.BY_KEY)
    return GIVEN_BY_HEADS if roles.HeadOfOffice.key in holding else frozenset()


def giving(role: str, holding: Collection[str]) -> None:
    """Refuse a role that is not one's to give or to take. Raises Refused "role-not-yours"."""
    if role in roles.BY_KEY and role not in given_by(holding):
        raise Refused(
            "role-not-yours",
            "%(role)s的岗位由安全保密管理员授予和收回；本机关负责人可以安排经办人、科室报送人和审核人",
            role=roles.BY_KEY[role].name,
        )


def appointment(role: str, held: Collection[str]) -> None:
    """Refuse a post that does not go with those already held.

    The three administrators (三员) watch each other: whoever holds one of the duties holds no other, and does none
    of the work that they keep safe. Source: 信息安全等级保护 practice of 三员分立 for government systems.
    Raises Refused.
    """
    if role not in roles.BY_KEY:
        raise Refused("unknown-role", "没有“%(role)s”这个角色", role=role)
    duties = roles.THREE_ADMINISTRATORS
    others = set(held) - {role}
    if role in duties and others:
        raise Refused("three-administrators", "%(role)s须由专人担任，此人已有其他岗位", role=roles.BY_KEY[role].name)
    if others & duties:
        duty = roles.BY_KEY[sorted(others & duties)[0]].name
        raise Refused("three-administrators", "此人是%(duty)s，不能再担任其他岗位", duty=duty)
