"""The roles of a disclosure office, as classes that can be read aloud. No Django.

`subtree` says whether a post in this role reaches the agencies below its own. What a role may do is declared by the
domain that owns the permission (its `permissions.py`), each grant with its reason.
"""

from __future__ import annotations


class Role:
    """Base of all roles. `key` is stored in posts and never changes."""

    key: str
    name: str
    sentence: str
    subtree: bool = False


class Clerk(Role):
    key = "clerk"
    name = "经办人"
    sentence = "在本机关办理政府信息公开的日常工作：登记、起草、上传、核对。"


class Contributor(Role):
    key = "contributor"
    name = "科室报送人"
    sentence = "向本机关公开工作机构报送本科室的信息和数字，可以看本机关的年报，不能确认。"


class Reviewer(Role):
    key = "reviewer"
    name = "审核人"
    sentence = "审核经办人起草的内容，与起草人不是同一人。"


class Signatory(Role):
    key = "signatory"
    name = "签发人"
    sentence = "分管领导，签发答复、公开和年报。"


class HeadOfOffice(Role):
    key = "head"
    name = "公开工作机构负责人"
    sentence = "负责本机关的公开工作机构，可以做经办人能做的一切，并管理本机关的岗位。"


class Supervisor(Role):
    key = "supervisor"
    name = "主管部门监督员"
    sentence = "政府信息公开工作主管部门的人员，看得到并督促本级及以下各机关，汇总和公开年报。"
    subtree = True


class SystemAdministrator(Role):
    key = "system_admin"
    name = "系统管理员"
    sentence = "管理机关目录和账号，不看业务内容，不授予岗位。"
    subtree = True


class SecurityAdministrator(Role):
    key = "security_admin"
    name = "安全保密管理员"
    sentence = "授予和收回岗位，不建账号，不办业务。"
    subtree = True


class AuditAdministrator(Role):
    key = "audit_admin"
    name = "安全审计员"
    sentence = "查看全部操作记录并核验台账，不能改动任何内容。"
    subtree = True


ALL: tuple[type[Role], ...] = (
    Clerk, Contributor, Reviewer, Signatory, HeadOfOffice, Supervisor,
    SystemAdministrator, SecurityAdministrator, AuditAdministrator,
)
BY_KEY: dict[str, type[Role]] = {role.key: role for role in ALL}

# 三员分立: one person holds at most one of these, and none of the roles that do the work.
THREE_ADMINISTRATORS = frozenset({SystemAdministrator.key, SecurityAdministrator.key, AuditAdministrator.key})
