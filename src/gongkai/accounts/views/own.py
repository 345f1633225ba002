"""One's own account: who I am, where I work, what I may do, and what each role may."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from gongkai.accounts import organ, second_factor
from gongkai.accounts.gate import actor_of, at_the_door, posted, signed_in
from gongkai.accounts.models import Post
from gongkai.accounts.permissions import AccountsPermission, granted_to, may, registered
from gongkai.accounts.roles import ALL, BY_KEY, THREE_ADMINISTRATORS


@at_the_door
def mine(request: HttpRequest) -> HttpResponse:
    """Posts held today with what each is for; password and second factor are one click away."""
    posts = Post.objects.held_on(timezone.localdate()).filter(user_id=request.user.pk)
    actor = actor_of(request)
    return render(request, "accounts/mine.html", {
        "posts": [(post, BY_KEY[post.role]) for post in posts.select_related("agency", "section")],
        "enrolled": second_factor.enrolled(request.user), "asked": second_factor.asked_of(actor),
        "may_see_people": may(actor, AccountsPermission.SEE_POSTS),
        # A room above: asked by the name of its permission.
        "may_see_looks": any(may(actor, known) for known in registered() if known == "vault.audit"),
    })


@at_the_door
@posted(lambda: reverse("accounts:mine"))
def choose_organ(request: HttpRequest) -> HttpResponseBase:
    """See the desk of one of the agencies in which one works, or of all; back to the list that was open."""
    organ.choose(request, request.POST.get("agency", ""))
    back = request.POST.get("next", "")
    return redirect(back if url_has_allowed_host_and_scheme(back, {request.get_host()}) else "accounts:mine")


@signed_in
def roles(request: HttpRequest) -> HttpResponse:
    """Each role with its sentence, what it may do and why: read from the registry that the program itself asks."""
    held = {holding.role for holding in actor_of(request).holdings}
    return render(request, "accounts/roles.html", {
        "roles": [(role, granted_to(role.key), role.key in held) for role in ALL], "three": THREE_ADMINISTRATORS,
    })
