"""Who asked for the same thing, what tells the two apart, and how often one applicant asks (Arts. 35, 36(6), 44)."""

from __future__ import annotations

import random
import time
from datetime import date, timedelta

import pytest
from tests.applications.makers import AT, ON, PERSON, registered, submitted
from tests.applications.test_intake import PIECES

from gongkai.applications import actions, similar
from gongkai.applications.models import Application, Gram
from gongkai.core.text.similar import Register, signature

pytestmark = pytest.mark.django_db
TEXT = "申请公开2023年度柳溪村集体土地征收的批准文件、征地补偿安置方案及其公告"
REWORDED = "根据政府信息公开条例，请提供柳溪村2023年征地补偿安置方案及其公告、集体土地征收的批准文件"
ANOTHER_YEAR = "申请公开2022年度柳溪村集体土地征收的批准文件、征地补偿安置方案及其公告"
STRANGE = "本人要求公开出租车经营权指标分配文件和运营企业考核结果"


def numbers(found: list[similar.Similar]) -> list[str]:
    return [one.application.number for one in found]


def test_a_reworded_application_is_found_and_an_unrelated_one_is_not(bureau, county):
    registered(bureau, STRANGE)
    first = registered(bureau, TEXT)
    registered(county, TEXT)
    found, = similar.find(REWORDED, bureau)
    assert (found.application, found.application.agency, found.same_applicant) == (first, bureau, False)
    assert found.differs == ()
    assert 0.35 <= found.likeness < 1
    assert similar.find("", bureau) == similar.find("无关", bureau) == []


def test_the_same_of_another_year_is_found_and_told_apart(bureau):
    first, second = registered(bureau, TEXT), registered(bureau, ANOTHER_YEAR)
    again = registered(bureau, REWORDED)
    found = {one.application: one for one in similar.find(again, bureau)}
    assert set(found) == {first, second}
    assert (found[first].may_repeat, found[first].differs) == (True, ())
    assert not found[second].may_repeat
    assert [(d.kind, d.ours, d.theirs) for d in found[second].differs] == [("year", ("2023",), ("2022",))]


def test_the_same_applicant_is_marked_and_another_is_not(bureau):
    registered(bureau, TEXT)
    other = registered(bureau, TEXT, identity={"id_number": "110105194912310022"})
    mine = registered(bureau, REWORDED)
    found = {one.application.number: one.same_applicant for one in similar.find(mine, bureau)}
    assert found == {"2026-0001": True, other.number: False}
    typed = similar.find(TEXT, bureau, applicant_key=mine.applicant_key)
    assert sum(one.same_applicant for one in typed) == 2
    nobody = dict.fromkeys(PERSON, "") | {"name": "欧阳问渠"}
    unknown = [registered(bureau, TEXT, identity=nobody) for _ in range(2)]
    assert not any(one.same_applicant for one in similar.find(unknown[0], bureau, 10))


def test_neither_itself_nor_its_own_pieces_are_like_it(bureau, clerk):
    whole = registered(bureau, TEXT)
    pieces = actions.split(by=clerk, application=whole, pieces=PIECES, reason="两件事", on=ON, at=AT)
    assert similar.find(pieces[0], bureau) == []
    assert similar.find(Application.objects.get(pk=whole.pk), bureau) == []
    assert numbers(similar.find(TEXT, bureau)) == [], "a split application stands in its pieces"
    assert numbers(similar.find(PIECES[0].content, bureau)) == ["2026-0001-1"]


def test_the_index_knows_no_word_of_the_applicant(bureau):
    text = "本人欧阳问渠，证号110105194912310021，电话13900007351，住柳荫街道槐树巷7号，申请公开救助方案"
    made = submitted(bureau, text)
    kept = set(Gram.objects.filter(application=made).values_list("gram", flat=True))
    words = (PERSON["name"], PERSON["id_number"], PERSON["phone"], "槐树巷7号")
    personal = {number for word in words for number in signature(word)}
    assert kept
    assert not kept & personal
    assert set(signature("本人欧阳问渠，电话13900007351")) & personal, "a text as it stands would tell"


def test_the_table_finds_what_the_model_in_memory_finds(bureau):
    """A register of 600, made in bulk: the best of the model is the best of the table; and it is fast."""
    draw = random.Random(3)
    places = [a + b + "村" for a in "东西南北新大小上" for b in "河山桥庄塘沟堡"]
    matters = [TEXT[10:], STRANGE[6:], "危房改造补助资金的分配方案和到户明细", "河道采砂许可证的发放依据和采砂范围图"]
    texts = [f"申请公开{draw.randint(2018, 2025)}年{draw.choice(places)}{draw.choice(matters)}" for _ in range(600)]
    rows = Application.objects.bulk_create([
        Application(
            agency=bureau, number=f"{n}", channel="post", state="registered", applicant_kind="natural", subject="甲",
            content=text, submitted_at=AT, arrived_on=ON, received_on=ON,
        )
        for n, text in enumerate(texts)
    ])
    Gram.objects.bulk_create([gram for row in rows for gram in similar.grams_of(row, row.content)])
    model = Register(enumerate(texts))
    began, agreed = time.process_time(), 0
    for text in draw.sample(texts, 30):
        mine, theirs = similar.find(text, bureau, 1), model.similar(text, limit=1)
        assert mine[0].likeness == pytest.approx(theirs[0].score)
        agreed += mine[0].application.content == texts[theirs[0].key]
    assert agreed == 30
    assert (time.process_time() - began) / 30 < 0.2  # with the model's own search


def test_a_corrected_application_is_found_by_what_it_says_now(bureau, clerk):
    made = registered(bureau, "申请公开材料")
    made = actions.ask_correction(by=clerk, application=made, what="请写明", on=ON, at=AT)
    assert similar.find(REWORDED, bureau) == []
    actions.correct(by=clerk, application=made, content=f"申请公开材料：{TEXT}", on=ON, at=AT)
    assert numbers(similar.find(REWORDED, bureau)) == [made.number]


def test_beyond_the_set_number_reasons_may_be_asked_for(bureau, clerk, settings):
    settings.GONGKAI_EXCESS_PER_MONTH, settings.GONGKAI_EXCESS_PER_YEAR = 3, 5
    made = [registered(bureau, arrived_on=ON - timedelta(days=n)) for n in (0, 1, 2)]
    registered(bureau, arrived_on=date(2026, 1, 5))
    registered(bureau, arrived_on=date(2025, 12, 31))
    registered(bureau, identity={"id_number": "110105194912310022"})
    verdict = similar.excess_of(made[0])
    assert (verdict.exceeds, verdict.over) == (False, ())
    assert "本月 3 件，本年 4 件" in verdict.sentence
    actions.split(by=clerk, application=made[2], pieces=PIECES, reason="两件事", on=ON, at=AT)
    assert similar.excess_of(made[0]).over == ("month",), "each piece counts, the whole does not"
    registered(bureau, arrived_on=date(2026, 2, 2))
    assert similar.excess_of(made[0]).over == ("month", "year")
    assert similar.excess_of(made[0], date(2026, 2, 28)).over == ()
    assert "第三十五条" in similar.excess_of(made[0]).sentence


def test_whoever_cannot_be_known_is_counted_alone(bureau, settings):
    settings.GONGKAI_EXCESS_PER_MONTH = 1
    nobody = dict.fromkeys(PERSON, "") | {"name": "欧阳问渠"}
    made = [registered(bureau, identity=nobody) for _ in range(3)]
    assert not similar.excess_of(made[0]).exceeds
