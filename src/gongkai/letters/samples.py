"""What a preview of a template shows where the general sample of a field would read oddly. Invented throughout."""

from __future__ import annotations

_CHECKED = "所申请的内容涉及2025年上半年和下半年两个批次，本机关分别作了核对"

SAMPLES: dict[str, dict[str, str]] = {
    "third_party_decision": {"reasons": "该信息涉及公共安全，不公开可能对公共利益造成重大影响",
                             "notice_number": "青民公征〔2026〕2号"},
    "extension_notice": {"reasons": "需要调阅的档案数量较多，正在核对"},
    "delay_notice": {"reasons": "需要逐件检索和区分处理的信息数量较多"},
    "split_notice": {"reasons": "其中资金分配方案和救助人数统计由不同科室制作"},
    "withdrawal_confirmation": {"reasons": "已从其他途径取得所需信息"},
    "third_party_confirmation": {"notice_number": "青民公征〔2026〕2号", "notice_on": "2026年2月10日"},
    "reply_granted": {"reasons": "原件为孤本，提供纸质复制件可能危及信息载体安全，改为提供电子件"},
    "reply_partial": {"reasons": "上述内容与其余部分可以区分，其余部分不含不予公开的内容"},
    "reply_refused": {"reasons": "该信息为企业的报价构成和成本资料，属于商业秘密，公开会损害其竞争利益", "statute": ""},
    "reply_not_ours": {"reasons": "该信息由财政部门制作，本机关没有参与"},
    "reply_creation": {"reasons": "本机关保存的是按月的发放清册，没有按村组汇总的统计表"},
    "reply_unclear": {"reasons": "补正材料没有指明文件名称、文号或者其他能够用于检索的特征"},
    "reply_enquiry": {"reasons": "所申请的是不动产登记簿的记载内容", "where": "青澜县不动产登记中心，0990-0000003"},
    "reply_repeat": {"reasons": "两次申请的文字不同，所指为同一份文件"},
    "reply_petition": {"reasons": "所申请的内容为要求调查处理有关人员", "where": "青澜县信访局，或者全国信访信息系统"},
    "reply_publication": {"where": "《青澜县人民政府公报》2025年第3期，可以到青澜县档案馆、图书馆查阅"},
    "reply_excessive": {"reasons": "您（单位）说明的理由与所申请的信息没有关联"},
    "reply_confirmation": {"reasons": "您（单位）已于2025年11月取得该信息", "statute": ""},
    "reply_uncorrected": {"notice_number": "青民公补〔2026〕3号"},
    "reply_not_information": {"reasons": "所申请的内容为政策咨询，不是以一定形式记录、保存的信息",
                              "where": "12345政务服务便民热线"},
    "reply_record_correction": {"reasons": "登记时录入有误", "treatment": "有关记录确有错误，已于2026年3月2日更正",
                                "right_organ": "", "right_contact": ""},
    "reply_other": {"reasons": _CHECKED, "basis": "《中华人民共和国政府信息公开条例》第三十六条"},
}
