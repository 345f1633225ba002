"""An edition as it is read: its attachments with what screening says of them, and the words of two editions apart."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from gongkai.publications.findings import told
from gongkai.publications.models import Attachment, Edition

LINES = 4_000  # paragraphs of a text that are compared
_FACTS = (
    "title", "document_number", "issuing_organ", "lead_organ", "formed_on", "effective_on", "expires_on", "topic",
    "served", "keywords", "summary",
)


def attachments_of(edition: Edition) -> list[Attachment]:
    """The attachments in order, each with `told`: its findings with remedies."""
    rows = list(edition.attachments.select_related("cleaned", "checked_by", "added_by").defer("text"))
    for row in rows:
        row.told = told(row.findings if row.cleaned_id else [*row.findings, *row.original_findings])  # type: ignore[attr-defined]
    return rows


@dataclass(frozen=True, slots=True)
class Changed:
    """A fact that differs between two editions."""

    name: str
    before: Any
    after: Any


def facts_apart(old: Edition, new: Edition) -> list[Changed]:
    """The facts and attachments in which two editions differ."""
    found = [
        Changed(str(Edition._meta.get_field(name).verbose_name), getattr(old, name), getattr(new, name))
        for name in _FACTS if getattr(old, name) != getattr(new, name)
    ]
    if list(old.joint_organs) != list(new.joint_organs):
        found.append(Changed(_("联合发文机关"), "、".join(old.joint_organs), "、".join(new.joint_organs)))
    before, after = ([(f.name, f.sha256[:12]) for f in edition.attachments.all()] for edition in (old, new))
    if before != after:
        found.append(Changed(_("附件"), *("、".join(f"{n}（{s}）" for n, s in files) for files in (before, after))))
    return found


def words_apart(old: str, new: str) -> SafeString:
    """Two texts as paragraphs with what went and what came marked; paragraphs that stayed far from any change are
    left out."""
    a, b = old.splitlines()[:LINES], new.splitlines()[:LINES]
    shown: list[SafeString] = []
    for group in difflib.SequenceMatcher(None, a, b, autojunk=False).get_grouped_opcodes(1):
        if shown:
            shown.append(format_html("<p>{}</p>", "……"))
        for tag, i1, i2, j1, j2 in group:
            if tag == "equal":
                shown += [format_html("<p>{}</p>", line) for line in a[i1:i2]]
            elif tag == "replace" and i2 - i1 == j2 - j1:
                shown += [_within(x, y) for x, y in zip(a[i1:i2], b[j1:j2], strict=True)]
            else:
                shown += [format_html("<p><del>{}</del></p>", line) for line in a[i1:i2] if line]
                shown += [format_html("<p><ins>{}</ins></p>", line) for line in b[j1:j2] if line]
    return format_html_join("", "{}", ((one,) for one in shown))


def _within(old: str, new: str) -> SafeString:
    """One paragraph that was changed: only the characters that differ are marked."""
    pieces: list[SafeString] = []
    for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(format_html("{}", old[i1:i2]))
            continue
        if i2 > i1:
            pieces.append(format_html("<del>{}</del>", old[i1:i2]))
        if j2 > j1:
            pieces.append(format_html("<ins>{}</ins>", new[j1:j2]))
    return format_html("<p>{}</p>", _joined(pieces))


def _joined(pieces: Iterable[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((one,) for one in pieces))
