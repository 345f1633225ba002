"""Files of a draft: the original sealed, a cleaned one for the public, and what keeps a file in."""

from __future__ import annotations

from io import BytesIO

import pytest
from docx import Document
from PIL import Image
from tests.publications.makers import ON, Bureau, drafted, moment, published, reviewed, sent
from tests.publications.test_life import found, refused

from gongkai.files.queries import content
from gongkai.publications import actions
from gongkai.publications.models import Attachment, Hand
from gongkai.publications.screening import remedy
from gongkai.vault.queries import open_file

pytestmark = pytest.mark.django_db
PHONE = "13812345678"


def docx(*paragraphs: str, author: str = "王某某") -> bytes:
    made, out = Document(), BytesIO()
    made.core_properties.author = author
    for text in paragraphs:
        made.add_paragraph(text)
    made.save(out)
    return out.getvalue()


def png() -> bytes:
    out = BytesIO()
    Image.new("RGB", (40, 30), "white").save(out, "PNG")
    return out.getvalue()


def attached(of: Bureau, data: bytes, name: str, **named) -> Attachment:
    return actions.attach(
        by=of.clerk, edition=named.get("edition") or drafted(of), name=name, data=data, at=moment(),
    )


def test_the_original_is_sealed_and_the_public_gets_the_cleaned_file(of: Bureau):
    data = docx("饮水工程一览表附后。", "联系人电话" + PHONE)
    file = attached(of, data, "一览表.docx")
    assert file.original_name == "一览表.docx"
    assert file.verdict in {"pass", "warn"}
    assert open_file(file.original) == data
    cleaned = content(file.cleaned)
    assert cleaned != data
    assert file.sha256 == file.cleaned.sha256
    assert "饮水工程" in file.text
    assert PHONE not in file.text + str(file.findings) + str(file.original_findings) + str(file.removed)
    assert any(one["kind"] == "phone" and one["verdict"] == "block" for one in file.original_findings)
    assert file.removed, "it says what was taken out"


def test_search_knows_the_words_of_a_published_file(of: Bureau):
    file = attached(of, "水源地名录见附表。".encode(), "名录.txt")
    if file.verdict == "warn":
        actions.accept_warnings(by=of.clerk, edition=file.edition, at=moment())
    edition = published(of, file.edition)
    assert found("水源地名录") == [edition.publication_id]


def test_a_file_that_cannot_be_read_keeps_the_draft_in(of: Bureau):
    file = attached(of, b"PK\x03\x04 broken", "表.docx")
    assert (file.verdict, file.cleaned, file.findings[0]["kind"]) == ("unreadable", None, "unreadable")
    assert remedy("unreadable")
    refused("file-unreadable", actions.send, by=of.clerk, edition=file.edition, at=moment())
    edition = actions.detach(by=of.clerk, attachment=file, at=moment())
    assert sent(of, edition).attachments.count() == 0


def test_a_file_with_a_mark_says_where_and_keeps_the_draft_in(of: Bureau):
    file = attached(of, docx("机密★一年", "关于有关工作的通知"), "通知.docx")
    assert (file.verdict, file.cleaned) == ("block", None)
    assert {"cannot_clean", "secrecy_mark"} <= {one["kind"] for one in file.findings}
    assert all(one["where"] for one in file.findings)
    refused("file-blocked", actions.send, by=of.clerk, edition=file.edition, at=moment())


def test_what_cannot_be_screened_is_looked_at_by_somebody_else(of: Bureau):
    file = attached(of, png(), "扫描件.png")
    assert file.needs_look
    edition = actions.accept_warnings(by=of.clerk, edition=file.edition, at=moment())
    edition = reviewed(of, edition)
    named = {"by": of.signatory, "edition": edition, "decided_attribute": "active", "on": ON, "at": moment()}
    refused("files-unlooked", actions.sign, **named)
    refused("own-file", actions.look, by=of.clerk, attachment=file, at=moment())
    actions.look(by=of.reviewer, attachment=file, at=moment())
    assert actions.sign(**named).state == "signed"


def test_warnings_are_accepted_and_a_change_asks_again(of: Bureau):
    file = attached(of, png(), "图.png")
    refused("warnings-open", actions.send, by=of.clerk, edition=file.edition, at=moment())
    edition = actions.accept_warnings(by=of.clerk, edition=file.edition, at=moment())
    assert edition.warnings_accepted_by_id == of.clerk.user_id
    attached(of, png(), "另一图.png", edition=edition)
    refused("warnings-open", actions.send, by=of.clerk, edition=edition, at=moment())
    plain = drafted(of, title="没有提示")
    refused("no-warnings", actions.accept_warnings, by=of.clerk, edition=plain, at=moment())


def test_personal_data_in_a_name_is_masked_and_not_given_by_hand(of: Bureau):
    file = attached(of, "名单略。".encode(), f"联系{PHONE}.txt")
    assert PHONE not in file.name
    assert file.name.endswith(".txt")
    refused("name-blocked", actions.rename, by=of.clerk, attachment=file, name=f"手机{PHONE}", at=moment())
    assert actions.rename(by=of.clerk, attachment=file, name="名单", at=moment()).name == "名单.txt"


def test_files_have_an_order_and_names_of_their_own(of: Bureau):
    first = attached(of, b"a", "a.txt")
    second = attached(of, b"b", "a.txt", edition=first.edition)
    assert second.name == "a（2）.txt"
    refused("files-which", actions.reorder, by=of.clerk, edition=first.edition, keys=[first.pk], at=moment())
    edition = actions.reorder(by=of.clerk, edition=first.edition, keys=[second.pk, first.pk], at=moment())
    assert list(edition.attachments.values_list("pk", flat=True)) == [second.pk, first.pk]


def test_whoever_adds_a_file_is_a_hand(of: Bureau):
    edition = drafted(of)
    actions.attach(by=of.head, edition=edition, name="a.txt", data=b"a", at=moment())
    assert Hand.objects.filter(edition=edition, user_id=of.head.user_id).exists()
    edition = sent(of, edition)
    refused("own-work", actions.pass_gates, by=of.head, edition=edition, keys=["legal"], at=moment())


def test_files_have_limits(of: Bureau, settings):
    settings.GONGKAI_PUBLICATION_FILE_BYTES, settings.GONGKAI_PUBLICATION_FILES = 1024 ** 2, 1
    edition = drafted(of)
    refused("file-empty", actions.attach, by=of.clerk, edition=edition, name="a.txt", data=b"", at=moment())
    refused("too-large", actions.attach, by=of.clerk, edition=edition, name="a.txt", data=b"x" * (1024 ** 2 + 1),
            at=moment())
    attached(of, b"a", "a.txt", edition=edition)
    refused("files-count", actions.attach, by=of.clerk, edition=edition, name="b.txt", data=b"b", at=moment())


def test_a_revision_takes_the_files_over_and_they_are_looked_at_anew(of: Bureau):
    file = attached(of, png(), "图.png")
    edition = actions.accept_warnings(by=of.clerk, edition=file.edition, at=moment())
    actions.look(by=of.reviewer, attachment=file, at=moment())
    edition = published(of, edition)
    again = actions.revise(by=of.publisher, publication=edition.publication, change_note="改", at=moment())
    kept = again.attachments.get()
    assert (kept.sha256, kept.cleaned_id, kept.checked_by_id) == (file.sha256, file.cleaned_id, None)
