"""What people looked for and did not find: information that is missed (R0-8). Decision 10 says what is kept."""

from __future__ import annotations

import re
from datetime import date, timedelta

from django.db.models import Count, Max, Sum

from gongkai.search.entry import Query
from gongkai.search.models import Sought
from gongkai.search.words import parse

DAYS_TO_BE_SHOWN = 3     # a word that was missed on fewer days may be somebody's name
DAYS_TO_BECOME_SO = 31   # after which a word that was not is forgotten
MOST_A_DAY = 2_000       # different words; a flood is not kept
# Chinese characters alone: no figure, no address of the net, no part of one.
_WORD = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]{2,20}")
_PERSONAL = re.compile(
    "[零〇○一二三四五六七八九]{6}|(?:先生|女士|小姐|同志|师傅|老师|律师|某某?)$|身份证|手机号|电话号|住址|家住|我叫|本人"
)


def note(query: Query, *, on: date) -> None:
    """Count the words of a search that found nothing. The page that answered calls it, outside any transaction."""
    words = [word.text for word in parse(query).words if kept(word.text)]
    if words and Sought.objects.filter(day=on).count() < MOST_A_DAY:
        for word in words:
            Sought.objects.one_more(day=on, word=word)


def kept(word: str) -> bool:
    """Whether a word may be counted at all."""
    return bool(_WORD.fullmatch(word)) and not _PERSONAL.search(word)


def missed(*, since: date, most: int = 50) -> list[tuple[str, int]]:
    """(word, searches) of the words that were missed on several days, the most sought first."""
    rows = (
        Sought.objects.filter(day__gte=since).order_by().values("word")
        .annotate(days=Count("day"), times=Sum("count")).filter(days__gte=DAYS_TO_BE_SHOWN)
        .order_by("-times", "word").values_list("word", "times")
    )
    return list(rows[:most])


def forget(*, on: date, days: int) -> None:
    """Forget what is older than `days`, and words that were not missed often enough within a month."""
    old = Sought.objects.filter(day__lt=on - timedelta(days=days))
    old.delete()
    rare = (
        Sought.objects.order_by().values("word").annotate(days=Count("day"), last=Max("day"))
        .filter(days__lt=DAYS_TO_BE_SHOWN, last__lt=on - timedelta(days=DAYS_TO_BECOME_SO)).values("word")
    )
    forgotten = Sought.objects.filter(word__in=list(rare[:5_000].values_list("word", flat=True)))
    forgotten.delete()
