"""Working days of China's public offices: the yearly notices as data, and counting over them.

Two out of five due dates are wrong when make-up working days (调休) are left out. Every day here names its notice.
"""

from gongkai.core.workdays.arrangement import ArrangedDay, YearArrangement, parse_year
from gongkai.core.workdays.calendar import Calendar, DayNote, Layer
from gongkai.core.workdays.places import region_code, regions, upward
from gongkai.core.workdays.shipped import shipped

__all__ = [
    "ArrangedDay", "Calendar", "DayNote", "Layer", "YearArrangement", "parse_year", "region_code", "regions",
    "shipped", "upward",
]
