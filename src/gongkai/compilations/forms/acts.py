"""The form of an act on a report: what a person states, and the one action that it calls."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, ClassVar, TypeVar

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gongkai.accounts.actor import Actor
from gongkai.compilations import actions
from gongkai.compilations.models import Compilation
from gongkai.compilations.states import Act

Words = str | Promise


class ActForm(forms.Form):
    """Base of every act's form. `lead` is the law in a sentence; `shows_report`: who does it reads the report first."""

    act: ClassVar[str] = ""
    title: ClassVar[Words] = ""
    lead: ClassVar[Words] = ""
    button: ClassVar[Words] = ""
    done: ClassVar[Words] = _("已办")
    grave: ClassVar[bool] = False
    shows_report: ClassVar[bool] = False
    keeps: ClassVar[bool] = False  # what is typed and not sent stays in this window (js/prose.js)

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, compilation: Compilation, today: date) -> None:
        self.compilation, self.today = compilation, today
        super().__init__(data, initial=self.suggested())

    def suggested(self) -> dict[str, Any]:
        """What the fields begin with."""
        return {"seen": self.compilation.revision}

    def perform(self, *, by: Actor, at: datetime) -> None:
        """Call the action with what was typed. May raise Refused."""
        raise TypeError(f"{type(self).__name__} does nothing: {by.name}, {at}")


BY_ACT: dict[str, type[ActForm]] = {}
Made = TypeVar("Made", bound=type[ActForm])


def act_form(made: Made) -> Made:
    """Class decorator: put a form in the book of acts under its `act`."""
    BY_ACT[made.act] = made
    return made


@act_form
class Check(ActForm):
    """The clerk's word that it is ready; a button without a page of its own."""

    act = Act.CHECK
    title = _("核对")
    lead = _("按勾稽关系和上年的年报核对一遍，交签发人签发。")
    button = _("核对")
    done = _("已核对，待签发；没有消除的问题列在旁边")

    def perform(self, *, by: Actor, at: datetime) -> None:
        """Check."""
        actions.check(by=by, compilation=self.compilation, seen=self.cleaned_data["seen"], at=at)


@act_form
class Sign(ActForm):
    """The signature: numbers, lists and words are frozen as they were shown (`shown` is their mark)."""

    act = Act.SIGN
    title = _("签发")
    lead = _(
        "分管领导是年报的第一责任人。签发时固定每个数、它的名单和正文，生成可以打印盖章的文件；以后记录再变动，"
        "只列出差别，不改报告。"
    )
    button = _("签发")
    done = _("已签发，数字和名单已经固定")
    shows_report = True

    on = forms.DateField(label=_("签发日期"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    shown = forms.CharField(max_length=64, widget=forms.HiddenInput, required=False)

    def suggested(self) -> dict[str, Any]:
        """Today."""
        return super().suggested() | {"on": self.today}

    def perform(self, *, by: Actor, at: datetime) -> None:
        """Sign."""
        given = self.cleaned_data
        actions.sign(
            by=by, compilation=self.compilation, on=given["on"], seen=given["seen"], shown=given["shown"] or None,
            at=at,
        )


@act_form
class TakeBack(ActForm):
    """Before it is submitted the signatory may take the signature back."""

    act = Act.TAKE_BACK
    title = _("撤回签发")
    lead = _("提交以前可以撤回。撤回以后数字随记录变动，改好再签发；原来签发的一版保留在记录里。")
    button = _("撤回签发")
    done = _("已撤回签发，可以修改")
    grave = True

    def perform(self, *, by: Actor, at: datetime) -> None:
        """Take back."""
        actions.take_back(by=by, compilation=self.compilation, seen=self.cleaned_data["seen"], at=at)


@act_form
class Submit(ActForm):
    """To the supervisor, in time or late."""

    act = Act.SUBMIT
    title = _("提交主管部门")
    lead = _(
        "政府工作部门每年1月31日前向本级政府信息公开工作主管部门提交上一年度的报告（第四十九条）；过了期限也能提交，标明逾期。",
    )
    button = _("提交")
    done = _("已提交主管部门")

    def perform(self, *, by: Actor, at: datetime) -> None:
        """Submit."""
        actions.submit(by=by, compilation=self.compilation, seen=self.cleaned_data["seen"], at=at)


class Decide(ActForm):
    """What the supervisor says of the version that was looked at (`seen` is its number): `words` is what the remark is
    called, `must` whether there has to be one, `rows` how much room it has."""

    shows_report = True
    keeps = True
    words: ClassVar[Words] = ""
    must: ClassVar[bool] = False
    rows: ClassVar[int] = 3
    decide: ClassVar[Callable[..., object]]

    text = forms.CharField(max_length=5000, required=False, widget=forms.Textarea)

    def __init__(self, data: Any = None, *, compilation: Compilation, today: date) -> None:
        super().__init__(data, compilation=compilation, today=today)
        text = self.fields["text"]
        text.label, text.required = self.words, self.must
        text.widget.is_required = self.must
        text.widget.attrs["rows"] = self.rows

    def suggested(self) -> dict[str, Any]:
        """The version on the page."""
        report = self.compilation.report
        return {"seen": report.current.number if report is not None and report.current is not None else 0}

    def perform(self, *, by: Actor, at: datetime) -> None:
        """Return or approve."""
        given = self.cleaned_data
        type(self).decide(by=by, compilation=self.compilation, text=given["text"], seen=given["seen"] or 0, at=at)


@act_form
class Return(Decide):
    """Send it back."""

    act = Act.RETURN
    title = _("退回")
    lead = _("写明要改什么、依据是什么；意见留在这一版旁边，对方改好后再次签发、提交。")
    button = _("退回")
    done = _("已退回，对方打开年报就看得到意见")
    grave = True
    words = _("退回意见")
    must = True
    rows = 6
    decide = staticmethod(actions.return_)


@act_form
class Approve(Decide):
    """Approve it."""

    act = Act.APPROVE
    title = _("核准")
    lead = _("核准您现在看到的这一版；核准以后就可以公布。")
    button = _("核准")
    done = _("已核准，可以公布")
    words = _("意见")
    decide = staticmethod(actions.approve)


@act_form
class Publish(ActForm):
    """Before the public, exactly the version on the page."""

    act = Act.PUBLISH
    title = _("公布")
    lead = _("公布以后公众马上看得到，包括表格、正文、图表和可以下载、复核的数据（第四十九条）。")
    button = _("公布")
    done = _("已公布，公众现在可以看到")

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def suggested(self) -> dict[str, Any]:
        """The version on the page."""
        report = self.compilation.report
        number = report.current.number if report is not None and report.current is not None else None
        return super().suggested() | {"version": number}

    def perform(self, *, by: Actor, at: datetime) -> None:
        """Publish."""
        given = self.cleaned_data
        actions.publish(
            by=by, compilation=self.compilation, seen=given["seen"], version=given["version"], at=at,
        )
