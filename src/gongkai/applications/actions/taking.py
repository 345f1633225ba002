"""What every act on an application begins and ends with. Parts of actions, not actions."""

from __future__ import annotations

from gongkai.applications.clock import settle
from gongkai.applications.models import Application
from gongkai.applications.states import Act, State, after
from gongkai.core.errors import Refused


def taken(application: Application, act: Act, *, seen: int | None = None) -> tuple[Application, State]:
    """The row, locked and as it is now, and the state that `act` leads to.

    `seen` is the revision that the person looked at: where somebody else has acted since, the refusal says so before
    anything is decided on an old picture. Raises Refused: changed-meanwhile, not-now.
    """
    now = Application.objects.select_for_update(of=("self",)).select_related("agency", "identity").get(
        pk=application.pk
    )
    if seen is not None and seen != now.revision and act not in _HARMLESS:
        raise Refused("changed-meanwhile", "您打开页面后已有同事办理了这件申请；所填内容没有保存，请看最新情况后再办")
    return now, after(now.state, act)


# These only add to the case, whatever else has happened.
_HARMLESS = frozenset({Act.CONTACT, Act.ATTACH, Act.PROVE})


def put(application: Application, state: State) -> Application:
    """Move to `state`, make the cached dates anew, count the revision and save everything."""
    application.state = state
    settle(application)
    application.revision += 1
    application.save()
    return application
