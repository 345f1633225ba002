"""From a signed-in user to an actor, and who works where."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from gongkai.accounts.actor import PUBLIC, Actor, Holding
from gongkai.accounts.models import Post, User
from gongkai.accounts.permissions import AccountsPermission, Located, may


@dataclass(frozen=True, slots=True)
class Place:
    """A point of the tree."""

    access_path: str


def actor_for(user: Any, *, on: date) -> Actor:
    """The actor that `request.user` is on a day: the public when nobody is signed in or the account is closed."""
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return PUBLIC
    posts = Post.objects.held_on(on).filter(user_id=user.pk).select_related("agency").order_by("pk")
    return Actor(
        user.pk, user.name or user.username,
        tuple(Holding(post.agency_id, post.agency.path, post.agency.name, post.role, post.section_id)
              for post in posts),
    )


def roles_over(actor: Actor, where: Located | None) -> set[str]:
    """The roles whose posts reach `where`; with None, all roles held."""
    return {h.role for h in actor.holdings if where is None or h.covers(where.access_path)}


def places_of(user: User, *, on: date) -> list[Place]:
    """Where a person works on a day or will; where nowhere, all places of before. Empty for a new account."""
    posts = Post.objects.filter(user=user)
    paths = posts.not_ended(on).values_list("agency__path", flat=True) or posts.values_list("agency__path", flat=True)
    return [Place(path) for path in sorted(set(paths))]


def known_to(actor: Actor) -> QuerySet[User]:
    """Oneself; who has or had a post that one's duty is to know; and, for who opens accounts or appoints, who has none
    yet."""
    if actor.machine:
        return User.objects.all()
    rows = Q(pk=actor.user_id) | Q(pk__in=Post.objects.visible_to(actor).values("user_id"))
    if may(actor, AccountsPermission.CREATE_USER) or may(actor, AccountsPermission.APPOINT):
        rows |= ~Q(pk__in=Post.objects.values("user_id"))
    return User.objects.filter(rows)


def people(actor: Actor, *, on: date, text: str = "") -> QuerySet[User]:
    """People whom `actor` may know, by name, each with `now`: the posts of the day that the actor may see."""
    posts = Post.objects.held_on(on).visible_to(actor).select_related("agency", "section").order_by("agency__path")
    rows = known_to(actor).prefetch_related(Prefetch("posts", posts, to_attr="now"))
    if text:
        rows = rows.filter(Q(name__icontains=text) | Q(username__icontains=text))
    return rows.order_by("name", "username")
