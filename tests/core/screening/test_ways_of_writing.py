"""Values in the ways in which forms and letters write them: landlines of homes, plates, papers, accounts."""

from __future__ import annotations

import pytest
from tests.core.screening.people import card, cut, id_number

from gongkai.core.screening.model import Kind, Piece
from gongkai.core.screening.personal import find
from gongkai.core.screening.scan import scan

LANDLINES = [
    "0371-62921618", "0371—62921618", "（0371）62921618", "037162921618", "0371-6292 1618", "0371-6292-1618",
    "+86-371-62921618",
    "0086-371-62921618", "0371/62921618", "0371.62921618", "0371-\n62921618", "（0371）\n62921618",
    "零三七一-六二九二一六一八",
    "62921618",
]
OF_A_PERSON = [
    "王小明家庭电话：{}", "王小明宅电{}", "当事人王小明个人联系电话（座机）：{}。", "家里座机{}",
    "信访人王小明固定电话{}",
    "家属王小明联系电话{}", "家庭座机 {}", "王小明（固话：{}）", "家长王小明（电话{}）", "私人电话：{}",
]


def kinds(text: str) -> set[str]:
    return {hit.kind.value for hit in find(text)}


@pytest.mark.parametrize("said", OF_A_PERSON)
@pytest.mark.parametrize("line", LANDLINES)
def test_the_landline_of_a_home(said: str, line: str) -> None:
    assert "phone" in kinds(said.format(line))


@pytest.mark.parametrize("text", [
    "办公电话：0371-62921618", "监督电话：（0371）62921618", "招标人联系人：林先生，电话：0371-62921618",
    "咨询电话0371—62921618",
    "残疾人联合会，联系电话：0371-62921618", "低保咨询电话：0371-62921618", "电话会议0371-62921618",
])
def test_the_landline_of_an_office_is_no_finding(text: str) -> None:
    assert kinds(text) == set()


@pytest.mark.parametrize("plate", [
    "使123456", "使 224·578", "WJ闽1234警", "WJ35·12345", "军V·12345", "闽O12345", "闽“A12345”", "民航A1234",
    "闽A1\n2345",
    "闽\nA12345", "闽A123\n45",
])
def test_plates_of_every_kind(plate: str) -> None:
    assert "plate" in kinds(f"车牌号：{plate}，已登记。")


def test_a_plate_over_two_lines_of_a_text_is_found_and_masked() -> None:
    result = scan([Piece("车牌号码：闽A1", "第1行"), Piece("2345，已登记。", "第2行")])
    assert [finding.kind.value for finding in result.findings] == ["plate"]
    assert result.masked["2345，已登记。"].startswith("****")


@pytest.mark.parametrize("text", [
    "军官证号：军字第2001238号", "士兵证号20120012345", "外国人永久居留身份证号：CHN110000091234",
    "香港居民身份证号码：A123456(7)",
])
def test_papers_that_stand_for_an_identity_card(text: str) -> None:
    assert kinds(text) == {"id_number"}


@pytest.mark.parametrize("mark", [" ", "-", "\u2009", "\u2002", "　"])
def test_fifteen_digits_in_groups(mark: str) -> None:
    assert kinds(f"身份证号码：{mark.join(('330106', '461020', '456'))}") == {"id_number"}


def test_an_identity_number_with_a_star_before_its_cross() -> None:
    number = next(one for one in (id_number(order=at) for at in range(1, 400)) if one.endswith("X"))
    assert kinds(f"身份证号：{number[:-1]}*X") == {"id_number"}
    assert kinds(f"身份证号：{cut(number, 6, chr(0x2005))}") == {"id_number"}


def test_cards_in_groups_with_a_short_first_one_and_in_chinese_digits() -> None:
    number = card()
    groups = " ".join([number[:3], *(number[at:at + 4] for at in range(3, 19, 4))])
    assert kinds(f"打入王小明的工资卡{groups}") == {"bank_card"}
    spelt = number.translate(str.maketrans("0123456789", "〇一二三四五六七八九"))
    assert kinds(f"打入王小明的工资卡{spelt}") == {"bank_card"}
    assert kinds("户名：王小明 账号：2010 0001 2345 678 开户行：农业银行") == {"bank_card"}


@pytest.mark.parametrize("text", ["王小明，QQ：384756123", "微信号：wangxm_1988（王小明）"])
def test_names_in_messengers_warn(text: str) -> None:
    assert kinds(text) == {"phone"}


@pytest.mark.parametrize("text", [
    "工作QQ群：384756123，欢迎咨询", "微信公众号：qinglan_gov", "微信公众号：qinglan_gov（信息中心）",
])
def test_groups_and_public_accounts_are_no_finding(text: str) -> None:
    assert kinds(text) == set()


def test_one_digit_after_the_other_behind_a_name() -> None:
    assert kinds("王小明 1 5 2 7 5 9 6 0 7 2 6") == {"phone"}
    assert kinds("合计 1 3 0 0 5 0 6 0 0 2 6 7 8") == set()


