"""The only writes to applications: `intake`, `correction` and `additions` take in, the others handle and answer."""

from __future__ import annotations

from gongkai.applications.actions.additions import attach, contact, mend
from gongkai.applications.actions.consulting import consult, consultation_delivered, take_opinion
from gongkai.applications.actions.correction import (
    ask_correction,
    correct,
    correct_by_applicant,
    lapse_correction,
    withdraw,
    withdraw_by_applicant,
)
from gongkai.applications.actions.fees import lapse_fee, notice_fee, pay
from gongkai.applications.actions.handling import assign, hand_over, hand_over_all
from gongkai.applications.actions.intake import Acknowledged, confirm, register, split, submit
from gongkai.applications.actions.papers import hand_over_code, issue_receipt, issue_service_receipt
from gongkai.applications.actions.publishing import draft_publication
from gongkai.applications.actions.reply import draft_reply, return_draft, review, sign, submit_for_review
from gongkai.applications.actions.service import archive, prove_service, serve
from gongkai.applications.actions.time import (
    ask_reasons,
    decide_extension,
    delay,
    give_reasons_by_applicant,
    propose_extension,
    take_reasons,
)
from gongkai.applications.replying import publication_proposal

__all__ = [
    "Acknowledged", "archive", "ask_correction", "ask_reasons", "assign", "attach", "confirm", "consult",
    "consultation_delivered", "contact", "correct", "correct_by_applicant", "decide_extension", "delay",
    "draft_publication", "draft_reply", "give_reasons_by_applicant", "hand_over", "hand_over_all", "hand_over_code",
    "issue_receipt", "issue_service_receipt", "lapse_correction", "lapse_fee", "mend", "notice_fee", "pay",
    "propose_extension", "prove_service", "publication_proposal", "register", "return_draft", "review", "serve",
    "sign", "split", "submit", "submit_for_review", "take_opinion", "take_reasons", "withdraw",
    "withdraw_by_applicant",
]
