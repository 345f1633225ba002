"""What acts on a dispute begin and end with. Parts of actions, not actions; each runs in the transaction of the act
that calls it.

Locks are taken in one order: the number's, the application's row, the dispute's row, and the ledger's last.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from django.conf import settings

from gongkai.agencies.models import Agency
from gongkai.applications.models import Application
from gongkai.applications.naming import LONGEST_REMARK, tokens_in
from gongkai.calendars.queries import calendar_of
from gongkai.core.errors import Refused
from gongkai.core.law.retention import RetentionSettings, retention
from gongkai.core.text.redact import remove_tokens
from gongkai.disputes import rules
from gongkai.disputes.clock import settle_rehandling
from gongkai.disputes.models import Dispute, DisputeSeries, Proceeding, Rehandling
from gongkai.disputes.states import OPEN, Act, State, Track, after, standing
from gongkai.infra import locks
from gongkai.vault.masks import mask
from gongkai.vault.models import Sealed

MARKS = {Track.RECONSIDERATION: "议", Track.DIRECT: "诉", Track.AFTER: "诉"}
_MASK_MOST, _CHUNK = 60, 500
# These only add to the case, whatever else has happened.
_HARMLESS = frozenset({Act.ATTACH})


def taken(dispute: Dispute, act: Act, *, seen: int | None = None) -> tuple[Dispute, State]:
    """The row, locked and as it is now, and the state that `act` leads to. Raises Refused: changed-meanwhile,
    not-now."""
    hold_application(dispute.application_id)
    rows = Dispute.objects.select_for_update(of=("self",), no_key=True).select_related("agency", "identity")
    now = rows.get(pk=dispute.pk)
    if seen is not None and seen != now.revision and act not in _HARMLESS:
        raise Refused("changed-meanwhile", "您打开页面后已有同事办理了这件案件；所填内容没有保存，请看最新情况后再办")
    return now, after(now.state, act)


def put(dispute: Dispute, state: State) -> Dispute:
    """Move to `state`, one revision on, and save."""
    dispute.state = state
    dispute.revision += 1
    dispute.save()
    return dispute


def hold_application(key: int | None) -> Application | None:
    """The application's row, locked before the ledger is: what refers to it looks at it again when it commits."""
    if key is None:
        return None
    rows = Application.objects.select_for_update(of=("self",), no_key=True).select_related("agency", "identity")
    return rows.get(pk=key)


def hold_cases(keys: Iterable[int]) -> None:
    """Lock cases in the order of their keys, as everybody does who locks several."""
    asked = sorted(keys)
    for at in range(0, len(asked), _CHUNK):
        rows = Dispute.objects.select_for_update(no_key=True).filter(pk__in=asked[at:at + _CHUNK])
        list(rows.order_by("pk").values_list("pk"))


def hold_open() -> None:
    """Lock every case whose dates may move until the surrounding transaction ends."""
    list(Dispute.objects.select_for_update(no_key=True).filter(state__in=OPEN).order_by("pk").values_list("pk"))


def last_of(dispute: Dispute) -> Proceeding:
    """The proceeding that says where the case stands."""
    found = dispute.proceedings.order_by("-position").first()
    assert found is not None  # every dispute is made with its first
    return found


def state_by(proceeding: Proceeding) -> State:
    """The state that the last proceeding gives to an open case."""
    return standing(
        answered=proceeding.answered_on is not None or proceeding.ours, decided=proceeding.decided_on is not None,
    )


def course_of(row: Proceeding) -> rules.Course:
    """The days and the result of a proceeding, for the rules."""
    return rules.Course(
        row.stage, row.received_on, row.filed_on, row.accepted_on, row.answered_on, row.decided_on, row.served_on,
        row.result, row.ending,
    )


def for_ledger(dispute: Dispute, text: str) -> str:
    """An office's remark as the ledger keeps it for ever: short, without anybody of the case."""
    return unnamed(" ".join(text.split()), dispute.identity, dispute.application)[:LONGEST_REMARK]


def unnamed(text: str, identity: Sealed | None, application: Application | None) -> str:
    """A text without the other side and without whoever asked."""
    whose = [identity, application.identity if application is not None else None]
    return remove_tokens(text, tokens_in(whose)).text


