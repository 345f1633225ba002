"""The course of a report: each act where the table allows it, by whom the posts allow it, once."""

from __future__ import annotations

import pytest
from tests.compilations.makers import at_state, fresh

from gongkai.compilations.states import State

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("state", list(State))
def test_a_report_can_be_brought_to_every_state(of, state):
    assert fresh(at_state(of, state)).state == state
