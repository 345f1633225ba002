"""What the background worker does for search between its tasks."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from gongkai.infra.tasks import CHORES
from gongkai.search import sought
from gongkai.search.choice import engine
from gongkai.search.models import Change


def keep_the_index() -> None:
    """A chore: an index that is missing, half made or made by an older program is made; one that is behind follows;
    what acts left in pieces is merged."""
    engine().keep()


def forget_what_is_old() -> None:
    """A chore: changes that every index has long followed, and words that were not found long ago."""
    now = timezone.now()
    newest = Change.objects.order_by("-seq").values_list("seq", flat=True).first()
    if newest is not None:
        before = now - timedelta(days=settings.GONGKAI_SEARCH_CHANGE_DAYS)
        followed = Change.objects.filter(seq__lt=newest, at__lt=before)
        followed.delete()
    sought.forget(on=timezone.localdate(), days=settings.GONGKAI_SEARCH_SOUGHT_DAYS)


CHORES.extend([keep_the_index, forget_what_is_old])
