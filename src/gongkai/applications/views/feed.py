"""The calendar feed: opened by a calendar program at its secret address, managed by the person on the desk."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.accounts.gate import actor_of, posted, public
from gongkai.accounts.models import User
from gongkai.accounts.queries import actor_for
from gongkai.applications import feeds
from gongkai.applications.actions.reminding import open_feed
from gongkai.applications.views.doors import office


@public
def due_dates(request: HttpRequest, nonce: str) -> HttpResponse:  # noqa: ARG001
    """The feed. Who knows the address reads numbers and dates; an address that was changed is a 404."""
    feed = feeds.feed_at(nonce)
    at = timezone.now()
    return HttpResponse(
        feeds.due_dates(actor_for(feed.user, on=timezone.localdate(at)), at),
        content_type="text/calendar; charset=utf-8", headers={"Cache-Control": "no-store", "X-Robots-Tag": "noindex"},
    )


@office
def settings(request: HttpRequest) -> HttpResponseBase:
    """One's own feed: its address, and how to change it."""
    actor = actor_of(request)
    feed = feeds.feed_of(actor.user_id) if actor.user_id else None
    address = request.build_absolute_uri(reverse("applications-feed", args=[feed.nonce])) if feed else ""
    return render(request, "applications/feed.html", {"feed": feed, "address": address})


@office
@posted(lambda: reverse("applications:feed"))
def renew(request: HttpRequest) -> HttpResponseBase:
    """A new address; the old one stops working."""
    actor = actor_of(request)
    open_feed(by=actor, user=User.objects.get(pk=actor.user_id), at=timezone.now())
    messages.success(request, _("新的订阅地址已启用，旧地址不再有效"))
    return redirect("applications:feed")
