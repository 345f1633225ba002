"""Index numbers: by the office's template, one after another, never twice, never changed."""

from __future__ import annotations

import threading
from datetime import date

import pytest
from django.db import connection
from tests.factories import agency
from tests.publications.makers import CREDIT, ON, Bureau, bureau, drafted, moment, of_edition, published, signed
from tests.publications.test_life import refused

from gongkai.publications import actions
from gongkai.publications.models import Publication
from gongkai.publications.numbering import example, template_of, values_of

NEXT_YEAR = date(2027, 1, 4)


@pytest.mark.django_db
def test_they_count_from_one_in_every_year(of: Bureau):
    numbers = [of_edition(published(of, on=on)).index_number for on in (ON, ON, NEXT_YEAR)]
    assert numbers == [f"{CREDIT}/2026-00001", f"{CREDIT}/2026-00002", f"{CREDIT}/2027-00001"]


@pytest.mark.django_db
def test_an_office_has_its_own_template(of: Bureau):
    actions.set_practice(by=of.head, agency=of.where, at=moment(), index_template="QL-{department}-{date}-{serial:03d}")
    assert of_edition(published(of)).index_number == f"QL-{of.where.pk:03d}-20260304-001"
    assert example(of.where, "{area}/{year}/{serial}", ON) == "000000/2026/1"


@pytest.mark.django_db
def test_without_a_credit_code_the_key_stands_in(of: Bureau):
    other = agency("青澜县档案局", of.county)
    made = template_of(other).render(serial=1, on=ON, values=values_of(other))
    assert made == f"{other.pk:018d}/2026-00001"


@pytest.mark.django_db
def test_a_number_that_is_taken_is_passed_over(of: Bureau):
    first = published(of)
    place = of_edition(drafted(of, title="导入"))
    Publication.objects.filter(pk=place.pk).update(index_number=f"{CREDIT}/2026-00002")
    assert of_edition(published(of)).index_number == f"{CREDIT}/2026-00003"
    assert of_edition(first).index_number == f"{CREDIT}/2026-00001"


@pytest.mark.django_db
def test_a_number_that_cannot_be_made_keeps_it_in(of: Bureau, settings):
    settings.GONGKAI_INDEX_TEMPLATE = "{year}"
    edition = signed(of)
    refused("serial-missing", actions.publish, by=of.publisher, edition=edition, at=moment())
    assert of_edition(edition).published_on is None


def at_once(calls):
    """Run the calls in threads that start together; what each returned or raised."""
    barrier, answers = threading.Barrier(len(calls)), [None] * len(calls)

    def run(n, call):
        barrier.wait()
        try:
            answers[n] = call()
        except Exception as error:
            answers[n] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(n, call)) for n, call in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


@pytest.mark.django_db(transaction=True)
def test_many_published_at_once_have_numbers_of_their_own():
    of = bureau()
    editions = [signed(of, title=f"第{n}份") for n in range(5)]
    answers = at_once([
        lambda e=edition: actions.publish(by=of.publisher, edition=e, at=moment()) for edition in editions
    ])
    assert not [answer for answer in answers if isinstance(answer, Exception)], answers
    numbers = sorted(Publication.objects.values_list("index_number", flat=True))
    assert numbers == [f"{CREDIT}/2026-{n:05d}" for n in range(1, 6)]


@pytest.mark.django_db(transaction=True)
def test_one_edition_published_by_two_at_once_is_published_once():
    of = bureau()
    edition = signed(of)
    answers = at_once([
        lambda by=by: actions.publish(by=by, edition=edition, at=moment(), seen=edition.revision)
        for by in (of.publisher, of.head)
    ])
    refusals = [answer for answer in answers if isinstance(answer, Exception)]
    assert [getattr(one, "code", one) for one in refusals] in (["changed-meanwhile"], ["not-now"])
    assert Publication.objects.get().index_number == f"{CREDIT}/2026-00001"
