"""What every act on a publication begins and ends with. Parts of actions, not actions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import Denied, may
from gongkai.core.errors import Refused
from gongkai.publications.due import settle
from gongkai.publications.models import Edition, Hand, Publication
from gongkai.publications.permissions import PublicationPermission as P
from gongkai.publications.screening import screen_words
from gongkai.publications.states import IN_WORK, Act, State, after

# What lists show of an edition.
SHOWN = ("title", "document_number", "summary", "topic", "formed_on", "effective_on", "expires_on")


def locked(pks: Iterable[int]) -> dict[int, Publication]:
    """Publications, locked in the order of their keys so that two acts never wait for each other."""
    rows = Publication.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=set(pks))
    return {row.pk: row for row in rows.select_related("agency", "section", "item").order_by("pk")}


def hold_in_work() -> None:
    """Lock whatever is in work until the surrounding transaction ends, so that no act is under way on one of them."""
    rows = Publication.objects.select_for_update(of=("self",), no_key=True).filter(latest__state__in=IN_WORK)
    list(rows.order_by("pk").values_list("pk"))


def held(publication: Publication) -> Publication:
    """The row as it is now, locked, with its editions at hand."""
    return with_editions(locked([publication.pk])[publication.pk])


def with_editions(publication: Publication) -> Publication:
    """The latest and the standing edition, locked; one object where they are the same."""
    pks = {publication.latest_id, publication.current_id} - {None}
    found = Edition.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=pks)
    rows = {row.pk: row for row in found.order_by("pk")}
    for row in rows.values():
        row.publication = publication
    publication.latest = rows.get(publication.latest_id or 0)
    publication.current = rows.get(publication.current_id or 0)
    return publication


def taken(edition: Edition, act: Act, *, seen: int | None = None) -> tuple[Edition, State]:
    """The edition, locked and as it is now, and the state that `act` leads to.

    `seen` is the revision that the person looked at. Raises Refused: changed-meanwhile, not-now.
    """
    publication = held(Publication(pk=edition.publication_id))
    now = next(
        (row for row in (publication.latest, publication.current) if row is not None and row.pk == edition.pk), None,
    )
    if now is None:
        now = Edition.objects.select_for_update(of=("self",), no_key=True).get(pk=edition.pk)
        now.publication = publication
    if seen is not None and seen != now.revision:
        raise Refused("changed-meanwhile", "您打开页面后已有同事办理了这一稿；所填内容没有保存，请看最新情况后再办")
    return now, after(now.state, act)


def put(edition: Edition, state: State) -> Edition:
    """Move to `state`, count the revision, save; then the publication with what lists show and its due date."""
    edition.state = state
    edition.revision += 1
    edition.save()
    put_publication(edition.publication)
    return edition


def put_publication(publication: Publication) -> None:
    """Save it; before its first publication it shows its latest draft."""
    latest = publication.latest
    if publication.first_published_at is None and latest is not None:
        show(publication, latest)
    settle(publication)
    publication.save()


def show(publication: Publication, edition: Edition) -> None:
    """Copy what lists show."""
    for field in SHOWN:
        setattr(publication, field, getattr(edition, field))


def writing(by: Actor, publication: Publication, edition: Edition | None = None) -> P:
    """The permission under which one writes on it: the office's, or a contributor's in the own section until it is
    handed in. Raises Denied; Refused: handed-in.
    """
    if may(by, P.HANDLE, publication):
        return P.HANDLE
    own = any(
        h.role == "contributor" and h.section_id is not None and h.section_id == publication.section_id
        and h.agency_id == publication.agency_id for h in by.holdings
    )
    if not own or not may(by, P.CONTRIBUTE, publication):
        raise Denied(P.CONTRIBUTE)
    if edition is not None and edition.submitted_at is not None:
        raise Refused("handed-in", "这一稿已报送公开工作机构，由其办理；要修改的，请联系其退回")
    return P.CONTRIBUTE


def wrote(edition: Edition, by: Actor, at: datetime) -> None:
    """Name a person as a hand of an edition; the program itself is none."""
    if by.user_id is not None:
        Hand.objects.get_or_create(edition=edition, user_id=by.user_id, defaults={"at": at})


def is_hand(edition: Edition, by: Actor) -> bool:
    """Whether this person wrote on it."""
    return by.user_id is not None and (
        edition.author_id == by.user_id or edition.hands.filter(user_id=by.user_id).exists()
    )


def screened(edition: Edition) -> None:
    """Screen the words; what was accepted counts only while nothing new is found."""
    verdict, findings = screen_words(edition)
    if findings != edition.screening:
        edition.warnings_accepted_by = None
    edition.screened, edition.screening = verdict, findings
