"""What a published package holds: its files, their columns, and what each column means. No Django.

The columns say what a rule of counting looks at and nothing else. There is no register number, no date, no agency and
no text: a line says no more than the tables themselves say of one application, so that nobody is told apart by it.
Lines are sorted by what they hold; their place says nothing of the order in which anything came in.
"""

from __future__ import annotations

FORMAT = "gongkai-package-1"
TABLES, RULES, SUMS, READ_ME = "tables.json", "rules.csv", "SHA256SUMS", "说明.txt"

APPLICATIONS, DISPUTES, DOCUMENTS, ENTRIES, POWERS, GIVEN = (
    "applications.csv", "disputes.csv", "documents.csv", "entries.csv", "powers.csv", "given.csv",
)
COLUMNS: dict[str, tuple[str, ...]] = {
    APPLICATIONS: ("序号", "申请人类型", "本年新收", "上年结转", "办理结果", "结转下年"),
    DISPUTES: ("序号", "类别", "结果"),
    DOCUMENTS: ("序号", "种类", "计入的列"),
    ENTRIES: ("序号", "台账", "计入的列", "金额（元）"),
    POWERS: ("序号", "台账", "上年底在列", "本年增加", "本年取消"),
    GIVEN: ("序号", "由来", "来源", "单元格", "数值"),
}
RECORDS = tuple(COLUMNS)
RULE_COLUMNS = ("单元格", "名称", "规则")

# Where a number comes from that was given as it is, without records.
GIVEN_NAMES = {"hand": "手工填报", "member": "下级机关的年报", "file": "报送的文件"}

MEANING: dict[str, dict[str, str]] = {
    APPLICATIONS: {
        "申请人类型": "表三的列：自然人或者法人和其他组织的五类之一，写列的编号（natural、business……）",
        "本年新收": "1 表示本年度收到，计入“一、本年新收”", "上年结转": "1 表示上年底尚未办结，计入“二、上年结转”",
        "办理结果": "本年度办结的，写表三“三、本年度办理结果”中那一行的编号；没有办结的为空",
        "结转下年": "1 表示本年底尚未办结，计入“四、结转下年度继续办理”",
    },
    DISPUTES: {
        "类别": "reconsideration 行政复议，direct 未经复议直接起诉，after 复议后起诉",
        "结果": "upheld 结果维持，corrected 结果纠正，other 其他结果，pending 尚未审结",
    },
    DOCUMENTS: {"种类": "regulations 规章，normative 行政规范性文件", "计入的列": "表二中计入的列，几列之间空一格"},
    ENTRIES: {
        "台账": "表二的行：licences 行政许可，penalties 行政处罚，coercion 行政强制，services 其他对外管理服务事项，"
              "fees 行政事业性收费，procurement 政府集中采购",
        "计入的列": "表二中计入的列；amount 计入金额之和", "金额（元）": "只有计入金额的才有",
    },
    POWERS: {
        "台账": "表二的行", "上年底在列": "1 表示计入“上一年项目数量”", "本年增加": "1 表示在“本年增/减”中加一",
        "本年取消": "1 表示在“本年增/减”中减一",
    },
    GIVEN: {
        "由来": "手工填报、下级机关的年报或者报送的文件", "来源": "手工填报所说的来源，或者机关的名称",
        "数值": "直接给出的数，没有逐条记录",
    },
}
