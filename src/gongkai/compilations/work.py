"""Which reports wait for this person today: to be signed, handed on, mended, approved, published."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gongkai.accounts.actor import Actor
from gongkai.compilations import queries
from gongkai.compilations.models import Compilation
from gongkai.compilations.permissions import CompilationPermission as P
from gongkai.compilations.permissions import holds
from gongkai.compilations.states import State

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Waiting:
    """Reports in a state that wait for an act of this person; the list shows them under the same state."""

    state: State
    name: Words
    told: Words
    permission: P
    count: int = 0


# The most pressing first.
WAITS = (
    Waiting(State.RETURNED, _("退回要改的年报"), _("主管部门退回，意见在那一版旁边"), P.COMPILE),
    Waiting(State.SUBMITTED, _("等我核准的年报"), _("下级机关已经提交"), P.RECEIVE),
    Waiting(State.CHECKED, _("等我签发的年报"), _("已经核对"), P.SIGN),
    Waiting(State.SIGNED, _("待提交的年报"), _("已经签发"), P.SUBMIT),
    Waiting(State.APPROVED, _("待公布的年报"), _("主管部门已经核准"), P.PUBLISH),
)


def work_for(actor: Actor) -> list[Waiting]:
    """What waits, with its number; one question for all."""
    able = [one for one in WAITS if holds(actor, one.permission)]
    if not able:
        return []
    counts = {one.state.value: Count("pk", filter=queries.waiting(actor, one.state, one.permission)) for one in able}
    found = Compilation.objects.visible_to(actor).aggregate(**counts)
    return [
        Waiting(one.state, one.name, one.told, one.permission, found[one.state.value])
        for one in able if found[one.state.value]
    ]
