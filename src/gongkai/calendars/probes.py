"""The calendar's part of `gongkai doctor`."""

from __future__ import annotations

from django.utils import timezone

from gongkai.calendars.models import Arrangement
from gongkai.calendars.queries import calendar_for
from gongkai.infra.health import THOROUGH, Probe


def calendars() -> Probe:
    """Adopted arrangements are what they were when they were adopted, and the days of today are known."""
    altered = [row for row in Arrangement.objects.all() if row.arrangement.sha != row.sha]
    if altered:
        return Probe("calendars", False, f"{len(altered)} 份节假日安排与采用时不一致，首个：{altered[0].year}年")
    known, today = calendar_for().known_through, timezone.localdate()
    if known < today:
        return Probe("calendars", False, f"节假日安排只到{known}，期限都是暂定的，请采用{today.year}年的安排")
    return Probe("calendars", True, f"节假日安排已知到{known}")


THOROUGH.append(calendars)
