"""What `gongkai doctor` recomputes here: what was signed is what the database holds, and the triggers stand."""

from __future__ import annotations

import json

from django.db import connection

from gongkai.compilations import freezing, guard
from gongkai.compilations.assemble import from_file, frozen
from gongkai.compilations.models import Signing
from gongkai.core.report.model import Number
from gongkai.infra.health import PROBES, THOROUGH, Probe
from gongkai.ledger.models import Entry

_NAMED = 3  # reports that the sentence names


def triggers() -> Probe:
    """Every trigger that keeps what was signed stands."""
    missing = {rule.name for rule in guard.RULES} - guard.standing(connection)
    if missing:
        return Probe("signings guarded", False, f"数据库缺少 {len(missing)} 条保护签发内容的约束，请执行迁移")
    return Probe("signings guarded", True, f"保护签发内容的 {len(guard.RULES)} 条数据库约束都在")


def signings() -> Probe:
    """The digest of every signing, computed from its numbers and rows, is its own and that of the ledger."""
    told, wrong, count = _told(), [], 0
    rows = Signing.objects.select_related(
        "compilation__agency", "version__file", "version__report__agency",
    ).order_by("pk")
    for signing in rows.iterator(chunk_size=20):
        count += 1
        if signing.digest != freezing.digest_of(signing):
            wrong.append(f"{signing.compilation}第 {signing.number} 次签发的数字或清单被改动")
        elif told.pop((signing.compilation_id, signing.number), None) != signing.digest:
            wrong.append(f"{signing.compilation}第 {signing.number} 次签发与台账里的校验值不同")
        elif _values(signing) != {cell: figure.value for cell, figure in from_file(signing.version).items()}:
            wrong.append(f"{signing.compilation}第 {signing.number} 次签发的数字和那一版年报里的不同")
    gone = [key for key in told if not Signing.objects.filter(compilation=key[0], number=key[1]).exists()]
    wrong += [f"台账里有第 {compilation} 号编制的第 {number} 次签发，数据库里没有" for compilation, number in gone]
    if wrong:
        more = f"，共 {len(wrong)} 处" if len(wrong) > _NAMED else ""
        return Probe("signings", False, "；".join(wrong[:_NAMED]) + f"{more}；请从备份核对")
    return Probe("signings", True, f"{count} 次签发的数字和清单与校验值一致")


def _values(signing: Signing) -> dict[str, Number]:
    """The numbers as they were signed."""
    return {cell: figure.value for cell, figure in frozen(signing).items()}


def _told() -> dict[tuple[int, int], str]:
    """(compilation, number) → digest, as the ledger has it."""
    rows = Entry.objects.filter(kind__in=["compilations.signed", "compilations.corrected"])
    found = {}
    for subject, payload in rows.values_list("subject_id", "payload").iterator(chunk_size=1000):
        said = json.loads(payload)
        found[int(subject), int(said["number"])] = str(said["digest"])
    return found


PROBES.append(triggers)
THOROUGH.append(signings)
