"""Cleaned files open in another program and read the same."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pypdfium2
import pytest
from docx.document import Document
from tests.core.screening.office.making import VALUE, joined, mask, word, workbook

from gongkai.core.screening.formats import rebuild

pytestmark = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed")


def _letter(document: Document) -> None:
    document.add_heading("关于公布救助名单的公告", 1)
    document.add_paragraph("第一项", style="List Number")
    paragraph = document.add_paragraph("联系人张三，")
    paragraph.add_run("身份证号").bold = True
    paragraph.add_run(VALUE)
    table = document.add_table(2, 2, style="Table Grid")
    for row, texts in enumerate((("姓名", "金额"), ("张三", "1200"))):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    document.sections[0].header.paragraphs[0].text = "某县民政局"


def _printed(data: bytes, name: str, folder: Path) -> tuple[str, int]:
    (folder / name).write_bytes(data)
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf", "--outdir",
         str(folder), str(folder / name)],
        check=True, capture_output=True, timeout=120,
    )
    opened = pypdfium2.PdfDocument((folder / name).with_suffix(".pdf"))
    text = "".join(page.get_textpage().get_text_bounded() for page in opened)
    pages = len(opened)
    opened.close()
    return joined(text), pages


@pytest.mark.parametrize(("data", "name"), [(word(_letter), "a.docx"), (workbook(), "a.xlsx")], ids=["docx", "xlsx"])
def test_the_clean_file_prints_like_the_original(data: bytes, name: str, tmp_path: Path) -> None:
    before, pages = _printed(data, name, tmp_path)
    after, pages_after = _printed(rebuild(data, name, mask).data, f"clean-{name}", tmp_path)

    assert after == joined(mask(before))
    assert len(after) > 10
    assert pages_after == pages
