"""What may be done with hand-over batches, by whom, and why (Art. 25)."""

from __future__ import annotations

from gongkai.accounts import roles
from gongkai.accounts.permissions import Grant, Permission, register


class HandoverPermission(Permission):
    HAND_OVER = "handover.hand_over", "向档案馆、图书馆移交主动公开的信息"
    SEE = "handover.see", "看移交清单和回执"


P = HandoverPermission
register((
    *(Grant(P.HAND_OVER, role, "及时向国家档案馆、公共图书馆提供主动公开的政府信息（第二十五条）") for role in (
        roles.Clerk, roles.HeadOfOffice)),
    *(Grant(P.SEE, role, "移交情况要能核对") for role in (
        roles.Clerk, roles.HeadOfOffice, roles.Signatory, roles.Supervisor, roles.AuditAdministrator)),
))
