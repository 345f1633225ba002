"""What may be done in compiling an annual report, by whom, and why (Arts. 49, 50)."""

from __future__ import annotations

from django.db.models import Q

from gongkai.accounts import roles
from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import Denied, Grant, Located, Permission, holders, may, register
from gongkai.accounts.permissions import within as agencies_within
from gongkai.agencies.models import WIDTH
from gongkai.annual_reports.models import Scope


class CompilationPermission(Permission):
    COMPILE = "compilations.compile", "编制年报：生成数字、手工填报、写文字、核对"
    CONSOLIDATE = "compilations.consolidate", "编制、核对和提交本级政府的汇总年报"
    CORRECT = "compilations.correct", "对已公布的年报发布更正"
    PUBLISH = "compilations.publish", "公布已核准的年报"
    RECEIVE = "compilations.receive", "核准或者退回下级机关的年报"
    SEE = "compilations.see", "看编制中的年报和每个数字的出处"
    SIGN = "compilations.sign", "签发年报"
    SUBMIT = "compilations.submit", "把签发的年报提交主管部门"
    WAIVE = "compilations.waive", "对没有消除的问题说明理由后放行"


P = CompilationPermission
register((
    *(Grant(P.SEE, role, "办理本机关年报须看得到它") for role in (
        roles.Clerk, roles.Reviewer, roles.Signatory, roles.HeadOfOffice)),
    Grant(P.SEE, roles.Supervisor, "主管部门核对下级机关的年报"),
    Grant(P.SEE, roles.AuditAdministrator, "审计须看得到办理经过"),
    *(Grant(P.COMPILE, role, "年报由公开工作机构编制（第四条、第五十条）") for role in (
        roles.Clerk, roles.HeadOfOffice)),
    Grant(
        P.CONSOLIDATE, roles.Supervisor, "主管部门3月31日前公布本级政府的年报（第四十九条）；各机关的由各机关编制",
        here=True,
    ),
    Grant(P.SIGN, roles.Signatory, "分管领导是年报的第一责任人"),
    *(Grant(P.WAIVE, role, "带着问题签发须有人负责并说明理由") for role in (roles.HeadOfOffice, roles.Signatory)),
    *(Grant(P.SUBMIT, role, "每年1月31日前提交主管部门（第四十九条）") for role in (roles.Clerk, roles.HeadOfOffice)),
    Grant(P.RECEIVE, roles.Supervisor, "主管部门核对、退回、核准下级机关的年报"),
    *(Grant(P.PUBLISH, role, "年报须按期向社会公布（第四十九条）") for role in (
        roles.Clerk, roles.HeadOfOffice, roles.Supervisor)),
    Grant(P.CORRECT, roles.Signatory, "更正已公布的数字与签发同责"),
))

# What whoever consolidates may do with the consolidated report of the very government, and with no other.
_CONSOLIDATING = frozenset({P.COMPILE, P.SUBMIT})


def able(actor: Actor, permission: CompilationPermission, obj: Located, scope: str) -> bool:
    """`may`, for a report of a scope. The supervisor of a government compiles and hands on its consolidated report, not
    the office's own; nobody receives the consolidated report of the own government, which goes to the level above. At
    the top of the tree there is none: one that came as a file is received there, or it would wait for ever."""
    if scope != Scope.CONSOLIDATED or actor.machine:
        return may(actor, permission, obj)
    if permission is P.RECEIVE and not _top(obj.access_path):
        above = (h for h in actor.holdings if h.agency_path != obj.access_path and h.covers(obj.access_path))
        return any(h.role in holders(permission) for h in above)
    return may(actor, permission, obj) or (permission in _CONSOLIDATING and may(actor, P.CONSOLIDATE, obj))


def holds(actor: Actor, permission: CompilationPermission) -> bool:
    """Whether there is any report on which one may be `able`."""
    return may(actor, permission) or (permission in _CONSOLIDATING and may(actor, P.CONSOLIDATE))


def within(actor: Actor, permission: CompilationPermission) -> Q:
    """The compilations over which one is `able`: the same question, asked of rows."""
    rows, whole = agencies_within(actor, permission, "agency__path"), Q(scope=Scope.CONSOLIDATED)
    if actor.machine:
        return rows
    if permission is P.RECEIVE:
        for holding in actor.holdings:
            place = holding.agency_path
            if not _top(place) and not any(h.agency_path != place and h.covers(place)
                                           and h.role in holders(permission) for h in actor.holdings):
                rows &= ~(whole & Q(agency__path=place))
    if permission in _CONSOLIDATING:
        rows |= agencies_within(actor, P.CONSOLIDATE, "agency__path") & whole
    return rows


def _top(path: str) -> bool:
    return len(path) == WIDTH


def authorise(by: Actor, permission: CompilationPermission, obj: Located, scope: str) -> None:
    """Raise Denied unless `able`."""
    if not able(by, permission, obj, scope):
        raise Denied(permission)
