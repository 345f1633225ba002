"""The form of an act on a case: what a person states, and the one action that it calls."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, TypeVar

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gongkai.accounts.actor import Actor
from gongkai.disputes.models import Dispute, Proceeding

Words = str | Promise


class ActForm(forms.Form):
    """Base of every act's form. `lead` is what to know before; `apart` names the fields that stand in a frame of their
    own under `apart_title`, `last` those that come after it.

    A form has `perform(by, at)`, which calls its action with what was typed and may raise Refused.
    """

    act: ClassVar[str] = ""
    title: ClassVar[Words] = ""
    lead: ClassVar[Words] = ""
    button: ClassVar[Words] = ""
    done: ClassVar[Words] = _("已办")
    grave: ClassVar[bool] = False
    with_files: ClassVar[bool] = False
    apart: ClassVar[tuple[str, ...]] = ()
    apart_title: ClassVar[Words] = ""
    last: ClassVar[tuple[str, ...]] = ()
    use_required_attribute = False

    seen = forms.IntegerField(
        widget=forms.HiddenInput, label=_("打开页面时的版本"),
        error_messages={"required": _("页面不完整，请重新打开再办")},
    )

    def __init__(
        self, data: Any = None, files: Any = None, *, dispute: Dispute, actor: Actor, today: date,
    ) -> None:
        self.dispute, self.actor, self.today = dispute, actor, today
        self.proceeding: Proceeding | None = dispute.proceedings.order_by("-position").first()
        super().__init__(data, files, initial={"seen": dispute.revision} | self.suggested())
        self.prepare()

    def suggested(self) -> dict[str, Any]:
        """What the fields begin with."""
        return {}

    def prepare(self) -> None:
        """Fill in choices that depend on the case."""

    @property
    def main(self) -> list[forms.BoundField]:
        """The fields before the frame."""
        return [field for field in self.visible_fields() if field.name not in {*self.apart, *self.last}]

    @property
    def framed(self) -> list[forms.BoundField]:
        """The fields in the frame."""
        return [self[name] for name in self.apart]

    @property
    def closing(self) -> list[forms.BoundField]:
        """The fields after the frame."""
        return [self[name] for name in self.last]

    @property
    def about(self) -> dict[str, Any]:
        """What every action on the case is told."""
        return {"dispute": self.dispute, "seen": self.cleaned_data.get("seen")}

    def said(self, *names: str) -> dict[str, Any]:
        """What was typed under these names."""
        return {name: self.cleaned_data[name] for name in names}


BY_ACT: dict[str, type[ActForm]] = {}
Made = TypeVar("Made", bound=type[ActForm])


def act_form(made: Made) -> Made:
    """Class decorator: put a form in the book of acts under its `act`."""
    if not made.act or not callable(getattr(made, "perform", None)):
        raise TypeError(f"{made.__name__} needs an act and a perform")
    BY_ACT[made.act] = made
    return made
