"""Words of the room for its templates."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _

from gongkai.participation.models import Message
from gongkai.participation.states import KIND_NAMES, OUTCOMES, STATE_NAMES, Kind, State

register = template.Library()


@register.filter
def kind_name(key: str) -> str:
    """What a kind of message is called."""
    return _(KIND_NAMES[Kind(key)])


@register.filter
def state_name(key: str) -> str:
    """What a state is called."""
    return _(STATE_NAMES[State(key)])


@register.filter
def outcome_name(row: Message) -> str:
    """What became of a message; nothing while nobody has drafted a reply."""
    return _(OUTCOMES[Kind(row.kind)][row.outcome]) if row.outcome else ""
