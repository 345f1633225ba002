"""The mail of the day: what is due, by number and date. No names, no texts: mail travels in the open."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.conf import settings

from gongkai.accounts.actor import Actor
from gongkai.accounts.models import Post, User
from gongkai.accounts.permissions import holders
from gongkai.accounts.queries import actor_for
from gongkai.applications.models import Application
from gongkai.applications.permissions import ApplicationPermission as P
from gongkai.applications.states import OPEN, STATE_NAMES, State
from gongkai.applications.work import SOON
from gongkai.calendars.queries import calendar_for

MOST = 40


def recipients(on: date) -> Iterator[tuple[User, Actor]]:
    """People with an address whose posts today make them handle, review, sign or contribute."""
    working = {role for p in (P.HANDLE, P.REVIEW, P.SIGN, P.CONTRIBUTE) for role in holders(p)}
    held = Post.objects.held_on(on).filter(role__in=working, user__is_active=True).exclude(user__email=None)
    for user in User.objects.filter(pk__in=held.values("user_id")).order_by("pk"):
        yield user, actor_for(user, on=on)


def lines_for(actor: Actor, today: date) -> list[str]:
    """One line an application that is overdue or near, earliest first; empty when nothing is."""
    soon = calendar_for().add(today, SOON)
    rows = Application.objects.visible_to(actor).filter(state__in=OPEN, due_on__lte=soon).order_by("due_on", "pk")
    lines = [_line(row, today) for row in rows[:MOST]]
    more = rows.count() - len(lines)
    return [*lines, f"另有 {more} 件，请登录查看"] if more > 0 else lines


def body_of(lines: str) -> str:
    """The text around the lines."""
    where = settings.GONGKAI_PUBLIC_URL
    return f"以下申请已逾期或将在 {SOON} 个工作日内到期：\n\n{lines}\n\n" + (
        f"请登录办理：{where.rstrip('/')}/desk/\n" if where else "请登录系统办理。\n"
    )


def _line(row: Application, today: date) -> str:
    assert row.due_on is not None
    days = (row.due_on - today).days
    when = "已逾期" if days < 0 else "今天到期" if days == 0 else f"{row.due_on.isoformat()} 到期"
    return f"{row.number}  {when}  {STATE_NAMES[State(row.state)]}"
