"""The draft of a reply: which kind of answer, what that kind must state, the facts in free words.

The kinds and their fields are data (core.law.answers); the form asks what the chosen kind asks. Choosing another kind
sends the form back to itself with everything that was typed.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongkai.accounts.actor import Actor
from gongkai.applications import actions, replying
from gongkai.applications.forms.base import ActForm, act_form
from gongkai.applications.forms.fields import DayField, long_text
from gongkai.applications.models import ReplyDraft
from gongkai.applications.queries import current_draft
from gongkai.applications.rules.reply import BY_ANOTHER_ACT, Incomplete
from gongkai.applications.states import ACT_NAMES, Act
from gongkai.core.law.answers import ANSWERS, GROUNDS, AnswerKind
from gongkai.infra.refusals import translated

BLANKS = 2  # empty lines for passages to be withheld below those that are filled
DRAFTED = tuple(kind for kind in ANSWERS.values() if kind.key not in BY_ANOTHER_ACT)


@act_form
class DraftForm(ActForm):
    """A version of the reply."""

    act = Act.DRAFT
    title, button = ACT_NAMES[Act.DRAFT], _("保存稿子")
    lead = _("先选办理结果，再填这种结果依法要写明的内容（第三十六、三十七条）。保存后还要送审、签发。")
    done = _("已保存稿子，请送审")
    wide = True
    template = "applications/draft.html"
    answer_kind = forms.ChoiceField(
        label=_("办理结果"), choices=[(kind.key, kind.name) for kind in DRAFTED], widget=forms.RadioSelect,
    )
    body = long_text(_("事实和说明"), rows=8, required=False, most=50_000, help_text=_(
        "写查明的事实和需要向申请人说明的话；称谓、文号、救济告知由程序写",
    ))

    def suggested(self) -> dict[str, Any]:
        """The latest version, to be changed."""
        self.latest = current_draft(self.application)
        found: dict[str, Any] = {"today": self.today}
        if self.latest is not None:
            found |= {"answer_kind": self.latest.answer_kind, "body": self.latest.body}
        return found

    def prepare(self) -> None:
        """The fields that the chosen kind asks for."""
        key = self.data.get("answer_kind") if self.is_bound else self.initial.get("answer_kind")
        self.chosen: AnswerKind | None = ANSWERS.get(key or "")
        if self.chosen is None:
            return
        kept = replying.suggested(self.application, self.chosen)
        if self.latest is not None:
            kept |= {name: value for name, value in self.latest.values.items() if value}
        for field in self.chosen.fields:
            if field.kind == "redactions":
                self._ask_redactions(kept.get(field.name) or [])
                continue
            self.fields[f"v_{field.name}"] = _asked(field.kind, field.label, field.help)
            self.initial[f"v_{field.name}"] = kept.get(field.name, "")

    def _ask_redactions(self, kept: list[dict[str, str]]) -> None:
        sent = sum(name.startswith("r_") and name.endswith("_what") for name in self.data) if self.is_bound else 0
        self.lines = max(len(kept) + BLANKS, sent + (BLANKS if self.data.get("step") == "more" else 0))
        grounds = [("", _("请选择")), *((g.key, f"{g.code} {g.name}") for g in GROUNDS.values())]
        for n in range(self.lines):
            line = kept[n] if n < len(kept) else {}
            self.fields[f"r_{n}_what"] = forms.CharField(label=_("不公开的内容"), max_length=300, required=False)
            self.fields[f"r_{n}_ground"] = forms.ChoiceField(label=_("理由"), choices=grounds, required=False)
            self.fields[f"r_{n}_statute"] = forms.CharField(label=_("法律、行政法规"), max_length=200, required=False)
            self.initial |= {f"r_{n}_{part}": line.get(part, "") for part in ("what", "ground", "statute")}

    @property
    def asked(self) -> list[forms.BoundField]:
        """The fields of the chosen kind, in their order, passages aside."""
        return [self[name] for name in self.fields if name.startswith("v_")]

    @property
    def redactions(self) -> list[tuple[int, forms.BoundField, forms.BoundField, forms.BoundField]]:
        """The lines of passages, numbered."""
        if not any(name.startswith("r_") for name in self.fields):
            return []
        return [
            (n + 1, self[f"r_{n}_what"], self[f"r_{n}_ground"], self[f"r_{n}_statute"]) for n in range(self.lines)
        ]

    @property
    def groups(self) -> list[tuple[str, bool, list[tuple[replying.Choice, str]]]]:
        """The kinds by group: the group's name, whether the chosen kind is in it, each kind with the reason why it
        cannot be chosen now."""
        found: dict[str, list[tuple[replying.Choice, str]]] = {}
        for choice in replying.choices(self.application, self.today):
            why_not = translated(choice.why_not) if choice.why_not else ""
            found.setdefault(choice.kind.group, []).append((choice, why_not))
        return [
            (name, any(choice.kind is self.chosen for choice, _why in kinds), kinds) for name, kinds in found.items()
        ]

    @property
    def stated(self) -> dict[str, Any]:
        """The values for the action: what the kind states, days as days written out."""
        given, values = self.cleaned_data, {}
        for name in self.fields:
            if name.startswith("v_"):
                value = given.get(name)
                values[name[2:]] = value.isoformat() if isinstance(value, date) else value or ""
        lines = [
            {part: given.get(f"r_{n}_{part}", "") for part in ("what", "ground", "statute")}
            for n in range(getattr(self, "lines", 0))
        ]
        if any(name.startswith("r_") for name in self.fields):
            values["redactions"] = [line for line in lines if line["what"] or line["ground"]]
        return values

    def perform(self, *, by: Actor, at: datetime) -> ReplyDraft:
        """Keep this version. What is missing is said at its field as well."""
        given = self.cleaned_data
        try:
            return actions.draft_reply(
                by=by, application=self.application, answer_kind=given["answer_kind"], values=self.stated,
                body=given["body"], at=at, seen=given["seen"],
            )
        except Incomplete as refusal:
            for name in refusal.fields:
                if f"v_{name}" in self.fields:
                    self.add_error(f"v_{name}", _now("没有填写"))
            raise

    def unsaved(self) -> ReplyDraft:
        """The version as it would be kept, for a preview."""
        given = self.cleaned_data
        return ReplyDraft(
            application=self.application, answer_kind=given["answer_kind"], values=self.stated, body=given["body"],
        )


def _asked(kind: str, label: str, help_: str) -> forms.Field:
    """A field for one thing that the answer states. What is missing the action says, with the article."""
    if kind == "date":
        return DayField(label=label, help_text=help_, required=False)
    if kind == "long":
        return long_text(label, rows=4, required=False, help_text=help_)
    return forms.CharField(label=label, help_text=help_, required=False, max_length=300)
