"""Cards, addresses, mail, plates, passports, days of birth; and that detectors leave ordinary text alone."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.screening.people import CARDS, ID_NUMBERS, card

from gongkai.core.screening.personal import find
from gongkai.core.screening.personal.bank_card import luhn

KNOWN = card()


def cases(text: str, **options: str) -> list[str]:
    return [hit.case for hit in find(text, **options)]


@given(CARDS)
def test_a_card_is_found_whole_and_in_groups_of_four(number: str) -> None:
    groups = " ".join(number[at:at + 4] for at in range(0, len(number), 4))
    for written in (number, groups, groups.replace(" ", "-"), "\u200b".join(number)):
        hits = [hit for hit in find(f"卡号：{written}") if hit.kind in {"bank_card", "id_number"}]
        assert len(hits) == 1
        assert hits[0].masked.endswith(number[-1])


@given(CARDS, st.integers(0, 15), st.integers(1, 9))
def test_luhn_catches_every_single_slip(number: str, at: int, step: int) -> None:
    slip = str((int(number[at]) + step) % 10)
    assert not luhn(number[:at] + slip + number[at + 1:])


@pytest.mark.parametrize(("text", "expected"), [
    (KNOWN, ["bank_card"]), (f"银行卡号{KNOWN}", ["bank_card"]), ("账号：1202020109000012345", ["account_doubtful"]),
    ("6222021001116245701", []), ("4111111111111111", ["bank_card"]), ("5500000000000004", ["bank_card"]),
    ("流水号1202020109000012345", []),
    (f"户名：某县财政局，账号：{card('120202010900001234')}", ["account_office"]),
    ("6.22202100111624E+18", ["account_doubtful"]),
    ("1234567890123452", []), ("0000000000000000", []),
])
def test_cards_and_accounts(text: str, expected: list[str]) -> None:
    assert cases(text) == expected


def test_the_head_of_a_column_makes_an_account() -> None:
    assert cases("1202020109000012345", context="银行账号") == ["account_doubtful"]
    assert cases("1202020109000012345", context="索引号") == []


@pytest.mark.parametrize(("text", "expected"), [
    ("zhangsan@qq.com", ["email"]), ("发邮件到 zhang.san+1@163.com。", ["email"]),
    ("ｚｈａｎｇ＠ｑｑ．ｃｏｍ", ["email"]),
    ("xxgk@hz.gov.cn", []), ("xxgk@gov.cn", []), ("a@notgov.cn", ["email"]), ("zhang[at]qq.com", ["email"]),
    ("意见反馈邮箱：bureau@163.com", ["email_office"]),
    ("邮 编 ： 223100 ， 电 子 邮 箱 ： office@126.com", ["email_office"]),
    ("马春梅 13885481326@139.com", ["email"]), ("@所有人", []), ("版本 1.0@2023", []),
])
def test_mail(text: str, expected: list[str]) -> None:
    assert cases(text) == expected


@pytest.mark.parametrize(("text", "expected"), [
    ("浙A12345", ["plate"]), ("浙A·12345", ["plate"]), ("浙 A 1 2 3 4 5", ["plate"]), ("浙AD12345", ["plate"]),
    ("浙A12345D", ["plate"]), ("京AF0236", ["plate"]), ("粤B1234挂", ["plate"]), ("浙A1234学", ["plate"]),
    ("浙Ａ１２３４５", ["plate"]),
    ("公务用车处置：浙A12345", ["plate_office"]), ("浙I12345", []), ("川A1234", []), ("新C2023001号", []),
    ("A12345", []),
    ("苏G30京沪高速", []), ("皖B5678K", ["plate"]),
])
def test_plates(text: str, expected: list[str]) -> None:
    assert cases(text) == expected


@pytest.mark.parametrize(("text", "expected"), [
    ("护照号码：G647\n52835，其他", ["passport"]), ("护照号码：E12345678", ["passport"]),
    ("护照EA1234567", ["passport"]), ("台胞证 12345678", ["passport"]),
    ("港澳居民来往内地通行证：H1234567890", ["passport"]), ("E12345678", ["passport_doubtful"]),
    ("国药准字H20123456", []),
    ("型号E12345678", []), ("12345678", []),
])
def test_passports_and_passes(text: str, expected: list[str]) -> None:
    assert cases(text) == expected


@pytest.mark.parametrize(("text", "expected"), [
    ("家住浙江省杭州市西湖区北山街道文三路100号3幢2单元502室", ["address"]),
    ("家庭住址：某县青山镇西湖村3组12号", ["address"]),
    ("户籍地址：某省某市某县某路12号", ["address"]), ("文三新村3幢2单元502室", ["address"]),
    ("青山镇红旗村五组18号", ["address"]),
    ("办公地址：杭州市西湖区文三路100号行政中心3号楼502室", []), ("地址：文三路100号", []),
    ("户籍人口1200户，分12个组", []),
    ("居住地公安机关依据国务院令第663号办理", []), ("住所：某市某路12号，法定代表人：张三，某某有限公司", []),
    ("陕西省西安市雁塔区人民中路76号10号楼253", ["address_doubtful"]), ("新建10号楼253平方米", []),
    ("成都市武侯区玉林南路151号25栋2203号", ["address_doubtful"]),
    ("天河区荷光路199号27栋2203房", ["address_doubtful"]), ("27栋2203房屋", []),
    ("办公地点：玉林南路151号25栋2203号", []),
    ("不动产坐落：文三新村3幢2单元502室", ["address_doubtful"]), ("会议在县政府3号楼502室召开", []),
])
def test_addresses(text: str, expected: list[str]) -> None:
    assert cases(text) == expected


def test_an_address_keeps_its_township() -> None:
    hit, = find("家住某省青澜市北山县沙溪镇向阳路100号3幢502室，有意见")
    assert hit.masked.rstrip("*") == "某省青澜市北山县沙溪镇"
    assert find("文三路100号3幢", context="家庭住址")[0].masked == "*********"


@pytest.mark.parametrize(("text", "expected"), [
    ("张三，男，1980年1月1日出生", ["birth_date"]), ("出生日期：1980-01-01", ["birth_date"]), ("张三，1980年1月生", []),
    ("本条例自2019年5月15日起施行", []), ("2020年1月1日生效", []),
])
def test_days_of_birth(text: str, expected: list[str]) -> None:
    assert cases(text) == expected


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=300), ID_NUMBERS)
def test_any_text_is_read_without_error_and_hits_lie_apart_and_in_it(text: str, number: str) -> None:
    whole = f"{text}。身份证{number}。{text}"
    hits = find(whole)
    assert any(whole[hit.start:hit.stop].strip() == number for hit in hits)
    for one, other in pairwise(hits):
        assert one.stop <= other.start
    for hit in hits:
        assert 0 <= hit.start < hit.stop <= len(whole)
        assert len(hit.masked) == hit.stop - hit.start


ORDINARY = """
青澜县人民政府关于印发2023年重点工作安排的通知（青政发〔2023〕12号），2023年1月5日印发，共印35份。
统一社会信用代码11330106002500000X，项目代码2020-330106-48-01-123456，索引号11330106002500000X/2023-00123。
预算支出1,234,567,890.12元，同比增长12.5%，完成投资13812万元，涉及1200户3450人，面积15234.56平方米。
办公地址：青澜县人民路100号行政中心3号楼502室，邮编：223100，咨询电话：0517-87222589，传真：0517-87222590。
公开招标编号QL2023-0001，合同编号20230105001234，发票代码033002100211，电子监管号3301062023B00123。
申请人可以通过当面、邮寄、网络三种方式提出申请；依申请公开的，自收到申请之日起20个工作日内答复。
"""


def test_an_ordinary_notice_has_nothing() -> None:
    assert cases(ORDINARY) == []
