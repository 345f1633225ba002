from __future__ import annotations

import pytest

from gongkai.core.law.applicants import APPLICANT_NAMES, ApplicantKind, parse
from gongkai.core.report.forms import all_forms


def test_the_kinds_are_the_columns_of_both_forms():
    for form in all_forms():
        columns = {label.key: label.text for label in form.t3_columns if label.key != "total"}
        assert columns == {kind.value: name for kind, name in APPLICANT_NAMES.items()}


@pytest.mark.parametrize("kind", list(ApplicantKind))
def test_every_kind_is_read_by_name_and_key(kind):
    assert parse(APPLICANT_NAMES[kind]) is kind
    assert parse(f" {kind.value.upper()} ") is kind


@pytest.mark.parametrize(("text", "kind"), [
    ("自 然 人", ApplicantKind.NATURAL), ("公民", ApplicantKind.NATURAL), ("律师事务所", ApplicantKind.LEGAL),
    ("法人或其他组织-其他", ApplicantKind.OTHER), ("商業企業", ApplicantKind.BUSINESS),
    ("", None), ("法人", None), ("单位", None), ("总计", None), ("自然人和企业", None),
])
def test_other_words(text, kind):
    assert parse(text) is kind
