"""What the demonstration's offices publish: documents in every state, told as data. All of it is invented.

`formed` and `done` count working days before the day of the demonstration. `until` is how far a paper has come.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from gongkai.demo.cases import FOREST, LAND, PLAN

OWN, COUNTY = "own", "county"  # whose paper it is: the bureau's or the county government's


@dataclass(frozen=True, slots=True)
class Paper:
    """One document. `key` names it for links; `done` is the day on which the last act was done."""

    key: str
    title: str
    kind: str
    item: str
    formed: int
    done: int
    body: str
    until: str = "published"
    organ: str = OWN
    number: str = ""
    topic: str = ""
    summary: str = ""
    section: str = ""          # drafted by the contributor of a section
    files: tuple[str, ...] = ()
    interprets: str = ""
    repeals: str = ""
    form: str = ""             # of the interpretation that is planned for it
    exempt: str = ""
    values: dict[str, object] = field(default_factory=dict)


def _text(*paragraphs: str) -> str:
    """Paragraphs; what begins with # is a heading, with - a list."""
    parts: list[str] = []
    for one in paragraphs:
        if one.startswith("# "):
            parts.append(f"<h3>{one[2:]}</h3>")
        elif one.startswith("- "):
            parts.append("<ul>" + "".join(f"<li>{line}</li>" for line in one[2:].split("｜")) + "</ul>")
        elif one.startswith("| "):
            head, *rows = [line.split("｜") for line in one[2:].split("／")]
            parts.append(
                "<table><thead><tr>" + "".join(f"<th>{cell}</th>" for cell in head) + "</tr></thead><tbody>"
                + "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
                + "</tbody></table>"
            )
        else:
            parts.append(f"<p>{one}</p>")
    return "".join(parts)


_RULE = _text(
    "各乡镇人民政府、街道办事处，县政府各部门：", "《青澜县农村宅基地审批管理办法》已经县人民政府同意，现印发给你们，请遵照执行。",
    "# 第一章　总则", "第一条　为了规范农村宅基地审批，保障村民合法的居住权益，根据有关法律、法规，结合本县实际，制定本办法。",
    "第二条　本县行政区域内农村村民申请、使用宅基地，适用本办法。", "# 第二章　申请和审批",
    "第三条　符合下列条件之一的，可以户为单位申请宅基地：",
    "- 因子女结婚等原因确需分户，缺少宅基地的｜因自然灾害、搬迁等原因需要另行安置的｜经依法批准回村定居，没有宅基地的",
    "第四条　乡镇人民政府应当自受理之日起二十个工作日内作出决定。", "# 第三章　附则",
    "第五条　本办法自印发之日起三十日后施行，有效期五年。",
)
_FEES = "| 项目｜标准｜依据／不动产登记费（住宅类）｜每件 80 元｜省级收费目录／不动产登记费（非住宅类）｜每件 550 元｜省级收费目录"

