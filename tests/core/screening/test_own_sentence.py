"""A person's value is found whatever stands in the sentences around it, and what the cleaner masks was told."""

from __future__ import annotations

import io
import json
import struct
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.core.errors import ReadError
from gongkai.core.screening import Kind, Verdict, clean, screen
from gongkai.core.screening.masks import masker
from gongkai.core.screening.model import Piece
from gongkai.core.screening.personal import find
from gongkai.core.screening.personal.id_number import check_digit
from gongkai.core.screening.scan import scan

from .people import ID_NUMBERS, MOBILES, id_number

OFFICE = [
    "联系地址：市民中心B座12楼政务公开科。\n", "会议原则同意，由办公室修改完善后印发。\n",
    "关于做好政务公开工作的通知\n", "",
]
HOMES = [
    "被申请人王小明，住所青澜区羊肉巷23号院6号。", "被申请人王小明，住所青澜区信义路雅苑7栋2-502。",
    "邮寄地址：青澜区友爱里12门404号，王小明收", "王小明家住某兵团一四九团十二连7栋2号。",
    "现住址：机床厂家属院东3排14号",
    "邮寄地址：沙溪镇渔业村委会船民新村6排3号，王小明收",
    "邮寄地址：北山县沙溪镇北路2号（县委大院）宿舍3栋402，王小明收",
    "现住址：北山县沙溪镇前街三巷 9 号", "答复书请寄青澜市北山区向阳路19号丽景湾21座1801房，王小明收。",
    "邮寄地址：沙溪乡大湾村民委员会新村小组52号，王小明收", "收件地址：青澜区大街汇贤里8-3-201，王小明收",
    "住：解放路百货公司家属楼3单元402", "送达地址：星光小区12#2-501", "通讯地址：文化宫后院平房6号，王小明（收）",
    "请寄：青澜区营门街道茶店路8号附12号3楼6号 王小明收", "老家在北山县沙溪乡龙潭村上坝组",
]


def crossed() -> str:
    """An identity number that ends in X."""
    return next(number for at in range(1, 99) if (number := id_number(order=at)).endswith("X"))


@pytest.mark.parametrize("before", OFFICE)
@pytest.mark.parametrize("home", HOMES)
def test_an_office_in_the_line_before_does_not_silence_a_home(before: str, home: str) -> None:
    assert [hit.case for hit in find(before + home)] == ["address"]


@pytest.mark.parametrize("before", OFFICE)
@pytest.mark.parametrize("text", [
    "收件地址：青澜市民政局政策法规科，人民路12号5楼502室", "送达地址：青澜宏达建筑有限公司，滨河路9号3栋402室",
    "答复书请寄青澜市教育局（人民路80号3号楼402室）办公室收",
    "办公地址：青澜市文三路128号市民中心A座12楼766室，邮政编码310012", "被申请人青澜市水利局，住所青澜市燕江中路80号。",
    "联系地址：青澜市燕江中路80号3号楼402室（市水利局办公室收）", "邮寄地址：青澜市燕江中路80号市信访局收",
    "当事人：青澜市宏远建材有限公司，住所：青澜市燕江中路80号3幢402室", "第一组3排5号",
])
def test_the_seat_of_an_office_is_no_home(before: str, text: str) -> None:
    assert find(before + text) == []


@pytest.mark.parametrize("text", [
    "王小明的邮箱是wxm1{}@163.com，材料已发。", "请发到我的邮箱wxm1{}@163.com，不用邮寄。",
])
def test_a_private_mailbox_blocks_below_an_office(text: str) -> None:
    assert [hit.case for hit in find(OFFICE[0] + text.format(234))] == ["email"]


@given(st.lists(st.one_of(
    st.sampled_from([*HOMES, *OFFICE, "办公地址：", "咨询电话：", "青澜市某局",
                     "地址：青澜市沙溪路8号3幢2单元502室", "金额（元）"]),
    ID_NUMBERS, MOBILES,
), min_size=1, max_size=6), st.booleans())
def test_whatever_the_cleaner_masks_has_a_finding(lines: list[str], hidden: bool) -> None:
    pieces = [Piece(line, f"第{at}行", hidden) for at, line in enumerate(lines, 1)]
    told = {finding.where for finding in scan(pieces).findings}
    mask = masker()
    for at, piece in enumerate(pieces):
        # A value over the end of a line is told where it begins.
        beside = {f"第{at + 1 + offset}行" for offset in (-2, -1, 0)}
        assert mask(piece.text) == piece.text or told & beside


@pytest.mark.parametrize("mark", ["Ⅹ", "ⅹ", "Х", "х", "χ", "×", "Ｘ"])
def test_the_check_digit_in_other_letters(mark: str) -> None:
    hit, = find(f"王小明，{crossed()[:17]}{mark}，已核。")
    assert hit.case == "id_number"
    assert hit.stop - hit.start == 18


