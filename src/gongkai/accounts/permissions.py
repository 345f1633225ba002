"""The registry of permissions: who may do what, and over which agencies.

A domain subclasses `Permission` with its own members and registers its `Grant`s, each with the reason. Both
questions are answered here: "may this actor do this to that?" (`authorise`) and "which rows may this actor do this
to?" (`within`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from django.db.models import Q

from gongkai.accounts import roles
from gongkai.accounts.actor import Actor
from gongkai.accounts.roles import Role
from gongkai.core.errors import Refused


class Permission(StrEnum):
    """Base of each domain's permissions: `NAME = "<domain>.<verb>", "在岗位表里怎么说"`, kept alphabetised.

    `label` is Chinese as plain text; pages translate it when they show it.
    """

    label: str

    def __new__(cls, value: str, label: str = "") -> Permission:
        member = str.__new__(cls, value)
        member._value_, member.label = value, label
        return member


class AccountsPermission(Permission):
    APPOINT = "accounts.appoint", "授予和收回岗位"
    CREATE_USER = "accounts.create_user", "开设、停用账号和重设密码"
    SEE_POSTS = "accounts.see_posts", "看谁在什么岗位"


@dataclass(frozen=True, slots=True)
class Grant:
    """A role holds a permission because `reason`; `here` keeps it to the post's own agency, even where the role reaches
    those below."""

    permission: Permission
    role: type[Role]
    reason: str
    here: bool = False


class Located(Protocol):
    """Anything that belongs to an agency says where that agency stands in the tree."""

    @property
    def access_path(self) -> str: ...


class Denied(Refused):
    """The actor lacks the permission over this object. Views answer 403, or 404 where even its being is not theirs."""

    def __init__(self, permission: Permission) -> None:
        super().__init__("denied", "您的岗位没有这项权限，请联系本机关公开工作机构负责人")
        self.permission = permission


_GRANTS: dict[Permission, dict[str, Grant]] = defaultdict(dict)


def register(grants: Iterable[Grant]) -> None:
    """Add a domain's grants; called from its permissions module, once per import."""
    for grant in grants:
        _GRANTS[grant.permission][grant.role.key] = grant


def holders(permission: Permission) -> dict[str, str]:
    """Role key → reason, for the permissions page and the guard test."""
    return {role: grant.reason for role, grant in _GRANTS.get(permission, {}).items()}


def granted_to(role: str) -> list[tuple[Permission, str]]:
    """What a role may do, each with its reason, in the order of the permissions' names."""
    return sorted((permission, held[role].reason) for permission, held in _GRANTS.items() if role in held)


def registered() -> set[Permission]:
    """Every permission that somebody holds."""
    return set(_GRANTS)


def may(actor: Actor, permission: Permission, obj: Located | None = None) -> bool:
    """Whether `actor` may; with no object, whether anywhere at all. The program itself may do what its tasks do."""
    if actor.machine:
        return True
    able = _GRANTS.get(permission, {})
    return any(
        h.role in able and (
            obj is None or (h.agency_path == obj.access_path if able[h.role].here else h.covers(obj.access_path))
        ) for h in actor.holdings
    )


def authorise(by: Actor, permission: Permission, obj: Located | None = None) -> None:
    """Raise Denied unless `by` may do this to `obj`."""
    if not may(by, permission, obj):
        raise Denied(permission)


def within(actor: Actor, permission: Permission, field: str) -> Q:
    """The rows over which `actor` holds `permission`; `field` is the lookup of the agency's path.

    A subtree is one range of the path, so the database answers from an index. Nothing matches without a post.
    """
    if actor.machine:
        return Q(pk__isnull=False)  # every row; an empty Q would vanish beside an "or"
    able = _GRANTS.get(permission, {})
    reach = Q(pk__in=[])
    for holding in actor.holdings:
        if holding.role in able:
            below = roles.BY_KEY[holding.role].subtree and not able[holding.role].here
            reach |= beneath(holding.agency_path, field) if below else Q(**{field: holding.agency_path})
    return reach


def beneath(path: str, field: str) -> Q:
    """The agency at `path` and everything below it, as a range: paths are digits of fixed width per level."""
    return Q(**{f"{field}__gte": path, f"{field}__lt": f"{int(path) + 1:0{len(path)}d}"})


register((
    Grant(AccountsPermission.CREATE_USER, roles.SystemAdministrator, "账号由系统管理员开设"),
    Grant(AccountsPermission.APPOINT, roles.SecurityAdministrator, "开账号的人不授权，授权的人不开账号"),
    Grant(AccountsPermission.APPOINT, roles.HeadOfOffice, "负责人安排本机关的经办人、科室报送人和审核人"),
    Grant(AccountsPermission.SEE_POSTS, roles.SystemAdministrator, "管理账号须知道谁在岗"),
    Grant(AccountsPermission.SEE_POSTS, roles.SecurityAdministrator, "授权须知道谁在岗"),
    Grant(AccountsPermission.SEE_POSTS, roles.AuditAdministrator, "审计须知道谁在岗"),
    Grant(AccountsPermission.SEE_POSTS, roles.HeadOfOffice, "负责人知道本机关谁在岗"),
))
