"""The pages of accounts: one's own, the people in one's reach, one person."""

from gongkai.accounts.views import people, person
from gongkai.accounts.views.own import choose_organ, mine, roles

__all__ = ["choose_organ", "mine", "people", "person", "roles"]
