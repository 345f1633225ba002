"""The applications of the demonstration: who asks what, and how far the office has come. Invented; no Django.

`ago` is how many working days before the first start an application arrived; each step says how many working days
after arrival it was taken. So every state is there on any day, and the dates are always working days.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Step:
    """An act of the office `after` working days, with what it needs."""

    act: str
    after: int
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Case:
    """One application and its story."""

    name: str
    ago: int
    subject: str
    content: str
    steps: tuple[Step, ...] = ()
    kind: str = "natural"
    channel: str = "online"
    delivery: str = "post"
    purpose: str = ""
    features: str = ""


CONFIRM = Step("confirm", 0)
PLAN, LAND, FOREST = "国土空间规划股", "征地和用地股", "林业股"


def _to(section: str, after: int = 1) -> Step:
    return Step("assign", after, {"section": section})


def _reply(after: int, kind: str, body: str, **values: Any) -> tuple[Step, ...]:
    """Drafted, reviewed, signed and posted within three days."""
    return (
        Step("draft", after, {"answer_kind": kind, "body": body, "values": values}), Step("submit", after),
        Step("review", after + 1), Step("sign", after + 2), Step("serve", after + 3),
    )


_SEARCHED = {
    "search_scope": "本机关 2008 年以来的全部收发文和业务档案", "search_terms": "项目名称、批复、用地预审",
    "search_systems": "公文系统、不动产登记系统、机关档案室", "searched_by": "档案室工作人员",
}
_WITH_REPLY = {"way": "提供复印件", "time": "随本答复"}

CASES: tuple[Case, ...] = (
    # In hand, one in every state.
    Case("沈知远", 1, "枫坪镇集体土地征收补偿安置方案",
         "申请公开 2026 年枫坪镇集体土地征收的补偿安置方案和征收公告。", delivery="online"),
    Case("顾念秋", 4, "云麓镇宅基地审批结果", "申请公开云麓镇柳溪村 2025 年宅基地审批结果。", channel="letter"),
    Case("陆成章", 2, "县城东片区控制性详细规划", "申请公开县城东片区控制性详细规划的图则和说明。",
         channel="in_person", delivery="in_person"),
    Case("秦若溪", 18, "采矿权出让合同", "申请公开石坞采石场采矿权出让合同。", (CONFIRM, _to(LAND)), delivery="online"),
    Case("贺青岚", 23, "临时用地批准文件", "申请公开青澜至云麓公路工程临时用地的批准文件。", (_to(LAND),), channel="post"),
    Case("邵一舟", 9, "国土空间规划", "申请公开有关规划。",
         (CONFIRM, _to(PLAN), Step("ask_correction", 4, {"what": "请写明所需规划的名称、年份或者所在区域，便于查找。"}))),
    Case("青澜县恒远建材有限公司", 12, "土地使用权出让档案",
         "申请公开县工业园 B-07 地块出让的挂牌文件、成交确认书。",
         (_to(LAND), Step("consult", 3, {
             "kind": "third_party", "party": "青澜县东升置业有限公司", "about": "成交确认书中的报价明细是否同意公开"})),
         kind="business", channel="post"),
    Case("温以宁", 14, "饮用水水源保护区划定材料", "申请公开与县水利局共同制作的水源保护区用地核查表。",
         (_to(PLAN), Step("consult", 2, {
             "kind": "co_maker", "party": "青澜县水利局", "about": "共同制作的水源保护区用地核查表是否可以公开"}),
          Step("opinion", 8, {"opinion": "consent", "reason": "同意公开"})), channel="post"),
    Case("方既白", 16, "历年地质灾害调查资料", "申请公开 2010 年以来全县地质灾害隐患点调查表，复印件。",
         (CONFIRM, _to(PLAN), Step("fee", 6, {"basis": "page", "quantity": 268}))),
    Case("江南大学乡村研究中心", 21, "全域土地综合整治实施方案", "申请公开全域土地综合整治试点的实施方案和年度报告。",
         (CONFIRM, _to(LAND), Step("fee", 3, {"basis": "page", "quantity": 119}), Step("pay", 8)),
         kind="research", purpose="research"),
    Case("韩予安", 17, "林地占用审核同意书", "申请公开风电场项目使用林地审核同意书及附图。",
         (CONFIRM, _to(FOREST), Step("propose_extension", 15, {"days": 20, "reason": "需要向省厅核对附图的密级"}))),
    Case("宋清和", 19, "不动产登记历史档案清册", "申请公开 1998 年土地登记总册中涉及青石巷的页码。",
         (CONFIRM, _to(LAND), Step("propose_extension", 12, {"days": 15, "reason": "档案未数字化，需要逐册查找"}),
          Step("approve_extension", 13))),
    Case("白露生态环境保护协会", 15, "自然保护地整合优化预案", "申请公开自然保护地整合优化预案的公示稿。",
         (CONFIRM, _to(FOREST), Step("draft", 12, {
             "answer_kind": "refused_process", "body": "所申请的预案尚在征求意见，没有形成最终文件。",
             "values": {"reasons": "属于讨论、征求意见过程中的过程稿，公开后可能影响正常审议。"}}), Step("submit", 13)),
         kind="welfare", delivery="online"),
    Case("段从容", 18, "建设用地规划许可证存根", "申请公开县第二实验小学建设用地规划许可证。",
         (CONFIRM, _to(PLAN), Step("draft", 14, {
             "answer_kind": "granted", "body": "经查找，所申请的信息可以公开。", "values": _WITH_REPLY}),
          Step("submit", 14), Step("review", 16)), delivery="online"),
    Case("卫南星", 17, "闲置土地处置决定", "申请公开 2025 年闲置土地处置决定书。",
         (CONFIRM, _to(LAND), Step("draft", 12, {
             "answer_kind": "partial", "body": "决定书可以公开，其中的个人信息已作处理。",
             "values": _WITH_REPLY | {
                 "redactions": [{"what": "第 2 页自然人的身份证号码和住址", "ground": "refused_third_party"}],
                 "reasons": "涉及个人隐私，公开会损害其合法权益；其余内容可以区分。"}}),
          Step("submit", 12), Step("review", 13), Step("sign", 15))),
    # Answered this year.
    Case("冯听澜", 40, "征收土地预公告", "申请公开县城南片区征收土地预公告。",
         (CONFIRM, _to(LAND), *_reply(9, "published", "所申请的公告已经主动公开。",
                                      where="县政府网站“征地信息”专栏", how="按公告名称检索，可以在线阅读和下载"))),
    Case("青澜县诚至律师事务所", 52, "行政处罚案卷", "申请公开某采砂处罚案的全部案卷材料。",
         (_to(LAND), *_reply(12, "refused_enforcement", "所申请的是行政执法案卷。",
                             reasons="属于在办案件的执法案卷；当事人可以依程序法申请查阅。")),
         kind="legal", channel="post", purpose="dispute"),
    Case("简明月", 61, "拆迁安置名单", "申请公开旧城改造安置户名单。",
         (CONFIRM, _to(LAND), *_reply(10, "not_ours", "该项工作由县住房和城乡建设局负责。",
                                      reasons="安置名单由征收部门制作保存。", right_organ="青澜县住房和城乡建设局",
                                      right_contact="青澜县人民路 8 号"))),
    Case("祝余年", 66, "用地预审意见", "申请公开老粮库地块 1996 年用地预审意见。",
         (_to(PLAN), *_reply(13, "not_held", "经检索没有找到所申请的信息。", searched_on="", **_SEARCHED)), channel="post"),
    Case("祝余年", 33, "用地预审意见", "申请公开老粮库地块 1996 年用地预审意见。",
         (_to(PLAN), *_reply(6, "repeat", "所申请的信息与此前申请相同，已经答复。", earlier_number="")), channel="post"),
    Case("穆云深", 74, "土地分类面积统计分析", "申请按村统计近十年耕地变化并作分析。",
         (CONFIRM, _to(PLAN), *_reply(11, "creation", "现有信息不能直接反映所申请的内容。",
                                      reasons="本机关只有按乡镇汇总的数据，分村十年对比需要另行加工分析。"))),
    Case("尉迟嘉", 80, "对邻居违法建房的处理", "举报邻居违法建房，请公开处理结果并予以查处。",
         (CONFIRM, _to(LAND), *_reply(7, "petition", "所提事项属于举报。", reasons="申请内容实质是举报违法建设。",
                                      where="县自然资源综合执法大队，电话 0000-1234567"))),
    Case("言叙", 88, "不动产登记查询", "申请公开青石巷 12 号的登记结果。",
         (_to(LAND), *_reply(5, "refused_enquiry", "不动产登记资料的查询另有规定。",
                             statute="《不动产登记暂行条例》第二十七条", reasons="属于不动产登记资料，由权利人、利害关系人依法查询。",
                             where="县不动产登记中心窗口")), channel="in_person", delivery="in_person"),
    Case("青澜县山水规划设计有限公司", 96, "竞得人报价材料", "申请公开规划设计项目各投标人的报价文件。",
         (_to(PLAN), Step("consult", 2, {"kind": "third_party", "party": "青澜县衡正规划院", "about": "投标报价是否同意公开"}),
          Step("opinion", 9, {"opinion": "objection", "reason": "报价构成属于商业秘密"}),
          *_reply(16, "refused_third_party", "第三方不同意公开，理由成立。", consultation="已书面征求意见，第三方不同意公开",
                  reasons="报价构成属于商业秘密，公开会损害第三方合法权益，没有需要公开的重大公共利益。")),
         kind="business", channel="post", purpose="business"),
    Case("闻笛", 105, "耕地占补平衡台账", "申请公开 2024 年耕地占补平衡台账。",
         (CONFIRM, _to(LAND), *_reply(14, "granted", "经查找，所申请的信息可以公开。", **_WITH_REPLY), Step("archive", 20))),
    Case("齐物", 112, "规划有关材料", "申请公开材料。",
         (CONFIRM, Step("ask_correction", 3, {"what": "请写明信息的名称、文号或者其他特征。"}), Step("lapse_correction", 22))),
    Case("谢归舟", 120, "砂石开采总量控制文件", "申请公开砂石开采总量控制文件。",
         (CONFIRM, _to(LAND), Step("withdraw", 4, {"reason": "已在网站查到"}))),
    Case("任平生", 7, "村庄规划和用地批文", "申请公开：一、柳溪村村庄规划；二、柳溪村文化广场用地批文。",
         (CONFIRM, Step("split", 1, {"pieces": (("柳溪村村庄规划", "申请公开柳溪村村庄规划。"),
                                                ("柳溪村文化广场用地批文", "申请公开柳溪村文化广场用地批文。"))}))),
)
