"""What a person may do with a report: permissions, the table and the findings brought together for the page."""

from __future__ import annotations

from datetime import date

from gongkai.accounts.actor import Actor
from gongkai.annual_reports import readings
from gongkai.compilations import assemble, queries
from gongkai.compilations.models import Compilation
from gongkai.compilations.offers import Offer, Situation, offers
from gongkai.compilations.permissions import CompilationPermission as P
from gongkai.compilations.permissions import able
from gongkai.compilations.states import Act, Origin, State

NEEDS: dict[Act, P] = {
    Act.EDIT: P.COMPILE, Act.CHECK: P.COMPILE, Act.WAIVE: P.WAIVE, Act.SIGN: P.SIGN, Act.TAKE_BACK: P.SIGN,
    Act.SUBMIT: P.SUBMIT, Act.HAND_IN: P.SUBMIT, Act.RETURN: P.RECEIVE, Act.APPROVE: P.RECEIVE, Act.PUBLISH: P.PUBLISH,
    Act.CORRECT: P.CORRECT,
}


def permitted(actor: Actor, compilation: Compilation) -> frozenset[Act]:
    """The acts that a person's posts allow on this report, in whatever state."""
    scope = compilation.scope
    return frozenset(act for act, permission in NEEDS.items() if able(actor, permission, compilation, scope))


def offered(actor: Actor, compilation: Compilation, today: date) -> list[Offer[Act]]:
    """The acts panel. Open findings are those of the last check, which the signature makes anew."""
    findings = readings.load_findings(compilation.findings) if compilation.state == State.CHECKED else []
    report = compilation.report
    situation = Situation(
        State(compilation.state), Origin(compilation.origin),
        alone=queries.alone(compilation.agency, compilation.year, compilation.scope, on=today),
        over=today.year > compilation.year,
        open_findings=len(assemble.open_findings(compilation, findings)),
        newer=report is not None and report.published_id is not None and report.current_id != report.published_id,
    )
    return offers(situation, permitted(actor, compilation))
