"""What the public sends: kept once, answered by two, shown without the sender."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests import factories

from gongkai.accounts import roles
from gongkai.accounts.actor import PUBLIC
from gongkai.accounts.permissions import Denied
from gongkai.agencies import actions as agencies
from gongkai.applications.submission import Incoming
from gongkai.core.errors import Refused
from gongkai.ledger.models import Entry
from gongkai.participation import codes, queries
from gongkai.participation.actions import handling, incoming
from gongkai.participation.models import Message
from gongkai.participation.rules import Given
from gongkai.participation.states import OPEN, TABLE, Act, Kind, State, lawful
from gongkai.vault.queries import masked

AT = datetime(2024, 3, 20, 2, 0, tzinfo=UTC)
NAME, PHONE = "欧阳测试", "13800138000"
durable = pytest.mark.django_db(transaction=True)


@pytest.fixture
def bureau(transactional_db):
    return factories.agency("青澜县民政局")


@pytest.fixture
def people(bureau):
    return {
        "clerk": factories.actor(bureau, roles.Clerk), "head": factories.actor(bureau, roles.HeadOfOffice),
        "reviewer": factories.actor(bureau, roles.Reviewer),
    }


def question(**values):
    given = {"kind": "question", "subject": "养老补贴怎么领", "content": "我父亲八十岁，补贴在哪里申请？",
             "identity": {"name": NAME, "phone": PHONE}}
    return Given(**given | values)


def sent(bureau, **values):
    return incoming.send(agency=bureau, given=question(**values), token=uuid4(), at=AT)


@durable
def test_a_message_has_a_number_a_code_and_a_last_day(bureau):
    told = sent(bureau)
    assert (told.message.number, told.message.due_on) == ("咨2024-0001", date(2024, 3, 27))
    assert codes.found("咨2024-0001", told.code.lower()).pk == told.message.pk
    assert codes.found("咨2024-0002", told.code) is None
    assert codes.found("咨2024-0001", "0000-0000-0000") is None
    assert sent(bureau, kind="suggestion").message.number == "建2024-0001"


@durable
def test_the_same_form_twice_is_one_message(bureau):
    token = uuid4()
    first = incoming.send(agency=bureau, given=question(), token=token, at=AT)
    again = incoming.send(agency=bureau, given=question(content="改了"), token=token, at=AT)
    assert (again.again, again.code, again.message.pk) == (True, first.code, first.message.pk)
    assert Message.objects.get().content == question().content


@durable
def test_who_sent_it_is_in_the_vault_and_nowhere_else(bureau):
    message = sent(bureau).message
    assert message.sender_mask
    assert NAME not in message.sender_mask
    assert masked(message.identity)["phone"] == "138****8000"
    told = " ".join(entry.payload for entry in Entry.objects.all())
    assert NAME not in told
    assert PHONE not in told
    assert question().content not in told
    assert sent(bureau, identity={}).message.sender_mask == ""


@durable
def test_a_correction_needs_who_proof_and_the_record(bureau):
    def asked(files=(), **values):
        return incoming.send(
            agency=bureau, given=question(kind="correction", **values), token=uuid4(), at=AT, files=files,
        )

    proof = [Incoming("证明.txt", [b"proof of identity"])]
    for values, code in (({}, "words-missing"), ({"record": "低保公示名单第3行", "identity": {}}, "identity-missing")):
        with pytest.raises(Refused) as refused:
            asked(files=proof, **values)
        assert refused.value.code == code
    with pytest.raises(Refused) as refused:
        asked(record="低保公示名单第3行")
    assert refused.value.code == "proof-missing"
    kept = asked(files=proof, record="低保公示名单第3行").message
    assert kept.files.get().name == "证明.txt"
    assert Message.objects.count() == 1


@durable
def test_the_reply_is_released_by_another_and_then_read(bureau, people):
    message = sent(bureau).message
    handling.draft(by=people["head"], message=message, outcome="answered", reply="到社区申请。", at=AT)
    with pytest.raises(Refused) as own:
        handling.release(by=people["head"], message=message, at=AT)
    assert own.value.code == "own-draft"
    with pytest.raises(Denied):
        handling.release(by=people["clerk"], message=message, at=AT)
    done = handling.release(by=people["reviewer"], message=message, at=datetime(2024, 3, 28, 2, 0, tzinfo=UTC))
    assert done.state == State.REPLIED
    assert "逾期" in Entry.objects.filter(kind="participation.replied").get().sentence
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.filter(pk=done.pk).update(drafted_by_id=done.replied_by_id)


@durable
def test_what_everybody_reads_holds_neither_the_sender_nor_numbers(bureau, people):
    message = sent(bureau).message
    handling.draft(by=people["clerk"], message=message, outcome="answered", reply="到社区申请。", at=AT)
    handling.release(by=people["reviewer"], message=message, at=AT)
    for words, code in ((f"{NAME}问补贴", "sender-left"), ("身份证11010519491231002X怎么办", "personal")):
        with pytest.raises(Refused) as refused:
            handling.show(
                by=people["reviewer"], message=message, public_question=words, public_reply="到社区。", at=AT,
            )
        assert refused.value.code == code
    assert not queries.questions().exists()
    handling.show(
        by=people["reviewer"], message=message, public_question="高龄补贴在哪里申请？", public_reply="到社区。", at=AT,
    )
    assert [one.public_question for one in queries.questions(bureau, "社区")] == ["高龄补贴在哪里申请？"]
    handling.hide(by=people["clerk"], message=message, at=AT)
    assert not queries.questions().exists()


@durable
def test_a_section_answers_its_own_and_sees_no_other(bureau, people):
    section = agencies.set_section(by=people["head"], agency=bureau, name="养老科", at=AT)
    worker = factories.user("worker")
    from gongkai.accounts.models import Post
    from gongkai.accounts.queries import actor_for

    Post.objects.create(user=worker, agency=bureau, role="contributor", section=section, valid_from=date(2020, 1, 1))
    contributor = actor_for(worker, on=date(2024, 3, 20))
    mine, other = sent(bureau).message, sent(bureau).message
    mine = handling.assign(by=people["clerk"], message=mine, section=section, at=AT)
    assert list(Message.objects.visible_to(contributor)) == [mine]
    with pytest.raises(Denied):
        handling.draft(by=contributor, message=other, outcome="answered", reply="…", at=AT)
    drafted = handling.draft(by=contributor, message=mine, outcome="answered", reply="到社区。", at=AT)
    assert drafted.state == State.DRAFTED
    with pytest.raises(Denied):
        handling.release(by=contributor, message=mine, at=AT)


@durable
def test_somebody_elses_page_of_before_decides_nothing(bureau, people):
    message = sent(bureau).message
    seen = message.revision
    handling.assign(by=people["clerk"], message=message, section=None, at=AT, seen=seen)
    with pytest.raises(Refused) as refused:
        handling.close(by=people["head"], message=message, reason="重复", at=AT, seen=seen)
    assert refused.value.code == "changed-meanwhile"


@durable
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.sampled_from(sorted(set(Act))), max_size=8))
def test_any_order_of_acts_stays_inside_the_table(bureau, people, acts):
    message = sent(bureau).message
    do = {
        Act.ASSIGN: lambda m: handling.assign(by=people["clerk"], message=m, section=None, at=AT),
        Act.DRAFT: lambda m: handling.draft(by=people["clerk"], message=m, outcome="answered", reply="答", at=AT),
        Act.RETURN: lambda m: handling.return_draft(
            by=people["reviewer"], message=m, remark="请写明窗口", at=AT),
        Act.REPLY: lambda m: handling.release(by=people["reviewer"], message=m, at=AT),
        Act.SHOW: lambda m: handling.show(
            by=people["reviewer"], message=m, public_question="问", public_reply="答", at=AT),
        Act.HIDE: lambda m: handling.hide(by=people["clerk"], message=m, at=AT),
        Act.CLOSE: lambda m: handling.close(by=people["clerk"], message=m, reason="重复", at=AT),
        Act.WITHDRAW: lambda m: incoming.withdraw(message=m, at=AT),
    }
    for act in acts:
        message.refresh_from_db()
        before = State(message.state)
        try:
            do[act](message)
        except Refused as refused:
            why = refused.code
        else:
            why = ""
        if why:
            assert why == "not-shown" or (why == "not-now" and act not in lawful(before))
        else:
            message.refresh_from_db()
            assert message.state == TABLE[(before, act)]
    message.refresh_from_db()
    assert (message.shown_at is None) or message.state == State.REPLIED
    assert (message.state in OPEN) or message.replied_at or message.closed_at


def test_the_public_sees_no_messages(db):
    assert not Message.objects.visible_to(PUBLIC).exists()
    assert set(Kind) == {"question", "comment", "suggestion", "correction"}
