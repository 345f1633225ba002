"""The statutory letters as data: what each is called, how it is numbered, which fields it shows and cannot do without.

The list follows the fullest set of local templates that was found (procedural papers, replies by outcome); articles
are those of the Regulations on Open Government Information (Order 711) unless another law is named. No Django.
"""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.letters.fields import FIELDS, OWN, Field


@dataclass(frozen=True, slots=True)
class LetterKind:
    """One kind of letter.

    `word` is the word of the kind in a document number (公复 in 青民公复〔2026〕1号); an office may choose another.
    `remedy` names the kind of answer in `core.law.answers` whose remedy notice the letter carries ("" for papers that
    decide nothing); a refusal takes it from its ground.
    Keys that a caller hands in and that are neither `required` nor `optional` are ignored, so that one context may
    serve several letters.
    """

    key: str
    title: str
    word: str
    article: str
    required: tuple[str, ...]
    optional: tuple[str, ...] = ()
    remedy: str = ""
    numbered: bool = True

    @property
    def hint(self) -> str:
        """What tells it from others of the same title; "" where the title says enough."""
        return _HINTS.get(self.key, "")

    @property
    def name(self) -> str:
        """Title and hint, for lists."""
        return f"{self.title}（{self.hint}）" if self.hint else self.title

    @property
    def fields(self) -> tuple[Field, ...]:
        """Every field that a template of this kind may show, the program's own first."""
        return (*OWN, *(FIELDS[key] for key in (*self.required, *self.optional)))


_CASE = ("applicant", "application_number", "received_on", "requested")


def _paper(key: str, title: str, word: str, article: str, *required: str, optional: tuple[str, ...] = ()) -> LetterKind:
    return LetterKind(key, title, word, article, required, ("remark", *optional))


def _form(key: str, title: str, article: str, *required: str, optional: tuple[str, ...] = ()) -> LetterKind:
    return LetterKind(key, title, "", article, required, ("remark", *optional), numbered=False)


def _reply(
    key: str, title: str, article: str, *required: str, optional: tuple[str, ...] = (), remedy: str | None = None,
) -> LetterKind:
    # The required fields are those that core.law.answers asks of the answer, under the same names.
    return LetterKind(
        f"reply_{key}", title, "公复", article, (*_CASE, *required), ("facts", "remark", *optional),
        key if remedy is None else remedy,
    )


_ANSWER = "政府信息公开申请答复书"
_TOLD = "政府信息公开申请告知书"
_FEES = "第四十二条；《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）"

