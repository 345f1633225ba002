"""One's own account: who I am, where I work, what I may do."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from gongkai.accounts.gate import signed_in
from gongkai.accounts.models import Post
from gongkai.accounts.roles import BY_KEY


@signed_in
def mine(request: HttpRequest) -> HttpResponse:
    """Posts held today with what each is for; password and second factor are one click away."""
    posts = Post.objects.held_on(timezone.localdate()).filter(user_id=request.user.pk).select_related("agency")
    return render(request, "accounts/mine.html", {"posts": [(post, BY_KEY[post.role]) for post in posts]})
