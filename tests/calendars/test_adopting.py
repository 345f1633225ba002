"""A new year adopted by an office: who may, what is refused, who reckons with it from then on."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction
from tests.factories import SYSTEM, actor, agency

from gongkai.accounts import roles
from gongkai.accounts.permissions import Denied
from gongkai.agencies import actions as agencies
from gongkai.calendars import actions, probes, queries, rules
from gongkai.calendars.models import Arrangement
from gongkai.core.deadlines import Channel, Conventions, Facts, reply_due
from gongkai.core.errors import Refused
from gongkai.core.workdays import shipped
from gongkai.ledger.queries import timeline

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
HOLIDAYS = (
    ("元旦", "1月1日至3日", ""), ("春节", "2月5日至11日", "2月13日（周六）"), ("清明节", "4月5日", ""),
    ("劳动节", "5月1日至5日", "5月8日（周六）"), ("端午节", "6月9日", ""), ("中秋节", "9月15日", ""),
    ("国庆节", "10月1日至7日", "10月9日（周六）"),
)


def notice(year: int = 2027, number: str = "国办发明电〔2026〕1号", issued: str = "2026-11-10", **changed: str) -> str:
    lines = [f"year = {year}", f'notice = "{number}"', f"date = {issued}"]
    for name, off, work in HOLIDAYS:
        lines += ["[[holidays]]", f'name = "{name}"', f'off = "{changed.get(name, off)}"']
        lines += [f'work = "{work}"'] if work and year == 2027 else []
    return "\n".join(lines)


def local(region: str, day: str = "6月6日") -> str:
    return f'year = 2026\nregion = "{region}"\ntitle = "本地通知"\ndate = 2026-01-05\n' \
           f'[[holidays]]\nname = "本地节日"\noff = "{day}"'


def adopt(text: str | None = None, **more: object) -> Arrangement:
    given = {"by": SYSTEM, "text": text or notice(), "at": AT} | more
    return actions.adopt(**given)


def test_from_then_on_the_year_is_known_and_dates_settle():
    facts = Facts(date(2026, 12, 10), Channel.POST)
    before = reply_due(facts, queries.calendar_for())
    assert (before.due_on, before.status) == (date(2027, 1, 7), "provisional")
    adopted = adopt()
    after = reply_due(facts, queries.calendar_for())
    assert (after.due_on, after.status) == (date(2027, 1, 8), "settled")
    assert queries.calendar_for().known_through == date(2027, 12, 31)
    assert any(step.source == "国办发明电〔2026〕1号" for step in after.steps)
    assert shipped().known_through == date(2026, 12, 31), "what is shipped stays as it is"
    told = timeline("calendar", adopted.pk).last()
    assert told.kind == "calendars.adopted"
    assert "2027年节假日安排（国办发明电〔2026〕1号）：放假 25 天，调休上班 3 天" in told.sentence


def test_what_it_would_be_is_told_before_and_is_what_it_becomes():
    parsed = rules.understood(notice())
    would = queries.with_arrangement(parsed)
    assert queries.calendar_for().known_through == date(2026, 12, 31)
    adopt()
    days = [date(2026, 12, 1) + timedelta(days=n) for n in range(400)]
    assert [would.note(day) for day in days] == [queries.calendar_for().note(day) for day in days]


def test_the_newest_of_a_year_is_in_force_and_the_same_again_is_nothing_new():
    first = adopt()
    assert adopt() == first
    assert adopt("# 同一份通知\n" + notice()) == first
    second = adopt(notice(端午节="6月9日至11日"))
    assert second.pk > first.pk
    assert not queries.calendar_for().is_workday(date(2027, 6, 10))
    assert "替换此前的安排" in timeline("calendar", second.pk).last().sentence
    adopt()
    assert queries.calendar_for().is_workday(date(2027, 6, 10)), "back to the first text"
    assert Arrangement.objects.in_force().count() == 1
    assert Arrangement.objects.count() == 3


def test_what_was_rolled_back_is_not_remembered():
    with transaction.atomic():
        adopt(notice(端午节="6月9日至11日"))
        assert not queries.calendar_for().is_workday(date(2027, 6, 10))
        transaction.set_rollback(True)
    assert queries.calendar_for().known_through == date(2026, 12, 31)
    adopt()
    assert queries.calendar_for().is_workday(date(2027, 6, 10))


@pytest.mark.parametrize(("text", "more", "code"), [
    (notice(2029), {}, "year-far"), (notice(2018, issued="2017-11-01"), {}, "year-far"),
    (notice(issued="2026-12-01"), {}, "notice-to-come"), (notice() + "\n[x]\n", {}, "arrangement"),
    (notice(春节="2月30日"), {}, "arrangement"), (notice(), {"region": "火星"}, "unknown-region"),
    (local("650000"), {"region": "440000"}, "region-differs"), (local("650000"), {"region": ""}, "region-differs"),
    (local("650000").replace("title", "verified = false\ntitle"), {}, "unverified"),
])
def test_what_cannot_be_is_refused_and_nothing_is_kept(text: str, more: dict[str, str], code: str):
    with pytest.raises(Refused) as refused:
        adopt(text, **more)
    assert refused.value.code == code
    assert "%(" not in refused.value.message
    assert not Arrangement.objects.exists()
    assert not timeline("calendar", 1).exists()


@pytest.mark.parametrize("role", roles.ALL, ids=lambda role: role.key)
def test_who_may_adopt_for_the_country(role: type[roles.Role]):
    by = actor(agency(), role)
    if role in {roles.SystemAdministrator, roles.Supervisor}:
        assert adopt(by=by).adopted_by_id == by.user_id
    else:
        with pytest.raises(Denied):
            adopt(by=by)


def test_a_post_below_the_top_may_only_arrange_its_own_region():
    province = agency("青澜省人民政府", region="440000")
    city = agency("云麓市人民政府", province, region="440100")
    by = actor(city, roles.Supervisor)
    for text in (notice(), local("440000"), local("650000"), local("440200")):
        with pytest.raises(Denied):
            adopt(text, by=by)
    assert adopt(local("440100"), by=by).region == "440100"
    assert adopt(local("440106"), by=by).region == "440106", "a district inside it"
    assert adopt(local("440000"), by=actor(province, roles.Supervisor)).region == "440000"


def test_an_agency_keeps_the_holidays_of_its_region_or_of_the_nearest_above():
    autonomous = agency("青澜自治区人民政府", region="新疆")
    county = agency("青澜县人民政府", autonomous)
    bureau = agency("青澜县民政局", county)
    elsewhere = agency("邻县人民政府")
    adopt(local("650000"))
    adopt(local("650100", "6月8日"))
    day, city_day = date(2026, 6, 5), date(2026, 6, 8)
    adopt(local("650000", "6月5日"))
    assert [queries.calendar_of(one).is_workday(day) for one in (autonomous, county, bureau, elsewhere)] == [
        False, False, False, True,
    ]
    agencies.change(by=SYSTEM, agency=county, at=AT, region="650100")
    for one in (county, bureau):
        one.refresh_from_db()
        assert not queries.calendar_of(one).is_workday(city_day)
        assert not queries.calendar_of(one).is_workday(day), "the wider region's days hold inside"
    assert queries.calendar_of(autonomous).is_workday(city_day)
    assert queries.region_of(bureau) == "650100"
    assert queries.with_arrangement(rules.understood(local("440000")), "650100") is queries.calendar_for("650100")


def test_adopting_settles_a_region_s_year():
    assert not queries.calendar_for("650000").knows(date(2026, 3, 2))
    adopt(local("650000"))
    assert queries.calendar_for("650000").knows(date(2026, 3, 2))
    assert queries.calendar_for("650000").known_through == date(2026, 12, 31)


def test_the_calendar_costs_one_small_query_and_is_built_once(django_assert_num_queries):
    adopt()
    built = queries.calendar_for()
    with django_assert_num_queries(1):
        assert queries.calendar_for() is built
    bureau = agency("青澜县民政局", agency())
    with django_assert_num_queries(2):
        assert queries.calendar_of(bureau) is built


def test_the_years_in_force_are_told_with_who_adopted_them():
    adopt()
    adopt(local("650000"))
    known = queries.known_years("650000")
    assert [(one.arrangement.year, one.arrangement.region, one.adopted is not None) for one in known][:4] == [
        (2027, "", True), (2026, "", False), (2026, "650000", True), (2025, "", False),
    ]
    assert (known[1].off, known[1].worked) == (33, 6)


def test_the_readings_of_the_law_can_be_set(settings):
    assert queries.conventions() == Conventions()
    settings.GONGKAI_CLOCK = {"receipt_day_counts": True, "soon_days": 5}
    assert queries.conventions() == Conventions(receipt_day_counts=True, soon_days=5)


def test_doctor_finds_an_altered_row_and_days_that_ran_out(time_machine):
    time_machine.move_to(AT)
    row = adopt()
    assert probes.calendars().well
    days = row.days | {"days": row.days["days"][1:]}
    Arrangement.objects.filter(pk=row.pk).update(days=days)
    assert not probes.calendars().well
    Arrangement.objects.filter(pk=row.pk).update(days=row.days)
    time_machine.move_to(datetime(2028, 1, 3, tzinfo=UTC))
    assert "请采用2028年的安排" in probes.calendars().sentence
