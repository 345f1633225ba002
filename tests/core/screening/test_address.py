"""Homes in the ways in which registers, letters and rulings write them, and the seats of offices that stay."""

from __future__ import annotations

import pytest

from gongkai.core.screening.model import Kind
from gongkai.core.screening.personal import find

HOMES = [
    "某省青澜市燕河街道沙溪大道364号3幢2单元502室", "青澜市湖里区沙溪路88弄12号601室",
    "青澜市湖里区江畔路1209弄3支弄15号",
    "青澜市湖里区一区5门302号", "青澜市湖里区望湖西园三区312楼5单元101", "青澜市湖里区中南路18号附3号",
    "青澜市湖里区宁海路75号2幢乙单元304室", "青澜市湖里区湖滨南路57号之三602", "青澜市湖里区槐北路46号1-2-301",
    "青澜市湖里区东大街12号3-2-501", "青澜市湖里区东街1032号402", "尤河县城关镇水东新城6#楼1203",
    "青澜市湖里区花园8#1502",
    "青澜市北山镇新寨村6组12号", "青澜市北山镇新寨村坑边12号", "衡水县西渡镇梅花村石塘组", "农和县合隆镇陈家店村八社",
    "白杨坪乡洞下槽村三组18号", "镇河县花山乡放羊坡村民委员会大寨村民小组9号", "马水县林河镇兴华村弄拉屯25号",
    "青澜市湖里区桃园北路12号5排3户", "青澜市湖里区山东路123号院4单元东户", "青澜市湖里区民生路235号附1-3-2",
    "乌河市新区街道北京西路364号小区28号楼1706室",
]
SAID = [
    "家庭住址：{}", "王小明，现住{}，独居。", "户籍所在地{}", "文书请邮寄至王小明住所：{}。", "申请人王小明，地址：{}",
    "受送达人：王小明，地址：{}", "通讯地址：{}（王小明收）", "联系地址：{}，收件人王小明", "原告王小明，住{}",
    "住所地：{}",
]


@pytest.mark.parametrize("said", SAID)
@pytest.mark.parametrize("home", HOMES)
def test_a_home_is_found_however_it_is_written(home: str, said: str) -> None:
    text = said.format(home)
    hits = [hit for hit in find(text) if hit.kind == "address"]
    assert hits
    assert all(len(hit.masked) == hit.stop - hit.start for hit in hits)
    assert home not in "".join(hit.masked for hit in hits)


@pytest.mark.parametrize("text", [
    "办公地址：青澜市沙溪路12号市政府大楼305室", "地址：青澜市沙溪路100号", "公司住所：青澜市尼河园区88号3幢301室",
    "招标人地址：青澜市南山路8号1号楼302室，联系人：林先生", "报名地点：市政务服务中心3号楼2层205室",
    "改造范围：沙溪花园1幢至12幢，共36个单元", "施工地点：北山镇新寨村6组至12组道路硬化",
    "会议地点：行政中心2号楼501会议室",
    "北山镇新寨村村民委员会，地址：新寨村16号", "街道社区卫生服务中心，地址：沙溪大道100号",
    "复议机关地址：青澜市新市中路186号6号楼302室", "一组数据显示", "青政〔2025〕12号", "12号线地铁",
    "幼儿园位于新安小区3号楼一层",
    "住房和城乡建设局地址：南山路5号2号楼401室", "住建部门负责", "请居住在本街道的市民", "常住人口12万",
    "东风村3组新建水渠200米",
    "经营者：林某，经营场所：青澜市中山路88号",
    "当事人：青澜建设工程有限公司；住所：青澜市尼河园区88号301室；法定代表人：林某。",
])
def test_the_seat_of_an_office_is_no_home(text: str) -> None:
    assert [hit.case for hit in find(text) if hit.kind == "address"] == []


def test_a_home_that_runs_over_the_end_of_a_line() -> None:
    before = "经核实，信访事项基本属实。申请人王小明家庭住址：某省青澜市燕河街道沙溪"
    for line, rest in (("大", "道364号3幢2单元502室"), ("大道", "364号3幢2单元502室"), ("大道364号3", "幢2单元502室")):
        text = f"{before}{line}\n{rest}，其反映的情况已经转交有关部门处理，现予公开。"
        hit, = [hit for hit in find(text) if hit.kind == "address"]
        assert text[hit.start:hit.stop].endswith("502室")
        assert "\n" in hit.masked
        assert hit.masked.startswith("某省青澜市燕河街道*")


def test_short_lines_are_not_put_together() -> None:
    text = "住址：青澜市沙溪路12号\n王小明\n文三路100号的说明已经送达，请各单位按照要求认真组织实施并做好记录。"
    hit, = [hit for hit in find(text) if hit.kind == "address"]
    assert text[hit.start:hit.stop] == "青澜市沙溪路12号"


@pytest.mark.parametrize("home", [
    "粮食局家属楼2单元301", "幸福里小区C3-502", "紫荆花园1208", "建设巷7号平房", "东方红嘎查牧民点3号", "第六作业站4栋",
    "东风路733号之二1202房",
])
@pytest.mark.parametrize("around", [
    "住址：{}", "住　址：{}", "现住{}",
    "申请人周建民，住所地：{}。", "邮寄地址：{} 周建民 收", "收件人：周建民，地址：{}",
])
def test_homes_without_the_usual_parts(home: str, around: str) -> None:
    text = around.format(home)
    found = [hit for hit in find(text) if hit.kind is Kind.ADDRESS]
    assert [text[hit.start:hit.stop] for hit in found] == [home]
    assert found[0].case == "address"


@pytest.mark.parametrize("label", ["联系地址：{}", "通讯地址：{}"])
def test_where_somebody_is_reached_may_be_a_home(label: str) -> None:
    said = [hit.case for hit in find(label.format("红旗路园荫里12-4-602")) if hit.kind is Kind.ADDRESS]
    assert said == ["address_doubtful"]
    office = f"{label.format('人民路12号金桂小区15号楼602室')}（县自然资源局办公室）"
    assert [hit.case for hit in find(office) if hit.kind is Kind.ADDRESS] == []


@pytest.mark.parametrize(("home", "shown"), [
    ("温州市鹿城区南门街道锦绣小区3幢502室", "温州市鹿城区南门街道****"),
    ("长沙市岳麓区咸嘉新村金桂小区5栋302", "长沙市岳麓区******"),
    ("青澜县城关镇大坪村3组27号", "青澜县城关镇***"),
])
def test_a_home_is_masked_down_to_its_township(home: str, shown: str) -> None:
    masked = next(hit.masked for hit in find(f"住址：{home}") if hit.kind is Kind.ADDRESS)
    assert masked.startswith(shown)


@pytest.mark.parametrize("home", [
    "南屏县解放街３７０弄\n３４号３０３室", "青澜市湖里区中南路18号3栋2单\n元216室",
    "青澜市湖里区中南路18号\n3栋\n216室",
])
def test_a_home_goes_on_in_a_short_next_line(home: str) -> None:
    text = f"住址：{home}。\n以上情况属实，请予核实并在规定的期限以内办理完毕后将结果告知本人为盼。"
    assert [text[hit.start:hit.stop] for hit in find(text) if hit.kind is Kind.ADDRESS] == [home]


def test_a_home_ends_where_another_line_begins() -> None:
    text = "住址：青澜市湖里区中南路18号\n3月5日收到申请，已经依法受理，在规定的期限以内办理完毕\n二、办理情况"
    assert [text[hit.start:hit.stop] for hit in find(text) if hit.kind is Kind.ADDRESS] == ["青澜市湖里区中南路18号"]
