"""The remedy notice of an answer: f(kind of answer, day of the decision).

Since 2024-01-01 (行政复议法, revision of 2023, Art. 23) whoever is refused information must first apply for
reconsideration, and the decision must say so; before, and for answers that are no refusal, either way is open.
Whether 无法提供 and 不予处理 are refusals in this sense is contested: which kinds count is a setting.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from gongkai.core.law.answer_kinds import ANSWERS

NO_REPLY = "no_reply"  # no answer in time (Art. 23, item 3 of the same list)


def _refusals() -> frozenset[str]:
    return frozenset({key for key, kind in ANSWERS.items() if kind.remedy == "reconsideration_first"} | {NO_REPLY})


@dataclass(frozen=True, slots=True)
class RemedySettings:
    """`reconsideration_first`: the kinds of answer that count as refusals; `since`: the first day of decisions for
    which that holds. Periods: days to apply, days to sue after reconsideration, months to sue directly. Raises
    ValueError for a kind of answer that does not exist."""

    reconsideration_first: frozenset[str] = field(default_factory=_refusals)
    since: date = date(2024, 1, 1)
    apply_days: int = 60
    sue_after_days: int = 15
    sue_directly_months: int = 6

    def __post_init__(self) -> None:
        unknown = sorted(self.reconsideration_first - set(ANSWERS) - {NO_REPLY})
        if unknown:
            raise ValueError(f"no such kind of answer: {', '.join(unknown)}")


@dataclass(frozen=True, slots=True)
class Remedy:
    """What the letter says. `first` is True when reconsideration must come before a suit; no sentences where the
    answer needs no notice (a withdrawal)."""

    sentences: tuple[str, ...]
    first: bool
    articles: tuple[str, ...]

    @property
    def text(self) -> str:
        """The notice as one paragraph."""
        return "".join(self.sentences)


def must_reconsider_first(kind: str, on: date, settings: RemedySettings | None = None) -> bool:
    """True when nobody may sue over this answer before reconsideration. Raises KeyError for an unknown kind."""
    rules = settings or RemedySettings()
    if kind != NO_REPLY and kind not in ANSWERS:
        raise KeyError(kind)
    return on >= rules.since and kind in rules.reconsideration_first


def remedy_notice(
    kind: str, on: date, review_organ: str, court: str, settings: RemedySettings | None = None,
) -> Remedy:
    """The notice for an answer of this kind decided `on` a day.

    `review_organ` is the people's government of the same level (行政复议法, Art. 24), for organs under vertical
    management what their agency record names; `court` the court that would hear a suit. Raises KeyError for an
    unknown kind, ValueError for a blank name.
    """
    rules = settings or RemedySettings()
    first = must_reconsider_first(kind, on, rules)
    if kind != NO_REPLY and ANSWERS[kind].remedy == "none":
        return Remedy((), False, ())
    if not review_organ.strip() or not court.strip():
        raise ValueError("a remedy notice names the reviewing organ and the court")
    start = "认为本机关逾期没有答复的" if kind == NO_REPLY else "对本答复不服的"
    since = "在答复期限届满后" if kind == NO_REPLY else "自收到本答复之日起"
    old = on < rules.since
    act = "《中华人民共和国行政复议法》" + ("（2017年修正）" if old else "")
    if not first:
        direct = "自应当答复的期限届满之日起" if kind == NO_REPLY else "自收到本答复之日起"
        apply = f"可以{since}{rules.apply_days}日内向{review_organ}申请行政复议，"
        return Remedy(
            (
                f"{start}，{apply}",
                f"也可以{direct}{rules.sue_directly_months}个月内依法向{court}提起行政诉讼。",
            ),
            False, (f"{act}第{'九' if old else '二十'}条", "《中华人民共和国行政诉讼法》第四十六条"),
        )
    listed = "第三项" if kind == NO_REPLY else "第四项"
    return Remedy(
        (
            f"{start}，应当先申请行政复议：可以{since}{rules.apply_days}日内向{review_organ}提出。",
            f"对行政复议决定不服，或者行政复议机关逾期不作决定的，可以自收到复议决定书之日起或者复议期满之日起"
            f"{rules.sue_after_days}日内向{court}提起行政诉讼。",
            "未经行政复议，不能直接提起行政诉讼。",
        ),
        True,
        (
            f"{act}第二十条", f"{act}第二十三条第一款{listed}", f"{act}第三十四条",
            "《中华人民共和国行政诉讼法》第四十五条",
        ),
    )
