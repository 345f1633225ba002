"""From a signed-in user to an actor."""

from __future__ import annotations

from datetime import date
from typing import Any

from gongkai.accounts.actor import PUBLIC, Actor, Holding
from gongkai.accounts.models import Post


def actor_for(user: Any, *, on: date) -> Actor:
    """The actor that `request.user` is on a day: the public when nobody is signed in or the account is closed."""
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return PUBLIC
    posts = Post.objects.held_on(on).filter(user_id=user.pk).select_related("agency").order_by("pk")
    return Actor(
        user.pk, user.name or user.username,
        tuple(Holding(post.agency_id, post.agency.path, post.agency.name, post.role) for post in posts),
    )
