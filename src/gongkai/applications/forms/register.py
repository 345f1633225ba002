"""An application as the office writes it down at the counter, from the post, a letter, a fax or an e-mail."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.models import Agency
from gongkai.applications.forms.fields import DayField, FilesField, NamedChoice, long_text
from gongkai.applications.models import Delivery, Wanted
from gongkai.applications.submission import Submission
from gongkai.core.deadlines import CHANNEL_NAMES, Channel, needs_confirmation
from gongkai.core.law.applicants import APPLICANT_NAMES, ApplicantKind

# An online application registers itself.
CHANNELS = [(c.value, _(name)) for c, name in CHANNEL_NAMES.items() if c is not Channel.ONLINE]
PERSON = ("name", "id_type", "id_number", "phone", "address", "postcode", "email", "fax")
ORGANISATION = (
    "organisation", "credit_code", "legal_representative", "contact_name", "contact_phone", "address", "postcode",
    "email", "fax",
)
AGENT = ("agent_name", "agent_id_number", "agent_phone")
ID_TYPES = [
    ("居民身份证", _("居民身份证")), ("护照", _("护照")), ("港澳居民来往内地通行证", _("港澳居民来往内地通行证")),
    ("台湾居民来往大陆通行证", _("台湾居民来往大陆通行证")), ("其他", _("其他")),
]


class RegisterForm(forms.Form):
    """The three groups of Art. 29, and what the office knows beside: the day it came, by what way, who wrote it."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    agency = NamedChoice(Agency.objects.none(), label=_("收到申请的机关"))
    channel = forms.ChoiceField(label=_("怎样收到的"), choices=CHANNELS, initial=Channel.IN_PERSON)
    arrived_on = DayField(label=_("到达日期"), help_text=_("当面提交之日、邮件签收之日、平信和传真到达之日"))
    confirmed_on = DayField(label=_("与申请人确认的日期"), required=False, help_text=_(
        "平信、传真和电子邮件须与申请人确认，确认之日才是收到之日（第三十一条）；还没有确认的不填",
    ))
    oral = forms.BooleanField(label=_("口头申请，由本机关代填，申请人已签名或盖章"), required=False)

    applicant_kind = forms.ChoiceField(
        label=_("申请人类型"), choices=[(k.value, _(n)) for k, n in APPLICANT_NAMES.items()],
        initial=ApplicantKind.NATURAL,
    )
    name = forms.CharField(label=_("姓名"), max_length=60, required=False)
    id_type = forms.ChoiceField(label=_("证件类型"), choices=ID_TYPES, required=False)
    id_number = forms.CharField(label=_("证件号码"), max_length=40, required=False)
    organisation = forms.CharField(label=_("单位名称"), max_length=120, required=False)
    credit_code = forms.CharField(label=_("统一社会信用代码"), max_length=18, required=False)
    legal_representative = forms.CharField(label=_("法定代表人"), max_length=60, required=False)
    contact_name = forms.CharField(label=_("联系人"), max_length=60, required=False)
    contact_phone = forms.CharField(label=_("联系人电话"), max_length=40, required=False)
    phone = forms.CharField(label=_("联系电话"), max_length=40, required=False)
    address = forms.CharField(label=_("通信地址"), max_length=200, required=False)
    postcode = forms.CharField(label=_("邮政编码"), max_length=6, required=False)
    email = forms.CharField(label=_("电子邮箱"), max_length=120, required=False)
    fax = forms.CharField(label=_("传真"), max_length=40, required=False)
    agent_name = forms.CharField(label=_("代理人姓名"), max_length=60, required=False)
    agent_id_number = forms.CharField(label=_("代理人证件号码"), max_length=40, required=False)
    agent_phone = forms.CharField(label=_("代理人电话"), max_length=40, required=False)

    subject = forms.CharField(label=_("申请事项"), max_length=300, required=False, help_text=_(
        "清单和文书上显示的一句话，不写申请人的姓名；不填取内容的开头",
    ))
    content = long_text(_("所需信息的内容"), rows=6, most=20_000, help_text=_("照申请书原样录入"))
    features = forms.CharField(label=_("文号或其他特征"), max_length=300, required=False)
    wanted = forms.ChoiceField(label=_("获取方式"), choices=Wanted.choices, initial=Wanted.ANY)
    delivery = forms.ChoiceField(label=_("送达途径"), choices=Delivery.choices, initial=Delivery.POST)
    files = FilesField(label=_("申请书、身份证明的扫描件"), required=False)
    # The content as it was when the likes of it were shown; whoever has seen them goes on.
    checked = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, agencies: Any, today: date, **kwargs: Any) -> None:
        kwargs["initial"] = {"token": uuid.uuid4(), "arrived_on": today} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = agencies  # type: ignore[attr-defined]
        for name in (*PERSON, *ORGANISATION, *AGENT):
            self.fields[name].widget.attrs["autocomplete"] = "off"

    def clean(self) -> dict[str, Any]:
        """A name for whoever asks; whether the rest suffices the action decides."""
        given = super().clean() or self.cleaned_data
        natural = given.get("applicant_kind") == ApplicantKind.NATURAL
        needed = "name" if natural else "organisation"
        if not given.get(needed):
            self.add_error(needed, _("没有写申请人是谁"))
        if given.get("channel") and not needs_confirmation(Channel(given["channel"])):
            given["confirmed_on"] = None
        return given

    @property
    def submission(self) -> Submission:
        """What was asked and by whom; what belongs to the other kind of applicant is left out."""
        given = self.cleaned_data
        natural = given["applicant_kind"] == ApplicantKind.NATURAL
        names = (*(PERSON if natural else ORGANISATION), *AGENT)
        identity = {name: given[name].strip() for name in names if given.get(name, "").strip()}
        if natural and "id_number" not in identity:
            identity.pop("id_type", None)
        return Submission(
            applicant_kind=given["applicant_kind"], identity=identity, content=given["content"],
            subject=given["subject"], features=given["features"], wanted=given["wanted"], delivery=given["delivery"],
        )

    def bound(self, *names: str) -> list[forms.BoundField]:
        """Some of the fields, for the page."""
        return [self[name] for name in names]

    @property
    def of_person(self) -> list[forms.BoundField]:
        """What only a person states."""
        return self.bound("name", "id_type", "id_number", "phone")

    @property
    def of_organisation(self) -> list[forms.BoundField]:
        """What only an organisation states."""
        return self.bound(*ORGANISATION[:5])

    @property
    def of_both(self) -> list[forms.BoundField]:
        """Where to reach them."""
        return self.bound("address", "postcode", "email", "fax")

    @property
    def of_agent(self) -> list[forms.BoundField]:
        """Who acts for them."""
        return self.bound(*AGENT)
