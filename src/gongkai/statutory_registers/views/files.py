"""A register that leaves the house, in the columns in which it comes back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.accounts.gate import actor_of
from gongkai.accounts.organ import at_desk
from gongkai.agencies.models import Agency
from gongkai.core.tables import Cell, csv_lines, xlsx
from gongkai.files.downloads import attachment, kept_nowhere
from gongkai.statutory_registers.actions import note_export

MOST = 200_000
MEDIA_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "csv": "text/csv; charset=utf-8",
}
_AT_ONCE = 2000


def handed_out(
    request: HttpRequest, register: str, headings: Sequence[str], rows: Any,
    told: Callable[[Iterable[Any]], Iterator[list[Cell]]],
) -> HttpResponseBase:
    """The rows as .xlsx or .csv, noted in the ledger; too many at once are refused."""
    to = request.GET.get("as", "xlsx")
    if to not in MEDIA_TYPES:
        to = "xlsx"
    count = rows.order_by()[:MOST + 1].count()
    if count > MOST:
        messages.error(request, _("超过 %(most)s 行，一次导不出；请按年份筛选后再导出") % {"most": MOST})
        return redirect("registers:overview")
    cells = told(rows.iterator(chunk_size=_AT_ONCE))
    data = xlsx(headings, cells, name="台账") if to == "xlsx" else b"".join(csv_lines(headings, cells))
    held = {h.agency_id for h in at_desk(request).holdings}
    agency = Agency.objects.get(pk=held.pop()) if len(held) == 1 else None
    now = timezone.now()
    note_export(by=actor_of(request), agency=agency, register=register, rows=count, form=to, at=now)
    return kept_nowhere(attachment(data, f"{register}-{timezone.localdate(now):%Y%m%d}.{to}", MEDIA_TYPES[to]))
