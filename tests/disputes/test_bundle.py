"""The evidence bundle: all of the case and nothing else, with a list that can be checked, and every look told."""

from __future__ import annotations

import csv
import hashlib
import io
import tracemalloc
import zipfile
from datetime import date

import docx
import pytest
from django.db import connection
from tests.applications import makers as asked
from tests.applications.made_replies import Office, moment, office, served
from tests.disputes import makers

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import Denied
from gongkai.applications import actions as applications
from gongkai.applications.models import Application
from gongkai.core.errors import Refused
from gongkai.disputes.actions.bundling import note_bundle
from gongkai.disputes.bundle import Bundle, Part, pack, packing, reason_for
from gongkai.disputes.models import Dispute
from gongkai.files import store
from gongkai.ledger import guard
from gongkai.ledger.models import Entry
from gongkai.vault.actions import seal_file
from gongkai.vault.queries import looks

pytestmark = pytest.mark.django_db
AT = makers.moment(date(2026, 6, 1))
REASON = "向青澜县人民政府提交复议证据"
ALL = tuple(Part)


@pytest.fixture
def of() -> Office:
    return office()


@pytest.fixture
def row(of: Office) -> Application:
    """An application with every kind of file, answered and posted; a colleague's application stands beside it."""
    made = asked.registered(of.where, by=of.clerk, channel="in_person", arrived_on=asked.ON, at=moment(asked.ON))
    for use in ("identity", "application", "opinion", "reply", "proof", "working"):
        data = asked.PDF + use.encode() + b"\n%%EOF"
        applications.attach(
            by=of.clerk, application=made, use=use, files=[asked.pdf(f"{use}.pdf", data)], at=moment(asked.ON),
        )
    applications.assign(by=of.clerk, application=made, section=of.section, handler=None, at=moment(asked.ON))
    done, _service = served(of, made)
    asked.registered(of.where, "另一件申请的内容不应当出现", by=of.clerk, files=[asked.pdf("旁人的.pdf")])
    return done


@pytest.fixture
def case(of: Office, row: Application) -> Dispute:
    made = makers.corrected(
        of.where, by=of.clerk, application=row, body="青澜县人民政府", case_number="青政复〔2026〕12号",
    )
    makers.paper(made, by=of.clerk, name="受理通知书.pdf", data=asked.PDF + b"notice\n%%EOF")
    makers.paper(made, by=of.clerk, kind="petition", name="复议申请书（副本）.pdf", data=asked.PDF + b"petition\n%%EOF")
    return makers.fresh(made)


def packed(
    of: Office, case: Dispute, parts: tuple[Part, ...] = ALL, by: Actor | None = None,
) -> tuple[Bundle, zipfile.ZipFile]:
    written = io.BytesIO()
    made = pack(actor=by or of.clerk, dispute=case, parts=parts, to=written, at=AT)
    return made, zipfile.ZipFile(written)


def listed(archive: zipfile.ZipFile) -> list[dict[str, str]]:
    data = next(archive.read(name) for name in archive.namelist() if name.endswith("00目录.csv"))
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


def words(data: bytes) -> str:
    opened = docx.Document(io.BytesIO(data))
    cells = [cell.text for table in opened.tables for line in table.rows for cell in line.cells]
    return "\n".join([*(p.text for p in opened.paragraphs), *cells])


def one(archive: zipfile.ZipFile, part: str) -> bytes:
    (name,) = [name for name in archive.namelist() if part in name]
    return archive.read(name)


def test_every_line_of_the_list_is_a_file_with_that_checksum(of: Office, case: Dispute) -> None:
    made, archive = packed(of, case)
    lines = listed(archive)
    assert [int(line["序号"]) for line in lines] == list(range(1, len(lines) + 1))
    root = "议2026-0001"
    for line in lines:
        data = archive.read(f"{root}/{line['文件']}")
        assert hashlib.sha256(data).hexdigest() == line["校验值（SHA-256）"]
        assert len(data) == int(line["字节"])
    inside = {name for name in archive.namelist() if not name.startswith((f"{root}/00目录", f"{root}/00校验值"))}
    assert inside == {f"{root}/{line['文件']}" for line in lines}
    sums = archive.read(f"{root}/00校验值.txt").decode().split("\r\n")
    assert len([line for line in sums if line]) == len(lines) == made.enclosed
    assert made.left_out == 0


