"""What `gongkai doctor` finds in the letters; each fault is planted."""

from __future__ import annotations

from gongkai.letters.models import Letter
from gongkai.letters.probes import letters


def test_sound_letters_are_well(issue):
    issue()
    issue("correction_notice")
    issue("registration")
    assert letters().well


def test_a_gap_in_the_numbers_is_found(issue):
    first = issue()
    issue()
    Letter.objects.filter(pk=first.pk).delete()
    told = letters()
    assert not told.well
    assert "缺号" in told.sentence


def test_a_letter_that_is_not_what_went_out_is_found(issue):
    Letter.objects.filter(pk=issue().pk).update(pdf_sha256="0" * 64)
    told = letters()
    assert not told.well
    assert "不符" in told.sentence
