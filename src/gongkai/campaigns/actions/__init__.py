"""The only writes of this room: the campaign itself, who is in it, urging, files, and explanations of differences."""

from __future__ import annotations

from gongkai.campaigns.actions.comparing import compare
from gongkai.campaigns.actions.explaining import accept, explain, send_back
from gongkai.campaigns.actions.files import accept_file, take_in
from gongkai.campaigns.actions.members import add, drop, exempt, give_time, owe, read
from gongkai.campaigns.actions.opening import amend, close, open_campaign, reopen
from gongkai.campaigns.actions.reminding import remind, remind_by_itself

__all__ = [
    "accept", "accept_file", "add", "amend", "close", "compare", "drop", "exempt", "explain", "give_time",
    "open_campaign", "owe", "read", "remind", "remind_by_itself", "reopen", "send_back", "take_in",
]