def test_it_holds_everything_of_the_case(of: Office, case: Dispute) -> None:
    _made, archive = packed(of, case)
    titles = [line["材料名称"] for line in listed(archive)]
    for word in (
        "案件情况", "申请和办理情况", "身份证明：identity", "申请材料：application", "意见材料：opinion",
        "送达证明：proof",
        "提供给申请人的信息：reply", "办理材料：working", "受理、应诉通知书：受理通知书", "办理记录摘录",
    ):
        assert word in titles, word
    letters = [line for line in listed(archive) if line["类别"] == "发出的文书"]
    assert {line["文号、案号"] for line in letters} >= {case.application.reply_number}  # type: ignore[union-attr]
    assert one(archive, "working.pdf").endswith(b"working\n%%EOF")
    told = words(one(archive, "申请和办理情况.docx"))
    for word in (asked.CONTENT, "邮寄", "2026年3月4日", "第三十三条"):
        assert word in told, word
    assert "结果纠正" in words(one(archive, "案件情况.docx"))


def test_it_holds_nothing_else(of: Office, case: Dispute) -> None:
    other = makers.received(of.where, by=of.clerk, subject="另一件案件", case_number="别的案号")
    makers.paper(other, by=of.clerk, name="别案的.pdf", data=asked.PDF + b"other\n%%EOF")
    _made, archive = packed(of, case)
    assert not [name for name in archive.namelist() if "旁人的" in name or "别案的" in name]
    text = "".join(words(archive.read(name)) for name in archive.namelist() if name.endswith(".docx"))
    assert "不应当出现" not in text
    assert "另一件案件" not in text
    own = {("application", str(case.application_id)), ("dispute", str(case.pk))}
    lines = list(csv.DictReader(io.StringIO(one(archive, "办理记录摘录.csv").decode("utf-8-sig"))))
    kept = Entry.objects.filter(sequence__in=[int(line["序号"]) for line in lines])
    assert {(entry.subject_kind, entry.subject_id) for entry in kept} == own
    assert len(lines) == Entry.objects.filter(subject_kind="application", subject_id=str(case.application_id)).count() \
        + Entry.objects.filter(subject_kind="dispute", subject_id=str(case.pk)).count()


def test_what_the_program_writes_itself_names_nobody(of: Office, case: Dispute) -> None:
    """Letters are the letters that went out; the sheets beside them hold the mask alone."""
    _made, archive = packed(of, case, (Part.CASE, Part.APPLICATION, Part.LEDGER))
    told = "".join(words(archive.read(name)) for name in archive.namelist() if name.endswith(".docx"))
    told += "".join(archive.read(name).decode("utf-8-sig") for name in archive.namelist() if name.endswith(".csv"))
    assert "欧**" in told
    assert not [word for word in asked.PERSONAL if word in told]


def test_only_chosen_parts_are_enclosed(of: Office, case: Dispute) -> None:
    _made, archive = packed(of, case, (Part.PAPERS,))
    assert {line["类别"] for line in listed(archive)} == {"案件材料"}


def test_names_open_on_every_system(of: Office, case: Dispute) -> None:
    makers.paper(case, by=of.clerk, name='a:b*c?"<>|' + "很长" * 80 + ".pdf", data=asked.PDF + b"long\n%%EOF")
    case.number = "议〔2026〕1/2号"
    _made, archive = packed(of, case)
    for info in archive.infolist():
        assert not set('\\:*?"<>|') & set(info.filename)
        assert ".." not in info.filename
        assert len(info.filename) < 120
        assert info.filename.isascii() or info.flag_bits & 0x800
        assert len(info.filename.split("/")) <= 3


def test_pages_of_a_pdf_are_counted_and_of_a_word_file_not(of: Office, case: Dispute) -> None:
    _made, archive = packed(of, case)
    for line in listed(archive):
        if line["文件"].endswith(".docx"):
            assert line["页数"] == ""
    pdfs = [line for line in listed(archive) if line["类别"] == "发出的文书" and line["文件"].endswith(".pdf")]
    assert all(int(line["页数"]) >= 1 for line in pdfs)


def test_a_file_that_is_gone_is_told_and_the_rest_goes_on(of: Office, case: Dispute) -> None:
    gone = case.papers.get(kind="petition").sealed.stored
    store.path(gone.sha256).unlink()
    made, archive = packed(of, case)
    (missing,) = [line for line in listed(archive) if line["校验值（SHA-256）"] == ""]
    assert missing["材料名称"].startswith("申请书、起诉状副本")
    assert "找不到" in missing["说明"]
    assert made.left_out == 1
    assert "未附" in words(one(archive, "00目录.docx"))


