"""Who may say which words mean the same, and why."""

from __future__ import annotations

from gongkai.accounts import roles
from gongkai.accounts.permissions import Grant, Permission, register


class SearchPermission(Permission):
    SYNONYMS = "search.synonyms", "维护检索同义词，查看没有找到结果的检索词"


register((
    Grant(SearchPermission.SYNONYMS, roles.HeadOfOffice, "公开工作机构知道群众怎么称呼本机关的业务"),
    Grant(SearchPermission.SYNONYMS, roles.Supervisor, "主管部门统一各机关的用语，并掌握群众在找什么"),
))
