"""What is asked of an applicant, and how each piece is shown to who has no reason to see it.

Regulations, Art. 29 (1): name or title, proof of identity, contact. One entry a field; a new field is a new entry.
`personal` says whether the value must be taken out of a text before the text is made public.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gongkai.vault import masks
from gongkai.vault.masks import Mask

LONGEST = 300  # characters of one value


@dataclass(frozen=True, slots=True)
class Field:
    """One piece of an identity."""

    name: str
    label: str | Promise
    mask: Mask
    personal: bool = True


FIELDS: dict[str, Field] = {field.name: field for field in (
    Field("name", _("姓名"), masks.name),
    Field("id_type", _("证件类型"), masks.nothing, personal=False),
    Field("id_number", _("证件号码"), masks.id_number),
    Field("phone", _("联系电话"), masks.phone),
    Field("address", _("通信地址"), masks.address),
    Field("postcode", _("邮政编码"), masks.postcode, personal=False),
    Field("email", _("电子邮箱"), masks.email),
    Field("fax", _("传真"), masks.phone),
    Field("organisation", _("单位名称"), masks.nothing),
    Field("credit_code", _("统一社会信用代码"), masks.nothing),
    Field("legal_representative", _("法定代表人"), masks.name),
    Field("contact_name", _("联系人"), masks.name),
    Field("contact_phone", _("联系人电话"), masks.phone),
    Field("agent_name", _("代理人姓名"), masks.name),
    Field("agent_id_number", _("代理人证件号码"), masks.id_number),
    Field("agent_phone", _("代理人电话"), masks.phone),
    Field("agent_address", _("代理人地址"), masks.address),
)}