def test_who_may_not_see_an_identity_gets_no_proof_of_it(of: Office, case: Dispute) -> None:
    made, archive = packed(of, case, by=of.reviewer)
    (proof,) = [line for line in listed(archive) if line["材料名称"].startswith("身份证明")]
    assert proof["校验值（SHA-256）"] == ""
    assert "权限" in proof["说明"]
    assert not [name for name in archive.namelist() if "identity.pdf" in name]
    assert made.proofs == []


def test_every_look_is_recorded(of: Office, case: Dispute) -> None:
    made, _archive = packed(of, case)
    before = Entry.objects.count()
    note_bundle(by=of.clerk, dispute=case, reason=REASON, made=made, sha256="0" * 64, at=AT)
    kinds = list(Entry.objects.order_by("sequence").values_list("kind", flat=True))[before:]
    assert kinds == ["vault.proof_opened", "vault.files_taken", "disputes.bundled"]
    taken = Entry.objects.get(kind="vault.files_taken")
    assert f"{len(made.opened)} 份" in taken.sentence
    assert REASON in taken.sentence
    assert set(looks(of.head).values_list("kind", flat=True)) >= {"vault.proof_opened", "vault.files_taken"}


@pytest.mark.parametrize("reason", ["", "证据", f"给{asked.PERSON['name']}的案子举证"])
def test_a_reason_that_says_nothing_or_too_much_opens_nothing(case: Dispute, reason: str) -> None:
    with pytest.raises(Refused):
        reason_for(case, reason)


def test_nobody_else_may_record_a_bundle(of: Office, case: Dispute, stranger: Actor, supervisor: Actor) -> None:
    made, _archive = packed(of, case)
    for by in (stranger, supervisor):
        with pytest.raises(Denied):
            note_bundle(by=by, dispute=case, reason=REASON, made=made, sha256="0" * 64, at=AT)
    with pytest.raises(Denied):  # a proof that was opened asks for more than the bundle
        note_bundle(by=of.reviewer, dispute=case, reason=REASON, made=made, sha256="0" * 64, at=AT)


def test_the_extract_says_when_the_ledger_was_changed(of: Office, case: Dispute) -> None:
    _made, archive = packed(of, case, (Part.LEDGER,))
    assert "全部相符" in words(one(archive, "办理记录摘录.docx"))
    entry = Entry.objects.filter(subject_kind="dispute", subject_id=str(case.pk)).first()
    assert entry is not None
    guard.lift(connection)
    try:
        Entry.objects.filter(pk=entry.pk).update(actor_name="别人")
    finally:
        guard.lay(connection)
    _made, archive = packed(of, case, (Part.LEDGER,))
    told = words(one(archive, "办理记录摘录.docx"))
    assert f"第 {entry.sequence} 条核验不符" in told
    assert "内容与校验值不符" in told


def test_too_much_at_once_is_refused_before_anything_is_opened(
    of: Office, case: Dispute, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(packing, "MOST_BYTES", 10)
    with pytest.raises(Refused) as refusal:
        packed(of, case)
    assert refusal.value.code == "bundle-too-large"


def test_a_case_without_an_application_has_its_own_papers(of: Office) -> None:
    case = makers.received(of.where, by=of.clerk, against="other", party=makers.THIRD, third_party=True)
    made, archive = packed(of, makers.fresh(case))
    assert {line["类别"] for line in listed(archive)} == {"案件情况", "办理记录和核验结果"}
    note_bundle(by=of.clerk, dispute=makers.fresh(case), reason=REASON, made=made, sha256="0" * 64, at=AT)


def test_memory_holds_one_file_at_a_time(of: Office, case: Dispute) -> None:
    """Twelve files of a megabyte: the peak stays far below their sum."""
    size = 1024 * 1024
    for number in range(12):
        data = asked.PDF + bytes([number]) * size + b"\n%%EOF"
        stored, sealed = seal_file(chunks=[data], at=AT, limit=2 * size)
        del stored
        case.papers.create(
            kind="evidence", name=f"证据{number}.pdf", size=len(data), sha256=hashlib.sha256(data).hexdigest(),
            sealed=sealed, added_at=AT,
        )
    with (open("/dev/null", "wb")) as nowhere:
        tracemalloc.start()
        made = pack(actor=of.clerk, dispute=case, parts=(Part.PAPERS,), to=nowhere, at=AT)
        _now, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert made.enclosed == 14
    assert peak < 8 * size, peak
