"""Marks, and the same words in sentences."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.core.screening import marks, screen
from gongkai.core.screening.model import Kind, Piece, Verdict

FILLER = [Piece(f"第{number}项工作按期完成，没有其他情况。", f"正文第{number}段") for number in range(1, 31)]


def verdicts(text: str, place: str = "head", form: str = "docx") -> list[str]:
    """What is found in a document that has the text at its head, in its middle, at its end or hidden."""
    own = Piece(text, "批注 1", hidden=True, why="批注") if place == "hidden" else Piece(text, "正文")
    at = {"head": 0, "middle": 15, "end": 30, "hidden": 15}[place]
    return [finding.verdict.value for finding in marks.find([*FILLER[:at], own, *FILLER[at:]], form)]


CERTAIN = [
    "机密★10年", "秘密★5年", "绝密★长期", "绝密★启用前", "机 密 ★ 二十年", "【机密】", "（秘密）", "密级：机密",
    "密级:秘密 保密期限:5年",
    "密　级：绝　密", "特急 机密★1年", "000123 机密★20年", "秘密 5年", "机密文件", "秘密件", "工作秘密★3年",
    "機密★10年", "機密★１０年",
    "内部资料 注意保存", "内部文件，不得外传", "（内部资料，注意保存）", "内部参阅", "内部使用 请勿外传", "注意保密",
    "不得外传",
    "关于某事的报告（内部资料 不得外传）", "本文件属于工作秘密", "份号：000123", "份号 No.000123",
    "机密：关于某事的请示",
    "此件不公开", "（此件不予公开）", "（此件依申请公开）", "公开属性：依申请公开", "公开方式：不予公开",
    "信息公开选项：不予公开",
    "☑不予公开 □主动公开", "□主动公开 ■依申请公开", "（依申请公开）", "保密期限：10年", "请做好准备。内部资料 注意保存",
    f"{'各单位要认真落实上级部署，切实做好有关工作。' * 4}（此件不公开）",
    f"{'各单位要认真落实。' * 9}公开属性：不予公开", "工作秘密",
    "机密·10年", "机密（10年）", "秘密★壹年", "商密★3年", "保密等级：机密", "密级和保密期限：机密10年",
    "涉密等级：秘密",
    "仅供领导参阅", "仅供内部交流", "内部情况通报", "内部讨论稿 请勿外传", "（内部资料，仅供参考）", "内部工作资料",
    "本文件仅限内部使用", "此件内容不得外泄", "会议文件 会后收回", "未经批准，不得对外公开", "商业秘密 严禁外传",
    "本文件涉及国家秘密，请注意保管", "不得翻印", "内部资料，严禁复制、外传", "共 20 份，第 3 份",
    "是否公开：否", "公开与否：否", "（√）依申请公开 （ ）主动公开", "○主动公开 ●依申请公开", "公开范围：系统内",
    "属性：依申请公开", "公文属性：不予公开", "公开属性：不公开（内部管理信息）", "（此件不上网）", "（不得上网）",
    "该文件不公开", "（此件不对外发布）", "（内部公开）", "此件不予主动公开", "（此件免于公开）",
    "公开方式为依申请公开",
    "本件公开属性为“不予公开”。", "（拟不予公开）",
]
AT_THE_HEAD = ["机密", "机 密", "No.000123", "№ 000123", "机\n密"]
NONE = [
    "保守国家秘密法", "《中华人民共和国保守国家秘密法》", "国家秘密", "商业秘密", "机密性、完整性", "涉密信息系统",
    "内部审计", "秘书处",
    "机关内部管理", "（三）不予公开", "二、依申请公开", "（二）依申请公开政府信息情况", "此件公开发布",
    "（此件公开发布）",
    "（此件主动公开）", "公开属性：主动公开", "公开方式：主动公开、依申请公开", "密级：无", "密级：",
    "□绝密□机密□秘密", "内部资料管理办法",
    "涉及国家秘密、商业秘密、个人隐私的不予公开。", "收到依申请公开件12件，其中不予公开3件",
    "行政机关内部事务信息可以不予公开",
    "绝密级30年，机密级20年，秘密级10年", "公开属性：□主动公开 □依申请公开 □不予公开", "编号：202301",
    "加强内部管理，严禁外传谣言",
    "各单位要做好内部资料的归档，不得外传涉密文件，做到责任到人、措施到位、检查到位，确保安全。",
    "不予公开的理由应当说明",
    "依申请公开工作年度报告", "共印35份", "第3号", "青政发〔2023〕12号",
    "公文公开属性为不予公开的，应当说明理由。", "公开方式包括主动公开和依申请公开。", "公开范围：内部审计结果公告",
    "信息公开情况内部监督制度", "项目属性：新建", "文件属性：规范性文件", "本案不公开开庭审理", "主动公开：12条",
    "以上内容仅供参考，不作为法律依据。", "未经许可不得转载", "请妥善保管好准考证。", "保密承诺书", "是否公开：是",
    "本文件不公开出版", "此文件不公开的理由", "内部公开选拔干部", "Secret Garden", "共20份", "注意保暖",
]


@pytest.mark.parametrize("place", ["head", "middle", "end", "hidden"])
@pytest.mark.parametrize("text", CERTAIN)
def test_a_mark_blocks_wherever_it_stands(text: str, place: str) -> None:
    assert verdicts(text, place) == ["block"]


@pytest.mark.parametrize("text", AT_THE_HEAD)
def test_a_bare_word_is_a_mark_at_the_head_and_where_it_is_hidden(text: str) -> None:
    assert verdicts(text, "head") == ["block"]
    assert verdicts(text, "hidden") == ["block"]
    assert verdicts(text, "middle") == ["warn"]


@pytest.mark.parametrize("place", ["head", "middle", "hidden"])
@pytest.mark.parametrize("text", NONE)
def test_words_in_sentences_headings_and_forms_are_no_marks(text: str, place: str) -> None:
    assert verdicts(text, place) == []


def test_a_bare_line_at_the_end_is_a_mark_and_in_a_menu_it_is_not() -> None:
    assert verdicts("不予公开", "end") == ["block"]
    assert verdicts("依申请公开", "end") == ["block"]
    assert verdicts("依申请公开", "middle") == []
    assert verdicts("依申请公开", "end", form="html") == []
    assert verdicts("依申请公开", "hidden", form="html") == ["warn"]


def test_a_label_and_its_value_in_two_lines_or_two_cells() -> None:
    lines = [*FILLER, Piece("公开属性：", "正文第31段"), Piece("不予公开", "正文第32段"), *FILLER]
    assert [finding.verdict.value for finding in marks.find(lines, "docx")] == ["block"]
    cells = [Piece("密级", "表格1 第1行第1列", row=1, table="1"), Piece("机密", "表格1 第1行第2列", row=1, table="1")]
    assert [finding.kind for finding in marks.find([*FILLER, *cells, *FILLER], "docx")] == [Kind.SECRECY_MARK]


def test_a_mark_that_runs_over_the_end_of_its_line() -> None:
    lines = [*FILLER, Piece("请认真贯彻执行。（此件依申请", "第9行"), Piece("公开）", "第10行"), *FILLER]
    assert [finding.kind for finding in marks.find(lines, "text")] == [Kind.DISCLOSURE_MARK]
    short = [*FILLER, Piece("内部资料 注意", "第9行"), Piece("保存", "第10行"), *FILLER]
    assert [finding.verdict.value for finding in marks.find(short, "text")] == ["block"]


@pytest.mark.parametrize("mark", ["（此件依申请公开）", "公开属性：依申请公开", "内部资料，注意保存", "机密★10年"])
def test_a_mark_behind_the_last_sentence_broken_anywhere(mark: str) -> None:
    for at in range(1, len(mark)):
        page = f"各单位要认真组织实施，确保取得实效，请认真贯彻执行。{mark[:at]}\n{mark[at:]}\n某市人民政府办公室"
        assert marks.find([*FILLER, Piece(page, "第1页"), *FILLER], "pdf"), (mark[:at], mark[at:])


def test_the_end_of_a_sentence_on_a_line_of_its_own_is_no_mark() -> None:
    page = "严格执行上网不涉密、涉密不上网，不得使用互联网邮箱传输涉密文件和\n内部资料。\n各单位应当加强管理。"
    found = marks.find([*FILLER, Piece(page, "第1页"), *FILLER], "pdf")
    assert [finding.verdict.value for finding in found] == ["warn"]
    title = "某市人民政府办公室文件\n内部资料。\n各单位应当加强管理。"
    assert [one.verdict.value for one in marks.find([Piece(title, "第1页"), *FILLER], "pdf")] == ["block"]


@pytest.mark.parametrize("text", ["CONFIDENTIAL", "Internal Use Only", "密件", "保密文件", "征求意见稿（内部）"])
def test_words_that_may_be_a_mark_warn(text: str) -> None:
    assert verdicts(text, "middle") == ["warn"]


def test_a_catalogue_with_a_column_of_ways_to_publish_is_innocent() -> None:
    ways = ("主动公开", "依申请公开", "不予公开") * 3
    rows = [("事项", "公开方式", "时限"), *[("事项一", way, "20个工作日") for way in ways]]
    cells = [
        Piece(text, f"表格1 第{row}行第{at}列", row=row, table="1")
        for row, texts in enumerate(rows, 1) for at, text in enumerate(texts, 1)
    ]
    assert marks.find(cells, "xlsx") == []


def test_a_mark_in_the_quotes_of_a_formula_blocks_where_it_is_hidden() -> None:
    assert verdicts('"内部资料 注意保存"', "hidden") == ["block"]
    assert verdicts('="此件不公开"', "hidden") == ["block"]


def test_a_mark_that_a_style_sheet_shows() -> None:
    assert verdicts('.x::after{content:"（依申请公开）"}', "hidden") == ["block"]
    assert verdicts('.menu::after{content:"依申请公开"}', "hidden") == []


def test_a_mark_between_tags_of_hidden_data_blocks() -> None:
    assert verdicts("<x>内部资料 注意保存</x>", "hidden") == ["block"]


@pytest.mark.parametrize("text", [
    "标注“此件不公开”字样的文件，不得在网站发布。", "第四条 标注“注意保存”“此件不公开”字样的文件，不得发布。",
])
def test_a_rule_about_a_mark_is_no_mark(text: str) -> None:
    assert verdicts(text, "middle") == []


def test_a_rule_about_internal_papers_only_warns() -> None:
    assert verdicts("内部资料应当妥善保管，未经批准不得外传。", "middle") == ["warn"]


def test_a_quoted_mark_warns() -> None:
    text = "涉密文件应当在首页左上角标注“秘密★1年”字样，并由定密责任人审核签字后编号登记，任何人不得擅自更改。"
    assert verdicts(text, "middle") == ["warn"]


@given(st.sampled_from(["机密★10年", "内部资料注意保存", "此件不公开", "密级:秘密"]), st.data())
def test_white_space_inside_a_mark_hides_nothing(mark: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(1, len(mark) - 1))
    space = data.draw(st.sampled_from([" ", "　", "\u200b", "\t", "\u00a0", "\ufeff"]))
    assert verdicts(mark[:at] + space + mark[at:], "middle") == ["block"]


@pytest.mark.parametrize("text", [
    "机密（至2031年6月30日）\n关于某事的通知", "秘密★至2030年\n关于某事的通知",
    "关于某事的通知\n正文。\n另：内部资料 注意保存",
    "关于某事的通知\n正文。\n注：内部文件，不得外传",
])
def test_a_level_until_a_day_and_a_mark_behind_a_remark(text):
    assert screen(text.encode(), "a.txt").verdict is Verdict.BLOCK


@pytest.mark.parametrize("text", [
    "国家秘密清理工作持续至2025年底，请各单位认真落实。", "备注：注意保存票据", "注：公开属性见附件。",
])
def test_the_same_words_in_a_sentence_are_none(text):
    assert screen(f"关于某事的通知\n{text}".encode(), "a.txt").verdict is Verdict.PASS
