"""Which commands there are, and where each lives.

A command's module is imported only when the command runs, so that `gongkai check` never loads Django. A module holds
a Typer app; the entry is the app's command of the same name, or the whole app as a group.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """Module and attribute of a Typer app, and the line that `gongkai --help` shows without importing it."""

    place: str
    help: str


COMMANDS: dict[str, Entry] = {
    "read": Entry("gongkai.cli.read:app", "读取年度报告，显示或输出 JSON"),
    "check": Entry("gongkai.cli.check:app", "核对年度报告，指出问题和改法"),
    "convert": Entry("gongkai.cli.convert:app", "把年度报告转换为其他格式"),
    "compare": Entry("gongkai.cli.compare:app", "对照两份年度报告"),
    "screen": Entry("gongkai.cli.screen:app", "公开前筛查文件，写出清理后的文件"),
    "due": Entry("gongkai.cli.due:app", "计算依申请公开的答复期限并说明依据"),
    "demo": Entry("gongkai.demo.commands:app", "启动示范县"),
    "serve": Entry("gongkai.infra.commands:app", "启动网站"),
    "accounts": Entry("gongkai.accounts.commands:app", "开设账号和任命岗位"),
    "agencies": Entry("gongkai.agencies.commands:app", "登记和导入机关"),
    "vault": Entry("gongkai.vault.commands:app", "申请人身份的密钥"),
    "applications": Entry("gongkai.applications.commands:app", "导入申请登记台账"),
    "annual": Entry("gongkai.compilations.commands:app", "从台账算出年报数字，打开每个数字"),
    "search": Entry("gongkai.search.commands:app", "核对和重建检索索引"),
    "ledger": Entry("gongkai.ledger.commands:app", "核验操作台账"),
    "doctor": Entry("gongkai.infra.commands:app", "自检"),
}