@pytest.mark.parametrize("text", [
    "郭春生1 5 1 - 9 8 4 2 - 3 1 0 0", "申请人王小明家庭电话：0 2 8 - 8 5 7 8 3 0 7 0", "王小明的QQ号码是384756123",
])
def test_numbers_drawn_letter_by_letter(text: str) -> None:
    assert kinds(text) == {"phone"}


def test_a_column_of_plates_without_their_province() -> None:
    assert [hit.case for hit in find("D12345", context="车牌号")] == ["plate"]
    assert [hit.case for hit in find("D12345", context="型号")] == []


def test_numbers_in_groups_broken_anywhere_by_the_end_of_a_line() -> None:
    number = card()
    groups = " ".join(number[at:at + 4] for at in range(0, 19, 4))
    before, after = "退还保证金至王小明个人账户卡号", "，其余事项另行通知。"
    for at in range(1, len(groups)):
        if groups[at - 1] != " " and groups[at] != " ":
            assert "bank_card" in kinds(f"{before}{groups[:at]}\n{groups[at:]}{after}"), groups[:at]
    for at in range(1, 12):
        line = f"{'0598-3812345'[:at]}\n{'0598-3812345'[at:]}"
        assert "phone" in kinds(f"经核实，申请人王小明家庭电话：{line}{after}"), line


def test_mail_over_the_end_of_a_line() -> None:
    for text in ("邮箱：zw88@1\n63.com，请回复", "邮箱：zhang.w\nei88@163.com", "邮箱：zw88@163.c\nom"):
        hit, = find(text)
        assert hit.kind == "email"
    two = find("邮箱：zw88@163.com\nlx66@163.com")
    assert [one.masked for one in two] == ["z***", "l***"]


def test_a_list_that_begins_farther_down_has_its_own_heads() -> None:
    above = [["序号", "单位"], ["1", "财政局"], ["2", "民政局"], ["名单", ""]]
    rows = [*above, ["姓名", "家庭电话"], ["王小明", "0598-3812345"]]
    pieces = [
        Piece(text, f"表格1 第{row}行第{column}列", row=row, table="表格1")
        for row, cells in enumerate(rows, 1) for column, text in enumerate(cells, 1) if text
    ]
    assert [finding.kind.value for finding in scan(pieces).findings] == ["phone"]


def test_a_mobile_number_behind_a_name_over_the_end_of_a_line() -> None:
    text = "2025年7月20日\n王小明 1666\n3215257 已告知本人"
    assert [hit.case for hit in find(text)] == ["mobile"]


@pytest.mark.parametrize(("text", "kind"), [
    ("申请人持美国护照，护照号码583885214", Kind.PASSPORT),
    ("个人邮箱_wang_fang95725@sina.com", Kind.EMAIL),
    ("本人系阳光城A区7#2-1101业主", Kind.ADDRESS), ("胡云手机：18842198696 %1.", Kind.PHONE),
    ("违法车辆：黔AD66842", Kind.PLATE),  # 黔 for 贵, as people write
    (
        "被申请人李晓，女，住青秀区白马乡大塘村1\n3组49号，个体户。\n"
        "本决定自送达之日起生效，逾期不履行的依法申请人民法院强制执行。", Kind.ADDRESS,
    ),
])
def test_more_ways(text: str, kind: Kind) -> None:
    assert [hit.kind for hit in find(text)] == [kind]


@pytest.mark.parametrize("text", [
    '{"rows": [["3月", 193, 132, 64715.86], ["4月", 81, 87, 55543.74]]}',
    "数量\n4532\n8150\n8884\n6696\n合计", "收款单位：县财政局。非税收入缴款识别码：330120235408836508",
    "7#5353 3#7#5373 5#573",
    "当事人：青溪市恒通商贸有限公司\n住所（住址）：青溪市高新区科创路76号\n法定代表人：李*",
])
def test_figures_of_a_list_and_the_seat_of_a_company_do_not_block(text: str) -> None:
    assert {hit.case for hit in find(text)} <= {"address_doubtful"}


@pytest.mark.parametrize("label", ["执法证号：", "工作证编号：", "工号", "资格证号码为"])
def test_a_number_that_the_text_calls_something_else_is_doubtful(label: str) -> None:
    assert [hit.case for hit in find(f"执法人员李建国，{label}18306502437")] == ["mobile_doubtful"]


@pytest.mark.parametrize("unit", ["吨", "万元", "立方米", "（亩）"])
def test_figures_beside_their_unit_are_no_telephones(unit: str) -> None:
    cells = ["粮食产量", unit, "19434306008"]
    row = [Piece(text, f"第2行第{at}列", row=2, table="表") for at, text in enumerate(cells, 1)]
    assert scan(row).findings == []
    row[1] = Piece("手机", "第2行第2列", row=2, table="表")
    assert scan(row).findings


def test_a_mailbox_at_home_is_a_persons() -> None:
    assert [hit.case for hit in find("请把修改稿发到我家里邮箱 9964050145@qq.com，田小静。")] == ["email"]
