"""Triggers that keep the gates, on both engines: what did not pass them cannot be published, whatever program writes.

The forms and the actions refuse earlier and with better sentences; this is for everything else: a careless statement, a
later programmer, a console. Laid by the room's migrations; a migration that alters one of these tables lays them again
(SQLite drops the triggers of a table that is made anew), and `gongkai doctor` looks whether they stand.
"""

from __future__ import annotations

from gongkai.infra.triggers import Guard, Rule

_EDITION, _GATE, _OPINION = "publications_edition", "publications_gatepassage", "publications_gateopinion"
_FILE, _HAND, _PUBLICATION = "publications_attachment", "publications_hand", "publications_publication"
_BYTES = "files_storedfile"
# The words: what a reader sees and what the digest is made of; how they are to be reviewed; what screening said.
_WORDS = (
    "title", "document_number", "issuing_organ", "lead_organ", "joint_organs", "formed_on", "effective_on",
    "expires_on", "topic", "served", "keywords", "summary", "body", "text", "change_note",
    "attribute", "attribute_ground", "attribute_reason", "publication_id", "number", "lane", "lane_reason", "apart",
    "digest", "screened", "screening", "warnings_accepted_by_id",
)
_FILE_COLUMNS = (
    "edition_id", '"order"', "name", "original_id", "original_name", "original_sha256", "original_findings",
    "cleaned_id", "sha256", "size", "format", "text", "verdict", "findings", "removed", "needs_look", "added_by_id",
    "added_at",
)
# Where an edition may go from where it stands: the table of `states`, without the acts.
_STEPS = {
    "draft": ("submitted", "review", "discarded"), "returned": ("draft", "discarded"),
    "submitted": ("draft", "returned", "discarded"), "review": ("reviewed", "returned"),
    "reviewed": ("signed", "filed", "returned"), "signed": ("published", "returned"),
    "published": ("superseded", "withdrawn"),
}


def _changed(columns: tuple[str, ...]) -> str:
    # JSON columns of PostgreSQL know no "=": everything is compared as text. SQLite before 3.39 says IS NOT for it.
    return "(" + " OR ".join(
        f"CAST(NEW.{c} AS text) IS DISTINCT FROM CAST(OLD.{c} AS text)" for c in columns
    ) + ")"


def _state_of(row: str) -> str:
    return f"(SELECT state FROM {_EDITION} WHERE id = {row}.edition_id)"


def _wrote(edition: str, person: str) -> str:
    return (
        f"(EXISTS (SELECT 1 FROM {_HAND} h WHERE h.edition_id = {edition} AND h.user_id = {person})"
        f" OR EXISTS (SELECT 1 FROM {_EDITION} w WHERE w.id = {edition} AND w.author_id = {person}))"
    )


def _there(table: str, also: str = "") -> str:
    # SQLite's REPLACE takes a row away without asking the triggers of DELETE.
    return f"EXISTS (SELECT 1 FROM {table} r WHERE r.id = NEW.id{also})"


