"""What is refused, what is told, and that a format which leaves something behind is caught."""

from __future__ import annotations

import io
import zipfile

import pytest
from tests.core.screening.people import card, id_number

from gongkai.core.errors import ReadError
from gongkai.core.screening import clean, cleaning, formats, links, screen, wording
from gongkai.core.screening.masks import masker
from gongkai.core.screening.model import Rebuilt
from gongkai.core.text.tokens import tokens

ID = id_number()


@pytest.mark.parametrize("mark", ["机密★10年", "内部资料 注意保存", "此件不公开", "公开属性：依申请公开"])
def test_a_mark_that_is_seen_is_never_cleaned_away(mark: str) -> None:
    with pytest.raises(ReadError) as refused:
        clean(f"{mark}\n通知正文".encode(), "a.txt")
    assert refused.value.code == "cannot-clean"
    assert "不能公开" in refused.value.message


def test_a_mark_that_is_hidden_goes_with_its_hiding_place() -> None:
    data = "<html><body><!-- 机密★10年 --><p>通知</p></body></html>".encode()
    assert screen(data, "a.html").verdict == "block"
    assert "机密" not in clean(data, "a.html").data.decode()


def test_the_mask_of_the_office() -> None:
    mask = masker()
    assert mask(f"身份证{ID}，手机13812345678") == f"身份证33*************{ID[-3:]}，手机138****5678"
    assert mask(f"卡号{card()}") == f"卡号{'*' * 15}{card()[-4:]}"
    assert mask("车牌京A·12345") == "车牌京A·*****"
    assert mask("没有什么") == "没有什么"
    assert mask("") == ""


def test_the_applicant_is_found_and_taken_out() -> None:
    people = tokens(name="钱大勇", phone="13812345678")
    data = "申请人钱大勇先生来信。\n其余照旧。".encode()
    assert [finding.kind.value for finding in screen(data, "a.txt", tokens=people).findings] == ["person"]
    assert screen(data, "a.txt").verdict == "pass"
    assert "钱大勇" not in clean(data, "a.txt", tokens=people).data.decode()
    assert all("钱大勇" not in finding.excerpt for finding in screen(data, "a.txt", tokens=people).findings)


def test_the_name_of_the_file_is_screened_and_masked() -> None:
    found = screen("通知".encode(), f"/tmp/{ID}.txt")
    assert [finding.where for finding in found.findings] == ["文件名"]
    assert clean("通知".encode(), f"{ID}.txt").name == f"33*************{ID[-3:]}.txt"


def test_a_format_that_leaves_something_behind_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    data = f"身份证{ID}".encode()
    monkeypatch.setattr(formats, "rebuild", lambda data, _name, _mask: Rebuilt(data))
    with pytest.raises(ReadError, match="清理后仍有不能公开的内容"):
        clean(data, "a.txt")


def test_a_value_in_a_place_that_no_format_knows_is_caught() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("unknown.bin", b"\x00\x01" + ID.encode("utf-16-le"))
    assert cleaning._remains(packed.getvalue(), {ID})
    assert not cleaning._remains(packed.getvalue(), {id_number(order=999)})
    assert not cleaning._remains(packed.getvalue(), {"浙A12345"})


def test_what_was_done_is_told_without_values() -> None:
    made = clean(f"身份证{ID}，手机13812345678".encode("gb18030"), "a.txt")
    assert made.removed == ("遮盖了身份证件号码 1 处。", "遮盖了电话号码 1 处。", "文件已转为 UTF-8 编码。")


def test_many_findings_are_counted_and_not_all_told() -> None:
    data = "\n".join(f"手机13812{number:06}。" for number in range(700)).encode()
    findings = screen(data, "a.txt").findings
    assert len(findings) == 501
    assert (findings[-1].where, findings[-1].excerpt, findings[-1].verdict) == ("其余位置", "另有 200 处", "block")


def test_wrong_words_warn_with_the_right_one() -> None:
    data = "截止目前，己经办结。\n截至目前，已经办结。".encode()
    found = screen(data, "a.txt", words=wording.COMMON)
    assert [(finding.kind.value, finding.verdict.value) for finding in found.findings] == [("wording", "warn")] * 2
    assert [finding.excerpt for finding in found.findings] == [
        "“己经”应为“已经”", "“截止目前”应为“截至目前”（“截止”指到期停止）",
    ]
    assert screen(data, "a.txt").findings == ()
    assert screen("信息公开".encode(), "a.txt", words=[("公开", "信息公开")]).findings == ()


def test_the_list_of_words_of_an_office() -> None:
    made = wording.read_words("错误用语,规范用语,说明\n#注\n老县委，新县委，已更名\n\n旧称,\n".encode())
    assert made == (("老县委", "新县委", "已更名"), ("旧称", "", ""))
    with pytest.raises(ReadError, match="第 2 行"):
        wording.read_words("甲,乙\n只有一列\n".encode())


def test_links_of_texts_and_pages() -> None:
    page = '<a href="https://a.gov.cn/x?a=1&amp;b=2">看</a><img src=http://b.cn/1.png> 见https://c.cn/一（http://d.cn/e.html）。'
    assert links.links(page) == ("https://a.gov.cn/x?a=1&b=2", "http://b.cn/1.png", "https://c.cn/", "http://d.cn/e.html")
    assert links.links("没有地址 /相对 mailto:a@b.cn") == ()


def test_an_amount_that_no_finding_names_stays_in_its_cell() -> None:
    table = "项目,金额（元）,联系电话\r\n甲,13800000000,13912345678\r\n乙,13812345679,13912345679\r\n"
    assert {finding.where for finding in screen(table.encode(), "a.csv").findings} == {"第2行第3列", "第3行第3列"}
    made = clean(table.encode(), "a.csv").data.decode("utf-8-sig")
    assert made.splitlines()[1:] == ["甲,13800000000,139****5678", "乙,13812345679,139****5679"]
    # The same digits are somebody's telephone in another cell: then they stay nowhere.
    both = table.replace("乙,13812345679,13912345679", "乙,13812345679,13812345679")
    assert "13812345679" not in clean(both.encode(), "a.csv").data.decode("utf-8-sig")