@given(ID_NUMBERS, st.integers(1, 7), st.integers(1, 4))
def test_certificates_that_hold_an_identity_number(number: str, kind: int, level: int) -> None:
    for text in (f"残疾证{number}{kind}{level}。", f"医师资格证书编码：2020351{kind}{level}{number}。"):
        assert [hit.kind for hit in find(text)] == [Kind.ID_NUMBER]
        assert number not in masker()(text)


def test_twenty_digits_without_an_identity_number_are_none() -> None:
    wrong = str((int(check_digit("33010619800101123").replace("X", "9")) + 1) % 10)
    assert not [hit for hit in find(f"流水号33010619800101123{wrong}13") if hit.case == "id_number"]


def test_letters_drawn_wide_apart() -> None:
    assert [hit.case for hit in find(" ".join(f"王小明（138{12345678}）反映情况属实。"))] == ["mobile"]
    assert [hit.case for hit in find(" ".join("王小明名下车辆蒙B·7F2F7停放在路上。"))] == ["plate"]


@pytest.mark.parametrize("text", ["【机密】第012号", "秘密（内部）★1年", "工作秘密（内部）", "1内部文件 阅后收回"])
def test_marks_with_something_glued_to_them(text: str) -> None:
    screened = screen(f"{text}\n关于开展检查的通知\n".encode(), "a.txt")
    assert Kind.SECRECY_MARK in {one.kind for one in screened.findings if one.verdict is Verdict.BLOCK}


def test_choices_ticked_in_one_cell() -> None:
    data = "项目,属性,说明\n通知,主动公开□　依申请公开☑　不公开□,无\n".encode()
    assert Kind.DISCLOSURE_MARK in {one.kind for one in screen(data, "a.csv").findings}
    data = "项目,属性,说明\n通知,主动公开☑　依申请公开□　不公开□,无\n".encode()
    assert Kind.DISCLOSURE_MARK not in {one.kind for one in screen(data, "a.csv").findings}


def test_a_mark_in_a_value_of_json() -> None:
    data = json.dumps({"items": ["通知", {"note": "工作秘密　注意保管"}]}, ensure_ascii=False).encode()
    assert screen(data, "a.json").verdict is Verdict.BLOCK


def test_letters_of_a_drawing_one_by_one() -> None:
    spans = "".join(f"<tspan x='{at}'>{letter}</tspan>" for at, letter in enumerate(f"手机138{12345678}"))
    data = f"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'><text>{spans}</text></svg>".encode()
    assert Kind.PHONE in {one.kind for one in screen(data, "a.svg").findings}


def test_a_comment_of_xml_in_gb18030() -> None:
    text = "<?xml version='1.0' encoding='GB18030'?><a><!-- 住址：青澜市三圣街113号丽景湾16座804房 --><t>通知</t></a>"
    assert Kind.ADDRESS in {one.kind for one in screen(text.encode("gb18030"), "a.xml").findings}


def test_no_address_of_mail_is_made_of_lines_before_an_office() -> None:
    text = f"e88{4580}\n20190807-7190\nzwgk@yongan.gov.cn0\n0598-31796630"
    assert not [hit for hit in find(text, hidden=True) if hit.kind is Kind.EMAIL]


def _zip(members: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return out.getvalue()


def _before(kept: bytes, first: bytes) -> bytes:
    """An archive behind the members of another whose directory is gone."""
    start = first.index(b"PK\x01\x02")
    end = kept.rindex(b"PK\x05\x06")
    directory = struct.unpack_from("<I", kept, end + 16)[0]
    moved = bytearray(first[:start] + kept)
    struct.pack_into("<I", moved, start + end + 16, directory + start)
    at = start + directory
    while moved[at:at + 4] == b"PK\x01\x02":
        offset = struct.unpack_from("<I", moved, at + 42)[0]
        struct.pack_into("<I", moved, at + 42, offset + start)
        at += 46 + sum(struct.unpack_from("<HHH", moved, at + 28))
    return bytes(moved)


def test_members_that_the_directory_does_not_name() -> None:
    text = f"关于王小明来信的处理情况，身份证{id_number()}，已办结。"
    data = _before(_zip({"通知.txt": "通知"}), _zip({"旧.txt": text}))
    assert zipfile.ZipFile(io.BytesIO(data)).namelist() == ["通知.txt"]
    screened = screen(data, "a.zip")
    assert (Kind.ID_NUMBER, True, Verdict.BLOCK) in {(one.kind, one.hidden, one.verdict) for one in screened.findings}
    assert id_number().encode() not in clean(data, "a.zip").data


def test_a_mark_in_the_name_of_a_member() -> None:
    data = _zip({"内部资料 仅供领导参阅 请勿外传.txt": "通知"})
    assert screen(data, "a.zip").verdict is Verdict.BLOCK
    with pytest.raises(ReadError, match="标志"):
        clean(data, "a.zip")
    assert screen(_zip({"依申请公开.txt": "通知"}), "a.zip").verdict is not Verdict.BLOCK
