"""The form of an act: what a person states, what it will do to the clock, and the one action that it calls."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, ClassVar, TypeVar

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gongkai.accounts.actor import Actor
from gongkai.applications.clock import facts_of
from gongkai.applications.models import Application
from gongkai.calendars.queries import calendar_of, conventions
from gongkai.core.deadlines import Deadline, Facts, reply_due

Words = str | Promise
REPLY_DATE = _("答复期限")


@dataclass(frozen=True, slots=True)
class Effect:
    """What an act will do to a date: `name` of the date, before and after; `still`: the clock stands from then on.

    With neither date, `note` says what should be known before the act.
    """

    name: Words
    before: date | None
    after: date | None
    note: Words = ""
    still: bool = False


class ActForm(forms.Form):
    """Base of every act's form. `lead` is the law in a sentence; `watched` are the fields on which the effect depends.

    A form has `perform(by, at)`, which calls its one action with what was typed and may raise Refused.
    """

    act: ClassVar[str] = ""
    title: ClassVar[Words] = ""
    lead: ClassVar[Words] = ""
    button: ClassVar[Words] = ""
    done: ClassVar[Words] = _("已办")
    grave: ClassVar[bool] = False
    wide: ClassVar[bool] = False
    watched: ClassVar[tuple[str, ...]] = ()
    template: ClassVar[str] = "applications/act.html"
    with_files: ClassVar[bool] = False

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, data: Any = None, files: Any = None, *, application: Application, actor: Actor, today: date,
        initial: dict[str, Any] | None = None,
    ) -> None:
        self.application, self.actor, self.today = application, actor, today
        super().__init__(data, files, initial={"seen": application.revision} | self.suggested() | (initial or {}))
        self.prepare()
        for name in self.watched:
            self.fields[name].widget.attrs["data-clock"] = ""

    def suggested(self) -> dict[str, Any]:
        """What the fields begin with."""
        return {"on": self.today}

    def prepare(self) -> None:
        """Fill in choices that depend on the application."""

    def effect(self) -> Effect | None:
        """What it would do with the values as they stand; None where nothing moves or nothing can be said."""
        return None

    def value(self, name: str) -> Any:
        """A field's value as it stands: typed and parsed where it parses, else what it began with, parsed too."""
        raw = self[name].value()
        try:
            return self.fields[name].clean(raw)
        except forms.ValidationError:
            return None

    def what_if(self, **facts: Any) -> Deadline:
        """The reply's due date if these facts were different."""
        mine = facts_of(self.application)
        return reply_due(replace(mine, **facts), calendar_of(self.application.agency), conventions())

    @property
    def facts(self) -> Facts:
        """The clock's facts as they are now."""
        return facts_of(self.application)


BY_ACT: dict[str, type[ActForm]] = {}
Made = TypeVar("Made", bound=type[ActForm])


def act_form(made: Made) -> Made:
    """Class decorator: put a form in the book of acts under its `act`."""
    if not made.act or not callable(getattr(made, "perform", None)):
        raise TypeError(f"{made.__name__} needs an act and a perform")
    BY_ACT[made.act] = made
    return made
