"""One's own account: who I am, where I work, what I may do."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from gongkai.accounts import organ
from gongkai.accounts.gate import posted, signed_in
from gongkai.accounts.models import Post
from gongkai.accounts.roles import BY_KEY


@signed_in
def mine(request: HttpRequest) -> HttpResponse:
    """Posts held today with what each is for; password and second factor are one click away."""
    posts = Post.objects.held_on(timezone.localdate()).filter(user_id=request.user.pk).select_related("agency")
    return render(request, "accounts/mine.html", {"posts": [(post, BY_KEY[post.role]) for post in posts]})


@signed_in
@posted(lambda: reverse("accounts:mine"))
def choose_organ(request: HttpRequest) -> HttpResponseBase:
    """See the desk of one of the agencies in which one works, or of all; back to the list that was open."""
    organ.choose(request, request.POST.get("agency", ""))
    back = request.POST.get("next", "")
    return redirect(back if url_has_allowed_host_and_scheme(back, {request.get_host()}) else "accounts:mine")
