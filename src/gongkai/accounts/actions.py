"""The only writes to accounts and posts."""

from __future__ import annotations

from datetime import date, datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from gongkai.accounts import rules
from gongkai.accounts.actor import Actor
from gongkai.accounts.events import Appointed, Relieved, UserCreated
from gongkai.accounts.models import Post, User
from gongkai.accounts.permissions import AccountsPermission, Located, authorise
from gongkai.core.errors import Refused
from gongkai.infra import locks
from gongkai.ledger.actions import record


@transaction.atomic
def create_user(
    *, by: Actor, username: str, name: str, password: str | None, email: str = "", at: datetime,
) -> User:
    """Open an account; without a password it cannot be used to sign in until one is set. Raises Refused, Denied."""
    authorise(by, AccountsPermission.CREATE_USER)
    if User.objects.filter(username=username).exists():
        raise Refused("username-taken", "用户名“%(username)s”已被使用", username=username)
    if password is not None:
        try:
            validate_password(password, User(username=username, name=name, email=email or None))
        except ValidationError as error:
            raise Refused("weak-password", "密码不合要求：" + "".join(map(str, error.messages))) from error
    user = User.objects.create_user(username, password, name=name, email=email)
    record(UserCreated(user.pk), by=by, at=at, subject_id=user.pk)
    return user


@transaction.atomic
def appoint(*, by: Actor, user: User, agency: Located, role: str, on: date, at: datetime) -> Post:
    """Give `user` a post from `on`. A post already held is returned as it is. Raises Refused, Denied."""
    authorise(by, AccountsPermission.APPOINT, agency)
    locks.serialise(f"posts-{user.pk}")
    held = Post.objects.held_on(on).filter(user=user)
    rules.appointment(role, {post.role for post in held})
    existing = held.filter(agency=agency, role=role).first()
    if existing is not None:
        return existing
    post = Post.objects.create(user=user, agency=agency, role=role, valid_from=on)
    record(
        Appointed(user.pk, post.agency_id, role, on), by=by, at=at, subject_id=user.pk, agency_id=post.agency_id,
    )
    return post


@transaction.atomic
def relieve(*, by: Actor, post: Post, on: date, at: datetime) -> Post:
    """End a post with the day `on`. Raises Refused when it has ended or had not begun, Denied."""
    authorise(by, AccountsPermission.APPOINT, post)
    post = Post.objects.select_for_update().get(pk=post.pk)
    if post.valid_to is not None:
        raise Refused("post-ended", "这个岗位已经结束")
    if on < post.valid_from:
        raise Refused("post-not-begun", "结束日期早于任职日期")
    post.valid_to = on
    post.save(update_fields=["valid_to"])
    record(
        Relieved(post.user_id, post.agency_id, post.role, on), by=by, at=at, subject_id=post.user_id,
        agency_id=post.agency_id,
    )
    return post
