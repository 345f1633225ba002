"""What every page of a report shows: whose it is, where it stands, its tabs, what may be done now."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongkai.accounts.gate import actor_of
from gongkai.accounts.permissions import may
from gongkai.compilations import due, offering, queries
from gongkai.compilations.models import Compilation
from gongkai.compilations.offers import Offer
from gongkai.compilations.permissions import CompilationPermission as P
from gongkai.compilations.permissions import able, authorise
from gongkai.compilations.states import FROZEN, STATE_NAMES, Act, Origin, State, lawful

# What is offered beside the numbers themselves: these are links in the page, not acts of the panel.
IN_PLACE = {Act.EDIT, Act.WAIVE, Act.HAND_IN}
# The formats of a report in the order in which people are offered them.
FORMATS = {
    "docx": gettext_lazy("Word 文档，可以打印盖章"), "pdf": gettext_lazy("PDF"), "html": gettext_lazy("网页，带图表"),
    "xlsx": gettext_lazy("Excel，带记录清单"), "json": gettext_lazy("JSON"),
    "zip": gettext_lazy("数据包，任何人可以重算"),
}
# Whose turn it is where a report waits for somebody: (the act that goes on, what is said to everybody else).
_TURNS = {
    State.CHECKED: (Act.SIGN, gettext_lazy("等分管领导签发。")),
    State.SIGNED: (Act.SUBMIT, gettext_lazy("等经办人提交。")),
    State.SUBMITTED: (Act.APPROVE, gettext_lazy("等主管部门核对。")),
    State.RETURNED: (Act.CHECK, gettext_lazy("等经办人修改后重新核对。")),
    State.APPROVED: (Act.PUBLISH, gettext_lazy("已核准，等公布。")),
}
_WAY = {
    State.DRAFT: gettext_lazy("编制"), State.CHECKED: gettext_lazy("签发"), State.SIGNED: gettext_lazy("提交"),
    State.SUBMITTED: gettext_lazy("核准"), State.APPROVED: gettext_lazy("公布"),
}


@dataclass(frozen=True, slots=True)
class Due:
    """The last day for submitting, and how many days are left to it; negative when it is over."""

    on: date
    days: int


@dataclass(frozen=True, slots=True)
class Standing:
    """What this person may do to the numbers now, and whether they still move with the records."""

    editable: bool
    frozen: bool
    waives: bool


def opened(request: HttpRequest, compilation_id: int) -> Compilation:
    """One that the actor may see. Raises DoesNotExist, which is a 404."""
    return queries.compilation(actor_of(request), compilation_id)


def worked_on(request: HttpRequest, compilation_id: int) -> Compilation:
    """One on which the actor works, for pages that only compile. Raises Denied for one that may only be looked at."""
    shown = opened(request, compilation_id)
    authorise(actor_of(request), P.COMPILE, shown, shown.scope)
    return shown


def standing_of(request: HttpRequest, shown: Compilation) -> Standing:
    """May the numbers be typed in, do they still move, may an open finding be answered for."""
    lawful_now = lawful(shown.state) if shown.origin == Origin.RECORDS else frozenset()
    actor = actor_of(request)
    return Standing(
        editable=Act.EDIT in lawful_now and able(actor, P.COMPILE, shown, shown.scope), frozen=shown.state in FROZEN,
        waives=Act.WAIVE in lawful_now and may(actor, P.WAIVE, shown),
    )


def frame(request: HttpRequest, shown: Compilation, tab: str) -> dict[str, Any]:
    """The context of the frame."""
    today = timezone.localdate()
    offers = [o for o in offering.offered(actor_of(request), shown, today) if o.act not in IN_PLACE]
    return {
        "compilation": shown, "tab": tab, "title": title(shown), "today": today, "tabs": tabs(shown),
        "prose_href": reverse("compilations:prose", args=[shown.pk]),
        "states": state_line(shown, alone=queries.alone(shown.agency, shown.year, shown.scope, on=today)),
        "offers": offers, "waits": waits(shown, offers), "standing": standing_of(request, shown),
        "due": due_of(shown, today),
        "formats": FORMATS.items(), "cell_base": reverse("compilations:report", args=[shown.pk]) + "cells/",
    }


def waits(shown: Compilation, offers: Collection[Offer[Act]]) -> str:
    """Whose turn it is, for somebody whose it is not; empty where it is theirs or nobody's."""
    turn = _TURNS.get(State(shown.state))
    if turn is None or any(offer.act == turn[0] or (offer.act == Act.PUBLISH and offer.open) for offer in offers):
        return ""
    return str(turn[1])


def due_of(shown: Compilation, today: date) -> Due:
    """By when it must be submitted: the supervisor's day, else the statute's."""
    on = due.due_on(shown.agency, shown.year, shown.scope)
    return Due(on, (on - today).days)


def title(shown: Compilation) -> str:
    """A report in a heading."""
    return _("%(agency)s %(year)s 年度报告") % {"agency": shown.agency.name, "year": shown.year}


def tabs(shown: Compilation) -> list[tuple[str, str, str]]:
    """(key, name, address) of the pages of a report."""
    names = {"report": _("表格和检查"), "prose": _("正文"), "carry": _("结转核对"), "compare": _("与上年比较")}
    if shown.report_id is not None and shown.origin == Origin.RECORDS:
        names["differences"] = _("报告数与现在的记录")
    names["history"] = _("经过和版本")
    if shown.origin == Origin.FILE:
        names.pop("carry")
    return [(key, name, reverse(f"compilations:{key}", args=[shown.pk])) for key, name in names.items()]


def state_line(shown: Compilation, *, alone: bool) -> list[tuple[str, str]]:
    """(word, done | now | later): the usual way, with the present state's own word in its place."""
    state = State(shown.state)
    if alone and state is State.SIGNED:
        state = State.APPROVED  # nobody to submit to: what is signed waits to be published
    # A file handed in, or one whose supervisor left since, waits for approval all the same.
    skipped = {State.SIGNED, State.SUBMITTED} - {state} if alone else set()
    way = [s for s in _WAY if s not in skipped]
    at = {State.RETURNED: 0, State.PUBLISHED: len(way)}.get(state)
    at = way.index(state) if at is None else at
    line = [
        (_(STATE_NAMES[state]) if n == at else str(_WAY[one]), "done" if n < at else "now" if n == at else "later")
        for n, one in enumerate(way)
    ]
    return line if at < len(way) else [*line[:-1], (_(STATE_NAMES[State.PUBLISHED]), "now")]
