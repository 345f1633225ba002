"""What may be done in a campaign, by whom, and why (Art. 49)."""

from __future__ import annotations

from gongkai.accounts import roles
from gongkai.accounts.permissions import Grant, Permission, register


class CampaignPermission(Permission):
    EXPLAIN = "campaigns.explain", "说明报送数与计算数不一致的原因"
    MANAGE = "campaigns.manage", "布置年报工作、催报、登记豁免"
    READ = "campaigns.read", "签收年报工作的通知"
    SEE = "campaigns.see", "看年报工作的进度"


P = CampaignPermission
register((
    *(Grant(P.SEE, role, "各机关须知道何时报、报到了哪一步") for role in (
        roles.Clerk, roles.Reviewer, roles.Signatory, roles.HeadOfOffice)),
    Grant(P.SEE, roles.Supervisor, "主管部门掌握各机关的进度"),
    Grant(P.SEE, roles.AuditAdministrator, "审计须看得到办理经过"),
    Grant(P.MANAGE, roles.Supervisor, "主管部门组织本级及以下各机关编制年报（第四十九条）"),
    *(Grant(P.READ, role, "通知由公开工作机构签收") for role in (roles.Clerk, roles.HeadOfOffice)),
    *(Grant(P.EXPLAIN, role, "数字由谁报送，由谁说明") for role in (
        roles.Clerk, roles.HeadOfOffice, roles.Supervisor)),
))
