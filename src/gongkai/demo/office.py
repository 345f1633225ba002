"""The office of the demonstration's clerk: its guide, its sections, its people, and applications in every state.

Everything goes through the actions of the platform, each at the day on which the story says it was done; what has
been built is found again by its token, so that an interrupted start goes on where it was.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction
from django.utils import timezone

from gongkai.accounts import roles
from gongkai.accounts.actions import appoint, create_user
from gongkai.accounts.actor import Actor, machine
from gongkai.accounts.models import User
from gongkai.accounts.queries import actor_for
from gongkai.agencies.actions import describe_office, set_section
from gongkai.agencies.models import Agency
from gongkai.applications import actions, queries
from gongkai.applications.models import Application
from gongkai.applications.submission import Incoming, Piece, Submission
from gongkai.calendars.queries import calendar_of
from gongkai.core.workdays import Calendar
from gongkai.demo.cases import CASES, FOREST, LAND, PLAN, Case, Step

BUILDER = machine("示范程序")
PEOPLE = (
    ("head", "苏明远", roles.HeadOfOffice, ""), ("reviewer", "程慎", roles.Reviewer, ""),
    ("leader", "陶然", roles.Signatory, ""), ("section", "骆川", roles.Contributor, LAND),
)
GUIDE = {
    "name": "青澜县自然资源局办公室", "address": "青澜县云麓大道 26 号 305 室", "postcode": "000000",
    "hours": "工作日 9:00–12:00，14:00–17:30", "phone": "0000-1234560", "fax": "0000-1234561",
    "email": "gongkai@example.invalid", "channels": ["online", "fax"], "letter_prefix": "青自然资",
    "review_organ": "青澜县人民政府", "court": "青澜县人民法院",
    "payment": "凭收费通知书到县政务服务中心非税窗口缴纳，或者扫描通知书上的缴款码。",
    "classification": "按机构职能、规划计划、用地审批、矿产资源、林业、执法、统计数据分类，按日期倒序编排。",
    "obtaining": "主动公开的信息在县政府网站和县档案馆、图书馆查阅；其他信息可以向本机关申请。",
}


@dataclass(frozen=True, slots=True)
class Staff:
    """Who does what in the stories."""

    agency: Agency
    clerk: Actor
    head: Actor
    reviewer: Actor
    leader: Actor
    sections: dict[str, object]
    calendar: Calendar


def build(*, agency: Agency, clerk: User, password: str, at: datetime) -> None:
    """The office and its applications; what is there already stays."""
    with transaction.atomic():
        staff = open_office(agency=agency, clerk=clerk, password=password, at=at)
    today = timezone.localdate(at)
    for number, case in enumerate(sorted(CASES, key=lambda c: -c.ago)):
        token = uuid5(NAMESPACE_URL, f"gongkai-demo-application-{number}")
        with transaction.atomic():
            if not Application.objects.filter(token=token).exists():
                _Story(staff, case, token, today, at).tell()


def open_office(*, agency: Agency, clerk: User, password: str, at: datetime) -> Staff:
    """Guide, sections and people."""
    on = timezone.localdate(at)
    head = _person("head", agency, password, at)
    describe_office(by=head, agency=agency, on=on, at=at, **GUIDE)
    sections: dict[str, object] = {
        name: set_section(by=head, agency=agency, name=name, at=at) for name in (PLAN, LAND, FOREST)
    }
    actors = {name: _person(name, agency, password, at, sections) for name, *_rest in PEOPLE}
    return Staff(
        agency, actor_for(clerk, on=on), actors["head"], actors["reviewer"], actors["leader"], sections,
        calendar_of(agency),
    )


def _person(
    username: str, agency: Agency, password: str, at: datetime, sections: dict[str, object] | None = None,
) -> Actor:
    _username, name, role, section = next(p for p in PEOPLE if p[0] == username)
    user = User.objects.filter(username=username).first() or create_user(
        by=BUILDER, username=username, name=name, password=password, at=at,
    )
    appoint(
        by=BUILDER, user=user, agency=agency, role=role.key, on=date(2020, 1, 1), at=at,
        section=(sections or {}).get(section),
    )
    return actor_for(user, on=timezone.localdate(at))


class _Story:
    """One case, told step by step."""

    def __init__(self, staff: Staff, case: Case, token: UUID, today: date, at: datetime) -> None:
        self.staff, self.case, self.token, self.latest = staff, case, token, at
        self.arrived = staff.calendar.subtract(today, case.ago)
        self.application: Application | None = None

    def tell(self) -> None:
        """Arrival, then every step."""
        self.application = self._arrive()
        for step in self.case.steps:
            on = self.staff.calendar.add(self.arrived, step.after)
            getattr(self, f"_{step.act}")(step, on, self._moment(on))

    def _moment(self, on: date) -> datetime:
        """Ten in the morning of a day, but never later than the start of the demonstration."""
        return min(timezone.make_aware(datetime.combine(on, time(10))), self.latest)

    def _arrive(self) -> Application:
        case, at = self.case, self._moment(self.arrived)
        submission = Submission(
            applicant_kind=case.kind, identity=_identity(case), content=case.content, subject=case.subject,
            features=case.features, delivery=case.delivery, purpose=case.purpose,
        )
        proof = Incoming("身份证明.pdf", [_PROOF])
        return actions.register(
            by=self.staff.clerk, agency=self.staff.agency, channel=case.channel, arrived_on=self.arrived,
            submission=submission, files=[proof], at=at, token=self.token,
        )

    @property
    def _now(self) -> Application:
        assert self.application is not None
        return queries.application(BUILDER, self.application.pk)

    def _confirm(self, _step: Step, on: date, at: datetime) -> None:
        actions.confirm(by=self.staff.clerk, application=self._now, on=on, how="电话", at=at)

    def _assign(self, step: Step, _on: date, at: datetime) -> None:
        section = self.staff.sections[step.values["section"]]
        clerk = User.objects.get(pk=self.staff.clerk.user_id)
        actions.assign(by=self.staff.clerk, application=self._now, section=section, handler=clerk, at=at)

    def _ask_correction(self, step: Step, on: date, at: datetime) -> None:
        actions.ask_correction(by=self.staff.clerk, application=self._now, on=on, at=at, **step.values)

    def _lapse_correction(self, _step: Step, on: date, at: datetime) -> None:
        actions.lapse_correction(by=self.staff.clerk, application=self._now, on=on, at=at)

    def _consult(self, step: Step, on: date, at: datetime) -> None:
        actions.consult(by=self.staff.clerk, application=self._now, sent_on=on, at=at, **step.values)

    def _opinion(self, step: Step, on: date, at: datetime) -> None:
        waiting = self._now.consultations.get(ended_on=None)
        actions.take_opinion(by=self.staff.clerk, consultation=waiting, on=on, at=at, **step.values)

    def _propose_extension(self, step: Step, on: date, at: datetime) -> None:
        actions.propose_extension(by=self.staff.clerk, application=self._now, on=on, at=at, **step.values)

    def _approve_extension(self, _step: Step, on: date, at: datetime) -> None:
        proposed = self._now.extensions.get(approved=None)
        actions.decide_extension(by=self.staff.head, extension=proposed, approved=True, on=on, at=at)

    def _fee(self, step: Step, on: date, at: datetime) -> None:
        actions.notice_fee(by=self.staff.clerk, application=self._now, on=on, at=at, **step.values)

    def _pay(self, _step: Step, on: date, at: datetime) -> None:
        actions.pay(by=self.staff.clerk, application=self._now, on=on, receipt="0000001", at=at)

    def _draft(self, step: Step, on: date, at: datetime) -> None:
        values = dict(step.values["values"])
        if "searched_on" in values:
            values["searched_on"] = on.isoformat()
        if "earlier_number" in values:
            earlier = Application.objects.filter(applicant_key=self._now.applicant_key).exclude(pk=self._now.pk)
            values["earlier_number"] = earlier.earliest("arrived_on").number
        actions.draft_reply(
            by=self.staff.clerk, application=self._now, answer_kind=step.values["answer_kind"], values=values,
            body=step.values["body"], at=at,
        )

    def _submit(self, _step: Step, _on: date, at: datetime) -> None:
        actions.submit_for_review(by=self.staff.clerk, application=self._now, at=at)

    def _review(self, _step: Step, _on: date, at: datetime) -> None:
        for kind in ("secrecy", "legal"):
            actions.review(by=self.staff.reviewer, application=self._now, kind=kind, verdict="pass", at=at)

    def _sign(self, _step: Step, on: date, at: datetime) -> None:
        actions.sign(by=self.staff.leader, application=self._now, on=on, at=at)

    def _serve(self, _step: Step, on: date, at: datetime) -> None:
        way = self.case.delivery if self.case.delivery != "email" else "post"
        actions.serve(by=self.staff.clerk, application=self._now, way=way, on=on, at=at)

    def _withdraw(self, step: Step, on: date, at: datetime) -> None:
        actions.withdraw(by=self.staff.clerk, application=self._now, on=on, at=at, **step.values)

    def _split(self, step: Step, on: date, at: datetime) -> None:
        pieces = [Piece(subject, content) for subject, content in step.values["pieces"]]
        actions.split(
            by=self.staff.clerk, application=self._now, pieces=pieces, reason="一份申请提出两项，分别办理", on=on,
            at=at,
        )

    def _archive(self, _step: Step, on: date, at: datetime) -> None:
        actions.archive(by=self.staff.clerk, application=self._now, on=on, at=at)


def _identity(case: Case) -> dict[str, str]:
    """Invented particulars: numbers that no office has issued (area code 000000), phones that nobody has."""
    digits = f"{sum(ord(c) for c in case.name) % 10_000:04d}"
    if case.kind == "natural":
        return {
            "name": case.name, "id_type": "身份证", "id_number": _id_number(digits), "phone": f"1000000{digits}",
            "address": "青澜县云麓镇柳溪村 1 组", "postcode": "000000",
        }
    return {
        "organisation": case.name, "credit_code": f"00000000000000{digits}", "legal_representative": "程以南",
        "contact_name": "程以南", "phone": f"1000000{digits}", "address": "青澜县工业园区 3 路 8 号",
        "postcode": "000000",
    }


def _id_number(digits: str) -> str:
    """Seventeen digits of nowhere with a true check digit (GB 11643)."""
    body = f"00000019800101{digits[-3:]}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, weights, strict=True)) % 11]


_PROOF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\nxref\n0 4\n0000000000 65535 f \n"
    b"0000000009 00000 n \n0000000052 00000 n \n0000000101 00000 n \ntrailer<</Size 4/Root 1 0 R>>\n"
    b"startxref\n166\n%%EOF\n"
)
