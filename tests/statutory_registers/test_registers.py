"""The registers behind table 二: what is entered, ended, shown and cancelled, and what the cells count."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Q
from tests import factories

from gongkai.accounts import roles
from gongkai.accounts.permissions import Denied
from gongkai.core.errors import Refused
from gongkai.ledger.models import Entry as LedgerEntry
from gongkai.statutory_registers import actions, figures
from gongkai.statutory_registers.importing import DOCUMENTS, look
from gongkai.statutory_registers.models import Document, Entry
from gongkai.statutory_registers.queries import unshown

pytestmark = pytest.mark.django_db
AT = datetime(2024, 3, 20, 9, 0, tzinfo=UTC)
TODAY = date(2024, 3, 20)


@pytest.fixture
def bureau():
    return factories.agency("青澜县民政局")


@pytest.fixture
def clerk(bureau):
    return factories.actor(bureau, roles.Clerk)


def document(by, agency, **values):
    given = {
        "kind": "normative", "title": "青澜县养老服务补贴办法", "made_on": date(2023, 5, 1),
        "number": "青民规〔2023〕1号",
    }
    return actions.enter_document(by=by, agency=agency, at=AT, **given | values)


def test_documents_made_repealed_and_in_force_are_counted_on_the_last_day_of_the_year(bureau, clerk):
    old = document(clerk, bureau, number="青民规〔2019〕2号", made_on=date(2019, 4, 1), disclosed_on=date(2019, 4, 9))
    new = document(clerk, bureau, disclosed_on=date(2023, 5, 8))
    document(clerk, bureau, number="青民规〔2020〕1号", made_on=date(2020, 1, 1), expires_on=date(2023, 12, 31))
    actions.end_document(by=clerk, document=old, ending="repealed", on=date(2023, 5, 1), ended_by=new, at=AT)
    cells = figures.table_two(Q(agency=bureau), 2023)
    assert {key: cell.value for key, cell in cells.items() if key.startswith("t2.normative")} == {
        "t2.normative.made": 1, "t2.normative.repealed": 1, "t2.normative.in_force": 1,
    }
    assert list(cells["t2.normative.in_force"].records) == [new]
    older = figures.table_two(Q(agency=bureau), 2019, "2019")
    assert [older[f"t2.normative.{c}"].value for c in ("made", "disclosed", "total")] == [1, 1, 1]
    assert figures.table_two(Q(agency=bureau), 2023, "2019")["t2.normative.total"].value == 2


def test_decisions_count_published_or_not_and_cancelled_rows_do_not(bureau, clerk):
    for number in range(3):
        actions.add_entry(by=clerk, agency=bureau, register="penalty", on=date(2024, 2, 1), subject="违法占道经营",
                          number=f"青罚{number}号", at=AT)
    last = actions.add_entry(by=clerk, agency=bureau, register="penalty", on=date(2024, 2, 2), subject="未批先建",
                             shown="lawfully_not", shown_reason="涉及未成年人", at=AT)
    cells = figures.table_two(Q(agency=bureau), 2024)
    assert cells["t2.penalties.decisions"].value == 4
    actions.cancel_entry(by=clerk, entry=last, reason="重复登记", at=AT)
    assert cells["t2.penalties.decisions"].value == 3
    with pytest.raises(Refused) as again:
        actions.show_entry(by=clerk, entry=last, shown="not_yet", at=AT)
    assert again.value.code == "cancelled"


def test_fees_are_a_sum_in_ten_thousands_and_change_counts_items(bureau, clerk):
    for amount in ("12,000.50", "0.3万", 100):
        actions.add_entry(by=clerk, agency=bureau, register="fee", on=date(2024, 1, 5), subject="婚姻登记证工本费",
                          amount=amount, at=AT)
    assert figures.table_two(Q(agency=bureau), 2024)["t2.fees.amount"].value == Decimal("1.51005")
    kept = actions.add_item(by=clerk, agency=bureau, register="fee", name="工本费", from_on=date(2018, 1, 1), at=AT)
    actions.add_item(by=clerk, agency=bureau, register="fee", name="检测费", from_on=date(2019, 3, 1), at=AT)
    actions.end_item(by=clerk, item=kept, on=date(2019, 6, 1), at=AT)
    cells = figures.table_two(Q(agency=bureau), 2019, "2019")
    assert (cells["t2.fees.items"].value, cells["t2.fees.change"].value) == (1, 0)
    assert figures.table_two(Q(agency=bureau), 2020, "2019")["t2.fees.items"].value == 1


def test_decisions_not_shown_within_seven_working_days_are_late(bureau, clerk):
    def licensed(on):
        return actions.add_entry(by=clerk, agency=bureau, register="licence", on=on, subject="养老机构备案", at=AT)

    early = licensed(date(2024, 3, 10))
    licensed(date(2024, 3, 11))
    # 11 March + 7 working days = 20 March: not late on that day. Of Sunday the 10th the 11th is the first: 19 March.
    assert list(unshown(bureau, "licence", date(2024, 3, 19))) == []
    assert list(unshown(bureau, "licence", date(2024, 3, 20))) == [early]
    assert unshown(bureau, "licence", date(2024, 3, 21)).count() == 2
    actions.show_entry(by=clerk, entry=early, shown="shown", on=date(2024, 3, 15), at=AT)
    assert unshown(bureau, "licence", date(2024, 3, 21)).count() == 1
    assert not unshown(bureau, "fee", date(2024, 3, 21)).exists()


@pytest.mark.parametrize(("values", "code"), [
    ({"title": " "}, "words-missing"), ({"kind": "letter"}, "document-kind"),
    ({"made_on": date(2024, 3, 21)}, "future-date"), ({"effective_on": date(2023, 4, 30)}, "wrong-order"),
    ({"expires_on": date(2023, 5, 1)}, "wrong-order"), ({"title": "长" * 301}, "words-too-long"),
])
def test_a_document_that_cannot_be_is_refused(bureau, clerk, values, code):
    with pytest.raises(Refused) as refused:
        document(clerk, bureau, **values)
    assert refused.value.code == code
    assert not Document.objects.exists()


def test_personal_data_has_no_place_in_a_register(bureau, clerk):
    with pytest.raises(Refused) as refused:
        actions.add_entry(by=clerk, agency=bureau, register="penalty", on=TODAY, at=AT,
                          subject="对11010519491231002X的处罚")
    assert refused.value.code == "personal"


def test_only_who_keeps_the_registers_writes_and_every_act_is_recorded(bureau, clerk):
    leader = factories.actor(bureau, roles.Signatory)
    with pytest.raises(Denied):
        document(leader, bureau)
    kept = document(clerk, bureau)
    actions.correct_document(by=clerk, document=kept, filing_number="备2023-9", at=AT)
    actions.link_document(by=clerk, document=kept, reason="内部工作规程", at=AT)
    actions.end_document(by=clerk, document=kept, ending="lapsed", on=TODAY, at=AT)
    told = LedgerEntry.objects.filter(subject_kind="register_document").order_by("sequence")
    assert [entry.kind for entry in told] == [f"registers.document_{what}" for what in (
        "entered", "changed", "linked", "ended")]
    with pytest.raises(Refused) as twice:
        actions.end_document(by=clerk, document=kept, ending="repealed", on=TODAY, at=AT)
    assert twice.value.code == "already-ended"


def test_the_database_refuses_a_number_twice_and_an_end_before_the_beginning(bureau, clerk):
    kept = document(clerk, bureau)
    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.create(agency=bureau, kind="normative", title="同号", number=kept.number,
                                made_on=kept.made_on, added_at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.filter(pk=kept.pk).update(ending="lapsed", ended_on=date(2020, 1, 1))


def sheet(*lines):
    return "\n".join(lines).encode("gb18030")


def test_a_wrong_row_is_listed_with_its_reason_and_the_rest_goes_in_only_if_asked(bureau, clerk):
    data = sheet(
        "文号,处罚决定日期,案由,是否公示,公示日期",
        "青罚1号,2024-02-01,占道经营,是,2024-02-05", "青罚2号,2024年2月30日,占道经营,否,",
        "青罚1号,2024-02-03,占道经营,否,", ",2024-02-03,,否,", "青罚3号,20240203,占道经营,也许,",
        "青罚4号,2024.2.4,占道经营,,2024-02-09",
    )
    looked = look(bureau, "penalty", data, "处罚.csv", today=TODAY)
    assert [(one.row, one.field, one.code) for one in looked.refused] == [
        (3, "日期", "date-shape"), (4, "文号", "number-twice"), (5, "事项", "words-missing"),
        (6, "公示情况", "shown-state"),
    ]
    with pytest.raises(Refused) as stopped:
        actions.import_rows(by=clerk, looked=looked, at=AT)
    assert stopped.value.code == "rows-refused"
    assert not Entry.objects.exists()
    made = actions.import_rows(by=clerk, looked=looked, at=AT, skip_refused=True)
    assert (made.rows, made.refused) == (2, 4)
    assert sorted(Entry.objects.values_list("number", "shown")) == [("青罚1号", "shown"), ("青罚4号", "shown")]
    again = look(bureau, "penalty", data, "处罚.csv", today=TODAY)
    assert [one.code for one in again.refused if one.row in (2, 7)] == ["number-taken", "number-taken"]


def test_a_register_of_documents_comes_in_and_counts(bureau, clerk):
    data = sheet(
        "名称,文号,成文日期,废止日期,失效日期,公开日期", "办法一,青规1号,2021-01-01,,,2021-01-05",
        "办法二,青规2号,2021-02-01,2023-03-01,,2021-02-05", "办法三,青规3号,2023-02-01,2022-03-01,,",
    )
    looked = look(bureau, DOCUMENTS, data, "规范性文件.csv", today=TODAY)
    assert [(one.row, one.code) for one in looked.refused] == [(4, "wrong-order")]
    actions.import_rows(by=clerk, looked=looked, at=AT, skip_refused=True)
    cells = figures.table_two(Q(agency=bureau), 2023)
    assert [cells[f"t2.normative.{c}"].value for c in ("made", "repealed", "in_force")] == [0, 1, 1]
