"""An office with its people, and applications brought through the real acts to where a test needs them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from tests.applications.makers import ON, registered
from tests.factories import SYSTEM, actor, agency

from gongkai.accounts import roles
from gongkai.accounts.actor import Actor
from gongkai.accounts.models import Post, User
from gongkai.accounts.queries import actor_for
from gongkai.agencies.models import Agency, DisclosureOffice, Section
from gongkai.applications import actions
from gongkai.applications.models import Application, Service
from gongkai.ledger.models import Entry
from gongkai.ledger.queries import timeline

GRANTED = {"way": "邮寄纸质复制件", "time": "随本答复"}
BODY = "收到申请后，本机关检索到《青澜县2025年度临时救助资金分配方案》，可以公开。"
ANSWERS: dict[str, dict[str, Any]] = {
    "granted": GRANTED,
    "published": {"where": "县政府网站“社会救助”专栏", "how": "按索引号检索"},
    "partial": {
        "redactions": [{"what": "第2页的家庭成员姓名", "ground": "refused_third_party"}], "reasons": "涉及个人隐私",
        **GRANTED,
    },
    "refused_secret": {"reasons": "依法确定为国家秘密"},
    "refused_law": {"statute": "《统计法》第二十五条", "reasons": "属于单个调查对象的资料"},
    "refused_security": {"reasons": "公开后可能危及公共安全"},
    "refused_internal": {"reasons": "属于内部工作流程信息"},
    "refused_process": {"reasons": "属于讨论记录"},
    "refused_enforcement": {"reasons": "属于另案的行政执法案卷"},
    "refused_enquiry": {"statute": "《不动产登记暂行条例》第二十七条", "reasons": "属于不动产登记资料"},
    "not_held": {
        "search_scope": "2025年全部收文", "search_terms": "临时救助", "search_systems": "公文系统、档案室",
        "searched_by": "社会救助科", "searched_on": "2026-03-05",
    },
    "not_ours": {"reasons": "由财政局制作", "right_organ": "青澜县财政局", "right_contact": "0990-0000002"},
    "creation": {"reasons": "需要汇总十二个乡镇的报表"},
    "petition": {"reasons": "属于举报事项"},
    "publication": {"where": "《青澜年鉴》2025卷，县图书馆"},
    "confirmation": {"reasons": "申请人已于2025年取得"},
    "not_information": {"reasons": "属于咨询"},
    "other": {"treatment": "并入前一申请处理", "reasons": "两件内容相同，申请人同意"},
}


@dataclass(frozen=True)
class Office:
    """An agency with one person in each post. `contributor` works in `section`."""

    where: Agency
    section: Section
    clerk: Actor
    colleague: Actor
    contributor: Actor
    reviewer: Actor
    signatory: Actor
    head: Actor


def moment(day: date, hour: int = 10) -> datetime:
    """An hour of a day in Shanghai."""
    return datetime(day.year, day.month, day.day, hour - 8, tzinfo=UTC)


def office(name: str = "青澜县民政局", parent: Agency | None = None) -> Office:
    """The office; its guide names every channel."""
    where = agency(name, parent)
    DisclosureOffice.objects.update_or_create(
        agency=where, defaults={"letter_prefix": "青民", "channels": ["online", "fax", "email"]},
    )
    section = Section.objects.create(agency=where, name="社会救助科")
    made = {
        key: actor(where, role, f"{key}-{where.pk}") for key, role in (
            ("clerk", roles.Clerk), ("colleague", roles.Clerk), ("reviewer", roles.Reviewer),
            ("signatory", roles.Signatory), ("head", roles.HeadOfOffice),
        )
    }
    return Office(where=where, section=section, contributor=contributor(where, section), **made)


def contributor(where: Agency, section: Section) -> Actor:
    """A person who works in a section."""
    person = User.objects.create_user(f"contributor-{section.pk}", None, name="科室同事")
    Post.objects.create(
        user=person, agency=where, role=roles.Contributor.key, section=section, valid_from=date(2020, 1, 1),
    )
    return actor_for(person, on=ON)


def person(by: Actor) -> User:
    """The account of an actor."""
    return User.objects.get(pk=by.user_id)


def assigned(of: Office, *, day: date = ON, **values: Any) -> Application:
    """Registered at the counter on a day and given to the section and the clerk."""
    values = {"channel": "in_person", "arrived_on": day, "at": moment(day)} | values
    made = registered(of.where, by=SYSTEM, **values)
    return actions.assign(
        by=of.clerk, application=made, section=of.section, handler=person(of.clerk), at=moment(day),
    )


def drafted(of: Office, application: Application, kind: str = "granted", *, day: date = ON,
            values: dict[str, Any] | None = None, body: str = BODY) -> Application:
    """With a draft by the clerk."""
    actions.draft_reply(
        by=of.clerk, application=application, answer_kind=kind, values=ANSWERS[kind] if values is None else values,
        body=body, at=moment(day),
    )
    return fresh(application)


def reviewed(of: Office, application: Application, kind: str = "granted", *, day: date = ON,
             **values: Any) -> Application:
    """Drafted, submitted and passed in both reviews."""
    drafted(of, application, kind, day=day, **values)
    actions.submit_for_review(by=of.clerk, application=application, at=moment(day))
    for review in ("secrecy", "legal"):
        actions.review(by=of.reviewer, application=application, kind=review, verdict="pass", at=moment(day))
    return fresh(application)


def signed(of: Office, application: Application, kind: str = "granted", *, day: date = ON,
           **values: Any) -> Application:
    """Reviewed and signed on a day."""
    reviewed(of, application, kind, day=day, **values)
    actions.sign(by=of.signatory, application=application, on=day, at=moment(day))
    return fresh(application)


def served(of: Office, application: Application, kind: str = "granted", *, day: date = ON,
           **values: Any) -> tuple[Application, Service]:
    """Signed and posted on a day."""
    signed(of, application, kind, day=day, **values)
    service = actions.serve(by=of.clerk, application=application, way="post", on=day, at=moment(day))
    return fresh(application), service


def events(application: Application) -> list[Entry]:
    """Its history, the newest last."""
    return list(timeline("application", application.pk))


def fresh(application: Application) -> Application:
    """The row as it is now."""
    return Application.objects.select_related("agency", "identity", "section", "handler").get(pk=application.pk)
