"""The gates in the database: what a statement, the ORM or a console tries past the acts, the triggers refuse.

Each rule is tried alone, with every other trigger lifted, so that it is seen to fire by itself on this engine; then
the ways around the gates that somebody with the ORM would think of, with all of them standing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from tests.publications.makers import (
    BODY,
    KEYS,
    ON,
    Bureau,
    drafted,
    fresh,
    moment,
    published,
    reviewed,
    sent,
    signed,
)

from gongkai.files.models import StoredFile
from gongkai.publications import actions, guard
from gongkai.publications.models import Attachment, Edition, GateOpinion, GatePassage, Hand, Publication

pytestmark = pytest.mark.django_db
OTHER = "0" * 64


def rows(edition: Edition) -> Any:
    return Edition.objects.filter(pk=edition.pk)


def place(edition: Edition) -> Any:
    return Publication.objects.filter(pk=edition.publication_id)


def copy_of(row: Any, **values: Any) -> Any:
    """The same row, to be inserted again with other values."""
    held = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if not field.primary_key}
    return type(row)(**(held | values))


def again(row: Any) -> None:
    copy_of(row, pk=row.pk).save(force_insert=True)


def delete(row: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {row._meta.db_table} WHERE id = %s", [row.pk])


def with_file(of: Bureau, edition: Edition | None = None, words: str = "填表说明。") -> Attachment:
    return actions.attach(
        by=of.clerk, edition=edition or drafted(of), name="说明.txt", data=words.encode(), at=moment(),
    )


def as_signed(of: Bureau, edition: Edition, **values: Any) -> dict[str, Any]:
    return {
        "signed_by_id": of.signatory.user_id, "signed_at": moment(), "signed_digest": edition.digest,
        "decided_attribute": "active", "state": "signed",
    } | values


def passed_by(who: Any, digest: str) -> dict[str, Any]:
    return {"passed_by_id": who.user_id, "passed_at": moment(), "digest": digest}


def begins_in_work(of: Bureau) -> Any:
    edition = drafted(of)
    return lambda: Edition.objects.bulk_create([copy_of(edition, number=2, state="published")])


def review_begins_open(of: Bureau) -> Any:
    edition = drafted(of)
    return lambda: rows(edition).update(state="review", digest=OTHER)


def file_before_review(of: Bureau) -> Any:
    file = with_file(of)
    sent(of, file.edition)
    return lambda: Attachment.objects.bulk_create([copy_of(file)])


def file_has_a_hand(of: Bureau) -> Any:
    file = with_file(of)
    return lambda: Attachment.objects.bulk_create([copy_of(file, added_by_id=of.reviewer.user_id)])


def file_in_review(of: Bureau) -> Attachment:
    file = with_file(of)
    sent(of, file.edition)
    return file


ALONE: dict[str, Callable[[Bureau], Callable[[], object]]] = {
    "begins_in_work": begins_in_work,
    "edition_not_replaced": lambda of: (lambda e: lambda: again(e))(drafted(of)),
    "steps_follow": lambda of: (lambda e: lambda: rows(e).update(state="reviewed"))(drafted(of)),
    "review_begins_open": review_begins_open,
    "signed_after_gates": lambda of: (lambda e: lambda: rows(e).update(**as_signed(of, e)))(sent(of)),
    "filed_after_gates": lambda of: (
        lambda e: lambda: rows(e).update(**as_signed(of, e, state="filed", decided_attribute="withheld")))(sent(of)),
    "ends_after_publication": lambda of: (
        lambda e: lambda: rows(e).update(**as_signed(of, e, state="superseded", published_at=moment())))(reviewed(of)),
    "author_stands": lambda of: (lambda e: lambda: rows(e).update(author=of.head.user_id))(drafted(of)),
    "words_stand": lambda of: (lambda e: lambda: rows(e).update(body="<p>别的</p>"))(sent(of)),
    "signature_stands": lambda of: (lambda e: lambda: rows(e).update(signed_by=of.head.user_id))(signed(of)),
    "edition_stays": lambda of: (lambda e: lambda: delete(e))(sent(of)),
    "gate_passed_in_review": lambda of: (
        lambda e: lambda: e.gates.update(**passed_by(of.clerk, e.digest)))(sent(of)),
    "gate_stands": lambda of: (lambda e: lambda: e.gates.exclude(key="secrecy").update(ahead=False))(sent(of)),
    "gate_laid_before_review": lambda of: (
        lambda e: lambda: GatePassage.objects.bulk_create([GatePassage(edition=e, key="x", name="x", order=9)]))(
            sent(of)),
    "gate_stays": lambda of: (lambda e: lambda: e.gates.exclude(key="secrecy").delete())(sent(of)),
    "opinion_stands": lambda of: (lambda e: lambda: e.opinions.update(remark="别的"))(reviewed(of)),
    "opinion_not_replaced": lambda of: (lambda e: lambda: again(e.opinions.first()))(reviewed(of)),
    "opinion_stays": lambda of: (lambda e: lambda: e.opinions.all().delete())(reviewed(of)),
    "hand_stays": lambda of: (lambda e: lambda: e.hands.all().delete())(drafted(of)),
    "hand_stands": lambda of: (lambda e: lambda: e.hands.update(user=of.head.user_id))(drafted(of)),
    "hand_not_replaced": lambda of: (lambda e: lambda: again(e.hands.first()))(drafted(of)),
    "file_before_review": file_before_review,
    "file_has_a_hand": file_has_a_hand,
    "file_has_its_bytes": lambda of: (
        lambda f: lambda: Attachment.objects.bulk_create([copy_of(f, sha256=OTHER)]))(with_file(of)),
    "file_keeps_its_bytes": lambda of: (
        lambda f: lambda: Attachment.objects.filter(pk=f.pk).update(sha256=OTHER))(with_file(of)),
    "file_stands": lambda of: (
        lambda f: lambda: Attachment.objects.filter(pk=f.pk).update(name="别的.txt"))(file_in_review(of)),
    "file_stays": lambda of: (lambda f: lambda: delete(f))(file_in_review(of)),
    "bytes_stand": lambda of: (
        lambda f: lambda: StoredFile.objects.filter(pk=f.cleaned_id).update(sha256=OTHER))(with_file(of)),
    "index_number_stands": lambda of: (lambda e: lambda: place(e).update(index_number="别的"))(published(of)),
    "public_is_published": lambda of: (lambda e: lambda: place(e).update(title="没有审查过的名称"))(published(of)),
    "public_day_stands": lambda of: (lambda e: lambda: place(e).update(published_on=ON.replace(day=1)))(published(of)),
    "place_stands": lambda of: (lambda e: lambda: place(e).update(kind="penalty"))(sent(of)),
    "public_begins_unpublished": lambda of: (
        lambda e: lambda: Publication.objects.bulk_create([copy_of(e.publication, published_on=ON)]))(drafted(of)),
    "publication_stays": lambda of: (lambda e: lambda: delete(e.publication))(published(of)),
}


def lift_all_but(name: str) -> None:
    """Only this trigger stands; the test's own roll-back brings the others again."""
    connection.check_constraints()  # PostgreSQL: nothing may be pending on a table whose triggers change
    with connection.cursor() as cursor:
        for rule in guard.RULES:
            if rule.name != name:
                on = f" ON {rule.table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER {guard.GUARD.trigger(rule)}{on}")


