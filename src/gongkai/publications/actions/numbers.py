"""Giving index numbers (索引号). A part of the act that publishes."""

from __future__ import annotations

from datetime import date

from gongkai.infra import locks
from gongkai.publications.models import IndexSeries, Publication
from gongkai.publications.numbering import series_of, template_of, values_of


def next_number(publication: Publication, on: date) -> str:
    """The next index number, in the transaction that publishes. One at a time: what is given is used, or nobody
    ever saw it. Raises Refused where the template cannot be filled."""
    agency = publication.agency
    made, item = template_of(agency), publication.item
    values = values_of(agency, item.code if item else "")
    locks.serialise("index-numbers")
    series, _new = IndexSeries.objects.get_or_create(prefix=series_of(made, on, values))
    series.last += 1
    number = made.render(serial=series.last, on=on, values=values)
    if Publication.objects.filter(index_number=number).exists():
        # Numbers that came in otherwise (an import, another template) are passed over.
        taken = Publication.objects.filter(index_number__isnull=False)
        given = taken.order_by().values_list("index_number", flat=True).iterator(chunk_size=5000)
        series.last = max(series.last, made.next_serial((one for one in given if one), on=on, values=values))
        number = made.render(serial=series.last, on=on, values=values)
    series.save(update_fields=["last"])
    return number
