"""What the public types: what is sought, who asks, in what form (Regulations, Art. 29). Parsed, nothing decided.

Every message says what to do. A field that is wrong never costs what was typed in another one.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongkai.applications.models import Delivery, Wanted
from gongkai.applications.submission import Submission
from gongkai.applications.uploads import kind_of
from gongkai.core.errors import Refused
from gongkai.core.law.applicants import ApplicantKind
from gongkai.files.names import safe
from gongkai.infra.refusals import translated

MOST_TEXT = 20_000  # characters: some forty pages; more belongs in a letter
KINDS = [
    (ApplicantKind.NATURAL.value, _("自然人")), (ApplicantKind.BUSINESS.value, _("商业企业")),
    (ApplicantKind.RESEARCH.value, _("科研机构")), (ApplicantKind.WELFARE.value, _("社会公益组织")),
    (ApplicantKind.LEGAL.value, _("法律服务机构")), (ApplicantKind.OTHER.value, _("其他单位")),
]
RESIDENT_CARD = "居民身份证"
ID_TYPES = [
    (RESIDENT_CARD, _("居民身份证")), ("护照", _("护照")), ("港澳居民来往内地通行证", _("港澳居民来往内地通行证")),
    ("台湾居民来往大陆通行证", _("台湾居民来往大陆通行证")), ("外国人永久居留身份证", _("外国人永久居留身份证")),
    ("其他", _("其他证件")),
]
PERSON = ("name", "id_type", "id_number")
ORGANISATION = ("organisation", "credit_code", "legal_representative", "contact_name")
REACHED = ("phone", "address", "postcode", "email", "fax")
# How a delivery reaches the applicant, and what must be known for it.
_NEEDED_FOR = {Delivery.POST: "address", Delivery.EMAIL: "email", Delivery.FAX: "fax"}
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


class Limits(NamedTuple):
    """Of what one application brings along: bytes of a file, bytes together, how many."""

    file: int
    together: int
    number: int


def limits() -> Limits:
    """As the installation sets them."""
    return Limits(
        settings.GONGKAI_APPLICATION_FILE_BYTES, settings.GONGKAI_APPLICATION_FILES_BYTES,
        settings.GONGKAI_APPLICATION_FILES,
    )


class FilesInput(forms.ClearableFileInput):
    """A file input that takes several."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files, none of them judged here."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:  # noqa: ARG002
        """The files in the order in which they were chosen."""
        return [one for one in data or [] if one]


def judged(given: list[Any]) -> tuple[list[Any], list[str]]:
    """Of some files those that may be kept, and a sentence for each that may not: one bad file costs no good one."""
    found = [(one, complaint_about(one)) for one in given]
    wrong = [complaint for _one, complaint in found if complaint]
    if len(given) > limits().number:
        wrong.append(_now("一次最多 %(most)s 个文件，请合并或分几次补交") % {"most": limits().number})
    return [one for one, complaint in found if not complaint][:limits().number], wrong


def complaint_about(file: Any) -> str:
    """Why a file cannot be taken, with its name; empty when it can."""
    try:
        if getattr(file, "too_large", False) or file.size > limits().file:
            raise Refused(
                "file-too-large", "文件“%(name)s”超过 %(most)s MB，没有提交；请压缩图片或拆分后再上传",
                name=safe(file.name or ""), most=limits().file // 1024 ** 2,
            )
        file.seek(0)
        kind_of(file.read(), safe(file.name or ""))
        file.seek(0)
    except Refused as refusal:
        return translated(refusal)
    return ""


class SoughtForm(forms.Form):
    """The first step: what is sought, before anything is asked about the person."""

    content = forms.CharField(
        label=_("需要什么信息"), max_length=MOST_TEXT, widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("写清名称、时间、地区或项目，越具体越容易查到。一次写一件事，几件事请分开申请。"),
        error_messages={"required": _("请填写这一项（第二十九条）")},
    )
    features = forms.CharField(
        label=_("文号或其他特征"), max_length=300, required=False,
        help_text=_("知道文号、发文日期或在哪里见过，可以写在这里。"),
    )
    use_required_attribute = False


