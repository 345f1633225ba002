"""What kinds and verdicts are called, for every shell that shows findings."""

from __future__ import annotations

from gongkai.core.screening.model import Kind, Verdict

KINDS = {
    Kind.ID_NUMBER: "身份证件号码", Kind.PHONE: "电话号码", Kind.BANK_CARD: "银行账号", Kind.ADDRESS: "住址",
    Kind.EMAIL: "电子邮箱", Kind.PLATE: "车牌号", Kind.PASSPORT: "护照或通行证", Kind.NAME_LIST: "人员名单",
    Kind.SECRECY_MARK: "密级或内部标志", Kind.DISCLOSURE_MARK: "公开属性标志", Kind.HIDDEN_CONTENT: "隐藏内容",
    Kind.METADATA: "文件属性", Kind.UNSCREENED: "未经筛查", Kind.PERSON: "申请人信息", Kind.WORDING: "用语",
}
VERDICTS = {
    Verdict.PASS: "通过", Verdict.WARN: "需要核对", Verdict.BLOCK: "不能公开", Verdict.UNREADABLE: "无法读取",
}
FINDINGS = {Verdict.WARN: "核对", Verdict.BLOCK: "阻断"}
