"""The words a publication is described with: kinds, attributes, validity, channels. No Django."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What sort of thing is published; the policy library filters by it."""

    REGULATION = "regulation"          # 规章
    NORMATIVE = "normative"            # 行政规范性文件
    POLICY = "policy"                  # 其他政策文件
    INTERPRETATION = "interpretation"  # 政策解读
    CLARIFICATION = "clarification"    # 回应和澄清（第六条）
    GUIDE = "guide"                    # 公开指南（第十二条）
    RULES = "rules"                    # 公开制度
    INSTITUTION = "institution"        # 机构职能
    PLAN = "plan"                      # 规划计划
    STATISTICS = "statistics"          # 统计信息
    LICENCE = "licence"                # 许可和服务事项及结果
    PENALTY = "penalty"                # 处罚、强制及决定
    BUDGET = "budget"                  # 预算、决算
    FEE = "fee"                        # 收费
    PROCUREMENT = "procurement"        # 政府采购
    PROJECT = "project"                # 重大建设项目
    WELFARE = "welfare"                # 民生政策
    EMERGENCY = "emergency"            # 应急管理
    INSPECTION = "inspection"          # 监督检查
    RECRUITMENT = "recruitment"        # 招考录用
    CONSULTATION = "consultation"      # 征求意见稿和采纳情况
    ANNUAL = "annual"                  # 年度总结
    OTHER = "other"                    # 其他


KIND_NAMES: dict[Kind, str] = {
    Kind.REGULATION: "规章", Kind.NORMATIVE: "行政规范性文件", Kind.POLICY: "政策文件", Kind.INTERPRETATION: "政策解读",
    Kind.CLARIFICATION: "回应澄清", Kind.GUIDE: "公开指南", Kind.RULES: "公开制度", Kind.INSTITUTION: "机构职能",
    Kind.PLAN: "规划计划", Kind.STATISTICS: "统计信息", Kind.LICENCE: "许可和服务", Kind.PENALTY: "处罚和强制",
    Kind.BUDGET: "预算决算", Kind.FEE: "行政收费", Kind.PROCUREMENT: "政府采购", Kind.PROJECT: "重大建设项目",
    Kind.WELFARE: "民生政策", Kind.EMERGENCY: "应急管理", Kind.INSPECTION: "监督检查", Kind.RECRUITMENT: "招考录用",
    Kind.CONSULTATION: "征求意见", Kind.ANNUAL: "年度总结", Kind.OTHER: "其他信息",
}
# What the policy library (政策文件库) holds.
POLICIES = frozenset({Kind.REGULATION, Kind.NORMATIVE, Kind.POLICY})
# What needs a plan of interpretation before it is signed (谁起草、谁解读；三同步).
INTERPRETED = frozenset({Kind.REGULATION, Kind.NORMATIVE})


class Attribute(StrEnum):
    """公开属性, fixed while a document is drafted, decided by whoever signs it."""

    ACTIVE = "active"
    ON_REQUEST = "on_request"
    WITHHELD = "withheld"


ATTRIBUTE_NAMES: dict[Attribute, str] = {
    Attribute.ACTIVE: "主动公开", Attribute.ON_REQUEST: "依申请公开", Attribute.WITHHELD: "不予公开",
}
# What is printed below the date of a document.
PRINT_MARKS: dict[Attribute, str] = {
    Attribute.ACTIVE: "（此件公开发布）", Attribute.ON_REQUEST: "（此件依申请公开）", Attribute.WITHHELD: "",
}


class Validity(StrEnum):
    """有效性 of a policy document."""

    IN_FORCE = "in_force"
    AMENDED = "amended"
    LAPSED = "lapsed"
    REPEALED = "repealed"
    NONE = ""


VALIDITY_NAMES: dict[Validity, str] = {
    Validity.IN_FORCE: "有效", Validity.AMENDED: "已修改", Validity.LAPSED: "失效", Validity.REPEALED: "废止",
    Validity.NONE: "",
}


class Origin(StrEnum):
    """Where the information comes from, which decides who publishes it (Art. 10)."""

    MADE = "made"
    FROM_PUBLIC = "from_public"
    FROM_ORGAN = "from_organ"


ORIGIN_NAMES: dict[Origin, str] = {
    Origin.MADE: "本机关制作", Origin.FROM_PUBLIC: "从公民、法人和其他组织获取并保存",
    Origin.FROM_ORGAN: "从其他机关获取",
}


class Relation(StrEnum):
    """How one publication stands to another: the first … the second."""

    INTERPRETS = "interprets"
    REPEALS = "repeals"
    AMENDS = "amends"
    CLARIFIES = "clarifies"
    RESPONDS = "responds"      # 采纳情况 to a consultation
    RELATED = "related"


# Told from the first, and told from the second.
RELATION_NAMES: dict[Relation, tuple[str, str]] = {
    Relation.INTERPRETS: ("解读的文件", "政策解读"), Relation.REPEALS: ("废止的文件", "被以下文件废止"),
    Relation.AMENDS: ("修改的文件", "被以下文件修改"), Relation.CLARIFIES: ("澄清的信息", "有关澄清"),
    Relation.RESPONDS: ("征求意见稿", "意见采纳情况"), Relation.RELATED: ("相关信息", "相关信息"),
}


class Withdrawal(StrEnum):
    """Why a published item was taken down. Of the first two the public page does not even show the title."""

    SECRECY = "secrecy"
    PRIVACY = "privacy"
    ERROR = "error"
    REPEALED = "repealed"
    MOVED = "moved"
    OTHER = "other"


WITHDRAWAL_NAMES: dict[Withdrawal, str] = {
    Withdrawal.SECRECY: "经审查不应公开", Withdrawal.PRIVACY: "涉及个人隐私或者商业秘密", Withdrawal.ERROR: "内容有误",
    Withdrawal.REPEALED: "已经废止、失效", Withdrawal.MOVED: "公开主体改变", Withdrawal.OTHER: "其他原因",
}
TITLE_HIDDEN = frozenset({Withdrawal.SECRECY, Withdrawal.PRIVACY})

CHANNEL_NAMES: dict[str, str] = {
    "website": "政府网站", "gazette": "政府公报", "new_media": "两微一端", "press": "新闻发布会、听证会",
    "broadcast": "广播电视", "print": "纸质媒体", "reading_point": "公开查阅点", "service_hall": "政务服务中心",
    "service_station": "便民服务站", "on_site": "入户、现场", "notice_board": "社区、单位、村公示栏",
    "push": "精准推送", "other": "其他",
}
LANES = ("normal", "emergency")
INTERPRETATION_FORMS: dict[str, str] = {
    "text": "文字解读", "picture": "图解", "video": "视频音频", "conference": "新闻发布、座谈", "qa": "问答",
    "expert": "专家解读",
}
