"""What narrows a list: an address of any kind opens it, and what offers no choice takes no room."""

from __future__ import annotations

from django import forms
from hypothesis import given
from hypothesis import strategies as st

from gongkai.infra.filters import ALL, FilterForm


class Few(FilterForm):
    """Every kind of field that a list has."""

    q = forms.CharField(required=False, max_length=60)
    state = forms.ChoiceField(required=False)
    year = forms.TypedChoiceField(required=False, coerce=int, empty_value=None)
    section = forms.ChoiceField(required=False)
    under = forms.IntegerField(required=False, widget=forms.HiddenInput)
    sort = forms.ChoiceField(required=False, choices=[("", "新的在前"), ("old", "旧的在前"), ("due", "期限近的在前")])

    FIRST = ("state", "year", "sort")
    MORE = ("section",)


def few(**asked: str) -> Few:
    words = {"state": {"open": "在办", "closed": "办结"}, "year": [2025], "section": {"1": "办公室", "2": "法规科"}}
    return Few(asked, words=words)


def names(fields: list[forms.BoundField]) -> list[str]:
    return [field.name for field in fields]


def test_everything_comes_first_and_a_field_without_a_choice_is_left_out():
    form = few()
    assert form.fields["state"].choices == [ALL, ("open", "在办"), ("closed", "办结")]
    assert names(form.first) == ["state", "sort"], "one year is no choice"
    assert names(form.more) == ["section"]
    assert not form.narrowed
    assert not form.more_used


def test_what_is_in_use_stays_in_sight():
    form = few(year="2025", section="2")
    assert names(form.first) == ["state", "year", "sort"]
    assert (form.said("year"), form.said("section"), form.said("q")) == (2025, "2", "")
    assert form.narrowed
    assert form.more_used


def test_the_order_narrows_nothing():
    assert not few(sort="old").narrowed
    assert few(sort="old").said("sort") == "old"


def test_choosing_applies_at_once_but_typing_does_not():
    applied = {name for name, field in few().fields.items() if "data-apply" in field.widget.attrs}
    assert applied == {"state", "year", "section", "sort"}


@given(st.dictionaries(st.sampled_from(["q", "state", "year", "section", "under", "sort"]), st.text(max_size=80)))
def test_any_address_opens_and_what_does_not_parse_filters_nothing(asked):
    form = few(**asked)
    assert form.said("state") in {"", "open", "closed"}
    assert form.said("year") in {"", 2025}
    assert "\0" not in form.said("q")
    assert isinstance(form.narrowed, bool)
    assert names(form.more) == ["section"]
