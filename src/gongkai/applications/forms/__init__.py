"""What people of the office type about applications, parsed. Whether it may be done, the actions decide."""

from __future__ import annotations

from gongkai.applications.forms import drafting, fees, handling, intake, reply, time
from gongkai.applications.forms.base import BY_ACT, ActForm, Effect

__all__ = ["BY_ACT", "ActForm", "Effect", "drafting", "fees", "handling", "intake", "reply", "time"]
