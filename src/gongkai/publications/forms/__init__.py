"""What people of the office type about publications, parsed. Whether it may be done, the actions decide."""

from __future__ import annotations

from gongkai.publications.forms import publishing, reviewing
from gongkai.publications.forms.base import BY_ACT, ActForm

__all__ = ["BY_ACT", "ActForm", "publishing", "reviewing"]
