"""The registers, hand-over and what is withheld, looked at in a browser by the head of the office: wide, narrow, in
error, and the paper that both sides sign."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.utils import timezone
from tests.journeys.conftest import County, Visitor

from gongkai.accounts.actor import Actor
from gongkai.accounts.models import User
from gongkai.accounts.queries import actor_for
from gongkai.handover import actions as handover
from gongkai.handover.periods import ended
from gongkai.publications.actions.withholding import withhold
from gongkai.statutory_registers import actions as registers

LONG = "青澜县民政局关于进一步规范城乡居民最低生活保障对象认定和资金发放管理工作若干问题的暂行办法" * 3
Show = Callable[[Visitor, str], None]


def looked(visitor: Visitor, path: str) -> None:
    """The page without accessibility faults, no wider than the screen."""
    visitor.go(path)


def filled(county: County) -> dict[str, int]:
    """A few rows of everything, some late, one with a long name."""
    at, today = timezone.now(), timezone.localdate()
    head: Actor = actor_for(User.objects.get(username="clerk"), on=today)
    told = {"by": head, "agency": county.civil, "at": at}
    document = registers.enter_document(
        kind="normative", title=LONG[:300], made_on=date(today.year - 1, 5, 1), number="青民规〔2025〕1号", **told)
    registers.enter_document(kind="regulation", title="临时救助规定", made_on=date(today.year, 1, 1), **told)
    row = registers.add_entry(
        register="penalty", on=today - timedelta(days=40), subject="社会团体未按规定年检", amount="5000", **told)
    registers.add_item(register="penalty", name="对社会团体违规的处罚", from_on=date(2020, 1, 1), **told)
    receiver = handover.set_receiver(
        kind="archive", name="青澜县国家综合档案馆", frequency="monthly", since=today - timedelta(days=100), **told)
    first = next(ended("monthly", receiver.since, today))
    batch = handover.make_batch(by=head, receiver=receiver, first=first.first, last=first.last, at=at)
    item = withhold(title=LONG[:200], attribute="withheld", ground="refused_third_party", reason="涉及个人隐私",
                    decided_on=today - timedelta(days=800), **told)
    return {"document": document.pk, "row": row.pk, "receiver": receiver.pk, "batch": batch.pk, "item": item.pk,
            "agency": county.civil.pk, "year": today.year}


def pages(kept: dict[str, int]) -> list[str]:
    """Every page of the three rooms."""
    registers_, hand, withheld = "/desk/registers/", "/desk/handover/", "/desk/publications/withheld/"
    return [
        registers_, f"{registers_}?form=2019", f"{registers_}documents/", f"{registers_}documents/new/",
        f"{registers_}documents/{kept['document']}/", *(
            f"{registers_}documents/{kept['document']}/{act}/" for act in ("end", "link", "correct")),
        f"{registers_}of/penalty/", f"{registers_}of/penalty/new/", f"{registers_}of/penalty/items/",
        f"{registers_}of/procurement/", f"{registers_}rows/{kept['row']}/", f"{registers_}rows/{kept['row']}/show/",
        f"{registers_}import/",
        f"{registers_}cells/{kept['agency']}/{kept['year']}/2021/own/t2.penalties.decisions/",
        hand, f"{hand}totals/", f"{hand}receivers/new/", f"{hand}receivers/{kept['receiver']}/",
        f"{hand}batches/{kept['batch']}/", f"{hand}batches/{kept['batch']}/acts/send/",
        f"{hand}batches/{kept['batch']}/sheet/",
        withheld, f"{withheld}new/", f"{withheld}{kept['item']}/", f"{withheld}{kept['item']}/look/", "/desk/",
    ]


@pytest.mark.parametrize("width", [1280, 390])
def test_every_page_of_the_three_rooms(visit: Callable[..., Visitor], county: County, width: int) -> None:
    kept = filled(county)
    head = visit(width)
    head.sign_in("clerk")
    for path in pages(kept):
        looked(head, path)


def test_a_number_opens_its_rows_and_a_batch_is_made_and_sent(visit: Callable[..., Visitor], county: County) -> None:
    kept = filled(county)
    head = visit()
    head.sign_in("clerk")
    page = head.go("/desk/registers/")
    page.locator("td#cell-t2-penalties-decisions a").click()
    page.locator("#drawer").get_by_text("社会团体未按规定年检").wait_for()
    page = head.go("/desk/handover/")
    page.locator("main").get_by_role("link", name="编制").first.click()
    page.get_by_role("button", name="编制零报告").click()
    head.look()
    page.get_by_role("link", name="登记移交").click()
    page.get_by_role("button", name="登记", exact=True).click()
    page.get_by_text("已登记移交，等接收单位的回执").wait_for()
    head.look()
    page = head.go(f"/desk/publications/withheld/{kept['item']}/look/")
    page.get_by_role("button", name="保存结论").click()
    page.get_by_text("没有保存，请改好下面几处再提交").wait_for()
    head.look()
    page.get_by_label("转为依申请公开").check()
    page.get_by_label("理由").fill("当事人已经同意")
    page.get_by_role("button", name="保存结论").click()
    page.get_by_text("还没有评估过。").wait_for(state="detached")
    assert page.get_by_text("当事人已经同意").count() == 1
