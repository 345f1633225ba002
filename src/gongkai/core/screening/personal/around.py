"""The words around a value: do they speak of a person or of an office?"""

from __future__ import annotations

import re

_REACH = 50  # characters to each side
_SPACE = re.compile(r"\s+")

_PRIVATE = re.compile(
    "身份证|证件号|公民身份|家庭住址|家庭电话|住宅电话|宅电|户籍|户主|家长|监护人|申请人|申请者|投诉人|举报人|信访人|反映人|"
    "患者|病人|当事人|被害人|受害人|违法行为人|本人|配偶|家属|亲属|子女|学生|考生|村民|居民|农户|业主|业户|被征收|被征迁|"
    "补助对象|救助对象|低保|特困|残疾|五保|优抚|持卡人|姓名|性别|民族|出生|男[,，、]|女[,，、]"
)
_CONTACT = re.compile(
    "联系人|联系电话|联系方式|责任人|河长|林长|湖长|田长|网格员|值班|带班|经办|采购人|招标人|代理机构|供应商|项目负责人|邮箱|邮件|"
    "发送|发至|寄送|寄至|E-?MAIL", re.I
)
_ORGAN = re.compile(
    "[局委办厅处科股所站院校会][,:：、;；。()（）\x1f]|[局厅委科股处室]联系|办公室|政府|中心|委员会|公司|单位|意见|反馈|"
    "建议|报名|征集|公示期|异议|采购|招标|投标|防汛|抗旱|河道|水库|预案"
)
_PLAIN_OFFICE = re.compile(
    "(?:咨询|监督|举报|投诉|办公|值班|服务|受理|报名|业务|公示|反馈)(?:联系)?(?:电话|热线|邮箱|手机)|热线|传真|邮编|邮政编码|办公地址|办公时间"
)


def around(text: str, start: int, stop: int, reach: int = _REACH) -> str:
    """The words to both sides of a slice, without the white space that justified lines have between characters."""
    return _SPACE.sub("", f"{text[max(0, start - reach):start]}\x1f{text[stop:stop + reach]}")


def is_private(words: str) -> bool:
    """True when the words speak of a person as a person."""
    return bool(_PRIVATE.search(words))


def is_office(words: str) -> bool:
    """True when the words speak of an office that wants to be reached, and not of a person as such."""
    if is_private(words):
        return False
    return bool(_PLAIN_OFFICE.search(words) or (_CONTACT.search(words) and _ORGAN.search(words)))


def before(text: str, start: int, reach: int = 20) -> str:
    """What stands right before a slice."""
    return text[max(0, start - reach):start]