_WRONG_STEP = "NEW.state <> OLD.state AND NOT (" + " OR ".join(
    f"(OLD.state = '{before}' AND NEW.state IN ({', '.join(repr(one) for one in after)}))"
    for before, after in _STEPS.items()
) + ")"
_UNPASSED = (
    f"EXISTS (SELECT 1 FROM {_GATE} g WHERE g.edition_id = NEW.id AND g.ahead AND (g.passed_by_id IS NULL"
    f" OR g.digest <> NEW.digest OR g.passed_by_id = NEW.signed_by_id OR {_wrote('NEW.id', 'g.passed_by_id')}))"
    f" OR EXISTS (SELECT 1 FROM {_GATE} g WHERE g.edition_id = NEW.id AND g.passed_by_id = NEW.signed_by_id)"
    f" OR NOT EXISTS (SELECT 1 FROM {_GATE} g WHERE g.edition_id = NEW.id AND g.key = 'secrecy' AND g.ahead)"
    f" OR (NEW.apart AND EXISTS (SELECT 1 FROM {_GATE} g WHERE g.edition_id = NEW.id AND g.passed_by_id IS NOT NULL"
    " GROUP BY g.passed_by_id HAVING COUNT(*) > 1))"
)
_UNSIGNED = (
    "NEW.signed_by_id IS NULL OR NEW.digest = '' OR NEW.signed_digest <> NEW.digest"
    f" OR {_wrote('NEW.id', 'NEW.signed_by_id')}"
    f" OR NOT EXISTS (SELECT 1 FROM {_HAND} h WHERE h.edition_id = NEW.id)"
)
_UNCLEAN = (
    "NEW.screened NOT IN ('pass', 'warn') OR (NEW.screened = 'warn' AND NEW.warnings_accepted_by_id IS NULL)"
    f" OR EXISTS (SELECT 1 FROM {_FILE} f WHERE f.edition_id = NEW.id AND (f.cleaned_id IS NULL"
    " OR f.verdict NOT IN ('pass', 'warn') OR (f.needs_look AND f.checked_by_id IS NULL)))"
)
_LOOKED_AT_BY_OWNER = "NEW.checked_by_id IS NOT NULL AND NEW.checked_by_id = NEW.added_by_id"
_OTHER_BYTES = (
    f"NEW.cleaned_id IS NOT NULL AND NEW.sha256 <> (SELECT b.sha256 FROM {_BYTES} b WHERE b.id = NEW.cleaned_id)"
)
# What lists show of a publication; the edition that stands says the same.
_SHOWN = ("title", "document_number", "summary", "topic", "formed_on", "effective_on", "expires_on")
_SAME = " AND ".join(f"NOT (NEW.{one} IS DISTINCT FROM e.{one})" for one in _SHOWN)

