"""What may be done with disputes, by whom, and why."""

from __future__ import annotations

from gongkai.accounts import roles
from gongkai.accounts.permissions import Grant, Permission, register


class DisputePermission(Permission):
    BUNDLE = "disputes.bundle", "下载案件材料包"
    HANDLE = "disputes.handle", "登记和办理复议、诉讼案件"
    SEE = "disputes.see", "看复议、诉讼案件"


P = DisputePermission
register((
    *(Grant(P.SEE, role, "办理答复和答辩须看得到案件") for role in (
        roles.Clerk, roles.Reviewer, roles.Signatory, roles.HeadOfOffice)),
    Grant(P.SEE, roles.Supervisor, "主管部门掌握下级机关被复议、被诉的情况，看不到当事人身份"),
    Grant(P.SEE, roles.AuditAdministrator, "审计须看得到办理经过"),
    *(Grant(P.HANDLE, role, "公开工作机构登记案件、按期答复和履行决定") for role in (
        roles.Clerk, roles.HeadOfOffice)),
    *(Grant(P.BUNDLE, role, "作出行政行为的机关负责举证") for role in (
        roles.Clerk, roles.Reviewer, roles.Signatory, roles.HeadOfOffice)),
))
