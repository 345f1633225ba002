"""What stays on one line in a sentence, and that nothing slips past the escaping."""

from __future__ import annotations

from gongkai.desk.templatetags.moments import whole


def held(text: str) -> str:
    return f'<span class="nowrap">{text}</span>'


def test_a_date_a_number_with_its_unit_and_a_document_number_stay_whole() -> None:
    assert whole("期限 2026-07-29，延长 20 个工作日") == f"期限 {held('2026-07-29')}，延长 {held('20 个工作日')}"
    assert whole("青公征〔2026〕4号（第三十二条）") == f"青公征{held('〔2026〕4号')}{held('（第三十二条）')}"


def test_what_is_no_date_is_left_alone() -> None:
    assert whole("登记号 2026-0013，电话 0000-1234560") == "登记号 2026-0013，电话 0000-1234560"


def test_a_name_of_a_file_cannot_become_a_tag() -> None:
    assert whole("<b>2026-07-29</b>") == f"&lt;b&gt;{held('2026-07-29')}&lt;/b&gt;"
