"""Which posts one person may hold together. No Django."""

from __future__ import annotations

from collections.abc import Collection

from gongkai.accounts import roles
from gongkai.core.errors import Refused


def appointment(role: str, held: Collection[str]) -> None:
    """Refuse a post that does not go with those already held.

    The three administrators (三员) watch each other: whoever holds one of the duties holds no other, and does none
    of the work that they keep safe. Source: 信息安全等级保护 practice of 三员分立 for government systems.
    Raises Refused.
    """
    if role not in roles.BY_KEY:
        raise Refused("unknown-role", f"没有“{role}”这个角色")
    duties = roles.THREE_ADMINISTRATORS
    others = set(held) - {role}
    if role in duties and others:
        raise Refused("three-administrators", f"{roles.BY_KEY[role].name}须由专人担任，此人已有其他岗位")
    if others & duties:
        duty = roles.BY_KEY[sorted(others & duties)[0]].name
        raise Refused("three-administrators", f"此人是{duty}，不能再担任其他岗位")
