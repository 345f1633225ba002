"""The list of rules: what a rule is given, what it gives back, and in which order rules run.

A rule is a generator function that yields `Hit`s; the decorator adds the identity that every finding carries:
the rule of the domain (C1…C23), the stable code and its usual severity. One code, one function, one page in
docs/checks/.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple, TypeVar

from gongkai.core.report.model import Finding, Fix, Number, Report, Severity

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Case:
    """What a rule may look at. `previous` is last year's report of the same agency; `kind` the agency's kind
    when it is known; `today` the day of the check, None where the rules must not depend on it."""

    report: Report
    previous: Report | None = None
    kind: str | None = None
    today: date | None = None
    _seen: dict[Callable[[Report], Any], Any] = field(default_factory=dict, repr=False, compare=False)

    def once(self, view: Callable[[Report], T]) -> T:
        """What a function makes of the report, worked out once for all rules that ask for it."""
        if view not in self._seen:
            self._seen[view] = view(self.report)
        result: T = self._seen[view]
        return result


class Hit(NamedTuple):
    """What a rule has to say. `severity` only where it differs from the rule's own."""

    message: str
    cells: tuple[str, ...] = ()
    reported: Number | str | None = None
    computed: Number | str | None = None
    severity: Severity | None = None
    fix: Fix | None = None


RuleFunction = Callable[[Case], Iterator[Hit]]


class Rule(NamedTuple):
    """A registered rule; `title` is its short Chinese name for lists and SARIF."""

    id: str
    code: str
    severity: Severity
    title: str
    run: RuleFunction

    def findings(self, case: Case) -> Iterator[Finding]:
        """The rule's hits as findings."""
        for hit in self.run(case):
            yield Finding(
                code=self.code, rule=self.id, severity=hit.severity or self.severity, message=hit.message,
                reported=hit.reported, computed=hit.computed, cells=hit.cells, fix=hit.fix,
            )


_RULES: dict[str, Rule] = {}


def rule(rule_id: str, *, code: str, severity: Severity, title: str) -> Callable[[RuleFunction], RuleFunction]:
    """Register a rule function. The code must be GK + two digits of the rule + two digits of its own."""
    if code in _RULES or not code.startswith(f"GK{int(rule_id[1:]):02d}") or len(code) != 6:
        raise ValueError(f"rule code {code} is taken or does not belong to {rule_id}")

    def register(function: RuleFunction) -> RuleFunction:
        _RULES[code] = Rule(rule_id, code, severity, title, function)
        return function

    return register


def registered() -> list[Rule]:
    """Every registered rule in order of code."""
    return [_RULES[code] for code in sorted(_RULES)]