def words_that_must_not_go_out(edition: Edition) -> Callable[[], object]:
    """The attack begins with something that the other triggers refuse."""
    lift_all_but("published_after_gates")
    rows(edition).update(screened="block")
    return lambda: rows(edition).update(state="published", published_at=moment())


def test_every_rule_is_tried_and_stands():
    assert {*ALONE, "published_after_gates"} == {rule.name for rule in guard.RULES}
    assert guard.standing(connection) == {rule.name for rule in guard.RULES}


@pytest.mark.parametrize("rule", guard.RULES, ids=lambda rule: rule.name)
def test_a_trigger_fires_by_itself(of, rule):
    if rule.name == "published_after_gates":
        attack = words_that_must_not_go_out(signed(of))
    else:
        attack = ALONE[rule.name](of)
        lift_all_but(rule.name)
    with pytest.raises(IntegrityError) as raised, transaction.atomic():
        attack()
    assert rule.sentence in str(raised.value)


def refused(attack: Callable[[], object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        attack()


def test_the_lawful_way_passes_every_trigger(of):
    edition = published(of)
    second = actions.revise(by=of.clerk, publication=edition.publication, change_note="修改第二条", at=moment())
    second = actions.edit(by=of.clerk, edition=second, values={"title": "新的名称"}, body=None, at=moment())
    published(of, second)
    publication = Publication.objects.get()
    actions.withdraw(by=of.head, publication=publication, kind="error", note="", at=moment())
    third = actions.revise(by=of.clerk, publication=publication, change_note="改正", at=moment())
    published(of, third)
    assert [e.state for e in publication.editions.order_by("number")] == ["superseded", "withdrawn", "published"]


def test_no_state_is_reached_but_by_its_steps(of):
    edition = drafted(of)
    for state in ("reviewed", "signed", "published", "filed", "superseded", "withdrawn"):
        refused(lambda state=state: rows(edition).update(**as_signed(of, edition, state=state, published_at=moment())))
    edition = sent(of, edition)
    for state in ("signed", "published", "draft", "discarded"):
        refused(lambda state=state: rows(edition).update(**as_signed(of, edition, state=state, published_at=moment())))


def test_gates_cannot_be_passed_by_whoever_wrote_or_will_sign(of):
    edition = sent(of)
    refused(lambda: edition.gates.update(**passed_by(of.clerk, edition.digest)))
    refused(lambda: edition.gates.update(**passed_by(of.reviewer, OTHER)))
    rows(edition).update(signed_by=of.signatory.user_id)
    refused(lambda: edition.gates.update(**passed_by(of.signatory, edition.digest)))


def test_the_signatory_is_nobody_who_wrote_or_reviewed(of):
    edition = reviewed(of)
    for who in (of.clerk, of.reviewer):
        refused(lambda who=who: rows(edition).update(**as_signed(of, edition, signed_by_id=who.user_id)))


def test_a_signature_is_on_the_words_that_were_reviewed(of):
    edition = reviewed(of)
    refused(lambda: rows(edition).update(**as_signed(of, edition, signed_digest=OTHER)))
    refused(lambda: rows(edition).update(**as_signed(of, edition, digest=OTHER, signed_digest=OTHER)))


def test_passed_gates_are_not_carried_to_other_words(of):
    """Back, changed, and in review again with the gates of before."""
    edition = reviewed(of)
    rows(edition).update(state="returned")
    rows(edition).update(state="draft", body="<p>没有审查过的正文</p>")
    refused(lambda: rows(edition).update(state="review"))
    refused(lambda: rows(edition).update(state="reviewed"))


def test_gates_are_not_put_off_without_an_emergency(of):
    edition = drafted(of)
    GatePassage.objects.bulk_create([
        GatePassage(edition=edition, key=key, name=key, order=n, ahead=key == "secrecy") for n, key in enumerate(KEYS)
    ])
    refused(lambda: rows(edition).update(state="review", digest=OTHER))
    refused(lambda: edition.gates.filter(key="secrecy").update(ahead=False))


def test_the_lane_is_not_changed_in_review(of):
    edition = sent(of)
    refused(lambda: rows(edition).update(lane="emergency", lane_reason="临时"))
    refused(lambda: rows(edition).update(apart=True))


def test_a_gate_is_not_brought_from_another_edition(of):
    passed, open_ = reviewed(of), sent(of, title="另一份")
    refused(lambda: passed.gates.filter(key="legal").update(edition=open_.pk))
    refused(lambda: GatePassage.objects.bulk_create(
        [GatePassage(edition=open_, key="again", name="x", order=1, **passed_by(of.reviewer, open_.digest))]))


def test_files_are_not_swapped_added_or_moved_after_the_review(of):
    file = with_file(of)
    edition = reviewed(of, file.edition)
    other = with_file(of, drafted(of, title="另一份"), "另一份说明。")
    swapped = {"cleaned_id": other.cleaned_id, "sha256": other.sha256, "size": other.size}
    refused(lambda: edition.attachments.update(**swapped))
    refused(lambda: Attachment.objects.filter(pk=other.pk).update(edition=edition.pk))
    refused(lambda: Attachment.objects.bulk_create([copy_of(other, edition_id=edition.pk)]))
    refused(lambda: edition.attachments.all().delete())
    refused(lambda: edition.attachments.update(order=5))
    refused(lambda: Attachment.objects.filter(pk=file.pk).update(checked_by=of.clerk.user_id))


def test_what_was_published_does_not_change_and_does_not_go_back(of):
    edition = published(of)
    refused(lambda: rows(edition).update(state="draft"))
    refused(lambda: rows(edition).update(state="returned"))
    refused(lambda: rows(edition).update(body="<p>别的</p>"))
    refused(lambda: rows(edition).update(published_at=moment(ON.replace(day=1))))
    refused(lambda: place(edition).update(formed_on=ON))
    refused(lambda: place(edition).update(first_published_at=moment(ON.replace(day=1))))
    refused(lambda: place(edition).update(current=None))
    held = fresh(edition)
    held.title = "别的"
    refused(held.save)


def test_a_draft_is_not_shown_in_place_of_what_stands(of):
    edition = published(of)
    draft = actions.revise(by=of.clerk, publication=edition.publication, change_note="改", at=moment())
    refused(lambda: place(edition).update(current=draft.pk))
    another = published(of, title="另一份")
    refused(lambda: place(edition).update(current=another.pk))


def test_what_was_withdrawn_does_not_come_back_by_itself(of):
    edition = published(of)
    actions.withdraw(by=of.head, publication=edition.publication, kind="privacy", note="", at=moment())
    refused(lambda: place(edition).update(withdrawn_at=None, withdrawal=""))
    refused(lambda: rows(edition).update(state="published"))


def test_a_day_set_by_hand_publishes_nothing(of):
    edition = reviewed(of)
    refused(lambda: place(edition).update(published_on=ON, index_number="x", first_published_at=moment()))
    refused(lambda: place(edition).update(published_on=ON, current=edition.pk, index_number="x"))


def test_raw_sql_is_refused_like_everything_else(of):
    edition = sent(of)
    with connection.cursor() as cursor:
        for statement in (
            "UPDATE publications_edition SET state = 'published' WHERE id = %s",
            "UPDATE publications_edition SET body = 'x' WHERE id = %s",
            "DELETE FROM publications_gatepassage WHERE edition_id = %s",
            "DELETE FROM publications_hand WHERE edition_id = %s",
        ):
            with pytest.raises(IntegrityError), transaction.atomic():
                cursor.execute(statement, [edition.pk])
    assert fresh(edition).body == BODY
    assert GateOpinion.objects.count() == 0


def test_three_reviews_need_three_persons_in_the_database_too(of):
    actions.set_practice(by=of.head, agency=of.where, at=moment(), scheme="three")
    edition = sent(of)
    refused(lambda: edition.gates.update(**passed_by(of.reviewer, edition.digest)))
    edition.gates.filter(key="first").update(**passed_by(of.reviewer, edition.digest))
    refused(lambda: edition.gates.filter(key="second").update(**passed_by(of.reviewer, edition.digest)))


def test_nobody_hides_that_they_wrote(of):
    edition = sent(of, drafted(of, by=of.head))
    refused(lambda: Hand.objects.filter(edition=edition).delete())
    refused(lambda: rows(edition).update(author=of.clerk.user_id))
    refused(lambda: edition.gates.update(**passed_by(of.head, edition.digest)))
