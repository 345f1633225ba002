"""The registers behind table 二 and what each row of them says. No Django."""

from __future__ import annotations

from enum import StrEnum


class DocumentKind(StrEnum):
    """What 第二十条第（一）项 counts."""

    REGULATION = "regulation"
    NORMATIVE = "normative"


DOCUMENT_NAMES: dict[DocumentKind, str] = {
    DocumentKind.REGULATION: "规章", DocumentKind.NORMATIVE: "行政规范性文件",
}


class Ending(StrEnum):
    """How a document ceased to be in force."""

    NONE = ""
    REPEALED = "repealed"
    LAPSED = "lapsed"


ENDING_NAMES: dict[Ending, str] = {Ending.NONE: "", Ending.REPEALED: "废止", Ending.LAPSED: "失效"}


class Register(StrEnum):
    """What else table 二 counts, each row a decision, a charge or a purchase."""

    LICENCE = "licence"
    SERVICE = "service"
    PENALTY = "penalty"
    COERCION = "coercion"
    FEE = "fee"
    PROCUREMENT = "procurement"


REGISTER_NAMES: dict[Register, str] = {
    Register.LICENCE: "行政许可", Register.SERVICE: "其他对外管理服务事项", Register.PENALTY: "行政处罚",
    Register.COERCION: "行政强制", Register.FEE: "行政事业性收费", Register.PROCUREMENT: "政府集中采购",
}
# What one row is called, and the day that counts it.
ROW_NAMES: dict[Register, tuple[str, str]] = {
    Register.LICENCE: ("许可决定", "决定日期"), Register.SERVICE: ("处理决定", "决定日期"),
    Register.PENALTY: ("处罚决定", "决定日期"), Register.COERCION: ("强制决定", "决定日期"),
    Register.FEE: ("收费", "收费日期"), Register.PROCUREMENT: ("采购项目", "采购日期"),
}
WITH_AMOUNT = frozenset({Register.FEE, Register.PROCUREMENT, Register.PENALTY})
AMOUNT_NEEDED = frozenset({Register.FEE, Register.PROCUREMENT})
# 双公示: decisions to be shown within seven working days (国务院办公厅关于运用大数据…; local notices repeat it).
SHOWN_WITHIN = {Register.LICENCE: 7, Register.PENALTY: 7}
# Items in stock that the form of 2019 counts: how many there were, how many came and went.
WITH_ITEMS = frozenset({Register.LICENCE, Register.SERVICE, Register.PENALTY, Register.COERCION, Register.FEE})


class Shown(StrEnum):
    """Whether a row was made public."""

    NOT_YET = "not_yet"
    SHOWN = "shown"
    LAWFULLY_NOT = "lawfully_not"


SHOWN_NAMES: dict[Shown, str] = {
    Shown.NOT_YET: "待公示", Shown.SHOWN: "已公示", Shown.LAWFULLY_NOT: "依法不公示",
}
