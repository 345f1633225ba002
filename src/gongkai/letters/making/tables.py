"""The papers that are tables: register sheet, third party's confirmation, proof of service, approval, hand-over."""

from __future__ import annotations

from gongkai.letters.kinds import KINDS
from gongkai.letters.making.parts import head, small
from gongkai.letters.making.sheet import Cell, table

_FOUR = (18, 32, 18, 32)


def _pair(label: str, words: str) -> list[Cell]:
    return [Cell(label, centred=True, head=True), Cell(words)]


def _wide(label: str, words: str) -> list[Cell]:
    return [Cell(label, centred=True, head=True), Cell(words, 3)]


def _signed(label: str, words: str = "") -> list[Cell]:
    return _wide(label, f"{words}\n签名：　　　　　　　　　　年　　月　　日")


def _sheet(key: str, *body: str, organ: bool = True) -> str:
    return head(KINDS[key].title, numbered=False, organ=organ) + "".join(body)


def _registration() -> str:
    rows = [
        [*_pair("申请编号", "{{申请编号}}"), *_pair("收到日期", "{{收到日期}}")],
        [*_pair("申请人", "{{申请人}}"), *_pair("申请人类型", "{{申请人类型}}")],
        [*_pair("身份证明", "{{身份证明}}"), *_pair("联系方式", "{{联系方式}}")],
        _wide("通信地址", "{{通信地址}}"),
        [*_pair("收到渠道", "{{收到渠道}}"), *_pair("申请材料", "{{申请材料}}")],
        _wide("申请公开的内容", "{{申请内容}}"),
        [*_pair("提供形式", "{{提供形式}}"), *_pair("获取途径", "{{获取途径}}")],
        [*_pair("承办科室", "{{承办科室}}"), *_pair("答复期限", "{{截止日期}}")],
        [*_pair("经办人", "{{经办人}}"), *_pair("登记日期", "{{发文日期}}")],
        _wide("备注", "{{备注}}"),
    ]
    heights = (32, 32, 32, 32, 32, 170, 32, 32, 32, 60)
    return _sheet("registration", table(rows, _FOUR, heights=heights))


def _confirmation() -> str:
    rows = [
        _wide("第三方", "{{第三方}}"),
        _wide("征求意见书", "{{原告知书文号}}{% if 原告知日期 %}（{{原告知日期}}）{% endif %}"),
        _wide("涉及的信息", "{{涉及的信息}}"),
        _wide("意　　见", "□ 同意公开　　□ 部分同意公开　　□ 不同意公开"),
        _wide("部分同意的，\n不同意公开\n的内容", ""),
        _wide("不同意公开\n的理由", ""),
        _wide("第三方签章", "（自然人签名，单位加盖公章）\n\n　　　　　　　　　　年　　月　　日"),
        _wide("联系人\n和电话", ""),
    ]
    return _sheet(
        "third_party_confirmation", table(rows, _FOUR, heights=(34, 34, 80, 38, 76, 100, 80, 34)),
        small("请自收到征求意见书之日起15个工作日内填写本函并送达{{机关名称}}"
              "{% if 办公地址 %}（{{办公地址}}{% if 联系电话 %}，{{联系电话}}{% endif %}）{% endif %}。"
              "逾期未提出意见的，由本机关依照《中华人民共和国政府信息公开条例》第三十二条的规定决定是否公开。"),
    )


def _service() -> str:
    rows = [
        _wide("送达文书", "{{送达文书}}"),
        _wide("文书文号", "{{送达文书文号}}"),
        _wide("受送达人", "{{受送达人}}"),
        _wide("送达地点", "{{送达地点}}"),
        [*_pair("送达方式", "{{送达方式}}"), *_pair("送达日期", "{{送达日期}}")],
        _wide("送达凭证", "{{送达凭证}}"),
        _wide("受送达人\n签名或者盖章", "\n\n　　　　　　　　　　年　　月　　日"),
        _wide("代收人签名\n及代收理由", "\n\n　　　　　　　　　　年　　月　　日"),
        _wide("送达人", "{{经办人}}"),
        _wide("备注", "{{备注}}"),
    ]
    return _sheet(
        "service_receipt", table(rows, _FOUR, heights=(36, 36, 36, 36, 36, 36, 90, 90, 36, 60)),
        small("直接送达、委托送达的，以申请人或者其法定代理人签收之日为送达日期；邮政企业邮寄送达的，以交邮之日为答复日期。"),
    )


def _approval() -> str:
    rows = [
        [*_pair("申请编号", "{{申请编号}}"), *_pair("收到日期", "{{收到日期}}")],
        [*_pair("申请人", "{{申请人}}"), *_pair("答复期限", "{{截止日期}}")],
        _wide("申请公开的内容", "{{申请内容}}"),
        _wide("拟办意见", "{{拟办意见}}"),
        _wide("法律依据", "{{法律依据}}"),
        [*_pair("承办科室", "{{承办科室}}"), *_pair("经办人", "{{经办人}}")],
        _signed("承办科室\n负责人意见"),
        _signed("保密审查意见"),
        _signed("合法性\n审查意见"),
        _signed("公开工作机构\n负责人意见"),
        _signed("签发人意见"),
    ]
    return _sheet("approval_form", table(rows, _FOUR, heights=(30, 30, 70, 70, 30, 30, 48, 48, 48, 48, 48)))


def _transfer() -> str:
    heads = ("序号", "名称", "发文字号", "生成日期", "来源", "拟公开位置", "备注")
    cells = ("{{loop.index}}", *(f"{{{{条.{word}}}}}" for word in heads[1:]))
    rows: list[list[Cell] | str] = [
        [Cell(word, centred=True, head=True) for word in heads],
        "{%tr for 条 in 移送信息 %}",
        [Cell(word, centred=n in {0, 3}) for n, word in enumerate(cells)],
        "{%tr endfor %}",
    ]
    return _sheet(
        "publication_transfer",
        small("移送科室：{{承办科室}}　　经办人：{{经办人}}　　移送日期：{{发文日期}}"),
        table(rows, (8, 26, 17, 15, 13, 13, 8), size=10.5, heights=(32, 40)),
        small("{% if 申请编号 %}以上信息由申请编号{{申请编号}}的申请转为主动公开。{% endif %}"),
        small("移送人（签名）：　　　　　　　　　　接收人（签名）：", before=24),
    )


def bodies() -> dict[str, str]:
    """Kind → the body of its template."""
    return {
        "registration": _registration(), "third_party_confirmation": _confirmation(), "service_receipt": _service(),
        "approval_form": _approval(), "publication_transfer": _transfer(),
    }
