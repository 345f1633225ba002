"""What may be done with publications, by whom, and why (Arts. 10–26)."""

from __future__ import annotations

from gongkai.accounts import roles
from gongkai.accounts.permissions import Grant, Permission, register


class PublicationPermission(Permission):
    CONTRIBUTE = "publications.contribute", "起草和报送本科室的信息"
    EXPORT = "publications.export", "导出公开台账"
    HANDLE = "publications.handle", "起草、接收、送审、确定解读方案"
    PUBLISH = "publications.publish", "发布已签发的信息"
    REASSESS = "publications.reassess", "对不予公开和依申请公开的信息再评估"
    REVIEW = "publications.review", "按关口审查"
    RULES = "publications.rules", "确定审查关口、索引号规则和公开期限"
    SEE = "publications.see", "看起草和审查中的信息"
    SIGN = "publications.sign", "签发公开"
    WITHDRAW = "publications.withdraw", "撤下已公开的信息"


P = PublicationPermission
register((
    *(Grant(P.SEE, role, "办理本机关的主动公开须看得到稿子") for role in (
        roles.Clerk, roles.Reviewer, roles.Signatory, roles.HeadOfOffice)),
    Grant(P.SEE, roles.Supervisor, "主管部门监督下级机关是否按期、全面公开（第四十七条）"),
    Grant(P.SEE, roles.AuditAdministrator, "审计须看得到办理经过"),
    Grant(P.CONTRIBUTE, roles.Contributor, "谁制作谁起草：科室起草本科室的信息并确定公开属性，看不到其他科室未公开的"),
    *(Grant(P.HANDLE, role, "公开工作机构接收、整理、送审（第四条）") for role in (roles.Clerk, roles.HeadOfOffice)),
    *(Grant(P.REVIEW, role, "审查由起草人和签发人以外的人做（第十七条）") for role in (
        roles.Reviewer, roles.HeadOfOffice)),
    Grant(P.SIGN, roles.Signatory, "公开属性由签发人最后确定"),
    Grant(P.SIGN, roles.HeadOfOffice, "授权签发时由公开工作机构负责人签发"),
    *(Grant(P.PUBLISH, role, "签发以后由专人统一发布") for role in (roles.Clerk, roles.HeadOfOffice)),
    *(Grant(P.WITHDRAW, role, "发现不该公开的须立即撤下") for role in (
        roles.Clerk, roles.Signatory, roles.HeadOfOffice)),
    *(Grant(P.REASSESS, role, "定期评估不公开的信息（第十八条）") for role in (roles.Signatory, roles.HeadOfOffice)),
    Grant(P.RULES, roles.HeadOfOffice, "公开工作机构负责人确定本机关的审查和公开规则"),
    *(Grant(P.EXPORT, role, "公开台账须能交给检查和审计") for role in (
        roles.Clerk, roles.HeadOfOffice, roles.Supervisor, roles.AuditAdministrator)),
))
