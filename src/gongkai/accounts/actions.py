"""The only writes to accounts and posts."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from gongkai.accounts import events, rules, second_factor
from gongkai.accounts.actor import Actor
from gongkai.accounts.models import Post, User
from gongkai.accounts.one_time import one_time_password
from gongkai.accounts.permissions import AccountsPermission, Denied, Located, Permission, authorise
from gongkai.accounts.queries import known_to, places_of, roles_over
from gongkai.core.errors import Refused
from gongkai.infra import locks
from gongkai.ledger.actions import record


@transaction.atomic
def create_user(
    *, by: Actor, username: str, name: str, password: str | None, email: str = "", at: datetime,
    temporary: bool = False,
) -> User:
    """Open an account; without a password it cannot be used to sign in until one is set.

    A `temporary` password must be changed at the first sign-in. Raises Refused: username-taken, email-taken,
    weak-password; Denied.
    """
    authorise(by, AccountsPermission.CREATE_USER)
    if User.objects.filter(username=username).exists():
        raise Refused("username-taken", "用户名“%(username)s”已被使用", username=username)
    if email and User.objects.filter(email=email).exists():
        raise Refused("email-taken", "这个电子邮箱已用于另一个账号")
    if password is not None:
        try:
            validate_password(password, User(username=username, name=name, email=email or None))
        except ValidationError as error:
            raise Refused("weak-password", "密码不合要求：" + "".join(map(str, error.messages))) from error
    user = User.objects.create_user(username, password, name=name, email=email)
    if temporary:
        user.must_change_password = True
        user.save(update_fields=["must_change_password"])
    record(events.UserCreated(user.pk), by=by, at=at, subject_id=user.pk, agency_id=_office(by))
    return user


@transaction.atomic
def reset_password(*, by: Actor, user: User, at: datetime) -> str:
    """Set a one-time password and return it, to be shown once; it must be changed at the next sign-in.

    Sessions that are open end with the old password; the second factor stays. Raises Denied.
    """
    authorise(by, AccountsPermission.CREATE_USER)
    _whole_person(by, AccountsPermission.CREATE_USER, user, at)
    password, user = one_time_password(), User.objects.select_for_update(no_key=True).get(pk=user.pk)
    user.set_password(password)
    user.must_change_password = True
    user.save(update_fields=["password", "must_change_password"])
    record(events.PasswordReset(user.pk), by=by, at=at, subject_id=user.pk, agency_id=_workplace(user, by, at))
    return password


@transaction.atomic
def set_own_password(*, user: User, password: str, at: datetime) -> None:
    """A person's own new password, already checked by the form; what had to be changed is changed."""
    user.set_password(password)
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])
    me = Actor(user.pk, user.name)
    record(events.PasswordChanged(user.pk), by=me, at=at, subject_id=user.pk, agency_id=_workplace(user, me, at))


@transaction.atomic
def clear_second_factor(*, by: Actor, user: User, at: datetime) -> None:
    """For a lost telephone: the person must enrol again. Who resets passwords cannot do this, so that nobody alone can
    take over an account. Raises Refused "no-second-factor", Denied."""
    authorise(by, AccountsPermission.APPOINT)
    _whole_person(by, AccountsPermission.APPOINT, user, at)
    for role in Post.objects.held_on(at.date()).filter(user=user).values_list("role", flat=True):
        _may_give(by, role, None)
    if not Authenticator.objects.filter(user=user).delete()[0]:
        raise Refused("no-second-factor", "此人没有启用两步验证")
    record(events.SecondFactorCleared(user.pk), by=by, at=at, subject_id=user.pk, agency_id=_workplace(user, by, at))


@transaction.atomic
def seal_second_factors_again(*, by: Actor, at: datetime) -> int:
    """With the newest key, for `gongkai vault rotate`; how many were. Raises Denied, and PermissionDenied for a key
    that is not at hand."""
    authorise(by, AccountsPermission.CREATE_USER)
    done = 0
    for row in Authenticator.objects.select_for_update(no_key=True):
        if (data := second_factor.sealed_again(row.data)) is not None:
            row.data = data
            row.save(update_fields=["data"])
            done += 1
    if done:
        record(events.SecondFactorsSealed(done), by=by, at=at)
    return done


