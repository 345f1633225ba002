"""Who may see who asked, and why."""

from __future__ import annotations

from gongkai.accounts import roles
from gongkai.accounts.permissions import Grant, Permission, register


class VaultPermission(Permission):
    ADDRESS = "vault.address", "由程序取用收件人写文书和信封"
    AUDIT = "vault.audit", "看谁看过申请人身份、为什么"
    DESTROY = "vault.destroy", "保管期满销毁申请人身份"
    REVEAL = "vault.reveal", "说明理由后查看申请人身份"
    SEAL = "vault.seal", "登记和补正申请人身份"
    SEE_MASKED = "vault.see_masked", "看隐去后的申请人身份"


register((
    Grant(VaultPermission.SEAL, roles.Clerk, "经办人登记收到的申请"),
    Grant(VaultPermission.SEAL, roles.HeadOfOffice, "负责人可以做经办人能做的一切"),
    Grant(VaultPermission.REVEAL, roles.Clerk, "核对身份、联系补正和送达须看到真实信息，每次写明理由"),
    Grant(VaultPermission.REVEAL, roles.HeadOfOffice, "负责人复核身份和处理投诉须看到真实信息，每次写明理由"),
    Grant(VaultPermission.ADDRESS, roles.Clerk, "经办人起草的文书须写明收件人"),
    Grant(VaultPermission.ADDRESS, roles.HeadOfOffice, "负责人可以做经办人能做的一切"),
    Grant(VaultPermission.ADDRESS, roles.Reviewer, "审核的文书就是要寄出的文书"),
    Grant(VaultPermission.ADDRESS, roles.Signatory, "签发的文书就是要寄出的文书"),
    Grant(VaultPermission.SEE_MASKED, roles.Clerk, "办理时须分清是谁的申请"),
    Grant(VaultPermission.SEE_MASKED, roles.HeadOfOffice, "负责人可以看经办人能看的一切"),
    Grant(VaultPermission.SEE_MASKED, roles.Reviewer, "审核时须分清是谁的申请"),
    Grant(VaultPermission.SEE_MASKED, roles.Signatory, "签发时须分清是谁的申请"),
    Grant(VaultPermission.SEE_MASKED, roles.Supervisor, "督促办理不需要知道申请人是谁，只看隐去后的"),
    Grant(VaultPermission.AUDIT, roles.AuditAdministrator, "每次查看的理由要有人看"),
    Grant(VaultPermission.AUDIT, roles.HeadOfOffice, "负责人对本机关查看申请人身份负责"),
    Grant(VaultPermission.DESTROY, roles.HeadOfOffice, "保管期满由负责人决定销毁，留下记录"),
))
