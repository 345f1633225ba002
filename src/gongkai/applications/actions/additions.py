"""What is added to a case or put right in the register, wherever the work stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import authorise
from gongkai.applications import following, naming, queries
from gongkai.applications.actions import parts
from gongkai.applications.actions.taking import put, taken
from gongkai.applications.events.intake import Attached, Contacted, Mended
from gongkai.applications.models import Application, Attachment, Contact, Use
from gongkai.applications.permissions import ApplicationPermission as P
from gongkai.applications.rules import intake as rules
from gongkai.applications.rules.days import check_days
from gongkai.applications.states import Act, State
from gongkai.applications.submission import Incoming
from gongkai.applications.uploads import accepted
from gongkai.core.deadlines import Channel, needs_confirmation
from gongkai.core.errors import Refused
from gongkai.core.law.answers import ANSWERS
from gongkai.core.law.applicants import ApplicantKind
from gongkai.core.text.redact import remove_tokens
from gongkai.ledger.actions import record

_CHOICES: dict[str, frozenset[str]] = {
    "applicant_kind": frozenset(kind.value for kind in ApplicantKind), "purpose": rules.PURPOSES,
    "delivery": rules.DELIVERY, "wanted": rules.WANTED, "channel": frozenset(channel.value for channel in Channel),
    "answer_kind": frozenset(ANSWERS),
}
# What the annual report counts is put right even in the archive; everything else there stays as it was put away.
COUNTED = frozenset({"applicant_kind", "answer_kind", "received_on", "closed_on"})
# Days follow from the acts of the office; those of a case that came with a register are what its row said.
_DAYS = frozenset({"received_on", "closed_on"})
_TEXTS = {"subject": rules.SUBJECT_MOST, "features": rules.FEATURES_MOST}
_UNSAID = "…"  # stands in the ledger for a text


@transaction.atomic
def contact(
    *, by: Actor, application: Application, way: str, summary: str, happened_at: datetime, at: datetime,
) -> Contact:
    """Note a talk with the applicant (沟通记录). The summary stays in the case, the ledger holds that there was one.

    Raises Refused: not-now, way-unknown, summary-needed, future-date; Denied.
    """
    authorise(by, _adding(by, application), application)
    now, _state = taken(application, Act.CONTACT)
    rules.check_way(way)
    said = rules.cleaned(summary)
    if not said:
        raise Refused("summary-needed", "请写明沟通的内容；没有保存")
    if happened_at > at:
        raise Refused("future-date", "沟通的时间还没有到，请核对；没有保存")
    row = Contact.objects.create(application=now, at=happened_at, way=way, summary=said, by_id=by.user_id)
    record(Contacted(way), by=by, at=at, subject_id=now.pk, agency_id=now.agency_id)
    return row


@transaction.atomic
def attach(
    *, by: Actor, application: Application, use: str, files: Iterable[Incoming], at: datetime,
) -> list[Attachment]:
    """Add files to the case, encrypted. Only those for the applicant (REPLY) ever leave the office.

    Raises Refused: not-now, use-unknown, nothing-sent, a file that is not taken; Denied.
    """
    authorise(by, _adding(by, application), application)
    now, _state = taken(application, Act.ATTACH)
    if use not in set(Use):
        raise Refused("use-unknown", "请选择文件的用途；没有保存")
    rows = parts.attach_sealed(now, Use(use), parts.seal_files(accepted(files), at), by, at)
    if not rows:
        raise Refused("nothing-sent", "没有选择文件；没有保存")
    record(Attached(use, len(rows)), by=by, at=at, subject_id=now.pk, agency_id=now.agency_id)
    return rows


@transaction.atomic
def mend(
    *, by: Actor, application: Application, values: Mapping[str, Any], reason: str, at: datetime,
    seen: int | None = None,
) -> Application:
    """Put right what was registered wrongly: applicant_kind, subject, purpose, delivery, wanted, features, channel; of
    a case that came with a register also its days received_on and closed_on, and of one that came closed answer_kind.

    What it was before and is now stands in the ledger, of texts that they were changed. A channel that needs a
    confirmation takes the case back to where it waits for one, as long as nobody works on it (Art. 31). Of an archived
    case only what the annual report counts. Raises Refused: changed-meanwhile, mend-over, mend-archived, mend-answer,
    mend-days, mend-order, future-date, mend-field, mend-value, mend-channel, reason-needed, nothing-changed; Denied.
    """
    authorise(by, P.REGISTER, application)
    now = Application.objects.select_for_update(of=("self",)).select_related("agency", "identity").get(
        pk=application.pk
    )
    if seen is not None and seen != now.revision:
        raise Refused("changed-meanwhile", "您打开页面后已有同事办理了这件申请；所填内容没有保存，请看最新情况后再办")
    if now.state == State.SPLIT:
        raise Refused("mend-over", "已拆分的申请不再更正，请更正拆分后的申请；没有保存")
    if now.state == State.ARCHIVED and not COUNTED.issuperset(values):
        raise Refused("mend-archived", "已归档的申请只更正年报要统计的申请人类型、办理结果和随台账导入的日期；没有保存")
    if "answer_kind" in values and not queries.answer_came_with_register(now):
        raise Refused(
            "mend-answer", "办理结果由答复等办理动作决定，只有随台账导入的已办结申请可以在这里更正；没有保存",
        )
    if not _DAYS.isdisjoint(values) and not queries.came_with_register(now):
        raise Refused("mend-days", "日期由各自的办理动作决定，只有随台账导入、没有在这里办理过的申请可以更正；没有保存")
    said = naming.for_ledger(now, reason)
    if not said:
        raise Refused("reason-needed", "请写明更正的理由；没有保存")
    new: dict[str, Any] = {field: _checked(now, field, value) for field, value in values.items()}
    new = {field: value for field, value in new.items() if value != getattr(now, field)}
    if not new:
        raise Refused("nothing-changed", "没有改动任何一项，没有保存")
    before = {field: getattr(now, field) for field in new}
    for field, value in new.items():
        setattr(now, field, value)
    if not _DAYS.isdisjoint(new):
        _redated(now, timezone.localdate(at))
    put(now, _state_after(now) if "channel" in new else State(now.state))
    told = [
        (field, *((_UNSAID, _UNSAID) if field in _TEXTS else (str(before[field] or ""), str(new[field]))))
        for field in new
    ]
    fields, old, changed = (tuple(column) for column in zip(*told, strict=True))
    record(Mended(fields, old, changed, said), by=by, at=at, subject_id=now.pk, agency_id=now.agency_id)
    return now


def _adding(by: Actor, application: Application) -> P:
    """A section's contributor adds to the applications of the own section, others need the office's permission."""
    return P.CONTRIBUTE if application.handled_in(by) else P.HANDLE


def _redated(now: Application, today: date) -> None:
    """Days of a row of a register that were put right: the day of receipt is the statutory one, whatever the channel,
    and the due day is counted anew, also of a closed case."""
    disputes = following.disputes_of([now]).get(now.pk, ())
    received = ("收到日期", now.received_on)
    check_days([
        received, ("补正告知日期", now.correction_asked_on), ("补正日期", now.corrected_on),
        ("办结日期", now.closed_on),
    ], today)
    check_days([received, ("复议、诉讼收到日期", min((one.received for one in disputes), default=None))], today)
    assert now.received_on is not None
    now.arrived_on = now.confirmed_on = now.received_on
    now.due_on = None


def _checked(now: Application, field: str, value: Any) -> Any:
    if field in _DAYS:
        if not isinstance(value, date) or (field == "closed_on" and now.closed_on is None):
            raise Refused("mend-value", "请填写日期；没有办结的申请没有办结日期，没有保存")
        return value
    if field in _CHOICES:
        if value not in _CHOICES[field]:
            raise Refused("mend-value", "请从所列的选项中选择；没有保存")
        return str(value)
    if field not in _TEXTS:
        raise Refused("mend-field", "这一项不在这里更正：日期由各自的办理动作决定，身份在身份信息中更正")
    text = rules.cleaned(str(value))
    if field == "subject":
        text = " ".join(remove_tokens(text, naming.tokens_of(now)).text.split())
    if len(text) > _TEXTS[field] or (field == "subject" and not text):
        raise Refused("mend-text", "申请事项不能为空，文字不能超过 %(most)s 个字；没有保存", most=_TEXTS[field])
    return text


def _state_after(now: Application) -> State:
    """Where a case stands after its channel was put right."""
    waits = needs_confirmation(Channel(now.channel)) and now.confirmed_on is None
    if waits and now.state not in (State.RECEIVED, State.REGISTERED):
        raise Refused(
            "mend-channel", "这件申请已经在办，改成的渠道须先与申请人确认收到日期（第三十一条），没有更正",
        )
    if waits:
        return State.RECEIVED
    return State.REGISTERED if now.state == State.RECEIVED else State(now.state)