ALL: tuple[LetterKind, ...] = (
    # Papers of the procedure.
    _form("registration", "政府信息公开申请登记表", "第二十九条、第四十五条", *_CASE, "applicant_kind", "channel",
          optional=("identity", "contact", "contact_address", "delivery_form", "delivery_route", "attachments",
                    "due_on", "handler", "section")),
    _paper("receipt", "政府信息公开申请接收回执", "公收", "第三十一条", *_CASE,
           optional=("attachments", "channel", "due_on", "handler")),
    _paper("correction_notice", "政府信息公开申请补正告知书", "公补", "第三十条", *_CASE, "reasons", "correction",
           "due_on"),
    _paper("reasons_notice", "政府信息公开申请说明理由告知书", "公理", "第三十五条", *_CASE, "history", "due_on"),
    _paper("extension_notice", "政府信息公开申请延期答复告知书", "公延", "第三十三条", *_CASE, "reasons", "due_before",
           "due_on"),
    _paper("third_party_letter", "政府信息公开征求意见书", "公征", "第三十二条", "third_party", "involved",
           optional=("received_on", "requested", "period")),
    _form("third_party_confirmation", "政府信息公开征求意见确认函", "第三十二条", "third_party", "involved",
          optional=("notice_number", "notice_on")),
    _paper("third_party_notice", "政府信息公开征求意见告知书", "公征", "第三十二条、第三十三条", *_CASE, "sent_on",
           optional=("period",)),
    LetterKind("third_party_decision", "政府信息依申请公开告知书", "公告", "第三十二条",
               ("third_party", "involved", "reasons"),
               ("remark", "notice_number", "notice_on", "opinion", "opinion_on"),
               "granted"),
    _paper("co_maker_letter", "政府信息公开征求意见书", "公征", "第三十四条", "co_maker", "involved",
           optional=("received_on", "requested", "period", "proposed")),
    _paper("organ_letter", "政府信息公开协办函", "公协", "第十一条、第三十三条", "assisting_organ", "assistance",
           optional=("received_on", "requested", "due_on")),
    _paper("fee_notice", "政府信息公开信息处理费收费通知书", "公费",
           _FEES, *_CASE, "fee_method", "fee_basis", "fee_count", "fee_amount", "due_on"),
    _paper("delay_notice", "政府信息公开申请延迟答复告知书", "公延", "第三十五条", *_CASE, "reasons", "due_on",
           optional=("history",)),
    _paper("split_notice", "政府信息公开一事一申请告知书", "公告", "第二十九条、第三十条", *_CASE, "pieces",
           optional=("reasons",)),
    _paper("withdrawal_confirmation", "政府信息公开申请撤回确认书", "公撤", "第四十五条", *_CASE, "withdrawn_on",
           optional=("reasons",)),
    _form("service_receipt", "送达回证", "第四十五条", "served_title", "served_to", "served_by",
          optional=("served_number", "served_address", "served_on", "proof", "handler", "application_number")),
    _form("approval_form", "政府信息公开审查呈批单", "第十七条、第四十五条", "application_number", "received_on",
          "requested", "proposed",
          optional=("applicant", "applicant_kind", "basis", "section", "handler", "due_on", "facts")),
    _form("publication_transfer", "主动公开政府信息移送明细表", "第四十四条、第四十五条", "items",
          optional=("section", "handler", "application_number")),
    # Replies and other endings.
    _reply("published", _TOLD, "第三十六条第一项", "where", "how"),
    _reply("granted", _ANSWER, "第三十六条第二项", "way", "time", optional=("provided", "reasons")),
    _reply("partial", _ANSWER, "第三十七条", "redactions", "reasons", "way", "time", optional=("provided",)),
    _reply("refused", "政府信息不予公开答复书", "第十四条至第十六条、第三十六条第三项", "ground", "reasons",
           optional=("ground_sentence", "ground_article", "statute", "consultation"), remedy="refused_secret"),
    _reply("not_held", "政府信息不存在答复书", "第三十六条第四项", "search_scope", "search_terms", "search_systems",
           "searched_by", "searched_on"),
    _reply("not_ours", _TOLD, "第三十六条第五项", "reasons", optional=("right_organ", "right_contact")),
    _reply("creation", _TOLD, "第三十八条", "reasons"),
    _reply("unclear", _TOLD, "第三十条", "reasons", optional=("notice_number", "notice_on", "corrected_on")),
    _reply("enquiry", _TOLD, "第三十六条第七项", "statute", "reasons", optional=("where",),
           remedy="refused_enquiry"),
    _reply("repeat", _TOLD, "第三十六条第六项", "earlier_number", optional=("reasons",)),
    _reply("petition", _TOLD, "第三十九条第一款", "reasons", optional=("where",)),
    _reply("publication", _TOLD, "第三十九条第二款", "where"),
    _reply("excessive", _TOLD, "第三十五条", "reasons_asked_on", "reasons", optional=("history",)),
    _reply("confirmation", _TOLD, "第二条、第三十六条", "reasons", optional=("statute", "earlier_number")),
    _reply("uncorrected", _TOLD, "第三十条", "correction_asked_on", "correction_due_on", optional=("notice_number",)),
    _reply("unpaid", _TOLD, _FEES, "fee_notice_number", "payment_due_on", optional=("fee_amount",)),
    _reply("not_information", _TOLD, "第二条", "reasons", optional=("where",)),
    _reply("record_correction", "政府信息更正申请答复书", "第四十一条", "treatment", remedy="other",
           optional=("reasons", "right_organ", "right_contact")),
    _reply("other", _ANSWER, "第三十六条", "treatment", "reasons", optional=("basis",)),
)

_HINTS = {
    "third_party_letter": "给第三方", "third_party_notice": "给申请人", "third_party_decision": "给第三方",
    "co_maker_letter": "给共同制作机关", "reply_published": "已主动公开", "reply_granted": "予以公开",
    "reply_partial": "部分公开", "reply_not_ours": "非本机关", "reply_creation": "需另行制作",
    "reply_unclear": "补正后仍不明确", "reply_enquiry": "行政查询事项", "reply_repeat": "重复申请",
    "reply_petition": "信访举报投诉", "reply_publication": "公开出版物", "reply_excessive": "大量反复申请",
    "reply_confirmation": "要求确认或者重新出具", "reply_uncorrected": "逾期不补正", "reply_unpaid": "逾期未缴费",
    "reply_not_information": "不属于政府信息", "reply_other": "其他处理",
}
KINDS: dict[str, LetterKind] = {kind.key: kind for kind in ALL}
