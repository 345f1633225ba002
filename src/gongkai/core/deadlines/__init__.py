"""Time limits as pure functions of recorded facts: of applications (Order 711, Arts. 30 to 35), of publishing
(Art. 26), of reconsideration and suits.

Every deadline comes with its steps, so that a person can check it with a paper calendar, and says whether it is
settled or may still move. Nothing here asks what day it is.
"""

from gongkai.core.deadlines.clock import received_on, waits
from gongkai.core.deadlines.disputes import (
    Remedies,
    answer_due,
    appeal_due,
    decision_due,
    rehandling_due,
    remedy_until,
    suit_until,
)
from gongkai.core.deadlines.facts import (
    CHANNEL_NAMES,
    DEFAULT,
    Channel,
    Conventions,
    Deadline,
    Facts,
    Pause,
    PauseKind,
    Step,
    needs_confirmation,
)
from gongkai.core.deadlines.limits import (
    confirm_due,
    consultation_due,
    correction_notice_due,
    payment_due,
    showing_due,
)
from gongkai.core.deadlines.order import check_new_correction, check_order
from gongkai.core.deadlines.publishing import OtherLaw, PublishFacts, publish_due
from gongkai.core.deadlines.reply import reply_day, reply_due
from gongkai.core.deadlines.urgency import urgency

__all__ = [
    "CHANNEL_NAMES", "DEFAULT", "Channel", "Conventions", "Deadline", "Facts", "OtherLaw", "Pause", "PauseKind",
    "PublishFacts", "Remedies", "Step", "answer_due", "appeal_due", "check_new_correction", "check_order",
    "confirm_due", "consultation_due", "correction_notice_due", "decision_due", "needs_confirmation", "payment_due",
    "publish_due", "received_on", "rehandling_due", "remedy_until", "reply_day", "reply_due", "showing_due",
    "suit_until", "urgency", "waits",
]
