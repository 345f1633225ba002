"""The published package: whatever the register, its records give its numbers again, and a change is named."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from gongkai.compilations.commands import app
from gongkai.compilations.figures.compute import typed
from gongkai.compilations.figures.parts import base_cells
from gongkai.compilations.figures.placing import cells_of
from gongkai.compilations.figures.records import LOOKUPS, Record, plain_facts
from gongkai.compilations.freezing import Tally
from gongkai.compilations.models import Source
from gongkai.compilations.packages.making import Told, package
from gongkai.compilations.packages.verify import verify
from gongkai.core.errors import ReadError
from gongkai.core.law.answers import ANSWERS
from gongkai.core.law.applicants import ApplicantKind
from gongkai.core.report.forms import form
from gongkai.statutory_registers.registers import DocumentKind, Register

YEAR = 2025
_DAYS = st.dates(date(YEAR - 2, 1, 1), date(YEAR + 1, 6, 30))


@st.composite
def applications(draw: st.DrawFn) -> dict[str, Any]:
    """An application's facts."""
    received = draw(_DAYS)
    closed = draw(st.none() | st.integers(0, 300).map(lambda n: received + timedelta(days=n)))
    return {
        "received_on": received, "closed_on": closed,
        "applicant_kind": draw(st.sampled_from(list(ApplicantKind))).value,
        "answer_kind": draw(st.sampled_from(sorted(ANSWERS))) if closed else "", "state": "served",
    }


@st.composite
def disputes(draw: st.DrawFn) -> dict[str, Any]:
    """A proceeding's."""
    received = draw(_DAYS)
    decided = draw(st.none() | st.integers(0, 400).map(lambda n: received + timedelta(days=n)))
    return {
        "received_on": received, "decided_on": decided, "state": "open",
        "track": draw(st.sampled_from(("reconsideration", "direct", "after"))),
        "result": draw(st.sampled_from(("upheld", "corrected", "other"))) if decided else "",
    }


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    """A document's."""
    made, ended = draw(_DAYS), draw(st.none() | _DAYS)
    ended = None if ended is None or ended < made else ended
    return {
        "kind": draw(st.sampled_from(list(DocumentKind))).value, "made_on": made, "ended_on": ended,
        "ending": "repealed" if ended else "", "expires_on": draw(st.none() | _DAYS),
        "disclosed_on": draw(st.none() | _DAYS),
    }


_ENTRIES = st.fixed_dictionaries({
    "register": st.sampled_from([r.value for r in Register]), "on": _DAYS, "cancelled_on": st.none(),
    "amount": st.decimals(0, 10**7, places=2),
})
_POWERS = st.fixed_dictionaries({
    "register": st.sampled_from([r.value for r in Register]), "from_on": _DAYS, "to_on": st.none() | _DAYS,
})
_REGISTERS = st.lists(st.one_of(
    applications().map(lambda f: (Source.APPLICATION, f)), disputes().map(lambda f: (Source.DISPUTE, f)),
    documents().map(lambda f: (Source.DOCUMENT, f)), _ENTRIES.map(lambda f: (Source.ENTRY, f)),
    _POWERS.map(lambda f: (Source.POWER, f)),
), max_size=40)


def records(register: list[tuple[Source, dict[str, Any]]], form_id: str, numbers: dict[str, int]) -> list[Record]:
    """The records of a register that stand in a cell, and a row for each number typed in."""
    found = []
    for key, (source, facts) in enumerate(register, start=1):
        whole = dict.fromkeys(LOOKUPS[source]) | facts
        cells = cells_of(source, whole, YEAR, form_id)
        if cells:
            found.append(Record(source, key, f"欧阳问渠{key}号", cells, plain_facts(whole)))
    for key, (cell, value) in enumerate(sorted(numbers.items()), start=1):
        found.append(Record(Source.HAND, key, "财务科台账", (cell,), {"values": {cell: str(value)}}))
    return found


def counted(rows: list[Record], form_id: str) -> dict[str, Any]:
    """The numbers as signing counts them (`Tally`), sums made."""
    tally = Tally(form_id, YEAR)
    for row in rows:
        tally.add(row)
    values = {cell: tally.values.get(cell, 0) for cell in base_cells(form_id)}
    for table in ("t3", "t4"):
        values |= {cell: figure.value for cell, figure in typed(form_id, table, values).items()}
    return {cell: values[cell] for cell in form(form_id).cells}


def made(rows: list[Record], form_id: str = "2021", cells: dict[str, Any] | None = None) -> bytes:
    """A package of these records."""
    told = Told("青澜县水利局", YEAR, form_id, "own", cells or counted(rows, form_id), {"t3.new.natural": "收到日期"})
    return package(told, rows)


