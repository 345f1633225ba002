"""Forms of hand-over: a receiver, and what is done with a batch."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongkai.accounts.actor import Actor
from gongkai.agencies.models import Agency
from gongkai.handover import actions
from gongkai.handover.models import Batch, Receiver
from gongkai.handover.periods import FREQUENCY_NAMES
from gongkai.infra.fields import DayField, NamedChoice

Words = str | Promise


class ReceiverForm(forms.Form):
    """To whom, how often, since when. The name stays: batches speak of it."""

    agency = NamedChoice(Agency.objects.none(), label=_("机关"), empty_label=None)
    kind = forms.ChoiceField(label=_("类别"), choices=Receiver.KINDS)
    name = forms.CharField(label=_("名称"), max_length=120)
    frequency = forms.ChoiceField(label=_("周期"))
    since = DayField(label=_("自哪一天起移交"), help_text=_("这一天所在的一期是第一期"))
    active = forms.BooleanField(label=_("在用"), required=False)

    def __init__(self, data: Any = None, *, receiver: Receiver | None, agencies: Any, initial: dict[str, Any]) -> None:
        self.receiver = receiver
        names = ("kind", "frequency", "since", "active")
        kept = {name: getattr(receiver, name) for name in names} if receiver else {"active": True}
        super().__init__(data, initial=initial | kept)
        self.fields["frequency"].choices = [(k.value, _now(v)) for k, v in FREQUENCY_NAMES.items()]  # type: ignore[attr-defined]
        if receiver is None:
            self.fields["agency"].queryset = agencies  # type: ignore[attr-defined]
            del self.fields["active"]
        else:
            del self.fields["agency"], self.fields["name"]

    def perform(self, *, by: Actor, at: datetime) -> Receiver:
        """Set it. Raises Refused."""
        given = dict(self.cleaned_data)
        if self.receiver is not None:
            given |= {"agency": self.receiver.agency, "name": self.receiver.name}
        return actions.set_receiver(by=by, at=at, **given)


class BatchForm(forms.Form):
    """Base of what is done with a batch."""

    act: ClassVar[str] = ""
    title: ClassVar[Words] = ""
    lead: ClassVar[Words] = ""
    button: ClassVar[Words] = ""
    done: ClassVar[Words] = ""

    def __init__(self, data: Any = None, *, batch: Batch, today: date) -> None:
        self.batch = batch
        super().__init__(data, initial={"on": today})


class Send(BatchForm):
    """The day of handing over."""

    act, title, button, done = "send", _("登记移交"), _("登记"), _("已登记移交，等接收单位的回执")
    lead = _("数据包和交接文据交到接收单位的那一天。")

    on = DayField(label=_("移交日期"))

    def perform(self, *, by: Actor, at: datetime) -> Batch:
        """Record it. Raises Refused."""
        return actions.send(by=by, batch=self.batch, at=at, **self.cleaned_data)


class Receive(BatchForm):
    """The receipt."""

    act, title, button, done = "receive", _("登记回执"), _("登记"), _("已登记回执")
    lead = _("接收单位核对清单、签章后交回的一联。")

    on = DayField(label=_("接收日期"))
    receipt_number = forms.CharField(label=_("回执号"), max_length=100, required=False)
    received_by = forms.CharField(label=_("接收人"), max_length=60, required=False)

    def perform(self, *, by: Actor, at: datetime) -> Batch:
        """Record it. Raises Refused."""
        return actions.receive(by=by, batch=self.batch, at=at, **self.cleaned_data)


class Supplement(BatchForm):
    """What must be added or replaced later."""

    act, title, button, done = "supplement", _("补充移交"), _("编制补充批次"), _("已编制补充批次")
    lead = _("已移交的信息后来修订、撤下，或者有漏报的，附公函补充或者替换；到今天为止的变动列成一批。")

    letter_number = forms.CharField(label=_("公函文号"), max_length=100)

    def perform(self, *, by: Actor, at: datetime) -> Batch:
        """Make it. Raises Refused."""
        return actions.supplement(by=by, batch=self.batch, at=at, **self.cleaned_data)


BY_ACT: dict[str, type[BatchForm]] = {one.act: one for one in (Send, Receive, Supplement)}
