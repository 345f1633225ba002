"""The only writes of this room, one file an idea."""

from gongkai.disputes.actions.dates import move_dates
from gongkai.disputes.actions.papers import attach
from gongkai.disputes.actions.proceeding import amend, answer, appeal, close, decide, reopen
from gongkai.disputes.actions.registering import amend_dispute, cancel, register
from gongkai.disputes.actions.rehandling import amend_period, fulfil, lift

__all__ = [
    "amend", "amend_dispute", "amend_period", "answer", "appeal", "attach", "cancel", "close", "decide", "fulfil",
    "lift", "move_dates", "register", "reopen",
]