RULES: tuple[Rule, ...] = (
    Rule("begins_in_work", _EDITION, "INSERT", "NEW.state NOT IN ('draft', 'submitted')",
         "an edition begins as a draft"),
    Rule("edition_not_replaced", _EDITION, "INSERT", _there(_EDITION), "an edition is not replaced"),
    Rule("steps_follow", _EDITION, "UPDATE", _WRONG_STEP, "an edition takes one step after another"),
    Rule("review_begins_open", _EDITION, "UPDATE",
         "NEW.state = 'review' AND OLD.state <> 'review' AND (NEW.digest = ''"
         f" OR EXISTS (SELECT 1 FROM {_GATE} g WHERE g.edition_id = NEW.id AND g.passed_by_id IS NOT NULL)"
         f" OR NOT EXISTS (SELECT 1 FROM {_GATE} g WHERE g.edition_id = NEW.id AND g.key = 'secrecy' AND g.ahead)"
         f" OR (NEW.lane <> 'emergency' AND EXISTS (SELECT 1 FROM {_GATE} g WHERE g.edition_id = NEW.id"
         " AND NOT g.ahead)))",
         "a review begins with all its gates open, and only an emergency puts any of them off"),
    Rule("signed_after_gates", _EDITION, "UPDATE",
         "NEW.state = 'signed' AND OLD.state <> 'signed' AND (OLD.state <> 'reviewed'"
         f" OR NEW.decided_attribute <> 'active' OR {_UNSIGNED} OR {_UNPASSED})",
         "an edition is signed after its gates, by another person"),
    Rule("filed_after_gates", _EDITION, "UPDATE",
         "NEW.state = 'filed' AND OLD.state <> 'filed' AND (OLD.state <> 'reviewed'"
         f" OR NEW.decided_attribute NOT IN ('on_request', 'withheld') OR {_UNSIGNED} OR {_UNPASSED})",
         "what is not published is decided after its gates, by another person"),
    Rule("published_after_gates", _EDITION, "UPDATE",
         "NEW.state = 'published' AND OLD.state <> 'published' AND (OLD.state <> 'signed'"
         f" OR NEW.decided_attribute <> 'active' OR {_UNSIGNED} OR {_UNPASSED} OR {_UNCLEAN})",
         "an edition is published after gates and signature, with clean words and files"),
    Rule("ends_after_publication", _EDITION, "UPDATE",
         "NEW.state IN ('superseded', 'withdrawn') AND OLD.state NOT IN ('published', 'superseded', 'withdrawn')",
         "only a published edition is superseded or withdrawn"),
    Rule("author_stands", _EDITION, "UPDATE", _changed(("author_id",)), "whoever drafted an edition stays named"),
    Rule("words_stand", _EDITION, "UPDATE",
         f"OLD.state NOT IN ('draft', 'returned') AND {_changed(_WORDS)}", "the words under review do not change"),
    Rule("signature_stands", _EDITION, "UPDATE",
         "OLD.state IN ('signed', 'published', 'superseded', 'withdrawn', 'filed')"
         " AND NEW.state IN ('signed', 'published', 'superseded', 'withdrawn', 'filed') AND ("
         + _changed(("digest", "signed_digest", "signed_by_id", "signed_at", "signed_on", "decided_attribute"))
         + " OR (OLD.state <> 'signed' AND " + _changed(("published_at", "published_by_id")) + "))",
         "what was signed does not change"),
    Rule("edition_stays", _EDITION, "DELETE", "OLD.digest <> ''", "an edition that was reviewed stays"),
    Rule("gate_passed_in_review", _GATE, "UPDATE",
         "NEW.passed_by_id IS NOT NULL AND OLD.passed_by_id IS NULL AND NOT EXISTS ("
         f"SELECT 1 FROM {_EDITION} e WHERE e.id = NEW.edition_id AND NEW.digest = e.digest"
         f" AND NOT {_wrote('NEW.edition_id', 'NEW.passed_by_id')}"
         " AND (e.state = 'review' OR (NOT NEW.ahead AND e.state IN ('reviewed', 'signed', 'published', 'superseded',"
         " 'withdrawn')))"
         " AND (e.signed_by_id IS NULL OR e.signed_by_id <> NEW.passed_by_id)"
         f" AND (NOT e.apart OR NOT EXISTS (SELECT 1 FROM {_GATE} o WHERE o.edition_id = NEW.edition_id"
         " AND o.id <> NEW.id AND o.passed_by_id = NEW.passed_by_id)))",
         "a gate is passed in review, on these words, by somebody who neither wrote nor signed them"),
    Rule("gate_stands", _GATE, "UPDATE",
         f"{_changed(('edition_id', 'key', 'ahead'))} OR (OLD.passed_by_id IS NOT NULL AND "
         + _changed(("passed_by_id", "passed_at", "digest")) + ")", "a gate that was laid or passed stands"),
    Rule("gate_laid_before_review", _GATE, "INSERT",
         "NEW.passed_by_id IS NOT NULL OR " + _state_of("NEW") + " NOT IN ('draft', 'returned') OR "
         + _there(_GATE), "gates are laid before the review and open"),
    Rule("gate_stays", _GATE, "DELETE", _state_of("OLD") + " NOT IN ('draft', 'returned')", "a gate in use stays"),
    Rule("opinion_stands", _OPINION, "UPDATE", "OLD.id IS NOT NULL", "an opinion is not changed"),
    Rule("opinion_not_replaced", _OPINION, "INSERT", _there(_OPINION), "an opinion is not replaced"),
    Rule("opinion_stays", _OPINION, "DELETE", "OLD.id IS NOT NULL", "an opinion is not removed"),
    Rule("hand_stays", _HAND, "DELETE", "OLD.id IS NOT NULL", "whoever wrote on an edition stays named"),
    Rule("hand_stands", _HAND, "UPDATE", "OLD.id IS NOT NULL", "whoever wrote on an edition stays named"),
    Rule("hand_not_replaced", _HAND, "INSERT", _there(_HAND), "whoever wrote on an edition stays named"),
    Rule("file_before_review", _FILE, "INSERT",
         _state_of("NEW") + f" NOT IN ('draft', 'returned') OR {_there(_FILE)}", "files are added while drafting"),
    Rule("file_has_a_hand", _FILE, "INSERT",
         f"NEW.added_by_id IS NOT NULL AND NOT {_wrote('NEW.edition_id', 'NEW.added_by_id')}",
         "whoever adds a file wrote on the edition"),
    Rule("file_has_its_bytes", _FILE, "INSERT", f"({_OTHER_BYTES}) OR ({_LOOKED_AT_BY_OWNER})",
         "a file has the bytes of its checksum, and nobody looks at their own"),
    Rule("file_keeps_its_bytes", _FILE, "UPDATE", f"({_OTHER_BYTES}) OR ({_LOOKED_AT_BY_OWNER})",
         "a file has the bytes of its checksum, and nobody looks at their own"),
    Rule("file_stands", _FILE, "UPDATE", f"{_changed(_FILE_COLUMNS)} AND (" + _state_of("OLD")
         + " NOT IN ('draft', 'returned') OR " + _state_of("NEW") + " NOT IN ('draft', 'returned'))",
         "files under review do not change"),
    Rule("file_stays", _FILE, "DELETE", _state_of("OLD") + " NOT IN ('draft', 'returned')",
         "files under review stay"),
    Rule("bytes_stand", _BYTES, "UPDATE",
         f"NEW.sha256 <> OLD.sha256 AND EXISTS (SELECT 1 FROM {_FILE} f WHERE f.cleaned_id = OLD.id)",
         "the bytes of a file that is published do not change"),
    Rule("index_number_stands", _PUBLICATION, "UPDATE",
         "OLD.index_number IS NOT NULL AND (NEW.index_number IS NULL OR NEW.index_number <> OLD.index_number)",
         "an index number never changes"),
    Rule("public_is_published", _PUBLICATION, "UPDATE",
         f"NEW.published_on IS NOT NULL AND NOT EXISTS (SELECT 1 FROM {_EDITION} e WHERE e.id = NEW.current_id"
         " AND e.publication_id = NEW.id AND (e.state = 'published'"
         " OR (e.state = 'withdrawn' AND NEW.withdrawn_at IS NOT NULL))"
         f" AND (NEW.withdrawn_at IS NOT NULL OR ({_SAME})))",
         "what the public sees is a published edition, in its own words"),
    Rule("public_day_stands", _PUBLICATION, "UPDATE",
         "(OLD.published_on IS NOT NULL AND " + _changed(("published_on",)) + ")"
         " OR (OLD.first_published_at IS NOT NULL AND " + _changed(("first_published_at",)) + ")",
         "the day of the first publication never changes"),
    Rule("place_stands", _PUBLICATION, "UPDATE",
         _changed(("agency_id", "kind", "item_id")) + f" AND EXISTS (SELECT 1 FROM {_EDITION} e"
         " WHERE e.publication_id = NEW.id AND e.state NOT IN ('draft', 'submitted', 'returned', 'discarded'))",
         "organ, kind and item were reviewed with the words and do not change"),
    Rule("public_begins_unpublished", _PUBLICATION, "INSERT",
         f"NEW.published_on IS NOT NULL OR NEW.first_published_at IS NOT NULL OR {_there(_PUBLICATION)}",
         "a publication begins unpublished"),
    Rule("publication_stays", _PUBLICATION, "DELETE", "OLD.first_published_at IS NOT NULL",
         "what was published is withdrawn, never deleted"),
)
GUARD = Guard("publications", RULES)
lay, lift, standing = GUARD.lay, GUARD.lift, GUARD.standing
