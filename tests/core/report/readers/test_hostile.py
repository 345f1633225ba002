"""No file costs ten seconds or 500 MB, and none leads to anything but a document or a refusal in one sentence."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.report.readers.hostile_files import FILES
from tests.core.report.readers.office_files import (
    CONTINUE,
    RESTART,
    cells,
    docx,
    merges,
    p,
    packed,
    span,
    tbl,
    tc,
    tr,
    xlsx,
)

from gongkai.core.errors import ReadError
from gongkai.core.report.readers import read_document

ROOT = Path(__file__).parents[4]
SECONDS, MEGABYTES = 10, 500


@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_costs_little_and_is_refused_by_name(name: str, tmp_path: Path) -> None:
    make, code = FILES[name]
    path = tmp_path / name
    path.write_bytes(make())
    command = [sys.executable, "-m", "tests.core.report.readers.hostile_files", str(path)]
    environment = os.environ | {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    result = json.loads(done.stdout)
    if code is not None:
        assert result["code"] == code
    assert result["seconds"] < SECONDS
    assert result["megabytes"] < MEGABYTES
    assert "\n" not in result["message"]


def test_the_measurement_would_notice() -> None:
    """The planted fault: memory that is taken and given back is seen."""
    code = "from tests.core.report.readers.hostile_files import peak; x = bytearray(150 * 1024 * 1024); print(peak())"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert float(done.stdout) > 150


GOOD = {
    "docx": docx(
        p("正文", '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')
        + tbl(tr(tc("甲", span(2) + RESTART), tc("1")), tr(tc("", CONTINUE), tc("2"))),
        numbering='<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>',
    ),
    "xlsx": xlsx(("S", "visible", cells({1: {"A": "规章", "B": "1"}, 2: {"A": "文件", "B": "2"}}) + merges("A1:A2"))),
    "html": "<p>正文</p><table><tr><td rowspan=2>总计<td>1<tr><td>2</table>".encode(),
}


@settings(max_examples=50, deadline=None)
@given(st.sampled_from(sorted(GOOD)), st.data())
def test_a_damaged_file_is_read_or_refused(kind: str, data: st.DataObject) -> None:
    content = bytearray(GOOD[kind])
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(content)) | st.just(len(content)))
    try:
        read_document(bytes(content[:cut]), f"x.{kind}")
    except ReadError as refused:
        if "\n" in refused.message:
            raise


@settings(max_examples=50, deadline=None)
@given(st.data())
def test_a_damaged_document_part_is_read_or_refused(data: st.DataObject) -> None:
    """Damage that the zip's check sums do not catch: inside the parts, before packing."""
    kind = data.draw(st.sampled_from(["docx", "xlsx"]))
    with zipfile.ZipFile(io.BytesIO(GOOD[kind])) as opened:
        parts = {name: bytearray(opened.read(name)) for name in opened.namelist()}
    name = data.draw(st.sampled_from(sorted(n for n in parts if parts[n])))
    old = data.draw(st.integers(0, len(parts[name]) - 1))
    parts[name][old:old + data.draw(st.integers(0, 9))] = data.draw(
        st.sampled_from([b"", b"-1", b"x", b"99999999999", b'"', b"<", b"<w:p>", b"</w:tc>", b"&#0;", b"\xff"])
    )
    try:
        read_document(packed({n: bytes(content) for n, content in parts.items()}), f"x.{kind}")
    except ReadError as refused:
        if "\n" in refused.message:
            raise
