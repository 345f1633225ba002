"""Every word of the pages has its English, and what is compiled is what is written."""

from __future__ import annotations

import re

import polib
from scripts.catalogue import PO, in_python, in_template, messages

HOLES = re.compile(r"%\(\w+\)s")


def test_every_message_is_translated() -> None:
    known = {entry.msgid: entry.msgstr for entry in polib.pofile(str(PO))}
    assert sorted(message for message in messages() if not known.get(message)) == []


def test_no_translation_is_left_over() -> None:
    assert sorted({entry.msgid for entry in polib.pofile(str(PO))} - set(messages())) == []


def test_a_translation_has_the_same_holes() -> None:
    for entry in polib.pofile(str(PO)):
        assert sorted(HOLES.findall(entry.msgid)) == sorted(HOLES.findall(entry.msgstr)), entry.msgid


def test_no_translation_is_still_chinese() -> None:
    chinese = re.compile("[\u4e00-\u9fff]")
    assert [entry.msgid for entry in polib.pofile(str(PO)) if chinese.search(entry.msgstr)] == []


def test_the_compiled_catalogue_is_up_to_date() -> None:
    compiled = {entry.msgid: entry.msgstr for entry in polib.mofile(str(PO.with_suffix(".mo"))) if entry.msgid}
    assert compiled == {entry.msgid: entry.msgstr for entry in polib.pofile(str(PO))}


def test_pages_hold_no_chinese_outside_translation() -> None:
    """Words that a page would show untranslated. The page for a broken server is in both languages by itself."""
    wrapped = re.compile(
        r"\{%\s*blocktranslate.*?endblocktranslate\s*%\}|\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL,
    )
    bare = re.compile("[\u4e00-\u9fff]+")
    allowed = {"500.html": None, "language.html": {"中文"}, "today.html": {"条例"}, "styleguide.html": {"年度报告"}}
    found = {}
    for path in sorted((PO.parents[3] / "templates").rglob("*.html")):
        text = re.sub(r"\{% comment %\}.*?\{% endcomment %\}", "", path.read_text("utf-8"), flags=re.DOTALL)
        words = set(bare.findall(wrapped.sub("", text)))
        spared = allowed.get(path.name, set())
        if spared is not None and words - spared:
            found[path.name] = words - spared
    assert found == {}


def test_the_collector_sees_both_ways_of_writing() -> None:
    template = "{% translate '甲' %}{% blocktranslate trimmed with n=x %}\n 乙 {{ n }}\n{% endblocktranslate %}"
    assert in_template(template) == ["甲", "乙 %(n)s"]
    assert in_python('x = _("丙")\nraise Refused("code", "丁")') == ["丙", "丁"]
