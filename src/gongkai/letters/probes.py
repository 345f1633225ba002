"""The letters' part of `gongkai doctor`: numbers without gaps, files that are what went out, templates that hold."""

from __future__ import annotations

import hashlib

from django.db.models import Count, F, Max

from gongkai.core.errors import Refused
from gongkai.infra.health import THOROUGH, Probe
from gongkai.letters import queries
from gongkai.letters.models import Letter

SAMPLE = 50  # letters opened at each look, the newest


def letters() -> Probe:
    """Every row of numbers is complete, and the newest letters open with the hash that was recorded."""
    rows = Letter.objects.filter(serial__isnull=False).order_by().values("agency__name", "prefix", "year")
    broken = rows.annotate(count=Count("pk"), last=Max("serial")).exclude(count=F("last")).order_by("agency__name")
    if gap := broken.first():
        return Probe("letters", False, f"{gap['agency__name']}{gap['prefix']}〔{gap['year']}〕的文号有缺号")
    damaged, looked = [], 0
    for letter in Letter.objects.select_related("docx__stored", "pdf__stored").order_by("-pk")[:SAMPLE]:
        looked += 1
        if not _same(letter):
            damaged.append(letter.pk)
    if damaged:
        told = f"抽查 {looked} 份文书，{len(damaged)} 份与制发时不符或打不开，首份编号 {damaged[0]}"
        return Probe("letters", False, told)
    return Probe("letters", True, f"文号连续，抽查 {looked} 份文书与制发时一致")


def _same(letter: Letter) -> bool:
    try:
        return all(
            hashlib.sha256(queries.document(letter, to)).hexdigest() == known
            for to, known in (("docx", letter.docx_sha256), ("pdf", letter.pdf_sha256)) if known
        )
    except (Refused, OSError):
        return False


THOROUGH.append(letters)
