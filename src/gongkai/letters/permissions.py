"""What may be done with letters, by whom, and why (Arts. 33, 36, 45)."""

from __future__ import annotations

from gongkai.accounts import roles
from gongkai.accounts.permissions import Grant, Permission, register


class LetterPermission(Permission):
    ISSUE = "letters.issue", "发出文书"
    MANAGE_TEMPLATES = "letters.manage_templates", "更换文书模板"
    OPEN = "letters.open", "打开发出的文书"
    SEE = "letters.see", "查文号和文书状态"
    VOID = "letters.void", "作废已发文书"


P = LetterPermission
_STAFF = (roles.Clerk, roles.Reviewer, roles.Signatory, roles.HeadOfOffice)
register((
    *(Grant(P.ISSUE, role, "办到应当发文的一步时由办理人发出，能不能办这一步由申请办理的规则决定") for role in _STAFF),
    Grant(P.MANAGE_TEMPLATES, roles.HeadOfOffice, "文书样式由本机关公开工作机构负责人确定"),
    Grant(P.MANAGE_TEMPLATES, roles.SystemAdministrator, "系统管理员协助上传和恢复模板，看不到文书内容"),
    *(Grant(P.OPEN, role, "办理申请须看得到发出的文书") for role in _STAFF),
    *(Grant(P.SEE, role, "办理申请须查得到文号和文书状态") for role in _STAFF),
    Grant(P.SEE, roles.AuditAdministrator, "审计须核对文号是否连续，登记簿里没有个人信息"),
    Grant(P.VOID, roles.HeadOfOffice, "作废已发文书须由公开工作机构负责人决定"),
))
