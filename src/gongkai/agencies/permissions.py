"""What may be done to the tree of agencies, by whom, and why."""

from __future__ import annotations

from gongkai.accounts import roles
from gongkai.accounts.permissions import Grant, Permission, register


class AgencyPermission(Permission):
    MANAGE = "agencies.manage"


register((
    Grant(AgencyPermission.MANAGE, roles.SystemAdministrator, "机关目录随机构改革变动，由系统管理员维护"),
    Grant(AgencyPermission.MANAGE, roles.Supervisor, "主管部门最先知道下级机关的设立、更名和撤并"),
))
