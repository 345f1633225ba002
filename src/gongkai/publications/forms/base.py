"""The form of an act on an edition: what a person states, and the one action that it calls."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, TypeVar

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gongkai.accounts.actor import Actor
from gongkai.publications.models import Edition, Publication

Words = str | Promise


class ActForm(forms.Form):
    """Base of every act's form. `lead` is the law in a sentence; `words`: who does it reads the text first.

    A form has `perform(by, at)`, which calls its action with what was typed and may raise Refused.
    """

    act: ClassVar[str] = ""
    title: ClassVar[Words] = ""
    lead: ClassVar[Words] = ""
    button: ClassVar[Words] = ""
    done: ClassVar[Words] = _("已办")
    grave: ClassVar[bool] = False
    words: ClassVar[bool] = False

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, data: Any = None, *, edition: Edition, actor: Actor, today: date, initial: dict[str, Any] | None = None,
    ) -> None:
        self.edition, self.actor, self.today = edition, actor, today
        super().__init__(data, initial={"seen": edition.revision} | self.suggested() | (initial or {}))
        self.prepare()

    @property
    def publication(self) -> Publication:
        """What the edition is one of."""
        return self.edition.publication

    def suggested(self) -> dict[str, Any]:
        """What the fields begin with."""
        return {}

    def prepare(self) -> None:
        """Fill in choices that depend on the edition."""

    def to(self) -> Edition | None:
        """The edition whose page follows; None for the same."""
        return None


BY_ACT: dict[str, type[ActForm]] = {}
Made = TypeVar("Made", bound=type[ActForm])


def act_form(made: Made) -> Made:
    """Class decorator: put a form in the book of acts under its `act`."""
    if not made.act or not callable(getattr(made, "perform", None)):
        raise TypeError(f"{made.__name__} needs an act and a perform")
    BY_ACT[made.act] = made
    return made
