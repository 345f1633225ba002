"""What may be done with what the public sends, by whom, and why."""

from __future__ import annotations

from gongkai.accounts import roles
from gongkai.accounts.permissions import Grant, Permission, register


class ParticipationPermission(Permission):
    ANSWER = "participation.answer", "拟答复分给本科室的来信"
    CONSULT = "participation.consult", "发起和结束征求意见"
    EXPORT = "participation.export", "导出公众来信清单"
    HANDLE = "participation.handle", "分办、拟答复和公开问答"
    REPLY = "participation.reply", "审核并答复来信"
    SEE = "participation.see", "看公众来信"


P = ParticipationPermission
register((
    *(Grant(P.SEE, role, "公众来信须有人看、有人办") for role in (
        roles.Clerk, roles.Reviewer, roles.Signatory, roles.HeadOfOffice)),
    Grant(P.SEE, roles.Supervisor, "主管部门监督下级机关是否及时答复，看不到来信人身份"),
    Grant(P.SEE, roles.AuditAdministrator, "审计须看得到办理经过"),
    Grant(P.ANSWER, roles.Contributor, "谁起草谁解答：科室解答本科室的政策，看不到其他科室的来信"),
    *(Grant(P.HANDLE, role, "公开工作机构分办和办理来信（第四条）") for role in (roles.Clerk, roles.HeadOfOffice)),
    *(Grant(P.REPLY, role, "答复由拟稿人以外的人审核（第十七条）") for role in (
        roles.Reviewer, roles.Signatory, roles.HeadOfOffice)),
    *(Grant(P.CONSULT, role, "涉及公众利益的决策应当征求意见（第十九条）") for role in (
        roles.Clerk, roles.HeadOfOffice)),
    *(Grant(P.EXPORT, role, "答复情况须能交给检查和审计，不含来信人身份") for role in (
        roles.Clerk, roles.HeadOfOffice, roles.Supervisor, roles.AuditAdministrator)),
))
