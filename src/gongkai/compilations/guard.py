"""Triggers that keep what was signed, on both engines: a sealed signing, its lists and its paper (the version of the
report, with the corrections laid over it) are neither altered nor removed.

A signing is sealed when its digest is written; until then the act that makes it adds its rows. Laid by a migration of
this room; one that alters these tables lays them again, and `gongkai doctor` looks whether they stand and computes the
digests anew: whoever owns the database can lift a trigger, and then the digest shows it.
"""

# ruff: noqa: S608 - triggers are made of our own names
from __future__ import annotations

from gongkai.infra.triggers import Guard, Rule

_SIGNING, _COUNTED = "compilations_signing", "compilations_counted"
_VERSION, _CORRECTION = "annual_reports_reportversion", "annual_reports_correction"
_PAPER = ("id", "report_id", "number", "file_id", "file_name", "file_kind", "form", "forms", "title", "reading")
_SIGNED = f"EXISTS (SELECT 1 FROM {_SIGNING} s WHERE s.version_id = %s AND s.digest <> '')"
_SEALED = f"EXISTS (SELECT 1 FROM {_SIGNING} s WHERE s.id = %s.signing_id AND s.digest <> '')"
RULES: tuple[Rule, ...] = (
    Rule("signing_stands", _SIGNING, "UPDATE", "OLD.digest <> ''", "what was signed does not change"),
    Rule("signing_stays", _SIGNING, "DELETE", "OLD.id IS NOT NULL", "what was signed stays"),
    # SQLite's REPLACE takes a row away without asking the triggers of DELETE.
    Rule(
        "signing_not_replaced", _SIGNING, "INSERT",
        f"EXISTS (SELECT 1 FROM {_SIGNING} r WHERE r.id = NEW.id OR r.version_id = NEW.version_id"
        " OR (r.compilation_id = NEW.compilation_id AND r.number = NEW.number))", "what was signed is not replaced",
    ),
    Rule("list_stands", _COUNTED, "UPDATE", "OLD.id IS NOT NULL", "what was counted does not change"),
    Rule("list_stays", _COUNTED, "DELETE", "OLD.id IS NOT NULL", "what was counted stays"),
    Rule("list_is_whole", _COUNTED, "INSERT", _SEALED % "NEW", "nothing is added to what was signed"),
    Rule(
        "list_not_replaced", _COUNTED, "INSERT",
        f"EXISTS (SELECT 1 FROM {_COUNTED} r WHERE r.id = NEW.id OR (r.signing_id = NEW.signing_id"
        " AND r.source = NEW.source AND r.record = NEW.record))", "what was counted is not replaced",
    ),
    # Findings are made anew by every check and are no part of the paper.
    Rule(
        "paper_stands", _VERSION, "UPDATE",
        f"{_SIGNED % 'OLD.id'} AND ({' OR '.join(f'OLD.{name} IS DISTINCT FROM NEW.{name}' for name in _PAPER)})",
        "a paper that was signed does not change",
    ),
    Rule("paper_not_replaced", _VERSION, "INSERT", _SIGNED % "NEW.id", "a paper that was signed is not replaced"),
    Rule("nothing_laid_over", _CORRECTION, "INSERT", _SIGNED % "NEW.version_id", "a paper that was signed is final"),
    Rule("nothing_mended", _CORRECTION, "UPDATE", _SIGNED % "OLD.version_id", "a paper that was signed is final"),
    Rule("nothing_taken_off", _CORRECTION, "DELETE", _SIGNED % "OLD.version_id", "a paper that was signed is final"),
)
GUARD = Guard("compilations", RULES)
lay, lift, standing = GUARD.lay, GUARD.lift, GUARD.standing
