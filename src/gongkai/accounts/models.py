"""People and their posts."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gongkai.accounts import roles
from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import AccountsPermission, within


class UserManager(BaseUserManager["User"]):
    """Looks people up by username; accounts are made by accounts.actions."""

    def create_user(self, username: str, password: str | None = None, *, name: str, email: str = "") -> User:
        """A person with a hashed password. For actions and factories only."""
        user = self.model(username=self.model.normalize_username(username), name=name, email=email or None)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person of an office. What they may do comes from posts, never from flags on the account."""

    username = models.CharField(
        _("用户名"), max_length=150, unique=True, validators=[UnicodeUsernameValidator()],
        error_messages={"unique": _("这个用户名已被使用")},
    )
    name = models.CharField(_("姓名"), max_length=60)
    email = models.EmailField(_("电子邮箱"), null=True, blank=True, unique=True)
    is_active = models.BooleanField(_("启用"), default=True)
    must_change_password = models.BooleanField(_("须先修改密码"), default=False)

    objects = UserManager()
    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("人员")
        verbose_name_plural = _("人员")
        constraints = [models.CheckConstraint(condition=~Q(username=""), name="user_has_username")]

    def __str__(self) -> str:
        return self.name or self.username

    def get_full_name(self) -> str:
        """The name as Chinese people write it; libraries ask under this name."""
        return self.name

    def get_short_name(self) -> str:
        """The same: a Chinese name has no short form."""
        return self.name


class PostQuerySet(models.QuerySet["Post"]):
    """Posts."""

    def held_on(self, on: date) -> PostQuerySet:
        """Posts in force on a day: both ends count."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on), valid_from__lte=on)

    def not_ended(self, on: date) -> PostQuerySet:
        """Posts in force on a day or later."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on))

    def visible_to(self, actor: Actor) -> PostQuerySet:
        """One's own posts, and those that one's duty is to know."""
        return self.filter(within(actor, AccountsPermission.SEE_POSTS, "agency__path") | Q(user_id=actor.user_id))


class Post(models.Model):
    """A person holds a role in an agency from one day to another."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="posts", verbose_name=_("人员"))
    agency = models.ForeignKey(
        "agencies.Agency", on_delete=models.PROTECT, related_name="posts", verbose_name=_("机关"),
    )
    section = models.ForeignKey(
        "agencies.Section", on_delete=models.PROTECT, null=True, blank=True, related_name="posts",
        verbose_name=_("科室"),
    )
    role = models.CharField(_("角色"), max_length=20, choices=[(role.key, role.name) for role in roles.ALL])
    valid_from = models.DateField(_("起"))
    valid_to = models.DateField(_("止"), null=True, blank=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("岗位")
        verbose_name_plural = _("岗位")
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="post_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                fields=["user", "agency", "role"], condition=Q(valid_to__isnull=True), name="post_held_once",
            ),
            # The rule stands in rules.appointment; the database holds the part of it that two sessions could race.
            models.UniqueConstraint(
                fields=["user"], condition=Q(role__in=sorted(roles.THREE_ADMINISTRATORS), valid_to__isnull=True),
                name="post_one_administrator",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {roles.BY_KEY[self.role].name}"

    @property
    def access_path(self) -> str:
        """Where the post belongs in the tree."""
        return self.agency.path
