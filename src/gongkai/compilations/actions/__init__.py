"""The only writes of this room, in the order of a report's life."""

from __future__ import annotations

from gongkai.compilations.actions.checking import check
from gongkai.compilations.actions.deciding import approve, return_
from gongkai.compilations.actions.entering import enter_cell, enter_table, withdraw_entry
from gongkai.compilations.actions.erratum import correct
from gongkai.compilations.actions.facts import set_fact
from gongkai.compilations.actions.prose import redraft, write
from gongkai.compilations.actions.publishing import publish
from gongkai.compilations.actions.signing import sign, take_back
from gongkai.compilations.actions.starting import start
from gongkai.compilations.actions.submitting import hand_in, submit
from gongkai.compilations.actions.waiving import waive, withdraw_waiver

__all__ = [
    "approve", "check", "correct", "enter_cell", "enter_table", "hand_in", "publish", "redraft", "return_",
    "set_fact", "sign", "start", "submit", "take_back", "waive", "withdraw_entry", "withdraw_waiver", "write",
]
