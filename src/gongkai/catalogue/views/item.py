"""One item: what it says, what it said before, and what may be changed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.accounts.gate import actor_of, posted, requires
from gongkai.accounts.models import Post, User
from gongkai.accounts.permissions import Denied, may
from gongkai.catalogue import actions, queries
from gongkai.catalogue.forms import AddForm, AssignForm, ChangeForm, ReasonForm, typed
from gongkai.catalogue.models import Item
from gongkai.catalogue.permissions import CataloguePermission as P
from gongkai.catalogue.telling import NAMES, said, shown
from gongkai.catalogue.views.doors import agency_of, item_of
from gongkai.core.catalogue.limits import parse_limits, shortest_days
from gongkai.core.errors import Refused
from gongkai.infra import refusals

CHILDREN = 200
_TOLD = (
    "contents", "basis", "limit_text", "mode", "period", "timing", "fresh_days", "method", "audience", "group", "tier",
    "channels", "aspects", "domain", "subject", "topic", "source",
)


def _page(item_id: int) -> str:
    return reverse("catalogue:item", args=[item_id])


@requires(P.SEE)
def item(request: HttpRequest, item_id: int) -> HttpResponseBase:
    """The item with its history."""
    return _shown(request, item_of(request, item_id))


@requires(P.MAINTAIN)
def add(request: HttpRequest, agency_id: int) -> HttpResponseBase:
    """Add an item of the agency's own."""
    agency = agency_of(request, agency_id, P.MAINTAIN)
    form = AddForm(request.POST if request.method == "POST" else None, agency=agency)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.add_item(
                by=actor_of(request), agency=agency, on=timezone.localdate(), at=timezone.now(),
                code=form.cleaned_data["code"], parent=form.cleaned_data["parent"], **form.values(),
            )
            messages.success(request, _("已登记：%(item)s") % {"item": made.name})
            return redirect("catalogue:item", made.pk)
        except Refused as refusal:
            _say(form, refusal)
    return render(
        request, "catalogue/edit.html", {"agency": agency, "form": form}, status=400 if form.is_bound else 200,
    )


@requires(P.MAINTAIN)
def edit(request: HttpRequest, item_id: int) -> HttpResponseBase:
    """A new edition of the item."""
    changed = item_of(request, item_id, P.MAINTAIN)
    form = ChangeForm(request.POST if request.method == "POST" else None, initial=typed(changed))
    if request.method == "POST" and form.is_valid():
        try:
            after = actions.change_item(
                by=actor_of(request), item=changed, on=timezone.localdate(), at=timezone.now(),
                reason=form.cleaned_data["reason"], seen=form.cleaned_data["seen"], **form.values(),
            )
            if after.edition > changed.edition:
                messages.success(request, _("已保存为第 %(n)s 版，以前的版本都保留") % {"n": after.edition})
            else:
                messages.info(request, _("没有改动，没有新的一版"))
            return redirect("catalogue:item", changed.pk)
        except Refused as refusal:
            _say(form, refusal)
    return render(request, "catalogue/edit.html", {
        "agency": changed.agency, "item": changed, "form": form,
    }, status=400 if form.is_bound else 200)


@requires(P.MAINTAIN)
@posted(_page)
def assign(request: HttpRequest, item_id: int) -> HttpResponseBase:
    """Say which section and which person answer for it."""
    changed = item_of(request, item_id, P.MAINTAIN)
    form = AssignForm(request.POST, item=changed, people=_people(changed))
    return _done(request, changed, "assign", form, actions.assign, _("已安排责任科室和责任人"))


@requires(P.MAINTAIN)
@posted(_page)
def retire(request: HttpRequest, item_id: int) -> HttpResponseBase:
    """Take it out of use."""
    changed = item_of(request, item_id, P.MAINTAIN)
    form = ReasonForm(request.POST, prefix="retire")
    return _done(request, changed, "retire", form, actions.retire_item, _("已停用，已公开的信息都保留"))


@requires(P.MAINTAIN)
@posted(_page)
def restore(request: HttpRequest, item_id: int) -> HttpResponseBase:
    """Put it into use again."""
    changed = item_of(request, item_id, P.MAINTAIN)
    form = ReasonForm(request.POST, prefix="retire")
    return _done(request, changed, "retire", form, actions.restore_item, _("已恢复"))


def _done(
    request: HttpRequest, changed: Item, name: str, form: forms.Form, act: Any, told: str,
) -> HttpResponseBase:
    if form.is_valid():
        try:
            act(by=actor_of(request), item=changed, on=timezone.localdate(), at=timezone.now(), **form.cleaned_data)
            messages.success(request, told)
            return redirect(_page(changed.pk))
        except Refused as refusal:
            _say(form, refusal)
    return _shown(request, item_of(request, changed.pk), **{name: form})


def _people(item: Item) -> Any:
    posts = Post.objects.held_on(timezone.localdate()).filter(agency_id=item.agency_id)
    return User.objects.filter(pk__in=posts.values("user_id"), is_active=True).order_by("name", "pk")


def _shown(request: HttpRequest, item: Item, **bound: forms.Form) -> HttpResponseBase:
    actor = actor_of(request)
    maintains = may(actor, P.MAINTAIN, item)
    limits = parse_limits(item.limit_text)
    return render(request, "catalogue/item.html", {
        "item": item, "agency": item.agency,
        "children": item.children.filter(active=True).order_by("order", "pk")[:CHILDREN],
        "told": [(NAMES[field], text) for field in _TOLD if (text := said(field, getattr(item, field)))],
        "limits": limits, "typed_days": item.limit_days if shortest_days(limits) is None else None,
        "history": shown(queries.history(item)), "may_maintain": maintains,
        "may_change": maintains and item.active and (item.assigned_from_id is None or may(actor, P.ASSIGN, item)),
        "assign": bound.get("assign") or AssignForm(item=item, people=_people(item)),
        "retire": bound.get("retire") or ReasonForm(prefix="retire"),
    }, status=400 if bound else 200)


def _say(form: forms.Form, refusal: Refused) -> None:
    if isinstance(refusal, Denied):
        raise refusal
    refusals.said(form, refusal)
