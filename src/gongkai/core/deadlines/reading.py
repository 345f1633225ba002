"""Facts out of what people type: on the command line, in a line of JSON, in a column of a sheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from typing import Any

from gongkai.core.deadlines.facts import (
    CHANNEL_NAMES,
    Channel,
    Deadline,
    Facts,
    Pause,
    PauseKind,
    Step,
    needs_confirmation,
)
from gongkai.core.errors import Refused
from gongkai.core.text.dates import whole_date

_CHANNELS = {channel.value: channel for channel in Channel} | {name: c for c, name in CHANNEL_NAMES.items()}
_KINDS = {kind.value: kind for kind in PauseKind} | {
    "第三方": PauseKind.THIRD_PARTY, "共同制作机关": PauseKind.CO_MAKER, "其他机关": PauseKind.OTHER_ORGAN,
}
KEYS = ("received", "channel", "confirmed", "corrected", "consult", "consults", "extended", "paid", "region")
_KNOWN = frozenset(KEYS)
_PAUSE_KEYS = frozenset({"sent", "arrived", "kind"})
_EARLIEST = date(1990, 1, 1)


@dataclass(frozen=True, slots=True)
class Question:
    """The facts that were given, where, and what was taken for granted."""

    facts: Facts
    region: str = ""
    taken: Step | None = None

    def explained(self, deadline: Deadline) -> Deadline:
        """The answer with what was taken for granted said first."""
        return deadline if self.taken is None else replace(deadline, steps=(self.taken, *deadline.steps))


def day(text: object, name: str) -> date:
    """A date in any usual way of writing: 2026-01-30, 2026/1/30, 2026.1.30, 20260130, 2026年1月30日.

    Raises Refused `bad-date`.
    """
    found = None
    if isinstance(text, str) and len(text) < 40:
        if text.isascii() and ((len(text) == 10 and text[4] == "-") or (len(text) == 8 and text.isdecimal())):
            try:
                found = date.fromisoformat(text)
            except ValueError:
                found = None
        else:
            found = whole_date(text)
    if found is None or found < _EARLIEST or found.year > 2200:
        raise Refused("bad-date", "%(name)s“%(text)s”不是日期，可写 2026-01-30", name=name, text=str(text)[:40])
    return found


def question(given: Mapping[str, Any]) -> Question:
    """What a mapping with the keys of `KEYS` asks. Empty values count as left out; keys of other meaning are left
    alone, a misspelt one is refused.

    Raises Refused: bad-date, missing, misspelt, unknown-channel, unknown-kind, bad-consult, bad-number.
    """
    if not given.keys() <= _KNOWN:
        for key in given.keys() - _KNOWN:
            if close := get_close_matches(str(key), KEYS, 1, 0.8):
                raise Refused("misspelt", "不认识“%(key)s”，是不是“%(known)s”", key=str(key)[:40], known=close[0])
    if given.get("received") in (None, ""):
        raise Refused("missing", "缺少收到日期（received）")
    received = day(given["received"], "收到日期")
    named = given.get("channel") or "online"
    channel = _CHANNELS.get(named) if isinstance(named, str) else None
    if channel is None:
        raise Refused(
            "unknown-channel", "不认识的渠道“%(channel)s”，可写：%(known)s", channel=str(named)[:40],
            known="、".join(f"{c.value}（{name}）" for c, name in CHANNEL_NAMES.items()),
        )
    confirmed = _optional(given, "confirmed", "确认日期")
    taken = None
    if confirmed is None and needs_confirmation(channel):
        confirmed = received
        taken = Step(received, "没有写确认日期，以收到日期为双方确认之日；实际确认日期不同的，请写明", "31")
    consults = [*_listed(given.get("consult")), *_listed(given.get("consults"))]
    region = given.get("region") or ""
    if not isinstance(region, str):
        raise Refused("unknown-region", "region 应是地区代码，例如 \"650000\"")
    return Question(Facts(
        arrived=received, channel=channel, confirmed=confirmed, corrected=_optional(given, "corrected", "补正日期"),
        pauses=tuple([pause(one) for one in consults]), extended=_number(given.get("extended")),
        paid=_optional(given, "paid", "缴费日期"),
    ), region, taken)


def _listed(given: object) -> list[object] | tuple[object, ...]:
    """Several consultations as a list, or one alone as on the command line."""
    if given is None or given == "":
        return ()
    if isinstance(given, dict) or (isinstance(given, str) and ":" in given.replace("：", ":")):
        return [given]
    if not isinstance(given, list | tuple):
        raise Refused("bad-consult", "consult 应是列表，例如 [\"2026-02-03:2026-02-12\"]")
    return given


def pause(given: object) -> Pause:
    """A consultation: "SENT:ARRIVED", "SENT:ARRIVED:KIND", "SENT:" while it is out, or a list or mapping of the same.

    Raises Refused.
    """
    sent: object
    ended: object
    kind: object
    if isinstance(given, str):
        parts = given.replace("：", ":").split(":")
        if len(parts) > 3:
            raise Refused(
                "bad-consult", "征求意见“%(given)s”看不懂，应写 发出日期:收到意见日期:对象，例如 2026-02-03:2026-02-12",
                given=given[:60],
            )
        sent, ended, kind = [part.strip() for part in parts] + [""] * (3 - len(parts))
    elif isinstance(given, list) and 1 <= len(given) <= 3:
        sent, ended, kind = [*given, None, None][:3]
    elif isinstance(given, dict) and given.keys() <= _PAUSE_KEYS:
        sent, ended, kind = given.get("sent"), given.get("arrived"), given.get("kind")
    else:
        raise Refused(
            "bad-consult", "征求意见“%(given)s”看不懂，应写明 sent、arrived 和 kind", given=str(given)[:60],
        )
    known = _KINDS.get(kind or "third_party") if isinstance(kind, str | None) else None
    if known is None:
        raise Refused(
            "unknown-kind", "不认识的征求意见对象“%(kind)s”，可写：%(known)s", kind=str(kind)[:40],
            known="、".join(_KINDS),
        )
    return Pause(
        day(sent, "征求意见发出日期"), day(ended, "收到意见日期") if ended not in (None, "") else None, known,
    )


def _optional(given: Mapping[str, Any], key: str, name: str) -> date | None:
    value = given.get(key)
    return None if value is None or value == "" else day(value, name)


def _number(value: object) -> int:
    if value is None or value == "":
        return 0
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 1_000_000:
        return value
    text = value.strip() if isinstance(value, str) else ""
    if not text.removeprefix("-").isdecimal() or len(text) > 6:
        raise Refused(
            "bad-number", "延长的工作日数“%(value)s”应是 0 到 20 的整数（条例第三十三条）", value=str(value)[:40],
        )
    return int(text)
