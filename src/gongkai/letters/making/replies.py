"""The words of the replies, one function call a kind. Mandatory contents: organ and number, applicant, day received and
what was asked, facts and search, legal basis, conclusion, way and time of providing, remedy, date (Arts. 36, 37)."""

from __future__ import annotations

from gongkai.letters.kinds import KINDS
from gongkai.letters.making.parts import OPENING, REGULATIONS, enquiries, letter, optional, remedy, text
from gongkai.letters.making.sheet import directive

_GIVEN = (
    "{% if 提供的信息 %}提供的信息为：{{提供的信息}}。{% endif %}提供方式：{{提供方式}}。提供时间：{{提供时间}}。"
)
_NO_MORE = "视为{{称谓}}放弃申请，本机关不再处理该政府信息公开申请。"

CONCLUSIONS: dict[str, tuple[str, ...]] = {
    "reply_published": (
        f"经审查，{{{{称谓}}}}申请公开的政府信息已经主动公开。根据{REGULATIONS}第三十六条第一项的规定，"
        "现将获取该政府信息的方式、途径告知如下：",
        "公开的位置：{{公开的位置}}。", "获取方式：{{获取方式}}。",
    ),
    "reply_granted": (
        f"经审查，{{{{称谓}}}}申请公开的政府信息可以公开。根据{REGULATIONS}第三十六条第二项的规定，本机关予以公开。",
        _GIVEN,
        optional("理由", f"根据{REGULATIONS}第四十条的规定，本机关未按{{{{称谓}}}}要求的形式提供，"
                 "理由是：{{理由}}。"),
    ),
    "reply_partial": (
        f"经审查，{{{{称谓}}}}申请公开的信息中含有不予公开的内容，但是能够作区分处理。根据{REGULATIONS}第三十七条的规定，"
        "本机关向{{称谓}}提供可以公开的政府信息内容，对不予公开的内容说明理由。",
        _GIVEN,
        "不予公开的内容如下：",
        directive("{%p for 处 in 不公开的内容 %}")
        + text("{{loop.index}}．{{处.内容}}。该内容{{处.情形}}，依据：{{处.条款}}"
               "{% if 处.禁止公开的规定 %}、{{处.禁止公开的规定}}{% endif %}。")
        + directive("{%p endfor %}"),
        "理由：{{理由}}。",
    ),
    "reply_refused": (
        "经审查，{{称谓}}申请公开的信息{{不予公开情形表述}}。",
        optional("征求意见情况", "{{征求意见情况}}。"),
        "理由：{{理由}}。",
        "根据{{不予公开依据}}{% if 专门规定 %}、{{专门规定}}{% endif %}"
        f"和{REGULATIONS}第三十六条第三项的规定，"
        "本机关决定对该信息不予公开。",
    ),
    "reply_not_held": (
        "本机关对{{称谓}}申请公开的信息进行了检索。检索范围：{{检索范围}}。检索词：{{检索词}}。检索的系统和场所：{{检索系统}}。"
        "检索人：{{检索人}}。检索日期：{{检索日期}}。",
        f"经检索，本机关没有{{{{称谓}}}}申请公开的信息。根据{REGULATIONS}第三十六条第四项的规定，现告知{{{{称谓}}}}该政府信息不存在。",
    ),
    "reply_not_ours": (
        f"经审查，{{{{称谓}}}}申请公开的信息不属于本机关负责公开。理由：{{{{理由}}}}。根据{REGULATIONS}第三十六条第五项的规定，特此告知。",
        optional("负责公开的机关", "该信息由{{负责公开的机关}}负责公开"
                 "{% if 该机关联系方式 %}，联系方式：{{该机关联系方式}}{% endif %}。{{称谓}}可以向该机关提出申请。"),
    ),
    "reply_creation": (
        f"{REGULATIONS}第三十八条规定，行政机关向申请人提供的信息，应当是已制作或者获取的政府信息；"
        "需要行政机关对现有政府信息进行加工、分析的，行政机关可以不予提供。",
        "经审查，本机关没有{{称谓}}申请公开的现成信息，需要另行制作。理由：{{理由}}。本机关不予提供，特此告知。",
    ),
    "reply_unclear": (
        "{% if 原告知书文号 %}本机关以{{原告知书文号}}告知{{称谓}}对申请内容作出补正。{% endif %}"
        "{% if 补正日期 %}{{称谓}}于{{补正日期}}作了补正。{% endif %}"
        "经审查，补正后的申请内容仍不明确。理由：{{理由}}。",
        f"根据{REGULATIONS}第二十九条、第三十条的规定，本机关无法提供{{{{称谓}}}}申请公开的信息，特此告知。",
    ),
    "reply_enquiry": (
        "经审查，{{称谓}}申请公开的信息属于行政查询事项，有关法律、行政法规对其获取有特别规定。理由：{{理由}}。",
        f"根据{REGULATIONS}第三十六条第七项的规定，请{{{{称谓}}}}按照{{{{专门规定}}}}办理。"
        "{% if 公开的位置 %}办理地点和方式：{{公开的位置}}。{% endif %}",
    ),
    "reply_repeat": (
        "经审查，本机关此前已就{{称谓}}申请公开的同一政府信息作出答复（{{此前申请}}）。"
        "{% if 理由 %}{{理由}}。{% endif %}",
        f"根据{REGULATIONS}第三十六条第六项的规定，本机关不予重复处理，特此告知。",
    ),
    "reply_petition": (
        "经审查，{{称谓}}以政府信息公开申请的形式进行信访、投诉、举报等活动。理由：{{理由}}。",
        f"根据{REGULATIONS}第三十九条第一款的规定，本机关不作为政府信息公开申请处理。"
        "{% if 公开的位置 %}{{称谓}}可以通过下列渠道提出：{{公开的位置}}。{% endif %}",
    ),
    "reply_publication": (
        f"经审查，{{{{称谓}}}}申请的内容为要求提供公开出版物。根据{REGULATIONS}第三十九条第二款的规定，"
        "本机关不予处理，现将获取的途径告知如下：{{公开的位置}}。",
    ),
    "reply_excessive": (
        "{% if 申请情况 %}{{申请情况}}，数量、频次明显超过合理范围。{% endif %}"
        "本机关于{{说明理由告知日期}}要求{{称谓}}说明理由。经审查，{{称谓}}的申请理由不合理：{{理由}}。",
        f"根据{REGULATIONS}第三十五条的规定，本机关对该申请不予处理，特此告知。",
    ),
    "reply_confirmation": (
        "经审查，{{称谓}}要求本机关对已经获取的信息予以确认或者重新出具{% if 此前申请 %}（{{此前申请}}）{% endif %}。"
        "理由：{{理由}}。",
        f"根据{REGULATIONS}第二条{{% if 专门规定 %}}和{{{{专门规定}}}}{{% endif %}}的规定，本机关不予处理，特此告知。",
    ),
    "reply_uncorrected": (
        "本机关于{{补正告知日期}}{% if 原告知书文号 %}以{{原告知书文号}}{% endif %}告知{{称谓}}对申请作出补正，"
        "补正期限至{{补正期限}}。{{称谓}}无正当理由逾期未补正。",
        f"根据{REGULATIONS}第三十条的规定，{_NO_MORE}",
    ),
    "reply_unpaid": (
        "本机关以{{收费通知文号}}通知{{称谓}}缴纳信息处理费{% if 应缴金额 %}{{应缴金额}}元{% endif %}，"
        "缴费期限至{{缴费期限}}。{{称谓}}逾期未缴纳。",
        f"根据{REGULATIONS}第四十二条和《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）的规定，{_NO_MORE}",
    ),
    "reply_not_information": (
        f"{REGULATIONS}第二条规定，政府信息是指行政机关在履行行政管理职能过程中制作或者获取的，以一定形式记录、保存的信息。",
        "经审查，{{称谓}}申请的内容不属于政府信息。理由：{{理由}}。"
        "{% if 公开的位置 %}{{称谓}}可以通过下列渠道办理：{{公开的位置}}。{% endif %}",
        "本机关不作为政府信息公开申请处理，特此告知。",
    ),
    "reply_record_correction": (
        f"根据{REGULATIONS}第四十一条的规定，本机关对{{{{称谓}}}}要求更正与自身相关的政府信息记录的申请进行了审核。",
        "办理结果：{{处理结果}}。{% if 理由 %}理由：{{理由}}。{% endif %}",
        optional("负责公开的机关", "该记录由{{负责公开的机关}}负责更正"
                 "{% if 该机关联系方式 %}，联系方式：{{该机关联系方式}}{% endif %}。"),
    ),
    "reply_other": (
        "经审查，本机关对{{称谓}}的申请处理如下：{{处理结果}}。",
        "理由：{{理由}}。{% if 法律依据 %}依据：{{法律依据}}。{% endif %}特此答复。",
    ),
}


def bodies() -> dict[str, str]:
    """Kind → the body of its template."""
    return {
        key: letter(
            KINDS[key].title, "{{申请人}}", OPENING, optional("办理情况", "{{办理情况}}。"), *words, remedy(),
            enquiries(),
        )
        for key, words in CONCLUSIONS.items()
    }
