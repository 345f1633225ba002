"""What may be done with the registers behind table 二, by whom, and why."""

from __future__ import annotations

from gongkai.accounts import roles
from gongkai.accounts.permissions import Grant, Permission, register


class RegisterPermission(Permission):
    EXPORT = "registers.export", "导出法定台账"
    IMPORT = "registers.import", "导入法定台账"
    KEEP = "registers.keep", "登记规范性文件、许可、处罚、强制、收费和采购"
    SEE = "registers.see", "看法定台账"


P = RegisterPermission
register((
    *(Grant(P.SEE, role, "年报表二的每个数都要能打开看到依据") for role in (
        roles.Clerk, roles.Contributor, roles.Reviewer, roles.Signatory, roles.HeadOfOffice, roles.Supervisor,
        roles.AuditAdministrator)),
    *(Grant(P.KEEP, role, "公开工作机构汇总本机关的台账（第四条）") for role in (roles.Clerk, roles.HeadOfOffice)),
    *(Grant(P.IMPORT, role, "执法系统和财务系统的台账由经办人导入") for role in (roles.Clerk, roles.HeadOfOffice)),
    *(Grant(P.EXPORT, role, "台账须能交给检查和审计") for role in (
        roles.Clerk, roles.HeadOfOffice, roles.Supervisor, roles.AuditAdministrator)),
))