@transaction.atomic
def close_account(*, by: Actor, user: User, at: datetime) -> User:
    """Nobody signs in with it any more and open sessions end; posts stay as they are. Raises Refused, Denied."""
    authorise(by, AccountsPermission.CREATE_USER)
    _whole_person(by, AccountsPermission.CREATE_USER, user, at)
    if user.pk == by.user_id:
        raise Refused("own-account", "不能停用自己的账号，请由另一位系统管理员办理")
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if not user.is_active:
        raise Refused("account-closed", "这个账号已经停用")
    user.is_active = False
    user.save(update_fields=["is_active"])
    record(events.AccountClosed(user.pk), by=by, at=at, subject_id=user.pk, agency_id=_workplace(user, by, at))
    return user


@transaction.atomic
def reopen_account(*, by: Actor, user: User, at: datetime) -> User:
    """The account may be used again. Raises Refused when it is open, Denied."""
    authorise(by, AccountsPermission.CREATE_USER)
    _whole_person(by, AccountsPermission.CREATE_USER, user, at)
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if user.is_active:
        raise Refused("account-open", "这个账号没有停用")
    user.is_active = True
    user.save(update_fields=["is_active"])
    record(events.AccountReopened(user.pk), by=by, at=at, subject_id=user.pk, agency_id=_workplace(user, by, at))
    return user


@transaction.atomic
def appoint(
    *, by: Actor, user: User, agency: Located, role: str, on: date, at: datetime, section: Any = None,
) -> Post:
    """Give `user` a post from `on`, in a section (agencies.Section) or in the agency as a whole.

    A post already held is returned as it is. Raises Refused: unknown-role, role-not-yours, three-administrators,
    section-elsewhere, section-closed, post-other-section; Denied.
    """
    authorise(by, AccountsPermission.APPOINT, agency)
    _may_give(by, role, agency)
    locks.serialise(f"posts-{user.pk}")
    # Posts that begin later count too: a rule kept today must not break of itself tomorrow.
    held = Post.objects.filter(user=user).not_ended(on)
    rules.appointment(role, {post.role for post in held})
    if section is not None:
        _section_of(agency, section)
    existing = held.held_on(on).filter(agency=agency, role=role).first()
    if existing is not None:
        if existing.section_id != (section.pk if section else None):
            raise Refused("post-other-section", "此人在本机关已有这个岗位，科室不同；请先结束原来的岗位再任命")
        return existing
    post = Post.objects.create(user=user, agency=agency, role=role, section=section, valid_from=on)
    record(
        events.Appointed(user.pk, post.agency_id, role, on, post.section_id), by=by, at=at, subject_id=user.pk,
        agency_id=post.agency_id,
    )
    return post


@transaction.atomic
def relieve(*, by: Actor, post: Post, on: date, at: datetime) -> Post:
    """End a post with the day `on`. Raises Refused when it has ended, had not begun or is not one's to take; Denied."""
    authorise(by, AccountsPermission.APPOINT, post)
    _may_give(by, post.role, post)
    post = Post.objects.select_for_update(of=("self",), no_key=True).get(pk=post.pk)
    if post.valid_to is not None:
        raise Refused("post-ended", "这个岗位已经结束")
    if on < post.valid_from:
        raise Refused("post-not-begun", "结束日期早于任职日期")
    post.valid_to = on
    post.save(update_fields=["valid_to"])
    record(
        events.Relieved(post.user_id, post.agency_id, post.role, on), by=by, at=at, subject_id=post.user_id,
        agency_id=post.agency_id,
    )
    return post


def _office(by: Actor) -> int | None:
    """For whom an administrator acts, so that the record is found with that agency; none from the console."""
    return by.holdings[0].agency_id if by.holdings else None


def _workplace(user: User, by: Actor, at: datetime) -> int | None:
    works = Post.objects.filter(user=user).not_ended(at.date()).order_by("pk").values_list("agency_id", flat=True)
    return works.first() or _office(by)


def _may_give(by: Actor, role: str, where: Located | None) -> None:
    if not by.machine:
        rules.giving(role, roles_over(by, where))


def _section_of(agency: Any, section: Any) -> None:
    if section.agency_id != agency.pk:
        raise Refused("section-elsewhere", "这个科室不属于所选的机关")
    if not section.active:
        raise Refused("section-closed", "“%(section)s”已停用，不能再任命到这个科室", section=section.name)


def _whole_person(by: Actor, permission: Permission, user: User, at: datetime) -> None:
    """Over a person is who has the permission over every agency where the person works (or last worked)."""
    if not known_to(by).filter(pk=user.pk).exists():
        raise Denied(permission)
    for place in places_of(user, on=at.date()):
        authorise(by, permission, place)
