"""What may be done to the tree of agencies, by whom, and why."""

from __future__ import annotations

from gongkai.accounts import roles
from gongkai.accounts.permissions import Grant, Permission, register


class AgencyPermission(Permission):
    DESCRIBE = "agencies.describe", "维护公开工作机构的资料和科室"
    MANAGE = "agencies.manage", "登记、更名、移动和撤销机关"


register((
    Grant(AgencyPermission.DESCRIBE, roles.HeadOfOffice, "公开工作机构负责编制和更新指南（第四条、第十二条）"),
    Grant(AgencyPermission.DESCRIBE, roles.Clerk, "地址、电话、办公时间变了，经办人最先知道"),
    Grant(AgencyPermission.MANAGE, roles.SystemAdministrator, "机关目录随机构改革变动，由系统管理员维护"),
    Grant(AgencyPermission.MANAGE, roles.Supervisor, "主管部门最先知道下级机关的设立、更名和撤并"),
))