PAPERS: tuple[Paper, ...] = (
    Paper("intro", "青澜县自然资源局机构简介", "institution", "basic.1", 240, 238, _text(
        "青澜县自然资源局是县人民政府工作部门，负责全县自然资源资产管理、国土空间规划、耕地保护、矿产和林业工作。",
        "办公地址：青澜县云麓大道 26 号。办公时间：工作日 9:00–12:00，14:00–17:30。")),
    Paper("duties", "青澜县自然资源局主要职责", "institution", "basic.2", 240, 238, _text(
        "- 履行全民所有土地、矿产、森林等自然资源资产所有者职责｜负责自然资源调查监测和确权登记｜"
        "负责建立空间规划体系并监督实施｜负责耕地保护和用途管制｜负责林业和草原监督管理")),
    Paper("sections", "青澜县自然资源局内设机构设置", "institution", "basic.3", 240, 238, _text(
        f"| 机构｜职责／{PLAN}｜国土空间规划的编制和实施／{LAND}｜土地利用、征收和宅基地管理／{FOREST}｜林业资源保护和造林")),
    Paper("year-end", "青澜县自然资源局上一年度工作总结", "annual", "basic.4", 200, 190, _text(
        "一年来，全局完成永久基本农田划定成果核实，办理不动产登记 3217 件，完成营造林 1.2 万亩。")),
    Paper("guide", "青澜县自然资源局政府信息公开指南", "guide", "guide", 180, 176, _text(
        "为了方便公民、法人和其他组织依法获取本机关的政府信息，编制本指南。",
        "# 一、公开的信息", "按机构职能、规划计划、用地审批、矿产资源、林业、执法、统计数据分类，按日期倒序编排。",
        "# 二、申请公开", "申请人可以当面、邮寄、传真或者通过本平台提交申请，写明姓名、联系方式和所需信息的名称。")),
    Paper("system", "青澜县自然资源局政府信息公开审查制度", "rules", "rules", 300, 297, _text(
        "公开信息实行先审后发：起草科室提出公开属性，经政治、法律、保密、程序、时效五关审查，由分管领导签发。")),
    Paper("archive-rule", "青澜县自然资源局主动公开信息移交制度", "rules", "rules", 150, 148, _text(
        "每季度终了后十日内，办公室将本季度主动公开的信息向县档案馆和县图书馆移交；没有公开信息的，作零报告。")),
    Paper("old-rule", "青澜县农村宅基地管理暂行办法", "normative", "20.1", 400, 395, _RULE.replace("审批管理", "管理暂行"),
          number="青自然资规〔2021〕1号", topic="国土资源", exempt="试行办法，随新办法一并解读",
          summary="规定农村宅基地的申请条件、审批程序和时限。"),
    Paper("rule", "青澜县农村宅基地审批管理办法", "normative", "20.1", 60, 57, _RULE, number="青自然资规〔2026〕2号",
          topic="国土资源", repeals="old-rule", form="text", section=LAND,
          summary="规定农村宅基地的申请条件、审批程序和时限，自印发之日起三十日后施行，有效期五年。",
          files=("宅基地申请表.docx", "审批流程时限.xlsx")),
    Paper("rule-why", "一图读懂《青澜县农村宅基地审批管理办法》", "interpretation", "20.1", 60, 57, _text(
        "# 为什么制定", "原暂行办法有效期届满，审批时限和部门分工需要与现行规定一致。", "# 谁可以申请",
        "- 子女结婚确需分户的｜因灾害、搬迁需要安置的｜经批准回村定居没有宅基地的", "# 多久能办好",
        "乡镇自受理之日起二十个工作日内作出决定，比原来缩短十个工作日。", "# 与原办法有什么不同",
        "| 事项｜原办法｜新办法／审批时限｜三十个工作日｜二十个工作日／办理地点｜县局窗口｜乡镇便民服务中心"),
        interprets="rule", topic="国土资源"),
    Paper("plan", "青澜县国土空间总体规划（2021—2035年）", "plan", "20.3", 120, 110, _text(
        "规划范围为全县行政辖区，近期到 2025 年，远期到 2035 年。", "# 目标",
        "- 耕地保有量不低于 32.6 万亩｜生态保护红线面积不低于 418 平方公里｜城镇开发边界控制在 21.3 平方公里以内"),
        section=PLAN, topic="国土资源", files=("规划文本摘要.docx",)),
    Paper("forest-plan", "青澜县林地保护利用规划要点", "plan", "20.3", 90, 80, _text(
        "到规划期末，全县森林覆盖率稳定在 58% 以上，林地保有量不减少。"), section=FOREST, topic="林业"),
    Paper("stats", "青澜县 2026 年上半年自然资源主要指标", "statistics", "20.4", 80, 72, _text(
        "| 指标｜数量｜同比／批准建设用地（公顷）｜46.2｜-8.1%／不动产登记（件）｜1608｜+5.4%／营造林（亩）｜7200｜+12.0%"),
        topic="统计"),
    Paper("stats-2", "青澜县 2026 年前三季度自然资源主要指标", "statistics", "20.4", 22, 15, _text(
        "| 指标｜数量｜同比／批准建设用地（公顷）｜71.9｜-3.6%／不动产登记（件）｜2455｜+4.1%／营造林（亩）｜10300｜+9.5%"),
        topic="统计"),
    Paper("licence-how", "建设用地规划许可办理依据、条件和程序", "licence", "20.5", 210, 205, _text(
        "# 办理依据", "《中华人民共和国城乡规划法》第三十七条、第三十八条。", "# 申请材料",
        "- 建设项目批准、核准、备案文件｜国有土地使用权出让合同或者划拨决定书", "# 办理时限", "自受理之日起十个工作日。"),
        topic="国土资源"),
    Paper("licence-1", "建设用地规划许可结果公示（2026年第3批）", "licence", "20.5", 30, 25, _text(
        "| 编号｜项目｜用地面积／地字第 2026-031 号｜青澜县第二小学扩建｜1.32 公顷／地字第 2026-032 号｜云麓镇污水处理厂｜0.86 公顷"),
        section=PLAN, topic="国土资源"),
    Paper("penalty-1", "行政处罚决定公示（2026年第8期）", "penalty", "20.6", 28, 23, _text(
        "| 文号｜案由｜处罚内容／青自然资罚〔2026〕18号｜未经批准占用土地｜责令退还，罚款 2.4 万元"
        "／青自然资罚〔2026〕19号｜越界采矿｜没收违法所得，罚款 6 万元"), topic="国土资源"),
    Paper("penalty-basis", "自然资源行政处罚的依据、条件和程序", "penalty", "20.6", 260, 250, _text(
        "行政处罚实行立案、调查取证、法制审核、集体讨论、告知听证、决定和送达程序。"), topic="国土资源"),
    Paper("budget", "青澜县自然资源局 2026 年部门预算", "budget", "20.7", 190, 183, _text(
        "# 收入预算", "一般公共预算拨款 3128.60 万元。", "# 支出预算",
        "- 基本支出 1892.40 万元｜项目支出 1236.20 万元｜“三公”经费 28.50 万元，比上年下降 5.0%"),
        topic="财政", files=("预算公开表.xlsx",)),
    Paper("accounts", "青澜县自然资源局 2025 年部门决算", "budget", "20.7", 62, 50, _text(
        "2025 年度收入总计 3342.18 万元，支出总计 3297.05 万元。"), topic="财政"),
    Paper("fees", "行政事业性收费目录清单", "fee", "20.8", 170, 166, _text(_FEES), topic="财政"),
    Paper("buy", "国土调查数据库更新项目采购结果", "procurement", "20.9", 75, 70, _text(
        "采购方式：公开招标。成交金额：86.40 万元。合同签订后三十日内交付。"), topic="政府采购"),
    Paper("project", "云麓山矿山生态修复工程批准和实施情况", "project", "20.10", 140, 131, _text(
        "# 批准情况", "项目经县发展改革部门批准，总投资 4260 万元。", "# 实施进度",
        "截至上月底，完成削坡 12.6 万方，复绿 860 亩，累计完成投资的 71%。"), section=FOREST, topic="环境保护"),
    Paper("flood", "地质灾害防治应急预案", "emergency", "20.12", 160, 157, _text(
        "# 预警分级", "地质灾害气象风险预警由高到低分为红、橙、黄、蓝四级。", "# 应急响应",
        "红色预警发布后，乡镇立即组织危险区群众转移，县局派专家到场。"), topic="应急管理"),
    Paper("warning", "云麓镇柳溪村滑坡险情预警", "emergency", "20.12", 9, 9, _text(
        "受连日降雨影响，柳溪村 2 组后山出现裂缝，存在滑坡风险。请沿线群众按转移路线撤离，过往车辆绕行。"),
        topic="应急管理", values={"lane": "emergency", "lane_reason": "滑坡险情，群众须立即转移"}),
    Paper("check", "矿山安全和生态保护“双随机”检查结果", "inspection", "20.13", 45, 38, _text(
        "本次抽查矿山 12 家，发现问题 9 个，已整改 7 个，其余限期整改。"), topic="安全生产"),
    Paper("hire", "公开招聘林业技术人员公告", "recruitment", "20.14", 110, 108, _text(
        "招聘岗位：林业技术员 2 名。报考条件：林学类本科以上学历。报名时间另行公告。"), topic="人事"),
    Paper("land-1", "云麓镇东片区土地征收启动公告", "other", "21.4", 52, 49, _text(
        "为了建设青澜县第二小学扩建项目，拟征收云麓镇东片区集体土地 1.32 公顷，现予公告。",
        "自公告之日起，任何单位和个人不得在拟征收范围内抢栽抢建。"), section=LAND, topic="国土资源",
        number="青征启〔2026〕5号"),
    Paper("land-2", "云麓镇东片区征地补偿安置方案", "other", "21.4", 33, 26, _text(
        "| 地类｜补偿标准（万元／公顷）／水田｜63.0／旱地｜51.5／林地｜27.8".replace("（万元／公顷）", "（万元每公顷）")),
        section=LAND, topic="国土资源", number="青征补〔2026〕5号"),
    Paper("rumour", "关于“云麓湿地将被填埋”不实信息的澄清", "clarification", "20.15", 18, 17, _text(
        "近日有网民称云麓湿地将被填埋建房。经核实，该湿地在生态保护红线内，没有批准任何建设项目。"), topic="环境保护"),
    Paper("draft-asked", "青澜县古树名木保护办法（征求意见稿）", "consultation", "20.1", 16, 12, _text(
        "为了加强古树名木保护，起草了本办法，现公开征求意见。", "# 主要内容",
        "- 树龄一百年以上的树木列为古树｜建设项目避让古树，确需移植的组织论证｜设立保护补偿"), section=FOREST, topic="林业"),
    Paper("wrong", "不动产登记窗口调整通告", "other", "21.2", 100, 96, _text(
        "自下月起，不动产登记窗口迁至县政务服务中心二楼。"), until="withdrawn", topic="公共服务"),
    # In work.
    Paper("w-draft", "青澜县自然资源局 2027 年普法工作要点", "policy", "20.1", 4, 3, _text(
        "围绕耕地保护、不动产登记、矿山生态修复开展普法宣传。"), until="draft", section=LAND, topic="司法"),
    Paper("w-sub", "永久基本农田核实处置成果公示", "other", "21.4", 8, 5, _text(
        "经核实，全县永久基本农田 28.4 万亩，现将分乡镇面积予以公示。"), until="submitted", section=LAND, topic="国土资源"),
    Paper("w-blocked", "临时救助性采伐补贴发放名单", "welfare", "20.11", 12, 6, _text(
        "现将本年度临时救助性采伐补贴发放对象予以公示。"), until="draft", section=LAND, topic="林业",
        files=("发放名单.xlsx",)),
    Paper("w-review", "采矿权出让收益评估结果公示", "other", "20.5", 9, 4, _text(
        "石灰岩采矿权出让收益评估值为 1280 万元，公示期十个工作日。"), until="review", topic="国土资源"),
    Paper("w-returned", "城镇低效用地再开发实施方案", "policy", "20.3", 15, 5, _text(
        "到 2027 年，盘活城镇低效用地不少于 600 亩。"), until="returned", section=PLAN, topic="国土资源"),
    Paper("w-reviewed", "林长制考核办法", "normative", "20.1", 10, 2, _text(
        "考核对象为乡镇林长和县级责任部门，考核结果与评优挂钩。"), until="reviewed", number="青自然资规〔2026〕3号",
        topic="林业", form="text"),
    Paper("w-signed", "2026 年度国有建设用地供应计划执行情况", "statistics", "20.4", 6, 1, _text(
        "截至上月底，供应国有建设用地 38.6 公顷，完成年度计划的 82%。"), until="signed", topic="国土资源"),
    Paper("w-late", "矿产资源开发利用统计公报", "statistics", "20.4", 32, 2, _text(
        "全县有效采矿权 21 宗，年开采矿石 186 万吨。"), until="review", topic="统计"),
    Paper("filed-1", "矿产资源储量核查内部讨论记录", "other", "20.15", 70, 64, _text("讨论储量核查口径。"),
          until="withheld", topic="国土资源"),
    Paper("filed-2", "农村宅基地审批案卷目录", "other", "20.15", 230, 222, _text("案卷目录。"), until="on_request",
          topic="国土资源"),
    # The county government.
    Paper("c-guide", "青澜县人民政府信息公开指南", "guide", "guide", 220, 216, _text(
        "县人民政府办公室负责全县政府信息公开工作，各部门、乡镇的指南见各自专栏。"), organ=COUNTY),
    Paper("c-rules", "青澜县政府信息公开属性源头认定办法", "rules", "rules", 220, 214, _text(
        "公文在起草时确定公开属性；拟不予公开或者依申请公开的，说明理由，由签发人最后确定。"), organ=COUNTY,
        number="青政办发〔2025〕12号"),
    Paper("c-org", "青澜县人民政府机构设置", "institution", "basic.3", 220, 216, _text(
        "县人民政府设工作部门 18 个，辖 6 个镇、4 个乡、2 个街道。"), organ=COUNTY),
    Paper("c-plan", "青澜县国民经济和社会发展第十五个五年规划纲要", "plan", "20.3", 85, 79, _text(
        "# 发展目标", "- 地区生产总值年均增长 6% 左右｜城镇新增就业每年不少于 1800 人｜森林覆盖率稳定在 58% 以上"),
        organ=COUNTY, topic="综合政务", number="青政发〔2026〕3号"),
    Paper("c-norm", "青澜县被征地农民社会保障实施细则", "normative", "20.1", 66, 60, _text(
        "第一条　为了保障被征地农民的长远生计，制定本细则。", "第二条　征收农用地的，同步落实被征地农民社会保障费用。",
        "第三条　本细则自公布之日起施行，有效期五年。"), organ=COUNTY, topic="社会保障", number="青政规〔2026〕1号",
        form="qa", summary="规定被征地农民参加基本养老保险的对象、缴费和待遇。"),
    Paper("c-norm-why", "《青澜县被征地农民社会保障实施细则》政策问答", "interpretation", "20.1", 66, 60, _text(
        "# 哪些人可以参保", "征地时享有农村集体土地承包经营权、年满十六周岁的在册农业人口。", "# 费用从哪里出",
        "由用地单位承担，足额到位后方可报批用地。"), organ=COUNTY, interprets="c-norm", topic="社会保障"),
    Paper("c-live", "青澜县 2026 年民生实事完成情况", "welfare", "20.11", 20, 14, _text(
        "| 实事｜进度／农村饮水安全巩固提升｜已完成 8 处／新建公办幼儿园｜主体完工／老旧小区改造｜完成 12 个"),
        organ=COUNTY, topic="民生"),
    Paper("c-budget", "青澜县 2026 年财政预算报告", "budget", "20.7", 185, 181, _text(
        "全县一般公共预算收入预期 9.86 亿元，增长 5.5%。"), organ=COUNTY, topic="财政"),
)
