"""The way in: what the public sends, what the office registers, the confirmation, the splitting (Arts. 27–31)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import OperationalError, transaction

from gongkai.accounts.actor import PUBLIC, Actor
from gongkai.accounts.permissions import authorise
from gongkai.agencies.models import Agency
from gongkai.agencies.queries import heirs
from gongkai.applications import applicant, codes, naming, numbers, order
from gongkai.applications.actions import parts
from gongkai.applications.actions.taking import put, taken
from gongkai.applications.clock import settle
from gongkai.applications.events.intake import Confirmed, Received, Registered, Split, SplitOff
from gongkai.applications.models import Application, Attachment, Contact, Use
from gongkai.applications.permissions import ApplicationPermission as P
from gongkai.applications.rules import intake as rules
from gongkai.applications.states import Act, State
from gongkai.applications.submission import Incoming, Piece, Submission
from gongkai.applications.uploads import accepted
from gongkai.core.deadlines import Channel, needs_confirmation
from gongkai.core.errors import Refused
from gongkai.core.law.applicants import ApplicantKind
from gongkai.core.text.redact import remove_tokens
from gongkai.infra import locks
from gongkai.ledger.actions import record
from gongkai.vault.actions import seal

_NO_ROOM = ("is full", "No space left")
# Of a content, to make a subject: far more than is shown, for what is cut in the middle of a name is not found in it.
_LOOKED_THROUGH = 1000
_ORAL = "口头申请，由工作人员代填"


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """What the applicant is told after the commit. `again`: the same form had been received before, and this is that
    application; `differs`: what was sent now is not what was kept then, and was not kept."""

    application: Application
    code: str = field(repr=False)
    again: bool = False
    differs: bool = False


def submit(
    *, agency: Agency, submission: Submission, files: Iterable[Incoming], token: UUID, at: datetime,
) -> Acknowledged:
    """Take an application from the public page. It waits for the confirmation with the applicant (Art. 31).

    Encrypted files are on the disk before the one transaction with everything else; this returns after its commit,
    which is why it may not run inside another one. The same `token` again, after a lost connection or a double click,
    gives the same number and code. Raises Refused with nothing kept: what rules.intake and uploads refuse, the organ
    that is no more, disk-full.
    """
    said, today = rules.tidy(submission), order.today_at(at)
    first = _sent(token)
    if first is not None:
        return _again(first, agency, said)
    _check_organ(agency, today)
    rules.check(rules.unregistrable(said))
    try:
        looked_at = accepted(files)
        rules.check(rules.lacking(said, proven=bool(looked_at)))
        sealed = parts.seal_files(looked_at, at)
        with transaction.atomic(durable=True):
            locks.serialise(f"submit-{token}")
            first = _sent_meanwhile(token)
            if first is None:
                application = _enter(
                    by=PUBLIC, agency=agency, said=said, channel=Channel.ONLINE, arrived_on=today, token=token, at=at,
                )
                parts.attach_sealed(application, Use.IDENTITY, sealed, PUBLIC, at)
                record(
                    Received(application.number, Channel.ONLINE.value, said.applicant_kind, today, len(sealed)),
                    by=PUBLIC, at=at, subject_id=application.pk, agency_id=agency.pk,
                )
    except OperationalError as error:
        # The database lies on a disk as well: SQLite says "disk is full", PostgreSQL "No space left on device".
        if not any(words in str(error) for words in _NO_ROOM):
            raise
        raise Refused("disk-full", "服务器磁盘已满，申请没有收下；请稍后再提交，或者邮寄、当面提交") from error
    if first is not None:
        return _again(first, agency, said)
    return Acknowledged(application, codes.code_for(application))


@transaction.atomic
def register(
    *, by: Actor, agency: Agency, channel: str, arrived_on: date, submission: Submission, at: datetime,
    files: Iterable[Incoming] = (), oral: bool = False, confirmed_on: date | None = None, token: UUID | None = None,
    note: str = "",
) -> Application:
    """Register what came to the counter, by post, letter, fax or mail.

    What came is registered even where something of Art. 29 is lacking: that is asked for once (Art. 30). In person and
    signed post count on the day of arrival, the others wait for confirmation unless `confirmed_on` says it (Art. 31).
    `oral`: written down for somebody who cannot write (Arts. 29, 43); `note` or a file tells of the signature. The
    same `token` again gives the same application. Raises Refused, Denied.
    """
    authorise(by, P.REGISTER, agency)
    if token is not None:
        locks.serialise(f"submit-{token}")
        first = _sent_meanwhile(token)
        if first is not None:
            if first.agency_id != agency.pk:
                raise Refused("token-used", "这张表单已经提交过，请刷新页面后重新登记")
            return first
    if channel not in set(Channel):
        raise Refused("channel-unknown", "请选择申请到达的渠道")
    said, came = rules.tidy(submission), Channel(channel)
    rules.check_arrival(arrived_on, confirmed_on, order.today_at(at))
    rules.check_oral(came, oral)
    _check_organ(agency, arrived_on)
    rules.check(rules.unregistrable(said))
    sealed = parts.seal_files(accepted(files), at)
    application = _enter(
        by=by, agency=agency, said=said, channel=came, arrived_on=arrived_on, token=token or uuid4(), at=at, oral=oral,
        confirmed_on=confirmed_on if needs_confirmation(came) else None, note=_note(note, oral, bool(sealed)),
    )
    parts.attach_sealed(application, Use.APPLICATION, sealed, by, at)
    record(
        Registered(application.number, came.value, said.applicant_kind, arrived_on, oral, len(sealed)),
        by=by, at=at, subject_id=application.pk, agency_id=agency.pk,
    )
    return application


@transaction.atomic
def confirm(
    *, by: Actor, application: Application, on: date, how: str, at: datetime, seen: int | None = None,
) -> Application:
    """Both sides agree that it has arrived: `on` is the day of receipt, from which the clock runs (Art. 31).

    `how` is a way of rules.intake.WAYS or the clerk's own words. Raises Refused: not-now, changed-meanwhile, a day
    that cannot be; Denied.
    """
    authorise(by, P.REGISTER, application)
    now, state = taken(application, Act.CONFIRM, seen=seen)
    order.check(now, at, confirmed=on)
    now.confirmed_on = on
    put(now, state)
    known = how if how in rules.WAYS else "other"
    Contact.objects.create(
        application=now, at=at, way=known, by_id=by.user_id,
        summary="与申请人确认收到日期" if known != "other" else rules.cleaned(how)[:rules.REASON_MOST],
    )
    record(Confirmed(on), by=by, at=at, subject_id=now.pk, agency_id=now.agency_id)
    return now


@transaction.atomic
def split(
    *, by: Actor, application: Application, pieces: Sequence[Piece], reason: str, on: date, at: datetime,
    seen: int | None = None, notice: bool = False,
) -> list[Application]:
    """Several matters in one application become one each (一事一申请), with its applicant, files and dates.

    The pieces are 2026-0001-1, 2026-0001-2 …; the code of the whole leads to each of them. With `notice` the applicant
    gets the letter that tells of it. Raises Refused: not-now, changed-meanwhile, split-count, split-empty,
    split-too-long, split-too-late, a day that cannot be; Denied.
    """
    from gongkai.applications.correspondence import issue

    authorise(by, P.REGISTER, application)
    now, state = taken(application, Act.SPLIT, seen=seen)
    rules.check_pieces([(piece.subject, piece.content) for piece in pieces])
    today = order.today_at(at)
    rules.not_to_come("拆分日期", on, today, "第二十九条")
    rules.not_before("拆分日期", on, "收到日期", now.arrived_on, "第三十一条")
    if now.consultations.exists() or now.fee_noticed_on is not None:
        raise Refused("split-too-late", "已经征求过意见或者通知过收费，拆分后期限无法各自计算；没有拆分")
    made = [_piece(now, ordinal, piece, at) for ordinal, piece in enumerate(pieces, 1)]
    put(now, state)
    said = naming.for_ledger(now, reason)
    if notice:
        listed = "\n".join(f"{ordinal}. {one.number}：{one.subject}" for ordinal, one in enumerate(made, 1))
        issue(now, "split_notice", by=by, on=on, at=at, key="split", pieces=listed, reasons=reason)
    for one in made:
        record(SplitOff(one.number, now.number), by=by, at=at, subject_id=one.pk, agency_id=now.agency_id)
    record(
        Split(on, tuple(one.number for one in made), said), by=by, at=at, subject_id=now.pk, agency_id=now.agency_id,
    )
    return made


def _sent(token: UUID) -> Application | None:
    return Application.objects.select_related("agency", "identity").filter(token=token).first()


# Asked a second time under the lock: a form sent twice at once passes the first question twice.
_sent_meanwhile = _sent


def _again(first: Application, agency: Agency, said: Submission) -> Acknowledged:
    return Acknowledged(first, codes.code_for(first), again=True, differs=not applicant.same_form(first, agency, said))


def _check_organ(agency: Agency, on: date) -> None:
    after = [heir.name for heir in heirs(agency)] if agency.valid_to is not None else []
    rules.check_organ(agency.name, agency.valid_from, agency.valid_to, after, on)


def _note(said: str, oral: bool, with_files: bool) -> str:
    said = rules.cleaned(said)
    if not oral:
        return said
    return said or f"{_ORAL}；{'签名或按指印的记录见附件' if with_files else '签名或按指印的记录尚未附上'}"


def _enter(
    *, by: Actor, agency: Agency, said: Submission, channel: Channel, arrived_on: date, token: UUID, at: datetime,
    oral: bool = False, confirmed_on: date | None = None, note: str = "",
) -> Application:
    """The row with its number, identity and index. The number comes first: its lock is taken before the ledger's."""
    number = parts.next_number(agency, arrived_on.year)
    identity = seal(by=by, agency=agency, values=said.identity, at=at)
    waits = needs_confirmation(channel) and confirmed_on is None
    application = Application(
        agency=agency, number=number, state=State.RECEIVED if waits else State.REGISTERED, channel=channel.value,
        oral=oral, applicant_kind=ApplicantKind(said.applicant_kind).value, identity=identity,
        applicant_key=applicant.key_of(said.applicant_kind, said.identity),
        applicant_mask=applicant.mask_of(said.applicant_kind, said.identity), content=said.content,
        features=said.features, purpose=said.purpose, wanted=said.wanted, delivery=said.delivery, submitted_at=at,
        arrived_on=arrived_on, confirmed_on=confirmed_on, token=token, code_digest=codes.digest(codes.made(token)),
        note=note,
    )
    application.subject = _subject(application, said.subject or " ".join(said.content.split())[:_LOOKED_THROUGH],
                                   rules.SUBJECT_MOST if said.subject else rules.SUBJECT_MADE)
    settle(application)
    application.save()
    parts.index(application)
    return application


