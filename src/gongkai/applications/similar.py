"""Applications of the same organ that ask for the same thing, and how often one applicant asks (Arts. 35, 36(6), 44).

The register keeps a signature of each text, one row a number. Whoever shares enough of the rarer numbers is compared
word for word; what both have in common may still part in a year, a number or a place, and that is said.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Count

from gongkai.agencies.models import Agency
from gongkai.applications import frequency
from gongkai.applications.models import Application, Gram
from gongkai.applications.states import State
from gongkai.core.law import excess
from gongkai.core.text.differences import Difference, differs_in
from gongkai.core.text.similar import ALIKE, candidates_needed, grams, rarest, signature

_COUNTED = 2_000   # rows of one number that are counted at most: beyond, it is a common phrase
_WALKED = 4_000    # rows that one search walks through
_COMPARED = 60     # candidates that are compared word for word


@dataclass(frozen=True, slots=True)
class Similar:
    """An application that is alike. `differs` names years, numbers and places in which the two part; `same_applicant`
    is True where both have the same blind index."""

    application: Application
    likeness: float
    differs: tuple[Difference, ...]
    same_applicant: bool

    @property
    def may_repeat(self) -> bool:
        """Whether it may be the same request of the same applicant (Art. 36(6)); a person decides."""
        return self.same_applicant and not any(difference.apart for difference in self.differs)


def find(
    what: Application | str, agency: Agency, limit: int = 5, *, applicant_key: str = "", least: float = ALIKE,
) -> list[Similar]:
    """The most similar applications of the agency's register, best first; never the application itself, the whole
    that it was split from or its other pieces. `applicant_key` says whose a bare text is."""
    if isinstance(what, Application):
        text, key, kin = what.content, what.applicant_key, _kin(what)
        sign = tuple(Gram.objects.filter(application=what).order_by("gram").values_list("gram", flat=True))
        sign = sign or signature(text)
    else:
        text, key, kin, sign = what, applicant_key, set(), signature(what)
    found = _candidates(sign, agency, kin)
    own = grams(text)
    texts = Application.objects.filter(pk__in=found).exclude(state=State.SPLIT).values_list("pk", "content")
    scored = [(pk, content, _likeness(own, content)) for pk, content in texts]
    best = sorted((one for one in scored if one[2] >= least), key=lambda one: (-one[2], -one[0]))[:limit]
    rows = Application.objects.select_related("agency").in_bulk([pk for pk, _, _ in best])
    return [
        Similar(rows[pk], score, differs_in(text, content), bool(key) and rows[pk].applicant_key == key)
        for pk, content, score in best
    ]


def grams_of(application: Application, text: str) -> list[Gram]:
    """The rows of the index for a text from which the applicant was removed; the caller keeps them."""
    return [
        Gram(agency_id=application.agency_id, gram=number, application=application) for number in signature(text)
    ]


def excess_of(application: Application, on: date | None = None) -> excess.Verdict:
    """How many applications this applicant has handed in to the organ in the calendar month and year of a day (that of
    receipt, or of arrival), and whether reasons may be asked for (Art. 35)."""
    day = on or application.received_on or application.arrived_on
    limits = excess.ExcessSettings(settings.GONGKAI_EXCESS_PER_MONTH, settings.GONGKAI_EXCESS_PER_YEAR)
    return excess.judge(frequency.counts(application, day), limits)


def _candidates(sign: tuple[int, ...], agency: Agency, kin: set[int]) -> list[int]:
    """Those that share most of the rarer numbers of a signature."""
    rows = Gram.objects.filter(agency=agency)
    counts = {number: rows.filter(gram=number)[:_COUNTED].count() for number in sign}
    kept = rarest(sign, counts, _WALKED)
    shared = rows.filter(gram__in=kept).order_by().values("application").annotate(shared=Count("*"))
    needed = min(candidates_needed(sign), len(kept))
    alike = shared.filter(shared__gte=needed).exclude(application__in=kin).order_by("-shared", "-application")
    return [row["application"] for row in alike[:_COMPARED]]


def _likeness(own: frozenset[str], content: str) -> float:
    other = grams(content)
    return 2 * len(own & other) / (len(own) + len(other)) if own and other else 0.0


def _kin(application: Application) -> set[int]:
    """Itself, and where it was split: the whole and the pieces."""
    whole = application.split_from_id or application.pk
    return {application.pk, whole, *Application.objects.filter(split_from=whole).values_list("pk", flat=True)}
