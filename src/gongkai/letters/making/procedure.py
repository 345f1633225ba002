"""The words of the papers of the procedure (Arts. 30–35, 42): to the applicant, to third parties, to other organs."""

from __future__ import annotations

from gongkai.letters.kinds import KINDS
from gongkai.letters.making.parts import OPENING, REGULATIONS, enquiries, letter, optional, remedy

_FEES = "《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）"
_APPLICANT, _THIRD = "{{申请人}}", "{{第三方}}"

WORDS: dict[str, tuple[str, tuple[str, ...]]] = {
    "receipt": (_APPLICANT, (
        OPENING,
        optional("申请材料", "已接收的材料：{{申请材料}}。"),
        f"本机关将依照{REGULATIONS}的规定办理。{{% if 截止日期 %}}如无需要补正、延期、征求意见等情形，"
        "答复期限至{{截止日期}}。{% endif %}",
        "本回执仅证明本机关已收到上述申请，不代表对申请内容的确认。",
    )),
    "correction_notice": (_APPLICANT, (
        OPENING,
        f"经审查，{{{{理由}}}}。根据{REGULATIONS}第二十九条、第三十条的规定，"
        "请{{称谓}}于{{截止日期}}前补正下列内容：",
        "{{补正内容}}。",
        "答复期限自本机关收到补正的申请之日起计算。无正当理由逾期不补正的，视为放弃申请，本机关不再处理该政府信息公开申请。",
        enquiries(),
    )),
    "reasons_notice": (_APPLICANT, (
        OPENING,
        f"{{{{申请情况}}}}，申请公开政府信息的数量、频次明显超过合理范围。根据{REGULATIONS}第三十五条的规定，"
        "请{{称谓}}于{{截止日期}}前书面说明理由。",
        "本机关认为申请理由不合理的，告知不予处理；认为申请理由合理，但是无法在规定期限内答复的，可以确定延迟答复的合理期限并告知。",
        enquiries(),
    )),
    "extension_notice": (_APPLICANT, (
        OPENING,
        "该申请的答复期限至{{原答复期限}}。因{{理由}}，不能在该期限内答复。"
        f"根据{REGULATIONS}第三十三条的规定，经本机关政府信息公开工作机构负责人同意，延长答复期限至{{{{截止日期}}}}。",
        "特此告知。", enquiries(),
    )),
    "third_party_letter": (_THIRD, (
        "本机关收到公民、法人或者其他组织提交的政府信息公开申请，所申请的信息涉及{{称谓}}。涉及的信息为：{{涉及的信息}}。",
        f"根据{REGULATIONS}第十五条、第三十二条的规定，现书面征求{{{{称谓}}}}的意见。请自收到本征求意见书之日起15个工作日内"
        "书面告知本机关是否同意公开；不同意公开的，请一并说明理由。",
        "逾期未提出意见的，由本机关依照条例的规定决定是否公开。{{称谓}}不同意公开且有合理理由的，本机关不予公开；"
        "本机关认为不公开可能对公共利益造成重大影响的，可以决定予以公开，并将决定公开的政府信息内容和理由书面告知{{称谓}}。",
        enquiries(),
    )),
    "third_party_notice": (_APPLICANT, (
        OPENING,
        "经审查，{{称谓}}申请公开的信息涉及第三方合法权益。"
        f"根据{REGULATIONS}第三十二条的规定，本机关已于{{{{发出日期}}}}书面征求第三方的意见。",
        f"根据{REGULATIONS}第三十三条的规定，征求第三方意见所需时间不计算在答复期限内。"
        "{% if 期限说明 %}征求意见的期限为{{期限说明}}。{% endif %}",
        "特此告知。", enquiries(),
    )),
    "third_party_decision": (_THIRD, (
        "本机关{% if 原告知日期 %}于{{原告知日期}}{% endif %}{% if 原告知书文号 %}以{{原告知书文号}}{% endif %}"
        "就政府信息公开申请涉及{{称谓}}的信息书面征求了{{称谓}}的意见。涉及的信息为：{{涉及的信息}}。",
        optional("第三方意见", "{{称谓}}{% if 意见日期 %}于{{意见日期}}{% endif %}提出的意见为：{{第三方意见}}。"),
        f"经审查，根据{REGULATIONS}第十五条、第三十二条的规定，本机关决定对上述信息予以公开。理由：{{{{理由}}}}。",
        remedy(), enquiries(),
    )),
    "co_maker_letter": ("{{共同制作机关}}", (
        "{% if 收到日期 %}本机关于{{收到日期}}收到政府信息公开申请，{% else %}本机关收到政府信息公开申请，{% endif %}"
        "所申请的信息由本机关牵头、与贵机关共同制作。涉及的信息为：{{涉及的信息}}。",
        optional("拟办意见", "本机关的初步意见为：{{拟办意见}}。"),
        f"根据{REGULATIONS}第三十四条的规定，现征求贵机关的意见。请自收到本征求意见书之日起15个工作日内提出意见；"
        "逾期未提出意见的，视为同意公开。",
        enquiries(),
    )),
    "organ_letter": ("{{协办机关}}", (
        "{% if 收到日期 %}本机关于{{收到日期}}收到政府信息公开申请。{% endif %}"
        "{% if 申请内容 %}申请公开的内容为：“{{申请内容}}”。{% endif %}",
        f"因办理需要，根据{REGULATIONS}第十一条的规定，商请贵机关协助办理下列事项：{{{{协办事项}}}}。",
        "{% if 截止日期 %}请于{{截止日期}}前函复本机关。{% else %}请尽快函复本机关。{% endif %}",
        enquiries(),
    )),
    "fee_notice": (_APPLICANT, (
        OPENING,
        f"根据{REGULATIONS}第四十二条和{_FEES}的规定，本机关对该申请收取信息处理费。计费方式：{{{{计费方式}}}}。"
        "计费依据：{{计费依据}}。计费数量：{{计费数量}}。应缴金额：{{应缴金额}}元。",
        "请自收到本通知书次日起20个工作日内（至{{截止日期}}）缴纳。"
        "{% if 缴费方式 %}缴费方式：{{缴费方式}}。{% endif %}",
        "逾期未缴纳的，视为放弃申请，本机关不再处理该政府信息公开申请。答复期限自缴费完成之次日起重新计算。",
        enquiries(),
    )),
    "delay_notice": (_APPLICANT, (
        OPENING,
        "{% if 申请情况 %}{{申请情况}}。{% endif %}{{称谓}}说明的申请理由合理，但是本机关无法在规定期限内答复："
        "{{理由}}。",
        f"根据{REGULATIONS}第三十五条的规定，本机关确定延迟答复的合理期限至{{{{截止日期}}}}。特此告知。", enquiries(),
    )),
    "split_notice": (_APPLICANT, (
        OPENING,
        "经审查，该申请包含多项内容。{% if 理由 %}{{理由}}。{% endif %}"
        "为便于检索、审查和答复，本机关按照“一事一申请”的方式，以合理的最小单位拆分办理如下：",
        "{{拆分情况}}。", "各项申请分别登记、分别答复。特此告知。", enquiries(),
    )),
    "withdrawal_confirmation": (_APPLICANT, (
        OPENING,
        "{{称谓}}于{{撤回日期}}表示撤回该申请。{% if 理由 %}撤回的理由：{{理由}}。{% endif %}"
        "本机关确认该申请已经撤回，办理程序自撤回之日起终止。",
        "撤回不影响{{称谓}}今后就同一政府信息再次提出申请。", enquiries(),
    )),
}


def bodies() -> dict[str, str]:
    """Kind → the body of its template."""
    return {key: letter(KINDS[key].title, whom, *words) for key, (whom, words) in WORDS.items()}