_SOME = [(Source.APPLICATION, {
    "received_on": date(2025, 2, 3), "closed_on": date(2025, 3, 4), "applicant_kind": "natural",
    "answer_kind": "granted", "state": "served",
}), (Source.APPLICATION, {
    "received_on": date(2024, 12, 3), "closed_on": None, "applicant_kind": "business", "answer_kind": "",
    "state": "assigned",
}), (Source.ENTRY, {
    "register": "fee", "on": date(2025, 5, 6), "cancelled_on": None, "amount": Decimal("125000.50"),
})]


def some() -> list[Record]:
    """A small register."""
    return records(_SOME, "2021", {"t2.licences.decisions": 12})


def again(data: bytes, name: str, change: Callable[[bytes], bytes], *, sums: bool = True) -> bytes:
    """The package with one file changed; with `sums`, by somebody who mended the checksums too."""
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        files = {one: old.read(one) for one in old.namelist()}
    before = files[name]
    files[name] = change(files[name])
    assert files[name] != before
    if sums:
        files["SHA256SUMS"] = "".join(
            f"{hashlib.sha256(files[one]).hexdigest()}  {one}\n" for one in files if one != "SHA256SUMS"
        ).encode()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as new:
        for one, content in files.items():
            new.writestr(one, content)
    return packed.getvalue()


def raised(tables: bytes) -> bytes:
    """One more was granted, says the table."""
    return tables.replace(b'"t3.granted.natural": 1', b'"t3.granted.natural": 2')


@settings(max_examples=60)
@given(
    _REGISTERS, st.sampled_from(("2019", "2021")),
    st.dictionaries(st.sampled_from(("t2.licences.decisions", "t2.normative.made")), st.integers(0, 900)),
)
def test_whatever_the_register_the_package_gives_its_numbers_again(
    register: list[tuple[Source, dict[str, Any]]], form_id: str, numbers: dict[str, int],
) -> None:
    rows = records(register, form_id, numbers)
    verdict = verify(made(rows, form_id))
    assert verdict.equal, verdict.differences
    assert verdict.cells == len(form(form_id).cells)


def test_after_an_erratum_of_some_cells_the_lines_still_give_them() -> None:
    cells = ("t3.granted.natural", "t3.partial.natural", "t3.new.business")
    assert verify(made([Record(Source.APPLICATION, 1, "2025-0001", cells, {})])).equal


def test_nothing_in_a_package_names_or_dates_anybody() -> None:
    data = made([*some(), Record(Source.DISPUTE, 9, "议2025-0009", ("t4.reconsideration.upheld",), {"agency": 77})])
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        lines = {name: opened.read(name).decode("utf-8-sig") for name in opened.namelist() if name.endswith(".csv")}
    text = "".join(text for name, text in lines.items() if name != "rules.csv")
    for word in ("欧阳", "号\r", "议2025", "2025-", "2024-", "77"):
        assert word not in text
    rows = list(csv.DictReader(io.StringIO(lines["applications.csv"])))
    assert [row["申请人类型"] for row in rows] == ["business", "natural"]


def test_the_order_of_the_register_leaves_no_trace() -> None:
    rows = some()
    assert made(rows) == made(rows[::-1])


def test_a_planted_number_is_named() -> None:
    planted = again(made(some()), "tables.json", raised)
    verdict = verify(planted)
    assert [(d.cell, d.told, d.recounted) for d in verdict.differences] == [("t3.granted.natural", 2, 1)]
    assert not verdict.changed


def test_a_planted_record_is_named_in_every_cell_that_it_changes() -> None:
    planted = again(made(some()), "applications.csv", lambda b: b + b"3,natural,1,,refused_secret,\r\n")
    assert {d.cell for d in verify(planted).differences} == {
        "t3.new.natural", "t3.new.total", "t3.refused_secret.natural", "t3.refused_secret.total", "t3.closed.natural",
        "t3.closed.total",
    }


def test_a_changed_file_is_named_though_the_numbers_come_out() -> None:
    verdict = verify(again(made(some()), "rules.csv", lambda b: b + b"\r\n", sums=False))
    assert verdict.changed == ("rules.csv",)
    assert not verdict.differences
    assert not verdict.equal


@pytest.mark.parametrize(("data", "code"), [
    (b"not a zip at all", "damaged"), (b"", "damaged"),
])
def test_what_is_no_package_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(ReadError) as refused:
        verify(data)
    assert refused.value.code in {code, "truncated", "not-a-zip"}