def _subject(application: Application, text: str, most: int) -> str:
    """What lists and letters to others call it: the applicant's own words taken out first, then cut."""
    plain = " ".join(remove_tokens(" ".join(text.split()), naming.tokens_of(application)).text.split())
    return plain if len(plain) <= most else plain[:most - 1] + "…"


def _piece(whole: Application, ordinal: int, piece: Piece, at: datetime) -> Application:
    content = rules.cleaned(piece.content)
    handed = whole.section_id is not None or whole.handler_id is not None
    made = Application(
        agency=whole.agency, number=_free_number(whole, ordinal), channel=whole.channel, oral=whole.oral,
        state=State.RECEIVED if whole.state == State.RECEIVED else State.ASSIGNED if handed else State.REGISTERED,
        applicant_kind=whole.applicant_kind, identity=whole.identity, applicant_key=whole.applicant_key,
        applicant_mask=whole.applicant_mask, content=content, features=whole.features, purpose=whole.purpose,
        wanted=whole.wanted, delivery=whole.delivery, submitted_at=whole.submitted_at, arrived_on=whole.arrived_on,
        confirmed_on=whole.confirmed_on, correction_asked_on=whole.correction_asked_on,
        correction_due_on=whole.correction_due_on, correction_asked_for=whole.correction_asked_for,
        corrected_on=whole.corrected_on, extended_days=whole.extended_days, delayed_to=whole.delayed_to,
        section=whole.section, handler=whole.handler, split_from=whole, code_digest=whole.code_digest,
    )
    made.subject = _subject(made, rules.cleaned(piece.subject) or content, rules.SUBJECT_MOST)
    settle(made)
    made.save()
    parts.index(made)
    Attachment.objects.bulk_create([
        Attachment(
            application=made, use=held.use, name=held.name, sealed_file_id=held.sealed_file_id, added_at=at,
            by_id=held.by_id,
        )
        for held in whole.attachments.filter(use__in=(Use.IDENTITY, Use.APPLICATION, Use.CORRECTION))
    ])
    return made


def _free_number(whole: Application, ordinal: int) -> str:
    taken_numbers = Application.objects.filter(agency=whole.agency)
    while taken_numbers.filter(number=numbers.piece(whole.number, ordinal)).exists():
        ordinal += 1
    return numbers.piece(whole.number, ordinal)