def mask_of(party: Mapping[str, str]) -> str:
    """How lists call the other side: 张**; an organisation by its name."""
    for name in ("organisation", "name"):
        if party.get(name, "").strip():
            return mask(name, party[name])[:_MASK_MOST]
    return ""


def late_by(dispute: Dispute, due_on: date | None, on: date) -> int:
    """Working days by which a day lies after a due date, 0 when it does not."""
    return 0 if due_on is None or on <= due_on else calendar_of(dispute.agency).count(due_on, on)


def keep_longer(application: Application | None) -> None:
    """An archived application that is contested is kept as long as disputed ones (GONGKAI_RETENTION_DISPUTED_YEARS).
    The caller holds the row; it is not kept shorter again when the case turns out to be a mistake."""
    if application is None or application.retain_until is None or application.closed_on is None:
        return
    kept = retention(
        application.closed_on, disputed=True,
        settings=RetentionSettings(settings.GONGKAI_RETENTION_YEARS, settings.GONGKAI_RETENTION_DISPUTED_YEARS),
    )
    if kept.last_day > application.retain_until:
        application.retain_until = kept.last_day
        application.revision += 1
        application.save(update_fields=["retain_until", "revision"])


def open_duties(dispute: Dispute) -> list[Rehandling]:
    """What the organ still has to do anew."""
    return list(dispute.rehandlings.open().order_by("pk"))


def lift_open(dispute: Dispute, on: date, why: str) -> int:
    """Lift what is still to be done anew; how many duties that were."""
    duties = open_duties(dispute)
    for duty in duties:
        duty.lifted_on, duty.lifted_reason = on, why[:rules.REASON_MOST]
        duty.save(update_fields=["lifted_on", "lifted_reason"])
    return len(duties)


def open_duty(
    dispute: Dispute, proceeding: Proceeding, *, days: int | None = None, working: bool = True,
    from_on: date | None = None,
) -> Rehandling:
    """The duty to reply anew that a correcting decision leaves, with its clock: from the day on which the decision
    reached the organ."""
    assert proceeding.decided_on is not None
    duty = Rehandling(
        dispute=dispute, proceeding=proceeding, application_id=dispute.application_id,
        from_on=from_on or proceeding.served_on or proceeding.decided_on, days=days, working=working or days is None,
    )
    settle_rehandling(duty, calendar_of(dispute.agency))
    duty.save()
    return duty


def next_number(agency: Agency, track: Track, year: int, typed: str = "") -> str:
    """The number of a new case: 议2026-0001 for a reconsideration, 诉2026-0001 for a suit, or the office's own.

    One at a time until the transaction ends: a number that is given is used, or nobody ever saw it. Raises Refused:
    number-taken, words-too-long.
    """
    hold_numbers(agency)
    wanted = rules.text("登记号", typed, rules.NUMBER_MOST)
    if wanted:
        if Dispute.objects.filter(agency=agency, number=wanted).exists():
            raise Refused(
                "number-taken", "登记号%(number)s已经用过，没有保存；请换一个，或者留空由系统编号", number=wanted,
            )
        return wanted
    return next(iter(next_numbers(agency, [(track, year)])))


def next_numbers(agency: Agency, wanted: Iterable[tuple[Track, int]]) -> list[str]:
    """One number for each (track, year) in turn; numbers that somebody typed are passed over."""
    hold_numbers(agency)
    asked = [(MARKS[track], year) for track, year in wanted]
    free = {key: _free(agency, *key, count)[::-1] for key, count in Counter(asked).items()}
    return [free[key].pop() for key in asked]


def _free(agency: Agency, mark: str, year: int, count: int) -> list[str]:
    """The next so many numbers of a series, and the series moved on."""
    series, _new = DisputeSeries.objects.get_or_create(agency=agency, mark=mark, year=year)
    rows, found = Dispute.objects.filter(agency=agency), []
    while len(found) < count:
        first, series.last = series.last + 1, series.last + min(count - len(found), _CHUNK)
        block = [f"{mark}{year}-{ordinal:04d}" for ordinal in range(first, series.last + 1)]
        used = set(rows.filter(number__in=block).values_list("number", flat=True))
        found += [number for number in block if number not in used]
    series.save(update_fields=["last"])
    return found


def hold_numbers(agency: Agency) -> None:
    """Whoever registers cases of an agency does so one at a time."""
    locks.serialise(f"disputes-{agency.pk}")

