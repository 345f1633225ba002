"""One person: posts now and before; appointing, relieving, and what is done to the account."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from gongkai.accounts import actions, queries, rules, second_factor
from gongkai.accounts.actor import Actor
from gongkai.accounts.forms import AppointForm, RelieveForm
from gongkai.accounts.gate import actor_of, posted, requires
from gongkai.accounts.models import Post, User
from gongkai.accounts.permissions import AccountsPermission, Denied, may
from gongkai.accounts.roles import ALL, BY_KEY, THREE_ADMINISTRATORS
from gongkai.core.errors import Refused
from gongkai.infra.refusals import translated
from gongkai.ledger.queries import timeline

P = AccountsPermission
_OF_POSTS = ("accounts.appointed", "accounts.relieved")  # told only of agencies in the reader's reach


def _back(person_id: int, **_rest: int) -> str:
    return reverse("accounts:person", args=[person_id])


def _person(request: HttpRequest, person_id: int) -> User:
    return queries.known_to(actor_of(request)).get(pk=person_id)


@requires(P.SEE_POSTS)
def page(request: HttpRequest, person_id: int) -> HttpResponse:
    """A person's posts, and what this reader may do about them."""
    return _page(request, _person(request, person_id))


@requires(P.APPOINT)
@posted(_back)
def appoint(request: HttpRequest, person_id: int) -> HttpResponseBase:
    """Give a post."""
    person, form = _person(request, person_id), AppointForm(request.POST)
    if form.is_valid():
        try:
            actions.appoint(by=actor_of(request), user=person, at=timezone.now(), **form.cleaned_data)
        except Refused as refusal:
            _tell(form, refusal)
        else:
            messages.success(request, _("已任命"))
            return redirect("accounts:person", person.pk)
    return _page(request, person, form, status=400)


@requires(P.APPOINT)
@posted(_back)
def relieve(request: HttpRequest, person_id: int, post_id: int) -> HttpResponseBase:
    """End a post."""
    person, form = _person(request, person_id), RelieveForm(request.POST)
    post = Post.objects.visible_to(actor_of(request)).select_related("agency").get(pk=post_id, user=person)
    if not form.is_valid():
        messages.error(request, _("日期不对，请写成 2026-03-05 这样"))
        return redirect("accounts:person", person.pk)
    return _done(request, person, _("岗位已结束"), lambda by, at: actions.relieve(
        by=by, post=post, on=form.cleaned_data["on"], at=at))


@never_cache
@requires(P.CREATE_USER)
@posted(_back)
def reset_password(request: HttpRequest, person_id: int) -> HttpResponseBase:
    """Set a one-time password and show it this once."""
    person = _person(request, person_id)
    password = actions.reset_password(by=actor_of(request), user=person, at=timezone.now())
    return render(request, "accounts/password_once.html", {"person": person, "password": password, "new": False})


@requires(P.APPOINT)
@posted(_back)
def clear_second_factor(request: HttpRequest, person_id: int) -> HttpResponseBase:
    """The telephone is lost: the person enrols again."""
    person = _person(request, person_id)
    return _done(request, person, _("已清除两步验证，请此人登录后重新启用"), lambda by, at: actions.clear_second_factor(
        by=by, user=person, at=at))


@requires(P.CREATE_USER)
@posted(_back)
def close(request: HttpRequest, person_id: int) -> HttpResponseBase:
    """Close the account."""
    person = _person(request, person_id)
    return _done(request, person, _("账号已停用"), lambda by, at: actions.close_account(by=by, user=person, at=at))


@requires(P.CREATE_USER)
@posted(_back)
def reopen(request: HttpRequest, person_id: int) -> HttpResponseBase:
    """Open the account again."""
    person = _person(request, person_id)
    return _done(request, person, _("账号已重新启用"), lambda by, at: actions.reopen_account(by=by, user=person, at=at))


def _done(request: HttpRequest, person: User, told: str, act: Callable[[Actor, Any], object]) -> HttpResponseBase:
    try:
        act(actor_of(request), timezone.now())
    except Denied:
        raise
    except Refused as refusal:
        messages.error(request, translated(refusal))
    else:
        messages.success(request, told)
    return redirect("accounts:person", person.pk)


def _page(request: HttpRequest, person: User, form: AppointForm | None = None, status: int = 200) -> HttpResponse:
    actor, today = actor_of(request), timezone.localdate()
    posts = Post.objects.visible_to(actor).filter(user=person).select_related("agency", "section")
    now = posts.not_ended(today).order_by("valid_from", "pk")
    # The rule asks about every post, also those that this reader does not see.
    held = set(Post.objects.filter(user=person).not_ended(today).values_list("role", flat=True))
    return render(request, "accounts/person.html", {
        "person": person, "now": [(post, BY_KEY[post.role], _may_relieve(actor, post)) for post in now],
        "before": [(post, BY_KEY[post.role]) for post in posts.exclude(pk__in=now).order_by("-valid_to")],
        "form": form or AppointForm(initial={"on": today, "agency": _only_agency(actor)}),
        "offers": _offers(actor, held), "duty": BY_KEY[min(held & THREE_ADMINISTRATORS)]
        if held & THREE_ADMINISTRATORS else None, "relieve": RelieveForm(initial={"on": today}),
        "may_appoint": may(actor, P.APPOINT), "may_manage": may(actor, P.CREATE_USER),
        "enrolled": second_factor.enrolled(person), "entries": timeline("user", person.pk).filter(
            ~Q(kind__in=_OF_POSTS) | Q(agency_id__in=posts.values("agency_id"))),
    }, status=status)


def _offers(actor: Actor, held: set[str]) -> list[tuple[Any, str]]:
    """Every role with the reason why it cannot be given to this person now; an empty one when it can."""
    able, offers = rules.given_by(queries.roles_over(actor, None)), []
    for role in ALL:
        why = "" if role.key in able else _("由安全保密管理员授予")
        if not why:
            try:
                rules.appointment(role.key, held)
            except Refused as refusal:
                why = translated(refusal)
        offers.append((role, why))
    return offers


def _may_relieve(actor: Actor, post: Post) -> bool:
    return post.valid_to is None and may(actor, P.APPOINT, post) and (
        post.role in rules.given_by(queries.roles_over(actor, post)))


def _only_agency(actor: Actor) -> str:
    names = {h.agency_name for h in actor.holdings if may(Actor(actor.user_id, actor.name, (h,)), P.APPOINT)}
    return names.pop() if len(names) == 1 else ""


def _tell(form: AppointForm, refusal: Refused) -> None:
    # Beyond one's reach is said beside the agency that was typed; nothing was done.
    form.add_error("agency" if isinstance(refusal, Denied) else None, translated(refusal))