class ApplicationForm(SoughtForm):
    """The whole application on one page (Art. 29: who, what, in what form)."""

    token = forms.UUIDField(widget=forms.HiddenInput, required=False)
    wanted = forms.ChoiceField(
        label=_("希望获得的形式"), choices=Wanted.choices, initial=Wanted.ANY, widget=forms.RadioSelect,
    )
    delivery = forms.ChoiceField(
        label=_("希望怎样收到答复"), choices=Delivery.choices, initial=Delivery.ONLINE, widget=forms.RadioSelect,
    )
    kind = forms.ChoiceField(
        label=_("您以什么身份申请"), choices=KINDS, initial=ApplicantKind.NATURAL.value, widget=forms.RadioSelect,
    )
    name = forms.CharField(label=_("姓名"), max_length=60, required=False)
    id_type = forms.ChoiceField(label=_("证件类型"), choices=ID_TYPES, initial=RESIDENT_CARD, required=False)
    id_number = forms.CharField(label=_("证件号码"), max_length=40, required=False)
    organisation = forms.CharField(label=_("单位名称"), max_length=120, required=False, help_text=_("写全称"))
    credit_code = forms.CharField(label=_("统一社会信用代码"), max_length=18, required=False)
    legal_representative = forms.CharField(label=_("法定代表人或负责人"), max_length=60, required=False)
    contact_name = forms.CharField(label=_("联系人"), max_length=60, required=False)
    phone = forms.CharField(
        label=_("联系电话"), max_length=40, help_text=_("机关要与您确认收到日期，请填打得通的电话。"),
    )
    address = forms.CharField(
        label=_("通信地址"), max_length=200, required=False, help_text=_("邮寄答复和文书用。"),
    )
    postcode = forms.CharField(label=_("邮政编码"), max_length=6, required=False)
    email = forms.EmailField(label=_("电子邮箱"), max_length=120, required=False)
    fax = forms.CharField(label=_("传真"), max_length=40, required=False)
    proofs = FilesField(
        label=_("身份证明"), required=False,
        help_text=_("身份证正反面，或营业执照、登记证书；可以用手机拍照，可以选几个文件。"),
    )
    proof_later = forms.BooleanField(
        label=_("现在无法上传，我会邮寄或当面补交"), required=False,
    )

    def __init__(self, *args: Any, kept: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kept = kept  # files that were taken before, when another field was wrong
        self.taken: list[Any] = []
        for field, hint in {
            "name": "name", "phone": "tel", "address": "street-address", "postcode": "postal-code", "email": "email",
            "organisation": "organization",
        }.items():
            self.fields[field].widget.attrs["autocomplete"] = hint
        self.fields["phone"].error_messages["required"] = _("请填写这一项（第二十九条）")
        self.fields["phone"].widget.attrs["inputmode"] = "tel"
        self.fields["postcode"].widget.attrs["inputmode"] = "numeric"
        self.fields["proofs"].widget.attrs["accept"] = "image/jpeg,image/png,image/webp,application/pdf,.docx,.ofd"

    def clean_proofs(self) -> list[Any]:
        """Good files are in `taken` even where another one is refused."""
        self.taken, wrong = judged(self.cleaned_data["proofs"])
        if wrong:
            raise forms.ValidationError(wrong)
        return self.taken

    def clean(self) -> dict[str, Any]:
        """What only both together tell: who asks decides what must be known of whom, and the way where to."""
        given = super().clean() or {}
        if "kind" in self.errors:
            return given
        person = given["kind"] == ApplicantKind.NATURAL.value
        for field in ("name", "id_number") if person else ("organisation", "contact_name"):
            if not given.get(field) and field not in self.errors:
                self.add_error(field, _("请填写这一项（第二十九条）"))
        card = given.get("id_number") if person and given.get("id_type") == RESIDENT_CARD else ""
        if card and not resident_number(card):
            self.add_error("id_number", _("居民身份证号码应是 18 位，最后一位可以是 X；请对照证件核对"))
        needed = _NEEDED_FOR.get(given.get("delivery"))  # type: ignore[arg-type]
        if needed and not given.get(needed) and needed not in self.errors:
            self.add_error(needed, _("您选择了这种送达途径，请填写这一项"))
        if given.get("postcode") and not re.fullmatch(r"\d{6}", given["postcode"]):
            self.add_error("postcode", _("邮政编码是 6 位数字"))
        if given.get("phone") and len(re.sub(r"\D", "", given["phone"])) < 7:
            self.add_error("phone", _("电话号码至少 7 位数字，固定电话请写区号"))
        proven = bool(self.kept or given.get("proofs"))
        if not (proven or given.get("proof_later") or "proofs" in self.errors):
            self.add_error("proofs", _("请附身份证明，或勾选“现在无法上传”（第二十九条）"))
        if not (person or proven or given.get("credit_code")):
            self.add_error("credit_code", _("没有附证明的，请填写统一社会信用代码（第二十九条）"))
        return given

    def identity(self) -> dict[str, str]:
        """Vault field → value: of a person or of an organisation, and how to reach them."""
        person = self.cleaned_data["kind"] == ApplicantKind.NATURAL.value
        fields = (PERSON if person else ORGANISATION) + REACHED
        return {field: self.cleaned_data[field] for field in fields if self.cleaned_data.get(field)}


class CorrectionForm(forms.Form):
    """The applicant's answer to a correction notice (Art. 30)."""

    token = forms.UUIDField(widget=forms.HiddenInput, required=False)
    content = forms.CharField(
        label=_("补正内容"), max_length=MOST_TEXT, widget=forms.Textarea(attrs={"rows": 6}), required=False,
        help_text=_("按补正告知书写清需要的信息。"),
    )
    files = FilesField(label=_("补正材料"), required=False, help_text=_("没有可以不附。"))
    use_required_attribute = False

    def clean_files(self) -> list[Any]:
        """All of them, or none."""
        taken, wrong = judged(self.cleaned_data["files"])
        if wrong:
            raise forms.ValidationError(wrong)
        return taken


class ReasonsForm(CorrectionForm):
    """The applicant's reasons for asking so much or so often (Art. 35)."""

    content = forms.CharField(
        label=_("理由"), max_length=MOST_TEXT, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("按说明理由告知书写明，例如用途、为什么需要这么多。"),
    )
    files = FilesField(label=_("说明理由的材料"), required=False, help_text=_("没有可以不附。"))


class WithdrawalForm(forms.Form):
    """The applicant takes the application back."""

    reason = forms.CharField(label=_("撤回原因"), max_length=300, help_text=_("一句话即可，例如“已经找到”。"))
    use_required_attribute = False


class TrackingForm(forms.Form):
    """A register number and its secret code, as they stand on the receipt."""

    number = forms.CharField(label=_("登记号"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    code = forms.CharField(
        label=_("查询码"), max_length=40, help_text=_("提交成功后显示的 12 位查询码，大小写和横线不限。"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
    use_required_attribute = False


def resident_number(said: str) -> bool:
    """Whether a resident's number has 18 places and the right check digit (GB 11643)."""
    number = re.sub(r"\s", "", said).upper()
    if not re.fullmatch(r"\d{17}[\dX]", number, re.ASCII):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], _WEIGHTS, strict=True))
    return "10X98765432"[total % 11] == number[17]


def submission_of(form: ApplicationForm) -> Submission:
    """The application as `actions.submit` takes it."""
    said = form.cleaned_data
    return Submission(
        applicant_kind=said["kind"], identity=form.identity(), content=said["content"].strip(),
        features=said["features"].strip(), wanted=said["wanted"], delivery=said["delivery"],
    )