@pytest.mark.parametrize(("name", "change", "code"), [
    ("tables.json", lambda b: b[:40], "package-broken"),
    ("tables.json", lambda b: b.replace(b"gongkai-package-1", b"gongkai-package-9"), "package-foreign"),
    ("tables.json", lambda b: b.replace(b"t3.granted.natural", b"t3.granted.nobody"), "package-foreign"),
    ("applications.csv", lambda b: b.replace(b"natural", b"unheard"), "package-garbled"),
    ("applications.csv", lambda b: b.replace("申请人类型".encode(), "别的".encode()), "package-garbled"),
    ("entries.csv", lambda b: b.replace(b"125000.50", b"NaN"), "package-garbled"),
    ("entries.csv", lambda b: b.replace(b"125000.50", b"many"), "package-garbled"),
    ("entries.csv", lambda b: b"\xff\xfe\xff" + b, "package-garbled"),
    ("entries.csv", lambda b: b.replace(b"125000.50", b"1e99999"), "package-garbled"),
    ("entries.csv", lambda b: b.replace(b"125000.50", b"125000.50,,,more"), "package-garbled"),
    ("entries.csv", lambda b: b.replace(b"125000.50", b"1" * 200_000), "package-garbled"),
    ("tables.json", lambda _b: b"[" * 200_000, "package-broken"),
    ("tables.json", lambda b: b.replace(b'"t3.granted.natural": 1', b'"t3.granted.natural": NaN'), "package-broken"),
    ("tables.json", lambda b: b.replace(b'"t3.granted.natural": 1', b'"t3.granted.natural": 1e999999'),
     "package-broken"),
    ("tables.json", lambda b: b.replace(b'"t3.granted.natural": 1', b'"t3.granted.natural": [0, [1], 2]'),
     "package-broken"),
    ("tables.json", lambda b: b.replace(b'"year": 2025', b'"year": 1e999999999'), "package-broken"),
])
def test_a_garbled_package_is_refused_by_name(name: str, change: Callable[[bytes], bytes], code: str) -> None:
    with pytest.raises(ReadError) as refused:
        verify(again(made(some()), name, change))
    assert refused.value.code == code


def test_bytes_that_do_not_unpack_are_refused() -> None:
    whole = made([Record(Source.APPLICATION, at, "", ("t3.new.natural",), {}) for at in range(2000)])
    with zipfile.ZipFile(io.BytesIO(whole)) as opened:
        at = opened.getinfo("applications.csv").header_offset + 60
    for data in (whole[:at] + bytes(~b & 255 for b in whole[at:at + 8]) + whole[at + 8:],
                 whole.replace(b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01\x00")):
        assert data != whole
        with pytest.raises(ReadError):
            verify(data)


def test_a_package_does_not_command_the_terminal(tmp_path: Any) -> None:
    (tmp_path / "one.zip").write_bytes(again(made(some()), "tables.json", lambda b: b.replace(
        b'"agency": "', b'"agency": "\\u001b[2J',
    )))
    assert "\x1b" not in CliRunner().invoke(app, ["verify", str(tmp_path / "one.zip")]).output


def test_the_command_says_equal_or_what_differs(tmp_path: Any) -> None:
    whole, planted, broken = (tmp_path / f"{name}.zip" for name in ("whole", "planted", "broken"))
    whole.write_bytes(made(some()))
    planted.write_bytes(again(
        whole.read_bytes(), "tables.json", raised,
    ))
    broken.write_bytes(whole.read_bytes()[:300])
    run = CliRunner().invoke
    assert run(app, ["verify", str(whole)]).exit_code == 0
    found = run(app, ["verify", str(planted)])
    assert found.exit_code == 1
    assert "予以公开" in found.output
    told = run(app, ["verify", str(planted), "--json"])
    assert json.loads(told.stdout)["differences"][0]["cell"] == "t3.granted.natural"
    assert run(app, ["verify", str(broken)]).exit_code == 2
    assert run(app, ["verify", str(tmp_path / "absent.zip")]).exit_code == 2


def test_counting_again_needs_no_django(tmp_path: Any) -> None:
    (tmp_path / "whole.zip").write_bytes(made(some()))
    program = (
        "import sys; from pathlib import Path; from gongkai.compilations.packages.verify import verify; "
        "import gongkai.compilations.commands; "
        "print(verify(Path(sys.argv[1]).read_bytes()).equal, 'django' in sys.modules)"
    )
    run = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "whole.zip")], capture_output=True, text=True, check=True,
    )
    assert run.stdout.split() == ["True", "False"]
