"""The mail of the day: what is due, by number and date. No names, no texts: mail travels in the open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.conf import settings

from gongkai.accounts.actor import Actor
from gongkai.accounts.models import Post, User
from gongkai.accounts.permissions import holders
from gongkai.accounts.queries import actor_for
from gongkai.applications.dues import from_above
from gongkai.applications.models import Application
from gongkai.applications.permissions import ApplicationPermission as P
from gongkai.applications.states import OPEN, STATE_NAMES, State
from gongkai.applications.work import SOON
from gongkai.calendars.queries import calendar_for

MOST = 40
ABOUT = "依申请公开"


def recipients(on: date) -> Iterator[tuple[User, Actor]]:
    """People with an address whose posts today make them handle, review, sign or contribute."""
    working = {role for p in (P.HANDLE, P.REVIEW, P.SIGN, P.CONTRIBUTE) for role in holders(p)}
    held = Post.objects.held_on(on).filter(role__in=working, user__is_active=True).exclude(user__email=None)
    for user in User.objects.filter(pk__in=held.values("user_id")).order_by("pk"):
        yield user, actor_for(user, on=on)


@dataclass(frozen=True, slots=True)
class Mail:
    """The mail of a day: its lines, and what they are about."""

    lines: list[str]
    about: str = ABOUT


def mail_for(actor: Actor, today: date) -> Mail:
    """One line an application, or a date of a room above, that is overdue or near, earliest first; no lines when
    nothing is."""
    soon = calendar_for().add(today, SOON)
    rows = Application.objects.visible_to(actor).filter(state__in=OPEN, due_on__lte=soon).order_by("due_on", "pk")
    told = [(row.due_on, _line(row.number, row.due_on, STATE_NAMES[State(row.state)], today))
            for row in rows[:MOST] if row.due_on is not None]
    count, about = rows.count(), [ABOUT] if told else []
    for name, dues, more in from_above(actor, soon, MOST):
        told += [(one.due_on, _line(one.number, one.due_on, one.what, today)) for one in dues]
        count, about = count + more, [*about, name]
    lines = [line for _on, line in sorted(told, key=lambda one: one[0])[:MOST]]
    if count > len(lines):
        lines.append(f"另有 {count - len(lines)} 件，请登录查看")
    return Mail(lines, "、".join(about))


def lines_for(actor: Actor, today: date) -> list[str]:
    """The lines of the mail."""
    return mail_for(actor, today).lines


def body_of(lines: str, about: str = ABOUT) -> str:
    """The text around the lines."""
    where, what = settings.GONGKAI_PUBLIC_URL, "申请" if about == ABOUT else "事项"
    return f"以下{what}已逾期或将在 {SOON} 个工作日内到期：\n\n{lines}\n\n" + (
        f"请登录办理：{where.rstrip('/')}/desk/\n" if where else "请登录系统办理。\n"
    )


def _line(number: str, due_on: date, what: str, today: date) -> str:
    days = (due_on - today).days
    when = "已逾期" if days < 0 else "今天到期" if days == 0 else f"{due_on.isoformat()} 到期"
    return f"{number}  {when}  {what}"
