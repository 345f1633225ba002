"""What the public types in a message. Parsed, nothing decided; every complaint says what to do."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.applications.forms_public import FilesField, judged
from gongkai.participation.rules import CONTENT_MOST, NAME_MOST, SUBJECT_MOST, Given
from gongkai.participation.states import Kind

_IDENTITY = ("name", "organisation", "phone", "email", "address")


class MessageForm(forms.Form):
    """The fields of every kind; who sends it may stay away, and without it the reply waits behind the code."""

    kind = Kind.QUESTION
    with_files = False
    use_required_attribute = False

    token = forms.UUIDField(widget=forms.HiddenInput, required=False)
    subject = forms.CharField(
        label=_("标题"), max_length=SUBJECT_MOST, help_text=_("一句话说明，例如“高龄津贴在哪里申请”。"),
        error_messages={"required": _("请填写标题")},
    )
    content = forms.CharField(
        label=_("内容"), max_length=CONTENT_MOST, widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("想问的事、地点和时间，写得具体些，答复就更准。请不要写身份证号和银行卡号。"),
        error_messages={"required": _("请填写内容")},
    )
    name = forms.CharField(label=_("姓名（选填）"), max_length=60, required=False)
    phone = forms.CharField(
        label=_("联系电话（选填）"), max_length=40, required=False, help_text=_("只在需要核实情况时用。"),
    )

    def __init__(self, *args: Any, kept: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kept = kept  # files that were taken before, when another field was wrong
        self.taken: list[Any] = []
        for field, hint in {"name": "name", "phone": "tel", "email": "email", "address": "street-address"}.items():
            if field in self.fields:
                self.fields[field].widget.attrs["autocomplete"] = hint

    def clean_phone(self) -> str:
        """Something that can be called."""
        phone: str = self.cleaned_data["phone"]
        if phone and len(re.sub(r"\D", "", phone)) < 7:
            raise forms.ValidationError(_("电话号码至少 7 位数字，固定电话请写区号"))
        return phone

    @property
    def about(self) -> list[forms.BoundField]:
        """The fields of the matter."""
        return [self[name] for name in ("record", "subject", "content") if name in self.fields]

    @property
    def sender(self) -> list[forms.BoundField]:
        """The fields of who sends it."""
        return [self[name] for name in _IDENTITY if name in self.fields]

    def given(self) -> Given:
        """As `incoming.send` takes it."""
        said = self.cleaned_data
        identity = {name: said[name] for name in _IDENTITY if said.get(name)}
        return Given(self.kind, said["subject"], said["content"], identity, said.get("record", ""))


class QuestionForm(MessageForm):
    """政策咨询."""


class SuggestionForm(MessageForm):
    """A proposal to publish something (Art. 44)."""

    kind = Kind.SUGGESTION

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["subject"].label = _("建议公开什么信息")
        self.fields["subject"].help_text = _("信息的名称，或者一句话说明，例如“各小区加装电梯的批准情况”。")
        self.fields["content"].label = _("为什么应当主动公开")
        self.fields["content"].help_text = _("涉及哪些人、有什么用处，在哪里见过。请不要写身份证号和银行卡号。")


class CommentForm(MessageForm):
    """A comment on a draft (Art. 19); an organisation may say so."""

    kind = Kind.COMMENT
    organisation = forms.CharField(label=_("单位名称（选填）"), max_length=120, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["subject"].help_text = _("对哪一条有意见，例如“第八条的补偿标准”。")
        self.fields["content"].label = _("意见和理由")
        self.fields["content"].help_text = _("写明建议怎么改、为什么。请不要写身份证号和银行卡号。")


class CorrectionForm(MessageForm):
    """A request to correct what is recorded of oneself (Art. 41): who, what, and the proof of both."""

    kind = Kind.CORRECTION
    with_files = True
    record = forms.CharField(
        label=_("有误的记录"), max_length=NAME_MOST,
        help_text=_("在哪份信息的哪一处，例如“2026 年低保公示名单第 3 行”。"),
        error_messages={"required": _("请写明哪一处记录有误（第四十一条）")},
    )
    email = forms.EmailField(label=_("电子邮箱（选填）"), max_length=120, required=False)
    address = forms.CharField(label=_("通信地址（选填）"), max_length=200, required=False)
    proofs = FilesField(
        label=_("身份证明和证明材料"), required=False,
        help_text=_("身份证明，以及证明这条记录有误的材料；可以用手机拍照，可以选几个文件。"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["subject"].help_text = _("一句话说明，例如“更正本人的出生年份”。")
        self.fields["content"].label = _("错在哪里，应当怎样写")
        self.fields["content"].help_text = _("写明现在怎样写、应当怎样写，有什么依据。")
        self.fields["name"].label, self.fields["phone"].label = _("姓名或者名称"), _("联系电话")
        for field in ("name", "phone"):
            self.fields[field].required = True
            self.fields[field].error_messages["required"] = _("申请更正须写明是谁提出的（第四十一条）")
        self.fields["proofs"].widget.attrs["accept"] = "image/jpeg,image/png,image/webp,application/pdf,.docx,.ofd"

    def clean_proofs(self) -> list[Any]:
        """Good files are in `taken` even where another one is refused."""
        self.taken, wrong = judged(self.cleaned_data["proofs"])
        if wrong:
            raise forms.ValidationError(wrong)
        if not self.taken and not self.kept:
            raise forms.ValidationError(_("请附身份证明和证明信息有误的材料（第四十一条）"))
        return self.taken


FORMS: dict[Kind, type[MessageForm]] = {
    form.kind: form for form in (QuestionForm, SuggestionForm, CommentForm, CorrectionForm)
}
