"""From a draft to an application, and what its receipt says."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime

from gongkai.agencies.models import Agency
from gongkai.applications import actions, codes
from gongkai.applications.clock import facts_of
from gongkai.applications.models import Application
from gongkai.applications.submission import Incoming, Submission
from gongkai.calendars.queries import calendar_of, conventions
from gongkai.core.deadlines import Deadline, confirm_due, needs_confirmation, reply_due
from gongkai.core.errors import Refused
from gongkai.portal import kept
from gongkai.portal.drafts import Draft


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the applicant takes home. `confirm_by` is the day by which the office should confirm (Art. 31), `reply`
    when the answer would be due if both sides confirm today."""

    application: Application
    code: str = field(repr=False)
    confirm_by: Deadline
    reply: Deadline
    on: date


def hand_in(agency: Agency, draft: Draft, submission: Submission, *, at: datetime) -> Application:
    """The application of a draft's token, made now or before. Raises Refused: nothing was kept then but the draft."""
    files = []
    for entry in draft.files:
        try:
            files.append(Incoming(entry["name"], [kept.opened(draft.key, entry)]))
        except FileNotFoundError as error:
            # A second click at the same moment: the first one has handed it in and cleared the draft.
            made = Application.objects.filter(token=draft.token, agency=agency).first()
            if made is not None:
                return made
            raise Refused(
                "draft-file-gone", "附件“%(name)s”的暂存时间已过，申请没有提交；请返回修改，重新选择附件",
                name=entry["name"],
            ) from error
    return actions.submit(agency=agency, submission=submission, files=files, token=draft.token, at=at).application


def receipt(agency: Agency, application_id: int, today: date) -> Receipt:
    """The receipt of an application that this visitor's session handed in."""
    application = Application.objects.select_related("agency").get(pk=application_id, agency=agency)
    facts, calendar, taken = facts_of(application), calendar_of(agency), conventions()
    if facts.confirmed is None and needs_confirmation(facts.channel):
        facts = replace(facts, confirmed=max(today, application.arrived_on))
    return Receipt(
        application, codes.code_for(application), confirm_due(facts, calendar, taken),
        reply_due(facts, calendar, taken), today,
    )
