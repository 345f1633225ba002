"""A new year of holidays: what it says, which open cases move, and putting it in force."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.accounts.gate import actor_of, requires
from gongkai.applications import moves
from gongkai.applications.actions.sheets import adopt_year
from gongkai.applications.forms.sheet import YearForm
from gongkai.calendars.permissions import CalendarPermission
from gongkai.calendars.queries import calendar_for
from gongkai.core.errors import Refused
from gongkai.core.workdays import YearArrangement, parse_year
from gongkai.infra.refusals import said

SHOWN = 100
_HOLIDAYS = ("元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节")


@requires(CalendarPermission.ADOPT)
def adopt(request: HttpRequest) -> HttpResponseBase:
    """Look first: the button that puts it in force comes with the list of what moves."""
    form = YearForm(request.POST or None, initial={"text": _blank(calendar_for().known_through.year + 1)})
    parsed, moved = None, []
    if request.method == "POST" and form.is_valid():
        try:
            parsed = parse_year(form.cleaned_data["text"])
            if request.POST.get("adopt") == "1":
                arrangement, count = adopt_year(
                    by=actor_of(request), text=form.cleaned_data["text"], at=timezone.now(),
                )
                messages.success(request, _("已采用 %(year)s 年的安排，%(count)s 件在办申请的期限随之改变") % {
                    "year": arrangement.year, "count": count,
                })
                return redirect("calendars:years")
            moved = moves.preview(parsed)
        except Refused as refusal:
            if refusal.code == "denied":
                raise
            parsed = None
            said(form, refusal)
    return render(request, "applications/year.html", {
        "form": form, "parsed": parsed, "days": _days(parsed), "moved": moved[:SHOWN], "count": len(moved),
        "most": SHOWN,
    }, status=400 if form.is_bound and parsed is None else 200)


def _days(parsed: YearArrangement | None) -> list[tuple[str, list[object], list[object]]]:
    """Holiday → days off, days worked, as they were understood."""
    if parsed is None:
        return []
    names = list(dict.fromkeys(day.name for day in parsed.days))
    return [
        (name, [d.on for d in parsed.days if d.name == name and not d.works],
         [d.on for d in parsed.days if d.name == name and d.works])
        for name in names
    ]


def _blank(year: int) -> str:
    """The frame of next year's notice, to be filled in."""
    head = f'year = {year}\nnotice = ""\ntitle = "国务院办公厅关于{year}年部分节假日安排的通知"\ndate = \n'
    return head + "".join(f'\n[[holidays]]\nname = "{name}"\noff = ""\nwork = ""\n' for name in _HOLIDAYS)
