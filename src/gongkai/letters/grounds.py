"""The grounds for withholding as a letter names them: the row of the statutory table → the sentence and its article.

`refused_enquiry` stands in the same block of the table (D8) and is answered by Art. 36(7). No Django.
"""

from __future__ import annotations

from dataclasses import dataclass

_ORDER = "《中华人民共和国政府信息公开条例》"


@dataclass(frozen=True, slots=True)
class Ground:
    """`sentence` completes “您申请公开的信息…”."""

    key: str
    sentence: str
    article: str


GROUNDS: dict[str, Ground] = {ground.key: ground for ground in (
    Ground("refused_secret", "属于依法确定为国家秘密的政府信息", f"{_ORDER}第十四条"),
    Ground("refused_law", "属于法律、行政法规禁止公开的政府信息", f"{_ORDER}第十四条"),
    Ground("refused_security", "公开后可能危及国家安全、公共安全、经济安全、社会稳定", f"{_ORDER}第十四条"),
    Ground("refused_third_party", "涉及商业秘密、个人隐私等，公开会对第三方合法权益造成损害", f"{_ORDER}第十五条"),
    Ground("refused_internal", "属于行政机关人事管理、后勤管理、内部工作流程等内部事务信息", f"{_ORDER}第十六条第一款"),
    Ground(
        "refused_process", "属于行政机关在履行行政管理职能过程中形成的讨论记录、过程稿、磋商信函、请示报告等过程性信息",
        f"{_ORDER}第十六条第二款",
    ),
    Ground("refused_enforcement", "属于行政执法案卷信息", f"{_ORDER}第十六条第二款"),
    Ground("refused_enquiry", "属于法律、行政法规对获取有特别规定的行政查询事项", f"{_ORDER}第三十六条第七项"),
)}
# The short names D1–D8 of the statutory rows, as forms and registers write them.
GROUNDS |= {f"{letter}{n}": ground for n, ground in enumerate(tuple(GROUNDS.values()), start=1) for letter in "dD"}
