"""Section 一 in its five aspects, drafted from facts (格式: 主动公开、依申请公开、政府信息管理、平台建设、监督保障)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from gongkai.compilations.facts.by_hand import ACCOUNTS, ALL_ACCOUNTS, BY_HAND
from gongkai.compilations.facts.of_tables import GROUPS
from gongkai.compilations.facts.value import FactValue
from gongkai.compilations.narrative.voice import Voice
from gongkai.core.deadlines.facts import CHANNEL_NAMES as WAYS
from gongkai.publications.kinds import CHANNEL_NAMES, INTERPRETATION_FORMS, KIND_NAMES, Kind

NO_REQUESTS = "本年度未收到政府信息公开申请，也没有上年结转的申请。"
NO_DISPUTES = "未发生因政府信息公开引起的行政复议和行政诉讼。"
_TOLD_APART = {Kind.INTERPRETATION, Kind.CLARIFICATION, Kind.OTHER, Kind.REGULATION, Kind.NORMATIVE}
_MOST_FIELDS = 8


class Numbers:
    """Facts as a drafter asks for them: how much, and the words that stand for it."""

    def __init__(self, facts: Mapping[str, FactValue]) -> None:
        self._facts = facts

    def of(self, name: str) -> int:
        """The value, 0 where there is no such fact or nobody has entered it; rounded up, for it decides on words."""
        fact = self._facts.get(name)
        return 0 if fact is None or not fact.value else max(1, int(fact.value)) if fact.value > 0 else int(fact.value)

    def known(self, name: str) -> bool:
        """Whether there is a value at all."""
        fact = self._facts.get(name)
        return fact is not None and fact.value is not None

    def parts(self, names: Iterable[tuple[str, str]], *, most: int = 99) -> list[str]:
        """「words{name}unit」 for every fact that is not zero, in the given order."""
        return [self.part(words, name) for words, name in names if self.of(name)][:most]

    def part(self, words: str, name: str) -> str:
        """One of them."""
        return f"{words}{{{name}}}{self._facts[name].unit}"


def opening(voice: Voice) -> str:
    """The first sentence: who, which year, under which law. It claims nothing that no record shows."""
    return voice.pick(
        f"{voice.year}年，{voice.who}依照《中华人民共和国政府信息公开条例》开展政府信息公开工作，情况如下。",
        f"现将{voice.year}年{voice.who}执行《中华人民共和国政府信息公开条例》的情况报告如下。",
        f"{voice.year}年度{voice.who}政府信息公开工作按《中华人民共和国政府信息公开条例》的规定进行，总体情况如下。",
    )


def proactive(n: Numbers, voice: Voice) -> str:
    """（一）主动公开: how much, where, of what; interpretations, answers to the public."""
    said = [voice.pick(
        "全年主动公开信息{主动公开信息}条", "本年度共主动公开信息{主动公开信息}条", "主动公开各类信息{主动公开信息}条",
    )]
    channels = n.parts((f"通过{name}公开", f"{name}公开") for name in CHANNEL_NAMES.values())
    if channels:
        said.append(f"按渠道分别计算，{voice.listed(channels)}")
    sentences = ["，".join(said) + "。"]
    fields = n.parts((name, _told(name)) for kind, name in KIND_NAMES.items() if kind not in _TOLD_APART)
    if fields:
        lead = voice.pick("重点领域信息公开情况为", "按内容分，公开", "公开的内容包括")
        sentences.append(f"{lead}{voice.listed(fields[:_MOST_FIELDS])}。")
    decisions = n.parts((f"作出{name}", name) for name in ("行政许可决定", "行政处罚决定", "行政强制决定"))
    if decisions:
        sentences.append(f"{voice.listed(decisions)}。")
    sentences += _timely(n, voice)
    sentences += _explained(n, voice)
    sentences += _asked(n, voice)
    return "".join(sentences)


def _told(kind_name: str) -> str:
    return kind_name if kind_name.endswith("信息") else f"{kind_name}信息"


def _timely(n: Numbers, voice: Voice) -> list[str]:
    if n.of("逾期公开信息"):
        return [voice.pick(
            "按期公开{按期公开信息}条，超过公开期限的{逾期公开信息}条。",
            "有公开期限的信息中，{按期公开信息}条按期公开，{逾期公开信息}条超过期限。",
        )]
    if n.of("按期公开信息"):
        return [voice.pick(
            "有公开期限的{按期公开信息}条均在期限内公开。", "{按期公开信息}条有期限要求的信息全部按期公开。",
        )]
    return []


def _explained(n: Numbers, voice: Voice) -> list[str]:
    if not n.of("政策解读"):
        return ["本年度未发布政策解读。"] if n.of("主动公开信息") else []
    forms = n.parts((name, f"{name}稿件") for name in INTERPRETATION_FORMS.values())
    ways = f"，形式有{voice.listed(forms)}" if forms else ""
    said = voice.pick("发布政策解读{政策解读}篇", "全年解读政策{政策解读}篇", "制作并公开政策解读{政策解读}篇")
    return [f"{said}{ways}。"]


def _asked(n: Numbers, voice: Voice) -> list[str]:
    said = []
    if n.of("回应澄清"):
        said.append(voice.pick("回应社会关切{回应澄清}条。", "发布回应和澄清{回应澄清}条。"))
    if n.of("公开征求意见"):
        said.append("就决策草案公开征求意见{公开征求意见}次，收到意见{收到征求意见反馈}件，采纳{采纳意见}件。")
    if n.of("收到政策咨询"):
        said.append("收到政策咨询{收到政策咨询}件，解答{答复政策咨询}件。")
    if n.of("收到主动公开建议"):
        said.append("收到公众要求主动公开的建议{收到主动公开建议}件，采纳{采纳公开建议}件。")
    return said


def on_request(n: Numbers, voice: Voice) -> str:
    """（二）依申请公开: received, how they ended, carried on, in time; disputes."""
    if n.of("本年新收申请") + n.of("上年结转申请") == 0:
        return NO_REQUESTS + disputes(n)
    received = "本年新收政府信息公开申请{本年新收申请}件"
    if n.of("本年新收申请"):
        received += "，其中自然人申请{自然人申请}件、法人或其他组织申请{法人或其他组织申请}件"
    outcomes = n.parts((group, group) for group in GROUPS)
    ended = "本年度办结{办结申请}件" + (f"，其中{voice.listed(outcomes)}" if outcomes else "")
    said = [f"{received}；上年结转{{上年结转申请}}件。{ended}；结转下年度继续办理{{结转下年申请}}件。"]
    ways = n.parts((f"经{name}", f"{name}申请") for name in WAYS.values())
    if ways:
        ways += n.parts([("登记没有记载方式的", "未记载方式申请")])  # or the parts would not add up to what came in
        said.append(f"从提出的方式看，{voice.listed(ways)}。")
    if n.of("逾期办结申请"):
        said.append("超过法定期限的{逾期办结申请}件。")
    elif n.of("按期办结申请") and n.of("按期办结申请") == n.of("办结申请"):  # every one has a date to be held against
        said.append(voice.pick("所作答复没有超过法定期限。", "没有超过法定期限的答复。"))
    if n.of("延期答复申请"):
        said.append("依法延长期限的{延期答复申请}件。")
    return "".join(said) + disputes(n)


def disputes(n: Numbers) -> str:
    """What table 四 says, in words."""
    if n.of("行政复议总数") + n.of("行政诉讼总数") == 0:
        return NO_DISPUTES
    first = (
        "因政府信息公开引起的行政复议{行政复议总数}件" if n.of("行政复议总数") else "未发生因政府信息公开引起的行政复议"
    )
    second = "行政诉讼{行政诉讼总数}件" if n.of("行政诉讼总数") else "未发生行政诉讼"
    again = "；按决定、裁判的要求重新答复{重新答复}件" if n.of("重新答复") else ""
    return f"{first}，{second}{again}。"


def management(n: Numbers, voice: Voice) -> str:
    """（三）政府信息管理: documents made, repealed, in force; the catalogue; what was looked at again (Art. 18)."""
    said = []
    for name, thing in (("规章", "规章"), ("规范性文件", "行政规范性文件")):
        made, repealed, in_force = f"制发{name}", f"废止{name}", f"现行有效{name}"
        if not n.known(made) or (name == "规章" and not n.of(made) + n.of(repealed) + n.of(in_force)):
            continue
        if n.known(in_force):
            said.append(f"制发{thing}{{{made}}}件，废止{{{repealed}}}件，年底现行有效{{{in_force}}}件。")
        else:
            said.append(f"新制作{thing}{{{made}}}件，新公开{{新公开{name}}}件，公开总数{{公开{name}总数}}件。")
    if n.of("目录事项"):
        said.append(voice.pick(
            "公开目录列有主动公开事项{目录事项}项，{有内容的目录事项}项已有内容。",
            "主动公开目录共{目录事项}项，已公开内容的{有内容的目录事项}项。",
        ))
    if n.of("不公开信息评估"):
        said.append("对不公开的信息定期评估{不公开信息评估}件次，转为公开{评估后转为公开}件。")
    if n.of("撤下信息"):
        said.append("因内容变化等原因撤下信息{撤下信息}条。")
    return "".join(said) or "【请写明政府信息的制作、审查、更新和管理情况】。"


def platform(n: Numbers, voice: Voice) -> str:
    """（四）政府信息公开平台建设: sites, accounts by platform, gazettes, reading places."""
    said = [voice.pick(
        "管理政府网站{政府网站}个、政务新媒体账号{政务新媒体账号}个",
        "开设政府网站{政府网站}个、政务新媒体账号{政务新媒体账号}个",
    )]
    accounts = [(BY_HAND[key][0], BY_HAND[key][0]) for key in ACCOUNTS]
    if n.of(ALL_ACCOUNTS):
        said[0] += f"（{voice.listed(n.parts(accounts))}）"
    if n.of("政府公报"):
        said.append("编印政府公报{政府公报}期")
    if n.of("公开查阅点"):
        said.append("设有公开查阅点{公开查阅点}个")
    return "，".join(said) + "。"


def safeguard(n: Numbers, voice: Voice) -> str:
    """（五）监督保障: people, meetings, training; 工作考核、社会评议和责任追究结果."""
    said = []
    if n.known("专职人员") or n.known("兼职人员"):
        people = [
            f"{word}{{{name}}}人" for word, name in (("专职", "专职人员"), ("兼职", "兼职人员")) if n.known(name)
        ]
        said.append(f"从事政府信息公开工作的人员：{voice.listed(people)}。")
    said.append(_times(n, "召开会议", "本年度未召开专题会议。", voice.pick(
        "召开政务公开工作会议{召开会议}次。", "研究政务公开工作的会议召开{召开会议}次。",
    )))
    said.append(_times(n, "举办培训", "本年度未举办业务培训。", voice.pick(
        "举办业务培训{举办培训}期，{培训人次}人次参加。", "组织政务公开培训{举办培训}期，参加{培训人次}人次。",
    )))
    said.append(_times(n, "工作考核", "本年度未开展工作考核。", "开展工作考核{工作考核}次。"))
    said.append(_times(n, "社会评议", "本年度未开展社会评议。", "开展社会评议{社会评议}次。"))
    said.append(_times(
        n, "责任追究", "没有因政府信息公开工作被追究责任的情形。", "因政府信息公开工作被追究责任{责任追究}人。",
    ))
    return "".join(said)


def _times(n: Numbers, name: str, none: str, some: str) -> str:
    return none if n.known(name) and not n.of(name) else some
