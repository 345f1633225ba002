"""What may be done with annual reports, by whom, and why (Arts. 49, 50)."""

from __future__ import annotations

from gongkai.accounts import roles
from gongkai.accounts.permissions import Grant, Permission, register


class AnnualReportPermission(Permission):
    CONFIRM = "annual_reports.confirm", "确认年报属于哪个机关和年份"
    CORRECT = "annual_reports.correct", "更正年报里的数字"
    PUBLISH = "annual_reports.publish", "公布和撤下年报"
    SEE = "annual_reports.see", "看年报"
    UPLOAD = "annual_reports.upload", "上传年报"


P = AnnualReportPermission
register((
    *(Grant(P.SEE, role, "办理本机关年报须看得到它") for role in (
        roles.Clerk, roles.Contributor, roles.Reviewer, roles.Signatory, roles.HeadOfOffice)),
    Grant(P.SEE, roles.Supervisor, "主管部门汇总和督促下级机关的年报"),
    Grant(P.SEE, roles.AuditAdministrator, "审计须看得到全部内容"),
    Grant(P.UPLOAD, roles.Clerk, "年报文件由经办人报送"),
    Grant(P.UPLOAD, roles.HeadOfOffice, "负责人可以做经办人能做的一切"),
    Grant(P.UPLOAD, roles.Supervisor, "主管部门可以成批导入下级机关的年报"),
    Grant(P.CONFIRM, roles.Clerk, "机关和年度认得对不对，由经办人确认"),
    Grant(P.CONFIRM, roles.HeadOfOffice, "负责人可以做经办人能做的一切"),
    Grant(P.CONFIRM, roles.Supervisor, "谁成批导入，谁确认"),
    Grant(P.CORRECT, roles.Clerk, "文件读错或填错的数字由经办人更正并说明理由"),
    Grant(P.CORRECT, roles.HeadOfOffice, "负责人可以做经办人能做的一切"),
    Grant(P.CORRECT, roles.Supervisor, "主管部门核出的错误可以直接更正，留下理由"),
    Grant(P.PUBLISH, roles.Signatory, "年报由分管领导签发后公开"),
    Grant(P.PUBLISH, roles.HeadOfOffice, "公开工作机构负责按期公布年报（第五十条）"),
    Grant(P.PUBLISH, roles.Supervisor, "主管部门集中公布下级机关的年报"),
))
