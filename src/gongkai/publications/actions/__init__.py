"""The only writes to publications: from the draft through its gates to the public, and what follows."""

from gongkai.publications.actions.drafting import accept, discard, draft, edit, revise, submit
from gongkai.publications.actions.files import accept_warnings, attach, detach, look, rename, reorder
from gongkai.publications.actions.linking import exempt_interpretation, link, plan_interpretation, unlink
from gongkai.publications.actions.practice import move_dates, set_practice
from gongkai.publications.actions.publishing import publish, set_channels, withdraw
from gongkai.publications.actions.reviewing import pass_after, pass_gates, return_edition, send
from gongkai.publications.actions.signing import sign
from gongkai.publications.actions.validity import lapse, mark_validity

__all__ = [
    "accept", "accept_warnings", "attach", "detach", "discard", "draft", "edit", "exempt_interpretation", "lapse",
    "link", "look", "mark_validity", "move_dates", "pass_after", "pass_gates", "plan_interpretation", "publish",
    "rename", "reorder", "return_edition", "revise", "send", "set_channels", "set_practice", "sign", "submit",
    "unlink", "withdraw",
]
