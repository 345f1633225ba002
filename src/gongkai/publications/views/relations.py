"""What a publication stands to others: searched, linked, taken apart."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from gongkai.accounts.gate import actor_of, posted
from gongkai.core.errors import Refused
from gongkai.infra.refusals import translated
from gongkai.publications import queries
from gongkai.publications.actions import linking
from gongkai.publications.kinds import RELATION_NAMES, Relation
from gongkai.publications.models import Publication
from gongkai.publications.offering import permitted
from gongkai.publications.states import Act
from gongkai.publications.views.doors import office
from gongkai.publications.views.page import relations_of


@office
@never_cache
def relations(request: HttpRequest, publication_id: int, number: int) -> HttpResponseBase:
    """The relations of a publication, and a search for another one."""
    actor = actor_of(request)
    shown = queries.edition(actor, publication_id, number)
    words = request.GET.get("find", "")[:60]
    return render(request, "publications/relations.html", {
        "edition": shown, "publication": shown.publication, "relations": relations_of(actor, shown.publication),
        "find": words, "found": queries.to_relate(actor, shown.publication, words),
        "names": [(key.value, _(both[0])) for key, both in RELATION_NAMES.items()],
        "may_link": Act.LINK in permitted(actor, shown),
    })


@office
@posted(lambda publication_id, number: reverse("publications:relations", args=[publication_id, number]))
def link(request: HttpRequest, publication_id: int, number: int) -> HttpResponseBase:
    """Link with another, or take a link away."""
    actor, shown = actor_of(request), queries.edition(actor_of(request), publication_id, number)
    relation, other = request.POST.get("relation", ""), request.POST.get("other", "")
    target = Publication.objects.filter(pk=other).first() if other.isdecimal() else None
    if relation not in set(Relation) or target is None or not _visible(request, target):
        messages.error(request, _("请选择关系和要关联的信息；没有保存"))
        return redirect("publications:relations", publication_id, number)
    source, to = (target, shown.publication) if request.POST.get("backward") else (shown.publication, target)
    gone = request.POST.get("act") == "unlink"
    try:
        (linking.unlink if gone else linking.link)(
            by=actor, source=source, target=to, relation=Relation(relation), at=timezone.now(),
        )
    except Refused as refusal:
        if refusal.code == "denied":
            raise
        messages.error(request, translated(refusal))
    else:
        messages.success(request, _("已取消关联") if gone else _("已关联"))
    return redirect("publications:relations", publication_id, number)


def _visible(request: HttpRequest, target: Publication) -> bool:
    return target.is_public or Publication.objects.visible_to(actor_of(request)).filter(pk=target.pk).exists()
