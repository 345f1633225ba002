"""What several acts do on the way: a number, the files, the index of likeness. Parts of actions, not actions; each
runs in the transaction of the act that calls it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.conf import settings

from gongkai.accounts.actor import Actor
from gongkai.agencies.models import Agency
from gongkai.applications import naming, numbers, similar
from gongkai.applications.models import Application, Attachment, Gram, RegisterSeries, Use
from gongkai.applications.uploads import Accepted
from gongkai.core.text.redact import remove_tokens
from gongkai.infra import locks
from gongkai.vault.actions import seal_file
from gongkai.vault.models import SealedFile


def next_number(agency: Agency, year: int) -> str:
    """The next number of an agency's register in a year. Numbers that an imported register uses are passed over.

    One at a time until the transaction ends: a number that is given is used, or nobody ever saw it.
    """
    locks.serialise(f"register-{agency.pk}")
    series, _new = RegisterSeries.objects.get_or_create(agency=agency, year=year)
    taken = Application.objects.filter(agency=agency)
    series.last += 1
    if taken.filter(number=numbers.written(year, series.last)).exists():
        used = set(taken.filter(number__startswith=f"{year}-").values_list("number", flat=True))
        while numbers.written(year, series.last) in used:
            series.last += 1
    series.save(update_fields=["last"])
    return numbers.written(year, series.last)


def seal_files(files: Iterable[Accepted], at: datetime) -> list[tuple[str, SealedFile]]:
    """Keep files encrypted, after all of them were looked at: the name of each and what was kept.

    Raises Refused: disk-full.
    """
    return [
        (file.name, seal_file(chunks=[file.data], at=at, limit=settings.GONGKAI_APPLICATION_FILE_BYTES)[1])
        for file in files
    ]


def attach_sealed(
    application: Application, use: Use, sealed: Iterable[tuple[str, SealedFile]], by: Actor, at: datetime,
) -> list[Attachment]:
    """Rows of the files of a case."""
    return [
        Attachment.objects.create(
            application=application, use=use.value, name=name, sealed_file=file, added_at=at, by_id=by.user_id,
        )
        for name, file in sealed
    ]


def index(application: Application) -> None:
    """Make the index of likeness of one application anew, from its text without its applicant."""
    text = remove_tokens(application.content, naming.tokens_of(application)).text
    Gram.objects.filter(application=application).delete()
    Gram.objects.bulk_create(similar.grams_of(application, text))


def index_imported(batch: Sequence[Application]) -> set[int]:
    """Make the index of likeness for imported rows; returns those whose text is too short to have a signature."""
    rows = [gram for application in batch for gram in similar.grams_of(application, application.content)]
    Gram.objects.bulk_create(rows, ignore_conflicts=True)
    return {application.pk for application in batch} - {gram.application_id for gram in rows}
