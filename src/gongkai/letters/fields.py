"""The fields that a letter may show: what callers hand in by `key`, what an office writes in its template by `label`.

A template may write {{申请人}} or {{applicant}}; both are the same field. No Django.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

Shape = Literal["text", "date", "rows"]


@dataclass(frozen=True, slots=True)
class Field:
    """One field. `rows` are lists of mappings with the `columns` (key, label); `sample` is what a preview shows."""

    key: str
    label: str
    sample: Any
    shape: Shape = "text"
    columns: tuple[tuple[str, str], ...] = ()


def _text(key: str, label: str, sample: str) -> Field:
    return Field(key, label, sample)


def _day(key: str, label: str, sample: date) -> Field:
    return Field(key, label, sample, "date")


# What the program fills in for every letter; callers may override the words, never the number, date and code.
OWN: tuple[Field, ...] = (
    _text("organ", "机关名称", "青澜县民政局"),
    _text("number", "文号", "青民公复〔2026〕1号"),
    _day("date", "发文日期", date(2026, 3, 5)),
    _text("you", "称谓", "您（单位）"),
    _text("code", "核验码", "ABCD-EFGH-JKMN-PQRS"),
    _text("office", "公开工作机构", "青澜县民政局办公室"),
    _text("address", "办公地址", "青澜县人民路1号"),
    _text("postcode", "邮政编码", "830000"),
    _text("hours", "办公时间", "工作日9:30—13:30，16:00—19:30"),
    _text("phone", "联系电话", "0990-0000000"),
    _text("fax", "传真号码", "0990-0000001"),
    _text("email", "电子邮箱", "office@example.invalid"),
    _text("review_organ", "行政复议机关", "青澜县人民政府"),
    _text("court", "管辖法院", "青澜县人民法院"),
    _text("payment", "缴费方式", "持本通知书到青澜县政务服务中心非税收入窗口缴纳，或扫描非税缴款码缴纳"),
    _text("remedy", "救济告知", (
        "如对本答复不服，可以自收到本答复之日起60日内向青澜县人民政府申请行政复议。"
    )),
)

# What the caller hands in.
GIVEN: tuple[Field, ...] = (
    _text("applicant", "申请人", "张某某"),
    _text("applicant_kind", "申请人类型", "自然人"),
    _text("identity", "身份证明", "居民身份证（已核对）"),
    _text("contact", "联系方式", "138****0000"),
    _text("contact_address", "通信地址", "青澜县某路某号"),
    _text("application_number", "申请编号", "2026-0001"),
    _day("received_on", "收到日期", date(2026, 2, 2)),
    _text("channel", "收到渠道", "网络"),
    _text("requested", "申请内容", "2025年度全县临时救助资金的分配方案"),
    _text("attachments", "申请材料", "政府信息公开申请表1份、身份证明1份"),
    _text("delivery_form", "提供形式", "纸质"),
    _text("delivery_route", "获取途径", "邮寄"),
    _text("handler", "经办人", "李某"),
    _day("due_on", "截止日期", date(2026, 3, 12)),
    _day("due_before", "原答复期限", date(2026, 3, 5)),
    _text("period", "期限说明", "第三方收到征求意见书之日起15个工作日"),
    _text("reasons", "理由", "申请所称的资金涉及两个批次，需要明确所指的文件名称、文号或者便于查询的其他特征"),
    _text("correction", "补正内容", "1. 所需信息的文件名称、文号或者其他特征性描述；\n2. 身份证明。"),
    _day("corrected_on", "补正日期", date(2026, 2, 12)),
    _text("notice_number", "原告知书文号", "青民公补〔2026〕3号"),
    _day("notice_on", "原告知日期", date(2026, 2, 4)),
    _day("correction_asked_on", "补正告知日期", date(2026, 2, 4)),
    _day("correction_due_on", "补正期限", date(2026, 2, 25)),
    _day("reasons_asked_on", "说明理由告知日期", date(2026, 2, 4)),
    _text("fee_notice_number", "收费通知文号", "青民公费〔2026〕1号"),
    _day("payment_due_on", "缴费期限", date(2026, 3, 4)),
    _text("history", "申请情况", "2026年1月以来，您（单位）向本机关提出政府信息公开申请共46件，其中内容相近的31件"),
    _text("facts", "办理情况", "收到申请后，本机关对所申请的信息进行了检索和审查。"),
    _text("basis", "法律依据", "《中华人民共和国政府信息公开条例》第三十六条"),
    _text("treatment", "处理结果", "所申请的事项已并入前一申请一并处理"),
    _text("where", "公开的位置", "青澜县人民政府网站“政府信息公开”专栏—法定主动公开内容—社会救助"),
    _text("how", "获取方式", "登录网站后按索引号检索，或者到青澜县档案馆、图书馆查阅"),
    _text("provided", "提供的信息", "《青澜县2025年度临时救助资金分配方案》（共3页）"),
    _text("way", "提供方式", "邮寄纸质复制件"),
    _text("time", "提供时间", "随本答复"),
    _text("ground", "不予公开情形", "refused_third_party"),
    _text("ground_sentence", "不予公开情形表述", "涉及商业秘密、个人隐私等，公开会对第三方合法权益造成损害"),
    _text("ground_article", "不予公开依据", "《中华人民共和国政府信息公开条例》第十五条"),
    _text("statute", "专门规定", "《不动产登记暂行条例》第二十七条"),
    _text("consultation", "征求意见情况", "本机关于2026年2月10日书面征求第三方意见，第三方不同意公开"),
    # Callers hand in `what` and `ground` (and `statute` where another law forbids); the rest is looked up.
    Field("redactions", "不公开的内容", (
        {"what": "第2页第3至5行的家庭成员姓名和身份证件号码", "ground": "refused_third_party"},
        {"what": "第3页的内部流转意见", "ground": "refused_process"},
    ), "rows", (("what", "内容"), ("ground", "情形"), ("article", "条款"), ("statute", "禁止公开的规定"))),
    _text("search_scope", "检索范围", "本机关2025年全部收文、发文和社会救助业务档案"),
    _text("search_terms", "检索词", "“临时救助”“资金分配”"),
    _text("search_systems", "检索系统", "公文管理系统、社会救助管理系统、纸质档案目录"),
    _day("searched_on", "检索日期", date(2026, 2, 20)),
    _text("searched_by", "检索人", "社会救助科"),
    _text("right_organ", "负责公开的机关", "青澜县财政局"),
    _text("right_contact", "该机关联系方式", "青澜县人民路2号，0990-0000002"),
    _text("earlier_number", "此前申请", "2025-0018号申请，答复书青民公复〔2025〕18号，2025年11月20日"),
    _text("third_party", "第三方", "青澜县某某食品有限公司"),
    _text("involved", "涉及的信息", "您（单位）2025年申报临时救助承接服务的报价材料"),
    _day("sent_on", "发出日期", date(2026, 2, 10)),
    _day("opinion_on", "意见日期", date(2026, 2, 25)),
    _text("opinion", "第三方意见", "不同意公开，理由是报价材料属于商业秘密"),
    _text("co_maker", "共同制作机关", "青澜县财政局"),
    _text("assisting_organ", "协办机关", "青澜县档案馆"),
    _text("assistance", "协办事项", "请协助核对《青澜县2025年度临时救助资金分配方案》的归档和公开属性情况"),
    _text("fee_method", "计费方式", "按件计收"),
    _text("fee_basis", "计费依据", "本月内已收到您（单位）申请12件，第11件至第30件每件100元"),
    _text("fee_count", "计费数量", "2件"),
    _text("fee_amount", "应缴金额", "200"),
    _text("pieces", "拆分情况", "1. 2025年度临时救助资金分配方案；\n2. 2025年度临时救助人数统计。"),
    _day("withdrawn_on", "撤回日期", date(2026, 2, 18)),
    _text("served_title", "送达文书", "政府信息公开申请答复书"),
    _text("served_number", "送达文书文号", "青民公复〔2026〕1号"),
    _text("served_to", "受送达人", "张某某"),
    _text("served_address", "送达地点", "青澜县某路某号"),
    _text("served_by", "送达方式", "邮寄（邮政特快专递）"),
    _day("served_on", "送达日期", date(2026, 3, 6)),
    _text("proof", "送达凭证", "邮件号 0000000000000"),
    _text("proposed", "拟办意见", "拟予以公开，提供分配方案复制件。"),
    _text("section", "承办科室", "社会救助科"),
    Field("items", "移送信息", (
        {"title": "青澜县2025年度临时救助资金分配方案", "number": "青民发〔2025〕12号", "made_on": "2025年3月1日",
         "source": "依申请公开转主动公开", "place": "社会救助栏目", "remark": ""},
    ), "rows", (("title", "名称"), ("number", "发文字号"), ("made_on", "生成日期"), ("source", "来源"),
               ("place", "拟公开位置"), ("remark", "备注"))),
    _text("remark", "备注", ""),
)

FIELDS: dict[str, Field] = {field.key: field for field in (*OWN, *GIVEN)}
BY_LABEL: dict[str, Field] = {field.label: field for field in FIELDS.values()}
