"""Who may set which days are worked, and why."""

from __future__ import annotations

from gongkai.accounts import roles
from gongkai.accounts.permissions import Grant, Permission, register


class CalendarPermission(Permission):
    ADOPT = "calendars.adopt", "采用新一年或者本地的节假日安排"


register((
    Grant(CalendarPermission.ADOPT, roles.SystemAdministrator, "每年的放假通知由系统管理员录入一次，各机关共用"),
    Grant(CalendarPermission.ADOPT, roles.Supervisor, "本地假日和停工由主管部门最先得知"),
))
