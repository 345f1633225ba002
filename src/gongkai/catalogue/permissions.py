"""What may be done to a catalogue, by whom, and why."""

from __future__ import annotations

from gongkai.accounts import roles
from gongkai.accounts.permissions import Grant, Permission, register


class CataloguePermission(Permission):
    ASSIGN = "catalogue.assign", "向下级机关下达公开事项"
    MAINTAIN = "catalogue.maintain", "维护本机关的公开目录"
    SEE = "catalogue.see", "查看公开目录"


register((
    Grant(CataloguePermission.ASSIGN, roles.Supervisor, "主管部门部署下级机关主动公开的范围和内容（第二十二条）"),
    Grant(CataloguePermission.MAINTAIN, roles.Clerk, "经办人随职能和要求的变化更新目录（第十二条）"),
    Grant(CataloguePermission.MAINTAIN, roles.HeadOfOffice, "公开工作机构负责编制目录（第四条）"),
    Grant(CataloguePermission.MAINTAIN, roles.Supervisor, "下达的和必须公开的事项由主管部门修改、停用（第二十二条）"),
    Grant(CataloguePermission.SEE, roles.Clerk, "按目录办理公开"),
    Grant(CataloguePermission.SEE, roles.Contributor, "科室要知道自己应报送哪些事项"),
    Grant(CataloguePermission.SEE, roles.HeadOfOffice, "对目录的完整和及时负责"),
    Grant(CataloguePermission.SEE, roles.Reviewer, "审核时核对事项、依据和时限"),
    Grant(CataloguePermission.SEE, roles.Signatory, "签发时核对事项和时限"),
    Grant(CataloguePermission.SEE, roles.Supervisor, "逐一检查各机关目录是否齐全、是否更新（第四十七条）"),
))
