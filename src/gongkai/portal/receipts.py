"""From a draft to an application, and what its receipt says."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime

from gongkai.agencies.models import Agency
from gongkai.applications import actions, codes
from gongkai.applications.actions.intake import Acknowledged
from gongkai.applications.applicant import same_form
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


def hand_in(agency: Agency, draft: Draft, submission: Submission, *, at: datetime) -> Acknowledged:
    """The application of a draft's token, made now or before. Raises Refused: nothing was kept then but the draft."""
    files = []
    for entry in draft.files:
        try:
            files.append(Incoming(entry["name"], [kept.opened(draft.key, entry)]))
        except FileNotFoundError as error:
            # A second click at the same moment: the first one has handed it in and cleared the draft.
            made = Application.objects.filter(token=draft.token, agency=agency).first()
            if made is not None:
                differs = not same_form(made, agency, submission)
                return Acknowledged(made, codes.code_for(made), again=True, differs=differs)
            raise Refused(
                "draft-file-gone", "附件“%(name)s”的暂存时间已过，申请没有提交；请返回修改，重新选择附件",
                name=entry["name"],
            ) from error
    acknowledged = actions.submit(agency=agency, submission=submission, files=files, token=draft.token, at=at)
    if acknowledged.application.agency_id != agency.pk:
        raise Refused("token-used", "这张表单已经向另一个机关提交过，没有再提交；请从第一步重新填写")
    return acknowledged


def sent_already(agency: Agency, draft: Draft, submission: Submission | None) -> bool:
    """Whether what a visitor sends once more is what was received before. None: what cannot be sent at all."""
    first = Application.objects.get(pk=draft.sent, agency=agency)
    return submission is not None and same_form(first, agency, submission)


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
