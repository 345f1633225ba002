"""What the law and the forms leave open is an installation's own: remedies in letters and on the page, rows in 表三."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date

import pytest
from django.test import override_settings
from tests.applications.made_replies import assigned as given
from tests.applications.made_replies import office, served

from gongkai.agencies.models import DisclosureOffice
from gongkai.applications import figures
from gongkai.applications.models import Application
from gongkai.applications.public import view_of
from gongkai.letters.models import Letter
from gongkai.letters.queries import document
from gongkai.portal import follow

pytestmark = pytest.mark.django_db


@pytest.fixture
def of():
    made = office()
    DisclosureOffice.objects.update(review_organ="青澜县人民政府", court="青澜县人民法院")
    return made


def told(case):
    """The notice in the letter and on the tracking page."""
    letter = Letter.objects.get(subject_id=case.pk, kind="reply_not_held")
    xml = zipfile.ZipFile(io.BytesIO(document(letter, "docx"))).read("word/document.xml").decode()
    desk = DisclosureOffice.objects.get(agency=case.agency)
    page = follow.remedy(case, view_of(case), desk, date(2026, 3, 5))
    return re.sub(r"<[^>]+>", "", xml), page.text


def test_which_answers_must_go_to_reconsideration_first(of):
    usual, _service = served(of, given(of), "not_held", day=date(2026, 3, 5))
    with override_settings(GONGKAI_REMEDIES={"reconsideration_first": frozenset({"not_held"}), "apply_days": 30}):
        other, _service = served(of, given(of), "not_held", day=date(2026, 3, 5))
        for said in told(other):
            assert "应当先申请行政复议" in said
            assert "30日内向青澜县人民政府" in said
    for said in told(usual):
        assert "应当先申请行政复议" not in said
        assert "60日内向青澜县人民政府" in said


def test_what_the_forms_do_not_mention_counts_where_the_office_says(of):
    for kind in ("published", "not_information", "granted"):
        served(of, given(of), kind)
    rows = Application.objects.all()

    def counted():
        table = figures.table_three(rows, 2026)
        listed = {row: figures.closed_as(rows, 2026, row).count() for row, _kind in table if row not in
                  {"new", "carried_in", "carried_out", "closed"}}
        assert {row: table[row, "natural"] for row in listed} == listed, "a figure is the length of its list"
        return listed

    assert counted() == {"granted": 2, "other_rest": 1}
    with override_settings(GONGKAI_ROWS={"published": "other_rest", "not_information": "unable_not_held"}):
        assert counted() == {"granted": 1, "other_rest": 1, "unable_not_held": 1}
