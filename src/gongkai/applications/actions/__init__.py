"""The only writes to applications: `intake`, `correction` and `additions` take in, the others handle and answer."""

from __future__ import annotations

from gongkai.applications.actions.additions import attach, contact, mend
from gongkai.applications.actions.correction import (
    ask_correction,
    correct,
    correct_by_applicant,
    lapse_correction,
    withdraw,
    withdraw_by_applicant,
)
from gongkai.applications.actions.intake import Acknowledged, confirm, register, split, submit

__all__ = [
    "Acknowledged", "ask_correction", "attach", "confirm", "contact", "correct", "correct_by_applicant",
    "lapse_correction", "mend", "register", "split", "submit", "withdraw", "withdraw_by_applicant",
]
