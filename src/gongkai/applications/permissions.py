"""What may be done with applications, by whom, and why (Arts. 29–45)."""

from __future__ import annotations

from gongkai.accounts import roles
from gongkai.accounts.permissions import Grant, Permission, register


class ApplicationPermission(Permission):
    APPROVE_EXTENSION = "applications.approve_extension", "同意延期"
    CONTRIBUTE = "applications.contribute", "为分给本科室的申请提供材料和拟答复"
    EXPORT = "applications.export", "导出申请台账"
    HANDLE = "applications.handle", "补正、分办、征求意见、拟稿、送达和归档"
    IMPORT = "applications.import", "导入已有的申请台账"
    REGISTER = "applications.register", "登记和确认申请"
    REVIEW = "applications.review", "保密审查和合法性审查"
    SEE = "applications.see", "看申请"
    SIGN = "applications.sign", "签发答复"


P = ApplicationPermission
register((
    *(Grant(P.SEE, role, "办理本机关的申请须看得到它") for role in (
        roles.Clerk, roles.Reviewer, roles.Signatory, roles.HeadOfOffice)),
    Grant(P.SEE, roles.Supervisor, "主管部门监督下级机关是否按期答复（第四十七条），看不到申请人身份"),
    Grant(P.SEE, roles.AuditAdministrator, "审计须看得到办理经过"),
    Grant(P.CONTRIBUTE, roles.Contributor, "科室办理分给本科室的申请，提供材料、拟答复，看不到其他科室的"),
    *(Grant(P.REGISTER, role, "收到申请即登记、确认（第三十一条、第四十五条）") for role in (
        roles.Clerk, roles.HeadOfOffice)),
    *(Grant(P.HANDLE, role, "补正、分办、征求意见、收费、拟稿、送达、归档是经办人的日常") for role in (
        roles.Clerk, roles.HeadOfOffice)),
    Grant(P.APPROVE_EXTENSION, roles.HeadOfOffice, "延期须经公开工作机构负责人同意（第三十三条）"),
    *(Grant(P.REVIEW, role, "保密审查和合法性审查由拟稿人以外的人做（第十七条）") for role in (
        roles.Reviewer, roles.HeadOfOffice)),
    Grant(P.SIGN, roles.Signatory, "答复由分管领导签发"),
    Grant(P.SIGN, roles.HeadOfOffice, "授权签发时由公开工作机构负责人签发"),
    *(Grant(P.IMPORT, role, "已有的台账由经办人导入") for role in (roles.Clerk, roles.HeadOfOffice)),
    *(Grant(P.EXPORT, role, "台账须能交给检查和审计") for role in (
        roles.Clerk, roles.HeadOfOffice, roles.Supervisor, roles.AuditAdministrator)),
))
